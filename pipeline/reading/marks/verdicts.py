"""What a ring or a frame is judged to be. All thresholds of the seal search stand here, with what set them.

Set on drawn pages in three qualities with red letterheads, fingerprints, emblems, cup marks, logos and circles drawn
by hand as baits (about 1,200 circles proposed). Of the circles that are no seal, 95 % have a prominence below 0.30 and
99 % below 0.42; of the seals 98 % have more than 0.45.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.reading.marks.outlines import Outline
from pipeline.reading.marks.rings import Ring
from schemas.base import State
from schemas.reading import SealColour

WIDTH_MM = (21.5, 64.0)
SURE_WIDTH_MM = 24.0
"""Logos are 10-20 mm wide, the smallest seals of firms 25 mm."""
SURE_COVERAGE, SURE_COVERAGE_GREY, LEAST_COVERAGE = 0.62, 0.68, 0.5
SURE_PROMINENCE, LEAST_PROMINENCE = 0.5, 0.36
SURE_GAP, SURE_GAP_GREY, WIDE_GAP_GREY = 0.04, 0.08, 0.2
"""Words stand clear of the ring: 0.06 to 0.4 for seals; a cup's mark or a drawn circle over print has 0, by chance 0.14."""
LEAST_INSIDE, SURE_INSIDE = 0.25, 0.4
CLEAR_COVERAGE, CLEAR_PROMINENCE = 0.8, 0.6
PERFECT_COVERAGE, PERFECT_PROMINENCE = 0.9, 0.68
"""A ring beyond doubt. Scanned seals in all qualities have 0.95 to 1 and 0.7 to 0.9, circles among print at most 0.8
and 0.3, circles drawn by hand at most 0.84 and 0.63. Many seals have words that touch the ring, so that the clear band
cannot be asked of all of them."""
CLOSED_COVERAGE, CLOSED_COVERAGE_GREY = 0.97, 0.85
"""Without colour a ring of which more is gone may be a circle drawn by hand around words (0.72 to 0.84), unless a solid star
stands in it."""
LEAST_STROKES = 5
"""Strokes side by side in the band of words: seals 7 and more where words can be seen, circles crossed by others 1 to 4."""
LEAST_STAR = 0.4
"""Seals with a star 0.5 to 1; print in the middle of a circle exceeds it in one case of three."""
SOLID_STAR = 0.7
LEAST_ALONE = 0.2
"""Seals over a sign-off 0.35 to 0.6; a circle drawn or left by a cup on print 0 to 0.15."""
SURE_ARC, LEAST_ARC, ARC_PROMINENCE = 0.5, 0.33, 0.62
"""A seal that was cut or only half inked: a third of a clean ring is a sign, half of one with words or star a seal.
Pieces of ring among print are shorter than 0.32 where they stand out as much."""
FULLEST = 0.72
"""A fuller disc is an emblem or a blot."""
SQUARE_MM = (9.0, 46.0)
NEARLY_SQUARE = 1.4
STAMP_ASPECT = 2.2
"""Longer frames are stamps of words (收文章 without a date, 本件与原本核对无异)."""
SURE_SIDE, LEAST_SIDE = 0.75, 0.6
"""Inked share of the weakest side: square seals 0.8 to 1 unless worn, single characters and emblems 0.2 to 0.5."""
SURE_SIDE_GREY = 0.93
"""Straight ink on the weakest side, without colour: seals, also over print, 0.97 to 1; ridges of a thumb reach 0.86."""
LEAST_CONTENT, MOST_EVEN = 0.06, 0.93
"""Characters leave paper between them, also where they are white on a ground of ink; a coloured field does not."""
GREY_CONTENT, GREY_SQUARE_MM = 0.2, 32.0
CORNERS, LEAST_CORNERS = 4, 3
"""Inked ones: all 37 square seals looked at without colour have four, of 15 squares among the ridges of thumbs nine two or
fewer, two three."""
LEAST_CORNERS_COLOUR = 2
"""A thumb pressed in red is an oval, whose rectangle has none."""
CROWDED = 0.25
"""A character of a letterhead has neighbours; a seal stands alone."""


@dataclass(frozen=True)
class Verdict:
    """FOUND or UNCERTAIN, and how sure."""

    state: State
    score: float


def judge_ring(ring: Ring, wide_mm: float, colour: SealColour) -> Verdict | None:
    """None for something that is not a seal."""
    if not WIDTH_MM[0] <= wide_mm <= WIDTH_MM[1] or ring.filled > FULLEST:
        return None
    if not (_is_ring(ring) or _is_piece(ring)):
        return None
    if colour is SealColour.GREY and not (_has_strokes(ring) or _is_whole(ring)):
        return None
    if ring.inside < LEAST_INSIDE * max(ring.coverage, ring.arc) and not (_is_clear(ring) and ring.star >= LEAST_STAR):
        return None
    seal = _has_clear_words(ring, colour) or _is_clear_seal(ring, colour) or _is_star_in_ring(ring)
    sure = wide_mm >= SURE_WIDTH_MM and seal
    if not sure and colour is SealColour.GREY and ring.gap < 0 and not (_is_clear(ring) or _is_clear_piece(ring)):
        return None
    strength = min(1.0, max(ring.coverage, ring.arc)) * min(1.0, 0.4 + 0.7 * max(ring.prominence, ring.arc_prominence))
    return Verdict(State.FOUND, round(strength, 3)) if sure else Verdict(State.UNCERTAIN, round(0.6 * strength, 3))


def _is_ring(ring: Ring) -> bool:
    return ring.coverage >= LEAST_COVERAGE and ring.prominence >= LEAST_PROMINENCE


def _has_strokes(ring: Ring) -> bool:
    """A circle drawn by hand through others has two or four where a seal has its words."""
    return ring.strokes >= LEAST_STROKES * ring.visible


def _is_whole(ring: Ring) -> bool:
    return ring.coverage >= PERFECT_COVERAGE and ring.prominence >= CLEAR_PROMINENCE


def _is_piece(ring: Ring) -> bool:
    return ring.arc >= LEAST_ARC and ring.arc_prominence >= ARC_PROMINENCE


def _is_star_in_ring(ring: Ring) -> bool:
    """A copier may leave nothing of the words, whose strokes are the thinnest; ring and star it does not lose."""
    perfect = ring.coverage >= PERFECT_COVERAGE and ring.prominence >= PERFECT_PROMINENCE
    return perfect and ring.star >= SOLID_STAR


def _is_clear(ring: Ring) -> bool:
    return ring.coverage >= CLEAR_COVERAGE and ring.prominence >= CLEAR_PROMINENCE


def _is_clear_piece(ring: Ring) -> bool:
    return ring.arc >= SURE_ARC and ring.arc_prominence >= ARC_PROMINENCE


def _has_clear_words(ring: Ring, colour: SealColour) -> bool:
    """Words that stand clear of a ring that may be worn. In grey, print in the mark of a cup does so too."""
    if ring.coverage < SURE_COVERAGE or ring.prominence < SURE_PROMINENCE or ring.inside < SURE_INSIDE:
        return False
    if colour is not SealColour.GREY:
        return ring.gap >= SURE_GAP
    if ring.coverage < SURE_COVERAGE_GREY or ring.gap < SURE_GAP_GREY:
        return False
    closed = ring.coverage >= CLOSED_COVERAGE_GREY
    marked = ring.star >= LEAST_STAR and ring.gap >= WIDE_GAP_GREY
    return ring.star >= SOLID_STAR or (closed and (marked or ring.alone >= LEAST_ALONE))


def _is_clear_seal(ring: Ring, colour: SealColour) -> bool:
    """A ring beyond doubt with a star or words of its own. A piece of a ring needs both: circles drawn by hand have
    such pieces. In grey the star alone may be print."""
    words, star = ring.alone >= LEAST_ALONE * ring.visible, ring.star >= LEAST_STAR
    if colour is SealColour.GREY:
        perfect = ring.coverage >= PERFECT_COVERAGE and ring.prominence >= PERFECT_PROMINENCE
        closed = ring.coverage >= CLOSED_COVERAGE and ring.prominence >= CLEAR_PROMINENCE
        broken = ring.star >= SOLID_STAR and _is_clear_piece(ring)
        return words and (perfect or closed or broken or (star and _is_clear(ring)))
    return (_is_clear(ring) and (words or star)) or (_is_clear_piece(ring) and words and star)


def judge_frame(outline: Outline, mm: float, colour: SealColour) -> Verdict | None:
    """A square seal, or a framed stamp of words, which stays UNCERTAIN."""
    long, short = outline.long_side / mm, outline.short_side / mm
    if short < SQUARE_MM[0] or long > WIDTH_MM[1] or long / short > STAMP_ASPECT:
        return None
    if outline.weakest_side < LEAST_SIDE or outline.crowded > CROWDED:
        return None
    if outline.content < LEAST_CONTENT or outline.even > MOST_EVEN:
        return None
    if outline.corners < LEAST_CORNERS_COLOUR:
        return None
    if colour is SealColour.GREY and not _is_grey_square(outline, long / short, long):
        return None
    least = SURE_SIDE_GREY if colour is SealColour.GREY else SURE_SIDE
    square = (
        long / short <= NEARLY_SQUARE
        and long <= SQUARE_MM[1]
        and outline.corners >= (CORNERS if colour is SealColour.GREY else LEAST_CORNERS)
    )
    sure = square and outline.weakest_side >= least
    score = round(min(1.0, outline.weakest_side), 3)
    return Verdict(State.FOUND, score) if sure else Verdict(State.UNCERTAIN, round(0.5 * score, 3))


def _is_grey_square(outline: Outline, aspect: float, long: float) -> bool:
    """Large characters fill a square seal; in the frames of forms print stands small, or nothing."""
    full = outline.content >= GREY_CONTENT and outline.weakest_side >= SURE_SIDE and outline.corners >= LEAST_CORNERS
    return full and aspect <= NEARLY_SQUARE and long <= GREY_SQUARE_MM
