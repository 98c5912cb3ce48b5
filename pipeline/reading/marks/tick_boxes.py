"""Boxes to tick (勾选框): `□ 一般代理  ☑ 特别授权`.

The line reader says where a box stands; the picture says whether it is ticked, because a ticked box is read as
anything from √ to 回.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.geometry import Scale, pitch_of, scale_of, weight
from pipeline.reading.marks.patches import Patch, cut_patch
from schemas.base import Box, State
from schemas.reading import Line, TickBox

BOXES = "□☐☑☒■"
BARE_TICKS = "√✓✔"
FRAMED = "口囗日回田目团国因困凶区四园"
"""What a box, empty or ticked, is read as when it is not read as a box."""
OPTION = re.compile(rf"[{BOXES}{BARE_TICKS}{FRAMED}]\s*(?P<label>[^{BOXES}{BARE_TICKS}\s，。；;,]{{2,24}})")
SIDE_MM = (2.0, 7.0)
EMPTY_BELOW, TICKED_ABOVE = 0.03, 0.10
"""Ink in the middle of a frame: empty boxes 0 to 0.02 at 150 dpi, ticks and crosses 0.12 and more."""
FRAME_SIDE = 0.85
"""Inked share of the weakest side of a frame."""


@dataclass(frozen=True)
class Frame:
    """A printed box in a patch: pixels, and the share of ink inside it."""

    x: int
    y: int
    width: int
    height: int
    inside: float


def find_tick_boxes(image: NDArray[np.uint8], dpi: float, lines: Sequence[Line]) -> tuple[TickBox, ...]:
    """The tick boxes of an upright page in reading order."""
    if not any(char in line.text for line in lines for char in BOXES):
        return ()
    scale = scale_of(image, dpi, lines)
    found = []
    for line in lines:
        for match in OPTION.finditer(line.text):
            if match.group()[0] in FRAMED and match.start() and not line.text[match.start() - 1].isspace():
                continue
            box = _tick_box(image, dpi, line, match, scale)
            if box is not None:
                found.append(box)
    return tuple(found)


def _tick_box(image: NDArray[np.uint8], dpi: float, line: Line, match: re.Match[str], scale: Scale) -> TickBox | None:
    mark = match.group()[0]
    pitch = pitch_of(line, scale)
    share = weight(line.text[: match.start()]) / max(0.5, weight(line.text))
    left = line.box[0] + (line.box[2] - line.box[0]) * share
    slack = scale.across(pitch * 0.6)
    cell: Box = (max(0.0, left - slack), line.box[1], min(1.0, left + scale.across(pitch) + slack), line.box[3])
    patch = cut_patch(image, dpi, cell)
    frame = None if patch.empty else _frame(patch)
    if frame is None:
        return _by_reading(mark, match["label"], cell, line.score)
    state, score = _ticked(frame, mark)
    unit_x, unit_y = scale.across(1 / patch.mm), scale.down(1 / patch.mm)
    x, y = cell[0] + frame.x * unit_x, cell[1] + frame.y * unit_y
    box = (x, y, x + frame.width * unit_x, y + frame.height * unit_y)
    return TickBox(label=match["label"], box=box, state=state, score=score)


def _by_reading(mark: str, label: str, cell: Box, score: float) -> TickBox | None:
    """No frame to be seen: the reading alone, and only of a character that can be nothing else."""
    if mark in FRAMED:
        return None
    if mark in "☑☒■" + BARE_TICKS:
        return TickBox(label=label, box=cell, state=State.FOUND, score=round(score * 0.8, 3))
    return TickBox(label=label, box=cell, state=State.UNCERTAIN, score=round(score * 0.5, 3))


def _ticked(frame: Frame, mark: str) -> tuple[State, float]:
    if frame.inside >= TICKED_ABOVE:
        return State.FOUND, min(1.0, 0.6 + frame.inside)
    if frame.inside <= EMPTY_BELOW and mark not in "☑☒■":
        return State.MISSING, 0.95
    return State.UNCERTAIN, 0.5


def _frame(patch: Patch) -> Frame | None:
    """The square whose four sides are inked best, the larger of equals. A tick may run out of it on any side."""
    ink = (patch.ink | patch.level | patch.upright).astype(np.float32)
    level = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    upright = cv2.dilate(ink, np.ones((1, 3), np.uint8))
    best: tuple[float, Frame] | None = None
    for side in range(int(SIDE_MM[0] * patch.mm), min(int(SIDE_MM[1] * patch.mm), *ink.shape)):
        across = cv2.boxFilter(level, -1, (side, 1), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
        down = cv2.boxFilter(upright, -1, (1, side), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
        last = side - 1
        sides = (across[:-last, :-last], across[last:, :-last], down[:-last, :-last], down[:-last, last:])
        cover = np.minimum.reduce([np.asarray(each, np.float32) for each in sides])
        y, x = (int(at) for at in np.unravel_index(int(cover.argmax()), cover.shape))
        merit = float(cover[y, x]) + LARGER * side / patch.mm
        if cover[y, x] >= FRAME_SIDE and (best is None or merit > best[0]):
            edge = max(2, round(0.18 * side))
            inner = ink[y + edge + 1 : y + side - edge - 1, x + edge + 1 : x + side - edge - 1]
            best = (merit, Frame(x, y, side, side, float(inner.mean()) if inner.size else 0.0))
    return best[1] if best is not None else None


LARGER = 0.06
"""What a millimetre of side is worth against the inked share of the weakest side."""
