"""Oval and square outlines among the coloured ink of a page."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.rings import REACH, Ring, measure_ring
from schemas.reading import SealShape

SIZE_MM = (8.0, 66.0)
JOIN_MM = 1.6
"""Breaks in a worn outline that are closed before ink is taken to hang together."""
OVAL_ASPECT = (1.12, 2.0)
UNIT = 40.0
"""Radius in pixels that an oval is brought to before its ring is measured."""
EVEN = 0.7
LEAST_CORNERS = 5
"""An ellipse has five unknowns."""
CORNER = 0.08
"""Of a rectangle's shorter side: ink this near to a corner is the corner's. An oval leaves 0.15 of it free."""
SIDE_MM = 0.9
"""How far from the fitted rectangle the ink of a side may lie."""


@dataclass(frozen=True)
class Outline:
    """An oval with its ring measured, or a rectangle with its sides. Working pixels; the box is upright."""

    shape: SealShape
    x: float
    y: float
    width: float
    height: float
    long_side: float
    short_side: float
    ring: Ring | None = None
    weakest_side: float = 0.0
    """Share of the weakest side that is inked."""
    content: float = 0.0
    """Share of ink inside the frame."""
    even: float = 0.0
    """Share of the inside that is nearly as strong as its strongest ink: 1 for a coloured field, less where there are
    characters, also white ones."""
    crowded: float = 0.0
    """Share of the busiest side with ink of the same colour just outside."""
    corners: int = 4
    """Of a frame, how many of its corners are inked."""


def find_outlines(strength: NDArray[np.float32], ink: NDArray[np.uint8], mm: float) -> list[Outline]:
    """Ovals and rectangles of a seal's size in an ink plane and its 0/255 mask."""
    if not ink.any():
        return []
    side = int(JOIN_MM * mm) | 1
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    found: list[Outline] = []
    for index in range(1, count):
        x, y, w, h, _ = (int(value) for value in stats[index])
        if not SIZE_MM[0] * mm <= max(w, h) <= SIZE_MM[1] * mm or min(w, h) < SIZE_MM[0] * mm:
            continue
        own = (labels[y : y + h, x : x + w] == index) & (ink[y : y + h, x : x + w] > 0)
        points = np.argwhere(own)[:, ::-1].astype(np.float32) + np.array([x, y], np.float32)
        hull = np.asarray(cv2.convexHull(points), np.float32)
        found += [outline for outline in (_oval(ink, hull), _rectangle(strength, ink, hull, mm)) if outline is not None]
    return found


def _oval(ink: NDArray[np.uint8], hull: NDArray[np.float32]) -> Outline | None:
    if len(hull) < LEAST_CORNERS:
        return None
    centre, axes, degrees = cv2.fitEllipse(hull)
    short, long = sorted(axes)
    if short <= 0 or not OVAL_ASPECT[0] <= long / short <= OVAL_ASPECT[1]:
        return None
    return oval_outline(ink, (centre[0], centre[1]), (axes[0], axes[1]), degrees)


def oval_outline(
    ink: NDArray[np.uint8], centre: tuple[float, float], axes: tuple[float, float], degrees: float
) -> Outline:
    """An oval with its ring measured. `axes` are whole lengths, the first turned clockwise by `degrees` from level."""
    best: Ring | None = None
    for shrink in (1.0, 0.97, 0.94):
        ring = measure_ring(_rounded(ink, centre, (axes[0] * shrink, axes[1] * shrink), degrees), *MIDDLE, UNIT)
        if best is None or ring.coverage + ring.prominence > best.coverage + best.prominence:
            best = ring
    turn, (short, long) = np.radians(degrees), sorted(axes)
    width = 2 * np.hypot(axes[0] / 2 * np.cos(turn), axes[1] / 2 * np.sin(turn))
    height = 2 * np.hypot(axes[0] / 2 * np.sin(turn), axes[1] / 2 * np.cos(turn))
    return Outline(SealShape.OVAL, *centre, float(width), float(height), long, short, ring=best)


MIDDLE = (UNIT * REACH + 2, UNIT * REACH + 2)


def _rounded(
    ink: NDArray[np.uint8], centre: tuple[float, float], axes: tuple[float, float], degrees: float
) -> NDArray[np.uint8]:
    """The oval's surroundings stretched so that the oval becomes a circle of radius `UNIT` around `MIDDLE`."""
    turn = np.radians(degrees)
    along = np.array([np.cos(turn), np.sin(turn)]) * axes[0] / 2 / UNIT
    across = np.array([-np.sin(turn), np.cos(turn)]) * axes[1] / 2 / UNIT
    matrix = np.column_stack([along, across])
    shift = np.array(centre) - matrix @ np.array(MIDDLE)
    size = int(2 * MIDDLE[0]) + 1
    to_source = np.column_stack([matrix, shift]).astype(np.float32)
    warped = cv2.warpAffine(ink, to_source, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    return np.asarray(warped, np.uint8)


def _rectangle(
    strength: NDArray[np.float32], ink: NDArray[np.uint8], hull: NDArray[np.float32], mm: float
) -> Outline | None:
    rectangle = cv2.minAreaRect(hull)
    corners = cv2.boxPoints(rectangle).astype(np.float32)
    long, short = max(rectangle[1]), min(rectangle[1])
    if short < SIZE_MM[0] * mm:
        return None
    across = np.linalg.norm(corners[1] - corners[0])
    down = np.linalg.norm(corners[2] - corners[1])
    size = (max(1, round(float(across))), max(1, round(float(down))))
    edge = max(1, round(SIDE_MM * mm))
    rim = 3 * edge
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]]], np.float32) + rim
    upright, whole = cv2.getAffineTransform(corners[:3], target), (size[0] + 2 * rim, size[1] + 2 * rim)
    around = cv2.warpAffine(ink, upright, whole) > 0
    deep = cv2.warpAffine(strength, upright, whole)[rim + 2 * edge : -rim - 2 * edge, rim + 2 * edge : -rim - 2 * edge]
    outside = (around[: rim - edge], around[edge - rim :], around[:, : rim - edge].T, around[:, edge - rim :].T)
    flat = around[rim:-rim, rim:-rim]
    sides = (flat[:edge].any(axis=0), flat[-edge:].any(axis=0), flat[:, :edge].any(axis=1), flat[:, -edge:].any(axis=1))
    near = max(1, round(CORNER * min(flat.shape)))
    ends = slice(None, near), slice(-near, None)
    inner = flat[2 * edge : -2 * edge, 2 * edge : -2 * edge]
    x0, y0 = corners.min(axis=0)
    x1, y1 = corners.max(axis=0)
    return Outline(
        SealShape.SQUARE,
        float(x0 + x1) / 2,
        float(y0 + y1) / 2,
        float(x1 - x0),
        float(y1 - y0),
        long,
        short,
        weakest_side=float(min(side.mean() for side in sides)),
        content=float(inner.mean()) if inner.size else 0.0,
        even=float((deep > EVEN * np.percentile(deep, 90)).mean()) if deep.size else 1.0,
        crowded=float(max(side.any(axis=0).mean() for side in outside)),
        corners=sum(bool(flat[rows, columns].any()) for rows in ends for columns in ends),
    )
