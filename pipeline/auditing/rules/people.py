"""People: two who must not be the same, a lawyer with two sides, years of practice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pydantic import Field

from pipeline.auditing.case import Case, Raised, pages_of, reference, title_of
from pipeline.auditing.layout import Cell, rows_of
from pipeline.auditing.rules.base import ask, dates_of, raise_finding
from schemas.base import Frozen, Place, State
from schemas.report import Duty, Problem
from schemas.standard import RuleSetting

_SURE = 0.95
_NAME = re.compile(r"^[\u4e00-\u9fff·]{2,6}$")


class DistinctParameters(Frozen):
    """On papers of `documents`, whoever stands at the one label is not whoever stands at the other."""

    documents: tuple[str, ...] = Field(min_length=1)
    first_label: str
    second_label: str
    """Regular expressions of the printed labels."""
    titles: tuple[str, str]
    """The two in Chinese, e.g. `立卷人` and `检查人`."""
    office: bool = False


def check_distinct(case: Case, setting: RuleSetting, parameters: DistinctParameters) -> Iterator[Raised]:
    """The same name at both labels: certain in print that was read well, else a question."""
    for index, document in case.of_type(*parameters.documents):
        if document.state is not State.FOUND or index in case.foreign:
            continue
        one, other = (_at(case, index, pattern) for pattern in (parameters.first_label, parameters.second_label))
        if one is None or other is None or one[0] != other[0]:
            continue
        cells = (one[1], other[1])
        first, second = parameters.titles
        yield raise_finding(
            case,
            setting,
            problem=Problem.INCONSISTENT,
            certain=all(cell.line.score >= _SURE and not cell.line.handwritten for cell in cells),
            document=index,
            message=f"{pages_of(document)}{title_of(document)}的{first}与{second}均为“{one[0]}”，不应为同一人。",
            remedy=f"请由{first}以外的人员担任{second}，并在{title_of(document)}上重新签名。",
            reason="签名系手写，可能识读有误；请对照原件核实。",
            evidence=tuple(cell.place for cell in cells),
            duty=Duty.OFFICE if parameters.office else Duty.LAWYER,
        )


def _at(case: Case, index: int, label: str) -> tuple[str, Cell] | None:
    """The one name at the label, behind it in its line or in the next cell; None where there is none, or several."""
    document = case.volume.documents[index]
    found = []
    for page in range(document.first_page, document.last_page + 1):
        for row in rows_of(case, page):
            for place, cell in enumerate(row):
                match = re.match(rf"(?:{label})(?:意见|签名|签字|签章)?(?:[（(][^）)]*[）)])?[:：]?", cell.text)
                if match is None:
                    continue
                rest = cell.text[match.end() :]
                value = (
                    (rest, cell) if rest else next(((other.text, other) for other in row[place + 1 : place + 2]), None)
                )
                if value is not None and _NAME.match(value[0]):
                    found.append(value)
    return found[0] if len({name for name, _ in found}) == 1 else None


class ConflictParameters(Frozen):
    """Papers of the court that name every accused with his defender."""

    documents: tuple[str, ...] = Field(min_length=1)


_ACCUSED = re.compile(
    r"(?:被告人|上诉人)(?:[（(][^）)]*[）)])?([\u4e00-\u9fff·]{2,4})，(?:男|女|曾用名|绰号|别名|[（(])"
)
_DEFENDER = re.compile(r"(?:指定)?辩护人([\u4e00-\u9fff·]{2,4})[，、,]")


def check_conflict(case: Case, setting: RuleSetting, parameters: ConflictParameters) -> Iterator[Raised]:
    """Our lawyer named as the defender of two accused. Always a question: names are read from running text."""
    lawyer = reference(case, "lawyer_name")
    if lawyer is None:
        return
    for index, document in case.of_type(*parameters.documents):
        if document.state is not State.FOUND or index in case.foreign:
            continue
        accused = _defended_by(case.text(index), lawyer)
        if len(accused) < 2:  # noqa: PLR2004 - two sides make a conflict
            continue
        yield ask(
            case,
            setting,
            problem=Problem.INCONSISTENT,
            document=index,
            message=f"{pages_of(document)}{title_of(document)}载明承办人{lawyer}同时担任{'、'.join(accused)}的辩护人，"
            "可能存在利益冲突。",
            remedy="请承办单位书面说明承办人是否同时为同案其他被告人辩护；属实的，应当更换承办人。",
            reason="系从文书正文中识读所得；请对照原件核实。",
            evidence=(Place(page=document.first_page),),
        )
        return


def _defended_by(text: str, lawyer: str) -> list[str]:
    """The accused behind whom the lawyer stands as defender, in the order of the text's head."""
    marks = sorted([*_ACCUSED.finditer(text), *_DEFENDER.finditer(text)], key=lambda match: match.start())
    accused, served = None, []
    for match in marks:
        if match.re is _ACCUSED:
            accused = match.group(1)
        elif match.group(1) == lawyer and accused is not None:
            served.append(accused)
            accused = None
    return list(dict.fromkeys(served))


class PracticeParameters(Frozen):
    """The least years of practice on the day of assignment."""

    years: int = 3


_PRACTICE = re.compile(r"(?:执业|从业)(?:年限|时间|已|满|经历)*[:：]?(?:为|已|满)?(\d{1,2})年")


def check_practice(case: Case, setting: RuleSetting, parameters: PracticeParameters) -> Iterator[Raised]:
    """Too few years: certain if someone gave the first day of practice; a question if a paper states too few.

    Nothing where neither is known: the office's roster tells, not the closing file.
    """
    first, assigned = case.known.lawyer.practising_since, dates_of(case, "case.assigned_on")
    if first is not None and assigned:
        if _years_later(first, parameters.years) > assigned[0].day:
            yield _too_new(case, setting, parameters, None, f"自{first.year}年{first.month}月起执业", certain=True)
        return
    for index in range(len(case.volume.documents)):
        document = case.volume.documents[index]
        match = _PRACTICE.search(case.text(index)) if document.type in _STATING else None
        if match is not None and int(match.group(1)) < parameters.years:
            yield _too_new(case, setting, parameters, index, f"载明执业{match.group(1)}年", certain=False)
            return


_STATING = ("assignment_notice", "approval_form", "official_letter", "firm_letter", "closing_report")


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _too_new(  # noqa: PLR0913 - the parts of one finding
    case: Case, setting: RuleSetting, parameters: PracticeParameters, index: int | None, shown: str, *, certain: bool
) -> Raised:
    document = case.volume.documents[index] if index is not None else None
    where = f"{pages_of(document)}{title_of(document)}" if document is not None else "承办人"
    return raise_finding(
        case,
        setting,
        problem=Problem.INCONSISTENT,
        certain=certain,
        document=index,
        message=f"{where}{shown}，承办可能判处无期徒刑、死刑的案件或者死刑复核案件，应当具有{parameters.years}年以上相关执业经历。",
        remedy="请提供承办人相关执业经历的证明；不符合要求的，由法律援助机构另行处理。",
        reason="执业年限系从文书中识读所得；请对照律师执业信息核实。",
        evidence=(Place(page=document.first_page),) if document is not None else (),
        duty=Duty.OFFICE,
    )
