"""Is this circle the ring of a seal? Measured on the page unrolled around the circle's centre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.circles import Circle

ANGLES = 180
STEPS = 60
"""Radial samples between the centre and `REACH` radii."""
REACH = 1.2


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


def fit_ring(ink: NDArray[np.uint8], circle: Circle, mm: float) -> Ring:
    """Move and resize the circle until it lies on the ink as well as it can."""
    coarse = _best_circle(ink, circle, np.arange(-2, 3) * mm * 0.8, np.linspace(0.9, 1.1, 9))
    fine = _best_circle(ink, coarse, np.arange(-1, 2) * mm * 0.35, np.linspace(0.98, 1.02, 5))
    return measure_ring(ink, fine.x, fine.y, fine.radius)


def _best_circle(
    ink: NDArray[np.uint8], circle: Circle, offsets: NDArray[np.floating[Any]], shares: NDArray[np.floating[Any]]
) -> Circle:
    """The circle covered best among the shifted and resized ones."""
    angles = np.linspace(0, 2 * np.pi, ANGLES // 2, endpoint=False)
    dy, dx, radii = (
        part.reshape(-1, 1) for part in np.meshgrid(offsets, offsets, circle.radius * shares, indexing="ij")
    )
    hits = _sample(ink, circle.x + dx + radii * np.cos(angles), circle.y + dy + radii * np.sin(angles)).mean(axis=1)
    at = int(hits.argmax())
    return Circle(circle.x + float(dx[at, 0]), circle.y + float(dy[at, 0]), float(radii[at, 0]), circle.votes)


def _sample(ink: NDArray[np.uint8], px: NDArray[np.float64], py: NDArray[np.float64]) -> NDArray[np.uint8]:
    ix = np.rint(px).astype(np.int32)
    iy = np.rint(py).astype(np.int32)
    inside = (ix >= 0) & (ix < ink.shape[1]) & (iy >= 0) & (iy < ink.shape[0])
    values = ink[np.clip(iy, 0, ink.shape[0] - 1), np.clip(ix, 0, ink.shape[1] - 1)]
    return np.where(inside, values, 0).astype(np.uint8)


def unroll(ink: NDArray[np.uint8], x: float, y: float, radius: float) -> NDArray[np.uint8]:
    """Rows are angles, columns run from the centre to `REACH` radii."""
    size = (STEPS, ANGLES)
    flags = cv2.WARP_POLAR_LINEAR | cv2.INTER_LINEAR | cv2.WARP_FILL_OUTLIERS
    return np.asarray(cv2.warpPolar(ink, size, (x, y), radius * REACH, flags), np.uint8)


def measure_ring(ink: NDArray[np.uint8], x: float, y: float, radius: float) -> Ring:
    """Measure a circle on a 0/255 ink mask."""
    polar = unroll(ink, x, y, radius) > 100  # noqa: PLR2004 - half of full ink after interpolation
    on_page = _visible_angles(ink.shape, x, y, radius)
    polar = polar[on_page]
    if len(polar) < ANGLES // 12:
        return Ring(x, y, radius, 0.0, 0.0, 0.0, 0.0, 0.0, len(polar) / ANGLES)
    profile = polar.mean(axis=0)
    ring, inner, outer = _band(0.96, 1.03), _band(0.89, 0.94), _band(1.07, 1.13)
    words = _band(0.55, 0.87)
    peak = float(profile[ring].max())
    beside = (float(profile[inner].min()) + float(profile[outer].min())) / 2
    return Ring(
        x,
        y,
        radius,
        coverage=float(polar[:, ring].any(axis=1).mean()),
        prominence=peak - beside,
        inside=float(polar[:, words].any(axis=1).mean()),
        gap=float(profile[words].mean()) - float(profile[inner].min()),
        filled=float(polar[:, : words.stop].mean()),
        visible=len(polar) / ANGLES,
    )


def _band(start: float, stop: float) -> slice:
    return slice(int(start / REACH * STEPS), max(int(start / REACH * STEPS) + 1, int(np.ceil(stop / REACH * STEPS))))


def _visible_angles(shape: tuple[int, ...], x: float, y: float, radius: float) -> NDArray[np.bool_]:
    angles = np.linspace(0, 2 * np.pi, ANGLES, endpoint=False)
    px, py = x + radius * np.cos(angles), y + radius * np.sin(angles)
    return np.asarray((px >= 0) & (px < shape[1] - 1) & (py >= 0) & (py < shape[0] - 1), np.bool_)
