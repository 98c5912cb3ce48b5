"""Operations that put ink on a page, in pixels at 200 dpi from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

PAGE_WIDTH, PAGE_HEIGHT = 1654, 2339
"""A4 at 200 dpi."""


@dataclass(frozen=True)
class Print:
    """Printed characters; `y` is the top of the line."""

    x: float
    y: float
    text: str
    face: str
    size: int
    bold: bool = False
    colour: str = "black"
    spacing: float = 0


@dataclass(frozen=True)
class Pen:
    """Characters by hand, squeezed into `room` pixels if that is not 0."""

    x: float
    y: float
    text: str
    size: int
    seed: str
    room: float = 0
    colour: str = "black"


@dataclass(frozen=True)
class Stroke:
    """A straight printed line."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: int = 2
    colour: str = "black"


@dataclass(frozen=True)
class Area:
    """A filled rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str


@dataclass(frozen=True)
class Stamp:
    """A round seal around (`x`, `y`)."""

    x: float
    y: float
    diameter: int
    ring: str
    bottom: str
    star: bool
    seed: str
    grey: bool = False


@dataclass(frozen=True)
class Thumb:
    """A fingerprint around (`x`, `y`)."""

    x: float
    y: float
    seed: str
    grey: bool = False


Operation: TypeAlias = Print | Pen | Stroke | Area | Stamp | Thumb


def moved(operation: Operation, x: float, y: float) -> Operation:
    """`operation` shifted by (`x`, `y`)."""
    if isinstance(operation, Stroke | Area):
        return replace(operation, x0=operation.x0 + x, y0=operation.y0 + y, x1=operation.x1 + x, y1=operation.y1 + y)
    return replace(operation, x=operation.x + x, y=operation.y + y)
