"""Rows and cells of a page, rebuilt from the places of its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.auditing.case import Case
from schemas.base import Box, Place
from schemas.reading import Line

_WHITE = re.compile(r"\s+")
_SAME_ROW = 0.5
"""Share of the lower line's height that two lines must have in common to stand in one row."""

_DOWNWARDS = 2.5
"""Times the height of a row's other lines: words written downwards stand beside several rows."""


class Cell(NamedTuple):
    """A line of text and its page."""

    text: str
    """Without white space."""
    line: Line
    page: int
    level: Box
    """Where the line would stand if the page did not slope."""

    @property
    def centre(self) -> float:
        """Of its height, as a share of the page's."""
        return (self.level[1] + self.level[3]) / 2

    @property
    def place(self) -> Place:
        return Place(page=self.page, box=self.line.box)


def cells_of(case: Case, page: int) -> tuple[Cell, ...]:
    """The page's lines from the top down, worked out once."""
    key = ("cells", page)
    found = case.memo.get(key)
    if not isinstance(found, tuple):
        catalogued = case.page(page)
        reading = catalogued.page.reading if catalogued is not None else None
        lines = reading.lines if reading is not None else ()
        cells = [Cell(_tight(line.text), line, page, reading.level(line.box)) for line in lines if reading is not None]
        found = tuple(sorted((cell for cell in cells if cell.text), key=_height))
        case.memo[key] = found
    return found


def _tight(text: str) -> str:
    return text if text.isalnum() else _WHITE.sub("", text)


def _height(cell: Cell) -> float:
    return cell.centre


def rows_of(case: Case, page: int) -> tuple[tuple[Cell, ...], ...]:
    """The page's rows from the top down, each from left to right; worked out once."""
    key = ("rows", page)
    found = case.memo.get(key)
    if not isinstance(found, tuple):
        found = case.memo[key] = tuple(_rows(case, page))
    return found


def _rows(case: Case, page: int) -> Iterator[tuple[Cell, ...]]:
    rows: list[list[Cell]] = []
    for cell in cells_of(case, page):
        if rows and any(_in_one_row(cell.level, other.level) for other in rows[-1]):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    for row in rows:
        yield tuple(sorted(row, key=lambda cell: cell.line.box[0]))


def _in_one_row(one: Box, other: Box) -> bool:
    top, bottom = max(one[1], other[1]), min(one[3], other[3])
    lower, taller = sorted((one[3] - one[1], other[3] - other[1]))
    if taller > _DOWNWARDS * lower:
        return False
    apart = one[0] >= other[2] or other[0] >= one[2]
    return apart and bottom - top > _SAME_ROW * lower
