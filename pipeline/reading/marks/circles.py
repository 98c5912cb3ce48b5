"""Where circles may be: every edge point votes for the centres that its gradient points at.

Voting survives what a connected-component search does not: two seals over each other, a seal over a red line, a ring
with gaps, a ring of which a third lies outside the page.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

RADII_MM = (10.0, 32.0)
"""Seals are 25 to 60 mm wide; the margin lets a distorted copy in."""
BAND_MM = 1.0
"""Step of the radii voted for."""
OUTSIDE_MM = 24.0
"""How far outside the page a centre may lie (seam seals)."""
MIN_VOTES = 0.10
"""Votes over twice the circumference. A third of a clean ring gives 0.2, print gives 0.03 (drawn pages)."""
MAX_PROPOSALS = 14


@dataclass(frozen=True)
class Circle:
    """Centre and radius in working pixels; `votes` as a share of the circumference."""

    x: float
    y: float
    radius: float
    votes: float


def propose_circles(strength: NDArray[np.float32], mm: float, threshold: float) -> list[Circle]:
    """Circles that may be rings, best first. `strength` is an ink plane, `mm` its pixels a millimetre."""
    half = np.asarray(cv2.resize(strength, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.float32)
    unit = mm / 2
    points = _edge_points(half, threshold)
    if points[0].size < 2 * np.pi * RADII_MM[0] * unit * 0.3:
        return []
    radii = np.arange(RADII_MM[0], RADII_MM[1] + BAND_MM, BAND_MM, dtype=np.float32) * np.float32(unit)
    pad = int(OUTSIDE_MM * unit)
    votes = _vote(points, radii, (half.shape[0] + 2 * pad, half.shape[1] + 2 * pad), pad)
    return _peaks(votes, radii, pad, unit)


def _edge_points(plane: NDArray[np.float32], threshold: float) -> tuple[NDArray[np.float32], ...]:
    """x, y and unit gradient of the points where ink begins or ends."""
    smooth = cv2.GaussianBlur(plane, (3, 3), 0)
    gx = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=0.25)
    gy = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=0.25)
    size = cv2.magnitude(gx, gy)
    ys, xs = np.nonzero(size > threshold / 2)
    weight = size[ys, xs]
    return xs.astype(np.float32), ys.astype(np.float32), gx[ys, xs] / weight, gy[ys, xs] / weight


def _vote(
    points: tuple[NDArray[np.float32], ...], radii: NDArray[np.float32], shape: tuple[int, int], pad: int
) -> NDArray[np.float32]:
    """Votes by radius, row and column, as a share of the circle's circumference (both edges of the stroke count)."""
    xs, ys, gx, gy = points
    height, width = shape
    votes = np.zeros((len(radii), height, width), np.float32)
    for layer, radius in enumerate(radii):
        for way in (radius, -radius):
            cx = np.rint(xs + way * gx).astype(np.int32) + pad
            cy = np.rint(ys + way * gy).astype(np.int32) + pad
            inside = (cx >= 0) & (cx < width) & (cy >= 0) & (cy < height)
            counts = np.bincount(cy[inside] * width + cx[inside], minlength=height * width)
            votes[layer] += counts.reshape(height, width)
        votes[layer] = cv2.boxFilter(votes[layer], -1, (5, 5), normalize=False) / (4 * np.pi * radius)
    votes[1:-1] = (votes[:-2] + 2 * votes[1:-1] + votes[2:]) / 2
    return votes


def _peaks(votes: NDArray[np.float32], radii: NDArray[np.float32], pad: int, unit: float) -> list[Circle]:
    best = votes.max(axis=0)
    side = int(6 * unit) | 1
    top = (best == cv2.dilate(best, np.ones((side, side), np.uint8))) & (best > MIN_VOTES)
    ys, xs = np.nonzero(top)
    order = np.argsort(-best[ys, xs])[:MAX_PROPOSALS]
    found = []
    for y, x in zip(ys[order], xs[order], strict=True):
        radius = radii[int(votes[:, y, x].argmax())]
        found.append(Circle((x - pad) * 2.0 + 0.5, (y - pad) * 2.0 + 0.5, float(radius) * 2, float(best[y, x])))
    return found
