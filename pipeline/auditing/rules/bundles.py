"""Which of the files handed in are the bound volume: within it alone does the order of pages say how papers are bound."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.auditing.case import Case

_TYPED = frozenset({"doc", "docx", "ofd", "wps", "rtf"})
"""Files that were never on a scanner; they lie beside the volume."""


def bound_pages(case: Case) -> frozenset[int]:
    """The pages of the series of files that holds most of them; what was handed in later is not bound yet."""
    found = case.memo.get("bound pages")
    if not isinstance(found, frozenset):
        end = case.volume.supplement_from
        pages = [page.page for page in case.volume.pages if end is None or page.page.number < end]
        series = {page.number: _series(page.part) for page in pages}
        counts = Counter(series.values()).most_common(1)
        found = frozenset(number for number, name in series.items() if counts and name == counts[0][0])
        case.memo["bound pages"] = found
    return found


def _series(part: str) -> str:
    """What files have in common that someone numbered: `scan003.jpg` and `scan004.jpg`, `01申请.pdf` and `02证据.pdf`."""
    name, _, ending = part.rpartition(".")
    folder, _, stem = (name or part).rpartition("/")
    made = "typed" if ending.lower() in _TYPED else "scanned"
    numbered = re.match(r"\d+", stem) is not None
    return f"{folder}/{made}/{'#' if numbered else re.sub(r'[0-9]+', '#', stem)}"
