"""The papers that a case may need on its way: 补充材料, 会见, 更换人员, 终止."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.drafting.assignment.drafting import draft_paper
from pipeline.drafting.assignment.matters import matter
from pipeline.drafting.assignment.parties import CRIMINAL, polite
from pipeline.drafting.assignment.serving import draft_receipt, served_firm, served_organ, served_recipient
from pipeline.drafting.assignment.values import TextValues, case_values, is_detained, lawyer_values
from pipeline.drafting.rendering import Row, Values
from pipeline.drafting.wording import BLANK, NUMERALS, long_date
from pipeline.errors import UsageError
from schemas.case import Kind
from schemas.draft import Draft, DraftKind, Office
from schemas.letter_requests import TERMINATION_GROUND_TITLES, LawyerChange, Supplement, Termination
from schemas.registration import CaseRecord
from schemas.roster import Lawyer


def draft_supplement(
    record: CaseRecord, request: Supplement, office: Office, day: date, number: str
) -> tuple[Draft, ...]:
    """补充材料（说明）通知书 with its 送达回证: what the applicant hands in or explains, by when, and what follows else."""
    kind = DraftKind.SUPPLEMENT_NOTICE
    served = served_recipient(record, (kind,))
    return (
        draft_paper(kind, supplement_values(record, request, office, day, number), office),
        draft_receipt(record, office, served, {kind: number}),
    )


def supplement_values(record: CaseRecord, request: Supplement, office: Office, day: date, number: str) -> Values:
    registration = record.registration
    agent = registration.representative
    return {
        **case_values(record, office, day, number),
        "代理申请人": agent.name if agent is not None else "",
        "收到日期": long_date(registration.received_on),
        "申请事项": matter(registration),
        "补充期限": f"{request.days}{'个工作日' if request.working_days else '日'}",
        "补充材料": _numbered(request.materials),
        "说明事项": _numbered(request.points),
    }


def _numbered(texts: tuple[str, ...]) -> list[Row]:
    """A line each, with the stop that its place asks for."""
    last = len(texts)
    return [
        {"序号": str(place), "内容": text.rstrip("；。;. "), "标点": "。" if place == last else "；"}
        for place, text in enumerate(texts, start=1)
    ]


def draft_meeting_letter(record: CaseRecord, lawyer: Lawyer, office: Office, day: date, number: str) -> Draft:
    """会见公函 to the house where the recipient is held. Raises UsageError where there is nobody to be visited."""
    return draft_paper(DraftKind.MEETING_LETTER, meeting_values(record, lawyer, office, day, number), office)


def meeting_values(record: CaseRecord, lawyer: Lawyer, office: Office, day: date, number: str) -> Values:
    registration = record.registration
    if registration.kind is not Kind.CRIMINAL_DEFENCE or not is_detained(registration):
        raise UsageError("会见公函只用于受援人被羁押的刑事辩护案件，请核对案件登记的案件类别和强制措施。")
    place = registration.recipient.custody_place
    return {
        **case_values(record, office, day, number),
        **lawyer_values(lawyer),
        "羁押场所": place or BLANK,
        "机关称谓": polite(place or "看守所"),
    }


def draft_lawyer_change(  # noqa: PLR0913, PLR0917 - who was, who is, why, and what every paper needs
    record: CaseRecord, before: Lawyer, after: Lawyer, request: LawyerChange, office: Office, day: date, number: str
) -> tuple[Draft, ...]:
    """更换法律援助人员通知书 to the firm that had the case, with its 送达回证.

    The firm goes on with another of its people, or hands the case over to another firm.
    """
    kind = DraftKind.LAWYER_CHANGE_NOTICE
    return (
        draft_paper(kind, change_values(record, before, after, request, office, day, number), office),
        draft_receipt(record, office, served_firm(before, (kind,)), {kind: number}),
    )


def change_values(  # noqa: PLR0913, PLR0917 - as above
    record: CaseRecord, before: Lawyer, after: Lawyer, request: LawyerChange, office: Office, day: date, number: str
) -> Values:
    if before.licence == after.licence:
        raise UsageError("更换前后的承办人相同，无需出具更换法律援助人员通知书。")
    old, new = lawyer_values(before), lawyer_values(after)
    return {
        **case_values(record, office, day, number),
        "原承办单位": old["承办单位"],
        "原承办人": old["承办人"],
        "新承办单位": new["承办单位"],
        "新承办人": new["承办人"],
        "新承办人电话": new["承办人电话"],
        "本单位更换": before.firm == after.firm,
        "申请日期": long_date(request.requested_on),
        "申请更换的人": request.requested_by,
        "理由": request.reason.rstrip("。，；"),
        "办理期限": f"{request.days}个工作日",
        "有办案机关": record.registration.organ is not None,
    }


def draft_termination(  # noqa: PLR0913, PLR0917 - the decision, the letter and their numbers
    record: CaseRecord,
    lawyer: Lawyer,
    request: Termination,
    office: Office,
    day: date,
    numbers: Mapping[DraftKind, str],
) -> tuple[Draft, ...]:
    """终止法律援助决定书, 终止法律援助公函 where an organ handles the case, and their 送达回证.

    `numbers` holds the numbers of both, and those of the decision and the letter that began the aid, where known.
    """
    decision, letter = DraftKind.TERMINATION_DECISION, DraftKind.TERMINATION_LETTER
    drafts = [
        draft_paper(decision, termination_values(decision, record, lawyer, request, office, day, numbers), office)
    ]
    organ = served_organ(record, (letter,))
    if organ:
        values = termination_values(letter, record, lawyer, request, office, day, numbers)
        drafts.append(draft_paper(letter, values, office))
    all_served = (served_recipient(record, (decision,)), served_firm(lawyer, (decision,)), *organ)
    return (*drafts, *(draft_receipt(record, office, served, numbers) for served in all_served))


def termination_values(  # noqa: PLR0913, PLR0917 - as above
    kind: DraftKind,
    record: CaseRecord,
    lawyer: Lawyer,
    request: Termination,
    office: Office,
    day: date,
    numbers: Mapping[DraftKind, str],
) -> TextValues:
    """The ground stands in the law's words, with its item (项) of article 48."""
    grounds = list(TERMINATION_GROUND_TITLES)
    letter = DraftKind.CRIMINAL_LETTER if record.registration.kind in CRIMINAL else DraftKind.CIVIL_LETTER
    return {
        **case_values(record, office, day, numbers.get(kind, "")),
        **lawyer_values(lawyer),
        "事实": request.finding.rstrip("。，；"),
        "项次": f"（{NUMERALS[grounds.index(request.ground)]}）",
        "情形": TERMINATION_GROUND_TITLES[request.ground],
        "终止日期": long_date(request.ends_on),
        "给予文号": numbers.get(DraftKind.GRANT_DECISION, ""),
        "原公函文号": numbers.get(letter, ""),
        "决定文号": numbers.get(DraftKind.TERMINATION_DECISION, ""),
    }
