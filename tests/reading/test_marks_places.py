"""Where a signature is looked for, from the lines of a page alone."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.reading.marks.geometry import Scale
from pipeline.reading.marks.patches import Patch
from pipeline.reading.marks.places import find_spots
from pipeline.reading.marks.rooms import Layout, print_in
from pipeline.reading.marks.signatures import _end_of_print
from schemas.reading import Line

PROSE = [
    Line(
        text="一、对指控的罪名没有异议，被告人归案后如实供述自己的罪行。", box=(0.14, top, 0.86, top + 0.02), score=0.99
    )
    for top in (0.3, 0.33, 0.36)
]


@pytest.mark.parametrize(
    ("written", "room"), [("李小兰2025年3月10日", True), ("李小兰2025.3.10", True), ("2025年3月10日", False)]
)
def test_name_and_date_read_as_one_line_leave_room_for_the_name(written: str, room: bool) -> None:
    """Behind its label `李小兰2025年3月10日` is a signature and the day it was given; a date alone ends the room."""
    label = Line(text="阅卷人：", box=(0.5, 0.85, 0.6, 0.87), score=0.99)
    beside = Line(text=written, box=(0.62, 0.84, 0.86, 0.88), score=0.95, handwritten=True)
    layout = Layout((*PROSE, label, beside), Scale(210.0, 297.0, 4.2), lambda _box, expected, _followed: expected)
    (spot,) = find_spots(layout)
    assert ((spot.beside[2] - spot.label_box[2]) * 210.0 > 15.0) is room


@pytest.mark.parametrize(("behind", "written"), [("谭", True), ("谭堃", True), ("一", False), ("", False)])
def test_a_letter_behind_the_label_is_not_the_labels(behind: str, written: bool) -> None:
    """Of a signature often one letter is read: the label ends before it, and the place is not empty; `一` is a ruling."""
    told: list[bool] = []

    def label_end(_box: object, expected: float, followed: bool) -> float:
        told.append(followed)
        return expected

    line = Line(text=f"承办人（签名）：{behind}", box=(0.5, 0.65, 0.78, 0.68), score=0.99)
    (spot,) = find_spots(Layout((*PROSE, line), Scale(210.0, 297.0, 4.2), label_end))
    assert spot.followed is written
    assert told in ([written], [])


def test_ink_that_was_read_behind_the_label_is_not_its_end() -> None:
    """Where the page's print is measured too wide, the signature's end is nearer to where the label should end."""
    ink = np.zeros((40, 440), np.bool_)
    ink[10:30, 0:280] = ink[5:35, 330:430] = True
    pale, none = np.zeros(ink.shape, np.float32), np.zeros_like(ink)
    patch = Patch(10.0, ink, pale, pale, none, none, none)
    box, scale = (0.5, 0.65, 0.71, 0.68), Scale(210.0, 297.0, 4.5)
    ends = [_end_of_print(patch, box, 0.67, scale, followed=followed) for followed in (True, False)]
    assert [round((end - 0.5) * 210.0, 1) for end in ends] == [28.3, 43.3]


def test_a_name_read_in_one_with_the_next_label_leaves_its_own_room() -> None:
    """Two people sign in one row: of `鲍三妹律师：时雨桐` the name is behind the first label, not its end."""
    closing = Line(text="以上笔录我看过，与我讲的一样。", box=(0.14, 0.148, 0.53, 0.18), score=0.99)
    label = Line(text="被会见（谈话）人：", box=(0.141, 0.216, 0.33, 0.244), score=0.96)
    beside = Line(text="鲍三妹律师：时雨桐", box=(0.313, 0.203, 0.669, 0.255), score=0.99, handwritten=True)
    layout = Layout((closing, label, beside), Scale(210.0, 297.0, 4.2), lambda _box, expected, _followed: expected)
    spot = next(spot for spot in find_spots(layout) if spot.label == "被会见（谈话）人：")
    assert (spot.beside[2] - spot.label_box[2]) * 210.0 > 15.0


def test_a_tall_name_does_not_reach_for_the_day_below() -> None:
    """A name by pen behind its label makes the line's box tall; the day, a line lower, does not end its room."""
    line = Line(text="申请人（签名）：谢", box=(0.516, 0.611, 0.808, 0.68), score=0.97)
    day = Line(text="2024.3.11", box=(0.684, 0.662, 0.786, 0.686), score=0.99)
    spot = find_spots(Layout((*PROSE, line, day), Scale(210.0, 297.0, 4.2), lambda _box, expected, _behind: expected))[
        0
    ]
    assert spot.beside[2] > 0.9


@pytest.mark.parametrize(
    ("text", "room"), [("冼国明 2024.8.13", True), ("2024.8.13", False), ("核卷意见：同意2024.8.13", False)]
)
def test_of_a_name_and_a_day_in_the_cell_beside_a_role_the_day_alone_is_no_name(text: str, room: bool) -> None:
    """`核卷人 | 冼国明 2024.8.13` was called unsigned: the whole line was left out for its day."""
    cell = Line(text=text, box=(0.24, 0.47, 0.4, 0.5), score=0.95, handwritten=True)
    masked = print_in(cell, Scale(210.0, 297.0, 4.2))
    assert masked is not None
    assert (masked[0] > 0.28) is room
