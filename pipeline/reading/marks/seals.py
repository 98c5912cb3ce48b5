"""Seals (印章) on a page: round ones by their ring, oval and square ones by their outline."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.levels import levels
from pipeline.reading.marks.circles import propose_circles
from pipeline.reading.marks.codes import holds_code
from pipeline.reading.marks.frames import find_frames
from pipeline.reading.marks.outlines import Outline, find_outlines
from pipeline.reading.marks.ovals import find_ovals
from pipeline.reading.marks.planes import MM_PER_INCH, Planes, Sheet, take_apart
from pipeline.reading.marks.rings import fit_ring, measure_ring, with_words_of
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
THICK_THRESHOLDS = (10.0, 30.0)
"""Thick ink has a third less noise: it holds the darkest of what lies within a stroke's width."""
NOISE_FACTOR, THICK_NOISE_FACTOR = 5.0, 3.0
SAME_CENTRE = 0.25
"""Centres nearer than this share of the radius: one seal, struck twice or with a second rim."""
OVERLAP, WITHIN = 0.3, 0.75
LEAST_OWN, LEAST_OWN_UNSURE, CLEAR_OF = 0.4, 0.7, 1.15
"""Of two seals that overlap by a third, each has three fifths of its outline for itself; circles fitted to the words and
the rim of one seal have less."""
MOST_PICTURE = 0.2


Plane = NDArray[np.float32]


@dataclass(frozen=True)
class Search:
    """An ink plane to search for seals of one colour."""

    plane: Plane
    threshold: float
    colour: SealColour
    ink: NDArray[np.uint8]
    """0/255, where the plane exceeds the threshold."""
    fine: NDArray[np.uint8] | None = None
    """All ink, where the plane holds thick ink alone."""


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
    for searches in _searches(planes):
        found = [one for search in searches for one in _candidates(planes, search)]
        for candidate in sorted(found, key=_worth, reverse=True):
            if any(_repeats(candidate, other) for other in kept) or _is_explained(candidate, kept):
                continue
            if not _in_picture(planes, candidate):
                kept.append(candidate)
            elif candidate.verdict.state is State.FOUND:
                doubt = Verdict(State.UNCERTAIN, round(0.6 * candidate.verdict.score, 3))
                kept.append(replace(candidate, verdict=doubt))
    seals = (_seal(planes, one) for one in sorted(kept, key=lambda one: -one.verdict.score))
    return tuple(seal for seal in seals if seal.shape is not SealShape.SQUARE or not holds_code(sheet, seal.box))


def _in_picture(planes: Planes, one: Candidate) -> bool:
    """In a photograph anything may be round: wheels, plates, faces."""
    rows = slice(max(0, int(one.y - one.half_height)), max(1, int(one.y + one.half_height)))
    columns = slice(max(0, int(one.x - one.half_width)), max(1, int(one.x + one.half_width)))
    part = planes.picture[rows, columns]
    return bool(part.size) and float(part.mean()) > MOST_PICTURE


def _worth(one: Candidate) -> tuple[bool, float]:
    return one.verdict.state is State.FOUND, one.verdict.score


def _searches(planes: Planes) -> list[list[Search]]:
    """The searches for one colour after another. A colour scan of a photocopy holds grey seals too."""
    low = _threshold(planes.dark, NOISE_FACTOR, DARK_THRESHOLDS)
    least = _threshold(planes.thick, THICK_NOISE_FACTOR, THICK_THRESHOLDS)
    thick = replace(_search(planes.thick, least, SealColour.GREY), fine=_mask(planes.dark, least))
    grey = [_search(planes.dark, low, SealColour.GREY), thick]
    if planes.red is None or planes.blue is None:
        return [grey]
    red = _search(planes.red, RED_THRESHOLD, SealColour.RED)
    return [[red], [_search(planes.blue, BLUE_THRESHOLD, SealColour.BLUE)], grey]


def _search(plane: Plane, threshold: float, colour: SealColour) -> Search:
    return Search(plane, threshold, colour, _mask(plane, threshold))


def _threshold(plane: Plane, factor: float, bounds: tuple[float, float]) -> float:
    noise = levels(plane.astype(np.uint8), 50)[0] * factor
    return min(bounds[1], max(bounds[0], noise))


def _mask(plane: Plane, threshold: float) -> NDArray[np.uint8]:
    return np.where(plane > threshold, np.uint8(255), np.uint8(0))


def _candidates(planes: Planes, search: Search) -> list[Candidate]:
    """Ovals without colour are looked for in thick ink alone: an oval of thin black lines may be anything. So may outlines."""
    plane, ink, mm = search.plane, search.ink, planes.mm
    if search.plane is planes.dark:
        outlines = find_frames(plane, ink, mm)
    elif search.fine is not None:
        outlines = find_ovals(plane, ink, search.fine, mm, search.threshold)
    else:
        outlines = find_outlines(plane, ink, mm) + find_ovals(plane, ink, ink, mm, search.threshold)
    return _round_ones(planes, search) + _judged(planes, outlines, search.colour)


def _round_ones(planes: Planes, search: Search) -> list[Candidate]:
    found = []
    for circle in propose_circles(search.plane, planes.mm, search.threshold):
        ring = fit_ring(search.ink, circle, planes.mm)
        fine = search.fine
        rings = (ring,) if fine is None else with_words_of(measure_ring(fine, ring.x, ring.y, ring.radius), ring)
        for each in rings:
            verdict = judge_ring(each, 2 * ring.radius / planes.mm, search.colour)
            if verdict is not None:
                size = (ring.radius, ring.radius)
                edge = ring.visible < WHOLE
                found.append(Candidate(ring.x, ring.y, *size, SealShape.ROUND, search.colour, verdict, edge))
    return found


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
    found = candidate.verdict.state is State.FOUND
    return _shared(candidate, kept) > (WITHIN if found else OVERLAP)


def _is_explained(candidate: Candidate, kept: list[Candidate]) -> bool:
    """Whether most of the candidate's outline lies on seals found before, whose rims and words are all it is made of."""
    turns = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    x = candidate.x + candidate.half_width * np.cos(turns)
    y = candidate.y + candidate.half_height * np.sin(turns)
    clear = np.ones(len(turns), np.bool_)
    for one in kept:
        if one.verdict.state is State.FOUND:
            clear &= np.hypot((x - one.x) / one.half_width, (y - one.y) / one.half_height) > CLEAR_OF
    return float(clear.mean()) < (LEAST_OWN if candidate.verdict.state is State.FOUND else LEAST_OWN_UNSURE)


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
