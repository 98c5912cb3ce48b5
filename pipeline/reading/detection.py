"""Where lines of text stand (文字检测): PP-OCRv6 small at fixed input sizes.

Fixed sizes keep a worker's memory flat at 0.6 GB; with free sizes the runtime keeps a plan for every size it ever saw.
"""

# ruff: noqa: PLR2004 - grey levels, millimetres and shares are said where they are used

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.models import Network, signed
from pipeline.reading.page_image import A4_LONG_INCHES, Pixels

Corners = NDArray[np.float32]

INK = 0.3
BOX = 0.5
SMALLEST = 3
"""Pixels of the network's map below which a spot is a speck."""
THICK = 1.5
"""A spot this much thicker than most on the page may be several lines."""
CORES = (0.45, 0.6, 0.75, 0.9)
"""Rising thresholds at which the lines of such a spot come apart."""
APART = 0.22
"""Share of the spot's thickness between the middles of two of its lines, at least."""
SURE_DOT, DOT = 0.9, 0.4
"""Of a spot that is mostly edge: the middle's value, and the mean from which it counts as a line all the same."""
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
    tensor = signed(sheet)[None]
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
    rects = [(contour, cv2.minAreaRect(contour)) for contour in contours]
    rects = [(contour, rect) for contour, rect in rects if min(rect[1]) >= SMALLEST]
    usual = float(np.median([min(rect[1]) for _, rect in rects])) if rects else 0.0
    found = []
    for contour, rect in rects:
        mean = _mean_inside(heat, contour, rect)
        if mean < BOX or min(rect[1]) > usual * THICK:
            rows = rows_of(heat, contour, rect)
            if len(rows) > 1:
                found += [_grown(row) for row in rows]
                continue
        if mean >= BOX or (mean >= DOT and _has_sure_middle(heat, contour)):
            found.append(_grown(rect))
    return found


def _grown(rect: cv2.typing.RotatedRect) -> Corners:
    centre, (width, height), angle = rect
    grow = width * height * GROW / (width + height)
    return ordered(cv2.boxPoints((centre, (width + grow, height + grow), angle)))


def rows_of(
    heat: NDArray[np.float32], contour: cv2.typing.MatLike, rect: cv2.typing.RotatedRect
) -> list[cv2.typing.RotatedRect]:
    """The lines of a spot in which lines that stand close ran together; none if it is one line.

    In the cells of a form the second line begins under the first: their spots touch, and the spot as a whole is no line.
    Their cores are apart; every point of the spot goes to the row of the core nearest to it.
    """
    left, top, width, height = cv2.boundingRect(contour)
    spot = np.zeros((height, width), np.uint8)
    cv2.fillPoly(spot, [contour - [left, top]], 1)
    inside = np.where(spot > 0, heat[top : top + height, left : left + width], 0)
    (_, (long_side, short_side), angle) = rect
    across = np.deg2rad(angle + (90.0 if long_side >= short_side else 0.0))
    down = np.array([np.cos(across), np.sin(across)])
    for threshold in CORES:
        core = (inside > threshold).astype(np.uint8)
        count, _, stats, centres = cv2.connectedComponentsWithStats(core)
        cores = [n for n in range(1, count) if min(stats[n][2:4]) >= SMALLEST and stats[n][4] >= SMALLEST**2]
        rows = _stacked([(float(centres[n] @ down), n) for n in cores], min(long_side, short_side) * APART)
        if len(rows) > 1:
            return _shared_out(spot, core, rows, (left, top))
    return []


def _stacked(cores: list[tuple[float, int]], apart: float) -> list[list[int]]:
    """Cores in rows from one side of the spot to the other: a new row begins after a step of more than `apart`."""
    rows: list[list[int]] = []
    last = 0.0
    for place, core in sorted(cores):
        if not rows or place - last > apart:
            rows.append([])
        rows[-1].append(core)
        last = place
    return rows


def _shared_out(
    spot: NDArray[np.uint8],
    core: NDArray[np.uint8],
    rows: list[list[int]],
    offset: tuple[int, int],
) -> list[cv2.typing.RotatedRect]:
    """The rectangle of every row: of the points of the spot that are nearest to its cores."""
    _, components = cv2.connectedComponents(core)
    distances = []
    for row in rows:
        own = np.isin(components, row).astype(np.uint8)
        distances.append(cv2.distanceTransform(1 - own, cv2.DIST_L2, 3))
    nearest = np.argmin(np.stack(distances), axis=0)
    found = []
    for number in range(len(rows)):
        points = np.argwhere((nearest == number) & (spot > 0))[:, ::-1] + np.array(offset)
        rect = cv2.minAreaRect(points.astype(np.int32))
        if min(rect[1]) >= SMALLEST:
            found.append(rect)
    return found


def _has_sure_middle(heat: NDArray[np.float32], contour: cv2.typing.MatLike) -> bool:
    """A digit that stands alone in a cell: its spot is mostly edge, but the network is sure of its middle."""
    left, top, width, height = cv2.boundingRect(contour)
    return bool(heat[top : top + height, left : left + width].max() >= SURE_DOT)


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
