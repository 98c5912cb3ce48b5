"""A draft (文稿): a document that the program has written and a person has not yet signed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path

from pydantic import Field

from schemas.base import Frozen


class DraftKind(StrEnum):
    """Every paper that the program drafts, in the order of a case's life."""

    SUPPLEMENT_NOTICE = "supplement_notice"
    GRANT_DECISION = "grant_decision"
    ASSIGNMENT_NOTICE = "assignment_notice"
    CIVIL_LETTER = "civil_letter"
    CRIMINAL_LETTER = "criminal_letter"
    MEETING_LETTER = "meeting_letter"
    REPRESENTATION_AGREEMENT = "representation_agreement"
    DEFENCE_AGREEMENT = "defence_agreement"
    POWER_OF_ATTORNEY = "power_of_attorney"
    RIGHTS_NOTICE = "rights_notice"
    SERVICE_RECEIPT = "service_receipt"
    LAWYER_CHANGE_NOTICE = "lawyer_change_notice"
    TERMINATION_DECISION = "termination_decision"
    TERMINATION_LETTER = "termination_letter"
    AUDIT_OPINION = "audit_opinion"
    REVIEW_FORM = "review_form"
    DEFICIENCY_NOTICE = "deficiency_notice"
    FILING_REMINDER = "filing_reminder"
    SUBSIDY_SUSPENSION = "subsidy_suspension"
    SUBSIDY_REFUSAL = "subsidy_refusal"
    SUBSIDY_APPROVAL = "subsidy_approval"
    VOLUME_COVER = "volume_cover"
    CONTENTS_LIST = "contents_list"
    VOLUME_NOTE = "volume_note"
    CASE_SUMMARY = "case_summary"
    TYPICAL_CASE = "typical_case"


DRAFT_TITLES: dict[DraftKind, str] = {
    DraftKind.SUPPLEMENT_NOTICE: "补充材料（说明）通知书",
    DraftKind.GRANT_DECISION: "给予法律援助决定书",
    DraftKind.ASSIGNMENT_NOTICE: "指派通知书",
    DraftKind.CIVIL_LETTER: "法律援助公函（民事、行政）",
    DraftKind.CRIMINAL_LETTER: "法律援助公函（刑事）",
    DraftKind.MEETING_LETTER: "会见公函",
    DraftKind.REPRESENTATION_AGREEMENT: "委托代理协议",
    DraftKind.DEFENCE_AGREEMENT: "委托辩护协议",
    DraftKind.POWER_OF_ATTORNEY: "授权委托书",
    DraftKind.RIGHTS_NOTICE: "受援人权利义务告知书",
    DraftKind.SERVICE_RECEIPT: "送达回证",
    DraftKind.LAWYER_CHANGE_NOTICE: "更换法律援助人员通知书",
    DraftKind.TERMINATION_DECISION: "终止法律援助决定书",
    DraftKind.TERMINATION_LETTER: "终止法律援助公函",
    DraftKind.AUDIT_OPINION: "审查意见书",
    DraftKind.REVIEW_FORM: "结案材料审查表",
    DraftKind.DEFICIENCY_NOTICE: "补正通知书",
    DraftKind.FILING_REMINDER: "结案材料报送提醒函",
    DraftKind.SUBSIDY_SUSPENSION: "暂缓发放补贴告知书",
    DraftKind.SUBSIDY_REFUSAL: "不予发放补贴告知书",
    DraftKind.SUBSIDY_APPROVAL: "补贴审批表",
    DraftKind.VOLUME_COVER: "卷宗封面",
    DraftKind.CONTENTS_LIST: "卷内目录",
    DraftKind.VOLUME_NOTE: "卷内备考表",
    DraftKind.CASE_SUMMARY: "案件摘要",
    DraftKind.TYPICAL_CASE: "典型案例",
}


class Draft(Frozen):
    """One drafted document: its file name and its bytes."""

    kind: DraftKind
    file_name: str
    content: bytes


class CaseCode(Frozen):
    """What the code on a notice says (识别码): the case and the round that a returned paper belongs to.

    No name stands in it: a code is read by whoever holds a telephone over the paper.
    """

    case_number: str = Field(default="", max_length=100)
    """案件编号, as read for certain; empty where it was not."""
    file: str = Field(pattern=r"^[0-9a-f]{12}$")
    """The first twelve digits of the closing file's SHA-256, which tell its round whatever the number."""
    round_number: int = Field(ge=1)


class CureTerm(Frozen):
    """The last day to put things right (补正期限届满日), for a notice received on a certain day."""

    received_on: date
    ends_on: date | None
    """None: the working days of that year are not known."""
    served: bool = False
    """The notice was received on that day; otherwise the day is one on which it may be."""


class Refusal(Frozen):
    """A person's decision that a case is not paid (不予发放决定). The program never takes it."""

    decided_by: str = Field(min_length=1, max_length=100)
    decided_on: date
    reasons: tuple[str, ...] = Field(min_length=1)
    """Each a whole Chinese sentence."""
    basis: str = ""
    """The norm and article; empty: left blank to be filled in by hand."""


class Office(Frozen):
    """The legal-aid office (法律援助机构) in whose name the letters are drafted."""

    name: str
    phone: str = ""
    address: str = ""
    cure_days: int | None = Field(default=None, ge=1)
    """Working days in which the lawyer has to put things right (补正期限); None: the standard's term."""
    templates_dir: Path | None = None
    """The office's own Word templates; one that it lacks is taken from those that come with the program."""
