"""Which case a returned scan belongs to (回传材料): told by the code on its first page, without reading the page."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.drafting import decode
from schemas.draft import CaseCode
from schemas.reading import PageKind
from schemas.volume import Page


def returned_case(pages: Iterable[Page]) -> CaseCode | None:
    """The case and round named by the code on the first page that is not blank; None where there is none, or two.

    Only the first page counts: a notice that is filed inside a closing file says nothing of where that file belongs.
    """
    first = next((page for page in pages if page.reading.kind is not PageKind.BLANK), None)
    if first is None:
        return None
    named = {code for code in (decode(found.text) for found in first.reading.codes) if code is not None}
    return named.pop() if len(named) == 1 else None
