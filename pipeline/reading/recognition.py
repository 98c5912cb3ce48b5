"""What a line says (文字识别): PP-OCRv6 small on line pictures of fixed widths, one at a time.

Batching brings nothing on one core (measured), and a batch of one needs no padding to its longest line.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.letters import in_case_numbers, simplified
from pipeline.reading.doubled import may_be_doubled
from pipeline.reading.doubts import doubts_of, rivals_of
from pipeline.reading.gaps import CHINESE_NUMERALS, holds_ring, inked_gaps, is_numeric, part_of_number
from pipeline.reading.level_strokes import are_miscounted
from pipeline.reading.models import Network, Tensor, signed
from pipeline.reading.page_image import Pixels
from schemas.reading import Doubt

HEIGHT = 48
WIDTHS = (
    *(64, 96, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640, 768, 896),
    *(1024, 1152, 1280, 1472, 1664, 1856, 2048, 2400, 2800, 3200),
)
SQUEEZED = 0.03
"""A long line up to this much wider than one of the widths is made narrower: less than fonts differ, and up to a tenth
less to calculate. Twice as many widths would spare as much, and cost every worker 30 ms and 5 MB each."""
LONG = 640
"""Pixels from which a line is running text. The values of a form are shorter, and are read as they are."""
LOST_LETTER = 0.5
"""Score of a number in which ink stands where no letter was read."""
TALL = 1.5
"""A box this much taller than wide holds a line that runs from top to bottom, and is turned."""


def crop_line(image: Pixels, corners: NDArray[np.float32], tall: int = HEIGHT) -> Pixels:
    """The line inside the corners, straight and horizontal, `tall` pixels high."""
    top_left, top_right, bottom_right, bottom_left = corners
    width = max(np.linalg.norm(top_right - top_left), np.linalg.norm(bottom_right - bottom_left))
    height = max(np.linalg.norm(bottom_left - top_left), np.linalg.norm(bottom_right - top_right))
    if height >= TALL * width:
        # Turned counter-clockwise: the line's start is at the bottom of the box, as on a page fed sideways.
        corners = np.array([top_right, bottom_right, bottom_left, top_left], np.float32)
        width, height = height, width
    return _warp(image, corners, (float(width), float(height)), tall)


def _warp(image: Pixels, corners: NDArray[np.float32], extent: tuple[float, float], tall: int) -> Pixels:
    width, height = extent
    wide = int(min(WIDTHS[-1], max(8, round(width * tall / max(height, 1.0)))))
    wide = fitting(wide) if tall == HEIGHT else wide
    # Far larger lines lose strokes if they are sampled straight to the target: go there by way of their own size.
    size = (wide, tall) if height <= 2 * tall else (max(8, round(width)), max(8, round(height)))
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    crop = cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    if size != (wide, tall):
        crop = cv2.resize(crop, (wide, tall), interpolation=cv2.INTER_AREA)
    return crop.astype(np.uint8, copy=False)


def fitting(wide: int) -> int:
    """The width that a line's picture gets: its own, or that of the network where it hardly differs."""
    fit = max((size for size in WIDTHS if size <= wide), default=wide)
    return fit if fit >= LONG and wide <= fit * (1 + SQUEEZED) else wide


@dataclass(frozen=True)
class Said:
    """What one line picture says."""

    text: str
    score: float
    """Mean score of its characters."""
    weakest_digit: float
    """Score of its least sure numeral; 1 where there is none."""
    miscounted: bool = False
    """Whether a 一, 二 or 三 shows more or fewer level strokes than it has."""
    doubts: tuple[Doubt, ...] = ()


def recognise(network: Network, alphabet: list[str], crop: Pixels) -> Said:
    """The text of a line picture and how sure the network is of it."""
    width = next((size for size in WIDTHS if size >= crop.shape[1]), WIDTHS[-1])
    tensor = np.zeros((1, 3, HEIGHT, width), np.float32)
    tensor[0, :, :, : crop.shape[1]] = signed(crop[:, :width])
    steps = network(tensor)[0]
    best = steps.argmax(1)
    score = steps[np.arange(len(steps)), best]
    kept = np.flatnonzero(np.r_[True, best[1:] != best[:-1]] & (best != 0))
    if not kept.size:
        return Said("", 0.0, 1.0)
    letters = [alphabet[index] for index in best[kept]]
    scores = np.clip(score[kept], 0.0, 1.0)
    numerals = [float(value) for letter, value in zip(letters, scores, strict=True) if is_numeric(letter)]
    weakest = min([*numerals, *_passed_over(steps, best, kept, letters)], default=1.0)
    rivals = rivals_of(steps[kept], best[kept], alphabet)
    places = (kept + 0.5) * width / len(steps)
    miscounted = are_miscounted(crop, letters, places)
    doubled = may_be_doubled(crop, letters, places)
    rings, lost = _unread(letters, places, crop)
    for before in rings:
        letters.insert(before, "〇")
        rivals.insert(before, ())
    weakest = min(weakest, LOST_LETTER) if lost or doubled else weakest
    text, doubts = in_case_numbers(simplified("".join(letters))), doubts_of(letters, rivals)
    return Said(text, float(scores.mean()), weakest, miscounted, doubts)


def _passed_over(steps: Tensor, best: NDArray[np.intp], kept: NDArray[np.intp], letters: list[str]) -> list[float]:
    """How sure each silence inside a number is: beside a covered digit the network wavers, and then says nothing."""
    sure = []
    for number in range(1, len(kept)):
        if not (part_of_number(letters[number - 1]) and part_of_number(letters[number])):
            continue
        silent = steps[kept[number - 1] + 1 : kept[number]]
        own = best[kept[number - 1]], best[kept[number]]
        heard = silent[:, 0] + silent[:, own[0]] + (silent[:, own[1]] if own[1] != own[0] else 0)
        sure += [float(value) for value in np.clip(heard, 0.0, 1.0)]
    return sure


def _unread(letters: list[str], places: NDArray[np.float64], crop: Pixels) -> tuple[list[int], bool]:
    """Before which letters a 〇 is seen in a gap of a year, the last first, and whether other ink in a number went unread."""
    lost, rings = False, []
    for gap in reversed(inked_gaps(crop, letters, places)):
        around = letters[max(0, gap.before - 1) : gap.before + 1]
        if all(letter in CHINESE_NUMERALS for letter in around) and holds_ring(crop, gap):
            rings.append(gap.before)
        else:
            lost = True
    return rings, lost
