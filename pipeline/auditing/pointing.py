"""Pages of which a person has said what they are (人工指明): the answer to a question about a missing paper."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from schemas.base import State
from schemas.case import KnownCase
from schemas.materials import material_title
from schemas.volume import Candidate, CataloguedPage, Document, Volume

_SAID = "由工作人员指明"


class _Stretch(NamedTuple):
    """Pages in a row that belong together: what a person said they are, or else the document that they were in."""

    type: str | None
    owner: int | None
    pages: tuple[CataloguedPage, ...]

    @property
    def numbers(self) -> range:
        return range(self.pages[0].page.number, self.pages[-1].page.number + 1)


def as_told(volume: Volume, known: KnownCase) -> Volume:
    """The volume in which the pages that a person named are surely what he said; neighbours of one type are one paper.

    Fields and marks stay as they were read. Pages that the file does not have are passed over.
    """
    told = {number: type_ for number, type_ in known.papers.items() if 1 <= number <= len(volume.pages)}
    if not told:
        return volume
    documents: list[Document] = []
    pages: list[CataloguedPage] = []
    for stretch in _stretches(volume, told):
        document = _document(volume, stretch)
        index = len(documents) if document is not None else None
        if document is not None:
            documents.append(document)
        pages.extend(_page(page, stretch.type, index) for page in stretch.pages)
    return volume.model_copy(update={"pages": tuple(pages), "documents": tuple(documents)})


def _stretches(volume: Volume, told: dict[int, str]) -> Iterator[_Stretch]:
    def belonging(page: CataloguedPage) -> tuple[str | None, int | None]:
        type_ = told.get(page.page.number)
        return (type_, None) if type_ is not None else (None, page.document)

    for (type_, owner), pages in groupby(volume.pages, key=belonging):
        yield _Stretch(type_, owner, tuple(pages))


def _document(volume: Volume, stretch: _Stretch) -> Document | None:
    if stretch.type is None:
        return _rest(volume.documents[stretch.owner], stretch) if stretch.owner is not None else None
    parts = [
        _rest(volume.documents[owner], stretch)
        for owner in dict.fromkeys(page.document for page in stretch.pages)
        if owner is not None
    ]
    return Document(
        type=stretch.type,
        title=material_title(stretch.type),
        first_page=stretch.numbers[0],
        last_page=stretch.numbers[-1],
        state=State.FOUND,
        score=1.0,
        fields={name: value for part in reversed(parts) for name, value in part.fields.items()},
        marks={name: mark for part in parts for name, mark in part.marks.items()},
        texts=tuple(_text(volume, page) for page in stretch.pages),
        page_marks={name: marks for part in parts for name, marks in part.page_marks.items()},
    )


def _text(volume: Volume, page: CataloguedPage) -> str:
    if page.document is None:
        return page.page.reading.text
    document = volume.documents[page.document]
    return document.texts[page.page.number - document.first_page]


def _rest(document: Document, stretch: _Stretch) -> Document:
    """What is left of a document on these pages: the texts, fields and marks that stand there."""
    numbers = stretch.numbers
    if document.first_page in numbers and document.last_page in numbers:
        return document
    return document.model_copy(
        update={
            "first_page": max(document.first_page, numbers[0]),
            "last_page": min(document.last_page, numbers[-1]),
            "texts": tuple(
                text for number, text in enumerate(document.texts, start=document.first_page) if number in numbers
            ),
            "fields": {name: value for name, value in document.fields.items() if value.page in numbers},
            "marks": {name: mark for name, mark in document.marks.items() if mark.page in numbers},
            "page_marks": {
                name: {number: mark for number, mark in marks.items() if number in numbers}
                for name, marks in document.page_marks.items()
            },
        }
    )


def _page(page: CataloguedPage, type_: str | None, index: int | None) -> CataloguedPage:
    if type_ is None:
        return page if page.document == index else page.model_copy(update={"document": index})
    candidates = (Candidate(type=type_, score=1.0),)
    return page.model_copy(
        update={"document": index, "certain": True, "candidates": candidates, "reasons": (*page.reasons, _SAID)}
    )
