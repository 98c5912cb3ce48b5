"""A figure that stands twice and was read once is told by its ink."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw
from reading_samples import face, pixels

from pipeline.reading.doubled import may_be_doubled

SIZE, HEIGHT = 32, 48


def drawn(text: str, *, apart: float = 1.0) -> tuple[np.ndarray, list[float]]:
    """A line as the recogniser sees it, and the middle of each letter; `apart`: how far letters stand from each other."""
    font = face(SIZE)
    page = Image.new("RGB", (SIZE * (len(text) + 2), HEIGHT), "white")
    pen, x, middles = ImageDraw.Draw(page), 12.0, []
    for letter in text:
        pen.text((x, -2), letter, font=font, fill="black")
        middles.append(x + font.getlength(letter) / 2)
        x += font.getlength(letter) * (apart if letter in "12" else 1.0)
    return pixels(page), middles


def once(text: str, middles: list[float], at: int) -> tuple[list[str], np.ndarray]:
    """The letters as they are read where those at `at` and behind it are taken for one."""
    middle = (middles[at] + middles[at + 1]) / 2
    return [*text[:at], *text[at + 1 :]], np.array([*middles[:at], middle, *middles[at + 2 :]])


@pytest.mark.parametrize("text", ["2024年4月1日", "2024年1月2日", "2024年2月1日"])
def test_a_figure_that_stands_once_is_one(text: str) -> None:
    """One piece of ink between two signs of a date."""
    crop, middles = drawn(text)
    assert not may_be_doubled(crop, list(text), np.array(middles))


@pytest.mark.parametrize(("text", "at"), [("2024年4月11日", 7), ("2024年4月22日", 7), ("2024年11月5日", 5)])
def test_two_figures_read_as_one_are_seen(text: str, at: int) -> None:
    """The recogniser makes one letter of equal ones that it sees no gap between."""
    crop, middles = drawn(text)
    assert may_be_doubled(crop, *once(text, middles, at))


def test_two_strokes_that_touch_are_seen() -> None:
    """A broad pen leaves no column free between its two strokes."""
    text = "2024年4月11日"
    crop, middles = drawn(text, apart=0.72)
    page = Image.fromarray(crop)
    left, right = middles[7], middles[8]
    ImageDraw.Draw(page).line((left, 30, right, 22), fill="black", width=3)
    assert may_be_doubled(pixels(page), *once(text, middles, 7))


def test_figures_elsewhere_are_not_asked() -> None:
    """A number of the file has no signs of a date beside it."""
    crop, middles = drawn("第12号")
    assert not may_be_doubled(crop, list("第12号"), np.array(middles))
