"""Papers in the words of other offices, courts and employers."""

from __future__ import annotations

from collections import Counter

from bench.wordings import samples, told
from schemas.materials import OTHER, load_materials


def test_papers_in_other_words_are_known() -> None:
    """Of the 408 pages nineteen in twenty are told, and hardly one in forty is taken for another paper with confidence."""
    pages = list(samples())
    assert len(pages) > 400
    assert {type_ for page in pages for type_ in page.types} <= {*load_materials(), OTHER}
    verdicts = Counter(told(page)[0] for page in pages)
    assert verdicts["right"] >= 0.95 * len(pages)
    assert verdicts["wrong with confidence"] <= 0.025 * len(pages)
