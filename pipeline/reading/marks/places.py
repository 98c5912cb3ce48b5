"""Where to look for a signature: the room beside, below or before its label, as far as the next print or ruling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.reading.marks.form_cells import cell_spot, opinion_spots
from pipeline.reading.marks.geometry import MARGINS, at_character, pitch_of, same_row, weight
from pipeline.reading.marks.labels import LONGEST_NAME, Label, labels_in, undated
from pipeline.reading.marks.rooms import (
    BARE_FROM,
    BEFORE_MM,
    DATE,
    DAY,
    HEAD_LEFT,
    NAME,
    NAME_BEHIND,
    NAME_WITH_DAY,
    ROW_MM,
    TAIL_WORDS,
    TOUCH,
    WORDS,
    WRITTEN_BEHIND,
    Layout,
    column_below,
    core,
    is_heading,
    print_in,
    room_before,
    room_behind,
    room_below,
    room_under,
)
from pipeline.reading.marks.spots import Spot
from schemas.base import Box
from schemas.reading import Line

RISE, FALL = 1.0, 0.7
"""How far above and below its label's characters a signature is looked for, in character heights."""
NARROW_MM = 16.0
"""Room beside the label in which nobody signs: the cell below is looked at instead."""
PROSE_ABOVE = 2
"""Lines of prose above a role that make it a sign-off: a short paper ends in the upper half of its page."""
SIGN_OFF_FROM, SIGN_OFF_LEFT, CELL_HEAD = 0.2, 0.45, 0.38
"""A role alone in the right half signs what stands above it, also in a form's cell whose head ends left of 0.38. In the
top fifth of a page it does so only where a text ends there."""
LEAST_PROSE = 8
SENTENCE = frozenset("。；，？,;?")
CLOSING = re.compile(
    r"以上(?:笔录|记录|内容|所述|情况)|与(?:我|所|本人).{0,6}(?:一样|相符|一致|无误)|(?:已阅|看过|阅读).{0,6}(?:无误|属实|相符|一致|一样)"
)
"""What a record ends with before it is signed, at the top of its last page where it runs over."""
ASKED = re.compile(r"[问答审][:：]")
RUNNING_TEXT, RUNNING_FROM = 20, 0.22
"""Longer than any title, and from the left margin on."""
FOOT = re.compile(r"^[\W\d_]*(?:第.{1,5}页.*|共.{1,5}页|页)?[\W\d_]*$|^(?:附|注|备注|说明)")
FOOTER_FROM = 0.94
"""Share of the page below which a system prints its own line: `某某法律援助处 系统生成 2025/6/3 10:22 2/2`."""


def find_spots(layout: Layout) -> list[Spot]:
    """The spots of a page, in the order of its lines."""
    spots = []
    for index, line in enumerate(layout.lines):
        labels = labels_in(line.text)
        for position, label in enumerate(labels):
            following = labels[position + 1].start if position + 1 < len(labels) else len(line.text)
            behind = line.text[label.end : following]
            room = _leaves_room(behind)
            sure = not label.bare or (room and _at_foot(layout.lines, index))
            if not sure and not (room and _signs_off(layout.lines, index, label)):
                continue
            named = NAME_BEHIND.search(behind) is not None
            below = _signed_below(layout.lines, line) or _written_under(layout, line)
            signed = None if behind.strip(COLON) else below
            spot = _spot(layout, line, label, following)
            if signed is not None and spot.below is None:
                spot = replace(spot, below=_around(layout, signed), masked_below=_dates_beside(layout.lines, signed))
            spots.append(replace(spot, doubtful=not sure, followed=named or signed is not None))
        cell = None if labels else cell_spot(layout, index)
        spots += [cell] if cell is not None else []
    return [*spots, *opinion_spots(layout, spots)]


def _signed_below(lines: Sequence[Line], line: Line) -> Line | None:
    """The name further down, if what stands next below is a name with a date and no label of its own: someone signed there."""
    floor = (line.box[1] + line.box[3]) / 2
    below = [other for other in lines if other.box[1] > floor and not same_row(other.box, line.box)]
    following = min(below, key=lambda other: other.box[1], default=None)
    if following is None or NAME_WITH_DAY.match(following.text):
        return following
    row = [other for other in below if same_row(other.box, following.box)]
    names = [other for other in row if NAME.fullmatch(other.text)]
    if len(names) == 1 and len(row) > 1 and all(DATE.search(other.text) for other in row if other is not names[0]):
        return names[0]
    return None


def _written_under(layout: Layout, line: Line) -> Line | None:
    """The name by pen under a label, as what stands next in its column: people sign there, too, where a thumb or a short line
    leaves no room beside it, or where two parties sign side by side."""
    left, top, right, bottom = line.box
    column = [
        other
        for other in layout.lines
        if other.box[1] > (top + bottom) / 2 and other.box[0] < right and other.box[2] > left
    ]
    following = min(column, key=lambda other: other.box[1], default=None)
    if following is None or following.box[1] - bottom > layout.scale.down(UNDER_MM):
        return None
    within = left < (following.box[0] + following.box[2]) / 2 < right
    named = NAME.fullmatch(following.text) is not None and not labels_in(following.text)
    return following if following.handwritten and within and named and not _asked_for(layout, following) else None


UNDER_MM = 14.0
"""How far below its label a name may begin: a row is 8 to 12 mm high."""


def _asked_for(layout: Layout, name: Line) -> bool:
    """Whether words stand before a name in its row: it is theirs."""
    return any(
        other.box[0] < name.box[0] and same_row(other.box, name.box) for other in layout.lines if other is not name
    )


def _around(layout: Layout, line: Line) -> Box:
    """The room in which the name was written: its line, and as much above and below as letters by pen reach."""
    left, top, right, bottom = line.box
    reach, side = 0.5 * (bottom - top), layout.scale.across(3.0)
    return max(0.0, left - side), max(0.0, top - reach), min(0.985, right + side), min(1.0, bottom + reach)


def _dates_beside(lines: Sequence[Line], name: Line) -> tuple[Box, ...]:
    return tuple(other.box for other in lines if other is not name and same_row(other.box, name.box))


COLON = " :："


def _at_foot(lines: Sequence[Line], index: int) -> bool:
    """A bare role signs where the paper ends: below its prose, with nothing but the same, dates and notes behind."""
    line = lines[index]
    before = [other for other in lines if other.box[3] <= line.box[1] + TOUCH]
    above = PROSE_ABOVE if any(CLOSING.search(other.text) for other in before) else sum(map(_is_prose, before))
    ends = line.box[0] > SIGN_OFF_LEFT and _day_below(lines, line)
    if not ends and ((line.box[1] < BARE_FROM and above < PROSE_ABOVE) or line.box[1] < lines[0].box[3]):
        return False
    lowest = max(FOOTER_FROM, line.box[3])
    below = [other for other in lines if line.box[3] - (line.box[3] - line.box[1]) * 0.3 < other.box[1] < lowest]
    return all(len(other.text) <= TAIL_WORDS or labels_in(other.text) or FOOT.search(other.text) for other in below)


def _day_below(lines: Sequence[Line], line: Line) -> bool:
    """Whether a day and nothing else stands right below a role: a paper's end that ran over to a page of its own."""
    left, top, right, bottom = line.box
    below = [each for each in lines if each.box[1] > (top + bottom) / 2 and each.box[0] < right and each.box[2] > left]
    following = min(below, key=lambda each: each.box[1], default=None)
    near = following is not None and following.box[1] - bottom < 2 * (bottom - top)
    return following is not None and near and DAY.match(following.text.strip()) is not None


def _signs_off(lines: Sequence[Line], index: int, label: Label) -> bool:
    """A bare role in the right half, alone in its row, below something to sign: the foot of a form's cell, or of a
    paper that goes on below."""
    line = lines[index]
    if line.box[0] < SIGN_OFF_LEFT or label.start:
        return False
    for other in lines:
        if other is line or not same_row(other.box, line.box):
            continue
        before = other.box[0] < line.box[0]
        if (before and other.box[2] > CELL_HEAD) or (not before and len(other.text) > LONGEST_NAME):
            return False
    above = [other for other in lines[:index] if other.box[3] <= line.box[1] + TOUCH]
    if line.box[1] < SIGN_OFF_FROM:
        return any(len(other.text) > RUNNING_TEXT and other.box[0] < RUNNING_FROM for other in above)
    return any(len(other.text) >= LEAST_PROSE for other in above)


def _leaves_room(behind: str) -> bool:
    """Whether no more than a name stands behind a label, as far as the next label."""
    rest = undated(behind)
    return len(rest) <= TAIL_WORDS and not re.search("[，。；;,]", rest)


def _is_prose(line: Line) -> bool:
    """A sentence, or part of one, or a question or answer of a record, however short."""
    text = line.text
    return (
        len(text) > TAIL_WORDS
        or ASKED.match(text) is not None
        or (len(text) >= LEAST_PROSE and not SENTENCE.isdisjoint(text))
    )


def _spot(layout: Layout, line: Line, label: Label, following: int) -> Spot:
    """`following`: where in the line the next label begins."""
    if _heads_a_cell(line, label):
        return _headed_cell(layout, line, label)
    scale = layout.scale
    label_box, pitch = _label_box(layout, line, label)
    left, masked = room_before(layout, line, label, label_box)
    stop = room_behind(layout, line, label, label_box[2], following)
    half = (label_box[3] - label_box[1]) / 2
    beside = (left, max(0.0, label_box[1] - 2 * half * RISE), stop, min(1.0, label_box[3] + 2 * half * FALL))
    below = None
    if ORGANISATION.search(line.text[label.end : following]):
        below = room_under(layout, line, label_box)
    elif _heads_a_column(layout.lines, line, label):
        below = column_below(layout, label_box)
    elif (
        _stands_alone(layout, line, label)
        or (min(stop, _edge_for(layout, label)) - label_box[2]) * scale.width_mm < NARROW_MM
    ):
        below = room_below(layout, label_box, stop)
    others = [each for each in layout.lines if each is not line and not same_row(each.box, label_box, 0.3)]
    return Spot(
        label.text,
        label_box,
        beside,
        below,
        pitch,
        label.bare,
        masked + tuple(core(each.box) for each in others),
        tuple(box for each in others if (box := print_in(each, scale)) is not None),
    )


def _heads_a_cell(line: Line, label: Label) -> bool:
    """Whether the label is the head of a form's row: alone in its line, at the left, without a colon or a bracket.

    People sign anywhere in the cell beside it, often at its right end; where the head is written downwards, at any height;
    and under it, where there is no form but its heads.
    """
    alone = label.start == 0 and label.end == len(line.text)
    return alone and line.box[0] < HEAD_LEFT and WORDS.fullmatch(label.text) is not None


def _stands_alone(layout: Layout, line: Line, label: Label) -> bool:
    """Whether the label is a heading across the form, alone in its row: people sign in the cell below it."""
    if label.start or label.end < len(line.text) or WORDS.fullmatch(label.text) is None:
        return False
    return not any(other is not line and same_row(other.box, line.box) for other in layout.lines)


def _heads_a_column(lines: Sequence[Line], line: Line, label: Label) -> bool:
    """Whether the label is one of a row of headings: nothing but short words without a colon, a cell below each."""
    if label.start or label.end < len(line.text) or WORDS.fullmatch(label.text) is None:
        return False
    row = [other for other in lines if other is not line and same_row(other.box, line.box)]
    return bool(row) and all(is_heading(other) for other in row)


CELL_REACH_MM = 150.0


def _headed_cell(layout: Layout, line: Line, label: Label) -> Spot:
    scale = layout.scale
    left, top, right, bottom = line.box
    downwards = (bottom - top) * scale.height_mm > (right - left) * scale.width_mm
    rise = 0.0 if downwards else scale.down(ROW_MM)
    stop = room_behind(layout, line, label, right, len(line.text), CELL_REACH_MM)
    beside = (right, max(0.0, top - rise), stop, min(1.0, bottom + rise))
    others = [each for each in layout.lines if each is not line]
    masked = tuple(each for other in others if (each := print_in(other, scale)) is not None)
    below = None if downwards else room_below(layout, line.box, min(stop, left + scale.across(BEFORE_MM)))
    return Spot(label.text, line.box, beside, below, scale.pitch_mm, label.bare, masked, masked)


def _edge_for(layout: Layout, label: Label) -> float:
    """Where the room beside a label ends at the latest: for a column's heading (`受送达人签名`) where the page's print
    does, as the last column has its cell below; behind a colon people sign into the margin, too."""
    if not label.role or label.text.endswith((":", "：")):
        return 1.0
    return max(
        (line.box[2] for line in layout.lines if len(line.text) > PAGE_NUMBER and not line.handwritten), default=1.0
    )


PAGE_NUMBER = 4
"""Characters of the longest number that someone stamps in a corner, outside the print."""


ORGANISATION = re.compile(r"事务所|服务所|中心|援助处|公司|[^\s]{2}(?:局|院|委员会)$")
"""Print behind a label that names a body: the person signs in the next line."""


def _label_box(layout: Layout, line: Line, label: Label) -> tuple[Box, float]:
    """The label's own box, as tall as its characters, and its pitch in millimetres."""
    scale, pitch = layout.scale, pitch_of(line, layout.scale)
    start = at_character(line, label.start, scale, anchored=label.end)
    end = at_character(line, label.end, scale, anchored=label.end)
    if label.end < len(line.text) or line.box[2] - end > scale.across(pitch) or _runs_on(layout, line, label):
        usual = _usual_end(layout, line, label)
        if label.text.endswith((":", "：")):
            usual -= scale.across(COLON_BLANK * pitch)
        written = WRITTEN_BEHIND.match(line.text[label.end :]) is not None
        end = layout.label_end((start, line.box[1], line.box[2], line.box[3]), min(usual, end), written)
    middle, half = (line.box[1] + line.box[3]) / 2, scale.down(pitch) / 2
    return (start, max(0.0, middle - half), max(start, end), min(1.0, middle + half)), pitch


COLON_BLANK = 0.5
"""Share of its width that a colon leaves blank behind it, at least: the name may stand close."""


def _usual_end(layout: Layout, line: Line, label: Label) -> float:
    """Where the label ends if its characters are as wide as the page's."""
    scale, start = layout.scale, at_character(line, label.start, layout.scale, anchored=label.end)
    print_ = min(pitch_of(line, scale), scale.print_mm or scale.pitch_mm)
    return start + scale.across(print_ * (weight(line.text[label.start : label.end]) + MARGINS / 2))


def _runs_on(layout: Layout, line: Line, label: Label) -> bool:
    """Whether a line that was read as the label alone reaches further: over a name by pen that was not read at all, unless
    the label is set wide."""
    beyond = (line.box[2] - _usual_end(layout, line, label)) * layout.scale.width_mm
    return label.end == len(line.text) and beyond > UNREAD_NAME * (layout.scale.print_mm or layout.scale.pitch_mm)


UNREAD_NAME = 1.5
"""Characters of print: a name of two letters is as wide, and its margins."""
