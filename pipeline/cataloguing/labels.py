"""Labels (文内特征): the words on a page that speak for or against each type of paper.

There are over a thousand words, and a page holds few of them. Words that open with the same two characters are looked
for only where these two stand side by side; all pairs of a page are looked up at once in a table.
"""

# ruff: noqa: PLR2004 - an opening has two characters

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.cataloguing.tables import label_patterns, label_weights

_PLANE = 0x10000
"""Characters of the basic plane; no label holds any other."""

Owners = tuple[tuple[str, float], ...]
"""The types that a label speaks for, each with its weight."""


@dataclass(frozen=True)
class _Openings:
    """Labels by their first two characters; `table[a, b]` is the number of the opening, 0 for none."""

    ids: NDArray[np.uint16]
    """The number of each character, 0 for one that opens no label."""
    table: NDArray[np.uint16]
    whole: tuple[tuple[tuple[str, Owners], ...], ...]
    """For each opening the label that it is itself, if it is one."""
    longer: tuple[tuple[tuple[str, Owners], ...], ...]
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
def _openings() -> _Openings:
    grouped: dict[str, list[tuple[str, Owners]]] = {}
    for label, types in _owners().items():
        if len(label) > 1:
            grouped.setdefault(label[:2], []).append((label, types))
    chars = sorted({char for opening in grouped for char in opening})
    ids = np.zeros(_PLANE, dtype=np.uint16)
    ids[[ord(char) for char in chars]] = np.arange(1, len(chars) + 1)
    pairs = np.zeros((len(chars) + 1, len(chars) + 1), dtype=np.uint16)
    for number, opening in enumerate(grouped, 1):
        pairs[ids[ord(opening[0])], ids[ord(opening[1])]] = number
    singles = tuple((label, types) for label, types in _owners().items() if len(label) == 1)
    whole = ((), *(tuple(row for row in rows if len(row[0]) == 2) for rows in grouped.values()))
    longer = ((), *(tuple(row for row in rows if len(row[0]) > 2) for rows in grouped.values()))
    return _Openings(ids, pairs, whole, longer, singles)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Owners], ...]:
    """Labels that are regular expressions, each once with all the types that share it."""
    owners: dict[str, list[tuple[str, float]]] = {}
    for type_, patterns in label_patterns().items():
        for pattern, weight in patterns:
            owners.setdefault(pattern.pattern, []).append((type_, weight))
    return tuple((re.compile(text), tuple(types)) for text, types in owners.items())


def _plain(text: str) -> list[tuple[str, Owners]]:
    openings = _openings()
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    ids = openings.ids[np.where(codes < _PLANE, codes, 0)]
    numbers = np.unique(openings.table[ids[:-1], ids[1:]])
    found = [single for single in openings.singles if single[0] in text]
    for number in numbers.tolist():
        found += openings.whole[number]
        if openings.longer[number]:
            found += [label for label in openings.longer[number] if label[0] in text]
    return found


def labels_in(text: str) -> dict[str, list[tuple[str, float]]]:
    """Type to its labels, with their weights, that stand in a page's folded text."""
    found: dict[str, list[tuple[str, float]]] = {}
    hits = _plain(text) + [(pattern.pattern, types) for pattern, types in _patterns() if pattern.search(text)]
    for label, types in hits:
        for type_, weight in types:
            found.setdefault(type_, []).append((label, weight))
    return found


def speaking(hits: list[tuple[str, float]]) -> list[str]:
    """The heaviest labels that speak for a type, as words a person understands."""
    ranked = sorted(hits, key=lambda hit: (-hit[1], hit[0]))
    named = [label for label, weight in ranked if weight > 0 and not label.startswith("(")][:6]
    return [label for label in named if not re.search(r"[\\\[(.?|]", label)]
