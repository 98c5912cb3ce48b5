"""A piece of the page close up: pen or print ink without rulings and without red seal, and red ink by itself."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.levels import levels
from pipeline.reading.marks.planes import MM_PER_INCH, red_of
from schemas.base import Box

PATCH_DPI = 150.0
RULING_MM = 9.0
"""Straight and thin for longer than this: an underline or a table line. The longest straight pen stroke is shorter."""
RULING_THICK_MM = 0.9
RED_THRESHOLD = 30.0
SLOPE = 0.08
RED_SHARE = 0.003
RED_MARGIN = 12.0
MARGIN_MM = 6.0
"""Context around a patch, so that a ruling that crosses it is seen at length."""


@dataclass(frozen=True)
class Patch:
    """Pixels of one region at `PATCH_DPI` or the page's own resolution if lower."""

    mm: float
    ink: NDArray[np.bool_]
    """Dark ink, rulings and red ink removed."""
    darkness: NDArray[np.float32]
    """Above the paper, in the red channel: a red seal is paper there, blue and black pens are not."""
    blue: NDArray[np.float32]
    """How much bluer than grey."""
    red: NDArray[np.bool_]
    level: NDArray[np.bool_]
    """Underlines and table lines across."""
    upright: NDArray[np.bool_]
    """Table lines down."""

    @property
    def empty(self) -> bool:
        return self.ink.size == 0


def cut_patch(image: NDArray[np.uint8], dpi: float, box: Box, masked: tuple[Box, ...] = ()) -> Patch:
    """The patch of a page-fraction box; what lies in the `masked` boxes counts as paper."""
    height, width = image.shape[:2]
    margin = MARGIN_MM * dpi / MM_PER_INCH
    x0, y0 = max(0, int(box[0] * width - margin)), max(0, int(box[1] * height - margin))
    x1, y1 = min(width, int(np.ceil(box[2] * width + margin))), min(height, int(np.ceil(box[3] * height + margin)))
    crop = image[y0:y1, x0:x1]
    scale = min(1.0, PATCH_DPI / dpi)
    if crop.size == 0:
        none = np.zeros((0, 0), np.float32)
        return Patch(dpi * scale / MM_PER_INCH, none > 0, none, none, none > 0, none > 0, none > 0)
    small = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else crop
    wide = _inks(np.asarray(small, np.uint8), dpi * scale / MM_PER_INCH)
    for other in masked:
        _blank(wide, [((other[i] * (width, height)[i % 2]) - (x0, y0)[i % 2]) * scale for i in range(4)])
    inner = [((box[i] * (width, height)[i % 2]) - (x0, y0)[i % 2]) * scale for i in range(4)]
    rows, columns = (
        slice(max(0, int(inner[1])), int(np.ceil(inner[3]))),
        slice(max(0, int(inner[0])), int(np.ceil(inner[2]))),
    )
    cut = (rows, columns)
    return Patch(
        wide.mm,
        ink=wide.ink[cut],
        darkness=wide.darkness[cut],
        blue=wide.blue[cut],
        red=wide.red[cut],
        level=wide.level[cut],
        upright=wide.upright[cut],
    )


def _blank(patch: Patch, box: list[float]) -> None:
    rows = slice(max(0, int(box[1])), max(0, int(np.ceil(box[3]))))
    columns = slice(max(0, int(box[0])), max(0, int(np.ceil(box[2]))))
    patch.ink[rows, columns] = False


def _inks(crop: NDArray[np.uint8], mm: float) -> Patch:
    red = red_of(crop).astype(np.float32)
    darkness = np.clip(_paper(red, mm) - red, 0, 255)
    if crop.ndim == 2:  # noqa: PLR2004 - a grey image has two axes
        redness = blueness = np.zeros_like(red)
    else:
        redness, blueness = _above_usual(crop, 2), _above_usual(crop, 0)
    is_red = redness > RED_THRESHOLD
    darkness = _without_red(darkness, is_red)
    ink = darkness > _ink_level(darkness)
    level, upright = _rulings(ink, mm, across=True), _rulings(ink, mm, across=False)
    return Patch(mm, ink & ~level & ~upright, darkness, blueness, is_red, level, upright)


def _paper(red: NDArray[np.float32], mm: float) -> NDArray[np.float32] | np.float32:
    """The lightness of the paper: one for all, or, where a photograph's light falls off across the patch, that of each place."""
    usual = np.float32(np.percentile(red, PAPER_PERCENT))
    height, width = red.shape
    rows, columns = (max(1, round(side / (TILE_MM * mm))) for side in (height, width))
    if rows * columns == 1:
        return usual
    tiles = [np.array_split(row, columns, axis=1) for row in np.array_split(red, rows)]
    light = np.array([[np.percentile(tile, PAPER_PERCENT) for tile in row] for row in tiles], np.float32)
    if float(np.ptp(light)) < UNEVEN_LIGHT:
        return usual
    return np.asarray(cv2.resize(light, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


PAPER_PERCENT = 85.0
TILE_MM = 10.0
UNEVEN_LIGHT = 28.0
"""Levels between the lightest and the darkest paper of a patch from which one measure for all loses the ink in its shade."""


def _above_usual(crop: NDArray[np.uint8], channel: int) -> NDArray[np.float32]:
    """How much stronger red is than both others, or blue than red, above what is usual in the crop."""
    blue, green, red = (each.astype(np.int16) for each in cv2.split(crop))
    excess = red - np.maximum(green, blue) if channel == 2 else blue - red  # noqa: PLR2004 - red is the last of three
    (usual,) = levels(excess + np.int16(255), 50)
    return np.asarray(excess.astype(np.float32) - np.float32(usual - 255), np.float32)


def _without_red(darkness: NDArray[np.float32], is_red: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Seal ink is not quite paper in the red channel. What is no darker than it goes; a pen under the seal stays."""
    if is_red.mean() < RED_SHARE:
        return darkness
    seal = float(np.percentile(darkness[is_red], 90))
    near = cv2.dilate(is_red.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.where(near & (darkness < seal * 1.15 + RED_MARGIN), np.float32(0), darkness)


def _ink_level(darkness: NDArray[np.float32]) -> float:
    """Between noise and the darkest strokes. A pale pen beside black print must not be lost, so it stays low."""
    noise = float(np.median(np.abs(darkness - np.median(darkness)))) * 1.5
    top = float(np.percentile(darkness, 99.5))
    return max(28.0, noise * 4 + float(np.median(darkness)), 0.22 * top)


def _rulings(ink: NDArray[np.bool_], mm: float, *, across: bool) -> NDArray[np.bool_]:
    """Underlines and table lines in one direction, also slightly sloping ones, as a mask."""
    flat = np.ascontiguousarray(ink if across else ink.T).astype(np.uint8)
    pieces = cv2.morphologyEx(flat, cv2.MORPH_OPEN, np.ones((1, max(3, int(3.0 * mm))), np.uint8))
    reach = max(3, int(2.0 * mm)) | 1
    joined = cv2.dilate(pieces, np.ones((3, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    found = np.zeros_like(flat)
    for index in range(1, count):
        x, y, w, h, _ = stats[index]
        if w - reach < RULING_MM * mm or h > RULING_THICK_MM * mm + 2 + SLOPE * w:
            continue
        own = (labels[y : y + h, x : x + w] == index) & (pieces[y : y + h, x : x + w] > 0)
        found[y : y + h, x : x + w] |= own.astype(np.uint8)
    wide = cv2.dilate(found, np.ones((3, 3), np.uint8)) > 0
    return wide if across else np.ascontiguousarray(wide.T)
