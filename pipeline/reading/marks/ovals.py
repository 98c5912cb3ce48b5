"""Oval seals (椭圆章) that no outline gives away: photocopied ones, and those that lie over print or another seal.

The page is squeezed until an oval is nearly a circle; circles are voted for there, and each is then fitted as an oval.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.circles import propose_circles
from pipeline.reading.marks.outlines import Outline, oval_outline

SQUEEZE = 1.4
"""Seals for invoices and contracts measure 40 x 30, 45 x 30 and 38 x 27 mm."""
HALF_HEIGHT_MM = (12.0, 18.0)
MOST_OVALS = 3
TILTS = (-16.0, -8.0, 0.0, 8.0, 16.0)
ANGLES = 72
COVERED, PROMINENT = 0.85, 0.5
"""Copied ovals 0.87 to 1 and 0.54 to 0.95. Ovals fitted to print or to a round seal's words reach 0.83 and 0.52, not both."""


@dataclass(frozen=True)
class Oval:
    """Working pixels; `tilt` in degrees, positive clockwise as the picture is seen."""

    x: float
    y: float
    half_width: float
    half_height: float
    tilt: float


def find_ovals(strength: NDArray[np.float32], ink: NDArray[np.uint8], mm: float, threshold: float) -> list[Outline]:
    """Level ovals, wider than tall, in an ink plane and its 0/255 mask."""
    width = max(1, round(strength.shape[1] / SQUEEZE))
    squeeze = strength.shape[1] / width
    narrow = np.asarray(cv2.resize(strength, (width, strength.shape[0]), interpolation=cv2.INTER_AREA), np.float32)
    found = []
    for circle in propose_circles(narrow, mm, threshold, HALF_HEIGHT_MM)[:MOST_OVALS]:
        oval = Oval(circle.x * squeeze, circle.y, circle.radius * SQUEEZE, circle.radius, 0.0)
        for step, tilts in ((1.0, TILTS), (0.4, (-4.0, 0.0, 4.0)), (0.2, (-2.0, 0.0, 2.0))):
            oval = _better(ink, oval, step * mm, tilts)
        axes = (2 * oval.half_width, 2 * oval.half_height)
        outline = oval_outline(ink, (oval.x, oval.y), axes, oval.tilt)
        if outline.ring is not None and outline.ring.coverage >= COVERED and outline.ring.prominence >= PROMINENT:
            found.append(outline)
    return found


def _better(ink: NDArray[np.uint8], oval: Oval, step: float, tilts: tuple[float, ...]) -> Oval:
    """The oval covered best among those moved, stretched and tilted by a step."""
    shifts = np.array(list(product((-1, 0, 1), repeat=4)), np.float32) * np.float32(step)
    turns = np.linspace(0, 2 * np.pi, ANGLES, endpoint=False)
    best, most = oval, -1.0
    for tilt in tilts:
        lean = np.radians(oval.tilt + tilt)
        along = (oval.half_width + shifts[:, 2:3]) * np.cos(turns)
        across = (oval.half_height + shifts[:, 3:4]) * np.sin(turns)
        px = oval.x + shifts[:, 0:1] + along * np.cos(lean) - across * np.sin(lean)
        py = oval.y + shifts[:, 1:2] + along * np.sin(lean) + across * np.cos(lean)
        covered = _hits(ink, px, py).mean(axis=1)
        at = int(covered.argmax())
        if covered[at] > most:
            dx, dy, dw, dh = (float(part) for part in shifts[at])
            most = float(covered[at])
            best = Oval(oval.x + dx, oval.y + dy, oval.half_width + dw, oval.half_height + dh, oval.tilt + tilt)
    return best


def _hits(ink: NDArray[np.uint8], px: NDArray[np.float64], py: NDArray[np.float64]) -> NDArray[np.bool_]:
    ix, iy = np.rint(px).astype(np.int32), np.rint(py).astype(np.int32)
    inside = (ix >= 0) & (ix < ink.shape[1]) & (iy >= 0) & (iy < ink.shape[0])
    values = ink[np.clip(iy, 0, ink.shape[0] - 1), np.clip(ix, 0, ink.shape[1] - 1)]
    return np.asarray((values > 0) & inside, np.bool_)
