"""Seals (印章) on a page: round ones by their ring, oval and square ones by their outline."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.circles import propose_circles
from pipeline.reading.marks.planes import Planes, take_apart
from pipeline.reading.marks.rings import Ring, fit_ring
from schemas.base import State
from schemas.reading import Seal, SealColour, SealShape

RED_THRESHOLD = 14.0
"""Red above paper. 22 missed 4 of 6 seals on poor scans; below 10 the chroma noise of a JPEG begins."""
BLUE_THRESHOLD = 20.0
DARK_THRESHOLD = 40.0


@dataclass(frozen=True)
class Verdict:
    """What a ring was judged to be."""

    state: State
    score: float


def find_seals(image: NDArray[np.uint8], dpi: float) -> tuple[Seal, ...]:
    """All seals of an upright page (BGR or grey), best first. Boxes are page fractions."""
    planes = take_apart(image, dpi)
    found: list[Seal] = []
    if planes.red is not None and planes.blue is not None:
        found += _round_seals(planes, planes.red, RED_THRESHOLD, SealColour.RED)
        found += _round_seals(planes, planes.blue, BLUE_THRESHOLD, SealColour.BLUE)
    else:
        found += _round_seals(planes, planes.dark, DARK_THRESHOLD, SealColour.GREY)
    return tuple(sorted(found, key=lambda seal: -seal.score))


def _round_seals(planes: Planes, strength: NDArray[np.float32], threshold: float, colour: SealColour) -> list[Seal]:
    ink = np.where(strength > threshold, np.uint8(255), np.uint8(0))
    judged: list[tuple[Ring, Verdict]] = []
    for circle in propose_circles(strength, planes.mm, threshold):
        ring = fit_ring(ink, circle, planes.mm)
        verdict = judge_ring(ring, planes.mm, colour)
        if verdict is not None:
            judged.append((ring, verdict))
    judged.sort(key=lambda pair: -pair[1].score)
    kept: list[tuple[Ring, Verdict]] = []
    for ring, verdict in judged:
        if not any(_same_seal(ring, other) for other, _ in kept):
            kept.append((ring, verdict))
    return [_seal(planes, ring, verdict, colour) for ring, verdict in kept]


def judge_ring(ring: Ring, mm: float, colour: SealColour) -> Verdict | None:
    """FOUND, UNCERTAIN, or None for something that is not a seal."""
    wide = 2 * ring.radius / mm
    if not 20.0 <= wide <= 64.0 or ring.filled > 0.75:
        return None
    if ring.coverage < 0.5 or ring.prominence < 0.3 or ring.inside < 0.25:
        return None
    score = min(1.0, (ring.coverage - 0.4) / 0.5) * min(1.0, (ring.prominence - 0.1) / 0.5)
    sure = ring.coverage >= 0.6 and ring.prominence >= 0.35 and wide >= 23.0
    return Verdict(State.FOUND if sure else State.UNCERTAIN, round(max(0.05, score), 3))


def _same_seal(one: Ring, other: Ring) -> bool:
    """A ring within another, or a double-struck one: one seal."""
    apart = float(np.hypot(one.x - other.x, one.y - other.y))
    return apart < 0.45 * max(one.radius, other.radius)


def _seal(planes: Planes, ring: Ring, verdict: Verdict, colour: SealColour) -> Seal:
    x0, y0 = ring.x - ring.radius, ring.y - ring.radius
    x1, y1 = ring.x + ring.radius, ring.y + ring.radius
    return Seal(
        box=(
            _fraction(x0, planes.width),
            _fraction(y0, planes.height),
            _fraction(x1, planes.width),
            _fraction(y1, planes.height),
        ),
        colour=colour,
        shape=SealShape.ROUND,
        state=verdict.state,
        score=verdict.score,
        at_edge=ring.visible < 0.97,
    )


def _fraction(value: float, size: int) -> float:
    return min(1.0, max(0.0, value / size))
