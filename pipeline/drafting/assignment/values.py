"""What the placeholders of the assignment's papers are filled with."""

from __future__ import annotations

from datetime import date

from pipeline.drafting.assignment.matters import case_name, cause, mandate_end, matter, stage_title
from pipeline.drafting.assignment.parties import (
    CRIMINAL,
    capacity,
    form_of_aid,
    is_right_organ,
    person_title,
    polite,
    position,
)
from pipeline.drafting.wording import BLANK, long_date
from schemas.case import Custody, Kind, Origin, Stage
from schemas.draft import Office
from schemas.registration import SEX_TITLES, CaseRecord, Organ, Registration
from schemas.roster import Lawyer, Personnel

NO_NUMBER = "＿＿＿＿〔＿＿＿＿〕＿＿号"
"""Where the office numbers its papers by hand."""
NONE = "—"
"""In a box that this case does not need."""

TextValues = dict[str, str | bool]


def case_values(record: CaseRecord, office: Office, day: date, number: str = "") -> TextValues:
    """What every paper of the assignment may print about the office and the case."""
    registration = record.registration
    return {
        "机构名称": office.name,
        "联系电话": office.phone or BLANK,
        "办公地址": office.address or BLANK,
        "文号": number or NO_NUMBER,
        "成文日期": long_date(day),
        "案件编号": record.number,
        "案件": case_name(registration),
        "案由": cause(registration),
        "办案阶段": stage_title(registration),
        "援助形式": form_of_aid(registration.kind),
        "受援人": registration.recipient.name,
        "诉讼地位": position(registration),
        "身份": capacity(registration.kind),
        **_organ_values(registration),
    }


def _organ_values(registration: Registration) -> TextValues:
    """The organ as a letter addresses it; a blank where the registered one cannot be right in this stage."""
    organ = registration.organ
    if organ is None or not is_right_organ(registration):
        return {"办案机关": BLANK, "办案机关案号": "", "机关称谓": "贵单位"}
    return {"办案机关": organ.name, "办案机关案号": organ.case_number, "机关称谓": polite(organ.name)}


def lawyer_values(lawyer: Lawyer) -> TextValues:
    """Who handles the case, as the papers name him."""
    return {
        "承办单位": lawyer.firm,
        "承办人": person_title(lawyer),
        "承办人姓名": lawyer.name,
        "执业证号": lawyer.licence,
        "承办人电话": lawyer.phone or BLANK,
        "承办单位电话": lawyer.firm_phone or BLANK,
    }


def grant_values(registration: Registration, lawyer: Lawyer) -> TextValues:
    """给予法律援助决定书: whose application, when, and on what ground it is granted."""
    agent = registration.representative
    return {
        "代理申请人": agent.name if agent is not None else "",
        "收到日期": long_date(registration.received_on),
        "申请事项": matter(registration),
        "先行提供": registration.origin is Origin.URGENT,
        "羁押": is_detained(registration),
        "代拟": registration.kind is Kind.DRAFTING,
        "指派方式": assigned_how(lawyer),
    }


def assigned_how(lawyer: Lawyer) -> str:
    """A firm is assigned a case (指派); the office's own people are told off for it (安排), article 13 of the law."""
    return "安排" if lawyer.personnel is Personnel.OFFICE_STAFF else "指派"


def notice_values(record: CaseRecord, lawyer: Lawyer) -> TextValues:
    """指派通知书: what the firm needs to begin, and what is due from it."""
    registration = record.registration
    agent, recipient = registration.representative, registration.recipient
    return {
        "指派方式": assigned_how(lawyer),
        "协议名称": agreement_title(registration),
        "通知类": registration.origin is Origin.NOTIFIED,
        "来函": _reference(registration),
        "代拟": registration.kind is Kind.DRAFTING,
        "有办案机关": registration.organ is not None,
        "办案机关名称": registration.organ.name if registration.organ is not None else NONE,
        "开庭日期": long_date(registration.hearing_on) if registration.hearing_on is not None else "",
        "羁押": is_detained(registration),
        "羁押场所": recipient.custody_place or (BLANK if is_detained(registration) else NONE),
        "受援人电话": recipient.phone or (NONE if is_detained(registration) else BLANK),
        "受援人住址": recipient.address or BLANK,
        "法定代理人": _agent_text(registration),
        "法定代理人电话": (agent.phone or BLANK) if agent is not None else NONE,
        "对方当事人": "、".join(registration.opponents) or NONE,
        "办案机关联系人": _contact(registration.organ),
    }


def _agent_text(registration: Registration) -> str:
    agent = registration.representative
    if agent is None:
        return NONE
    return f"{agent.name}（{agent.relation}）" if agent.relation else agent.name


def _contact(organ: Organ | None) -> str:
    if organ is None:
        return NONE
    return "　".join(part for part in (organ.contact, organ.phone) if part) or BLANK


def letter_values(registration: Registration) -> TextValues:
    """法律援助公函: on what the assignment rests, and what is asked of the organ."""
    organ, kind = registration.organ, registration.kind
    return {
        "通知类": registration.origin is Origin.NOTIFIED,
        "来函": _reference(registration),
        "依据条款": _articles(registration),
        "给予方式": "先行提供" if registration.origin is Origin.URGENT else "给予",
        "诉讼费用": organ is not None and organ.name.endswith("法院") and kind not in CRIMINAL,
        "请求事项": _requests(registration),
    }


def _reference(registration: Registration) -> str:
    """The organ's own notice: `2026年3月1日来函（霞法刑通〔2026〕19号）`; empty of an applied case."""
    if registration.origin is not Origin.NOTIFIED:
        return ""
    day = long_date(registration.notified_on or registration.received_on)
    return f"{day}来函（{registration.notice_number}）" if registration.notice_number else f"{day}来函"


_NOTIFIED_ARTICLES = {Kind.CRIMINAL_DEFENCE: "第二十五条", Kind.CRIMINAL_REPRESENTATION: "第二十八条"}
"""通知辩护, and the notice that an agent is wanted where 强制医疗 is asked for."""


def _articles(registration: Registration) -> str:
    """The article of 《法律援助法》 that an assignment rests on; of any other notice the office's general task."""
    if registration.origin is Origin.NOTIFIED:
        return _NOTIFIED_ARTICLES.get(registration.kind, "第十二条")
    return "第四十四条" if registration.origin is Origin.URGENT else "第四十三条"


_REQUESTS: dict[Stage | None, str] = {
    Stage.INVESTIGATION: "依法保障承办人会见、了解案件有关情况、提出意见等权利，并将案件移送情况及时告知承办人",
    Stage.PROSECUTION: "依法保障承办人阅卷、会见、提出意见等权利，并将案件处理情况及时告知承办人",
    Stage.DEATH_REVIEW: "依法保障承办人阅卷、会见、提出意见等权利，并将复核结果及时告知承办人",
    None: "依法保障承办人履行职责，及时告知案件办理情况",
}
_TRIAL_REQUEST = "依法保障承办人阅卷、会见、出庭等权利，按期送达开庭通知，并将裁判文书送达承办人"


def _requests(registration: Registration) -> str:
    stage = registration.stage
    if registration.kind in CRIMINAL and stage not in _REQUESTS:
        text = _TRIAL_REQUEST
    else:
        text = _REQUESTS[stage if registration.kind in CRIMINAL else None]
    # 会见权属于辩护人，代理人没有
    return text if registration.kind is Kind.CRIMINAL_DEFENCE else text.replace("会见、", "")


def mandate_values(record: CaseRecord, notice_number: str) -> TextValues:
    """委托协议 and 授权委托书: both sides, the powers and the term."""
    registration = record.registration
    recipient = registration.recipient
    return {
        "受援人证件号码": recipient.id_number or BLANK,
        "受援人性别": SEX_TITLES[recipient.sex] if recipient.sex is not None else BLANK,
        "受援人电话": recipient.phone or BLANK,
        "受援人住址": recipient.address or BLANK,
        "羁押场所": recipient.custody_place if is_detained(registration) else "",
        "法定代理人": _agent_text(registration),
        "指派文号": notice_number or NO_NUMBER,
        "通知类": registration.origin is Origin.NOTIFIED,
        "委托期限": mandate_end(registration) or BLANK,
        "刑事": registration.kind in CRIMINAL,
        "辩护": registration.kind is Kind.CRIMINAL_DEFENCE,
    }


def agreement_title(registration: Registration) -> str:
    return "委托辩护协议" if registration.kind is Kind.CRIMINAL_DEFENCE else "委托代理协议"


def is_detained(registration: Registration) -> bool:
    return registration.recipient.custody is Custody.DETAINED
