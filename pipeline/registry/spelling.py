"""One spelling of numbers and names, by which two are the same."""

from __future__ import annotations

import unicodedata

_OPENING, _CLOSING = "[【(（﹝", "]】)）﹞"


def plain(text: str) -> str:
    """One spelling: half-width, no spaces, one kind of brackets around the year."""
    spelled = "".join(unicodedata.normalize("NFKC", text).split())
    for sign in _OPENING:
        spelled = spelled.replace(sign, "〔")  # `translate` takes ten times as long, over a hundred thousand cases
    for sign in _CLOSING:
        spelled = spelled.replace(sign, "〕")
    return spelled
