"""One spelling of numbers and names, by which two are the same."""

from __future__ import annotations

import unicodedata

_ONE_BRACKET = str.maketrans("[【(（〔﹝", "〔" * 6) | str.maketrans("]】)）〕﹞", "〕" * 6)


def plain(text: str) -> str:
    """One spelling: half-width, no spaces, one kind of brackets around the year."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_ONE_BRACKET)
