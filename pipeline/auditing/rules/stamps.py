"""The page numbers that someone stamped or wrote through the whole volume (卷宗页码)."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.auditing.case import Case
from schemas.volume import CataloguedPage

_NUMBER = re.compile(r"^[-—–·]?(\d{1,3})[-—–·]?$")
_MARGIN = 0.09
"""Share of the page's height at its top or foot where the number stands."""
_CORNER = 0.3
"""Share of the page's width from its edge; a paper's own number stands in the middle."""
_MOSTLY = 0.7
"""Share of numbered pages that must follow the one before by one, for the numbers to be the volume's."""
_FEWEST = 8
_SURE = 0.9
_LONGEST = 7


def stamps_of(case: Case) -> dict[int, int]:
    """Page of the file to the number stamped on it; empty unless most pages have one and they run on."""
    found = case.memo.get("stamps")
    if not isinstance(found, dict):
        found = _stamps(case)
        case.memo["stamps"] = found
    return found


def _stamps(case: Case) -> dict[int, int]:
    stamps = {}
    for page in case.volume.pages:
        number = _stamp(page)
        if number is not None:
            stamps[page.page.number] = number
    stamps = _without_slips(stamps)
    if len(stamps) < _FEWEST:
        return {}
    pairs = list(zip(stamps.items(), list(stamps.items())[1:], strict=False))
    following = sum(1 for (one, a), (other, b) in pairs if other - one == b - a)
    return stamps if following >= _MOSTLY * len(pairs) else {}


def _without_slips(stamps: dict[int, int]) -> dict[int, int]:
    """Without a single number that is off between others that agree: a figure of it was lost or misread (`2` of `20`).

    The last goes as well where it runs back: `3` after `30`.
    """
    pages = list(stamps)
    shifts = [number - page for page, number in stamps.items()]
    kept = {page: stamps[page] for at, page in enumerate(pages) if not _is_slip(shifts, at)}
    while len(kept) > 1 and kept[max(kept)] < kept[sorted(kept)[-2]]:
        kept.pop(max(kept))
    return kept


_AROUND = 3
"""Numbers before and behind that are asked whether one between them is off."""


def _is_slip(shifts: list[int], at: int) -> bool:
    """Whether a number's distance from its page is like none around it, most of which agree."""
    around = shifts[max(0, at - _AROUND) : at] + shifts[at + 1 : at + 1 + _AROUND]
    if not 0 < at < len(shifts) - 1 or shifts[at] in around:
        return False
    return Counter(around).most_common(1)[0][1] * 2 > len(around)


def _stamp(page: CataloguedPage) -> int | None:
    for line in page.page.reading.lines:
        if len(line.text) > _LONGEST:
            continue
        left, top, right, bottom = line.box
        if not (bottom < _MARGIN or top > 1 - _MARGIN) or not (right < _CORNER or left > 1 - _CORNER):
            continue
        match = _NUMBER.match(line.text.strip())
        if match is not None and line.score >= _SURE:
            return int(match.group(1))
    return None
