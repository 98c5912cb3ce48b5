"""Ink at the foot of a page (页末签名): records are signed below their last line, mostly without a printed place for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.fingerprints import find_fingerprint
from pipeline.reading.marks.geometry import Scale, scale_of
from pipeline.reading.marks.handwriting import Ink, handwriting_score, measure_ink
from pipeline.reading.marks.patches import Patch, cut_patch
from schemas.base import Box, State
from schemas.reading import Line, Seal, SealColour, SignaturePlace

LABEL = "页末"
SIDE, BOTTOM = 0.05, 0.975
"""Nearer to the edges stand punched holes and the shadow of the sheet."""
LEAST_ROOM_MM = 7.0
"""Below a last line that leaves less, nobody signs: they sign in the margin."""
PRINT_SCORE, PRINT_LETTERS = 0.85, 4
JOIN_MM = (5.0, 1.6)
LEAST_TALL_MM, LEAST_WIDE_MM, LEAST_AREA_MM2 = 3.2, 6.0, 3.5
"""Less is a page number by hand, a tick or a crease."""
MOST_TALL_MM = 45.0
SURE, MAYBE = 0.8, 0.15
PAGE_NUMBER = re.compile(r"^[\s\W\d]*(?:第.{0,6}页)?[\s\W\d]*(?:共.{0,6}页)?[\s\W]*$")


def find_foot(
    image: NDArray[np.uint8], dpi: float, lines: Sequence[Line], seals: Sequence[Seal]
) -> SignaturePlace | None:
    """What stands at the foot of an upright page; None where no printed line tells where the foot begins."""
    printed = [line for line in lines if _is_print(line)]
    if not printed:
        return None
    scale = scale_of(image, dpi, lines)
    last = max(printed, key=lambda line: line.box[3])
    room = (BOTTOM - last.box[3]) * scale.height_mm
    if room < LEAST_ROOM_MM:
        return None
    region = (SIDE, last.box[1], 1 - SIDE, BOTTOM)
    others = [line.box for line in lines if _is_print(line) or PAGE_NUMBER.match(line.text)]
    grey = [seal.box for seal in seals if seal.colour is not SealColour.RED]
    patch = cut_patch(image, dpi, region, (*others, *grey))
    state, score, box = _seen(patch, region, scale, seals, _print_of(image, dpi, last, scale))
    return SignaturePlace(
        label=LABEL,
        label_box=last.box,
        box=box or (region[0], last.box[3], region[2], region[3]),
        state=state,
        score=round(score, 3),
    )


def _is_print(line: Line) -> bool:
    letters = sum(char.isalnum() for char in line.text)
    return (
        not line.handwritten
        and line.score >= PRINT_SCORE
        and letters >= PRINT_LETTERS
        and not PAGE_NUMBER.match(line.text)
    )


def _print_of(image: NDArray[np.uint8], dpi: float, line: Line, scale: Scale) -> Ink | None:
    patch = cut_patch(image, dpi, line.box)
    return measure_ink(patch, patch.ink, scale.pitch_mm)


def _seen(
    patch: Patch, region: Box, scale: Scale, seals: Sequence[Seal], print_: Ink | None
) -> tuple[State, float, Box | None]:
    if patch.empty:
        return State.UNCERTAIN, 0.3, None
    thumb = find_fingerprint(patch, region, scale, seals)
    if thumb is not None:
        return State.FOUND, 0.9, thumb
    best, where = 0.0, None
    for ink in _inks(patch, scale):
        hand = handwriting_score(ink, print_)
        if hand > best:
            best, where = hand, _box_of(ink, region, scale)
    if best >= SURE:
        return State.FOUND, best, where
    return (State.UNCERTAIN, best, where) if best >= MAYBE else (State.MISSING, 1 - best, None)


def _box_of(ink: Ink, region: Box, scale: Scale) -> Box:
    return (
        region[0] + scale.across(ink.left),
        region[1] + scale.down(ink.top),
        region[0] + scale.across(ink.right),
        region[1] + scale.down(ink.bottom),
    )


def _inks(patch: Patch, scale: Scale) -> Iterator[Ink]:
    """Groups of ink that are large enough to be a name or a sentence."""
    kernel = np.ones((int(JOIN_MM[1] * patch.mm) | 1, int(JOIN_MM[0] * patch.mm) | 1), np.uint8)
    joined = cv2.morphologyEx(patch.ink.astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    for index in range(1, count):
        _, _, wide, tall, _ = (float(value) / patch.mm for value in stats[index])
        if wide < LEAST_WIDE_MM or not LEAST_TALL_MM <= tall <= MOST_TALL_MM:
            continue
        ink = measure_ink(patch, patch.ink & (labels == index), scale.pitch_mm)
        if ink is not None and ink.area >= LEAST_AREA_MM2:
            yield ink
