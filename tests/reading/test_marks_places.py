"""Where a signature is looked for, from the lines of a page alone."""

from __future__ import annotations

import pytest

from pipeline.reading.marks.geometry import Scale
from pipeline.reading.marks.places import Layout, find_spots
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
    layout = Layout((*PROSE, label, beside), Scale(210.0, 297.0, 4.2), lambda _box, expected: expected)
    (spot,) = find_spots(layout)
    assert ((spot.beside[2] - spot.label_box[2]) * 210.0 > 15.0) is room
