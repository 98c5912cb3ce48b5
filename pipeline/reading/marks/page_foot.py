"""Ink at the foot of a page (页末签名): records are signed below their last line, mostly without a printed place for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.levels import levels
from pipeline.reading.marks.fingerprints import find_fingerprint
from pipeline.reading.marks.geometry import Scale, scale_of
from pipeline.reading.marks.handwriting import Ink, handwriting_score, measure_ink
from pipeline.reading.marks.labels import labels_in
from pipeline.reading.marks.patches import cut_patch
from pipeline.reading.marks.pen_at import PenEye
from pipeline.reading.marks.planes import MM_PER_INCH, shrink
from schemas.base import Box, State
from schemas.reading import Line, Seal, SignaturePlace

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
LOOK_DPI, LEAST_DARK = 75.0, 35.0
MARGIN_MM, MOST_CANDIDATES = 1.5, 4
PROSE = 10
"""Hanzi of a line of running text; shorter ones are parts of a sign-off."""
PAGE_NUMBER = re.compile(r"^[\s\W\d]*(?:第.{0,6}页)?[\s\W\d]*(?:共.{0,6}页)?[\s\W]*$")


def find_foot(
    image: NDArray[np.uint8], dpi: float, lines: Sequence[Line], seals: Sequence[Seal], eye: PenEye | None = None
) -> SignaturePlace | None:
    """What stands at the foot of an upright page; None where no running text tells where the foot begins.

    Missing only where nothing else could hold it: neither a printed place to sign nor a seal stands at the foot.
    """
    prose = [line for line in lines if _is_print(line) and _is_prose(line)]
    if not prose:
        return None
    scale = scale_of(image, dpi, lines)
    last = max(prose, key=lambda line: line.box[3])
    if (BOTTOM - last.box[3]) * scale.height_mm < LEAST_ROOM_MM:
        return None
    region = (SIDE, last.box[1], 1 - SIDE, BOTTOM)
    # A name and a day by pen read as a short line like any other: only what cannot be one counts as print.
    read = [line for line in lines if line in prose or PAGE_NUMBER.match(line.text) or labels_in(line.text)]
    at_foot = [seal for seal in seals if seal.box[3] > region[1]]
    masked = (*(line.box for line in read), *(seal.box for seal in at_foot))
    state, score, box = _seen(eye or PenEye(image, lines), dpi, region, masked, seals, last, scale)
    hidden = at_foot or any(line.box[1] > last.box[1] and labels_in(line.text) for line in lines)
    if state is State.MISSING and hidden:
        state, score = State.UNCERTAIN, 0.4
    return SignaturePlace(
        label=LABEL,
        label_box=last.box,
        box=box or (region[0], last.box[3], region[2], region[3]),
        state=state,
        score=round(score, 3),
    )


def _is_prose(line: Line) -> bool:
    """Running text, of whatever length its last line is."""
    hanzi = sum(char > "\u2e80" for char in line.text)
    return not labels_in(line.text) and (hanzi >= PROSE or line.text[-1:] in "。？！?!；;，,")


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


def _seen(  # noqa: PLR0913, PLR0917 - the page, where to look, and what is known of it
    eye: PenEye,
    dpi: float,
    region: Box,
    masked: tuple[Box, ...],
    seals: Sequence[Seal],
    last: Line,
    scale: Scale,
) -> tuple[State, float, Box | None]:
    image, best, where = eye.image, 0.0, None
    boxes = _candidates(image, dpi, region, masked)
    print_ = _print_of(image, dpi, last, scale) if boxes else None
    for box in boxes:
        patch = cut_patch(image, dpi, box, masked)
        thumb = find_fingerprint(patch, box, scale, seals)
        if thumb is not None:
            return State.FOUND, 0.9, thumb
        ink = measure_ink(patch, patch.ink, scale.pitch_mm)
        if ink is None or ink.area < LEAST_AREA_MM2 or ink.height < LEAST_TALL_MM or ink.width < LEAST_WIDE_MM:
            continue
        at = _box_of(ink, box, scale)
        hand = handwriting_score(ink, print_, eye.odds(at))
        if hand > best:
            best, where = hand, at
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


def _candidates(image: NDArray[np.uint8], dpi: float, region: Box, masked: tuple[Box, ...]) -> list[Box]:
    """Boxes, largest first, of the groups of ink in the region that are large enough to be a name, at low resolution."""
    height, width = image.shape[:2]
    x0, y0 = int(region[0] * width), int(region[1] * height)
    small, zoom = shrink(image[y0 : int(region[3] * height), x0 : int(region[2] * width)], dpi, LOOK_DPI)
    mm = dpi * zoom / MM_PER_INCH
    lightness = np.asarray(small if small.ndim == 2 else reduce(cv2.min, cv2.split(small)), np.uint8)  # noqa: PLR2004 - grey
    (paper,) = levels(lightness, 50) if lightness.size else (0.0,)
    ink = (lightness < paper - LEAST_DARK).astype(np.uint8)
    for left, top, right, bottom in masked:
        rows = slice(max(0, int((top * height - y0) * zoom)), max(0, int((bottom * height - y0) * zoom) + 1))
        ink[rows, max(0, int((left * width - x0) * zoom)) : max(0, int((right * width - x0) * zoom) + 1)] = 0
    kernel = np.ones((int(JOIN_MM[1] * mm) | 1, int(JOIN_MM[0] * mm) | 1), np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel))
    rim, found = MARGIN_MM * mm, []
    for x, y, wide, tall, area in stats[1:count].tolist():
        if wide >= LEAST_WIDE_MM * mm and LEAST_TALL_MM * mm <= tall <= MOST_TALL_MM * mm:
            edges = (
                (x - rim) / zoom + x0,
                (y - rim) / zoom + y0,
                (x + wide + rim) / zoom + x0,
                (y + tall + rim) / zoom + y0,
            )
            box = tuple(min(1.0, max(0.0, edge / (width, height)[side % 2])) for side, edge in enumerate(edges))
            found.append((area, (box[0], box[1], box[2], box[3])))
    return [box for _, box in sorted(found, reverse=True)[:MOST_CANDIDATES]]
