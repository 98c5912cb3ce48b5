"""Likeness (近似标题): the known title forms that are nearest to misread words.

There are over a hundred thousand forms. Each carries a mask of the characters it holds; an edit can take or give one
character only, so that all but a few forms are ruled out by their masks before any distance is measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline.cataloguing.tables import title_forms

_SHORTEST = 5
"""Characters from which a form is long enough to be told in spite of errors."""

_ALIKE = 0.55
"""Normalised similarity from which an unknown title may be another office's name for a known paper."""


class _Index(NamedTuple):
    """Forms by two of their characters: the sorted keys, and the form that each belongs to."""

    keys: NDArray[np.int64]
    order: NDArray[np.int64]
    """Those of one key in the order of the forms, by length."""

    def of(self, key: int) -> NDArray[np.int64]:
        return self.order[slice(*np.searchsorted(self.keys, (key, key + 1)).tolist())]


def _indexed(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> _Index:
    keys = first.astype(np.int64) << _CODE | second
    order = np.argsort(keys, kind="stable")
    return _Index(keys[order], order)


_CODE = 21
"""Bits of a character's code."""


def _key(pair: str) -> int:
    return ord(pair[0]) << _CODE | ord(pair[1])


@dataclass(frozen=True)
class _Forms:
    """The long forms by length, the mask of each, and where each length begins."""

    texts: tuple[str, ...]
    masks: NDArray[np.uint64]
    sizes: NDArray[np.uint8]
    """How many bits each mask has."""
    begins: tuple[int, ...]
    heads: _Index
    """The forms by their first two characters."""
    tails: _Index
    """The forms by their last two."""
    bits: dict[str, int]

    def mask(self, text: str) -> int:
        value = 0
        for char in set(text):
            value |= 1 << self.bits.get(char, _stray_bit(char))
        return value


def _stray_bit(char: str) -> int:
    """The bit of a character that no form holds."""
    return ord(char) % 64


@cache
def _forms() -> _Forms:
    texts = tuple(sorted((form for form in title_forms() if len(form) >= _SHORTEST), key=len))
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)
    counts = np.bincount(codes)
    chars = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    ranks = np.zeros(len(counts), dtype=np.uint64)
    ranks[chars] = np.arange(len(chars)) % 64
    starts, ends = np.cumsum(lengths) - lengths, np.cumsum(lengths)
    masks = np.bitwise_or.reduceat(np.left_shift(np.uint64(1), ranks)[codes], starts)
    heads, tails = _indexed(codes[starts], codes[starts + 1]), _indexed(codes[ends - 2], codes[ends - 1])
    bits = {chr(char): int(ranks[char]) for char in chars.tolist()}
    begins = tuple(np.searchsorted(lengths, np.arange(lengths[-1] + 3)).tolist())
    return _Forms(texts, masks, np.bitwise_count(masks), begins, heads, tails, bits)


def _possible(text: str, edits: int) -> list[str]:
    """The forms that could be within so many edits, by length and characters."""
    forms = _forms()
    if edits == 1 and len(text) >= _SHORTEST:
        return _one_edit_away(text, forms)
    last = len(forms.begins) - 1
    start, end = forms.begins[min(last, max(0, len(text) - edits))], forms.begins[min(last, len(text) + edits + 1)]
    own = forms.mask(text)
    shared = np.bitwise_count(forms.masks[start:end] & np.uint64(own))
    shared += np.uint8(edits)
    near = np.flatnonzero(shared >= np.maximum(forms.sizes[start:end], np.uint8(own.bit_count())))
    texts = forms.texts
    return [texts[at] for at in (near + start).tolist()]


def _one_edit_away(text: str, forms: _Forms) -> list[str]:
    """As `_possible`, for one edit: it cannot touch both ends, so that the form has the one or the other."""
    own, last = forms.mask(text), len(forms.begins) - 1
    between = forms.begins[min(last, len(text) - 1)], forms.begins[min(last, len(text) + 2)]
    near: set[int] = set()
    for alike in (forms.heads.of(_key(text[:2])), forms.tails.of(_key(text[-2:]))):
        at = alike[slice(*np.searchsorted(alike, between).tolist())]
        shared = np.bitwise_count(forms.masks[at] & np.uint64(own)) + np.uint8(1)
        near.update(at[shared >= np.maximum(forms.sizes[at], np.uint8(own.bit_count()))].tolist())
    return [forms.texts[at] for at in sorted(near)]


def near_forms(text: str, edits: int) -> list[tuple[str, int]]:
    """The long forms within so many edits of `text`, each with its distance, nearest first."""
    found = process.extract(text, _possible(text, edits), scorer=Levenshtein.distance, score_cutoff=edits, limit=None)
    return [(form, int(distance)) for form, distance, _ in found]


def resembles_form(text: str) -> bool:
    """True if a long form is so near that the two may be names of the same paper."""
    edits = int((1 - _ALIKE) * max(len(text), _SHORTEST) / _ALIKE)
    found = process.extractOne(
        text, _possible(text, edits), scorer=Levenshtein.normalized_similarity, score_cutoff=_ALIKE
    )
    return found is not None


@cache
def _short_forms() -> tuple[str, ...]:
    return tuple(form for form in title_forms() if _WORD <= len(form) <= _SHORTEST)


_WORD = 3
"""Characters below which one wrong character leaves nothing to go by."""


def one_edit_from(text: str) -> list[str]:
    """The short forms that differ from `text`, itself as short, in one character."""
    if not _WORD <= len(text) <= _SHORTEST:
        return []
    found = process.extract(text, _short_forms(), scorer=Levenshtein.distance, score_cutoff=1, limit=None)
    return [form for form, _, _ in found if len(form) >= len(text) or len(text) > _WORD]
