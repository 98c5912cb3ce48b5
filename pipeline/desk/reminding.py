"""Reminding lawyers (催办): who is reminded of what, each term once before its last day and once after it, in Word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline import registry
from pipeline.delivering import deliver_reminders, to_pdf
from pipeline.desk.outbox import demand_outbox
from pipeline.desk.papers import office_of
from pipeline.drafting import REMINDED_TERMS, draft_reminder
from pipeline.registry import plain
from pipeline.settings import Settings
from schemas.draft import Draft
from schemas.due import Reminder, ReminderLetter, RunningTerm


class Reminded(NamedTuple):
    """What came of a wish to remind."""

    folder: Path | None
    """Where the letters stand; None where there is nobody to be reminded."""
    letters: tuple[tuple[RunningTerm, ...], ...]
    """The terms of each letter, a lawyer each."""
    before: tuple[RunningTerm, ...]
    """Of these a reminder had been drafted already."""
    unaddressed: tuple[RunningTerm, ...]
    """Nobody knows for certain whom to remind of these."""


def due_for_reminding(terms: Iterable[RunningTerm], days: int) -> tuple[RunningTerm, ...]:
    """The terms in which a lawyer owes something, and which are over or end within so many days."""
    return tuple(
        term
        for term in terms
        if term.due.name in REMINDED_TERMS and term.due.days_left is not None and term.due.days_left <= days
    )


def remind(terms: Sequence[RunningTerm], settings: Settings, day: date, *, by: str, again: bool = False) -> Reminded:
    """Drafts one letter to each lawyer about `terms`, and records it; both happen, or neither.

    Left out is what a reminder had been drafted for, unless a person wants it `again`, and what has no addressee.
    """
    addressed = [term for term in terms if term.lawyer_name]
    drafted = frozenset() if again else registry.drafted_before(map(_reminder, addressed))
    fresh = [term for term in addressed if _reminder(term) not in drafted]
    letters = _by_lawyer(fresh)
    drafts = [draft_reminder(letter, office_of(settings), day) for letter in letters]
    folder = _written(letters, drafts, settings, day, by) if drafts else None
    return Reminded(
        folder=folder,
        letters=letters,
        before=tuple(term for term in addressed if term not in fresh),
        unaddressed=tuple(term for term in terms if not term.lawyer_name),
    )


def _reminder(term: RunningTerm) -> Reminder:
    due = term.due
    assert due.ends_on is not None
    assert due.days_left is not None
    return Reminder(key=term.key, term=due.name, since=due.since, ends_on=due.ends_on, late=due.days_left < 0)


def _by_lawyer(terms: Iterable[RunningTerm]) -> tuple[tuple[RunningTerm, ...], ...]:
    """One lawyer's terms together, in their order; two of one name in two firms are two."""
    letters: dict[tuple[str, str], list[RunningTerm]] = {}
    for term in terms:
        letters.setdefault((plain(term.firm_name), plain(term.lawyer_name)), []).append(term)
    return tuple(map(tuple, letters.values()))


def _letter(terms: Sequence[RunningTerm], path: Path, settings: Settings) -> ReminderLetter:
    return ReminderLetter(
        path=path.relative_to(settings.outbox).as_posix(),
        firm_name=terms[0].firm_name,
        lawyer_name=terms[0].lawyer_name,
        cases=tuple(dict.fromkeys(term.case_number or term.folder for term in terms)),
    )


def _written(
    letters: Sequence[Sequence[RunningTerm]], drafts: Sequence[Draft], settings: Settings, day: date, by: str
) -> Path:
    demand_outbox(settings)
    with registry.one_act():
        paths = deliver_reminders(drafts, settings.outbox, day)
        for terms, path in zip(letters, paths, strict=True):
            registry.record_reminders(map(_reminder, terms), _letter(terms, path, settings), who=by)
    folder = paths[0].parent
    if settings.pdf_copies:
        for paper in sorted(folder.glob("*.docx")):
            to_pdf(paper)
    return folder
