"""Contents lists (目录页): rows that name a paper between its running number and its page."""

# ruff: noqa: PLR2004 - lengths of rows are measures of this module, explained where they stand

from __future__ import annotations

import re

from pipeline.cataloguing.layout import PageView, Segment
from pipeline.cataloguing.text import folded_key
from pipeline.cataloguing.titles import name_key

_DIGIT = re.compile(r"\d")
_COUNT = re.compile(r"\d{1,3}(?:[-—–~至]\d{1,3})?[.、页]?|第\d{1,3}(?:[-—–~至]\d{1,3})?页")
_ENDS = re.compile(r"^\d{1,2}[.、]?|^\(?[一二三四五六七八九十]{1,3}[)、.]|[.·…\-—]*第?\d{1,3}(?:[-—–~至]\d{1,3})?页?$")
_IN_WORDS = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、.].{3,}第?\d{1,3}(?:[-—–~至]\d{1,3})?页?")
"""`(七)送达签收函第8页`: an entry numbered as the heads of a letter are."""
_HEADS = re.compile(
    r"(?:序号?|顺序号|编?号|文书名称|[材文]件?[料件]名称|名称|题名|责任者|文号|日期|页[码次号数]|起止页[码次号]?|备注|份数)+"
)
_PAGE_MARK = re.compile(r"[-—–第共页\d/,.·]{1,14}")


def listed_rows(view: PageView) -> frozenset[int]:
    """The rows of a contents list that name a paper; none on any other page.

    Two such rows make a list; one does where nothing else stands on the page, as on a list's last sheet.
    """
    rows = tuple(zip(view.rows, view.row_texts, strict=True))
    listed = frozenset(at for at, (row, joined) in enumerate(rows) if _is_listed(row, joined))
    if len(listed) > 1:
        return listed
    rows = _rejoined(rows)
    if not all(_is_entry(row, joined) or not joined or _is_frame(joined) for row, joined in rows):
        return frozenset()
    return frozenset(at for at, (row, joined) in enumerate(rows) if _is_listed(row, joined))


def rows_of_choices(view: PageView) -> frozenset[int]:
    """The rows below a page's head with two boxes to tick or more: what they offer (`☑身份证明 ☑经济困难状况说明表`) is no title."""
    middles = [(tick.box[1] + tick.box[3]) / 2 for tick in view.reading.tick_boxes]
    if len(middles) < _CHOICES:
        return frozenset()
    spans = [(min(each.box[1] for each in row), max(each.box[3] for each in row)) for row in view.rows]
    return frozenset(
        at
        for at, (top, bottom) in enumerate(spans)
        if top > _HEAD and sum(top <= middle <= bottom for middle in middles) >= _CHOICES
    )


_HEAD, _CHOICES = 0.15, 2


_Rows = tuple[tuple[tuple[Segment, ...], str], ...]


def _rejoined(rows: _Rows) -> _Rows:
    """The rows, each with the end of a title that runs over two lines of its cell: `法律援助补贴审批` and `表`."""
    joined: list[tuple[tuple[Segment, ...], str]] = []
    for row, text in rows:
        if joined and _runs_over(joined[-1][0], row):
            joined[-1] = (joined[-1][0], joined[-1][1] + text)
            joined.append((row, ""))
        else:
            joined.append((row, text))
    return tuple(joined)


def _runs_over(above: tuple[Segment, ...], row: tuple[Segment, ...]) -> bool:
    """True for a short line alone that begins under a cell of the row above, close to it."""
    if len(row) != 1 or len(above) < 2 or not 1 <= len(row[0].folded) <= 6 or _DIGIT.search(row[0].folded):
        return False
    return any(
        abs(cell.box[0] - row[0].box[0]) < 0.02 and row[0].box[1] - cell.box[1] < 1.9 * cell.height for cell in above
    )


def _is_listed(row: tuple[Segment, ...], joined: str) -> bool:
    """True for an entry that names a paper; where further columns stand (文号、责任者、日期) a cell of its own names it."""
    if not _is_entry(row, joined):
        return False
    if name_key(folded_key(_ENDS.sub("", joined))) is not None:
        return True
    return len(row) >= 3 and any(_names_paper(segment.folded) for segment in row)


def _is_entry(row: tuple[Segment, ...], joined: str) -> bool:
    """True for a row that may list any paper, by its numbers alone."""
    if not _DIGIT.search(joined):
        return False
    numbered = len(row) >= 2 and any(_COUNT.fullmatch(segment.folded) for segment in row)
    if not numbered and not (joined[0].isdigit() and joined[-1].isdigit()) and not _IN_WORDS.fullmatch(joined):
        return False
    plain = _ENDS.sub("", joined)
    return 3 <= len(plain) <= (30 if len(row) < 4 else 60)


def _is_frame(joined: str) -> bool:
    """True for the list's head of columns, or a page number."""
    return bool(_HEADS.fullmatch(joined) or _PAGE_MARK.fullmatch(joined))


def _names_paper(text: str) -> bool:
    named = name_key(folded_key(text)) if 3 <= len(text) <= 30 else None
    return named is not None and named.quality >= 1.0
