"""Values beside their labels (栏目取值): on the same line, in the cell to the right, or in the cell below."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.cataloguing.layout import PageView, Segment
from schemas.base import Box

_LEAD = re.compile(r"^[:;.,。\-—_\s|丨]+")
_LABEL_LIKE = re.compile(
    r"^(?:性别|民族|姓名|年龄|出生|住址|住所|电话|联系|身份证|证件|案由|案件|承办|受援|指派|结案|办案|委托|申请|日期|时间|地点|编号|单位|职业|备注|援助|文化|工作|户籍|意见|序号|阶段|类别|羁押)[\u4e00-\u9fff/()]{0,8}:?$"
)


@dataclass(frozen=True)
class Cell:
    """What stands beside a label."""

    text: str
    """Without blanks; empty where the place is empty."""
    box: Box
    score: float
    handwritten: bool
    near: bool
    """True on the label's own line or to its right; False below it."""


def labelled(view: PageView, label: re.Pattern[str]) -> Iterator[Cell]:
    """The values that stand at a label, in reading order; a label may stand at the start of a line or within one."""
    if label.search(view.text) is None:
        return
    for index, segment in enumerate(view.segments):
        for match in label.finditer(segment.text):
            if _inside_a_word(segment.text, match.start()):
                continue
            rest = segment.text[match.end() :]
            if (
                rest
                and rest[0] not in ":;.,。"
                and match.start() > 0
                and segment.text[match.start() - 1] not in ":;,。)"
            ):
                continue
            value = _LEAD.sub("", rest)
            if value:
                yield Cell(value, segment.box, segment.score, segment.handwritten, near=True)
            else:
                yield from _beside(view, index, segment)


def _inside_a_word(text: str, start: int) -> bool:
    return start > 0 and bool(re.match(r"[\u4e00-\u9fff]", text[start - 1]))


def _beside(view: PageView, index: int, segment: Segment) -> Iterator[Cell]:
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


def _overlap(one: Box, other: Box) -> float:
    shared = min(one[2], other[2]) - max(one[0], other[0])
    return shared / max(1e-6, min(one[2] - one[0], other[2] - other[0]))
