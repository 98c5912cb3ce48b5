"""Which scans are too coarse to be trusted."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.reading.engine import RawLine
from pipeline.reading.page_kind import is_poor


def lines(letter_pixels: float, score: float = 0.98) -> list[RawLine]:
    """Ten well-read lines; a detected box is half as tall again as its letters."""
    tall = 1.5 * letter_pixels
    corners = np.array([[0, 0], [600, 0], [600, tall], [0, tall]], np.float32)
    return [
        RawLine("本院受理后依法组成合议庭公开开庭", score, corners + np.array([0, 50 * row], np.float32))
        for row in range(10)
    ]


@pytest.mark.parametrize(
    ("dpi", "pixels", "poor"),
    [(200, 30, False), (150, 25, False), (120, 22, False), (120, 17, True), (100, 20, True), (None, 24, False), (None, 15, True)],
)  # fmt: skip
def test_coarse_scans_are_flagged_by_resolution_and_letter_height(dpi, pixels, poor):
    """The reader's own scores stay high on coarse scans; where the resolution is not known, the letters tell."""
    assert is_poor(lines(pixels), dpi) is poor


def test_a_page_read_badly_is_poor_at_any_resolution():
    """A smeared page of 300 dpi is no better than a coarse one."""
    assert is_poor(lines(40, 0.8), 300)
