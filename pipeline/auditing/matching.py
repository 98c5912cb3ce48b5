"""Which papers of the volume satisfy an item, and which pages could still be the one that is not found (the alibi)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.auditing.case import Case, all_legible
from schemas.base import State
from schemas.standard import Item, Substitute
from schemas.volume import CataloguedPage

_PROBABLE = 0.8
"""Score from which an uncertain document counts as there, marked 待核 in the checklist, without a question."""


@dataclass(frozen=True)
class Match:
    """The documents that satisfy an item, by how sure they are."""

    sure: tuple[int, ...] = ()
    probable: tuple[int, ...] = ()
    doubtful: tuple[int, ...] = ()
    """Perhaps of the type, or of the type but not read well enough to see what it says."""
    substitute: Substitute | None = None
    """Set where the documents are accepted in place of the item's own."""

    @property
    def documents(self) -> tuple[int, ...]:
        return self.sure + self.probable


def match(case: Case, item: Item) -> Match:
    """What satisfies `item`: its own papers, else a substitute, else what might be one of them."""
    own = _sorted(case, frozenset(item.materials), item.contains)
    if own.sure or own.probable:
        return own
    doubtful = list(own.doubtful)
    for substitute in item.substitutes:
        found = _sorted(case, frozenset({substitute.material}), substitute.contains)
        if found.sure or found.probable:
            return Match(sure=found.sure, probable=found.probable, substitute=substitute)
        doubtful.extend(found.doubtful)
    return Match(doubtful=tuple(dict.fromkeys(doubtful)))


def _sorted(case: Case, types: frozenset[str], contains: str | None) -> Match:
    sure, probable, doubtful = [], [], []
    for index, document in case.of_type(*types):
        if index in case.foreign or index in case.forbidden:
            continue
        says = says_so(case, index, contains)
        if says is False:
            continue
        if says is None:
            doubtful.append(index)
        elif document.state is State.FOUND:
            sure.append(index)
        elif document.score >= _PROBABLE:
            probable.append(index)
        else:
            doubtful.append(index)
    probable += [
        index
        for index in _beside(case, types)
        if index not in sure and index not in probable and says_so(case, index, contains) is not False
    ]
    return Match(sure=tuple(sure), probable=tuple(probable), doubtful=tuple(doubtful))


def _beside(case: Case, types: frozenset[str]) -> Iterator[int]:
    """The documents on whose sheet, of two leaves scanned side by side, such a paper stands beside them."""
    for page in case.volume.pages:
        if page.document is not None and page.document not in case.foreign and not types.isdisjoint(page.also):
            yield page.document


def says_so(case: Case, index: int, pattern: str | None) -> bool | None:
    """Whether the paper's text matches; None where it was not read well enough for its silence to count.

    White space is left out, since lines break anywhere.
    """
    if pattern is None:
        return True
    if re.search(pattern, case.text(index)) is not None:
        return True
    return False if all_legible(case, case.volume.documents[index]) else None


def accepted_types(item: Item) -> frozenset[str]:
    """Every type that could satisfy the item."""
    return frozenset({*item.materials, *(substitute.material for substitute in item.substitutes)})


def pages_without_alibi(case: Case, item: Item) -> tuple[int, ...]:
    """The pages that might be the missing paper.

    A page has an alibi if it is certain and does not list an accepted type, or if its document was looked at and
    clearly does not say what the item asks for.
    """
    accepted = accepted_types(item)
    ruled_out = _ruled_out(case, item)
    return tuple(page.page.number for page in case.volume.pages if not _has_alibi(page, accepted, ruled_out))


def _has_alibi(page: CataloguedPage, accepted: frozenset[str], ruled_out: frozenset[int]) -> bool:
    if not page.certain:
        return False
    if page.document is not None and page.document in ruled_out:
        return True
    return all(candidate.type not in accepted for candidate in page.candidates)


def _ruled_out(case: Case, item: Item) -> frozenset[int]:
    """Documents of an accepted type whose text, legible, says something else; and those of another case."""
    patterns = [(material, item.contains) for material in item.materials]
    patterns += [(substitute.material, substitute.contains) for substitute in item.substitutes]
    silent = set(case.foreign | case.forbidden)
    for index, document in enumerate(case.volume.documents):
        answers = [says_so(case, index, pattern) for material, pattern in patterns if material == document.type]
        if answers and document.state is State.FOUND and all(answer is False for answer in answers):
            silent.add(index)
    return frozenset(silent)
