"""Wordings (措辞): regular expressions that are tried only on a text that holds the words they cannot do without.

A page is asked for hundreds of wordings and holds a few of them. Looking for two plain words costs a tenth of trying the
expression at each character of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_MOST = 8
"""More words than these are no quicker to look for than the expression itself."""


class Wording(NamedTuple):
    """An expression, and words of which every text that it matches holds at least one; none where no word is known."""

    pattern: re.Pattern[str]
    words: tuple[str, ...]

    def may_stand_in(self, text: str) -> bool:
        """False for a text that surely holds no match."""
        for word in self.words:
            if word in text:
                return True
        return not self.words

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.may_stand_in(text) else None

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        return self.pattern.finditer(text) if self.may_stand_in(text) else ()


@cache
def wording(text: str) -> Wording:
    """The expression `text` with the words that it needs."""
    words, pattern = _of_branch(_parser.parse(text)), re.compile(text)
    return Wording(pattern, words if len(words) <= _MOST and not pattern.flags & re.IGNORECASE else ())


def _of_branch(tokens: Sequence[tuple[Any, Any]]) -> tuple[str, ...]:
    """The words of which one must stand where these tokens, one behind the other, match; empty where there are none."""
    found: list[tuple[str, ...]] = []
    run = ""
    for name, value in tokens:
        if name is _parser.LITERAL:
            run += chr(value)
            continue
        found += [(run,)] if run else []
        run = ""
        words = _NEEDS[name](value) if name in _NEEDS else ()
        found += [words] if words else []
    found += [(run,)] if run else []
    return max(found, key=_worth, default=())


def _worth(words: tuple[str, ...]) -> tuple[int, int]:
    """Long words are rare; few are quick to look for."""
    return min(map(len, words)), -len(words)


def _of_any(branches: Iterable[Sequence[tuple[Any, Any]]]) -> tuple[str, ...]:
    """The words of branches of which one must match: those of all, if each has some."""
    each = [_of_branch(branch) for branch in branches]
    return tuple(dict.fromkeys(word for words in each for word in words)) if all(each) else ()


def _of_repeat(value: tuple[int, int, Sequence[tuple[Any, Any]]]) -> tuple[str, ...]:
    least, _, tokens = value
    return _of_branch(tokens) if least > 0 else ()


_NEEDS: dict[Any, Callable[[Any], tuple[str, ...]]] = {
    _parser.SUBPATTERN: lambda value: () if value[1] else _of_branch(value[3]),
    _parser.BRANCH: lambda value: _of_any(value[1]),
    _parser.MAX_REPEAT: _of_repeat,
    _parser.MIN_REPEAT: _of_repeat,
}
"""Tokens that hold others of which a match needs one. Whatever is not named here, such as a look-around, is passed over."""
