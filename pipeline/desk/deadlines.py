"""The terms that are running in an office (期限), over all its cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from pipeline import registry
from pipeline.delivering import UNCERTAIN
from pipeline.desk.lines import keep_lines
from pipeline.registry import CaseLife, ClosedCase
from pipeline.settings import Settings
from schemas.due import Milestones, RunningTerm
from schemas.ledger import LedgerRow, RoundLedger
from schemas.life import STATE_TITLES, Act, CaseState, standing_events
from schemas.report import Effect, Standing
from schemas.standard import Deadline, Standard

TWICE = "重复登记"
"""What a person writes who closes a case because it is another one that is registered."""
AWAITED = "已结案，待报送结案归档材料"
"""Where a case stands that is closed and whose closing file has not come in."""


def office_standard(settings: Settings) -> Standard:
    """The standard by which the office reckons its terms: what it has confirmed is confirmed, and its own term holds."""
    from pipeline.auditing import confirmed, load_standard  # noqa: PLC0415 - loads the whole room

    standard = confirmed(load_standard(settings.standard, settings.standards_dir), registry.confirmations())
    if settings.cure_days is None:
        return standard
    own = Deadline(
        days=settings.cure_days, working=True, effect=Effect.BLOCKS, basis="本机构规定", standing=Standing.CONFIRMED
    )
    return standard.model_copy(update={"deadlines": {**standard.deadlines, "cure": own}})


def running_terms(standard: Standard, today: date) -> tuple[RunningTerm, ...]:
    """Every term that runs, of each case one; those that end first on top, those without a known end last."""
    keep_lines()
    found = (*_audited(standard, today), *_awaited(standard, today))
    return tuple(sorted(found, key=lambda term: (term.due.ends_on or date.max, term.key)))


def _audited(standard: Standard, today: date) -> Iterator[RunningTerm]:
    """The cases whose closing file has been audited."""
    from pipeline.auditing import RUNNING_STATES, due_of  # noqa: PLC0415

    for life, line in registry.lives_in(*RUNNING_STATES):
        due = None if life.state is None else due_of(life.state, milestones(life), standard, today)
        if life.state is None or due is None:
            continue
        row = RoundLedger.model_validate_json(line).row if line else None
        yield RunningTerm(
            key=life.key,
            case_number=life.number,
            recipient_name=life.recipient_name,
            firm_name=_sure(row, "firm_name"),
            lawyer_name=_sure(row, "lawyer_name"),
            stands=STATE_TITLES[life.state],
            folder=life.folder,
            due=due,
        )


def _sure(row: LedgerRow | None, name: str) -> str:
    """A name of the last round as far as it was read for certain."""
    read = "" if row is None else str(getattr(row, name))
    return "" if read == UNCERTAIN else read


def _awaited(standard: Standard, today: date) -> Iterator[RunningTerm]:
    """The registered cases that are closed and whose closing file is still owed."""
    from pipeline.auditing import due_of  # noqa: PLC0415

    for owed in owed_files():
        due = due_of(CaseState.ASSIGNED, Milestones(closed_on=owed.closing.on), standard, today)
        if due is not None:
            yield RunningTerm(
                key=owed.record.number,
                case_number=owed.record.number,
                recipient_name=owed.record.registration.recipient.name,
                firm_name=owed.lawyer.firm,
                lawyer_name=owed.lawyer.name,
                stands=AWAITED,
                due=due,
            )


def owed_files() -> Iterator[ClosedCase]:
    """The closed cases whose closing file has not come in. One that was registered twice is handed in under the other."""
    return (owed for owed in registry.closed_without_file() if TWICE not in owed.closing.why)


def milestones(life: CaseLife) -> Milestones:
    """The days from which the terms of a case run, as the registry knows them."""
    standing = standing_events(life.events)
    last = {event.act: event.at for event in standing}
    return Milestones(
        received_on=_day(life.rounds[-1].received_at) if life.rounds else None,
        notified_on=_day(last[Act.ISSUE_NOTICE]) if Act.ISSUE_NOTICE in last else None,
        completed_on=_day(last[Act.AUDIT_COMPLETE]) if Act.AUDIT_COMPLETE in last else None,
    )


def _day(at: datetime) -> date:
    """The day by the office's own clock."""
    return at.astimezone().date()
