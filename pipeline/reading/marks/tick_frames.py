"""The printed boxes of a form, found by their shape: line readers drop most of them, ticked ones above all.

Empty boxes tell the size that all boxes of the page have; frames of that size are then looked for whatever is in them.
口 and its kin are told apart by their legs, cells of a grid by lines that run on.
"""

# ruff: noqa: PLR0913 - a rectangle has four sides

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.planes import MM_PER_INCH, Sheet, shrink
from schemas.base import Box, State

LOOK_DPI = 200.0
SIDE_MM = (1.9, 6.5)
SQUARE = 0.12
"""By how much an empty box may be wider than tall, or taller."""
HOLE_FILL = 0.88
"""Area of the empty inside over its bounding box."""
SAME_SIZE = 0.1
FRAME_SIDE = 0.82
"""Inked share of the weakest side of a frame."""
LEG = 0.6
RUN_ON = 0.9
MOST_FRAMES = 80
EMPTY, SOLID = 0.03, 0.85
STROKE_ROOM, STROKE_REACH = 0.8, 0.28
"""Of a box's side: how far around it a stroke is followed, and how far one reaches above or below that is no letter's."""
DARK, PALE = 0.62, 0.74
"""Of the paper's lightness: below it is ink. Boxes drawn with a thin line come out paler than letters."""
CLEAR_BELOW, TIP_BELOW, NEAR, FAR = 0.08, 0.2, 0.1, 0.34
"""Ink below a box, between these shares of its side: ticks run out at the top and the right, of characters strokes lie there.
In the row of an empty box more is taken for the tip of a tick; pens that fill a box go over its edge, too."""
LEVEL = 0.2
"""Of a box's side: how much higher or lower another box of its row stands."""
GAP, BLANK = 0.24, 0.04
"""Of a box's side: within which distance on its left a column without ink parts it from the letter before."""


@dataclass(frozen=True)
class TickFrame:
    """A box of a form, as page fractions, and the share of ink in its middle."""

    box: Box
    inside: float
    struck: State = State.MISSING
    """Whether a stroke runs through one of its sides. FOUND: and into the box; a tick may miss the middle."""


def find_frames(sheet: Sheet, *, expected: bool) -> list[TickFrame]:
    """The boxes of a form from top to bottom. Without `expected`, a page must show at least two empty ones of a size."""
    red, scale = shrink(sheet.red, sheet.dpi, LOOK_DPI)
    mm = sheet.dpi * scale / MM_PER_INCH
    paper = _paper(red, mm)
    frames = _frames_in(_ink(red, paper, DARK), mm, expected=expected)
    if not expected:
        return frames
    # In paler ink letters run together to frames: it is asked only beside a box that is surely one, or where none is.
    ink = _ink(red, paper, PALE)
    paler = _beside(ink, mm, frames) if frames else _frames_in(ink, mm, expected=True)
    new = [one for one in paler if not any(_same(one, other) for other in frames)]
    empty = [one for one in (frames or new) if one.inside < EMPTY]
    sure = [one for one in new if any(_in_row(one, other) for other in empty)]
    return sorted([*frames, *sure], key=_place)


def _beside(ink: NDArray[np.uint8], mm: float, frames: Sequence[TickFrame]) -> list[TickFrame]:
    """The boxes in the rows of these, each row searched for itself: a form has few."""
    height = ink.shape[0]
    found, end = [], 0
    for frame in (one for one in frames if one.inside < EMPTY):
        first, last = round(frame.box[1] * height), round(frame.box[3] * height)
        if last <= end:
            continue  # its row was searched with another of its boxes
        top, end = max(0, first - (last - first)), last + (last - first)
        part = ink[top:end]
        for one in _frames_in(part, mm, expected=True):
            left, upper, right, lower = one.box
            rows = (upper * len(part) + top) / height, (lower * len(part) + top) / height
            found.append(replace(one, box=(left, rows[0], right, rows[1])))
    return found


def _in_row(one: TickFrame, other: TickFrame) -> bool:
    tall = other.box[3] - other.box[1]
    alike = abs(one.box[3] - one.box[1] - tall) <= SAME_SIZE * tall
    return alike and abs(one.box[1] - other.box[1]) < tall


def _same(one: TickFrame, other: TickFrame) -> bool:
    """Whether two frames are one box, seen in two inks."""
    side = max(one.box[2] - one.box[0], other.box[2] - other.box[0])
    tall = max(one.box[3] - one.box[1], other.box[3] - other.box[1])
    return abs(one.box[0] - other.box[0]) < 0.6 * side and abs(one.box[1] - other.box[1]) < 0.6 * tall


def _place(frame: TickFrame) -> tuple[float, float]:
    return frame.box[1], frame.box[0]


def _frames_in(ink: NDArray[np.uint8], mm: float, *, expected: bool) -> list[TickFrame]:
    empty = [each for each in _empty_squares(ink, mm) if _stands_free(ink, *each) and not _has_legs(ink, *each)]
    side = _usual_side([square[2] for square in empty], 1 if expected else 2)
    if side is None:
        return []
    reach = max(1, round(SAME_SIZE * side))
    squares = [*_filled_squares(ink, side), *_squares(ink, range(side - reach, side + reach + 1))]
    squares = [one for index, one in enumerate(squares) if not any(_overlap(one, other) for other in squares[:index])]
    height, width = ink.shape
    return [
        TickFrame(
            (x / width, y / height, (x + s) / width, (y + s) / height), _inside(ink, x, y, s), _struck(ink, x, y, s)
        )
        for x, y, s in sorted(squares, key=lambda each: (each[1], each[0]))
        if _stands_free(ink, x, y, s)
        and _is_box(ink, x, y, s, in_row=any(_beside_empty((x, y, s), other) for other in empty))
    ]


def _beside_empty(one: tuple[int, int, int], empty: tuple[int, int, int]) -> bool:
    """Whether a square stands in the row of an empty box, and is as large."""
    side = empty[2]
    return abs(one[1] - empty[1]) <= LEVEL * side and abs(one[2] - side) <= SAME_SIZE * side


def _is_box(ink: NDArray[np.uint8], x: int, y: int, side: int, *, in_row: bool) -> bool:
    """An empty square without the legs of 口; one with ink in it that nothing but a tick runs out of; one filled by hand."""
    inside = _inside(ink, x, y, side)
    if inside < EMPTY:
        return not _has_legs(ink, x, y, side)
    near, far = max(1, round(NEAR * side)), max(3, round(FAR * side))
    below = ink[y + side + near : y + side + far, x : x + side]
    beside = ink[y : y + side, max(0, x - max(3, round(GAP * side))) : max(0, x - 1)]
    parted = beside.size == 0 or float(beside.mean(axis=0).min()) <= BLANK
    return parted and _share(below) <= (TIP_BELOW if in_row or inside >= SOLID else CLEAR_BELOW)


def _share(part: NDArray[np.uint8]) -> float:
    return float(part.mean()) if part.size else 0.0


def _paper(red: NDArray[np.uint8], mm: float) -> NDArray[np.uint8]:
    """The lightness of the paper around each pixel; red ink is paper in the red channel."""
    side = int(8 * mm / 4) | 1
    coarse = cv2.resize(red, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(cv2.dilate(coarse, np.ones((side, side), np.uint8)), red.shape[::-1]), np.uint8)


def _ink(red: NDArray[np.uint8], paper: NDArray[np.uint8], dark: float) -> NDArray[np.uint8]:
    """What is darker than this share of the paper, as 1."""
    # One more than the lightest grey that is ink on paper of each lightness.
    limits = np.ceil(np.float32(dark) * np.arange(256, dtype=np.float32)).astype(np.uint8)
    return np.asarray(red < cv2.LUT(paper, limits), np.uint8)


def _empty_squares(ink: NDArray[np.uint8], mm: float) -> list[tuple[int, int, int]]:
    """Left, top and side of the frames around white squares, in pixels."""
    # Frames stand within the bounds of the ink: the margins of the page need no search.
    x0, y0, wide, tall = cv2.boundingRect(ink)
    paper = 1 - ink[y0 : y0 + tall, x0 : x0 + wide]
    if not paper.size:
        return []
    _, _, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    least, most = SIDE_MM[0] * mm * 0.75, SIDE_MM[1] * mm
    w, h, area = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_AREA]
    sized = (w >= least) & (w <= most) & (h >= least) & (h <= most)
    square = sized & (np.abs(w - h) <= SQUARE * np.maximum(w, h)) & (area >= HOLE_FILL * w * h)
    rim = max(1, round(0.2 * mm))
    return [(x0 + x - rim, y0 + y - rim, round((w + h) / 2) + 2 * rim) for x, y, w, h, _ in stats[1:][square].tolist()]


def _usual_side(sides: Sequence[int], least: int) -> int | None:
    """The size that most empty boxes have, if that many have it."""
    if not sides:
        return None
    # Of equals the larger: what is left of 日 and 目 looks like a small box.
    best = max(sides, key=lambda side: (sum(abs(side - other) <= SAME_SIZE * side for other in sides), side))
    alike = [other for other in sides if abs(best - other) <= SAME_SIZE * best]
    return round(float(np.median(alike))) if len(alike) >= least else None


def _squares(ink: NDArray[np.uint8], sides: range) -> list[tuple[int, int, int]]:
    """Frames of these sides whose weakest side is inked enough, the best of those that overlap."""
    level = np.asarray(cv2.dilate(ink, np.ones((3, 1), np.uint8)), np.uint8)
    upright = np.asarray(cv2.dilate(ink, np.ones((1, 3), np.uint8)), np.uint8)
    proposals: list[tuple[float, int, int, int]] = []
    for side in sides:
        across, down = _inked(level, (side, 1)), _inked(upright, (1, side))
        last = side - 1
        least = cv2.min(
            cv2.min(across[:-last, :-last], across[last:, :-last]), cv2.min(down[:-last, :-last], down[:-last, last:])
        )
        shares = (np.arange(side + 1) / side).astype(np.float32)
        enough = int(np.argmax(shares >= np.float32(FRAME_SIDE)))
        ys, xs = np.unravel_index(np.flatnonzero(np.asarray(least) >= enough), least.shape)
        cover = shares[least[ys, xs]]
        proposals += [(c, x, y, side) for c, x, y in zip(cover.tolist(), xs.tolist(), ys.tolist(), strict=True)]
    kept: list[tuple[int, int, int]] = []
    for _, x, y, side in sorted(proposals, reverse=True):
        if len(kept) >= MOST_FRAMES:
            break
        if not any(_overlap((x, y, side), other) for other in kept):
            kept.append((x, y, side))
    return kept


def _inked(ink: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Inked pixels of the strip of this width and height, at most 255, that begins at each pixel."""
    counts = cv2.boxFilter(ink, -1, size, anchor=(0, 0), normalize=False, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(counts, np.uint8)


def _overlap(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return abs(one[0] - other[0]) <= one[2] // 2 and abs(one[1] - other[1]) <= one[2] // 2


def _filled_squares(ink: NDArray[np.uint8], side: int) -> list[tuple[int, int, int]]:
    """■: pieces of solid ink of that size."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    slack = max(2, round(0.2 * side))
    w, h, area = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_AREA]
    filled = (np.abs(w - side) <= slack) & (np.abs(h - side) <= slack) & (area > SOLID * w * h)
    return [(x, y, max(w, h)) for x, y, w, h, _ in stats[1:][filled].tolist()]


def _has_legs(ink: NDArray[np.uint8], x: int, y: int, side: int) -> bool:
    """Both uprights run on below the bottom, as those of 口 do."""
    leg, slack, bottom = max(2, round(0.1 * side)), max(1, round(0.06 * side)), y + side
    below = [
        _covered(ink, at - slack - 1, bottom + slack, at + slack + 1, bottom + slack + leg, axis=1)
        for at in (x, x + side - 1)
    ]
    return min(below) >= LEG


def _stands_free(ink: NDArray[np.uint8], x: int, y: int, side: int) -> bool:
    """No side runs on, as the lines of a grid do; a tick may leave the box on one side."""
    long, slack = max(3, round(0.35 * side)), max(1, round(0.06 * side))
    bottom, right = y + side, x + side
    runs = 0
    for row in (y, bottom - 1):
        runs += _covered(ink, x - long, row - slack, x - slack, row + slack + 1, axis=0) > RUN_ON
        runs += _covered(ink, right + slack, row - slack, right + long, row + slack + 1, axis=0) > RUN_ON
    for column in (x, right - 1):
        runs += _covered(ink, column - slack, y - long, column + slack + 1, y - slack, axis=1) > RUN_ON
        runs += _covered(ink, column - slack, bottom + slack, column + slack + 1, bottom + long, axis=1) > RUN_ON
    return runs <= 1


def _covered(ink: NDArray[np.uint8], x0: int, y0: int, x1: int, y1: int, *, axis: int) -> float:
    """Share of the columns (axis 0) or rows (axis 1) of a region that hold ink."""
    part = ink[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)]
    return float(part.any(axis=axis).mean()) if part.size else 0.0


def _inside(ink: NDArray[np.uint8], x: int, y: int, side: int, rim: float = 0.18) -> float:
    edge = max(2, round(rim * side)) + 1
    return _share(ink[y + edge : y + side - edge, x + edge : x + side - edge])


def _struck(ink: NDArray[np.uint8], x: int, y: int, side: int) -> State:
    """Whether ink that touches the frame reaches far above or below it, as no frame and no character beside it does."""
    around, far = round(STROKE_ROOM * side), STROKE_REACH * side
    left, top = max(0, x - around), max(0, y - around)
    part = ink[top : y + side + around, left : x + side + around]
    _, pieces, stats, _ = cv2.connectedComponentsWithStats(part)
    own = pieces[y - top : y - top + side, x - left : x - left + side]
    touching = set(np.unique(own).tolist()) - {0}
    above = max((y - top - stats[at, cv2.CC_STAT_TOP] for at in touching), default=0)
    below = max((_bottom(stats[at]) - (y - top + side) for at in touching), default=0)
    if max(above, below) < far:
        return State.MISSING
    return State.FOUND if _inside(ink, x, y, side, 0.06) >= EMPTY else State.UNCERTAIN


def _bottom(stats: NDArray[np.int32]) -> int:
    return int(stats[cv2.CC_STAT_TOP] + stats[cv2.CC_STAT_HEIGHT])
