"""Watermarks (水印): large words across the page, such as a system prints behind its forms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.reading.engine import RawLine

LEAST, MOST = 15.0, 75.0
"""Degrees from level: a scan's skew, and what a hand writes upwards, stay below; lines that stand on end lie above."""
LARGER = 1.3
"""A watermark's letters against the page's usual ones: a stamp that was set down askew has smaller ones."""


def without_watermarks(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines without those that lie across the page in larger letters than its own."""
    level = [_height(line) for line in lines if not _is_slanted(line)]
    if not level:
        return list(lines)
    usual = float(np.median(level))
    return [line for line in lines if not (_is_slanted(line) and _height(line) >= LARGER * usual)]


def _is_slanted(line: RawLine) -> bool:
    across, down = line.corners[1] - line.corners[0]
    angle = abs(float(np.degrees(np.arctan2(down, across)))) % 180
    return LEAST <= min(angle, 180 - angle) <= MOST


def _height(line: RawLine) -> float:
    return float(np.linalg.norm(line.corners[3] - line.corners[0]))
