"""Names and numbers as the file spells them (异读归一): a letter that was misread is put right by the papers that have it clear.

A rare letter is read as its neighbour again and again, where the hand or the font is another: 赤岸县 as 赫岸县. The recogniser
then had the right letter second, and other papers state the very same name or number without a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import product

from pipeline.cataloguing.fields import PaperReadings
from pipeline.cataloguing.layout import Segment
from pipeline.cataloguing.readings import SURE, Reading
from pipeline.cataloguing.rivals import LIKELY, UNSURE, by_pen, may_be_meant
from pipeline.cataloguing.text import one_glyph_apart
from pipeline.cataloguing.weighing import key_of

POOLS = (("organ_name",), ("firm_name",), ("case_number", "organ_case_number", "number"))
"""Fields whose values are spelt alike. Names of persons are not: two persons may differ by the one letter."""
BODIES = ("organ_name", "firm_name")
"""Of numbers one letter tells the sort: 决字 and 指字 bear the same figures."""
_MOST = 3
"""Letters that may be put right in one value; more of them make another value."""
_UNPROVEN = SURE - 0.01
"""Highest score of a value that was put right: it is found only where the case confirms it."""


def spelt_alike(papers: Sequence[PaperReadings]) -> list[PaperReadings]:
    """The papers, in whose names and numbers a doubted letter gives way to the one that other papers have clear."""
    found, words = list(papers), _Words(papers)
    for names in POOLS:
        clear = _clear(papers, names)
        found = [_respelt(paper, names, clear, words) for paper in found]
    return found


class _Words:
    """How the file's print spells two letters side by side."""

    def __init__(self, papers: Sequence[PaperReadings]) -> None:
        self._papers = papers
        self._known: dict[str, int] = {}

    @cached_property
    def places(self) -> frozenset[str]:
        """What may be names of places in print, two letters and what they are: 南渚市, 赤岸县."""
        return frozenset(
            place
            for paper in self._papers
            for view in paper.views
            for segment in view.segments
            if not segment.handwritten and segment.score >= SURE
            for place in _PLACE.findall(segment.text)
        )

    def clear(self, pair: str) -> int:
        """In how many papers the pair stands in print, with no other letter that may be meant."""
        if pair not in self._known:
            self._known[pair] = sum(_has_clear(paper, pair) for paper in self._papers)
        return self._known[pair]


_PLACE = re.compile(r"(?=([\u4e00-\u9fff]{2}[市县区州]))")


def _has_clear(paper: PaperReadings, pair: str) -> bool:
    return any(
        _stands_clear(segment, pair)
        for view in paper.views
        if pair in view.text and view.doubted
        for segment in view.segments
        if pair in segment.text
    )


def _stands_clear(segment: Segment, pair: str) -> bool:
    at = segment.line.text.find(pair)
    return (
        at >= 0
        and not segment.handwritten
        and segment.score >= SURE
        and not any(
            at <= doubt.at < at + len(pair) and doubt.score >= UNSURE and may_be_meant(segment.line.text, doubt)
            for doubt in segment.line.doubts
        )
    )


def _clear(papers: Sequence[PaperReadings], names: tuple[str, ...]) -> dict[str, str]:
    """What print states clearly, by what counts of it."""
    return {
        key_of(names[0], one.value): one.value
        for paper in papers
        for name in names
        for one in paper.readings.get(name, ())
        if one.found and _is_clear(one)
    }


def _is_clear(one: Reading) -> bool:
    """Whether no other letter may be meant; that a usual one was thought of, where a rare one was read, says nothing."""
    doubts = one.doubts
    return doubts is not None and not any(doubt.score >= UNSURE and may_be_meant(one.value, doubt) for doubt in doubts)


def _respelt(paper: PaperReadings, names: tuple[str, ...], clear: dict[str, str], words: _Words) -> PaperReadings:
    own = {name: paper.readings[name] for name in names if paper.readings.get(name)}
    put_right = {name: [_put_right(names[0], one, clear, words) for one in readings] for name, readings in own.items()}
    return replace(paper, readings={**paper.readings, **put_right}) if put_right != own else paper


def _put_right(name: str, one: Reading, clear: dict[str, str], words: _Words) -> Reading:
    if key_of(name, one.value) in clear:
        return one
    pen = name in BODIES and one.view is not None and by_pen(one.view, one.value, one.box)
    for value in (*_otherwise(one), *((*_as_printed(one, clear), *_as_placed(one, words)) if pen else ())):
        stated = clear.get(key_of(name, value))
        if stated is None and _is_the_files_word(one.value, value, words):
            stated = value
        if stated is not None:
            return one._replace(value=stated, score=min(one.score, _UNPROVEN))
    return one


def _as_printed(one: Reading, clear: dict[str, str]) -> Iterator[str]:
    """What print states, where a pen's letter has only lost or changed a part of it: 南者市 for 南渚市."""
    for stated in clear.values():
        apart = [(own, other) for own, other in zip(one.value, stated, strict=False) if own != other]
        if len(one.value) == len(stated) and len(apart) == 1 and not any(map(str.isnumeric, apart[0])):
            yield stated


def _as_placed(one: Reading, words: _Words) -> Iterator[str]:
    """The value with its place as the file prints it, where a pen's letter differs: 南者市公安局 where all print says 南渚市."""
    for match in _PLACE.finditer(one.value):
        own, at = match.group(1), match.start()
        for place in sorted(words.places):
            if place[-1] == own[-1] and one_glyph_apart(own, place):
                yield one.value[:at] + place + one.value[at + len(place) :]


def _is_the_files_word(own: str, other: str, words: _Words) -> bool:
    """Whether the file has each letter that differs clear beside its neighbour, on several papers, and never the own one.

    沙颍县 is nowhere else the court's, but in the names of the office and of the firm.
    """
    apart = [at for at in range(len(own)) if own[at] != other[at]]
    return bool(apart) and all(
        any(
            words.clear(other[first : first + 2]) >= _SEVERAL and not words.clear(own[first : first + 2])
            for first in (at - 1, at)
            if first >= 0 and first + 2 <= len(own)
        )
        for at in apart
    )


_SEVERAL = 2


def _otherwise(one: Reading) -> Iterator[str]:
    """The value with doubted letters put differently. Figures stay: another figure is another number."""
    letters: dict[int, list[str]] = {}
    for doubt in one.doubts or ():
        if doubt.score >= LIKELY and not doubt.letter.isdigit() and not one.value[doubt.at].isdigit():
            letters.setdefault(doubt.at, [one.value[doubt.at]]).append(doubt.letter)
    if not 0 < len(letters) <= _MOST:
        return
    for chosen in product(*letters.values()):
        value = list(one.value)
        for at, letter in zip(letters, chosen, strict=True):
            value[at] = letter
        yield "".join(value)
