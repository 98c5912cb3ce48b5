"""A volume with what was handed in later (补正材料): which earlier papers the later ones take the place of."""

from __future__ import annotations

from schemas.base import State
from schemas.materials import OTHER
from schemas.volume import Document, Volume


def supplemented(volume: Volume, since: int) -> Volume:
    """The volume, in which the papers from page `since` on take the place of the earlier ones that they replace.

    A later paper replaces an earlier one of its type if it is the only one, or the only one of that date, and the later
    one is no shorter: a single page handed in anew is not yet the whole paper. What is replaced stays in the volume, as
    a paper that nothing is asked of.
    """
    replaced: dict[int, Document] = {}
    for document in volume.documents:
        if document.first_page >= since and document.type != OTHER and document.state is State.FOUND:
            index = _replaced_by(document, volume, since, replaced)
            if index is not None:
                replaced[index] = document
    documents = tuple(
        _set_aside(document) if index in replaced else document for index, document in enumerate(volume.documents)
    )
    return volume.model_copy(update={"documents": documents, "supplement_from": since})


def _replaced_by(later: Document, volume: Volume, since: int, replaced: dict[int, Document]) -> int | None:
    alike = [
        (index, document)
        for index, document in volume.of_type(later.type)
        if document.last_page < since and index not in replaced
    ]
    if len(alike) > 1:
        day = _day(later)
        alike = [(index, document) for index, document in alike if day is not None and _day(document) == day]
    if len(alike) != 1:
        return None
    index, earlier = alike[0]
    return index if _length(later) >= _length(earlier) else None


def _day(document: Document) -> str | None:
    date = document.fields.get("date")
    return date.value if date is not None and date.state is State.FOUND else None


def _length(document: Document) -> int:
    return document.last_page - document.first_page + 1


def _set_aside(document: Document) -> Document:
    return document.model_copy(
        update={
            "type": OTHER,
            "title": f"{document.title}（已由补正材料替换）",
            "state": State.FOUND,
            "fields": {},
            "marks": {},
            "texts": (),
            "page_marks": {},
        }
    )
