"""What a page looks like before it is read: dark, empty, faint (页面外观)."""

# ruff: noqa: PLR2004 - grey levels, millimetres and shares are said where they are used

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.page_image import A4_LONG_INCHES, Pixels
from schemas.base import Box

WORK_LONG = 1000
"""Pixels of the long side at which a page is looked at: about 85 dpi for A4."""
DARK = 100
STEP = 26
"""Grey levels by which ink must be darker than the paper around it; scanner noise stays below."""
BORDER = 0.02
"""Shadows of the scanner's edge and holes of a binder are not looked at."""


@dataclass(frozen=True)
class Look:
    """Shares of the page: `dark` pixels, `ink` against its paper; and how strong that ink is, in grey levels."""

    dark: float
    ink: float
    contrast: float
    strokes: int
    """Pieces of ink of at least 1.5 mm."""

    @property
    def is_dark(self) -> bool:
        return self.dark > 0.6

    @property
    def is_empty(self) -> bool:
        return self.strokes == 0

    @property
    def is_faint(self) -> bool:
        return self.contrast < 75

    @property
    def is_ghostly(self) -> bool:
        return self.contrast < 45


def look_at(image: Pixels, without: Sequence[Box] = ()) -> Look:
    """Looks at a page, leaving out the boxes in `without`."""
    scale = WORK_LONG / max(image.shape[:2])
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=method)
    grey = small.min(axis=2)  # coloured ink is as dark as its strongest absence
    height, width = grey.shape
    edge = round(BORDER * max(height, width))
    inner = np.ascontiguousarray(grey[edge : height - edge, edge : width - edge])
    if inner.size == 0:
        return Look(0.0, 0.0, 0.0, 0)
    depth = _depth(inner)
    for left, top, right, bottom in without:
        rows = slice(max(0, int(top * height) - edge - 2), max(0, int(bottom * height) - edge + 3))
        depth[rows, max(0, int(left * width) - edge - 2) : max(0, int(right * width) - edge + 3)] = 0
    ink = _without_holes(depth > STEP)
    contrast = float(np.percentile(depth[ink], 90)) if ink.any() else 0.0
    return Look(float((inner < DARK).mean()), float(ink.mean()), contrast, _strokes(ink))


def _without_holes(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The ink without the holes of a binder: solid round spots of 3.5 to 9 mm in the margins.

    On the back of a sheet they are the only dark thing, and would make a page of it.
    """
    height, width = ink.shape
    millimetre = WORK_LONG / (A4_LONG_INCHES * 25.4)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    holes = [
        index
        for index in range(1, count)
        if _is_hole(stats[index], millimetre) and _in_margin(stats[index], width, height)
    ]
    return ink & ~np.isin(labels, holes) if holes else ink


def _is_hole(spot: NDArray[np.int32], millimetre: float) -> bool:
    _, _, across, down, area = (int(value) for value in spot)
    size = max(across, down)
    solid = area > 0.65 * across * down
    return solid and 3.5 * millimetre <= size <= 9 * millimetre and min(across, down) > 0.75 * size


def _in_margin(spot: NDArray[np.int32], width: int, height: int) -> bool:
    left, top, across, down, _ = (int(value) for value in spot)
    x, y = (left + across / 2) / width, (top + down / 2) / height
    return min(x, 1 - x, y, 1 - y) < 0.08


def _depth(grey: NDArray[np.uint8]) -> NDArray[np.int16]:
    """How much darker each pixel is than the paper around it.

    Paper changes slowly: it is looked for in a quarter of the size, from the lightest pixel of each square of sixteen.
    """
    height, width = grey.shape
    light = cv2.dilate(grey, np.ones((4, 4), np.uint8))
    coarse = cv2.resize(light, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_NEAREST)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7))
    paper = cv2.medianBlur(cv2.morphologyEx(coarse, cv2.MORPH_CLOSE, kernel), 5)
    whole = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return whole.astype(np.int16) - grey.astype(np.int16)


def _strokes(ink: NDArray[np.bool_]) -> int:
    least = 1.5 / 25.4 * WORK_LONG / A4_LONG_INCHES
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    sizes = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    return int((sizes >= least).sum())
