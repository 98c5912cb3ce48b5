"""Papers whose text breaks off (文书缺页): the last line is the middle of a sentence, or fills the page, and nothing signs off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import Field

from pipeline.auditing.case import Case, Raised, legible, pages_of, title_of
from pipeline.auditing.layout import Cell, cells_of
from pipeline.auditing.rules.base import ask
from schemas.base import Frozen, State
from schemas.report import Problem
from schemas.standard import RuleSetting
from schemas.volume import Document


class Parameters(Frozen):
    """Papers of running text; `signed`: such as are signed at their end, where a page full to its foot lacks the next."""

    documents: tuple[str, ...] = Field(min_length=1)
    signed: bool = False


_MARGIN = 0.08
"""Share of the page's height at top and foot where page numbers and running heads stand."""
_FULL = 0.7
"""Share of the page's width that a full line reaches at least: the sentence runs on in the next."""
_LOW = 0.72
"""Share of the page's height below which the text of a full page ends."""
_SHORTEST = 12
_ENDS = re.compile(r"[。！？；：!?;:…”』」)）》】〕]$|[年月日]$|此致|敬礼|页$|本页无正文|以下空白|\d$")
_GOOD = 0.93
_ANNEX, _FEW = ("附", "注"), 5
"""Annexes are listed below the signature, without a full stop."""


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """A full last page that ends in mid-sentence, or at its very foot, and bears neither date nor mark nor a place for one."""
    for index, document in case.of_type(*parameters.documents):
        if document.state is not State.FOUND or index in case.foreign or not legible(case, document.last_page):
            continue
        last = _last_line(case, document, signed=parameters.signed)
        if last is None or _signed_off(document):
            continue
        yield ask(
            case,
            setting,
            problem=Problem.INCOMPLETE,
            document=index,
            message=f"{pages_of(document)}{title_of(document)}在第{document.last_page}页末尾中断，疑缺后续页。",
            remedy=f"请补齐{title_of(document)}所缺的页后重新提交。",
            reason=f"末行为“…{last.text[-_SHORTEST:]}”，未见{_LACKING[_ENDS.search(last.text) is None]}；请对照原件核实。",
            evidence=(last.place,),
            absorbs=frozenset(
                (index, problem.value) for problem in (Problem.UNDATED, *(_UNMARKED if parameters.signed else ()))
            ),
        )


_PAGE_NUMBER = re.compile(r"[-—–第共页\d/,，.·]{1,14}")
_LACKING = {True: "结尾", False: "署名和日期"}
_UNMARKED = (Problem.UNSIGNED, Problem.UNSEALED)
_SIGN_OFF = re.compile(r"签名|签字|签章|盖章|捺印|公章|落款|年.{0,3}月.{0,3}日|(?:19|20)\d\d[.\-/年]")
_FOOT = 0.85
"""Share of the page's height below which a paper without a sign-off has run on to the next sheet."""


def _last_line(case: Case, document: Document, *, signed: bool) -> Cell | None:
    """The last line of running text, if it fills the page down and across and ends in no sentence's end; or if it stands at
    the page's foot, and on a paper that is `signed` nothing there is a place for it or a date."""
    body = [
        cell
        for cell in cells_of(case, document.last_page)
        if _MARGIN < cell.centre < 1 - _MARGIN and len(cell.text) > 1 and not _PAGE_NUMBER.fullmatch(cell.text)
    ]
    if not body:
        return None
    last = body[-1]
    if any(cell.text.startswith(_ANNEX) for cell in body[-_FEW:]):
        return None
    full = last.line.box[2] >= _FULL and last.centre >= _LOW and len(last.text) >= _SHORTEST
    sure = last.line.score >= _GOOD and not last.line.handwritten
    breaks = full and _ENDS.search(last.text) is None
    runs_on = signed and last.centre >= _FOOT and not any(_SIGN_OFF.search(cell.text) for cell in body)
    return last if sure and (breaks or runs_on) else None


def _signed_off(document: Document) -> bool:
    """Whether a date, signature or seal was found on the last page: then the paper ends there."""
    date = document.fields.get("date")
    dated = date is not None and date.state is State.FOUND and date.page == document.last_page
    return dated or any(
        mark.state is State.FOUND and mark.page == document.last_page for mark in document.marks.values()
    )
