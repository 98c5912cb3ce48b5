"""Values beside their labels (栏目取值): on the same line, in the cell to the right, or in the cell below."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline.cataloguing.layout import PageView, Segment, around
from pipeline.cataloguing.wordings import Wording
from schemas.base import Box

_LEAD = re.compile(r"^[:;.,。\-—_\s|丨]+")
_LABEL_LIKE = re.compile(
    r"^(?:性别|民族|姓名|年龄|出生|住址|住所|电话|联系|身份证|证件|案由|案件|承办|受援|指派|结案|办案|委托|申请|日期|时间|地点|编号|单位|职业|备注|援助|文化|工作|户籍|意见|序号|阶段|类别|羁押)[\u4e00-\u9fff/()]{0,8}:?$"
)


class Cell(NamedTuple):
    """What stands beside a label."""

    text: str
    """Without blanks; empty where the place is empty."""
    box: Box
    score: float
    handwritten: bool
    near: bool
    """True on the label's own line or to its right; False below it."""
    glued: bool = False
    """True if nothing parts the value from its label, as in running text: `申请人符合法律援助条件`."""


def labelled(view: PageView, label: Wording) -> Iterator[Cell]:
    """The values that stand at a label, in reading order; a label may stand at the start of a line or within one."""
    if not label.may_stand_in(view.lined):
        return
    for index, start, end in _places(view, label.pattern):
        segment = view.segments[index]
        if _inside_a_word(segment.text, start):
            continue
        rest = segment.text[end:]
        if rest and rest[0] not in ":;.,。" and start > 0 and segment.text[start - 1] not in ":;,。)":
            continue
        value = _LEAD.sub("", rest)
        if value:
            yield Cell(value, segment.box, segment.score, segment.handwritten, near=True, glued=value == rest)
        else:
            yield from _beside(view, index, segment)


def _places(view: PageView, label: re.Pattern[str]) -> list[tuple[int, int, int]]:
    """Where a label stands: the segment, and where in its text the label starts and ends.

    All lines are searched at once; where the label would run from one into the next, each is searched for itself.
    """
    found = []
    for match in label.finditer(view.lined):
        index = bisect_right(view.begins, match.start()) - 1
        begin = view.begins[index]
        if match.end() - begin > len(view.segments[index].text):
            return [
                (at, own.start(), own.end())
                for at, segment in enumerate(view.segments)
                for own in label.finditer(segment.text)
            ]
        found.append((index, match.start() - begin, match.end() - begin))
    return found


def _inside_a_word(text: str, start: int) -> bool:
    return start > 0 and "\u4e00" <= text[start - 1] <= "\u9fff"


def _beside(view: PageView, index: int, segment: Segment) -> Iterator[Cell]:
    wrapped = _wrapped(view, segment)
    if wrapped:
        text = _LEAD.sub("", "".join([line.text for line in wrapped]))
        score = min(segment.score, *(line.score for line in wrapped))
        pen = any(line.handwritten for line in wrapped)
        yield Cell(text, around([line.box for line in wrapped]), score, pen, near=True)
        return
    after = view.segments[index + 1] if index + 1 < len(view.segments) else None
    if after is not None and after.row == segment.row and not _LABEL_LIKE.match(after.text):
        yield Cell(_LEAD.sub("", after.text), after.box, min(after.score, segment.score), after.handwritten, near=True)
        return
    below = next(
        (
            other
            for other in view.segments[index + 1 :]
            if segment.row < other.row <= segment.row + 2 and _overlap(segment.box, other.box) > 0.5
        ),
        None,
    )
    if below is not None and not _LABEL_LIKE.match(below.text) and below.box[1] - segment.box[3] < 0.05:
        yield Cell(below.text, below.box, min(below.score, segment.score), below.handwritten, near=False)
        return
    yield Cell("", segment.box, segment.score, handwritten=False, near=True)


def _wrapped(view: PageView, label: Segment) -> tuple[Segment, ...]:
    """The lines of the cell to the label's right, if its text runs over several; empty for one line or none.

    The lines begin at one edge, follow closely and stand around the label's middle; nothing else stands to their left
    at their height, as the labels of further rows would.
    """
    right = [
        other for other in view.segments
        if other.box[0] >= label.box[2] - 0.005 and abs(_middle(other) - _middle(label)) < _CELL_LINES * label.height
    ]  # fmt: skip
    if len(right) < 2:
        return ()
    edge = min(other.box[0] for other in right)
    column = sorted((other for other in right if other.box[0] - edge < _SAME_EDGE), key=_middle)
    name = [other for other in _column(view, label, edge) if not _LABEL_LIKE.match(other.text) or other is label]
    centre = (name[0].box[1] + name[-1].box[3]) / 2
    for first in range(len(column)):
        for last in range(len(column), first + 1, -1):
            lines = tuple(column[first:last])
            if abs((lines[0].box[1] + lines[-1].box[3]) / 2 - centre) < _OFF_CENTRE * label.height and _follow(lines):
                beside = _column(view, label, edge, lines[0].box[1], lines[-1].box[3])
                return lines if all(any(one is other for other in name) for one in beside) else ()
    return ()


_CELL_LINES = 3.5
"""How far from its label's middle a line of the same cell may stand, in heights of the label."""
_SAME_EDGE = 0.012
"""Lines of one cell begin this near, as a fraction of the page's width: less than a character."""
_OFF_CENTRE = 0.6
"""How far the cell's middle may lie from the label's, in heights of the label."""
_PITCH = 1.9
"""How far the lines of a cell follow one another, from top to top, in heights of a line."""


def _middle(segment: Segment) -> float:
    return (segment.box[1] + segment.box[3]) / 2


def _column(
    view: PageView, label: Segment, edge: float, top: float | None = None, bottom: float | None = None
) -> list[Segment]:
    """What stands in the label's column, left of `edge`: between two heights, or on the label's own lines."""
    upper = label.box[1] - 1.2 * label.height if top is None else top
    lower = label.box[3] + 1.2 * label.height if bottom is None else bottom
    return sorted(
        (
            other for other in view.segments
            if other.box[2] <= edge + 0.01 and other.box[0] < label.box[2] and label.box[0] < other.box[2]
            and upper <= _middle(other) <= lower
        ),
        key=_middle,
    )  # fmt: skip


def _follow(lines: tuple[Segment, ...]) -> bool:
    """True if each line follows the one above closely, and none but the first is the longest by far."""
    return all(
        0.6 * one.height < other.box[1] - one.box[1] < _PITCH * max(one.height, other.height)
        and other.box[2] <= one.box[2] + one.height
        for one, other in pairwise(lines)
    )


def _overlap(one: Box, other: Box) -> float:
    shared = min(one[2], other[2]) - max(one[0], other[0])
    return shared / max(1e-6, min(one[2] - one[0], other[2] - other[0]))
