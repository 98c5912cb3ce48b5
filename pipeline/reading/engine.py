"""What an engine must be able to do, and what it says of a line.

An engine knows pictures and text, not pages: turning, ordering, seals and cache are the room's own work. `engines.py`
loads them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.page_image import Pixels
from schemas.reading import Doubt


@dataclass(frozen=True, eq=False)
class RawLine:
    """One line as an engine reads it, in pixels of the picture it was given."""

    text: str
    score: float
    corners: NDArray[np.float32]
    """Four (x, y): top left, top right, bottom right, bottom left, as the line is read."""
    weakest_digit: float = 1.0
    """Score of the least sure digit in the line; a line's mean hides one doubtful digit among twenty sure ones."""
    miscounted: bool = False
    """Whether a 一, 二 or 三 of it shows more or fewer level strokes than it has."""
    doubts: tuple[Doubt, ...] = ()
    """Other letters that may stand in `text`; whoever changes the text moves or drops them (`doubts.py`)."""


class Engine(Protocol):
    """Reads upright pictures (识读引擎)."""

    @property
    def name(self) -> str:
        """Name and version, for the cache and the report."""

    def read(self, image: Pixels, dpi: float | None = None) -> list[RawLine]:
        """All lines of a picture, in any order, scores from 0 to 1. `dpi` helps to choose the working size."""

    def read_line(self, image: Pixels) -> RawLine:
        """The text of a picture that is one line and nothing else."""


def strip_reader(engine: Engine) -> Callable[[Pixels], tuple[str, float]]:
    """Reads a picture of one line, grey or BGR, as the search for marks asks for it: text and score."""

    def read(strip: Pixels) -> tuple[str, float]:
        line = engine.read_line(
            strip if strip.ndim > GREY else np.asarray(cv2.cvtColor(strip, cv2.COLOR_GRAY2BGR), np.uint8)
        )
        return line.text, line.score

    return read


GREY = 2
"""Axes of a grey picture."""
