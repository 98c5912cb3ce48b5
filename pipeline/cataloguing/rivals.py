"""Other letters that may stand in a name (次选字), and whether they make it another's.

By pen a letter's left part is often lost: 伟 is read as 韦 and 海 as 每, with a good score. The recogniser then has the
right letter among those that it would have read next. In print it hardly ever errs, and where it does, the right letter
follows with a hundredth and more (`pipeline.reading.doubts` has the figures).
"""

from __future__ import annotations

import re

from pipeline.cataloguing.layout import PageView, Segment
from pipeline.cataloguing.names import plausible_name
from pipeline.cataloguing.text import fold, rarity, without_blanks
from schemas.base import Box
from schemas.reading import Doubt, TextSource

LIKELY = 0.01
"""Probability from which another letter explains a name, whatever it was written with."""
LIKELY_BY_PEN = 0.001
"""Probability from which it does where a pen wrote: a sure misreading leaves the right letter no more."""
WAVERING = 0.05
"""Probability of another letter from which a reading is hardly a reading of its letter."""
UNSURE = 0.003
"""Probability of any other letter from which one was not surely read: in print it is one in a hundred."""
_EDGE = 0.002
"""How far a line may reach out of the place that was kept of it, as fractions of the page."""
_BRACKETS = str.maketrans("[]()", "〔〕〔〕")
"""A number's brackets are put right when it is read; its letters keep their places."""
_SIGNS = re.compile(r"签名|签字|签章|签收|捺印")


def doubts_in(view: PageView, value: str, box: Box | None) -> tuple[Doubt, ...] | None:
    """The doubts of a value that stands in `box`, by their places in the value; None where nothing is known of them."""
    if view.reading.text_source is TextSource.LAYER:
        return ()
    if box is None or not view.doubted:
        return None
    held = _held(view, box)
    at = "".join(segment.text for segment in held).translate(_BRACKETS).find(value.translate(_BRACKETS))
    if at < 0:
        return None
    found, begins = [], 0
    for segment in held:
        places = ((begins + place - at, doubt) for place, doubt in _placed(segment))
        found += [
            Doubt(at=place, letter=doubt.letter, score=doubt.score)
            for place, doubt in places
            if 0 <= place < len(value)
        ]
        begins += len(segment.text)
    return tuple(found)


def _held(view: PageView, box: Box) -> list[Segment]:
    left, top, right, bottom = box
    return [
        segment
        for segment in view.segments
        if left - _EDGE <= segment.box[0]
        and segment.box[2] <= right + _EDGE
        and top - _EDGE <= segment.box[1]
        and segment.box[3] <= bottom + _EDGE
    ]


def _placed(segment: Segment) -> list[tuple[int, Doubt]]:
    """The doubts of a line, by their places in the segment: what tidying took out or widened moves them."""
    if not segment.line.doubts:
        return []
    places, place = {}, 0
    for at, character in enumerate(segment.line.text):
        plain = without_blanks(character)
        if plain and segment.text.startswith(plain, place):
            places[at] = place
            place += len(plain)
    return [(places[doubt.at], doubt) for doubt in segment.line.doubts if doubt.at in places]


def by_pen(view: PageView, value: str, box: Box | None) -> bool:
    """Whether a pen wrote the value, or it stands where people sign."""
    held = _held(view, box) if box is not None else []
    return any(
        segment.handwritten or _SIGNS.search(segment.text.partition(value)[0])
        for segment in held
        if value in segment.text
    )


def may_be(value: str, other: str, doubts: tuple[Doubt, ...], least: float) -> bool:
    """Whether `value` is `other`, misread: wherever they differ, the other's letter follows with `least` or more."""
    one, wanted = fold(value), fold(other)
    if len(one) != len(wanted) or one == wanted:
        return False
    likely = {(doubt.at, fold(doubt.letter)) for doubt in doubts if doubt.score >= least}
    apart = [place for place in range(len(one)) if one[place] != wanted[place]]
    return len(apart) < len(one) and all((place, wanted[place]) in likely for place in apart)


def may_be_meant(name: str, doubt: Doubt) -> bool:
    """Whether a name may have the other letter: not where that is no surname, or is the more usual of the two.

    A reader errs towards what it has seen more of. Where it read the rare 邝 and thought of 广 next, it is 邝.
    """
    own = name[doubt.at]
    if rarity(doubt.letter) < rarity(own):
        return False
    return doubt.at > 0 or not plausible_name(name) or plausible_name(doubt.letter + name[1:])


def wavers(doubts: tuple[Doubt, ...] | None) -> bool:
    """Whether any letter was hardly read."""
    return any(doubt.score >= WAVERING for doubt in doubts or ())


def in_doubt(doubts: tuple[Doubt, ...] | None) -> bool:
    """Whether any letter of a name was not surely read; by pen that is a sign of the others, too."""
    return any(doubt.score >= UNSURE for doubt in doubts or ())
