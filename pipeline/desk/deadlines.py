"""The terms that are running in an office (期限), over all its cases."""

from __future__ import annotations

from datetime import date, datetime

from pipeline import registry
from pipeline.registry import CaseLife
from schemas.due import Due, Milestones
from schemas.life import Act, standing_events
from schemas.standard import Standard


def running_terms(standard: Standard, today: date) -> tuple[tuple[CaseLife, Due], ...]:
    """Each case whose term runs, with the term; those that end first on top, those without a known end last."""
    from pipeline.auditing import RUNNING_STATES, due_of  # noqa: PLC0415 - loads the whole room

    found = []
    for life in registry.all_lives(*RUNNING_STATES):
        due = None if life.state is None else due_of(life.state, milestones(life), standard, today)
        if due is not None:
            found.append((life, due))
    return tuple(sorted(found, key=lambda line: (line[1].ends_on or date.max, line[0].key)))


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
