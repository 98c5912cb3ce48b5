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
FRAME_SIDE = 0.7
"""Inked share of each side of a frame."""


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
    """The hollow square of the patch, if there is one; the ink of a tick that leaves it is not part of it."""
    ink = (patch.ink | patch.level | patch.upright).astype(np.uint8)
    least, most = SIDE_MM[0] * patch.mm, SIDE_MM[1] * patch.mm
    run = max(3, int(least * 0.75))
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((run, 1), np.uint8))
    outline = cv2.morphologyEx(across | down, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    best: Frame | None = None
    _, _, stats, _ = cv2.connectedComponentsWithStats(outline)
    for x, y, w, h, _ in stats[1:]:
        if not (least <= min(w, h) and max(w, h) <= most and max(w, h) <= 1.35 * min(w, h)):  # noqa: PLR2004 - a square
            continue
        piece = ink[y : y + h, x : x + w] > 0
        edge = max(2, round(0.16 * min(w, h)))
        sides = (piece[:edge].any(0), piece[-edge:].any(0), piece[:, :edge].any(1), piece[:, -edge:].any(1))
        if min(float(side.mean()) for side in sides) < FRAME_SIDE:
            continue
        inner = piece[edge + 1 : -edge - 1, edge + 1 : -edge - 1]
        if inner.size and (best is None or w * h > best.width * best.height):
            best = Frame(int(x), int(y), int(w), int(h), float(inner.mean()))
    return best
