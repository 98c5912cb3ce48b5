"""A written explanation (情况说明) that speaks of a missing paper.

Offices accept an explanation in place of most papers, for reasons that no list exhausts. The program does not judge the
reason; it must only not call a paper certainly missing whose absence the lawyer has explained.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.auditing.case import Case
from schemas.materials import load_materials
from schemas.standard import Item

_SENTENCE = re.compile(r"[。；;]")
_CLAUSE = re.compile(r"[，,]")
_ABSENT = re.compile(r"未|无法|无|不予|不能|没有|不便|遗失|丢失|拒绝")
_SHORTEST = 3
"""Characters of a title; a shorter one stands in too many words."""


def explanation_of(case: Case, item: Item) -> int | None:
    """Index of an explanation in which one sentence names the item's paper and says that it is not there."""
    materials = load_materials()
    titles = _titles(tuple(type_ for type_ in item.materials if type_ in materials))
    for index, _ in case.of_type("explanation"):
        sentences = _SENTENCE.split(case.text(index))
        if any(_excuses(sentence, titles) for sentence in sentences if any(title in sentence for title in titles)):
            return index
    return None


@cache
def _titles(types: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(title for type_ in types for title in load_materials()[type_].titles if len(title) >= _SHORTEST)


def _excuses(sentence: str, titles: tuple[str, ...]) -> bool:
    """Whether what is not there is this paper: `已提交书面代理词，故卷内没有庭审笔录` explains another's absence."""
    absent = [clause for clause in _CLAUSE.split(sentence) if _ABSENT.search(clause)]
    return any(any(title in clause for title in titles) or not _names_a_paper(clause) for clause in absent)


def _names_a_paper(clause: str) -> bool:
    return any(title in clause for title in _titles(tuple(load_materials())))
