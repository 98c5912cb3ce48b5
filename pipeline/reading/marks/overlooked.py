"""Labels that line detection overlooked (漏检标签): a fingerprint over a name hides the whole row from it.

Rows of ink that no line covers are read again by themselves, the fingerprint taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.levels import levels
from pipeline.reading.marks.labels import labels_in
from pipeline.reading.marks.patches import cut_patch
from pipeline.reading.marks.planes import MM_PER_INCH, Sheet, red_of
from schemas.base import Box
from schemas.reading import Line, Seal

StripReader = Callable[[NDArray[np.uint8]], tuple[str, float]]
"""Reads one line of text from a strip (BGR or grey, 48 pixels high) and says how sure it is."""

FROM, TO = 0.15, 0.98
"""Heads and feet hold no signatures."""
JOIN_MM = 6.0
"""A full-width bracket leaves 4 mm of paper inside a label set in 15 point."""
LEAST_WIDE_MM, LEAST_TALL_MM, MOST_TALL_MM = 8.0, 2.2, 22.0
LABEL_MM = 10.0
"""So much of a row's left end is print; a fingerprint further right is taller."""
RIM_MM = 0.8
SIDE_MM = 8.0
"""Nothing stands nearer to the edge of the page but its shadow."""
LEAST_DARK, DARK_SHARE = 30.0, 0.2
RULING_MM = 9.0
MOST_ROWS = 6
STRIP_HEIGHT = 48
LEAST_SCORE = 0.55
"""The pen in the row lowers the score; a wrong reading does not spell a label."""


def find_overlooked(
    sheet: Sheet, lines: Sequence[Line], seals: Sequence[Seal], read_strip: StripReader
) -> tuple[Line, ...]:
    """Lines with a signature label in rows of ink that none of the `lines` covers."""
    found = []
    for box in _rows(sheet, [*(line.box for line in lines), *(seal.box for seal in seals)]):
        text, score = read_strip(_strip(sheet.image, sheet.dpi, box))
        if score >= LEAST_SCORE and labels_in(text):
            found.append(Line(text=text, box=box, score=min(1.0, max(0.0, score))))
    return tuple(found)


def _rows(sheet: Sheet, known: Sequence[Box]) -> list[Box]:
    """Boxes, in page fractions, of the rows of ink outside the `known` boxes, largest first."""
    ink, mm = _ink(sheet), sheet.mm
    height, width = ink.shape
    side = int(SIDE_MM * mm)
    ink[: int(FROM * height)] = ink[int(TO * height) :] = 0
    ink[:, :side] = ink[:, max(0, width - side) :] = 0
    for left, top, right, bottom in known:
        ink[int(top * height) : int(np.ceil(bottom * height)), int(left * width) : int(np.ceil(right * width))] = 0
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, int(JOIN_MM * mm) | 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    found: list[tuple[int, Box]] = []
    for index in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[index])
        if w < LEAST_WIDE_MM * mm or not LEAST_TALL_MM * mm <= h <= MOST_TALL_MM * mm:
            continue
        head = (labels[y : y + h, x : x + int(LABEL_MM * mm)] == index) & (
            ink[y : y + h, x : x + int(LABEL_MM * mm)] > 0
        )
        inked = np.flatnonzero(head.any(axis=1))
        if len(inked) < LEAST_TALL_MM * mm:
            continue
        top, bottom = y + int(inked[0]), y + int(inked[-1]) + 1
        found.append((area, (x / width, top / height, (x + w) / width, bottom / height)))
    return [box for _, box in sorted(found, reverse=True)[:MOST_ROWS]]


def _ink(sheet: Sheet) -> NDArray[np.uint8]:
    """Dark ink (1) without red ink and rulings, at the sheet's small size."""
    red = red_of(sheet.small)
    (paper,) = levels(red, 50)
    ink = (red < paper - max(LEAST_DARK, paper * DARK_SHARE)).astype(np.uint8)
    long = int(RULING_MM * sheet.mm)
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    return np.asarray(ink & (1 - np.maximum(level, upright)), np.uint8)


def _strip(image: NDArray[np.uint8], dpi: float, box: Box) -> NDArray[np.uint8]:
    """The row dark on white, red ink taken away, `STRIP_HEIGHT` pixels high."""
    across, down = (RIM_MM / MM_PER_INCH * dpi / side for side in (image.shape[1], image.shape[0]))
    rim = (max(0.0, box[0] - across), max(0.0, box[1] - down), min(1.0, box[2] + across), min(1.0, box[3] + down))
    darkness = cut_patch(image, dpi, rim).darkness
    top = max(1.0, float(np.percentile(darkness, 99)))
    grey = np.asarray(255 - np.clip(darkness / top * 255, 0, 255), np.uint8)
    scale = STRIP_HEIGHT / max(1, grey.shape[0])
    size = (max(1, round(grey.shape[1] * scale)), STRIP_HEIGHT)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_CUBIC), np.uint8)
