"""What lies around a photographed sheet bears no marks."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.reading.marks import find_marks
from pipeline.reading.surroundings import sheet_alone
from schemas.base import State
from schemas.reading import Line

WOOD = (42, 74, 118)


def photograph(height=1600, width=1200, rim=60):
    """A sheet, lighter at its left than at its right, on brown wood."""
    light = np.linspace(235, 170, width, dtype=np.float32)
    sheet = np.repeat(light[None, :, None], height, axis=0) * np.array([0.9, 0.97, 1.0], np.float32)
    picture = np.full((height, width, 3), WOOD, np.float32)
    grain = np.random.default_rng(5).normal(0, 6, (height, width, 1)).astype(np.float32)
    picture += grain
    inner = slice(rim, height - rim), slice(rim, width - rim)
    picture[inner] = sheet[inner]
    return np.clip(picture, 0, 255).astype(np.uint8)


def alone(picture):
    return sheet_alone(picture, 145.0)[0]


@pytest.mark.parametrize(
    ("dpi", "rim", "expected"), [(1600 / 11.69, 80, 0.9), (1600 / 11.69, 0, 1.0), (200.0, 80, 1.0)]
)
def test_the_sheet_is_as_high_as_a4_and_not_the_picture(dpi, rim, expected):
    """Where the resolution was a guess by the picture's height; one that a scanner stated stands."""
    _, seen = sheet_alone(photograph(rim=rim), dpi)
    assert seen / dpi == pytest.approx(expected, abs=0.02)


def test_a_desk_takes_the_colour_of_the_paper_beside_it():
    """Seamlessly: where the sheet ends, no step is left that could be taken for ink."""
    done = alone(photograph()).astype(int)
    assert np.abs(np.diff(done[800, ::8].mean(axis=1))).max() < 20
    assert done[800, 10, 0] > 180
    assert done[800, -10, 0] < 180


def test_what_is_not_around_a_sheet_stays():
    """A scan without a dark edge, print cut by the edge, and a photograph that fills the page."""
    scan = np.full((1600, 1200, 3), 240, np.uint8)
    assert alone(scan) is scan
    cut = scan.copy()
    cut[:30, 100:180] = 0
    assert np.array_equal(alone(cut), cut)
    dark = np.full((1600, 1200, 3), 60, np.uint8)
    dark[700:900, 300:900] = 240
    assert np.array_equal(alone(dark), dark)


def test_wood_beside_a_signature_place_is_no_thumb():
    """Where the room beside a label reaches beyond the sheet."""
    picture = photograph()
    cv2.rectangle(picture, (640, 1100), (800, 1126), (40, 40, 40), -1)
    line = Line(text="法定代理人（签名）：", box=(0.53, 0.685, 0.67, 0.707), score=0.99)
    sheet = alone(picture)
    place = find_marks(sheet, 145, (line,), ()).signature_places[0]
    assert place.state is not State.FOUND
