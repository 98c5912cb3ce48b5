"""Papers that must not be in the volume (不得入卷): stubs, a firm's own forms."""

from __future__ import annotations

import re

from pipeline.auditing.case import Case, all_legible
from pipeline.auditing.matching import Match
from schemas.base import State
from schemas.materials import load_materials
from schemas.standard import Item, Need
from schemas.volume import Document

_OPENING = 80
"""Characters in which a paper says what it is."""


def forbidden_match(case: Case, item: Item) -> Match:
    """The papers that the item forbids: sure, or doubtful where the sheet may carry a proper paper as well."""
    sure, doubtful = [], []
    for index, document in case.volume.of_type(*item.materials):
        if not _says(document, item) or not all_legible(case, document):
            continue
        if document.state is State.FOUND and not _twofold(document, item):
            sure.append(index)
        else:
            doubtful.append(index)
    return Match(sure=tuple(sure), doubtful=tuple(doubtful))


def uncounted(case: Case) -> frozenset[int]:
    """The papers that surely must not be there. They satisfy nothing: a stub is no decision."""
    items = [item for item in case.checklist.items if item.need is Need.FORBIDDEN]
    return frozenset(index for item in items if _applies(case, item) for index in forbidden_match(case, item).sure)


def _applies(case: Case, item: Item) -> bool:
    conditions = (
        item.when is None or case.verdict(item.when).truth is True,
        item.unless is None or case.verdict(item.unless).truth is False,
    )
    return all(conditions)


def _says(document: Document, item: Item) -> bool:
    text = re.sub(r"\s+", "", document.text)
    titled = item.titled is None or re.search(item.titled, text[:_OPENING]) is not None
    return titled and (item.contains is None or re.search(item.contains, text) is not None)


def _twofold(document: Document, item: Item) -> bool:
    """Whether a sheet told by its title bears that title twice: stub and decision, not yet cut apart."""
    material = load_materials().get(document.type)
    if item.titled is None or material is None:
        return False
    text = re.sub(r"\s+", "", document.text)
    return any(text.count(title) > 1 for title in material.titles)
