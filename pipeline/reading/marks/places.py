"""Where to look for a signature: the room beside, below or before its label, as far as the next print or ruling."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.reading.marks.geometry import Scale, at_character, pitch_of, same_row, weight
from pipeline.reading.marks.labels import Label, labels_in
from schemas.base import Box
from schemas.reading import Line

REACH_MM = 75.0
RISE, FALL = 1.0, 0.7
"""How far above and below its label's characters a signature is looked for, in character heights."""
NARROW_MM = 16.0
"""Room beside the label in which nobody signs: the cell below is looked at instead."""
BELOW_MM = 16.0
BARE_FROM = 0.42
"""Roles alone (`申请人：`) above this share of the page are fields of the paper's head."""
DATE = re.compile(
    r"年.{0,4}月|月.{0,4}日|^[\d０-９〇○零一二三四五六七八九十\s.．/\-]*[年月日号][\d年月日时分\s]*$|\d{4}\s*[.\-/年]"
)
FIELD = re.compile(r"[:：]|^[（(]?(?:联系|电话|地址|日期|时间|身份证|备注|注|年龄|性别|盖章|公章|单位)")
FOOT = re.compile(r"^[\W\d_]*(?:第.{1,5}页.*|共.{1,5}页|页)?[\W\d_]*$|^(?:附|注|备注|说明)")
TAIL_WORDS = 14
"""A line longer than this after a bare role belongs to the paper's text, not to its foot."""


@dataclass(frozen=True)
class Spot:
    """A label and the boxes, in page fractions, in which its signature may stand."""

    label: str
    label_box: Box
    beside: Box
    below: Box | None
    pitch_mm: float
    bare: bool
    masked: tuple[Box, ...]
    """Print that is neither label nor name: dates, other lines."""


def find_spots(lines: Sequence[Line], scale: Scale, label_end: LabelEnd) -> list[Spot]:
    """The spots of a page, in the order of its lines."""
    spots = []
    for index, line in enumerate(lines):
        labels = labels_in(line.text)
        for position, label in enumerate(labels):
            if label.bare and not _at_foot(lines, index, label):
                continue
            following = labels[position + 1].start if position + 1 < len(labels) else len(line.text)
            spots.append(_spot(lines, index, label, following, scale, label_end))
    return spots


LabelEnd = Callable[[Box, float], float]
"""Given the box in which a label and what follows it stand, and where the label should end, where it does end."""


def _at_foot(lines: Sequence[Line], index: int, label: Label) -> bool:
    """A bare role signs where the paper ends: in its lower part, with nothing but the same, dates and notes behind."""
    line = lines[index]
    if line.box[1] < BARE_FROM or line.box[1] < lines[0].box[3]:
        return False
    rest = line.text[label.end :].strip()
    if len(rest) > TAIL_WORDS or re.search("[，。；;,]", rest):
        return False
    below = [other for other in lines if other.box[1] > line.box[3] - (line.box[3] - line.box[1]) * 0.3]
    return all(len(other.text) <= TAIL_WORDS or labels_in(other.text) or FOOT.search(other.text) for other in below)


def _spot(lines: Sequence[Line], index: int, label: Label, following: int, scale: Scale, label_end: LabelEnd) -> Spot:
    line = lines[index]
    pitch = pitch_of(line, scale)
    gap = label.gap_end if label.gap_end - label.gap_start > 3 else label.end  # noqa: PLR2004 - a real blank
    start = at_character(line, label.start, scale, anchored=label.end)
    end = at_character(line, label.end, scale, anchored=label.end)
    if label.end < len(line.text) or line.box[2] - end > scale.across(pitch):
        usual = start + scale.across(min(pitch, scale.pitch_mm) * weight(line.text[label.start : label.end]))
        end = label_end((start, line.box[1], line.box[2], line.box[3]), min(usual, end))
    middle = (line.box[1] + line.box[3]) / 2
    half = scale.down(pitch) / 2
    label_box = (start, middle - half, end, middle + half)
    left = end if gap == label.end else at_character(line, label.gap_start, scale, anchored=label.gap_start)
    stop = min(0.985, end + scale.across(REACH_MM))
    if following < len(line.text):
        stop = min(stop, at_character(line, following, scale, anchored=label.end))
    masked = (
        []
        if left == end
        else [(at_character(line, label.gap_end, scale, anchored=label.end), label_box[1], end, label_box[3])]
    )
    date = DATE.search(line.text, label.end, following)
    if date is not None and following == len(line.text):
        stop = min(stop, at_character(line, date.start(), scale, anchored=label.end))
    for at, other in enumerate(lines):
        if at == index:
            continue
        if same_row(other.box, label_box) and other.box[0] > end - scale.across(pitch):
            if _is_print(other):
                stop = min(stop, other.box[0])
        elif not same_row(other.box, label_box, 0.3):
            masked.append(_core(other.box))
    if label.role == "" and label.text[:1] in "(（[【" and label.start == 0:
        left = max((other.box[2] for other in lines if other is not line and same_row(other.box, label_box) and other.box[2] <= start), default=max(0.02, start - scale.across(60.0)))  # fmt: skip
        masked.append(label_box)
    stop = max(stop, end)
    beside = (left, max(0.0, label_box[1] - 2 * half * RISE), stop, min(1.0, label_box[3] + 2 * half * FALL))
    below = None
    if (stop - end) * scale.width_mm < NARROW_MM:
        floor = min([other.box[1] for other in lines if other.box[1] > middle + half and _overlaps(other.box, start, end) and _is_print(other)] + [1.0])  # fmt: skip
        below = (start - scale.across(3.0), label_box[3] + half * 0.5, max(stop, end) + scale.across(3.0), min(floor, label_box[3] + scale.down(BELOW_MM)))  # fmt: skip
        below = below if below[3] > below[1] else None
    return Spot(label.text, label_box, beside, below, pitch, label.bare, tuple(masked))


def _is_print(line: Line) -> bool:
    """Print that ends a signature's room. A name does not: it may be the signature."""
    return (
        bool(labels_in(line.text) or DATE.search(line.text) or FIELD.search(line.text))
        or weight_of_prose(line) > TAIL_WORDS
    )


def weight_of_prose(line: Line) -> int:
    """Characters of a line that was read well."""
    return len(line.text) if line.score > 0.9 and not line.handwritten else 0  # noqa: PLR2004 - print reads at 0.95 and above


def _core(box: Box) -> Box:
    """The box without the margin that detection adds, so that a neighbour's ink is not cut off."""
    trim = (box[3] - box[1]) * 0.08
    return box[0], box[1] + trim, box[2], max(box[1] + trim, box[3] - trim)


def _overlaps(box: Box, left: float, right: float) -> bool:
    return box[0] < right and box[2] > left
