"""What a seal hides from detection (印下文字): the place of each seal is looked at once more, from close by.

A grey seal over a date can make the whole line disappear at the page's working size; in a picture of the seal's
surroundings alone it is found. What this look adds are lines as level and as tall as those of the page that hold a number
or several words: pieces of the seal's own ring are neither.
"""

# ruff: noqa: PLR2004 - shares of a letter and of the page are said where they are used

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.engine import Engine, RawLine
from pipeline.reading.gaps import is_numeric
from pipeline.reading.page_image import Pixels
from pipeline.reading.page_kind import letter_height
from schemas.base import Box
from schemas.reading import Seal, SealColour

AROUND = 0.55
"""Of the seal's width: how far text that it covers may stick out at its sides."""
MOST_SEALS = 3
WORDS = 5
LEGIBLE = 0.85


def with_hidden_lines(
    lines: Sequence[RawLine], picture: Pixels, seals: Sequence[Seal], dpi: float | None, engine: Engine
) -> list[RawLine]:
    """The lines, and those that are only seen from close by, where seals without colour cover the page."""
    found = list(lines)
    typical = letter_height(found)
    for seal in [seal for seal in seals if seal.colour is not SealColour.RED][:MOST_SEALS]:
        left, top, part = _surroundings(picture, seal.box)
        for line in engine.read(part, dpi):
            placed = replace(line, corners=(line.corners + np.array([left, top])).astype(np.float32))
            if _is_text(placed, typical) and not any(_same_place(placed, other) for other in found):
                found.append(placed)
    return found


def _surroundings(picture: Pixels, box: Box) -> tuple[int, int, Pixels]:
    height, width = picture.shape[:2]
    reach = AROUND * (box[2] - box[0])
    left, right = int(max(0.0, box[0] - reach) * width), int(min(1.0, box[2] + reach) * width) + 1
    top, bottom = int(box[1] * height), int(box[3] * height) + 1
    return left, top, np.ascontiguousarray(picture[top:bottom, left:right])


def _is_text(line: RawLine, typical: float) -> bool:
    text = line.text.strip()
    across, down = line.corners[1] - line.corners[0], line.corners[3] - line.corners[0]
    level = abs(float(across[1])) <= 0.09 * max(float(across[0]), 1.0)
    tall = float(np.linalg.norm(down)) / 1.5
    alike = not typical or 0.65 * typical <= tall <= 1.5 * typical
    numeric = sum(is_numeric(letter) for letter in text) >= 4
    return level and alike and line.score >= LEGIBLE and (numeric or len(text) >= WORDS)


def _same_place(line: RawLine, other: RawLine) -> bool:
    """Whether the middle of either lies in the other."""
    return _holds(line.corners, other.corners.mean(axis=0)) or _holds(other.corners, line.corners.mean(axis=0))


def _holds(corners: NDArray[np.float32], point: NDArray[np.float32]) -> bool:
    low, high = corners.min(axis=0), corners.max(axis=0)
    return bool((low <= point).all() and (point <= high).all())
