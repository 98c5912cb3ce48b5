"""Letters that the recogniser passed over in silence (漏字): under a seal, or a round 〇 taken for a smudge.

The recogniser leaves such a letter out and is sure of all others, so no score tells: a date under a grey seal read
`5月7日` for `5月27日` with 0.99. What tells is the room: a gap too wide for its neighbours, with ink in it.
"""

# ruff: noqa: PLR2004 - shares of a letter and grey levels are said where they are used

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.levels import levels
from pipeline.reading.page_image import Pixels

CHINESE_NUMERALS = "〇零○一二三四五六七八九十"
AROUND_NUMBERS = frozenset("年月日号第")
LOST = 0.4
"""Of a letter's width: a gap wider than its neighbours need by this much has room for a digit."""
BOX = 1.5
"""A detected box is this much taller than its letters."""


@dataclass(frozen=True)
class Gap:
    """Room between two letters: before which letter it is, and its edges in pixels of the line's picture."""

    before: int
    left: float
    right: float


def is_numeric(letter: str) -> bool:
    return letter.isnumeric() or letter in CHINESE_NUMERALS


def lacks_letters(text: str, whole: str) -> bool:
    """Whether the text is the whole less some of its letters."""
    rest = iter(whole)
    return all(letter in rest for letter in text)


def part_of_number(letter: str) -> bool:
    """A numeral, or what stands between the numerals of a date or file number."""
    return is_numeric(letter) or letter in AROUND_NUMBERS


def inked_gaps(crop: Pixels, letters: Sequence[str], places: NDArray[np.float64]) -> list[Gap]:
    """Gaps beside numbers that are wide enough for a letter and hold ink. `places`: the letters' middles in pixels."""
    pairs = [
        index
        for index in range(1, len(letters))
        if part_of_number(letters[index - 1]) and part_of_number(letters[index])
    ]
    if not pairs or not any(is_numeric(letter) for letter in letters):
        return []
    wide = list(_wide_gaps(pairs, letters, places, crop.shape[0]))
    dark = inked(crop) if wide else None
    return [gap for gap in wide if dark is not None and _has_ink(dark, gap)]


def _wide_gaps(pairs: Sequence[int], letters: Sequence[str], places: NDArray[np.float64], tall: int) -> Iterator[Gap]:
    """Of the places before the letters with these numbers, those that leave room."""
    size = _pitch(letters, places, tall / BOX, wide=True)
    narrow = _pitch(letters, places, 0.55 * size, wide=False)
    widths = [size if _is_wide(letter) else narrow for letter in letters]
    for index in pairs:
        left, right = places[index - 1] + widths[index - 1] / 2, places[index] - widths[index] / 2
        first, last = max(0, index - 2), min(len(letters) - 1, index + 1)
        # A letter placed one step late makes the gap before it wide and the next one narrow: the sum tells.
        spare = places[last] - places[first] - (sum(widths[first : last + 1]) - (widths[first] + widths[last]) / 2)
        if min(right - left, spare) >= LOST * size:
            yield Gap(index, left, right)


def _pitch(letters: Sequence[str], places: NDArray[np.float64], usual: float, *, wide: bool) -> float:
    """Pixels from one letter to the next of the same width in this line; `usual` where no two stand together.

    The recogniser's places are eight pixels apart, so that only a mean says more than its single steps.
    """
    pairs = range(1, len(letters))
    alike = [index for index in pairs if _is_wide(letters[index]) is _is_wide(letters[index - 1]) is wide]
    if not alike:
        return usual
    steps = np.array([places[index] - places[index - 1] for index in alike])
    return float(np.clip(steps[steps <= 1.4 * np.median(steps)].mean(), 0.6 * usual, 1.4 * usual))


def _is_wide(letter: str) -> bool:
    return ord(letter) >= 0x2E80


def inked(crop: Pixels) -> NDArray[np.bool_]:
    """Where a line's picture holds ink; nowhere if paper and ink hardly differ."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    ink, paper = levels(grey, 2, 90)
    if paper - ink < 30:
        return np.zeros(grey.shape, np.bool_)
    return np.asarray(grey < paper - 0.45 * (paper - ink), np.bool_)


def _has_ink(dark: NDArray[np.bool_], gap: Gap) -> bool:
    """Ink between the heights at which letters stand, that is neither an underline nor a table's rule."""
    tall = dark.shape[0]
    part = dark[:, round(gap.left) : max(round(gap.left) + 1, round(gap.right))]
    letters_only = part[:, part.mean(axis=0) < 0.85][round(0.22 * tall) : round(0.74 * tall)]
    return letters_only.size > 0 and int(letters_only.any(axis=0).sum()) >= 2 and float(letters_only.mean()) > 0.03


def holds_ring(crop: Pixels, gap: Gap) -> bool:
    """Whether the gap holds a round outline as large as a letter and empty inside: 〇."""
    tall = crop.shape[0]
    reach = 0.15 * tall
    left, right = max(0, round(gap.left - reach)), round(gap.right + reach)
    dark = inked(crop)[:, left:right].astype(np.uint8)
    contours, tree = cv2.findContours(dark, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return False
    return any(_is_ring(inner, tall) for inner, (*_, parent) in zip(contours, tree[0], strict=True) if parent >= 0)


def _is_ring(inner: cv2.typing.MatLike, tall: int) -> bool:
    """The white inside of an outline: as wide as high, round, of the size of a letter."""
    _, _, wide, high = cv2.boundingRect(inner)
    area = cv2.contourArea(inner)
    sized = 0.3 * tall <= high <= 0.75 * tall and 0.75 <= wide / max(1, high) <= 1.33
    return sized and 0.68 <= area / (wide * high) <= 0.88
