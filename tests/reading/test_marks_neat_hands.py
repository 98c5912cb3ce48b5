"""Neat writing beside a label: as even as a typeface, and yet not surely typed."""

import numpy as np
import pytest

from pipeline.reading.marks.handwriting import Ink
from pipeline.reading.marks.signatures import _may_be_neat


def _ink(height: float) -> Ink:
    return Ink(
        left=0, top=0, right=12, bottom=height, area=8, stroke=0.3, uneven=0.3, upright=0.55, ragged=0.1, widest=3,
        dark=120, blue=0,
    )  # fmt: skip


@pytest.mark.parametrize(("height", "odds", "neat"), [(3.7, -4.0, False), (5.0, -4.0, True), (3.7, -0.4, True)])
def test_size_or_strokes_leave_room_for_a_neat_hand(height: float, odds: float, neat: bool) -> None:
    """Only what is as large as its label, in strokes of print, is surely typed."""
    assert _may_be_neat(_ink(height), _ink(3.7), np.array([odds] * 3)) is neat


def test_where_no_character_can_be_told_nothing_speaks_for_a_hand() -> None:
    """A rule or a stain has no characters."""
    assert not _may_be_neat(_ink(5.0), _ink(3.7), np.zeros(0))
