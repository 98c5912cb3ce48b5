"""What happens to a registered case beside its assignments (登记案件的办理记录): never changed, undone by another event."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from schemas.base import Frozen
from schemas.issuing import IssuedPaper
from schemas.registration import Name


class RegistrationAct(StrEnum):
    CORRECTED = "corrected"
    """What was registered wrongly was put right (更正登记)."""
    CLOSED = "closed"
    """Aid was ended by a decision (终止), or the case needs no more work (结案)."""
    REOPENED = "reopened"
    """The closing was taken back (恢复办理)."""
    ISSUED = "issued"
    """Letters went out that change nothing in where the case stands (出具文书)."""


REGISTRATION_ACT_TITLES: dict[RegistrationAct, str] = {
    RegistrationAct.CORRECTED: "更正登记",
    RegistrationAct.CLOSED: "结案",
    RegistrationAct.REOPENED: "恢复办理",
    RegistrationAct.ISSUED: "出具文书",
}

Registered = str | bool | tuple[str, ...] | None
"""One value of a registration, as JSON has it; a date in ISO 8601."""


class Change(Frozen):
    """One field of a registration before and after it was corrected. `path` as in `Registration`: `recipient.name`."""

    path: str
    before: Registered
    after: Registered


class RegistrationEvent(Frozen):
    """One event: who, when, why, and what it was."""

    act: RegistrationAct
    by: Name
    at: datetime
    why: str
    changes: tuple[Change, ...] = ()
    """Of a correction."""
    on: date | None = None
    """Of a closing: the day from which the case is closed."""
    terminated: bool = False
    """Of a closing: aid was ended by a decision (终止法律援助)."""
    papers: tuple[IssuedPaper, ...] = ()
    """The letters that were issued with it, with their numbers."""
    dated: date | None = None
    """The day that those letters bear (成文日期)."""


class Closing(Frozen):
    """That a registered case is closed (结案、终止) although nobody has audited a closing file of it."""

    on: date
    why: str
    terminated: bool
