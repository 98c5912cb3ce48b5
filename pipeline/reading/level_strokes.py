"""The level strokes of 一, 二 and 三 (横画), counted: what the recogniser says of them is held against the picture.

A stroke of a seal across a 三 makes a 二 of it that is sure of itself in every reading.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.gaps import BOX
from pipeline.reading.levels import levels
from pipeline.reading.page_image import Pixels

STROKES = {"一": 1, "二": 2, "三": 3}
MIDDLE = 0.5
"""Share of a letter's width that is looked at: the shortest stroke of a 三 is as wide."""
RISE, FALL = 0.5, 0.35
"""Of the darkest row: a stroke begins above the one and ends below the other."""


def are_miscounted(crop: Pixels, letters: Sequence[str], places: NDArray[np.float64]) -> bool:
    """Whether any 一, 二 or 三 in a line's picture shows another number of strokes. `places`: the letters' middles."""
    counted = [(STROKES[letter], place) for letter, place in zip(letters, places, strict=True) if letter in STROKES]
    if not counted:
        return False
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    ink, paper = levels(grey, 2, 90)
    dark = np.clip((paper - grey.astype(np.float32)) / max(1.0, paper - ink), 0, 1)
    return any(_strokes(dark, place) != number for number, place in counted)


def _strokes(dark: NDArray[np.float32], place: float) -> int:
    """Rows of ink that cross the middle of the letter, apart from each other."""
    tall = dark.shape[0]
    reach = MIDDLE * tall / BOX / 2
    cell = dark[:, max(0, round(place - reach)) : round(place + reach) + 1]
    if not cell.size:
        return 0
    rows = cell.mean(axis=1)[round(0.1 * tall) : round(0.9 * tall)]
    top, within, number = max(0.25, float(rows.max())), False, 0
    for row in rows:
        if not within and row >= RISE * top:
            within, number = True, number + 1
        elif within and row < FALL * top:
            within = False
    return number
