"""Page numbers that a paper prints on itself (页码): `第3页 共8页`, `- 3 -`, `3/8`."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cataloguing.layout import PageView

_OF = (
    re.compile(r"第(\d{1,3})页[,/、(]?共(\d{1,3})页"),
    re.compile(r"共(\d{1,3})页[,/、(]?第(\d{1,3})页"),
    re.compile(r"^[-—(]?(\d{1,3})/(\d{1,3})[-—)]?(?:页)?$"),
)
_ALONE = (re.compile(r"^第(\d{1,3})页$"), re.compile(r"^[-—–一·]{1,2}(\d{1,3})[-—–一·]{1,2}$"))


@dataclass(frozen=True)
class PageNumber:
    """`index` of `total` pages; `total` is None where only the page's own number is printed."""

    index: int
    total: int | None


def page_number(view: PageView) -> PageNumber | None:
    """The page number printed in the upper or lower margin, if any."""
    rows = view.rows
    for row in (*rows[-3:], *rows[:3]):
        for text in ("".join(segment.folded for segment in row), *(segment.folded for segment in row)):
            found = _parse(text)
            if found is not None and (len(text) <= 12 or row[0].box[1] > 0.8 or row[0].box[3] < 0.25):
                return found
    return None


def _parse(text: str) -> PageNumber | None:
    for position, pattern in enumerate(_OF):
        match = pattern.search(text)
        if match:
            first, second = int(match.group(1)), int(match.group(2))
            index, total = (second, first) if position == 1 else (first, second)
            return PageNumber(index, total) if 1 <= index <= total else None
    for pattern in _ALONE:
        match = pattern.match(text)
        if match and int(match.group(1)) >= 1:
            return PageNumber(int(match.group(1)), None)
    return None


def drop_volume_numbers(numbers: Sequence[PageNumber | None]) -> list[PageNumber | None]:
    """The numbers without those of the whole volume, which run on through it and say nothing about a paper.

    Numbers that rise through more than half of a longer file, or whose total fits it, are the volume's.
    """
    known = [(position, number) for position, number in enumerate(numbers) if number is not None]
    if len(known) < 8 or len(known) < 0.6 * len(numbers):
        return list(numbers)
    offsets = [number.index - position for position, number in known]
    usual = max(set(offsets), key=offsets.count)
    if offsets.count(usual) < 0.7 * len(known):
        return list(numbers)
    return [None if n is None or n.index - p == usual else n for p, n in enumerate(numbers)]
