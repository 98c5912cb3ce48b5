"""What a page looks like before it is read: dark, empty, faint (页面外观)."""

# ruff: noqa: PLR2004 - grey levels, millimetres and shares are said where they are used

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.page_image import A4_LONG_INCHES, Pixels, shrunk
from pipeline.reading.surroundings import DARK, WORK_LONG, beyond_sheet
from schemas.base import Box

STEP = 26
"""Grey levels by which ink must be darker than the paper around it; scanner noise stays below."""
DEEP = 80
"""Grey levels below the paper that the other side of a sheet does not reach: at 30 % of its strength it stays below 70,
while letters out of focus by 1 mm reach 110."""
PALE = 45
MUCH_INK, SOME_INK = 0.02, 0.01
"""Shares of a page."""
MANY_STROKES = 12
SHADOW = 41
"""Pixels of a page 1,000 high, the sheet's edge in their middle: within 20 the paper beside it is taken for darker than it is."""
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
    deepest: float
    """How much darker than the paper the strongest thousandth of the page is."""

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
        return self.contrast < PALE

    @property
    def may_shine_through(self) -> bool:
        """Faint, but for what little is darker: the rim of a scan, a hole, a torn corner."""
        return self.is_faint or self.is_pale

    @property
    def is_pale(self) -> bool:
        """Nothing on the page is strong, not even a seal."""
        return self.deepest < PALE

    @property
    def is_smeared(self) -> bool:
        """Ink all over the page, stronger than any that shines through: a page is there, whether one can read it or not."""
        return self.ink >= MUCH_INK and self.deepest >= DEEP and self.strokes >= MANY_STROKES

    @property
    def may_be_smeared(self) -> bool:
        """The other side shining through strongly, or a page out of focus: which of them cannot be told."""
        return self.ink >= SOME_INK and self.deepest >= PALE and self.strokes >= MANY_STROKES


def look_at(image: Pixels, without: Sequence[Box] = ()) -> Look:
    """Looks at a page, leaving out the boxes in `without`."""
    scale = WORK_LONG / max(image.shape[:2])
    small = shrunk(image, (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))))
    blue, green, red = cv2.split(small)
    # Coloured ink is as dark as its strongest absence.
    grey = np.asarray(cv2.min(cv2.min(blue, green), red), np.uint8)
    height, width = grey.shape
    edge = round(BORDER * max(height, width))
    inner = np.ascontiguousarray(grey[edge : height - edge, edge : width - edge])
    if inner.size == 0:
        return Look(0.0, 0.0, 0.0, 0, 0.0)
    depth = _depth(inner)
    depth[beyond_sheet(inner, SHADOW)] = 0
    for left, top, right, bottom in without:
        rows = slice(max(0, int(top * height) - edge - 2), max(0, int(bottom * height) - edge + 3))
        depth[rows, max(0, int(left * width) - edge - 2) : max(0, int(right * width) - edge + 3)] = 0
    ink, strokes = _without_holes(depth > STEP)
    contrast = float(np.percentile(depth[ink], 90)) if ink.any() else 0.0
    return Look(float((inner < DARK).mean()), float(ink.mean()), contrast, strokes, _deepest(depth[ink], inner.size))


def _deepest(depths: NDArray[np.int16], page: int) -> float:
    """The depth that a thousandth of the page's pixels reach; 0 where there is less ink than that."""
    count = max(1, page // 1000)
    return float(np.partition(depths, -count)[-count]) if depths.size >= count else 0.0


def _without_holes(ink: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], int]:
    """The ink without the holes of a binder, solid round spots of 3.5 to 9 mm in the margins; and its strokes.

    On the back of a sheet holes are the only dark thing, and would make a page of it.
    """
    height, width = ink.shape
    millimetre = WORK_LONG / (A4_LONG_INCHES * 25.4)
    _, labels, found, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    stats = np.asarray(found, np.int32)
    holes = np.flatnonzero(_are_holes(stats, millimetre) & _in_margin(stats, width, height))
    holes = holes[holes > 0]
    if not holes.size:
        return ink, _strokes(stats[1:])
    # Pieces of ink are left out whole, which changes none of the others.
    return ink & ~np.isin(labels, holes), _strokes(np.delete(stats, [0, *holes], axis=0))


def _are_holes(spots: NDArray[np.int32], millimetre: float) -> NDArray[np.bool_]:
    across, down, area = spots[:, cv2.CC_STAT_WIDTH], spots[:, cv2.CC_STAT_HEIGHT], spots[:, cv2.CC_STAT_AREA]
    size = np.maximum(across, down)
    solid = area > 0.65 * across * down
    sized = (size >= 3.5 * millimetre) & (size <= 9 * millimetre)
    return np.asarray(solid & sized & (np.minimum(across, down) > 0.75 * size), np.bool_)


def _in_margin(spots: NDArray[np.int32], width: int, height: int) -> NDArray[np.bool_]:
    x = (spots[:, cv2.CC_STAT_LEFT] + spots[:, cv2.CC_STAT_WIDTH] / 2) / width
    y = (spots[:, cv2.CC_STAT_TOP] + spots[:, cv2.CC_STAT_HEIGHT] / 2) / height
    return np.asarray(np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y)) < 0.08, np.bool_)


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


def _strokes(pieces: NDArray[np.int32]) -> int:
    """How many pieces of ink are at least 1.5 mm long."""
    least = 1.5 / 25.4 * WORK_LONG / A4_LONG_INCHES
    return int((pieces[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) >= least).sum())
