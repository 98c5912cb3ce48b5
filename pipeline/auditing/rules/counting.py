"""The number of pages that the volume's last sheet (卷内备考表) states, against the pages that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.auditing.case import Case, Raised, pages_of, title_of
from pipeline.auditing.layout import Cell, cells_of
from pipeline.auditing.rules.base import raise_finding
from schemas.base import Frozen, State
from schemas.reading import PageKind, TextSource
from schemas.report import Problem
from schemas.standard import RuleSetting

_TYPE = "volume_note"
_COUNT = re.compile(r"本卷(?:宗)?(?:内)?(?:材料)?(?:共|合计|总计)(?:有)?(\d{1,4})(?:页|张)")
_FAIR = 0.9
_SURE = 0.95


class Parameters(Frozen):
    """`uncounted`: papers that may be left out of the count, as cover and contents list are in most offices."""

    uncounted: tuple[str, ...] = ("cover", "contents_list", "volume_note")


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """Where the stated number fits no way of counting: with or without cover, list, note, office papers and blank backs.

    Word files have no pages of their own, and a torn file has lost some: nothing is said of those. Nor is anything said
    where papers were handed in later: the volume is bound and counted anew.
    """
    if case.volume.supplement_from is not None:
        return
    if any(page.page.reading.text_source is TextSource.LAYER for page in case.volume.pages):
        return
    if any(page.page.reading.kind is PageKind.UNREADABLE for page in case.volume.pages):
        return
    stated = [(index, cell, number) for index, _ in case.of_type(_TYPE) for cell, number in _stated(case, index)]
    if len(stated) != 1:
        return
    index, cell, number = stated[0]
    if cell.line.handwritten or cell.line.score < _FAIR:
        return  # a figure by pen is misread as often as it is wrong
    scanned = len(case.volume.pages)
    least = scanned - _left_out(case, parameters)
    most = scanned + sum(page.page.reading.is_spread for page in case.volume.pages)  # an office may count two leaves
    if least <= number <= most or _lost_a_figure(number, least, most):
        return
    document = case.volume.documents[index]
    yield raise_finding(
        case,
        setting,
        problem=Problem.INCONSISTENT,
        certain=cell.line.score >= _SURE and not case.missing,
        document=index,
        message=f"{pages_of(document)}{title_of(document)}载明本卷共{number}页，与卷内实有{least}页不符"
        f"（全卷扫描{scanned}页，未计封面、目录、备考表和空白页）。",
        remedy=f"请清点卷内页数，缺页的予以补齐，{title_of(document)}有误的予以更正。",
        reason="可能有页未扫描，或者页数识读有误；请对照原件清点。",
        evidence=(cell.place,),
    )


def _stated(case: Case, index: int) -> Iterator[tuple[Cell, int]]:
    document = case.volume.documents[index]
    if document.state is not State.FOUND:
        return
    for page in range(document.first_page, document.last_page + 1):
        for cell in cells_of(case, page):
            match = _COUNT.search(cell.text)
            if match is not None:
                yield cell, int(match.group(1))


def _lost_a_figure(number: int, least: int, most: int) -> bool:
    """Whether the stated count is what is left of a right one when a figure was overlooked: `3` of `30`."""
    return any(len(str(right)) > len(str(number)) and str(number) in str(right) for right in range(least, most + 1))


def _left_out(case: Case, parameters: Parameters) -> int:
    """Pages that some offices do not count."""
    left_out = 0
    for page in case.volume.pages:
        type_ = case.volume.documents[page.document].type if page.document is not None else None
        if page.page.reading.kind is PageKind.BLANK or type_ is None or type_ in parameters.uncounted:
            left_out += 1
    return left_out
