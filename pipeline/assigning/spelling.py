"""One spelling of names and numbers, by which two are the same."""

from __future__ import annotations

import unicodedata

_ONE_SIGN = str.maketrans("[【(（〔﹝]】)）〕﹞•・‧∙", "〔" * 6 + "〕" * 6 + "·" * 4)


def plain(text: str) -> str:
    """Half-width, without spaces, one kind of brackets, one kind of dot in a name."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_ONE_SIGN)
