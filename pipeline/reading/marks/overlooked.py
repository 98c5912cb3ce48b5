"""Labels that line detection overlooked (漏检标签): a fingerprint over a name hides the whole row from it.

Rows of ink that no line covers are read again by themselves, the fingerprint taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.labels import labels_in
from pipeline.reading.marks.patches import Patch, cut_patch
from schemas.base import Box
from schemas.reading import Line, Seal

StripReader = Callable[[NDArray[np.uint8]], tuple[str, float]]
"""Reads one line of text from a strip (BGR or grey, 48 pixels high) and says how sure it is."""

FROM, TO = 0.15, 0.98
"""Heads and feet hold no signatures."""
JOIN_MM = 4.0
LEAST_WIDE_MM, LEAST_TALL_MM, MOST_TALL_MM = 12.0, 2.2, 22.0
LABEL_MM = 10.0
"""So much of a row's left end is print; a fingerprint further right is taller."""
RIM_MM = 0.8
SIDE_MM = 8.0
"""Nothing stands nearer to the edge of the page but its shadow."""
COVERED = 0.5
MOST_ROWS = 6
STRIP_HEIGHT = 48
LEAST_SCORE = 0.55
"""The pen in the row lowers the score; a wrong reading does not spell a label."""


def find_overlooked(
    image: NDArray[np.uint8], dpi: float, lines: Sequence[Line], seals: Sequence[Seal], read_strip: StripReader
) -> tuple[Line, ...]:
    """Lines with a signature label in rows of ink that none of the `lines` covers."""
    patch = cut_patch(image, dpi, (0.0, 0.0, 1.0, 1.0))
    found = []
    for box in _rows(patch, [*(line.box for line in lines), *(seal.box for seal in seals)]):
        text, score = read_strip(_strip(patch, box))
        if score >= LEAST_SCORE and labels_in(text):
            found.append(Line(text=text, box=box, score=min(1.0, max(0.0, score))))
    return tuple(found)


def _rows(patch: Patch, known: Sequence[Box]) -> list[Box]:
    """Boxes, in page fractions, of the rows of ink outside the `known` boxes, largest first."""
    mm = patch.mm
    height, width = patch.ink.shape
    ink = patch.ink.astype(np.uint8)
    side = int(SIDE_MM * mm)
    ink[: int(FROM * height)] = ink[int(TO * height) :] = 0
    ink[:, :side] = ink[:, max(0, width - side) :] = 0
    for left, top, right, bottom in known:
        ink[int(top * height) : int(np.ceil(bottom * height)), int(left * width) : int(np.ceil(right * width))] = 0
    ink = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)), np.uint8)
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


def _strip(patch: Patch, box: Box) -> NDArray[np.uint8]:
    """The row dark on white, red ink taken away, `STRIP_HEIGHT` pixels high."""
    height, width = patch.ink.shape
    rim = RIM_MM * patch.mm
    rows = slice(max(0, int(box[1] * height - rim)), min(height, int(box[3] * height + rim)))
    columns = slice(max(0, int(box[0] * width - rim)), min(width, int(box[2] * width + rim)))
    darkness = patch.darkness[rows, columns]
    top = max(1.0, float(np.percentile(darkness, 99)))
    grey = np.asarray(255 - np.clip(darkness / top * 255, 0, 255), np.uint8)
    scale = STRIP_HEIGHT / max(1, grey.shape[0])
    return np.asarray(
        cv2.resize(grey, (max(1, round(grey.shape[1] * scale)), STRIP_HEIGHT), interpolation=cv2.INTER_CUBIC), np.uint8
    )
