"""The roster (律师名册): the lawyers whom the office may assign, and why one is proposed for a case."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from schemas.base import Frozen
from schemas.draft import DraftKind
from schemas.letter_requests import LawyerChange
from schemas.registration import Name
from schemas.report import Standing


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
    basis: str = ""


class Objection(Frozen):
    """What stands against a lawyer (排除情形、待核事项): a Chinese clause and what it rests on."""

    text: str
    basis: str = ""
    """The norm and article, or the office's own arrangement."""
    standing: Standing | None = None
    """Of a norm; None where the roster or the office's own arrangement says so."""


class Candidate(Frozen):
    """A lawyer proposed for a case (拟指派人选), or excluded from it."""

    lawyer: Lawyer
    open_cases: int = Field(ge=0)
    reasons: tuple[Reason, ...] = ()
    score: float = 0.0
    """The sum of the reasons' weights."""
    last_assigned_on: date | None = None
    excluded: tuple[Objection, ...] = ()
    """Why the lawyer must not be assigned; empty: may be assigned."""
    doubts: tuple[Objection, ...] = ()
    """What a person has to look at before choosing this lawyer."""


class Preferences(Frozen):
    """How many open cases a reason outweighs when lawyers are ordered (指派偏好)."""

    field: float = Field(default=2.0, ge=0, description="擅长领域与案由相符抵几件在办案件；仅与案件类别相符的减半")
    region: float = Field(default=1.0, ge=0, description="服务地区相符抵几件在办案件")


class Assignment(Frozen):
    """Who handles a case (指派): chosen by a person, with the reason kept."""

    case_number: str
    lawyer: Lawyer
    assigned_on: date
    chosen_by: Name
    why: str
    replaces: str = ""
    """Licence number of the lawyer replaced (更换法律援助人员); empty at the first assignment."""
    change: LawyerChange | None = None
    """Who asked for the change and why; of a replacement."""
    override: str = ""
    """Why the lawyer was assigned although excluded; empty where nothing excluded him."""
    despite: tuple[str, ...] = ()
    """The exclusions overridden and the doubts that stood open when the person chose."""
    numbers: dict[DraftKind, str] = Field(default_factory=dict)
    """The numbers of the papers drafted with the assignment, so that drafting again gives the same papers."""
