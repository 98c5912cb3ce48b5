"""The roster (律师名册): the lawyers whom the office may assign, and why one is proposed for a case."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from schemas.base import Frozen
from schemas.registration import Name


class Personnel(StrEnum):
    """Class of the person who handles a case (承办人员类别), as the yearly statistics count them."""

    LAWYER = "lawyer"
    OFFICE_STAFF = "office_staff"
    LEGAL_WORKER = "legal_worker"
    VOLUNTEER = "volunteer"


PERSONNEL_TITLES: dict[Personnel, str] = {
    Personnel.LAWYER: "社会律师",
    Personnel.OFFICE_STAFF: "法律援助机构人员",
    Personnel.LEGAL_WORKER: "基层法律服务工作者",
    Personnel.VOLUNTEER: "法律援助志愿者",
}


class Lawyer(Frozen):
    """One line of the roster. The licence number (执业证号) is the lawyer's identity."""

    licence: Name
    name: Name
    firm: Name
    personnel: Personnel = Personnel.LAWYER
    practising_since: date | None = None
    fields: tuple[str, ...] = ()
    """What the lawyer takes on (擅长领域): 刑事, 民事, 行政, 劳动, 婚姻家庭, 未成年人 … as the office writes them."""
    regions: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    firm_phone: str = ""
    firm_email: str = ""
    grave_cases: bool = False
    """Named by the office for 重大疑难案件."""
    suspended_until: date | None = None
    """No new cases before this day (暂停指派至)."""
    other_open_cases: int = Field(default=0, ge=0)
    """Open cases that the registry does not know (未入台账的在办案件)."""


class Reason(Frozen):
    """One reason for or against a lawyer, a Chinese clause; `weight` is what it adds to the order of the proposal."""

    text: str
    weight: float = 0.0


class Candidate(Frozen):
    """A lawyer proposed for a case (拟指派人选), or excluded from it."""

    lawyer: Lawyer
    open_cases: int = Field(ge=0)
    reasons: tuple[Reason, ...] = ()
    excluded: tuple[str, ...] = ()
    """Why the lawyer must not be assigned; empty: may be assigned."""
    doubts: tuple[str, ...] = ()
    """What a person has to look at before choosing this lawyer."""


class Assignment(Frozen):
    """Who handles a case (指派): chosen by a person, with the reason kept."""

    case_number: str
    lawyer: Lawyer
    assigned_on: date
    chosen_by: Name
    why: str
    replaces: str = ""
    """Licence number of the lawyer replaced (更换法律援助人员); empty at the first assignment."""
