"""A written explanation (情况说明) that speaks of a missing paper.

Offices accept an explanation in place of most papers, for reasons that no list exhausts. The program does not judge the
reason; it must only not call a paper certainly missing whose absence the lawyer has explained.
"""

from __future__ import annotations

import re

from pipeline.auditing.case import Case
from schemas.materials import load_materials
from schemas.standard import Item

_SENTENCE = re.compile(r"[。；;]")
_ABSENT = re.compile(r"未|无法|无|不予|不能|没有|不便|遗失|丢失|拒绝")
_SHORTEST = 3
"""Characters of a title; a shorter one stands in too many words."""


def explanation_of(case: Case, item: Item) -> int | None:
    """Index of an explanation in which one sentence names the item's paper and says that something is not there."""
    materials = load_materials()
    named = [materials[type_] for type_ in item.materials if type_ in materials]
    titles = [title for material in named for title in material.titles if len(title) >= _SHORTEST]
    for index, _ in case.of_type("explanation"):
        for sentence in _SENTENCE.split(case.text(index)):
            if _ABSENT.search(sentence) and any(title in sentence for title in titles):
                return index
    return None
