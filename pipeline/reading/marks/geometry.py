"""Where characters stand inside a line, and how large the print of a page is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.planes import MM_PER_INCH
from schemas.base import Box
from schemas.reading import Line

USUAL_SHAPE = 0.8
"""Character pitch over the height of a line box, where the page has no line to learn it from."""
USUAL_PITCH_MM = 4.2
FULL_WIDTH = 0x2E7F
SPREAD = 1.3
"""A line this much wider than its characters need has a gap in it."""


@dataclass(frozen=True)
class Scale:
    """Millimetres and page fractions, and the page's print."""

    width_mm: float
    height_mm: float
    pitch_mm: float
    """Median distance of two printed characters, the margins of their lines and the gaps in forms counted in."""
    print_mm: float = 0.0
    """The same without the margins, learned from short lines, too; 0 where nobody measured it."""

    def across(self, mm: float) -> float:
        """Millimetres as a fraction of the page's width."""
        return mm / self.width_mm

    def down(self, mm: float) -> float:
        """Millimetres as a fraction of the page's height."""
        return mm / self.height_mm


def weight(text: str) -> float:
    """Width of a text in full-width characters."""
    return sum(1.0 if ord(char) > FULL_WIDTH else 0.5 for char in text)


def scale_of(image: NDArray[np.uint8], dpi: float, lines: Sequence[Line]) -> Scale:
    """Learn the size of the print from lines long enough to be measured."""
    width, height = image.shape[1] / dpi * MM_PER_INCH, image.shape[0] / dpi * MM_PER_INCH
    pitches = [
        (line.box[2] - line.box[0]) * width / weight(line.text)
        for line in lines
        if len(line.text) >= 5 and line.score >= 0.85 and not line.handwritten  # noqa: PLR2004 - well read, long enough
    ]
    pitch = float(np.clip(np.median(pitches) if pitches else USUAL_PITCH_MM, 2.0, 12.0))
    return Scale(width, height, pitch, _print_pitch(lines, width) or pitch)


MARGINS = 0.6
"""Characters by which a line's box is wider than its print: 0.57 to 0.66 in most lines of two to four characters."""
_HANZI = re.compile(r"[\u4e00-\u9fff]")


def _print_pitch(lines: Sequence[Line], width: float) -> float | None:
    """Millimetres from one printed character to the next, by the lines of three hanzi and more; None without such."""
    pitches = [
        (line.box[2] - line.box[0]) * width / (weight(line.text) + MARGINS)
        for line in lines
        if line.score >= 0.85 and not line.handwritten and len(_HANZI.findall(line.text)) >= 3  # noqa: PLR2004 - as above
    ]
    return float(np.clip(np.median(pitches), 2.0, 12.0)) if pitches else None


def pitch_of(line: Line, scale: Scale) -> float:
    """Millimetres from one printed character of the line to the next, gaps left out."""
    across = (line.box[2] - line.box[0]) * scale.width_mm / max(0.5, weight(line.text))
    tall = (line.box[3] - line.box[1]) * scale.height_mm * USUAL_SHAPE
    return min(across, tall * SPREAD)


def at_character(line: Line, index: int, scale: Scale, *, anchored: int) -> float:
    """The page fraction where character `index` begins.

    A line wider than its characters need has a gap at `anchored`: what stands before it is measured from the left,
    what stands behind from the right.
    """
    left, _, right, _ = line.box
    pitch = pitch_of(line, scale)
    if index <= anchored:
        return min(right, left + scale.across(pitch * weight(line.text[:index])))
    return max(left, right - scale.across(pitch * weight(line.text[index:])))


def same_row(one: Box, other: Box, share: float = 0.5) -> bool:
    """Whether two boxes overlap in height by that share of the lower one."""
    overlap = min(one[3], other[3]) - max(one[1], other[1])
    return overlap > share * min(one[3] - one[1], other[3] - other[1])


def covered(box: Box, by: Box) -> float:
    """Share of `box` that lies in `by`."""
    wide = max(0.0, min(box[2], by[2]) - max(box[0], by[0]))
    tall = max(0.0, min(box[3], by[3]) - max(box[1], by[1]))
    area = (box[2] - box[0]) * (box[3] - box[1])
    return wide * tall / area if area else 0.0
