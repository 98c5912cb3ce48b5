"""Square frames whose sides print runs into: the frame of a seal (方章) without colour, over a sign-off.

Print that touches a frame makes one piece of both, of which no outline tells anything. So straight sides are looked
for, at several tilts, and four of them that make a square.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.outlines import EVEN, Outline
from schemas.reading import SealShape

Mask = NDArray[np.uint8]

TILTS = (0.0, -4.0, 4.0, -8.0, 8.0)
SIDE_MM = (9.0, 34.0)
STRAIGHT_MM = 5.0
"""No stroke of a character of running text is that long."""
LEAST_PIECE_MM = 7.5
LONGEST_MM = 44.0
"""Longer lines are those of tables and forms; a side is lengthened by print that runs into it, but not so far."""
NEAR_MM, THICK_MM = 1.3, 2.2
ASPECT = 1.22
LEAST_SIDE = 0.85
"""Share of each side that is straight ink: 0.97 to 1 for copied seals; squares among the modules of a code reach 0.83."""
RIM, UNIT = 0.12, 100
"""Share of a frame's width that its rim takes, and the side in pixels at which its inside is measured."""
CORNER = 4
"""Of `UNIT`: ink this near to a corner is the corner's."""
ON_MM, ON_SHARE, MOST_ON = 2.2, 0.9, 3
"""Lines of a table run on beyond the corners of a cell; those of a seal end there, unless print goes on by chance."""
MOST_PIECES = 150
"""A page with more straight pieces is a plan or a table of small cells; no seal is looked for among them."""


@dataclass(frozen=True)
class Piece:
    """A straight run of ink: where it lies across its direction, and from where to where along it."""

    at: float
    start: float
    stop: float


def find_frames(strength: NDArray[np.float32], ink: Mask, mm: float) -> list[Outline]:
    """Square frames of a seal's size in an ink plane and its 0/255 mask, each once, best first."""
    found: list[tuple[float, NDArray[np.float32]]] = []
    for tilt in TILTS:
        matrix = cv2.getRotationMatrix2D((ink.shape[1] / 2, ink.shape[0] / 2), tilt, 1.0)
        turned = ink if tilt == 0 else np.asarray(cv2.warpAffine(ink, matrix, ink.shape[::-1]), np.uint8)
        flat = (turned > 127).astype(np.uint8)  # noqa: PLR2004 - half of full ink after interpolation
        back = cv2.invertAffineTransform(matrix)
        for (left, top, right, bottom), weakest in _squares(flat, mm):
            points = np.array([[left, top, 1], [right, top, 1], [right, bottom, 1], [left, bottom, 1]])
            found.append((weakest, (points @ back.T).astype(np.float32)))
    best: list[tuple[float, NDArray[np.float32]]] = []
    for weakest, corners in sorted(found, key=lambda one: -one[0]):
        middle = corners.mean(axis=0)
        if all(np.linalg.norm(other.mean(axis=0) - middle) > SIDE_MM[0] / 2 * mm for _, other in best):
            best.append((weakest, corners))
    return [_outline(strength, ink, corners, weakest) for weakest, corners in best]


def _outline(strength: NDArray[np.float32], ink: Mask, corners: NDArray[np.float32], weakest: float) -> Outline:
    across, down = (float(np.linalg.norm(corners[at] - corners[at - 1])) for at in (1, 2))
    target = np.array([[0, 0], [UNIT, 0], [UNIT, UNIT]], np.float32)
    matrix, rim = cv2.getAffineTransform(corners[:3], target), round(RIM * UNIT)
    inner = cv2.warpAffine(ink, matrix, (UNIT, UNIT))[rim:-rim, rim:-rim] > 127  # noqa: PLR2004 - as above
    deep = cv2.warpAffine(strength, matrix, (UNIT, UNIT))[rim:-rim, rim:-rim]
    (x0, y0), (x1, y1) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    return Outline(
        SealShape.SQUARE, (x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0, max(across, down), min(across, down),
        weakest_side=weakest,
        content=float(inner.mean()),
        even=float((deep > EVEN * np.percentile(deep, 90)).mean()),
        corners=_corners(ink, corners),
    )  # fmt: skip


def _corners(ink: Mask, corners: NDArray[np.float32]) -> int:
    """How many corners are inked. A thumb's ridges make straight pieces as well, but an oval has no corners."""
    target = np.array([[0, 0], [UNIT, 0], [UNIT, UNIT]], np.float32) + CORNER
    around = cv2.warpAffine(ink, cv2.getAffineTransform(corners[:3], target), (UNIT + 2 * CORNER, UNIT + 2 * CORNER))
    ends = slice(None, 2 * CORNER), slice(-2 * CORNER, None)
    return sum(bool((around[rows, columns] > 127).any()) for rows in ends for columns in ends)  # noqa: PLR2004 - as above


def _squares(flat: Mask, mm: float) -> Iterator[tuple[tuple[float, float, float, float], float]]:
    """Left, top, right and bottom of squares that lie level in the mask, and the share of ink on their weakest side."""
    level, upright = _straight(flat, mm), np.ascontiguousarray(_straight(np.ascontiguousarray(flat.T), mm).T)
    across, down = _pieces(level, mm), _pieces(np.ascontiguousarray(upright.T), mm)
    if len(across) < 2 or len(down) < 2 or max(len(across), len(down)) > MOST_PIECES:  # noqa: PLR2004 - two sides each
        return
    ats, starts, stops = (np.array([getattr(each, key) for each in across]) for key in ("at", "start", "stop"))
    for left, right in combinations(sorted(down, key=lambda one: one.at), 2):
        wide = right.at - left.at
        if not SIDE_MM[0] * mm <= wide <= SIDE_MM[1] * mm or not _face(left, right, wide):
            continue
        shared = np.minimum(stops, right.at) - np.maximum(starts, left.at)
        for top, bottom in combinations(sorted(ats[shared >= LEAST_SIDE * wide].tolist()), 2):
            tall = bottom - top
            if max(wide, tall) > ASPECT * min(wide, tall):
                continue
            if min(_overlap(each, top, bottom) for each in (left, right)) < LEAST_SIDE * tall:
                continue
            box = (left.at, top, right.at, bottom)
            weakest = _weakest(level, upright, box, mm)
            if weakest >= LEAST_SIDE and _runs_on(level, upright, box, mm) <= MOST_ON:
                yield box, weakest


def _face(left: Piece, right: Piece, wide: float) -> bool:
    """Whether two sides stand at the same height for long enough to be those of a square as wide as they are apart.

    Each is to cover `LEAST_SIDE` of the square's height, so that what they share covers the rest of twice that.
    """
    return _overlap(left, right.start, right.stop) >= (2 * LEAST_SIDE - 1) * wide / ASPECT


def _straight(flat: Mask, mm: float) -> Mask:
    """What is straight and level for long enough. Breaks are not closed: that would make lines of print."""
    kernel = np.ones((1, round(STRAIGHT_MM * mm)), np.uint8)
    return np.asarray(cv2.morphologyEx(flat, cv2.MORPH_OPEN, kernel), np.uint8)


def _pieces(level: Mask, mm: float) -> list[Piece]:
    """The level pieces; a piece too thick for a line is a ground of ink, of which its two edges count."""
    joined = cv2.dilate(level, np.ones((3, round(NEAR_MM * mm) | 1), np.uint8))
    # Of a mask with little in it, outlines are found in a third of the time that labels take.
    outlines, tree = cv2.findContours(joined, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline, (_, _, _, around) in zip(outlines, tree[0] if len(outlines) else (), strict=True):
        x, y, wide, tall = cv2.boundingRect(outline)
        if around >= 0 or not LEAST_PIECE_MM * mm <= wide <= LONGEST_MM * mm:
            continue
        edges = (y + 1.0, y + tall - 2.0) if tall > THICK_MM * mm else (y + (tall - 1) / 2,)
        found += [Piece(edge, x, x + wide) for edge in edges]
    return found


def _overlap(piece: Piece, start: float, stop: float) -> float:
    return min(piece.stop, stop) - max(piece.start, start)


def _weakest(level: Mask, upright: Mask, box: tuple[float, float, float, float], mm: float) -> float:
    left, top, right, bottom = (round(edge) for edge in box)
    near = round(NEAR_MM * mm / 2)
    sides = (
        level[max(0, top - near) : top + near + 1, left:right].any(axis=0),
        level[max(0, bottom - near) : bottom + near + 1, left:right].any(axis=0),
        upright[top:bottom, max(0, left - near) : left + near + 1].any(axis=1),
        upright[top:bottom, max(0, right - near) : right + near + 1].any(axis=1),
    )
    return float(min(side.mean() if side.size else 0.0 for side in sides))


def _runs_on(level: Mask, upright: Mask, box: tuple[float, float, float, float], mm: float) -> int:
    """How many of the eight ends of the sides run on beyond their corner."""
    left, top, right, bottom = (round(edge) for edge in box)
    near, far = round(NEAR_MM * mm), round((NEAR_MM + ON_MM) * mm)
    spans = ((max(0, left - far), max(0, left - near)), (right + near, right + far))
    rises = ((max(0, top - far), max(0, top - near)), (bottom + near, bottom + far))
    ends = [level[max(0, y - near) : y + near, start:stop].any(axis=0) for y in (top, bottom) for start, stop in spans]
    ends += [
        upright[start:stop, max(0, x - near) : x + near].any(axis=1) for x in (left, right) for start, stop in rises
    ]
    return sum(bool(end.size and end.mean() >= ON_SHARE) for end in ends)
