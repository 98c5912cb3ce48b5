"""Which terms of a case are running (期限), by the standard's deadlines, and how they stand today."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.auditing.workdays import NoCalendarError, last_day
from schemas.due import Due, DueState, Milestones
from schemas.life import CaseState
from schemas.standard import Deadline, Standard

SOON = timedelta(days=3)
"""So long before its last day a term is named among those that end soon."""

_RUNNING: dict[CaseState, tuple[str, str]] = {
    CaseState.ASSIGNED: ("filing", "closed_on"),
    CaseState.TO_REVIEW: ("review", "received_on"),
    CaseState.TO_NOTIFY: ("review", "received_on"),
    CaseState.CURING: ("cure", "notified_on"),
    CaseState.COMPLETE: ("payment", "completed_on"),
    CaseState.CHECKED: ("payment", "completed_on"),
    CaseState.APPROVED: ("payment", "completed_on"),
}
"""What a case in this state waits for, and the day from which that term runs."""

RUNNING_STATES = frozenset(_RUNNING)
"""In all other states no term runs."""


def due_of(state: CaseState, milestones: Milestones, standard: Standard, today: date) -> Due | None:
    """The term that runs in `state`; None where none does, the standard sets none, or its first day is not known."""
    name, first = _RUNNING.get(state, ("", ""))
    deadline = standard.deadlines.get(name)
    since: date | None = getattr(milestones, first) if first else None
    if deadline is None or since is None:
        return None
    ends_on = _end(since, deadline)
    return Due(
        name=name,
        since=since,
        ends_on=ends_on,
        days_left=(ends_on - today).days if ends_on is not None else None,
        state=_state(ends_on, today),
        length=_length(deadline),
        basis=deadline.basis,
        standing=deadline.standing,
    )


def _end(since: date, deadline: Deadline) -> date | None:
    try:
        return last_day(since, deadline)
    except (NoCalendarError, OverflowError):
        return None


def _length(deadline: Deadline) -> str:
    if deadline.months:
        return f"{deadline.months}个月"
    return f"{deadline.days}个工作日" if deadline.working else f"{deadline.days}日"


def _state(ends_on: date | None, today: date) -> DueState:
    if ends_on is None:
        return DueState.UNKNOWN
    if ends_on < today:
        return DueState.LATE
    return DueState.SOON if ends_on - today <= SOON else DueState.RUNNING
