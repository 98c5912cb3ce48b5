"""Labels (文内特征): the words on a page that speak for or against each type of paper.

There are over a thousand words, and a page holds few of them. A word is looked for only where the pairs of characters at
its beginning, in its middle and at its end stand on the page; all pairs of a page are looked up at once in a table.
"""

# ruff: noqa: PLR2004 - an opening has two characters

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.cataloguing.tables import label_patterns, label_weights
from pipeline.cataloguing.wordings import Wording, wording

_PLANE = 0x10000
"""Characters of the basic plane; no label holds any other, and of such a one the table sees two halves that it does not know."""

Owners = tuple[tuple[str, float], ...]
"""The types that a label speaks for, each with its weight."""


@dataclass(frozen=True)
class _Pairs:
    """The labels by pairs of characters that they hold; `table[a, b]` is the number of a pair, 0 for none."""

    ids: NDArray[np.uint16]
    """The number of each character, 0 for one that no pair holds."""
    table: NDArray[np.uint16]
    count: int
    labels: tuple[tuple[str, Owners], ...]
    """Those of two characters and more."""
    needed: tuple[NDArray[np.uint16], NDArray[np.uint16], NDArray[np.uint16]]
    """The pairs at the beginning, in the middle and at the end of each label."""
    singles: tuple[tuple[str, Owners], ...]
    """Labels of one character."""


@cache
def _owners() -> dict[str, Owners]:
    owners: dict[str, list[tuple[str, float]]] = {}
    for type_, labels in label_weights().items():
        for label, weight in labels:
            owners.setdefault(label, []).append((type_, weight))
    return {label: tuple(types) for label, types in owners.items()}


@cache
def _pairs() -> _Pairs:
    grouped: dict[str, list[tuple[str, Owners]]] = {}
    for label, types in _owners().items():
        if len(label) > 1:
            grouped.setdefault(label[:2], []).append((label, types))
    labels = tuple(row for rows in grouped.values() for row in sorted(rows, key=lambda row: len(row[0]) > 2))
    needed = [
        [label[:2] for label, _ in labels],
        [_middle(label) for label, _ in labels],
        [label[-2:] for label, _ in labels],
    ]
    numbers = {pair: number for number, pair in enumerate(dict.fromkeys(pair for row in needed for pair in row), 1)}
    chars = sorted({char for pair in numbers for char in pair})
    ids = np.zeros(_PLANE, dtype=np.uint16)
    ids[[ord(char) for char in chars]] = np.arange(1, len(chars) + 1)
    table = np.zeros((len(chars) + 1, len(chars) + 1), dtype=np.uint16)
    for pair, number in numbers.items():
        table[ids[ord(pair[0])], ids[ord(pair[1])]] = number
    first, middle, last = (np.array([numbers[pair] for pair in row], dtype=np.uint16) for row in needed)
    singles = tuple((label, types) for label, types in _owners().items() if len(label) == 1)
    return _Pairs(ids, table, len(numbers) + 1, labels, (first, middle, last), singles)


def _middle(label: str) -> str:
    at = (len(label) - 1) // 2
    return label[at : at + 2]


@cache
def _patterns() -> tuple[tuple[Wording, Owners], ...]:
    """Labels that are regular expressions, each once with all the types that share it."""
    owners: dict[str, list[tuple[str, float]]] = {}
    for type_, patterns in label_patterns().items():
        for pattern, weight in patterns:
            owners.setdefault(pattern.pattern, []).append((type_, weight))
    return tuple((wording(text), tuple(types)) for text, types in owners.items())


def _plain(text: str) -> list[tuple[str, Owners]]:
    pairs = _pairs()
    ids = pairs.ids[np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)]
    stands = np.zeros(pairs.count, dtype=np.bool_)
    stands[pairs.table[ids[:-1], ids[1:]]] = True
    first, middle, last = pairs.needed
    (likely,) = (stands[first] & stands[middle] & stands[last]).nonzero()
    found = [single for single in pairs.singles if single[0] in text]
    labels = pairs.labels
    return found + [labels[at] for at in likely.tolist() if labels[at][0] in text]


def labels_in(text: str) -> dict[str, list[tuple[str, float]]]:
    """Type to its labels, with their weights, that stand in a page's folded text."""
    found: dict[str, list[tuple[str, float]]] = {}
    hits = _plain(text) + [
        (each.pattern.pattern, types)
        for each, types in _patterns()
        if each.may_stand_in(text) and each.pattern.search(text)
    ]
    for label, types in hits:
        for type_, weight in types:
            if type_ in found:
                found[type_].append((label, weight))
            else:
                found[type_] = [(label, weight)]
    return found


def speaking(hits: list[tuple[str, float]]) -> list[str]:
    """The heaviest labels that speak for a type, as words a person understands."""
    ranked = sorted(hits, key=lambda hit: (-hit[1], hit[0]))
    named = [label for label, weight in ranked if weight > 0 and not label.startswith("(")][:6]
    return [label for label in named if not re.search(r"[\\\[(.?|]", label)]
