"""The last days of the term to put things right (补正期限届满日), for the days on which a notice may be received."""

from __future__ import annotations

from datetime import date, timedelta

from schemas.draft import CureTerm, Office
from schemas.report import AuditReport, Standing
from schemas.standard import Deadline

DAYS_AHEAD = 5
"""Working days that a notice may take from its drafting to its receipt."""


def cure_terms(report: AuditReport, office: Office, drafted_on: date) -> tuple[CureTerm, ...]:
    """The term for a receipt on each of the next five working days, the day of drafting included.

    Nobody knows at drafting when the lawyer will receive the notice, and the term runs from then. Where the working
    days of a year are not known, the list ends with a term without an end; nothing is guessed. Empty without a term.
    """
    term = _term(report, office)
    if term is None:
        return ()
    return tuple(_terms(term, drafted_on))


def served_term(report: AuditReport, office: Office, received_on: date) -> tuple[CureTerm, ...]:
    """The term of a notice that was received on `received_on`."""
    term = _term(report, office)
    return () if term is None else (CureTerm(received_on=received_on, ends_on=_end(term, received_on), served=True),)


def _term(report: AuditReport, office: Office) -> Deadline | None:
    standard = report.standard
    if office.cure_days is not None:
        days, working = office.cure_days, True
    elif standard is not None and standard.cure_days is not None:
        days, working = standard.cure_days, standard.cure_working_days
    else:
        return None
    return Deadline(days=days, working=working, basis="", standing=Standing.CONFIRMED) if days else None


def _terms(term: Deadline, drafted_on: date) -> list[CureTerm]:
    from pipeline.auditing import NoCalendarError, is_working_day  # noqa: PLC0415 - loads the whole room

    terms: list[CureTerm] = []
    day = drafted_on
    while len(terms) < DAYS_AHEAD:
        try:
            workday = is_working_day(day)
        except NoCalendarError:
            break
        if workday:
            terms.append(CureTerm(received_on=day, ends_on=_end(term, day)))
            if terms[-1].ends_on is None:
                break
        day += timedelta(days=1)
    return terms or [CureTerm(received_on=drafted_on, ends_on=None)]


def _end(term: Deadline, received_on: date) -> date | None:
    from pipeline.auditing import NoCalendarError, last_day  # noqa: PLC0415

    try:
        return last_day(received_on, term)
    except (NoCalendarError, OverflowError):
        return None
