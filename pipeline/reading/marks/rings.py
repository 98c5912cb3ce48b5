"""Is this circle the ring of a seal? Measured on the page unrolled around the circle's centre."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.circles import Circle

ANGLES = 180
STEPS = 60
"""Radial samples between the centre and `REACH` radii."""
REACH = 1.2


def _band(start: float, stop: float) -> slice:
    return slice(int(start / REACH * STEPS), max(int(start / REACH * STEPS) + 1, int(np.ceil(stop / REACH * STEPS))))


RING, INNER, OUTER = _band(0.96, 1.03), _band(0.89, 0.94), _band(1.07, 1.13)
WORDS, OUTSIDE = _band(0.55, 0.87), _band(1.08, 1.18)
MIDDLE, AROUND_MIDDLE = _band(0.0, 0.13), _band(0.37, 0.48)
"""Stars reach to 0.28-0.36 of the radius, their solid core to 0.12."""
SECTORS = 30
SECTOR_INK, CLEAN = 0.12, 0.04
"""Mean ink of a sector that holds part of a character, and of one that holds dust."""
BREAK = 4
"""Angles without ink (8 degrees) that worn ink leaves in a ring."""


@dataclass(frozen=True)
class Ring:
    """A circle fitted to the ink, and what the ink looks like along and inside it."""

    x: float
    y: float
    radius: float
    coverage: float
    """Share of the visible angles with ink on the ring."""
    prominence: float
    """Ink on the ring minus ink just inside and outside: print that crosses a circle has none."""
    inside: float
    """Share of angles with ink where a seal has its words (0.55 to 0.88 of the radius)."""
    gap: float
    """Ink among the words minus ink in the clear band between words and ring."""
    filled: float
    """Mean ink inside: an emblem or a blot is full, a seal is not."""
    visible: float
    """Share of the angles that lie on the page."""
    star: float = 0.0
    """Ink in the middle minus ink around the middle: a star is solid and stands alone, print is neither."""
    alone: float = 0.0
    """Share of all directions with words inside the ring and clean paper outside: print that runs through a circle
    has none."""
    strokes: int = 0
    """How many strokes lie side by side where a seal has its words."""
    arc: float = 0.0
    """The longest unbroken piece of the ring, as a share of the circle."""
    arc_prominence: float = 0.0
    """Prominence along that piece alone."""


def fit_ring(ink: NDArray[np.uint8], circle: Circle, mm: float) -> Ring:
    """Move and resize the circle until it lies on the ink as well as it can."""
    coarse = _best_circle(ink, circle, np.arange(-2, 3) * mm * 0.8, np.linspace(0.9, 1.1, 9))
    fine = _best_circle(ink, coarse, np.arange(-1, 2) * mm * 0.35, np.linspace(0.98, 1.02, 5))
    return measure_ring(ink, fine.x, fine.y, fine.radius)


def _best_circle(
    ink: NDArray[np.uint8], circle: Circle, offsets: NDArray[np.floating[Any]], shares: NDArray[np.floating[Any]]
) -> Circle:
    """The circle covered best among the shifted and resized ones."""
    angles = np.linspace(0, 2 * np.pi, ANGLES // 2, endpoint=False, dtype=np.float32)
    dy, dx, radii = (
        part.reshape(-1, 1).astype(np.float32)
        for part in np.meshgrid(offsets, offsets, circle.radius * shares, indexing="ij")
    )
    px = np.float32(circle.x) + dx + radii * np.cos(angles)
    py = np.float32(circle.y) + dy + radii * np.sin(angles)
    hits = cv2.remap(ink, px, py, cv2.INTER_NEAREST, borderValue=0).mean(axis=1)
    at = int(hits.argmax())
    return Circle(circle.x + float(dx[at, 0]), circle.y + float(dy[at, 0]), float(radii[at, 0]), circle.votes)


def unroll(ink: NDArray[np.uint8], x: float, y: float, radius: float) -> NDArray[np.uint8]:
    """Rows are angles, columns run from the centre to `REACH` radii."""
    size = (STEPS, ANGLES)
    flags = cv2.WARP_POLAR_LINEAR | cv2.INTER_LINEAR | cv2.WARP_FILL_OUTLIERS
    return np.asarray(cv2.warpPolar(ink, size, (x, y), radius * REACH, flags), np.uint8)


def measure_ring(ink: NDArray[np.uint8], x: float, y: float, radius: float) -> Ring:
    """Measure a circle on a 0/255 ink mask."""
    polar = unroll(ink, x, y, radius) > 100  # noqa: PLR2004 - half of full ink after interpolation
    on_page = _visible_angles(ink.shape, x, y, radius)
    star = float(polar[:, MIDDLE].mean()) - float(polar[:, AROUND_MIDDLE].mean())
    arc = polar[_longest_run(polar[:, RING].any(axis=1) & on_page)]
    alone = _words_alone(polar, on_page)
    strokes = _strokes(polar)
    polar = polar[on_page]
    if len(polar) < ANGLES // 12:
        return Ring(x, y, radius, 0.0, 0.0, 0.0, 0.0, 0.0, len(polar) / ANGLES)
    profile = polar.mean(axis=0)
    return Ring(
        x,
        y,
        radius,
        coverage=float(polar[:, RING].any(axis=1).mean()),
        prominence=_prominence(polar),
        inside=float(polar[:, WORDS].any(axis=1).mean()),
        gap=float(profile[WORDS].mean()) - float(profile[INNER].min()),
        filled=float(polar[:, : WORDS.stop].mean()),
        visible=len(polar) / ANGLES,
        star=star,
        alone=alone,
        strokes=strokes,
        arc=len(arc) / ANGLES,
        arc_prominence=_prominence(arc) if len(arc) else 0.0,
    )


def with_words_of(fine: Ring, ring: Ring) -> tuple[Ring, Ring]:
    """A ring as thick ink shows it, with its words as that shows them, and as all ink does: words have the thinnest strokes
    of a seal, but those of print may lie among them. Whether words stand alone is told by all ink in either."""
    bare = replace(ring, alone=fine.alone)
    return bare, replace(bare, inside=fine.inside, gap=fine.gap, strokes=fine.strokes)


def _prominence(polar: NDArray[np.bool_]) -> float:
    profile = polar.mean(axis=0)
    beside = (float(profile[INNER].min()) + float(profile[OUTER].min())) / 2
    return float(profile[RING].max()) - beside


def _strokes(polar: NDArray[np.bool_]) -> int:
    band = polar[:, WORDS]
    runs = (band & ~np.roll(band, 1, axis=0)).sum(axis=0)
    return int(np.median(runs))


def _words_alone(polar: NDArray[np.bool_], on_page: NDArray[np.bool_]) -> float:
    """Directions are taken by the sector, about a character wide, so that the gaps between characters do not count."""
    sectors = (SECTORS, ANGLES // SECTORS)
    inside = polar[:, WORDS].mean(axis=1).reshape(sectors).mean(axis=1) > SECTOR_INK
    outside = polar[:, OUTSIDE].mean(axis=1).reshape(sectors).mean(axis=1) > CLEAN
    return float((inside & ~outside & on_page.reshape(sectors).all(axis=1)).mean())


def _longest_run(covered: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Indices of the longest run of covered angles around the circle, breaks of `BREAK` angles bridged."""
    if not covered.any():
        return np.zeros(0, np.intp)
    start = int(np.flatnonzero(covered)[0])
    at = np.flatnonzero(np.roll(covered, -start))
    parts = np.split(at, np.flatnonzero(np.diff(at) > BREAK) + 1)
    if len(parts) > 1 and ANGLES - parts[-1][-1] <= BREAK:
        parts = [np.concatenate([parts[-1], parts[0]]), *parts[1:-1]]
    return np.asarray((max(parts, key=len) + start) % ANGLES, np.intp)


def _visible_angles(shape: tuple[int, ...], x: float, y: float, radius: float) -> NDArray[np.bool_]:
    angles = np.linspace(0, 2 * np.pi, ANGLES, endpoint=False)
    px, py = x + radius * np.cos(angles), y + radius * np.sin(angles)
    return np.asarray((px >= 0) & (px < shape[1] - 1) & (py >= 0) & (py < shape[0] - 1), np.bool_)
