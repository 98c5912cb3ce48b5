"""How far the room beside, below or before a signature's label reaches: to the next print, ruling, date or field."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.reading.marks.geometry import Scale, at_character, same_row, weight
from pipeline.reading.marks.labels import LONGEST_NAME, ROLE, Label, labels_in
from schemas.base import Box
from schemas.reading import Line

REACH_MM = 75.0
ROW_MM = 9.0
"""How far above and below its words a form's cell may reach; its own lines end it sooner."""
BELOW_MM = 16.0
BEFORE_MM = 60.0
LEAST_GAP = 3
"""Blanks or underscores inside a label that are room to sign in."""
BRACKETS = "(（[【"
DATE = re.compile(
    r"年.{0,4}月|月.{0,4}日|^[\d０-９〇○零一二三四五六七八九十\s.．/\-]*[年月日号][\d年月日时分\s]*$|\d{4}\s*[.\-/年]"
)
_DAY = r"[\d\s]{0,6}年[\d\s]{0,4}月[\d\s]{0,4}日"
DAY = re.compile(rf"^{_DAY}$")
FILLED_ON = re.compile(rf"^(?:填[表报写]|报告|制表|签名|签字)(?:日期|时间)[:：]|^{_DAY}$")
"""A day alone in its line, and one that says when a form was filled in."""
FIELD = re.compile(
    r"[:：]|^[（(]?(?:联系|电话|地址|(?:签收|送达|收到|填[表报])?(?:日期|时间)|身份证|备注|注|年龄|性别|盖章|公章|单位)"
)
TAIL_WORDS = 14
"""A line longer than this after a bare role belongs to the paper's text, not to its foot."""

_LETTER = r"[^\W\d_年月日号章签名字印盖（）()]"
_OWN_LETTER = rf"(?![一丨丿丶亅乙二三口日目工]){_LETTER}"
"""A letter that no ruling and no speck is taken for."""
NAME_BEHIND = re.compile(rf"{_LETTER}{{2}}|(?<![^\W_]){_OWN_LETTER}(?![^\W\d_])")
"""Letters that are no date and no further label."""
WRITTEN_BEHIND = re.compile(rf"\s*{_OWN_LETTER}")
NAME_AND_ROLE = re.compile(rf"((?!{ROLE})[\u4e00-\u9fff·]{{2,4}}?){ROLE}\s*(?:[(（][^()（）]{{1,8}}[)）])?\s*[:：]")
"""`鲍三妹律师：时雨桐`: what was written behind one label, read as one line with the next label."""
NAME_WITH_DAY = re.compile(r"[\u4e00-\u9fff·]{2,4}\s*(?=(?:19|20)\d\d\s*[年.\-/])")
"""`冼国明 2024.8.13`: a name and its day, read as one line."""
TITLE = re.compile(r"(?:律师|同志|法律工作者)$")


LabelEnd = Callable[[Box, float, bool], float]
"""Given the box in which a label and what follows it stand, where the label should end, and whether something was read
behind it: where it does end."""


TOUCH = 0.006
"""Boxes of neighbouring lines overlap by this share of the page at most."""


@dataclass(frozen=True)
class Layout:
    """The lines of a page, their scale, and an eye for where print ends."""

    lines: tuple[Line, ...]
    scale: Scale
    label_end: LabelEnd


def print_in(line: Line, scale: Scale) -> Box | None:
    """The part of a line below a label, or in the cell beside it, that cannot be the name."""
    named = NAME_WITH_DAY.match(line.text)
    if named is not None and not labels_in(line.text):
        left, top, right, bottom = core(line.box)
        return left + (right - left) * weight(named.group()) / weight(line.text), top, right, bottom
    if is_print(line):
        return core(line.box)
    title = TITLE.search(line.text)
    if title is None:
        return None
    left, top, right, bottom = line.box
    return max(left, right - scale.across(scale.pitch_mm * weight(title.group()) * 1.05)), top, right, bottom


def room_under(layout: Layout, line: Line, label_box: Box) -> Box | None:
    """The room under a label with a body's name behind it, down to the date."""
    scale = layout.scale
    left, roof, right = max(0.0, label_box[0] - scale.across(10.0)), line.box[3], line.box[2] + scale.across(25.0)
    floors = [
        each.box[1]
        for each in layout.lines
        if each.box[1] > roof - TOUCH and each.box[0] < right and each.box[2] > left and is_print(each)
    ]
    floor = min([*floors, 1.0, roof + scale.down(BELOW_MM)])
    return (left, roof, min(0.985, right), floor) if (floor - roof) * scale.height_mm > LEAST_ROOM_MM else None


LEAST_ROOM_MM = 3.0


def room_before(layout: Layout, line: Line, label: Label, label_box: Box) -> tuple[float, tuple[Box, ...]]:
    """Where the room begins: behind the label; in its gap (`委托人：＿＿（签名）`); or before a bracket that stands alone.

    With it the print inside that room.
    """
    start, top, end, bottom = label_box
    if label.gap_end - label.gap_start > LEAST_GAP:
        left, right = (
            at_character(line, at, layout.scale, anchored=label.gap_start) for at in (label.gap_start, label.gap_end)
        )
        return min(left, end), ((min(right, end), top, end, bottom),)
    if label.role or label.start or label.text[:1] not in BRACKETS:
        return end, ()
    before = [
        other.box[2]
        for other in layout.lines
        if other is not line and same_row(other.box, label_box) and other.box[2] <= start
    ]
    return max(before, default=max(0.02, start - layout.scale.across(BEFORE_MM))), (label_box,)


def room_behind(  # noqa: PLR0913, PLR0917 - the line, its label and how far to look
    layout: Layout, line: Line, label: Label, end: float, following: int, reach: float = REACH_MM
) -> float:
    """Where the room ends: at the next label, date or field of the row, at the page's edge, or out of reach."""
    scale = layout.scale
    stop = min(0.985, end + scale.across(reach))
    date = DATE.search(line.text, label.end, following)
    if following < len(line.text):
        stop = min(stop, at_character(line, following, scale, anchored=label.end))
    elif date is not None:
        stop = min(stop, at_character(line, date.start(), scale, anchored=label.end))
    slack, row = scale.across(scale.pitch_mm), _own_row(line, scale)
    for other in layout.lines:
        if other is not line and same_row(other.box, row) and other.box[0] > end - slack and is_print(other):
            stop = min(stop, _print_begins(other, scale))
    return max(stop, end)


def _own_row(line: Line, scale: Scale) -> Box:
    """The row of a line's print: a name by pen behind it may make its box reach into the rows above and below."""
    left, top, right, bottom = line.box
    tall = scale.down(TALL * (scale.print_mm or scale.pitch_mm))
    if bottom - top <= tall:
        return line.box
    middle = (top + bottom) / 2
    return left, middle - tall / 2, right, middle + tall / 2


TALL = 2.0
"""Times the pitch of its characters: a line's box is half as tall again as its print, and no more."""


def _print_begins(line: Line, scale: Scale) -> float:
    """Where a line's print begins. Before a date stands the name, where a pen wrote both and they were read as one."""
    named = NAME_AND_ROLE.match(line.text)
    if named is not None:
        return at_character(line, len(named.group(1)), scale, anchored=0)
    date = DATE.search(line.text)
    if date is None or labels_in(line.text) or FIELD.search(line.text):
        return line.box[0]
    name = line.text[: date.start()].rstrip("0123456789〇○零一二三四五六七八九十 ")
    if NAME_BEHIND.fullmatch(name[:2]) is None or len(name) > LONGEST_NAME:
        return line.box[0]
    return at_character(line, len(name), scale, anchored=0)


def room_below(layout: Layout, label_box: Box, stop: float, *, with_day: bool = False) -> Box | None:
    """The room under a label that has none beside it, down to the next print; `with_day`: a day may stand in it, too."""
    start, top, end, bottom = label_box
    scale = layout.scale
    floors = [
        other.box[1]
        for other in layout.lines
        if other.box[1] > (top + bottom) / 2 + (bottom - top) / 2
        and other.box[0] < end
        and other.box[2] > start
        and is_print(other)
        and not (with_day and DAY.match(other.text.strip()))
    ]
    floor = min([*floors, 1.0, bottom + scale.down(BELOW_MM)])
    roof = bottom + (bottom - top) * 0.25
    side = scale.across(3.0)
    return (max(0.0, start - side), roof, min(1.0, max(stop, end) + side), floor) if floor > roof else None


def is_heading(line: Line) -> bool:
    return not line.handwritten and WORDS.fullmatch(line.text) is not None and len(line.text) <= LONGEST_HEADING


def column_below(layout: Layout, box: Box) -> Box | None:
    """The room under a heading: its own column, as far as the headings beside it let."""
    side = layout.scale.across(COLUMN_MM)
    row = [other.box for other in layout.lines if same_row(other.box, box)]
    left = max([other[2] for other in row if other[2] <= box[0]], default=0.0)
    right = min([other[0] for other in row if other[0] >= box[2]], default=1.0)
    room = room_below(layout, box, box[2], with_day=True)
    return None if room is None else (max(left, box[0] - side), room[1], min(right, box[2] + side), room[3])


COLUMN_MM = 14.0
"""How far beside its heading's words a name may stand."""
LONGEST_HEADING = 10
WORDS = re.compile(r"[\u4e00-\u9fff]{2,}")
BARE_FROM = 0.42
"""Roles alone (`申请人：`) above this share of the page are fields of the paper's head, unless prose stands above."""
NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
HEAD_LEFT = 0.3
"""The heads of a form's rows begin left of this share of the page."""


def is_print(line: Line) -> bool:
    """Print that ends a signature's room. A name does not: it may be the signature."""
    return (
        bool(labels_in(line.text) or DATE.search(line.text) or FIELD.search(line.text))
        or weight_of_prose(line) > TAIL_WORDS
    )


def weight_of_prose(line: Line) -> int:
    """Characters of a line that was read well."""
    return len(line.text) if line.score > 0.9 and not line.handwritten else 0  # noqa: PLR2004 - print reads at 0.95 and above


def core(box: Box) -> Box:
    """The box without the margin that detection adds, so that a neighbour's ink is not cut off."""
    trim = (box[3] - box[1]) * 0.08
    return box[0], box[1] + trim, box[2], max(box[1] + trim, box[3] - trim)
