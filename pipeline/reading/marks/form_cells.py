"""Cells of forms that are signed although they have no label that says so: roles, opinions, broken heads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.reading.marks.geometry import at_character, same_row, weight
from pipeline.reading.marks.labels import labels_in
from pipeline.reading.marks.rooms import (
    BARE_FROM,
    DAY,
    FILLED_ON,
    HEAD_LEFT,
    NAME,
    REACH_MM,
    ROW_MM,
    TAIL_WORDS,
    TOUCH,
    Layout,
    column_below,
    core,
    is_heading,
    print_in,
)
from pipeline.reading.marks.spots import Spot
from schemas.base import Box
from schemas.reading import Line


def _cell_label(lines: Sequence[Line], index: int) -> tuple[str, Box] | None:
    """A form's cell that says who signs in the next one, also where its words break (`受送达人签` / `收`)."""
    line = lines[index]
    left, top, right, bottom = line.box
    if CELL_ROLE.fullmatch(line.text.strip()):
        return line.text.strip(), line.box
    role = _signed_with_day(lines, line)
    if role is not None:
        share = weight(role) / weight(line.text.strip())
        return role, (left, top, left + (right - left) * share, bottom)
    if not BROKEN.search(line.text) or len(line.text) > TAIL_WORDS:
        return None
    for other in lines:
        near = (top + bottom) / 2 < other.box[1] < bottom + (bottom - top)
        if near and other.box[0] < right and other.box[2] > left and REST.match(other.text):
            return line.text.strip() + other.text.strip(), line.box
    return None


def _signed_with_day(lines: Sequence[Line], line: Line) -> str | None:
    """The role that begins a line, if its row ends with the day on which somebody signed or filled in the form.

    `承办人 | | 填报日期：` at the foot of a form; `审查人  2024年5月8日` in the cell of an opinion, also with a name that was
    read in one with the role.
    """
    match = SIGNS_OFF.fullmatch(line.text.strip())
    if match is None:
        return None
    opinion = OPINION.fullmatch(match["role"]) is not None
    at_foot = line.box[1] > BARE_FROM and line.box[0] < HEAD_LEFT and not match["name"]
    row = [other for other in lines if other.box[0] > line.box[2] - TOUCH and same_row(other.box, line.box)]
    if not (opinion or at_foot) or any(labels_in(other.text) for other in row):
        return None
    ends = max(row, key=lambda other: other.box[0], default=None)
    if ends is None or not ((opinion and DAY.match(ends.text)) or (at_foot and FILLED_ON.match(ends.text))):
        return None
    return match["role"]


def _asks_inside(layout: Layout, box: Box) -> bool:
    """Whether the cell beside the words has a label of its own (`签收人 | 签名：`): that is the place, and not the cell."""
    near = layout.scale.down(INSIDE_MM)
    return any(
        other.box[0] >= box[2] - TOUCH
        and abs(other.box[1] + other.box[3] - box[1] - box[3]) < 2 * near
        and labels_in(other.text)
        for other in layout.lines
    )


INSIDE_MM = 6.0
"""How far above or below the middle of a cell its label may stand; rows of forms are 8 mm high and more."""
CELL_ROLE = re.compile(
    "(?:送达人|回访人|领款人|领取人|收款人|签收人|核卷人|立卷人|装订人|整理人|检查人|交接人|接交人)(?:[、及和/]?(?:日期|时间))?"
)
"""Roles whose cell in a form is signed; others (承办人, 受送达人) are as often filled in."""
SIGNS_OFF = re.compile(
    "(?P<role>承办人员?|承办律师|经办人|填[表报]人|报告人|制表人|记录人|告知人|审查人|审核人|审批人|复核人|批准人|接待人|受理人|负责人|主任)"
    "(?P<name>(?!意见)[\u4e00-\u9fff·]{2,4})?"
)
OPINION = re.compile("审查人|审核人|审批人|复核人|批准人|接待人|受理人|负责人|主任|承办人|经办人")
BROKEN = re.compile(r"[签盖捺]$|签名或$|[（(]签?$")
REST = re.compile(r"^[名字收章印签盖捺][^，。：:]{0,5}$")


def cell_spot(layout: Layout, index: int) -> Spot | None:
    """The place beside a line that is a form's cell and says who signs, or below it where it heads a column."""
    found = _cell_label(layout.lines, index)
    if found is None or _asks_inside(layout, found[1]):
        return None
    label, box = found
    scale = layout.scale
    others = [each for each in layout.lines if each.box != box]
    beside = (
        box[2],
        max(0.0, box[1] - scale.down(ROW_MM)),
        min(0.985, box[2] + scale.across(REACH_MM)),
        min(1.0, box[3] + scale.down(ROW_MM)),
    )
    print_ = tuple(each for other in others if (each := print_in(other, scale)) is not None)
    row = [each for each in others if same_row(each.box, box)]
    below = column_below(layout, box) if row and all(map(is_heading, row)) else None
    masked, signed = print_, next((name for each in row if (name := _signed_at_end(layout, each)) is not None), None)
    if signed is not None:
        below, masked = signed, ()
    return Spot(
        label,
        box,
        beside,
        below,
        scale.pitch_mm,
        bare=True,
        masked=print_,
        masked_below=masked,
        doubtful=True,
        followed=signed is not None,
    )


def _signed_at_end(layout: Layout, line: Line) -> Box | None:
    """The name between what somebody wrote and the day, where all of it was read as one line: `同意发放 陈某山 2024.6.5`."""
    match = SIGNED_AT_END.search(line.text)
    if match is None or labels_in(line.text):
        return None
    left, right = (at_character(line, at, layout.scale, anchored=len(line.text)) for at in match.span(1))
    side, rise = layout.scale.across(1.5), 0.3 * (line.box[3] - line.box[1])
    return left - side, max(0.0, line.box[1] - rise), right + side, min(1.0, line.box[3] + rise)


SIGNED_AT_END = re.compile(
    r"[\u4e00-\u9fff元][\s，。,.；;]+([\u4e00-\u9fff·]{2,4})[\s，,]*(?:19|20)\d\d\s*[年.\-/]\s*\d"
)


def opinion_spots(layout: Layout, known: Sequence[Spot]) -> list[Spot]:
    """Where an opinion is signed with nothing that asks for it: before the day in the cell behind `负责人意见`.

    Nothing is surely unsigned there: the name may stand elsewhere in the cell, or a seal for it.
    """
    spots = []
    for day in layout.lines:
        head = _opinion_beside(layout, day) if DAY.match(day.text.strip()) else None
        if head is None or any(same_row(spot.label_box, day.box) for spot in known):
            continue
        label, box = head
        left = max(box[2], day.box[0] - layout.scale.across(OPINION_MM))
        rise = day.box[3] - day.box[1]
        beside = (left, max(0.0, day.box[1] - rise), day.box[0], min(1.0, day.box[3] + 0.7 * rise))
        written = [each for each in layout.lines if each is not day and not NAME.fullmatch(each.text.strip())]
        masked = tuple(core(each.box) for each in [*written, day] if each.box != box)
        spots.append(
            Spot(
                label, box, beside, None, layout.scale.pitch_mm, bare=True, masked=masked, doubtful=True, followed=True
            )
        )
    return spots


def _opinion_beside(layout: Layout, day: Line) -> tuple[str, Box] | None:
    """The head of the row in whose cell a day stands, if it is an opinion's; its words may be broken over two lines."""
    if day.box[0] < HEAD_LEFT:
        return None
    heads = [each for each in layout.lines if each.box[0] < HEAD_LEFT and each.box[2] < HEAD_RIGHT]
    near = sorted(heads, key=lambda each: abs(_middle(each.box) - _middle(day.box)))[:2]
    beside = [each for each in near if abs(_middle(each.box) - _middle(day.box)) < layout.scale.down(OPINION_REACH_MM)]
    for each in beside:
        if each.text.strip().endswith("意见"):
            above = [other.text.strip() for other in beside if _stacked(other.box, each.box)]
            return "".join([*above, each.text.strip()]), each.box
    return None


def _stacked(upper: Box, lower: Box) -> bool:
    """Whether two lines are the words of one head: one right above the other."""
    tall = lower[3] - lower[1]
    return upper[1] < lower[1] < upper[3] + tall and upper[0] < lower[2] and lower[0] < upper[2]


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


HEAD_RIGHT = 0.38
OPINION_MM, OPINION_REACH_MM = 48.0, 26.0
"""How far before the day the name is looked for, and how far above or below the day its row's head may stand."""
