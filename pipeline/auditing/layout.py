"""Rows and cells of a page, rebuilt from the places of its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.auditing.case import Case
from schemas.base import Place
from schemas.reading import Line

_WHITE = re.compile(r"\s+")
_SAME_ROW = 0.5
"""Share of the lower line's height that two lines must have in common to stand in one row."""


class Cell(NamedTuple):
    """A line of text and its page."""

    text: str
    """Without white space."""
    line: Line
    page: int
    centre: float
    """Of its height, as a share of the page's."""

    @property
    def place(self) -> Place:
        return Place(page=self.page, box=self.line.box)


def cells_of(case: Case, page: int) -> tuple[Cell, ...]:
    """The page's lines from the top down, worked out once."""
    key = ("cells", page)
    found = case.memo.get(key)
    if not isinstance(found, tuple):
        catalogued = case.page(page)
        lines = catalogued.page.reading.lines if catalogued is not None else ()
        cells = [Cell(_tight(line.text), line, page, (line.box[1] + line.box[3]) / 2) for line in lines]
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
        if rows and any(_in_one_row(cell.line, other.line) for other in rows[-1]):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    for row in rows:
        yield tuple(sorted(row, key=lambda cell: cell.line.box[0]))


def _in_one_row(one: Line, other: Line) -> bool:
    top, bottom = max(one.box[1], other.box[1]), min(one.box[3], other.box[3])
    lower = min(one.box[3] - one.box[1], other.box[3] - other.box[1])
    apart = one.box[0] >= other.box[2] or other.box[0] >= one.box[2]
    return apart and bottom - top > _SAME_ROW * lower
