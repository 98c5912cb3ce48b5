"""What the papers call the people and organs of a case: positions, capacities, addressees."""

from __future__ import annotations

from schemas.case import Kind, Stage
from schemas.registration import Registration
from schemas.roster import Lawyer, Personnel

CRIMINAL = frozenset({Kind.CRIMINAL_DEFENCE, Kind.CRIMINAL_REPRESENTATION, Kind.CRIMINAL_CIVIL})

_ACCUSED: dict[Stage | None, str] = {
    Stage.INVESTIGATION: "犯罪嫌疑人",
    Stage.PROSECUTION: "犯罪嫌疑人",
    Stage.TRIAL_FIRST: "被告人",
    # 二审、再审的受援人未必上诉，登记没有写明诉讼地位的，只能称原审被告人
    Stage.TRIAL_SECOND: "原审被告人",
    Stage.DEATH_REVIEW: "被告人",
    Stage.RETRIAL: "原审被告人",
    None: "受援人",
}

_CAPACITIES: dict[Kind, str] = {
    Kind.CRIMINAL_DEFENCE: "辩护人",
    Kind.CRIMINAL_REPRESENTATION: "诉讼代理人",
    Kind.CRIMINAL_CIVIL: "诉讼代理人",
    Kind.CIVIL: "诉讼代理人",
    Kind.ADMINISTRATIVE: "诉讼代理人",
}

_FORMS: dict[Kind, str] = {
    Kind.CRIMINAL_DEFENCE: "刑事辩护",
    Kind.CRIMINAL_REPRESENTATION: "刑事代理",
    Kind.CRIMINAL_CIVIL: "刑事附带民事诉讼代理",
    Kind.CIVIL: "民事诉讼代理",
    Kind.LABOUR_ARBITRATION: "劳动争议调解与仲裁代理",
    Kind.ADMINISTRATIVE: "行政诉讼代理",
    Kind.ADMINISTRATIVE_RECONSIDERATION: "行政复议代理",
    Kind.NON_LITIGATION: "非诉讼代理",
    Kind.ENFORCEMENT: "执行代理",
    Kind.DUTY_HELP: "值班律师法律帮助",
    Kind.PLEA_HELP: "值班律师法律帮助",
    Kind.DRAFTING: "代拟法律文书",
    Kind.CONSULTATION: "法律咨询",
}

_PERSONS: dict[Personnel, str] = {Personnel.LAWYER: "律师", Personnel.LEGAL_WORKER: "基层法律服务工作者"}

_POLITE = (
    ("法院", "贵院"),
    ("检察院", "贵院"),
    ("仲裁委员会", "贵委"),
    ("仲裁院", "贵院"),
    ("局", "贵局"),
    ("看守所", "贵所"),
)
_TRIALS = frozenset({Stage.TRIAL_FIRST, Stage.TRIAL_SECOND, Stage.DEATH_REVIEW, Stage.RETRIAL})


def position(registration: Registration) -> str:
    """The recipient's position (诉讼地位): as registered, else what it must be, else `受援人`."""
    if registration.recipient.position:
        return registration.recipient.position
    if registration.kind is Kind.CRIMINAL_DEFENCE:
        return _ACCUSED[registration.stage]
    return "附带民事诉讼原告人" if registration.kind is Kind.CRIMINAL_CIVIL else "受援人"


def capacity(kind: Kind) -> str:
    """As what the lawyer acts (担任何种身份)."""
    return _CAPACITIES.get(kind, "代理人")


def form_of_aid(kind: Kind) -> str:
    """The form of legal aid (法律援助形式), in the words of article 22 of the law."""
    return _FORMS[kind]


def person_title(lawyer: Lawyer) -> str:
    """The name with what the person is: `李闻舟律师`; a member of the office's staff or a volunteer by name alone."""
    return f"{lawyer.name}{_PERSONS.get(lawyer.personnel, '')}"


def polite(organ: str) -> str:
    """How a letter addresses an organ: 贵院, 贵局, 贵委; else 贵单位."""
    return next((word for end, word in _POLITE if organ.endswith(end)), "贵单位")


def is_right_organ(registration: Registration) -> bool:
    """Whether the registered organ is of the sort that handles a criminal case in its stage.

    Who handles an investigation is of many names (公安局, 国家安全局, 海关缉私局, 检察院 …): there only a court is wrong.
    A case that is not criminal has no such order.
    """
    organ, stage = registration.organ, registration.stage
    if organ is None or stage is None or registration.kind not in CRIMINAL:
        return True
    if stage in _TRIALS:
        return "法院" in organ.name
    if stage is Stage.PROSECUTION:
        return "检察院" in organ.name
    return "法院" not in organ.name
