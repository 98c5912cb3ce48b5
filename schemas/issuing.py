"""Issuing (签发): a letter leaves the house under a number, drawn in the same act."""

from __future__ import annotations

from schemas.base import Frozen
from schemas.draft import DraftKind


class IssuedPaper(Frozen):
    """A letter that was issued (签发的文书)."""

    kind: DraftKind
    number: str
    """As it stands on the letter; empty where the office's own form has no place for one."""
    word: str = ""
    """The series to which the number belongs; empty where it belongs to none of the office's."""
    year: int | None = None
    sequence: int | None = None
