"""Lines in the order in which a person reads them (阅读顺序), and how far they slope."""

from __future__ import annotations

from collections.abc import Sequence
from math import atan, degrees

import numpy as np

from pipeline.reading.engine import RawLine
from schemas.base import Box


def slope(lines: Sequence[RawLine]) -> float:
    """The median rise of the lines' baselines, weighted by their length; positive: falling to the right."""
    slopes, weights = [], []
    for line in lines:
        across = (line.corners[1] - line.corners[0] + line.corners[2] - line.corners[3]) / 2
        down = float(np.linalg.norm(line.corners[3] - line.corners[0]))
        if float(across[0]) > 4 * max(down, 1.0):
            slopes.append(float(across[1] / across[0]))
            weights.append(float(across[0]))
    if not slopes:
        return 0.0
    order = np.argsort(slopes)
    reached = np.cumsum(np.array(weights)[order])
    return slopes[int(order[int(np.searchsorted(reached, reached[-1] / 2))])]


def skew_degrees(lines: Sequence[RawLine]) -> float:
    return round(degrees(atan(slope(lines))), 2)


def in_order(lines: Sequence[RawLine]) -> list[RawLine]:
    """Rows from top to bottom after taking away the slope, and each row from left to right.

    Without taking away the slope, the cells of a skewed table come out in the wrong order.
    """
    tilt = slope(lines)
    level = sorted(lines, key=lambda line: _height_on_page(line, tilt))
    rows: list[list[RawLine]] = []
    middle, height = 0.0, 0.0
    for line in level:
        place, tall = _height_on_page(line, tilt), _letter_height(line)
        if rows and place - middle <= 0.5 * min(height, tall):
            rows[-1].append(line)
        else:
            rows.append([line])
            middle, height = place, tall
    return [line for row in rows for line in sorted(row, key=_left_to_right)]


def _height_on_page(line: RawLine, tilt: float) -> float:
    return float(line.corners[:, 1].mean()) - tilt * float(line.corners[:, 0].mean())


def _left_to_right(line: RawLine) -> float:
    return float(line.corners[:, 0].mean())


def _letter_height(line: RawLine) -> float:
    across = np.linalg.norm(line.corners[1] - line.corners[0])
    down = np.linalg.norm(line.corners[3] - line.corners[0])
    return max(1.0, float(min(across, down)))


def box_of(line: RawLine, width: int, height: int) -> Box:
    """The upright box around the line, as fractions of a picture of this size."""
    left, top = line.corners.min(axis=0) / [width, height]
    right, bottom = line.corners.max(axis=0) / [width, height]
    edges = np.clip((left, top, right, bottom), 0.0, 1.0)
    return tuple(edges.tolist())
