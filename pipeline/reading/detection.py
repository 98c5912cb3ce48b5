"""Where lines of text stand (文字检测): PP-OCRv6 small at fixed input sizes.

Fixed sizes keep a worker's memory flat at 0.6 GB; with free sizes the runtime keeps a plan for every size it ever saw.
"""

# ruff: noqa: PLR2004 - grey levels, millimetres and shares are said where they are used

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.models import Network
from pipeline.reading.page_image import A4_LONG_INCHES, Pixels

Corners = NDArray[np.float32]

INK = 0.3
BOX = 0.5
GROW = 1.6
"""The network marks the core of a line; its box is this much larger in the sense of area over perimeter."""
PART = (640, 512)
"""For a part of a page, or a slip, of known resolution."""
CANVASES = ((960, 704), (1344, 960), (1920, 704))
"""Long and short side. 960 is the knee for A4 (measured); A3 sheets and long slips need more for equal letters."""
LETTER_SCALE = 960 / A4_LONG_INCHES
"""Working resolution in dpi that an A4 page has on the first canvas."""


def detect(network: Network, image: Pixels, dpi: float | None) -> list[Corners]:
    """Corners of every line: top left, top right, bottom right, bottom left."""
    height, width = image.shape[:2]
    scale, canvas = _canvas(height, width, dpi)
    size = max(1, int(width * scale)), max(1, int(height * scale))
    sheet = np.full((*canvas, 3), 255, np.uint8)
    sheet[: size[1], : size[0]] = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    tensor = np.ascontiguousarray((sheet.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None])
    return [corners / np.float32(scale) for corners in _boxes(network(tensor)[0, 0])]


def _canvas(height: int, width: int, dpi: float | None) -> tuple[float, tuple[int, int]]:
    """The scale, and the canvas (height, width): the smallest that keeps letters as large as on A4."""
    long_side, short_side = max(height, width), min(height, width)
    sizes = (PART, *CANVASES) if dpi else CANVASES
    fits = [(min(long_ / long_side, short / short_side, 1.0), (long_, short)) for long_, short in sizes]
    slim = long_side / max(1, short_side) > 2.2
    wanted = LETTER_SCALE / dpi if dpi else (704 / short_side if slim else fits[0][0])
    wanted = min(wanted, 1.0)
    scale, (long_, short) = next((fit for fit in fits if fit[0] >= wanted * 0.93), max(fits, key=lambda fit: fit[0]))
    return scale, (long_, short) if height >= width else (short, long_)


def _boxes(heat: NDArray[np.float32]) -> list[Corners]:
    mask = cv2.dilate((heat > INK).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours = cv2.findContours(mask * 255, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)[0]
    found = []
    for contour in contours:
        centre, (width, height), angle = cv2.minAreaRect(contour)
        if min(width, height) < 3 or _mean_inside(heat, contour, (centre, (width, height), angle)) < BOX:
            continue
        grow = width * height * GROW / (width + height)
        found.append(ordered(cv2.boxPoints((centre, (width + grow, height + grow), angle))))
    return found


def _mean_inside(heat: NDArray[np.float32], contour: cv2.typing.MatLike, rect: cv2.typing.RotatedRect) -> float:
    left, top, width, height = cv2.boundingRect(contour)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [(cv2.boxPoints(rect) - [left, top]).astype(np.int32)], 1)
    return float(cv2.mean(heat[top : top + height, left : left + width], mask)[0])


def ordered(points: cv2.typing.MatLike) -> Corners:
    """Four points of any order as top left, top right, bottom right, bottom left."""
    by_x = points[np.argsort(points[:, 0])]
    left = by_x[:2][np.argsort(by_x[:2, 1])]
    right = by_x[2:][np.argsort(by_x[2:, 1])]
    return np.array([left[0], right[0], right[1], left[1]], np.float32)
