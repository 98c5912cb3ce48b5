"""A figure that stands twice and was read once (叠字漏读): `11日` as `1日`, `22日` as `2日`.

The recogniser makes one letter of equal ones side by side, unless it sees the gap between them, and is sure of it. What
tells is the ink: two pieces of it, apart from each other, where one figure was read between two signs of a date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.gaps import BOX, inked
from pipeline.reading.page_image import Pixels

SIGNS = frozenset("年月日号")
WITHIN = 0.5
"""Of a letter's width: how far a sign reaches from its middle."""
TALL = 0.45
"""Of a letter's height: a piece of ink that is less tall is a speck, a comma or the rest of an underline."""


def may_be_doubled(crop: Pixels, letters: Sequence[str], places: NDArray[np.float64]) -> bool:
    """Whether a figure alone between two signs of a date shows two pieces of ink. `places`: the letters' middles in pixels."""
    alone = list(_alone(letters))
    if not alone:
        return False
    dark, em = inked(crop), crop.shape[0] / BOX
    for at in alone:
        cell = dark[:, max(0, round(places[at - 1] + WITHIN * em)) : round(places[at + 1] - WITHIN * em)]
        if _pieces(cell, em) > 1 or (letters[at] == "1" and _side_by_side(cell, em)):
            return True
    return False


def _alone(letters: Sequence[str]) -> Iterator[int]:
    """The figures 1 and 2, of which days and months are doubled, alone between two signs."""
    for at in range(1, len(letters) - 1):
        if letters[at] in "12" and letters[at - 1] in SIGNS and letters[at + 1] in SIGNS:
            yield at


def _side_by_side(dark: NDArray[np.bool_], em: float) -> bool:
    """Whether two strokes stand beside each other for much of their height, also where they touch: a 1 is one stroke."""
    runs = (np.diff(dark.astype(np.int8), axis=1, prepend=0, append=0) == 1).sum(axis=1)
    inked = int((runs > 0).sum())
    return inked >= TALL * em and int((runs > 1).sum()) >= BESIDE * inked


BESIDE = 0.4
"""Share of its height: the flag of a 1 stands beside its stem for a quarter."""


def _pieces(dark: NDArray[np.bool_], em: float) -> int:
    """Pieces of ink as tall as figures, with empty columns between them."""
    filled = dark.any(axis=0)
    edges = np.flatnonzero(np.diff(np.r_[False, filled, False]))
    pieces = zip(edges[::2], edges[1::2], strict=True)
    return sum(int(dark[:, start:end].any(axis=1).sum()) >= TALL * em for start, end in pieces)
