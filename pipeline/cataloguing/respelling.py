"""Names and numbers as the file spells them (异读归一): a letter that was misread is put right by the papers that have it clear.

A rare letter is read as its neighbour again and again, where the hand or the font is another: 赤岸县 as 赫岸县. The recogniser
then had the right letter second, and other papers state the very same name or number without a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from pipeline.cataloguing.fields import PaperReadings
from pipeline.cataloguing.readings import SURE, Reading
from pipeline.cataloguing.rivals import LIKELY, in_doubt
from pipeline.cataloguing.weighing import key_of

POOLS = (("organ_name",), ("firm_name",), ("case_number", "organ_case_number", "number"))
"""Fields whose values are spelt alike. Names of persons are not: two persons may differ by the one letter."""
_MOST = 3
"""Letters that may be put right in one value; more of them make another value."""
_UNPROVEN = SURE - 0.01
"""Highest score of a value that was put right: it is found only where the case confirms it."""


def spelt_alike(papers: Sequence[PaperReadings]) -> list[PaperReadings]:
    """The papers, in whose names and numbers a doubted letter gives way to the one that other papers have clear."""
    found = list(papers)
    for names in POOLS:
        clear = _clear(papers, names)
        if clear:
            found = [_respelt(paper, names, clear) for paper in found]
    return found


def _clear(papers: Sequence[PaperReadings], names: tuple[str, ...]) -> dict[str, str]:
    """What print states without doubting a letter, by what counts of it."""
    return {
        key_of(names[0], one.value): one.value
        for paper in papers
        for name in names
        for one in paper.readings.get(name, ())
        if one.found and one.doubts is not None and not in_doubt(one.doubts)
    }


def _respelt(paper: PaperReadings, names: tuple[str, ...], clear: dict[str, str]) -> PaperReadings:
    own = {name: paper.readings[name] for name in names if paper.readings.get(name)}
    put_right = {name: [_put_right(names[0], one, clear) for one in readings] for name, readings in own.items()}
    return replace(paper, readings={**paper.readings, **put_right}) if put_right != own else paper


def _put_right(name: str, one: Reading, clear: dict[str, str]) -> Reading:
    if key_of(name, one.value) in clear:
        return one
    for value in _otherwise(one):
        stated = clear.get(key_of(name, value))
        if stated is not None:
            return one._replace(value=stated, score=min(one.score, _UNPROVEN))
    return one


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
