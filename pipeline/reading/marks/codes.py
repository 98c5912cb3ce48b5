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


def holds_code(sheet: Sheet, box: Box) -> bool:
    """Whether a square holds the three finder squares of a QR code, in whatever colour, and though it may not be read."""
    height, width = sheet.image.shape[:2]
    side = CODE_RIM * max((box[2] - box[0]) * width, (box[3] - box[1]) * height)
    rows = slice(max(0, int(box[1] * height - side)), int(box[3] * height + side) + 1)
    columns = slice(max(0, int(box[0] * width - side)), int(box[2] * width + side) + 1)
    crop = sheet.image[rows, columns]
    grey = crop if crop.ndim == 2 else crop.min(axis=2)  # noqa: PLR2004 - red is as dark as its strongest absence
    square = np.asarray(cv2.resize(grey, (CODE_PIXELS, CODE_PIXELS), interpolation=cv2.INTER_AREA), np.uint8)
    return any(sum(_finders(square, modules)) >= 3 for modules in MODULES)  # noqa: PLR2004 - a code has three


def _finders(square: NDArray[np.uint8], modules: int) -> Iterator[bool]:
    """For each corner whether a finder square stands in it, if the code has so many modules a side."""
    size = round(FINDER * CODE_PIXELS / (1 + 2 * CODE_RIM) / modules)
    template = cv2.resize(_FINDER, (size, size), interpolation=cv2.INTER_AREA)
    reach = round(size * 1.2 + 2 * CODE_RIM * CODE_PIXELS)
    for rows in (slice(None, reach), slice(-reach, None)):
        for columns in (slice(None, reach), slice(-reach, None)):
            yield float(cv2.matchTemplate(square[rows, columns], template, cv2.TM_CCOEFF_NORMED).max()) >= ALIKE


CODE_RIM = 0.12
"""Of the square's side: what is looked at around it."""
CODE_PIXELS = 200
FINDER = 9
"""Modules of a finder square with the white around it."""
MODULES = (21, 25, 29, 33, 37, 41)
ALIKE = 0.62


def _finder() -> NDArray[np.uint8]:
    """A black square of three modules in a white frame, in a black one, on white."""
    picture = np.full((FINDER, FINDER), 255, np.uint8)
    for rim, shade in ((1, 0), (2, 255), (3, 0)):
        picture[rim : FINDER - rim, rim : FINDER - rim] = shade
    return picture


_FINDER = _finder()


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
