"""Identity numbers (身份证号码) against themselves and against what else the papers say of the person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pydantic import Field

from pipeline.auditing.case import Case, Raised, handwritten, pages_of, title_of
from pipeline.auditing.daywords import days_in
from pipeline.auditing.rules.base import ask
from pipeline.auditing.values import valid_identity_number
from schemas.base import Frozen, Place, State
from schemas.report import Problem
from schemas.standard import RuleSetting
from schemas.volume import FieldValue


class Parameters(Frozen):
    """Papers that state the recipient's identity number."""

    documents: tuple[str, ...] = Field(min_length=1)


_TWICE = 2
_LENGTH = 18


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """A number with a wrong check digit, stated alike on two papers; else a birth date that contradicts a right number."""
    stated = [
        (index, value)
        for index, document in case.of_type(*parameters.documents)
        if index not in case.foreign and (value := _stated(case, index)) is not None
    ]
    numbers = [str(value.value) for _, value in stated]
    wrong = next(
        (number for number in numbers if numbers.count(number) >= _TWICE and not valid_identity_number(number)), None
    )
    if wrong is not None:
        yield _wrong_digit(case, setting, [entry for entry in stated if entry[1].value == wrong])
        return
    for index, value in stated:
        clash = _clash(case, index, str(value.value))
        if clash:
            yield _contradicted(case, setting, index, value, clash)
            return


def _stated(case: Case, index: int) -> FieldValue | None:
    """A whole number, surely read in print."""
    value = case.volume.documents[index].fields.get("recipient_id_number")
    if value is None or value.state is not State.FOUND or len(value.value or "") != _LENGTH:
        return None
    masked = re.search(r"[*×xX]", (value.value or "")[:-1]) is not None
    return None if masked or handwritten(case, value) else value


def _wrong_digit(case: Case, setting: RuleSetting, stated: list[tuple[int, FieldValue]]) -> Raised:
    where = "、".join(
        f"{pages_of(case.volume.documents[index])}{title_of(case.volume.documents[index])}" for index, _ in stated[:4]
    )
    return ask(
        case,
        setting,
        problem=Problem.INCONSISTENT,
        document=stated[0][0],
        message=f"{where}所载身份证号码的校验码有误。",
        remedy="请核对受援人身份证号码，有误的予以更正后重新提交该材料。",
        reason="各份材料记载一致，但校验码不符；请对照身份证件核实。",
        evidence=tuple(
            Place(page=value.page or case.volume.documents[index].first_page, box=value.box) for index, value in stated
        ),
    )


_BORN = re.compile(r"(?:出生(?:日期|年月日|年月)?[:：]?|生于)")
_BORN_BEHIND = re.compile(r"^(?:出生|生)(?![效日年时地])")
_SEX = re.compile(r"性别[:：]?(男|女)(?![男女毋母奶妇□口☑√■/、])")
"""Where both letters stand, one of them was to be struck out or ringed; 女 with a ring reads as 毋."""
_SEX_DIGIT = 16
"""Place of the figure that is odd for men (GB 11643)."""
_NEAR = 3
_WINDOW = 80
"""Characters before the number in which the person's particulars stand."""


def _clash(case: Case, index: int, number: str) -> str:
    """What beside a right number contradicts it: another day of birth, or the other sex. Empty: nothing."""
    if not valid_identity_number(number):
        return ""
    text = case.text(index)
    place = text.find(number)
    if place < 0 or text.count(number) != 1:
        return ""
    window = text[max(0, place - _WINDOW) : place]
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "身份证号码中的出生日期不存在"
    births = [day for day, start, end in days_in(window) if _is_birth(window, start, end)]
    if births and births[-1] != born:
        return f"出生日期记为{births[-1].year}年{births[-1].month}月{births[-1].day}日，与身份证号码不符"
    sexes = _SEX.findall(window)
    told = "男" if int(number[_SEX_DIGIT]) % 2 else "女"
    return f"性别记为{sexes[0]}，与身份证号码不符" if len(sexes) == 1 and sexes[0] != told else ""


def _is_birth(text: str, start: int, end: int) -> bool:
    before = _BORN.search(text[max(0, start - 8) : start])
    return before is not None or _BORN_BEHIND.match(text[end : end + _NEAR]) is not None


def _contradicted(case: Case, setting: RuleSetting, index: int, value: FieldValue, clash: str) -> Raised:
    document = case.volume.documents[index]
    return ask(
        case,
        setting,
        problem=Problem.INCONSISTENT,
        document=index,
        message=f"{pages_of(document)}{title_of(document)}所载{clash}。",
        remedy="请核对受援人的出生日期、性别和身份证号码，有误的予以更正或者说明情况。",
        reason="可能是识读有误，或者系他人的情况；请对照身份证件核实。",
        evidence=(Place(page=value.page or document.first_page, box=value.box),),
    )
