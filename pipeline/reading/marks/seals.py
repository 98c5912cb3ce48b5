"""Seals (印章) on a page: round ones by their ring, oval and square ones by their outline."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.levels import levels
from pipeline.reading.marks.circles import propose_circles
from pipeline.reading.marks.frames import find_frames
from pipeline.reading.marks.outlines import Outline, find_outlines
from pipeline.reading.marks.ovals import find_ovals
from pipeline.reading.marks.planes import MM_PER_INCH, Planes, Sheet, take_apart
from pipeline.reading.marks.rings import fit_ring
from pipeline.reading.marks.verdicts import Verdict, judge_frame, judge_ring
from schemas.base import State
from schemas.reading import Seal, SealColour, SealShape

RED_THRESHOLD = 14.0
"""Red above paper. 22 missed 4 of 6 seals on poor scans; below 10 the chroma noise of a JPEG begins."""
BLUE_THRESHOLD = 22.0
DARK_THRESHOLDS = (14.0, 30.0)
"""A seal on a bilevel page is a row of dots, pale once averaged; noise on a grey page needs the higher figure."""
LEAST_PAGE_MM = 12.0
"""A picture narrower than this holds no seal."""
NOISE_FACTOR = 5.0
SAME_CENTRE = 0.25
"""Centres nearer than this share of the radius: one seal, struck twice or with a second rim."""
OVERLAP, WITHIN = 0.3, 0.75
MOST_PICTURE = 0.2


@dataclass(frozen=True)
class Candidate:
    """Something judged to be a seal, in working pixels."""

    x: float
    y: float
    half_width: float
    half_height: float
    shape: SealShape
    colour: SealColour
    verdict: Verdict
    at_edge: bool

    @property
    def reach(self) -> float:
        return max(self.half_width, self.half_height)


def find_seals(sheet: Sheet) -> tuple[Seal, ...]:
    """All seals of an upright page, best first. Boxes are page fractions."""
    if min(sheet.image.shape[:2]) < LEAST_PAGE_MM * sheet.dpi / MM_PER_INCH:
        return ()
    planes = take_apart(sheet)
    kept: list[Candidate] = []
    for plane, threshold, colour in _searches(planes):
        ink = np.where(plane > threshold, np.uint8(255), np.uint8(0))
        found = _round_ones(planes, plane, ink, threshold, colour)
        found += _other_ones(planes, plane, ink, colour)
        found += _judged(planes, find_ovals(plane, ink, planes.mm, threshold), colour)
        for candidate in sorted(found, key=lambda one: -one.verdict.score):
            if any(_repeats(candidate, other) for other in kept):
                continue
            if not _in_picture(planes, candidate):
                kept.append(candidate)
            elif candidate.verdict.state is State.FOUND:
                doubt = Verdict(State.UNCERTAIN, round(0.6 * candidate.verdict.score, 3))
                kept.append(replace(candidate, verdict=doubt))
    return tuple(_seal(planes, one) for one in sorted(kept, key=lambda one: -one.verdict.score))


def _in_picture(planes: Planes, one: Candidate) -> bool:
    """In a photograph anything may be round: wheels, plates, faces."""
    rows = slice(max(0, int(one.y - one.half_height)), max(1, int(one.y + one.half_height)))
    columns = slice(max(0, int(one.x - one.half_width)), max(1, int(one.x + one.half_width)))
    part = planes.picture[rows, columns]
    return bool(part.size) and float(part.mean()) > MOST_PICTURE


def _searches(planes: Planes) -> list[tuple[NDArray[np.float32], float, SealColour]]:
    """Ink planes to search. A colour scan of a photocopy holds grey seals too."""
    noise = levels(planes.dark.astype(np.uint8), 50)[0] * NOISE_FACTOR
    low, high = DARK_THRESHOLDS
    dark = (planes.dark, min(high, max(low, noise)), SealColour.GREY)
    if planes.red is None or planes.blue is None:
        return [dark]
    return [
        (planes.red, RED_THRESHOLD, SealColour.RED),
        (planes.blue, BLUE_THRESHOLD, SealColour.BLUE),
        dark,
    ]


def _round_ones(
    planes: Planes, plane: NDArray[np.float32], ink: NDArray[np.uint8], threshold: float, colour: SealColour
) -> list[Candidate]:
    found = []
    for circle in propose_circles(plane, planes.mm, threshold):
        ring = fit_ring(ink, circle, planes.mm)
        verdict = judge_ring(ring, 2 * ring.radius / planes.mm, colour)
        if verdict is not None:
            at_edge = ring.visible < WHOLE
            found.append(Candidate(ring.x, ring.y, ring.radius, ring.radius, SealShape.ROUND, colour, verdict, at_edge))
    return found


def _other_ones(
    planes: Planes, plane: NDArray[np.float32], ink: NDArray[np.uint8], colour: SealColour
) -> list[Candidate]:
    """Ovals and squares that stand alone. In grey, squares only, also over print: an oval of black ink may be anything."""
    if colour is SealColour.GREY:
        return _judged(planes, find_frames(plane, ink, planes.mm), colour)
    return _judged(planes, find_outlines(plane, ink, planes.mm), colour)


def _judged(planes: Planes, outlines: list[Outline], colour: SealColour) -> list[Candidate]:
    found = []
    for outline in outlines:
        verdict = _judge_outline(outline, planes.mm, colour)
        if verdict is not None:
            half = (outline.width / 2, outline.height / 2)
            at_edge = outline.x - half[0] < EDGE or outline.x + half[0] > planes.width - EDGE
            if at_edge and outline.shape is SealShape.SQUARE:
                continue  # the coloured rim of a scan: a frame cut by the edge shows no four sides
            found.append(Candidate(outline.x, outline.y, *half, outline.shape, colour, verdict, at_edge))
    return found


def _judge_outline(outline: Outline, mm: float, colour: SealColour) -> Verdict | None:
    if outline.ring is not None:
        return judge_ring(outline.ring, outline.long_side / mm, colour)
    return judge_frame(outline, mm, colour)


EDGE = 2
"""Working pixels from the page's edge within which an outline counts as cut by it."""
WHOLE = 0.97
"""Share of the ring on the page below which the seal counts as cut by the edge."""


def _repeats(candidate: Candidate, kept: Candidate) -> bool:
    """The same seal once more, or a chance circle among the words of a seal."""
    apart = float(np.hypot(candidate.x - kept.x, candidate.y - kept.y))
    if apart < SAME_CENTRE * max(candidate.reach, kept.reach):
        return True
    alike = candidate.verdict.state is State.FOUND and candidate.shape is kept.shape
    return _shared(candidate, kept) > (WITHIN if alike else OVERLAP)


def _shared(one: Candidate, other: Candidate) -> float:
    """The shared area of the boxes as a share of the smaller one."""
    wide = min(one.x + one.half_width, other.x + other.half_width) - max(
        one.x - one.half_width, other.x - other.half_width
    )
    tall = min(one.y + one.half_height, other.y + other.half_height) - max(
        one.y - one.half_height, other.y - other.half_height
    )
    smaller = 4 * min(one.half_width * one.half_height, other.half_width * other.half_height)
    return max(0.0, wide) * max(0.0, tall) / smaller


def _seal(planes: Planes, one: Candidate) -> Seal:
    left, right = (one.x - one.half_width) / planes.width, (one.x + one.half_width) / planes.width
    top, bottom = (one.y - one.half_height) / planes.height, (one.y + one.half_height) / planes.height
    return Seal(
        box=(max(0.0, left), max(0.0, top), min(1.0, right), min(1.0, bottom)),
        colour=one.colour,
        shape=one.shape,
        state=one.verdict.state,
        score=one.verdict.score,
        at_edge=one.at_edge,
    )
