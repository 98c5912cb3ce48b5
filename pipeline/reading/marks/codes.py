"""QR codes and barcodes, read by zxing-cpp on pages that look as if they hold one."""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from pipeline.reading.marks.planes import MM_PER_INCH, shrink
from schemas.reading import Code

LOOK_DPI = 50.0
READ_DPI = 200.0
SMALLEST_MM = 7.0
"""A QR code narrower than this is not readable at 200 dpi."""


def find_codes(image: NDArray[np.uint8], dpi: float) -> tuple[Code, ...]:
    """Codes of the upright page. Boxes are page fractions."""
    if not _may_hold_code(image, dpi):
        return ()
    small, _ = shrink(image, dpi, READ_DPI)
    grey = small if small.ndim == 2 else np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)  # noqa: PLR2004
    height, width = grey.shape
    found = []
    for code in zxingcpp.read_barcodes(grey, try_rotate=True, try_downscale=False, try_invert=False):
        corners = [
            code.position.top_left,
            code.position.top_right,
            code.position.bottom_right,
            code.position.bottom_left,
        ]
        xs, ys = [c.x / width for c in corners], [c.y / height for c in corners]
        box = (max(0.0, min(xs)), max(0.0, min(ys)), min(1.0, max(xs)), min(1.0, max(ys)))
        found.append(Code(text=code.text, format=str(code.format), box=box))
    return tuple(found)


def _may_hold_code(image: NDArray[np.uint8], dpi: float) -> bool:
    """A patch as large as the smallest code, busy throughout: cheap, and lets print in tables through now and then."""
    small, scale = shrink(image, dpi, LOOK_DPI)
    grey = small if small.ndim == 2 else np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)  # noqa: PLR2004
    mm = dpi * scale / MM_PER_INCH
    dark = (grey < float(np.median(grey)) * 0.75).astype(np.uint8)
    side = int(1.2 * mm) | 1
    solid = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    least = int(SMALLEST_MM * mm)
    return bool(cv2.erode(solid, np.ones((least, least), np.uint8)).any())
