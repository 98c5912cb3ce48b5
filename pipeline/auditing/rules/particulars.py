"""Particulars that cannot be right (联系电话、领款人): always for a person to look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pydantic import Field

from pipeline.auditing.case import Case, Raised, pages_of, reference, title_of
from pipeline.auditing.layout import cells_of
from pipeline.auditing.rules.base import ask
from pipeline.auditing.values import COMPARERS, Likeness
from schemas.base import Frozen, Place, State
from schemas.report import Duty, Problem
from schemas.standard import RuleSetting
from schemas.volume import Document


class PhoneParameters(Frozen):
    """Papers that state the recipient's telephone number, and how long a mobile number is."""

    documents: tuple[str, ...] = Field(min_length=1)
    digits: int = 11


_PHONE = re.compile(r"(?:联系电话|手机号码?|联系方式|电话)[:：]?(1[3-9]\d{5,13})(?!\d|[-—*＊])")
_TWICE = 2
"""Papers that state the same wrong number: one alone was misread as likely as written wrong."""


def check_phone(case: Case, setting: RuleSetting, parameters: PhoneParameters) -> Iterator[Raised]:
    """A mobile number with a figure too many or too few, stated alike on two papers."""
    stated = [
        (index, number)
        for index in _own(case, parameters.documents)
        for number in dict.fromkeys(_PHONE.findall(case.text(index)))
        if len(number) != parameters.digits
    ]
    counts = Counter(number for _, number in stated)
    index, number = next(((at, number) for at, number in stated if counts[number] >= _TWICE), (None, ""))
    if index is None:
        return
    document = case.volume.documents[index]
    yield ask(
        case,
        setting,
        problem=Problem.INCONSISTENT,
        document=index,
        message=f"{pages_of(document)}{title_of(document)}等材料所载联系电话“{number}”不是{parameters.digits}位。",
        remedy="请核对联系电话，有误的予以更正。",
        reason="号码可能识读有误；请对照原件核实。",
        evidence=(Place(page=document.first_page),),
    )


class PayeeParameters(Frozen):
    """Papers by which the subsidy is paid, and the label of who receives it."""

    documents: tuple[str, ...] = ("subsidy_form",)
    label: str


def check_payee(case: Case, setting: RuleSetting, parameters: PayeeParameters) -> Iterator[Raised]:
    """Who receives the subsidy, where that is neither the lawyer nor the firm of the case."""
    known = [(name, value) for name in ("lawyer_name", "firm_name") if (value := reference(case, name)) is not None]
    if len(known) < _TWICE:
        return
    label = re.compile(rf"^(?:{parameters.label})(?:[(（]?签[名章字][)）]?)?[:：]?(.*)$")
    for index in _own(case, parameters.documents):
        document = case.volume.documents[index]
        payee = _DAY_BEHIND.sub("", _stated(case, document, label))
        if not payee or any(COMPARERS[name](payee, value) is not Likeness.OTHER for name, value in known):
            continue
        yield ask(
            case,
            setting,
            problem=Problem.INCONSISTENT,
            document=index,
            message=f"{pages_of(document)}{title_of(document)}所载领款人“{payee}”不是本案承办人或者承办单位。",
            remedy="请核对领款人；确由他人代领的，请附委托手续。",
            reason="姓名、名称可能识读有误；请对照原件核实。",
            evidence=(Place(page=document.first_page),),
            duty=Duty.OFFICE,
        )


_DAY_BEHIND = re.compile(r"\s*(?:19|20)?\d\d\s*[年./-].*$")
"""The day on which the money was received, read as one line with the name."""


def _stated(case: Case, document: Document, label: re.Pattern[str]) -> str:
    """What stands in print behind the label, or in the next cell of its row. Empty: nothing that was read for sure."""
    for page in range(document.first_page, document.last_page + 1):
        cells = cells_of(case, page)
        for cell in cells:
            match = label.match(cell.text)
            if match is None:
                continue
            reach = cell.line.box[3] - cell.line.box[1]
            beside = [
                other
                for other in cells
                if other.line.box[0] >= cell.line.box[2] and abs(other.centre - cell.centre) <= reach
            ]
            nearest = cell if match.group(1) else min(beside, key=lambda other: other.line.box[0], default=None)
            if nearest is None or nearest.line.handwritten or nearest.line.score < _SURE:
                return ""
            return str(match.group(1) or nearest.text)
    return ""


_SURE = 0.97


def _own(case: Case, types: tuple[str, ...]) -> list[int]:
    """The sure papers of these types that belong to the case."""
    return [
        index for index, document in case.of_type(*types) if document.state is State.FOUND and index not in case.foreign
    ]
