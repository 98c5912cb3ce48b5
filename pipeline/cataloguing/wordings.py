"""Wordings (措辞): regular expressions that are tried only on a text that holds the words they cannot do without.

A page is asked for hundreds of wordings and holds a few of them. Looking for two plain words costs a tenth of trying the
expression at each character of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pipeline.cataloguing.needed import needed_words

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
    words, pattern = needed_words(text), re.compile(text)
    plain = not pattern.flags & (re.IGNORECASE | re.VERBOSE)
    return Wording(pattern, words if plain and len(words) <= _MOST else ())
