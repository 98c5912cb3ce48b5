"""Where circles may be: every edge point votes for the centres that its gradient points at.

Voting survives what a connected-component search does not: two seals over each other, a seal over a red line, a ring
with gaps, a ring of which a third lies outside the page.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

RADII_MM = (11.0, 32.0)
"""Seals are 25 to 60 mm wide; the margin lets a distorted copy in."""
BAND_MM = 2.0
"""Step of the radii voted for."""
OUTSIDE_MM = 24.0
"""How far outside the page a centre may lie (seam seals)."""
COHERENCE_MM = 3.0
COHERENCE = 0.45
"""0 where strokes run in all directions, 1 along a straight stroke; measured: print 0.1-0.4, a ring 0.7-0.9."""
EDGE_SHARE = 0.33
"""Gradient a half-scale pixel over the ink threshold; blurring halves what a thin ring has."""
MIN_VOTES = 0.10
"""Votes over twice the circumference. A third of a clean ring gives 0.2, print gives 0.03 (drawn pages)."""
MAX_PROPOSALS = 5


@dataclass(frozen=True)
class Circle:
    """Centre and radius in working pixels; `votes` as a share of the circumference."""

    x: float
    y: float
    radius: float
    votes: float


def propose_circles(
    strength: NDArray[np.float32], mm: float, threshold: float, radii_mm: tuple[float, float] = RADII_MM
) -> list[Circle]:
    """Circles that may be rings, best first. `strength` is an ink plane, `mm` its pixels a millimetre."""
    half = np.asarray(cv2.resize(strength, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.float32)
    unit = mm / 2
    if 2 * float(half.max()) <= threshold * EDGE_SHARE:
        return []  # nowhere can the gradient be steep enough
    points = _edge_points(half, threshold, unit)
    if points[0].size < 2 * np.pi * radii_mm[0] * unit * MIN_VOTES:
        return []
    pad = int(OUTSIDE_MM * unit)
    left, top = int(points[0].min()) - pad, int(points[1].min()) - pad
    shape = (int(points[1].max()) + pad - top + 1, int(points[0].max()) + pad - left + 1)
    radii = np.arange(radii_mm[0], radii_mm[1] + BAND_MM, BAND_MM, dtype=np.float32) * np.float32(unit)
    best, layer = _vote((points[0] - left, points[1] - top, points[2], points[3]), radii, shape)
    return _peaks(best, radii[layer], (left, top), unit)


def _edge_points(plane: NDArray[np.float32], threshold: float, unit: float) -> tuple[NDArray[np.float32], ...]:
    """x, y and the direction across the stroke at the points where ink begins or ends.

    The direction is that of the surroundings, not the point's own: on a bilevel page the ring is a row of rough dots.

    Print turns every which way within a millimetre, a ring does not: points whose surroundings have no common
    direction stay out, which keeps a page of text from outvoting a grey seal.
    """
    smooth = cv2.GaussianBlur(plane, (5, 5), 1.1)
    gx = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=0.25)
    gy = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=0.25)
    side = (int(COHERENCE_MM * unit) | 1,) * 2
    xx, yy, xy = (cv2.boxFilter(part, -1, side) for part in (gx * gx, gy * gy, gx * gy))
    coherent = (xx - yy) ** 2 + 4 * xy * xy > (COHERENCE * (xx + yy)) ** 2
    ys, xs = np.nonzero((cv2.magnitude(gx, gy) > threshold * EDGE_SHARE) & coherent)
    across = 0.5 * np.arctan2(2 * xy[ys, xs], (xx - yy)[ys, xs])
    points = (xs, ys, np.cos(across), np.sin(across))
    return tuple(np.asarray(part, np.float32) for part in points)


def _vote(
    points: tuple[NDArray[np.float32], ...], radii: NDArray[np.float32], shape: tuple[int, int]
) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """For each centre the most votes of any radius, as a share of the circumference, and which radius that was.

    Votes count above those around: a page of text votes everywhere, a ring at one point. Chance votes grow with the
    root of the circumference, so the share is held against the root and large rings are not put last.
    """
    xs, ys, gx, gy = points
    height, width = shape
    usual = np.float32(np.median(radii))
    best = np.zeros(shape, np.float32)
    layers = np.zeros(shape, np.intp)
    for layer, radius in enumerate(radii):
        cx = np.concatenate([xs + radius * gx, xs - radius * gx]) + np.float32(0.5)
        cy = np.concatenate([ys + radius * gy, ys - radius * gy]) + np.float32(0.5)
        inside = (cx >= 0) & (cx < width) & (cy >= 0) & (cy < height)
        cells = cy[inside].astype(np.int32) * width + cx[inside].astype(np.int32)
        counts = np.bincount(cells, minlength=height * width).reshape(shape)
        near = cv2.boxFilter(counts.astype(np.uint16), -1, (5, 5), normalize=False)
        root = np.sqrt(radius * usual)
        # What lies around can only take votes away: centres without enough of them need no second look.
        places = np.flatnonzero(near > int(0.999 * MIN_VOTES * 4 * np.pi * float(root)))
        if not places.size:
            continue
        at = np.unravel_index(places, shape)
        around = cv2.boxFilter(counts.astype(np.float32), -1, (15, 15), normalize=False)[at]
        share = (near[at].astype(np.float32) - around * np.float32(25 / 225)) / np.float32(4 * np.pi) / root
        better = share > best[at]
        at = (at[0][better], at[1][better])
        best[at] = share[better]
        layers[at] = layer
    return best, layers


def _peaks(best: NDArray[np.float32], radii: NDArray[np.float32], corner: tuple[int, int], unit: float) -> list[Circle]:
    side = int(6 * unit) | 1
    top = (best == cv2.dilate(best, np.ones((side, side), np.uint8))) & (best > MIN_VOTES)
    ys, xs = np.nonzero(top)
    found = []
    for at in np.argsort(-best[ys, xs])[:MAX_PROPOSALS]:
        y, x = int(ys[at]), int(xs[at])
        centre = ((x + corner[0]) * 2.0 + 0.5, (y + corner[1]) * 2.0 + 0.5)
        found.append(Circle(*centre, float(radii[y, x]) * 2, float(best[y, x])))
    return found
