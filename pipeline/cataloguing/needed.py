"""The words that no match of a regular expression can do without (必有之词), read off the expression's own text.

Whatever is not understood for sure gives no word: an expression with too few words is tried more often than it need be,
one with a word too many would overlook its matches.
"""

from __future__ import annotations

import re
from typing import NamedTuple

Words = tuple[str, ...]
"""Words of which every match holds at least one; empty where none is known."""

_LOOK_AROUND = ("(?=", "(?!", "(?<=", "(?<!")
_SKIPPED = {"u": 4, "U": 8, "x": 2}
"""Figures behind an escape that writes a character by its number."""
_REPEAT = re.compile(r"\{(\d*)(?:,\d*)?\}")
_OPENING = re.compile(r"\((?:\?:|\?P<\w+>)?(?!\?)")
"""The opening of a group whose text is matched as it stands."""


class _Part(NamedTuple):
    """A piece of an expression: its words, and where the next piece begins."""

    words: Words
    end: int
    literal: bool = False
    """A single character that stands for itself."""


def needed_words(expression: str) -> Words:
    """The words of which every match of `expression` holds at least one. Flags are not heeded."""
    return _branches(expression, 0).words


def _branches(text: str, at: int) -> _Part:
    """Alternatives up to the closing bracket or the end: the words of all of them, if each has some."""
    each = [_sequence(text, at)]
    while text[each[-1].end : each[-1].end + 1] == "|":
        each.append(_sequence(text, each[-1].end + 1))
    words = tuple(dict.fromkeys(word for part in each for word in part.words))
    return _Part(words if all(part.words for part in each) else (), each[-1].end)


def _sequence(text: str, at: int) -> _Part:
    """Pieces one behind the other: the words that are rarest."""
    found: list[Words] = []
    run = ""
    while at < len(text) and text[at] not in "|)":
        part = _piece(text, at)
        least, at = _repeat(text, part.end)
        if part.literal and least is None:
            run += part.words[0]
            continue
        found += [(run,)] if run else []
        found += [part.words] if part.words and least != 0 else []
        run = ""
    found += [(run,)] if run else []
    return _Part(max(found, key=_worth, default=()), at)


def _worth(words: Words) -> tuple[int, int]:
    """Long words are rare; few are quick to look for."""
    return min(map(len, words)), -len(words)


def _piece(text: str, at: int) -> _Part:
    char = text[at]
    if char == "\\":
        return _escaped(text, at)
    if char == "[":
        return _Part((), _class_end(text, at))
    if char == "(":
        return _group(text, at)
    if char in ".^$":
        return _Part((), at + 1)
    return _Part((char,), at + 1, literal=True)


def _escaped(text: str, at: int) -> _Part:
    """An escaped mark stands for itself; a letter or figure behind the stroke stands for something else."""
    char = text[at + 1]
    if char == "N":
        return _Part((), text.index("}", at) + 1)
    if char.isdigit():
        return _Part((), at + len(re.match(r"\\\d+", text[at:]).group()))  # type: ignore[union-attr]
    if char.isalpha() and char.isascii():
        return _Part((), at + 2 + _SKIPPED.get(char, 0))
    return _Part((char,), at + 2, literal=True)


def _class_end(text: str, at: int) -> int:
    """Behind the bracket that closes a class of characters; one that stands first in it is a character."""
    at += 2 if text.startswith("[^", at) else 1
    at += 1 if text[at] == "]" else 0
    while text[at] != "]":
        at += 2 if text[at] == "\\" else 1
    return at + 1


def _group(text: str, at: int) -> _Part:
    """A group's words; none of one that looks ahead or back, that refers to another, or that has flags of its own."""
    opening = _OPENING.match(text, at)
    if opening is not None:
        inner = _branches(text, opening.end())
        return _Part(inner.words, inner.end + 1)
    ahead = next((mark for mark in _LOOK_AROUND if text.startswith(mark, at)), None)
    if ahead is None:
        ahead = re.match(r"\(\?[^):]*:?", text[at:]).group()  # type: ignore[union-attr]
    return _Part((), _branches(text, at + len(ahead)).end + 1)


def _repeat(text: str, at: int) -> tuple[int | None, int]:
    """How often the piece before must stand at least, None where nothing repeats it, and where the next piece begins."""
    braces = _REPEAT.match(text, at)
    if braces is not None and braces.group() != "{}":
        least, at = int(braces.group(1) or 0), braces.end()
    elif at < len(text) and text[at] in "*+?":
        least, at = int(text[at] == "+"), at + 1
    else:
        return None, at
    return least, at + 1 if at < len(text) and text[at] in "?+" else at
