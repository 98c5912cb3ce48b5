"""Days written in running text or in a table's cell (`2024.3.5`, `2024年3月5日`, `二〇二四年三月五日`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_DIGITS = {character: str(index) for index, character in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"○": "0", "零": "0", "O": "0", "o": "0", "0": "0"}
_ARABIC = re.compile(r"((?:19|20)\d{2})[年./\-—](\d{1,2})[月./\-—](\d{1,2})日?(?!\d)")
_CHINESE = re.compile(
    r"([〇○零Oo0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)


def days_in(text: str) -> Iterator[tuple[date, int, int]]:
    """Every day that `text`, without white space, names: the day, where its words begin and end."""
    for pattern, value in ((_ARABIC, int), (_CHINESE, _number)):
        for match in pattern.finditer(text):
            year = match.group(1) if pattern is _ARABIC else "".join(_DIGITS.get(c, "") for c in match.group(1))
            try:
                day = date(int(year), value(match.group(2)), value(match.group(3)))
            except ValueError:
                continue
            yield day, match.start(), match.end()


def _number(text: str) -> int:
    """`十`, `十五`, `二十`, `三十一`, `五` as numbers; ValueError for what is none."""
    tens, ten, ones = text.partition("十")
    digits = {character: index for index, character in enumerate("〇一二三四五六七八九")}
    if not ten:
        if len(text) != 1:
            raise ValueError(text)
        return digits[text]
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        raise ValueError(text)
    return (digits[tens] if tens else 1) * 10 + (digits[ones] if ones else 0)
