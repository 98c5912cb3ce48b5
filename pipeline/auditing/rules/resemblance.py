"""Papers nearly the same as in another closing file (文书雷同), and meetings at the same time (会见时间冲突)."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from pipeline.auditing.case import Case, Raised, pages_of, reference, title_of
from pipeline.auditing.rules.base import ask
from pipeline.auditing.sketching import overlapping, resemblance, sketch
from pipeline.auditing.values import Likeness, compare_numbers
from schemas.base import Frozen, Place, State
from schemas.report import Problem
from schemas.sketch import Sketch
from schemas.standard import RuleSetting

_OTHERS = (Likeness.OTHER, Likeness.INCOMPARABLE)


class Parameters(Frozen):
    """`least`: share of the text in common from which a person should look, 0 to 1."""

    documents: tuple[str, ...] = Field(min_length=1)
    least: float = Field(default=0.8, gt=0, le=1)


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """One question a paper, with the closing file that it resembles most. Without an archive there is nothing to compare."""
    number = reference(case, "case_number")
    if number is None:
        return  # without it nobody can say that a known paper is another case's and not an earlier round's
    archive = [known for known in case.archive if compare_numbers(known.case, number) in _OTHERS]
    if not archive:
        return
    for index, document in case.of_type(*parameters.documents):
        if document.state is not State.FOUND or index in case.foreign:
            continue
        own = sketch(document, "")
        alike = [(share, known) for known in archive if known.type == own.type and (share := resemblance(own, known))]
        share, twin = max(alike, key=lambda pair: pair[0], default=(0.0, None))
        if twin is not None and share >= parameters.least:
            yield _twin(case, setting, index, share, twin)
        clash = next((known for known in archive if overlapping(own, known)), None)
        if clash is not None:
            yield _clash(case, setting, index, clash)


def _twin(case: Case, setting: RuleSetting, index: int, share: float, twin: Sketch) -> Raised:
    document = case.volume.documents[index]
    return ask(
        case,
        setting,
        problem=Problem.DUPLICATE,
        document=index,
        message=f"{pages_of(document)}{title_of(document)}与“{twin.case}”卷内《{twin.title}》文字相同约{share:.0%}，疑似雷同。",
        remedy="请承办人说明该文书是否根据本案事实和证据撰写，必要时重新提交。",
        reason="姓名、日期、编号已不计在内；请对照两案文书核实。",
        evidence=(Place(page=document.first_page),),
    )


def _clash(case: Case, setting: RuleSetting, index: int, known: Sketch) -> Raised:
    document = case.volume.documents[index]
    return ask(
        case,
        setting,
        problem=Problem.INCONSISTENT,
        document=index,
        message=f"{pages_of(document)}{title_of(document)}所载时间与“{known.case}”卷内《{known.title}》的时间重叠，"
        f"承办人均为{known.lawyer}。",
        remedy="请承办人核对两次会见或者谈话的起止时间，并书面说明。",
        reason="时间系识读所得；请对照两案笔录核实。",
        evidence=(Place(page=document.first_page),),
    )
