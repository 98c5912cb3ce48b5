"""QR codes and barcodes, read by zxing-cpp where the page looks as if it holds one."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from pipeline.reading.marks.planes import MM_PER_INCH, Sheet, shrink
from schemas.base import Box
from schemas.reading import Code

LOOK_DPI = 50.0
READ_DPI = 200.0
QUIET_MM = 4.0
"""Paper around a code that its reader needs to see."""
SMALLEST_MM = 7.0
"""A QR code narrower than this is not readable at 200 dpi."""


def find_codes(sheet: Sheet) -> tuple[Code, ...]:
    """Codes of the upright page. Boxes are page fractions."""
    image, dpi = sheet.image, sheet.dpi
    places = _places(_grey(sheet.plain), dpi)
    if not places:
        return ()
    height, width = image.shape[:2]
    found: list[Code] = []
    for left, top, right, bottom in places:
        rows, columns = slice(int(top * height), int(bottom * height)), slice(int(left * width), int(right * width))
        found += _read(image[rows, columns], dpi, (columns.start / width, rows.start / height), (width, height))
    return tuple(found)


def _read(crop: NDArray[np.uint8], dpi: float, corner: tuple[float, float], page: tuple[int, int]) -> Iterator[Code]:
    small, scale = shrink(crop, dpi, READ_DPI)
    grey = _grey(small)
    for code in zxingcpp.read_barcodes(grey, try_rotate=True, try_downscale=False, try_invert=False):
        at = code.position
        points = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        xs = [corner[0] + point.x / scale / page[0] for point in points]
        ys = [corner[1] + point.y / scale / page[1] for point in points]
        box = (max(0.0, min(xs)), max(0.0, min(ys)), min(1.0, max(xs)), min(1.0, max(ys)))
        yield Code(text=code.text, format=str(code.format), box=box)


def _places(page: NDArray[np.uint8], dpi: float) -> list[Box]:
    """Patches as large as the smallest code and busy throughout on a grey page, with their rim; print in tables is let through."""
    grey, scale = shrink(page, dpi, LOOK_DPI)
    mm = dpi * scale / MM_PER_INCH
    dark = (grey < float(np.median(grey)) * 0.75).astype(np.uint8)
    side = int(1.2 * mm) | 1
    solid = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    least = int(SMALLEST_MM * mm)
    cores = cv2.erode(solid, np.ones((least, least), np.uint8))
    if not cores.any():
        return []
    reach = least + 2 * int(QUIET_MM * mm)
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(cores, np.ones((reach, reach), np.uint8)))
    height, width = grey.shape
    return [
        (float(x) / width, float(y) / height, float(x + w) / width, float(y + h) / height)
        for x, y, w, h, _ in stats[1:count]
    ]


def _grey(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return image if image.ndim == 2 else np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)  # noqa: PLR2004
