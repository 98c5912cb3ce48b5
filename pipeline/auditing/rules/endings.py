"""Papers whose last page is not there (文书缺页): a judgment without judges, clerk, seal and date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import Field

from pipeline.auditing.case import Case, Raised, all_legible, loose_pages, page_list, pages_of, title_of
from pipeline.auditing.rules.base import raise_finding
from pipeline.auditing.rules.pages import lacks_its_end
from schemas.base import Frozen, Place, State
from schemas.report import Problem
from schemas.standard import RuleSetting
from schemas.volume import Document, FieldValue, Mark


class Parameters(Frozen):
    """Papers that end in certain words; a paper that has none of them, no seal and no date has lost its end."""

    documents: tuple[str, ...] = Field(min_length=1)
    ending: str
    """A regular expression for the beginning of a line that signs the paper off; white space is left out."""
    seal: str = "organ_seal"


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """Certain where words, seal and date all lack, every page is legible and no page is loose.

    A question where the words lack and neither seal nor date is surely there, or one of them surely is not.
    """
    for index, document in case.of_type(*parameters.documents):
        if document.state is not State.FOUND or index in case.foreign or not all_legible(case, document):
            continue
        if lacks_its_end(document):
            continue  # told by the rule of pages that are missing inside a paper
        if _signs_off(document, parameters.ending):
            continue
        states = {_state(document.fields.get("date")), _state(document.marks.get(parameters.seal))}
        if State.FOUND in states and State.MISSING not in states:
            continue
        loose = loose_pages(case)
        yield raise_finding(
            case,
            setting,
            problem=Problem.INCOMPLETE,
            certain=not loose
            and State.FOUND not in states
            and (states == {State.MISSING} or _nothing_stamped(case, document)),
            document=index,
            message=f"{pages_of(document)}{title_of(document)}缺尾页，未见署名、印章和日期。",
            remedy=f"请提交完整的{title_of(document)}。",
            reason=_reason(loose),
            evidence=(Place(page=document.last_page), *(Place(page=page) for page in loose)),
            absorbs=frozenset((index, problem.value) for problem in (Problem.UNSEALED, Problem.UNDATED)),
        )


def _reason(loose: list[int]) -> str:
    if loose:
        return f"{page_list(loose)}未能确认是何材料，可能即为所缺的尾页；请核对。"
    return "未见署名人员，可能缺尾页；请对照原件核实。"


def _signs_off(document: Document, ending: str) -> bool:
    """Whether a short line begins with the words: in running text they name who took part."""
    pattern = re.compile(ending)
    lines = (re.sub(r"\s+", "", line) for text in document.texts for line in text.split("\n"))
    return any(len(line) <= _LONGEST and pattern.search(line[:_BEGINNING]) is not None for line in lines)


_LONGEST, _BEGINNING = 24, 10
"""Characters of a line that signs off, and of its part in which the office stands (`代理审判员`, `人民陪审员`)."""
_GOOD = 0.95


def _nothing_stamped(case: Case, document: Document) -> bool:
    """Whether the last page, read to the letter, bears no seal and no line that could be a date."""
    page = case.page(document.last_page)
    if page is None or page.page.reading.quality < _GOOD or page.page.reading.seals:
        return False
    tail = "".join(page.page.reading.text.split())[-_TAIL:]
    return (
        re.search(r"[年月]\S{0,3}日?$|核对无异", tail) is None
        and _state(document.fields.get("date")) is not State.FOUND
    )


_TAIL = 60


def _state(reading: FieldValue | Mark | None) -> State:
    """What nobody could tell is uncertain."""
    return reading.state if reading is not None else State.UNCERTAIN
