"""A second look at lines that matter and are in doubt (复读): numbers and dates, and text under seals.

A wrong digit in an identity number or a date is a confident error further on. Where two readings of the same ink
disagree on a digit, the better one stays, but its score says that it is not sure.
"""

# ruff: noqa: PLR2004 - grey levels, millimetres and shares are said where they are used

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.engine import Engine, RawLine
from pipeline.reading.order import box_of
from pipeline.reading.page_image import Pixels
from pipeline.reading.recognition import crop_line
from pipeline.reading.seal_text import touches
from schemas.reading import Seal

SURE_LINE = 0.93
SURE_DIGIT = 0.85
DISPUTED = 0.55
"""Highest score of a line whose digits were read in two ways."""
TALL = 72
"""Pixels of height at which a line is read again: half as much again as the recogniser's own."""
MOST = 40
"""Lines of a page that are read again at most; a page with more is poor as a whole."""


def settled(
    lines: Sequence[RawLine], original: Pixels, cleaned: Pixels, seals: Sequence[Seal], engine: Engine
) -> list[RawLine]:
    """The lines, with those in doubt read once more."""
    height, width = original.shape[:2]
    left, result = MOST, []
    for line in lines:
        sealed = touches(box_of(line, width, height), seals)
        if left > 0 and (_doubtful_number(line) or (sealed and line.score < SURE_LINE)):
            left -= 1
            result.append(_again(line, original if sealed else None, cleaned, engine))
        else:
            result.append(line)
    return result


def digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _doubtful_number(line: RawLine) -> bool:
    return bool(digits(line.text)) and (line.score < SURE_LINE or line.weakest_digit < SURE_DIGIT)


def _again(line: RawLine, original: Pixels | None, cleaned: Pixels, engine: Engine) -> RawLine:
    """The best of the readings; less sure where they dispute a digit."""
    corners = _wider(line.corners)
    views = [_clear(crop_line(cleaned, corners, TALL))]
    if original is not None:
        views.append(crop_line(original, corners, TALL))
    others = [replace(engine.read_line(view), corners=line.corners) for view in views]
    readings = [line, *(other for other in others if other.text.strip())]
    best = max(readings, key=lambda reading: reading.score)
    rivals = [reading for reading in readings if reading.score >= 0.5]
    if len({digits(reading.text) for reading in rivals}) > 1:
        return replace(best, score=min(best.score, DISPUTED))
    return best


def _wider(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """The box grown a little: a first or last digit is what a tight box cuts."""
    across, down = corners[1] - corners[0], corners[3] - corners[0]
    wide, tall = max(float(np.linalg.norm(across)), 1.0), max(float(np.linalg.norm(down)), 1.0)
    grow = 0.12 * min(wide, tall)
    signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
    shift = signs[:, :1] * (across / wide) * grow + signs[:, 1:] * (down / tall) * grow
    return np.asarray(corners + shift, np.float32)


def _clear(crop: Pixels) -> Pixels:
    """Grey, from the lightest paper to the darkest ink: a view that differs from the first in all but the strokes."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    low, high = np.percentile(grey, (1, 95))
    if high - low < 20:
        return crop
    spread = np.clip((grey.astype(np.float32) - low) / (high - low) * 255, 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(spread, cv2.COLOR_GRAY2BGR), np.uint8)
