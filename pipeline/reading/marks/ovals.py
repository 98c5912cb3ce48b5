"""Oval seals (椭圆章) that no outline gives away: photocopied ones, and those that lie over print or another seal.

The page is squeezed until an oval is nearly a circle; circles are voted for there, and each is then fitted as an oval.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.circles import propose_circles
from pipeline.reading.marks.outlines import OVAL_ASPECT, Outline, oval_outline
from pipeline.reading.marks.rings import with_words_of

SQUEEZE = 1.4
"""Seals for invoices and contracts measure 40 x 30, 45 x 30 and 38 x 27 mm."""
HALF_HEIGHT_MM = (12.0, 18.0)
MOST_OVALS = 3
TILTS = (-16.0, -8.0, 0.0, 8.0, 16.0)
ROUNDS = ((1.0, TILTS, 4), (0.4, (-4.0, 0.0, 4.0), 2), (0.2, (-2.0, 0.0, 2.0), 1))
"""Steps in millimetres, turns in degrees and how often at most each is taken: a circle voted for among the ends of a long
oval lies 3 mm beside its middle."""
FULL = 255
HOPELESS = 0.35
"""Covered share after the first step: true ovals 0.38 and more, circles that print and paper vote for 0.2 to 0.6."""
TURNS = np.linspace(0, 2 * np.pi, 72, endpoint=False, dtype=np.float32)
SHIFTS = np.array(list(product((-1, 0, 1), repeat=4)), np.float32)
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


def find_ovals(
    strength: NDArray[np.float32], ink: NDArray[np.uint8], fine: NDArray[np.uint8], mm: float, threshold: float
) -> list[Outline]:
    """Level ovals, wider than tall, in an ink plane and its 0/255 mask; their words are also looked for in `fine` ink."""
    width = max(1, round(strength.shape[1] / SQUEEZE))
    squeeze = strength.shape[1] / width
    narrow = np.asarray(cv2.resize(strength, (width, strength.shape[0]), interpolation=cv2.INTER_AREA), np.float32)
    found = []
    for circle in propose_circles(narrow, mm, threshold, HALF_HEIGHT_MM)[:MOST_OVALS]:
        fitted = _fitted(ink, Oval(circle.x * squeeze, circle.y, circle.radius * SQUEEZE, circle.radius, 0.0), mm)
        if fitted is None:
            continue
        oval = fitted
        axes = (2 * oval.half_width, 2 * oval.half_height)
        outline = oval_outline(ink, (oval.x, oval.y), axes, oval.tilt)
        if not OVAL_ASPECT[0] <= outline.long_side / outline.short_side <= OVAL_ASPECT[1]:
            continue  # a round seal, fitted a hair wider than tall
        if outline.ring is not None and outline.ring.coverage >= COVERED and outline.ring.prominence >= PROMINENT:
            words = outline.ring if fine is ink else oval_outline(fine, (oval.x, oval.y), axes, oval.tilt).ring
            rings = (outline.ring,) if fine is ink or words is None else with_words_of(words, outline.ring)
            found += [replace(outline, ring=ring) for ring in rings]
    return found


def _fitted(ink: NDArray[np.uint8], oval: Oval, mm: float) -> Oval | None:
    """The oval moved, stretched and tilted until ink covers it as well as it can; None where it will not."""
    for step, tilts, times in ROUNDS:
        for _ in range(times):
            moved, covered = _better(ink, oval, step * mm, tilts)
            settled, oval = moved == oval, moved
            if covered < HOPELESS * FULL:
                return None
            if settled:
                break
    return oval


def _better(ink: NDArray[np.uint8], oval: Oval, step: float, tilts: tuple[float, ...]) -> tuple[Oval, float]:
    """The oval covered best among those moved, stretched and tilted by a step, and how well it is covered."""
    shifts = SHIFTS * np.float32(step)
    best, most = oval, -1.0
    along = (np.float32(oval.half_width) + shifts[:, 2:3]) * np.cos(TURNS)
    across = (np.float32(oval.half_height) + shifts[:, 3:4]) * np.sin(TURNS)
    for tilt in tilts:
        lean = np.radians(oval.tilt + tilt)
        cos, sin = np.float32(np.cos(lean)), np.float32(np.sin(lean))
        px = np.float32(oval.x) + shifts[:, 0:1] + along * cos - across * sin
        py = np.float32(oval.y) + shifts[:, 1:2] + along * sin + across * cos
        covered = cv2.remap(ink, px, py, cv2.INTER_NEAREST, borderValue=0).mean(axis=1)
        at = int(covered.argmax())
        if covered[at] > most:
            dx, dy, dw, dh = (float(part) for part in shifts[at])
            most = float(covered[at])
            best = Oval(oval.x + dx, oval.y + dy, oval.half_width + dw, oval.half_height + dh, oval.tilt + tilt)
    return best, most
