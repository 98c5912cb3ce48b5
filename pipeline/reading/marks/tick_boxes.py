"""Boxes to tick (勾选框): `□ 一般代理  ☑ 特别授权`.

Boxes are found by their shape (`tick_frames`), because a line reader drops most of them and reads the others as anything
from √ to 回. Where it says that there is a box and none is to be seen, it stays in doubt.
"""

# ruff: noqa: PLR0913, PLR0917 - a box is told by its picture, its line and its neighbours

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.geometry import Scale, pitch_of, same_row, scale_of, weight
from pipeline.reading.marks.overlooked import StripReader
from pipeline.reading.marks.patches import Patch, cut_patch
from pipeline.reading.marks.planes import Sheet
from pipeline.reading.marks.tick_frames import TickFrame, find_frames
from schemas.base import Box, State
from schemas.reading import Line, TickBox

BOXES = "□☐☑☒■"
BARE_TICKS = "√✓✔"
FRAMED = "口囗日回田目团国因困凶区四园"
"""What a box, empty or ticked, is read as when it is not read as a box."""
ENCLOSED = "国因困图园团固圆围四日目面西由甲田曲囚回"
"""Characters that have a frame themselves."""
MOUTH = re.compile(r"[户人门窗路出入进港]\s*口|口\s*[头供述语令岸粮音径味服腔]")
"""口 as a character; before any other word it is a box that was read so."""
SURE_CHARACTER, CLEAR_CHARACTER = 0.8, 0.9
CHARACTER_ROOM = 0.3
SURE_LINE = 0.8
OPTION = re.compile(rf"[{BOXES}{BARE_TICKS}{FRAMED}]\s*(?P<label>[^{BOXES}{BARE_TICKS}\s，。；;,]{{2,24}})")
LONGEST_LABEL = 24
LEAST_SCORE = 0.5
MOST_GAP = 2.5
"""Characters of blank between a box and its option."""
NEAR = 2.5
SIDE_MM = (2.0, 7.0)
EMPTY_BELOW, TICKED_ABOVE = 0.03, 0.10
"""Ink in the middle of a frame: empty boxes 0 to 0.02 at 150 dpi, ticks and crosses 0.12 and more."""
STRUCK = 0.8
"""Score of a box whose middle a tick missed."""
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


def find_tick_boxes(sheet: Sheet, lines: Sequence[Line], read_strip: StripReader | None = None) -> tuple[TickBox, ...]:
    """The tick boxes of an upright page from top to bottom. `read_strip` reads the option behind a box once more."""
    image, dpi = sheet.image, sheet.dpi
    spoken = any(char in line.text for line in lines for char in BOXES + BARE_TICKS)
    frames = find_frames(sheet, expected=spoken) if lines else []
    if not spoken and not frames:
        return ()
    scale = scale_of(image, dpi, lines)
    frames = [frame for frame in frames if not _is_character(frame.box, lines, scale)]
    frames = [each for each in frames if each.inside <= EMPTY_BELOW or _is_marked(image, each.box, lines, read_strip)]
    seen = [box for frame in frames for box in _seen(image, frame, frames, lines, scale, read_strip)]
    told = []
    for line in lines:
        for match in OPTION.finditer(line.text):
            if match.group()[0] in FRAMED:
                continue
            box = _tick_box(image, dpi, line, match, scale)
            if box is not None and not any(_is_near(box.box, frame.box) for frame in frames):
                told.append(box)
    return tuple(sorted([*seen, *told], key=lambda each: (round(each.box[1], 2), each.box[0])))


def _is_character(box: Box, lines: Sequence[Line], scale: Scale) -> bool:
    """Whether the line reader saw a character with a frame at that place, within a word: 四 in a date, 因 in 原因."""
    middle = (box[0] + box[2]) / 2
    for line in lines:
        if line.score < SURE_LINE or not same_row(box, line.box) or not line.box[0] <= middle <= line.box[2]:
            continue
        total = max(0.5, weight(line.text))
        mouths = {at for match in MOUTH.finditer(line.text) for at in range(*match.span()) if line.text[at] == "口"}
        for index, char in enumerate(line.text):
            if index not in mouths and (char not in ENCLOSED or _begins_option(line.text, index)):
                continue
            place = line.box[0] + (line.box[2] - line.box[0]) * (weight(line.text[:index]) + 0.5) / total
            if abs(place - middle) <= scale.across(1.3 * pitch_of(line, scale)):
                return True
    return False


def _is_marked(image: NDArray[np.uint8], box: Box, lines: Sequence[Line], read_strip: StripReader | None) -> bool:
    """Whether a frame with ink in it is a box. Without a reader, none is that stands among well-read words."""
    if read_strip is not None:
        return not _reads_as_character(image, box, read_strip)
    middle = (box[0] + box[2]) / 2
    among = [line for line in lines if same_row(box, line.box) and line.box[0] < middle < line.box[2]]
    return all(any(char in line.text for char in BOXES + BARE_TICKS + FRAMED) for line in among)


def _reads_as_character(image: NDArray[np.uint8], box: Box, read_strip: StripReader) -> bool:
    """Whether what stands there, cut out by itself, is surely a character."""
    height, width = image.shape[:2]
    across, down = CHARACTER_ROOM * (box[2] - box[0]), CHARACTER_ROOM * (box[3] - box[1])
    rows = slice(int(max(0.0, box[1] - down) * height), int((box[3] + down) * height) + 1)
    text, score = read_strip(image[rows, int(max(0.0, box[0] - across) * width) : int((box[2] + across) * width) + 1])
    char = text.strip()
    if len(char) != 1 or score < SURE_CHARACTER:
        return False
    return char in ENCLOSED or (score >= CLEAR_CHARACTER and char not in FRAMED and "\u4e00" <= char <= "\u9fff")


def _begins_option(text: str, index: int) -> bool:
    before, behind = text[:index].rstrip(), text[index + 1 : index + 2]
    return (not before or before[-1] in "：:" or text[index - 1].isspace()) and behind not in "、.．期"


def _seen(
    image: NDArray[np.uint8],
    frame: TickFrame,
    frames: Sequence[TickFrame],
    lines: Sequence[Line],
    scale: Scale,
    read_strip: StripReader | None,
) -> list[TickBox]:
    """The box with its option; nothing where no words stand behind it."""
    end = min((other.box[0] for other in frames if _follows(frame.box, other.box)), default=1.0)
    row = [line for line in lines if same_row(frame.box, line.box) and line.box[2] > frame.box[2] and line.box[0] < end]
    if not row:
        return []
    line = min(row, key=lambda each: max(0.0, each.box[0] - frame.box[2]))
    if line.box[0] - frame.box[2] > scale.across(MOST_GAP * scale.pitch_mm):
        return []
    label = _label(image, frame.box, min(end, line.box[2]), line, scale, read_strip)
    if not label or label[0] in "：:":
        return []  # 户口：, set wide: behind a box there is its option
    state, score = _judged(frame)
    return [TickBox(label=label, box=frame.box, state=state, score=score)]


def _judged(frame: TickFrame) -> tuple[State, float]:
    if frame.inside >= TICKED_ABOVE:
        return State.FOUND, round(min(1.0, 0.6 + frame.inside), 3)
    if frame.struck is State.FOUND:
        return State.FOUND, STRUCK
    if frame.inside <= EMPTY_BELOW and frame.struck is State.MISSING:
        return State.MISSING, 0.95
    return State.UNCERTAIN, 0.5


def _follows(box: Box, other: Box) -> bool:
    return other[0] > box[2] and same_row(box, other)


def _label(
    image: NDArray[np.uint8], box: Box, end: float, line: Line, scale: Scale, read_strip: StripReader | None
) -> str:
    """The words between this box and the next: read by themselves, or counted off along the line."""
    if read_strip is not None:
        height, width = image.shape[:2]
        gap = scale.across(0.3)
        rows = slice(int(line.box[1] * height), int(np.ceil(line.box[3] * height)))
        strip = image[rows, int((box[2] + gap) * width) : int(end * width)]
        if strip.size and strip.shape[1] > strip.shape[0] // 2:
            text, score = read_strip(strip)
            if score >= LEAST_SCORE:
                return _first_words(text)
    start = max(0.0, box[2] - line.box[0]) / max(1e-6, line.box[2] - line.box[0])
    stop = (end - line.box[0]) / max(1e-6, line.box[2] - line.box[0])
    return _first_words(line.text[round(start * len(line.text)) : round(stop * len(line.text))])


def _first_words(text: str) -> str:
    """Up to the first stop or blank, without what was made of the boxes."""
    words = re.split(rf"[，。；;,\s{BOXES}{BARE_TICKS}]", text.strip().lstrip(BOXES + BARE_TICKS + FRAMED).strip())
    return words[0][:LONGEST_LABEL]


def _is_near(one: Box, other: Box) -> bool:
    """Whether both are about the same box; the reading's place is off by a character or two in a row of boxes."""
    return same_row(one, other) and abs(one[0] - other[0]) < NEAR * (other[2] - other[0])


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
