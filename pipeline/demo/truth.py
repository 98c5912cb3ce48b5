"""The ground truth of a sample closing file, as it is written beside it."""

from __future__ import annotations

from pydantic import Field

from schemas.base import Frozen


class TruePage(Frozen):
    """What a page is: `type` as in the contract; None for a blank one. `also`: types that are right as well."""

    number: int
    type: str | None
    document: int | None
    rotation: int = 0
    """Degrees clockwise by which the page must be turned to stand upright."""
    also: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    """What is printed on it, for counting character errors; handwriting and seals left out."""
    illegible: bool = False


class TrueDocument(Frozen):
    type: str
    title: str
    first_page: int
    last_page: int
    also: tuple[str, ...] = ()
    fields: dict[str, str | None] = Field(default_factory=dict)
    marks: dict[str, str] = Field(default_factory=dict)
    """found or missing."""


class TrueDefect(Frozen):
    """What an audit should find. `problem`, `document_type`, `effect` in the words of the report."""

    problem: str
    document_type: str
    effect: str
    detail: str = ""
    pages: tuple[int, ...] = ()


class TrueCase(Frozen):
    kind: str
    stage: str | None
    origin: str
    fields: dict[str, str | None]
    facts: dict[str, str | bool]


class Truth(Frozen):
    """All that is true of one sample closing file."""

    name: str
    seed: str
    style: str
    quality: str
    complete: bool
    case: TrueCase
    pages: tuple[TruePage, ...]
    documents: tuple[TrueDocument, ...]
    defects: tuple[TrueDefect, ...]
