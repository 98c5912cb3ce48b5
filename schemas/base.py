"""The ground of every model: frozen, closed, and in three states."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A value that never changes once made, and that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class State(StrEnum):
    """The three states (三态) of whatever was read from a scan."""

    FOUND = "found"
    MISSING = "missing"
    UNCERTAIN = "uncertain"


def _ordered(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    if 0.0 <= left <= right <= 1.0 and 0.0 <= top <= bottom <= 1.0:
        return box
    left, top, right, bottom = (min(1.0, max(0.0, edge)) for edge in box)
    if left > right or top > bottom:
        raise ValueError("a box is [left, top, right, bottom]")
    return left, top, right, bottom


Box = Annotated[tuple[float, float, float, float], AfterValidator(_ordered)]
"""[left, top, right, bottom] as fractions of the page as a person reads it, that is after rotation."""

Score = Annotated[float, Field(ge=0.0, le=1.0)]
"""How sure a reading is, 0 to 1."""


class Place(Frozen):
    """Where in the closing file something stands: the page (from 1) and, where known, the box."""

    page: int = Field(ge=1)
    box: Box | None = None
