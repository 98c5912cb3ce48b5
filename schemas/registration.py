"""A registration (受理登记): what the office knows of a case before there is a closing file."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from schemas.base import Frozen
from schemas.case import Custody, Kind, Origin, Stage

Name = Annotated[str, Field(min_length=1, max_length=100)]


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


class Group(StrEnum):
    """What group a recipient belongs to (受援人类别), as the yearly statistics count them."""

    DISABLED = "disabled"
    FARMER = "farmer"
    MIGRANT_WORKER = "migrant_worker"
    MINOR = "minor"
    ELDERLY = "elderly"
    ETHNIC_MINORITY = "ethnic_minority"
    SOLDIER = "soldier"
    FOREIGNER = "foreigner"


SEX_TITLES: dict[Sex, str] = {Sex.FEMALE: "女", Sex.MALE: "男"}

GROUP_TITLES: dict[Group, str] = {
    Group.DISABLED: "残疾人",
    Group.FARMER: "农民",
    Group.MIGRANT_WORKER: "农民工",
    Group.MINOR: "未成年人",
    Group.ELDERLY: "老年人",
    Group.ETHNIC_MINORITY: "少数民族",
    Group.SOLDIER: "军人军属",
    Group.FOREIGNER: "外国籍人或者无国籍人",
}

CUSTODY_TITLES: dict[Custody, str] = {
    Custody.DETAINED: "羁押",
    Custody.BAIL: "取保候审",
    Custody.RESIDENTIAL: "监视居住",
    Custody.NONE: "未采取强制措施",
}


class Recipient(Frozen):
    """Who receives legal aid (受援人)."""

    name: Name
    id_number: str = ""
    sex: Sex | None = None
    born_on: date | None = None
    phone: str = ""
    address: str = ""
    groups: tuple[Group, ...] = ()
    position: str = ""
    """Position in the proceedings (诉讼地位), as the letters call it: 犯罪嫌疑人, 被告人, 原告, 申请人 …"""
    custody: Custody | None = None
    custody_place: str = ""
    """The detention house (羁押场所)."""


class Representative(Frozen):
    """Who acts for the recipient (法定代理人、近亲属、委托代理人)."""

    name: Name
    relation: str = ""
    id_number: str = ""
    phone: str = ""


class Organ(Frozen):
    """The organ that handles the case (办案机关): police, procuratorate, court, arbitration commission."""

    name: Name
    case_number: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""


class Registration(Frozen):
    """One case as the office has registered it. What is empty is not known, and is left blank in letters."""

    received_on: date
    """The day of the application, or of the organ's notice (受理日期)."""
    kind: Kind
    stage: Stage | None = None
    origin: Origin
    recipient: Recipient
    representative: Representative | None = None
    cause: Name
    """案由 or 罪名."""
    matter: str = ""
    """What aid is asked for (申请事项); empty: worked out from kind and cause."""
    organ: Organ | None = None
    notice_number: str = ""
    """Number of the organ's own notice (通知辩护公函文号); of a notified case."""
    notified_on: date | None = None
    hearing_on: date | None = None
    opponents: tuple[Name, ...] = ()
    """The other side (对方当事人)."""
    co_defendants: tuple[Name, ...] = ()
    """Others in the same criminal case (同案人)."""
    life_or_death: bool | None = None
    """可能判处无期徒刑、死刑."""
    grave: bool = False
    """重大疑难案件, to be handled by a lawyer whom the office names for such cases."""
    chosen_lawyer: str = ""
    """The lawyer whom the recipient asks for (点援)."""
    region: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _notified_by_somebody(self) -> Registration:
        if self.origin is Origin.NOTIFIED and self.organ is None:
            raise ValueError("通知类案件应当填写办案机关")
        return self


class CaseRecord(Frozen):
    """A registered case: its registration and the number that the office gave it."""

    number: str
    """案件编号, the case's identity in the office."""
    registration: Registration
