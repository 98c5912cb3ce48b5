"""How much what stands at a place (签名处) looks like a pen's, character by character, against the print of its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.pen_lines import MOST_ODDS, is_judged, networks, usual_print
from pipeline.reading.marks.planes import red_of
from pipeline.reading.marks.strokes import OWN, Floats, measure_strokes, with_context
from schemas.base import Box
from schemas.reading import Line

MOST_LINES = 16
"""The longest lines of a page say enough of its print."""
ROOM = 0.42
"""Height that is added to what is looked at, as detection leaves room around a line. 0.2 and 0.6 tell less."""


@dataclass(frozen=True, eq=False)
class PenEye:
    """A page whose print is measured when something is first held against it."""

    image: NDArray[np.uint8]
    lines: Sequence[Line]

    def odds(self, box: Box) -> Floats:
        """Log odds of a pen for each character in the box; none where nothing can be told."""
        strokes = measure_strokes(self._red, [self._corners(box, ROOM)])
        if not len(strokes.measures):
            return np.zeros(0)
        first, second = networks()
        own, features = strokes.measures[:, :OWN], with_context(strokes)
        apart = np.zeros_like(own) if self._print is None else own - self._print
        odds = second(np.concatenate([features, apart, first(features)[:, None]], axis=1))
        return np.asarray(np.clip(odds, -MOST_ODDS, MOST_ODDS)[is_judged(own)])

    @cached_property
    def _red(self) -> NDArray[np.uint8]:
        return red_of(self.image)

    @cached_property
    def _print(self) -> Floats | None:
        printed = [line.box for line in self.lines if not line.handwritten]
        longest = sorted(printed, key=lambda box: box[0] - box[2])[:MOST_LINES]
        strokes = measure_strokes(self._red, [self._corners(box, 0.0) for box in longest])
        if not len(strokes.measures):
            return None
        return usual_print(networks()[0](with_context(strokes)), strokes.measures[:, :OWN])

    def _corners(self, box: Box, room: float) -> NDArray[np.float32]:
        height, width = self.image.shape[:2]
        rim = room / 2 * (box[3] - box[1]) * height
        left, right = box[0] * width - rim, box[2] * width + rim
        top, bottom = box[1] * height - rim, box[3] * height + rim
        return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
