"""Trials of the rules about names, numbers, people, and other closing files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from auditing_changes import CIVIL, TRIAL
from auditing_sheets import line
from auditing_trials import File, Trial
from auditing_volumes import Paper, case_facts, found, list_of, volume

from pipeline.auditing.sketching import sketches_of
from pipeline.auditing.values import valid_identity_number
from schemas.base import State
from schemas.case import Kind, KnownCase, KnownLawyer, Origin, Stage
from schemas.outline import CaseOutline
from schemas.standard import Checklist
from schemas.volume import FieldValue, Mark

APPEAL = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_SECOND, Origin.NOTIFIED)


def identity(stem: str) -> str:
    return next(stem + last for last in "0123456789X" if valid_identity_number(stem + last))


VALID, OTHER = identity("44080319900101123"), identity("44080319850505221")
MISREAD = VALID[:10] + ("1" if VALID[10] != "1" else "2") + VALID[11:]
COURT = "（2024）粤0803刑初12号"


def stating(checklist: Checklist, type_: str, name: str, value: FieldValue, own: str) -> File:
    """A paper that states `value`, in a case of which `own` is known."""
    paper = {"fields": {name: value}, "text": f"{value.value}，{value.value}"}
    return File(checklist, {type_: paper}, fields={name: found(own)})


def agreement(checklist: Checklist, type_: str, name: str, values: tuple[str, str, FieldValue]) -> Trial:
    """The case's own value, another, and one that may be a misreading."""
    own, other, unsure = values
    files = (stating(checklist, type_, name, value, own) for value in (found(other), found(own), unsure))
    return Trial(*files, asked=True)


def said_on(checklist: Checklist, types: tuple[str, ...], text: str, **fields: FieldValue) -> File:
    return File(checklist, {type_: {"text": text, "fields": fields} for type_ in types})


def numbered(value: str, *types: str) -> File:
    return File(CIVIL, {type_: {"fields": {"case_number": found(value)}} for type_ in types})


def born(text: str, number: str = VALID) -> File:
    paper = {"text": text.format(number), "fields": {"recipient_id_number": found(number)}}
    return File(CIVIL, {"application_form": paper})


def practising(since: date | None, stated: str = "") -> File:
    known = KnownCase(lawyer=KnownLawyer(practising_since=since), assigned_on=date(2025, 3, 5))
    return File(TRIAL, {"assignment_notice": {"text": stated}}, {"life_or_death": True}, known=known)


ACCUSED = (
    "被告人陈小明，男，1990年1月1日出生。\n辩护人李强，广东海岸律师事务所律师。\n"
    "被告人王大力，男，1991年1月1日出生。\n辩护人{}，广东海岸律师事务所律师。\n审判长"
)


def defended(second: str, state: State = State.FOUND) -> File:
    judgment = {"text": ACCUSED.format(second)}
    return File(TRIAL, {"outcome_document": judgment}, fields={"lawyer_name": found("李强", state=state)})


def sealed(ring: str, score: float = 0.97) -> File:
    court, other = found("某县人民法院"), found("某市中级人民法院")
    judgment = {
        "fields": {"organ_name": court},
        "marks": {"organ_seal": Mark(state=State.FOUND, score=score, detail=ring)},
    }
    return File(TRIAL, {"outcome_document": judgment, "hearing_notice": {"fields": {"organ_name": other}}})


def two_people(type_: str, labels: tuple[str, str], names: tuple[str, str], *, pen: bool = False) -> File:
    lines = tuple(
        line(f"{label}：{name}", 0.6 + 0.05 * at, 0.6, pen=pen)
        for at, (label, name) in enumerate(zip(labels, names, strict=True))
    )
    return File(CIVIL, {type_: {"reading": {"lines": lines}}})


def distinct(type_: str, *labels: str) -> Trial:
    one, other = ("马桂芳", "马桂芳"), ("马桂芳", "罗美珊")
    return Trial(
        two_people(type_, (labels[0], labels[1]), one),
        two_people(type_, (labels[0], labels[1]), other),
        two_people(type_, (labels[0], labels[1]), one, pen=True),
        asked=True,
    )


def phoned(one: str, other: str) -> File:
    digits = {"application_form": one, "interview_record": other}
    return File(CIVIL, {type_: {"text": f"联系电话：1380000{said}"} for type_, said in digits.items()})


def paid_to(name: str, score: float = 0.99) -> File:
    lines = (line("领款人", 0.3, 0.1), line(name, 0.3, 0.4, score=score))
    fields = {"lawyer_name": found("李明"), "firm_name": found("广东海岸律师事务所")}
    return File(CIVIL, {"subsidy_form": {"reading": {"lines": lines}}}, fields=fields)


def stranger(name: str, number: str = "") -> File:
    """A second notice of assignment, of somebody else."""
    fields = {"recipient_name": found(name)} | ({"case_number": found(number)} if number else {})
    own = {"recipient_name": found("陈小明"), "case_number": found("湛法援民字〔2024〕12号")}
    return File(CIVIL, fields=own, more=(Paper("assignment_notice", text=name, fields=fields),))


OWN = {
    "case_number": found("虚法援刑字〔2025〕12号"), "recipient_name": found("陈小明"), "recipient_id_number": found(VALID),
    "lawyer_name": found("李强"), "firm_name": found("广东海岸律师事务所"), "organ_case_number": found(COURT),
}  # fmt: skip
NEAR = CaseOutline(
    number="虚法援刑字〔2025〕13号", recipient="王大力", kind=Kind.CRIMINAL_DEFENCE, stage=Stage.TRIAL_FIRST,
    lawyer="李强", firm="广东海岸律师事务所", organ_case_number=COURT,
)  # fmt: skip


def beside(doubted: str = "", **changes: Any) -> File:
    """Our file and another of the office; one of our own values not surely read."""
    own = {name: value.model_copy(update={"state": State.UNCERTAIN}) if name == doubted else value for name, value in OWN.items()}  # fmt: skip
    return File(TRIAL, fields=own, neighbours=(NEAR.model_copy(update=changes),))


SPEECH = "".join(
    f"第{index}点，辩护人认为，被告人到案后如实供述自己的罪行，系初犯、偶犯，主观恶性较小，社会危害性有限，"
    f"且已经取得被害人的谅解，依法可以从轻处罚，请合议庭在量刑时予以充分考虑其家庭情况与悔罪表现之{index * 7 % 11}。"
    for index in range(1, 12)
)


def spoken(text: str, state: State = State.FOUND) -> File:
    """A speech beside one that the office knows of another case."""
    known = volume([Paper("advocacy_statement", text=SPEECH)], case_facts(TRIAL))
    archive = sketches_of(known, "湛法援刑字〔2024〕7号", ["advocacy_statement"])
    fields = {"case_number": found("湛法援刑字〔2025〕1号", state=state)}
    return replace(File(TRIAL, {"advocacy_statement": {"text": text}}, fields=fields), archive=archive)


SHORT, LONG, YEARLESS = "123", "1234", "湛法援民字12号"
PEOPLE = {
    "agreement.recipient_name": agreement(
        CIVIL, "power_of_attorney", "recipient_name", ("陈小明", "陈晓明", found("陈小朋"))
    ),
    "agreement.recipient_id_number": agreement(
        CIVIL, "power_of_attorney", "recipient_id_number", (VALID, OTHER, found(MISREAD))
    ),
    "agreement.lawyer_name": agreement(CIVIL, "closing_report", "lawyer_name", ("李强", "周海波", found("周海波", 0.7))),
    "agreement.firm_name": agreement(
        CIVIL, "closing_report", "firm_name", ("广东海岸律师事务所", "广东潮声律师事务所", found("广东潮声律师事务所", 0.7))
    ),
    "agreement.case_number": agreement(
        CIVIL, "closing_report", "case_number",
        ("湛法援刑字〔2024〕12号", "湛法援刑字〔2024〕42号", found("湛法援刑字〔2024〕42号", 0.7)),
    ),
    "agreement.organ_case_number": agreement(
        TRIAL, "hearing_notice", "organ_case_number", (COURT, "（2024）粤0803刑初52号", found("（2024）粤0803刑初17号", 0.7))
    ),
    "agreement.appeal_case_number": agreement(
        APPEAL, "hearing_notice", "organ_case_number",
        ("（2024）粤08刑终12号", "（2024）粤08刑终52号", found("（2024）粤08刑终52号", 0.7)),
    ),
    "agreement.cause": agreement(TRIAL, "power_of_attorney", "cause", ("盗窃", "诈骗罪", found("诈骗罪", 0.7))),
    "agreement.stage": agreement(TRIAL, "power_of_attorney", "stage", ("一审阶段", "侦查阶段", found("侦查阶段", 0.7))),
    "identity_number": Trial(
        born("陈小明，男，1991年1月1日出生，公民身份号码{}"),
        born("登记时间：2024年5月6日，出生日期：1990年1月1日，陈小明，男，公民身份号码{}"),
        born("陈小明，男，1991年1月1日出生，公民身份号码{}", MISREAD),
        certain=False,
    ),
    "phone": Trial(phoned(SHORT, SHORT), phoned(LONG, LONG), phoned(SHORT, LONG), certain=False),
    "payee": Trial(paid_to("赵四"), paid_to("李明"), paid_to("赵四", 0.8), certain=False),
    "number_form": Trial(
        numbered(YEARLESS, "assignment_notice", "closing_report"),
        numbered("湛法援民字〔2025〕12号", "assignment_notice", "closing_report"),
        numbered(YEARLESS, "assignment_notice"),
        certain=False,
    ),
    "practice_years": Trial(
        practising(date(2024, 1, 1)), practising(date(2022, 3, 5)), practising(None, "执业年限：2年"), asked=True
    ),
    "conflict": Trial(defended("李强"), defended("周海波"), defended("李强", State.UNCERTAIN), certain=False),
    "seal_owner": Trial(
        sealed("某市中级人民法院"), sealed("某县人民法院"), sealed("某市中级人民法院", 0.6), certain=False
    ),
    "distinct_people.volume_note": distinct("volume_note", "立卷人", "检查人"),
    "distinct_people.subsidy_form": distinct("subsidy_form", "核卷人", "审批人"),
    "foreign": Trial(
        stranger("王大力", "湛法援民字〔2024〕99号"), stranger("陈小明", "湛法援民字〔2024〕12号"), stranger("王大力"), asked=True
    ),
    "opposed_clients": Trial(beside(), beside(lawyer="周海波", firm=""), beside("lawyer_name"), certain=False),
    "claimed_twice": Trial(
        beside(recipient="陈小明"),
        beside(recipient="陈小明", stage=Stage.TRIAL_SECOND),
        beside("organ_case_number", recipient="陈小明"),
        certain=False,
    ),
    "number_taken": Trial(
        beside(number="虚法援刑字〔2025〕12号"),
        beside(number="虚法援刑字〔2025〕12号", recipient="陈小明"),
        beside("case_number", number="虚法援刑字〔2025〕12号"),
        certain=False,
    ),
    "resemblance": Trial(
        spoken(SPEECH), spoken("请求从轻处罚"), spoken(SPEECH, State.UNCERTAIN), certain=False
    ),
}  # fmt: skip
"""Rule to its trial."""
