"""A term that is running (期限): what is due, from whom, until when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from schemas.base import Frozen
from schemas.report import Duty, Standing


class DueState(StrEnum):
    RUNNING = "running"
    SOON = "soon"
    LATE = "late"
    UNKNOWN = "unknown"
    """The last day cannot be told: the working days of its year are not known yet."""


DUE_STATE_TITLES: dict[DueState, str] = {
    DueState.RUNNING: "期限内",
    DueState.SOON: "即将届满",
    DueState.LATE: "已逾期",
    DueState.UNKNOWN: "届满日待核",
}


class Milestones(Frozen):
    """The days from which the terms of a case run; None where it has not come so far, or nobody knows."""

    closed_on: date | None = None
    """结案之日."""
    received_on: date | None = None
    """The day on which the office received what it reviews now."""
    notified_on: date | None = None
    """The day on which the lawyer received the deficiency notice, else the day on which it was issued."""
    completed_on: date | None = None
    """The day on which the file was found complete."""


class Due(Frozen):
    """One running term of a case."""

    name: str
    """`filing`, `review`, `cure` or `payment`, as the standard calls it."""
    since: date
    ends_on: date | None
    days_left: int | None
    """Calendar days from today to the last day; negative when it is over."""
    state: DueState
    length: str = ""
    """The term in words, such as `10个工作日`."""
    basis: str
    standing: Standing


DUE_DUTIES: dict[str, Duty] = {
    "filing": Duty.LAWYER,
    "cure": Duty.LAWYER,
    "review": Duty.OFFICE,
    "payment": Duty.OFFICE,
}
"""Who has to act within each term that a standard may set."""

DUTY_TITLES: dict[Duty, str] = {Duty.LAWYER: "承办人", Duty.OFFICE: "本机构"}


class RunningTerm(Frozen):
    """A term together with the case in which it runs. A name that is not known for certain is empty."""

    key: str
    """The case as the registry knows it."""
    case_number: str
    recipient_name: str
    firm_name: str = ""
    lawyer_name: str = ""
    stands: str
    """Where the case stands (目前)."""
    folder: str = ""
    """The case's folder in the outbox; empty where there is none."""
    due: Due

    @property
    def duty(self) -> Duty:
        return DUE_DUTIES[self.due.name]


class ReminderLetter(Frozen):
    """A reminder as it was drafted (结案材料报送提醒函): one lawyer, all that he owes."""

    path: str
    """Of the draft, below the outbox, with `/`."""
    firm_name: str
    lawyer_name: str
    cases: tuple[str, ...]
    """Their numbers."""


class Reminder(Frozen):
    """That a lawyer was reminded of a term (催办): once before its last day, once after it, unless a person wants more."""

    key: str
    """As in `RunningTerm`."""
    term: str
    """As in `Due.name`."""
    since: date
    ends_on: date
    late: bool
