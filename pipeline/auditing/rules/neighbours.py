"""Other closing files of the office (他案): numbers given twice, one matter claimed twice, lawyers on two sides.

What is known of the other files was read from them years ago, and a person has to open both: everything here is a
question. Nothing is said where either file does not surely say who was helped in which case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.auditing.case import Case, Raised, given, reference
from pipeline.auditing.outlining import outline_of
from pipeline.auditing.rules.base import ask
from pipeline.auditing.values import COMPARERS, Likeness
from schemas.base import Frozen, Place
from schemas.case import Kind
from schemas.outline import CaseOutline, Side
from schemas.report import Duty, Problem
from schemas.standard import RuleSetting


class NoParameters(Frozen):
    """The rule has nothing to set."""


def check_number_taken(case: Case, setting: RuleSetting, _parameters: NoParameters) -> Iterator[Raised]:
    """The case number belongs to somebody else's case, who is not named in this one: one number may be for several."""
    own = _own(case)
    if own is None:
        return
    taken = [
        other
        for other in case.neighbours
        if _same("case_number", own.number, other.number)
        and _another_person(own, other)
        and not _is_named(case, other.recipient)
    ]
    if taken:
        yield ask(
            case,
            setting,
            problem=Problem.DUPLICATE,
            message=f"案件编号“{own.number}”已用于另一受援人的案件，疑似重复编号。",
            remedy="请对照登记簿核对案件编号，重复的予以更正。",
            reason="编号系从两案材料中识读所得；请核实，系共同受援人的除外。",
            evidence=_where(case, "case_number"),
            duty=Duty.OFFICE,
        )


def check_claimed_twice(case: Case, setting: RuleSetting, _parameters: NoParameters) -> Iterator[Raised]:
    """The same matter under another number: one person, one kind and stage, one number of the court or one day of help."""
    own = _own(case)
    if own is None:
        return
    twins = [other for other in case.neighbours if _is_twin(own, other)]
    if not twins:
        return
    numbers = _numbers(twins)
    paid = [twin for twin in twins if twin.paid]
    told = f"其中{_numbers(paid)}的补贴已经发放。" if paid else ""
    provider = "承办单位" if _same_firm(own, twins[0]) else "承办人"
    yield ask(
        case,
        setting,
        problem=Problem.DUPLICATE,
        message=f"本案与{numbers}的受援人、办理阶段和{_in_common(own)}相同，{provider}亦相同，疑似同一事项重复申领补贴。{told}",
        remedy="请核对两案的登记和指派情况；确系同一事项的，只归档一卷、发放一次补贴。",
        reason="系对照两案材料识读所得；请调阅两案卷宗核实。",
        evidence=_where(case, "organ_case_number", "case_number"),
        duty=Duty.OFFICE,
    )


def check_opposed(case: Case, setting: RuleSetting, _parameters: NoParameters) -> Iterator[Raised]:
    """One lawyer for two accused of one case, or one lawyer or firm for both sides."""
    own = _own(case)
    if own is None or not own.organ_case_number:
        return
    for words, others in _opposed(own, case.neighbours):
        yield ask(
            case,
            setting,
            problem=Problem.INCONSISTENT,
            message=f"{words}（{_numbers(others)}，办案机关案号均为{own.organ_case_number}），可能存在利益冲突。",
            remedy="请承办单位书面说明两案的承办情况；存在利益冲突的，应当更换承办人。",
            reason="系对照两案材料识读所得；请调阅两案卷宗核实。",
            evidence=_where(case, "organ_case_number"),
        )
        return


def _opposed(own: CaseOutline, neighbours: Iterable[CaseOutline]) -> Iterator[tuple[str, list[CaseOutline]]]:
    """What is wrong, with the files that show it; what weighs most comes first."""
    shared = [
        other
        for other in neighbours
        if _same("organ_case_number", own.organ_case_number, other.organ_case_number) and _another_person(own, other)
    ]
    mine = [other for other in shared if _same_lawyer(own, other)]
    accused = [other for other in mine if {own.kind, other.kind} == {Kind.CRIMINAL_DEFENCE}]
    if accused:
        yield f"承办人{own.lawyer}同时为同案的另一名被追诉人辩护", accused
    against = [other for other in mine if _face_each_other(own, other)]
    if against:
        yield f"承办人{own.lawyer}同时为同案对方当事人提供法律援助", against
    colleagues = [other for other in shared if other not in mine and _same_firm(own, other)]
    rivals = [other for other in colleagues if own.kind is not Kind.CRIMINAL_DEFENCE and _face_each_other(own, other)]
    if rivals:
        yield f"承办单位{own.firm}同时为同案对方当事人提供法律援助", rivals


def _face_each_other(own: CaseOutline, other: CaseOutline) -> bool:
    """Whether the two stand against each other: accused and victim, or the two sides of a dispute."""
    kinds = {own.kind, other.kind}
    if Kind.CRIMINAL_DEFENCE in kinds:
        rest = own if other.kind is Kind.CRIMINAL_DEFENCE else other
        return rest.kind is Kind.CRIMINAL_REPRESENTATION or (
            rest.kind is Kind.CRIMINAL_CIVIL and rest.side is Side.CLAIMANT
        )
    return None not in {own.side, other.side} and own.side is not other.side


def _is_twin(own: CaseOutline, other: CaseOutline) -> bool:
    if own.kind is None or (own.kind, own.stage) != (other.kind, other.stage) or not _same_provider(own, other):
        return False
    if _same("case_number", own.number, other.number):
        # under one number a slip in the name makes two cases of one
        return other.paid and _alike(own, other) and own.recipient != other.recipient
    if COMPARERS["case_number"](own.number, other.number) is Likeness.SIMILAR or not _same_person(own, other):
        return False
    if own.organ_case_number and other.organ_case_number:
        return _same("organ_case_number", own.organ_case_number, other.organ_case_number)
    return own.helped_on is not None and own.helped_on == other.helped_on


def _in_common(own: CaseOutline) -> str:
    return f"办案机关案号（{own.organ_case_number}）" if own.organ_case_number else "提供帮助的日期"


def _same_person(own: CaseOutline, other: CaseOutline) -> bool:
    """By the identity number; without one, by the name in one case of one court."""
    if own.person and other.person:
        return own.person == other.person
    return bool(own.organ_case_number) and "".join(own.recipient.split()) == "".join(other.recipient.split())


def _alike(own: CaseOutline, other: CaseOutline) -> bool:
    return COMPARERS["recipient_name"](own.recipient, other.recipient) is Likeness.SIMILAR


def _another_person(own: CaseOutline, other: CaseOutline) -> bool:
    """Surely somebody else: another name and no common identity number."""
    apart = COMPARERS["recipient_name"](own.recipient, other.recipient) is Likeness.OTHER
    return apart and (not own.person or own.person != other.person)


def _same_lawyer(own: CaseOutline, other: CaseOutline) -> bool:
    """One name in one firm: in two firms two may have it."""
    named = bool(own.lawyer and other.lawyer) and _same("lawyer_name", own.lawyer, other.lawyer)
    return named and not (own.firm and other.firm and not _same_firm(own, other))


def _same_firm(own: CaseOutline, other: CaseOutline) -> bool:
    return bool(own.firm and other.firm) and _same("firm_name", own.firm, other.firm)


def _same_provider(own: CaseOutline, other: CaseOutline) -> bool:
    return _same_lawyer(own, other) or _same_firm(own, other)


def _same(name: str, one: str, other: str) -> bool:
    return bool(one and other) and COMPARERS[name](one, other) is Likeness.SAME


def _own(case: Case) -> CaseOutline | None:
    """This file's own outline, with what somebody gave on top; worked out once. None where there is nothing to hold it against."""
    if not case.neighbours:
        return None
    if "outline" not in case.memo:
        outline = outline_of(case.volume, case.facts)
        told = {
            field: value
            for field, name in (("lawyer", "lawyer_name"), ("firm", "firm_name"), ("organ_case_number", "organ_case_number"))
            if (value := given(case.known, name)) is not None
        }  # fmt: skip
        case.memo["outline"] = outline.model_copy(update=told) if outline is not None else None
    found = case.memo["outline"]
    return found if isinstance(found, CaseOutline) else None


def _is_named(case: Case, name: str) -> bool:
    plain = "".join(name.split())
    return any(plain in case.text(index) for index in range(len(case.volume.documents)))


def _numbers(others: Iterable[CaseOutline]) -> str:
    return "、".join(f"“{number}”案" for number in dict.fromkeys(other.number for other in others))


def _where(case: Case, *names: str) -> tuple[Place, ...]:
    """Where this file states what it has in common with the other: the first of `names` that has a place."""
    for name in names:
        value = case.volume.fields.get(name)
        if value is not None and value.page is not None and reference(case, name) is not None:
            return (Place(page=value.page, box=value.box),)
    return ()
