"""Counting grey levels gives what sorting them gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.levels import levels
from pipeline.reading.page_image import shrunk
from pipeline.reading.recognition import fitting


@given(st.lists(st.integers(0, 765), min_size=1, max_size=60), st.floats(0, 100))
def test_counted_percentiles_are_those_of_sorting(values: list[int], share: float) -> None:
    """Any values, any share: the same figure as numpy's."""
    row = np.array(values, np.int16)
    assert levels(row, share) == pytest.approx((float(np.percentile(row, share)),), abs=1e-6)


def test_a_shrunk_page_keeps_its_marks_in_place() -> None:
    """A dark square in the far corner of a page with odd sides is where it was, at the new scale."""
    page = np.full((2339, 1653, 3), 255, np.uint8)
    page[2200:2300, 1500:1600] = 0
    small = shrunk(page, (679, 960))
    assert small.shape == (960, 679, 3)
    rows, columns = np.nonzero(small[:, :, 0] < 128)
    edges = (rows.min(), rows.max() + 1, columns.min(), columns.max() + 1)
    assert edges == pytest.approx((2200 * 0.4104, 2300 * 0.4104, 1500 * 0.4108, 1600 * 0.4108), abs=1.2)


def test_a_long_line_gives_way_by_a_hair_and_a_short_one_does_not() -> None:
    """Running text takes the next narrower input where it nearly fits; a form's value keeps its width."""
    assert fitting(780) == 768
    assert fitting(800) == 800
    assert fitting(325) == 325
    assert fitting(40) == 40
    assert fitting(3200) == 3200
