"""The entries of the record of what was done for the case (承办情况通报/报告记录): a day, and what was done."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.auditing.case import Case
from pipeline.auditing.daywords import days_in
from pipeline.auditing.layout import Cell, cells_of
from schemas.base import Place, State

_TYPE = "progress_record"
_SURE = 0.95
"""Line score from which a printed day in the table counts."""


class Row(NamedTuple):
    """One entry: its day, what was done, and whether the day was surely read."""

    day: date
    text: str
    sure: bool
    anchor: Cell
    """Where the day stands."""

    @property
    def place(self) -> Place:
        return self.anchor.place


def rows_of_record(case: Case) -> tuple[Row, ...]:
    """The entries of all progress records of the case, in their order; worked out once."""
    found = case.memo.get("progress rows")
    if not isinstance(found, tuple):
        found = tuple(row for index in records_of(case) for row in _rows(case, index))
        case.memo["progress rows"] = found
    return found


def records_of(case: Case) -> list[int]:
    """The sure progress records of this case, by index."""
    return [
        index for index, document in case.of_type(_TYPE) if document.state is State.FOUND and index not in case.foreign
    ]


def _rows(case: Case, index: int) -> Iterator[Row]:
    document = case.volume.documents[index]
    for page in range(document.first_page, document.last_page + 1):
        cells = cells_of(case, page)
        anchors = _anchors(cells)
        if not anchors:
            continue
        left, top = max(anchor.line.box[0] for _, anchor in anchors), anchors[0][1].line.box[1] - _reach(anchors)
        borders = [(one.centre + other.centre) / 2 for (_, one), (_, other) in pairwise(anchors)]
        texts: list[list[str]] = [[] for _ in anchors]
        for cell in cells:
            if cell.line.box[0] > left and cell.centre > top:
                texts[bisect_left(borders, cell.centre)].append(cell.text)
        for (day, anchor), said in zip(anchors, texts, strict=True):
            sure = anchor.line.score >= _SURE and not anchor.line.handwritten
            yield Row(day, "".join(said) or anchor.text, sure, anchor)


def _anchors(cells: tuple[Cell, ...]) -> list[tuple[date, Cell]]:
    """The day cells of the table, from the top down: short, in one column, and with others in that column."""
    dated = []
    for cell in cells:
        days = list(days_in(cell.text))
        if len(days) == 1 and days[0][1] <= _LEAD and len(cell.text) <= _LONGEST_DAY:
            dated.append((days[0][0], cell))
    if not dated:
        return []
    column = min((cell for _, cell in dated), key=lambda cell: cell.line.box[0]).line.box[0]
    return [(day, cell) for day, cell in dated if cell.line.box[0] - column < _COLUMN]


_LEAD = 3
"""Characters before the day in its cell, such as the row's number."""
_LONGEST_DAY = 16
_COLUMN = 0.06
"""Share of the page's width within which the days of one column begin."""


def _reach(anchors: list[tuple[date, Cell]]) -> float:
    gaps = [other[1].centre - one[1].centre for one, other in pairwise(anchors)]
    return min((gap for gap in gaps if gap > 0), default=0.03)


def wholly_read(case: Case, page: int) -> bool:
    """Whether no row and no cell of the page's table was overlooked: running numbers without a gap, columns without a hole.

    Of a row that was not read nothing tells what it says, so that nothing can be said to lack.
    """
    cells = cells_of(case, page)
    anchors = [anchor for _, anchor in _anchors(cells)]
    if not anchors:
        return False
    return _numbered_through(cells, anchors) and _evenly_spaced(anchors) and _without_holes(cells, anchors)


_NUMBER = re.compile(r"\d{1,2}")
_WIDE = 2.5
"""A gap between two days beyond so many usual ones holds a row that was not read."""


def _numbered_through(cells: tuple[Cell, ...], anchors: list[Cell]) -> bool:
    """True if the rows' running numbers, where any was read, follow one another, one a row."""
    left = min(anchor.line.box[0] for anchor in anchors)
    top, bottom = anchors[0].line.box[1], anchors[-1].line.box[3]
    numbers = [
        int(cell.text)
        for cell in cells
        if _NUMBER.fullmatch(cell.text) and cell.line.box[2] <= left and top - 0.02 < cell.centre < bottom + 0.02
    ]
    return not numbers or numbers == list(range(numbers[0], numbers[0] + len(anchors)))


def _evenly_spaced(anchors: list[Cell]) -> bool:
    gaps = [other.centre - one.centre for one, other in pairwise(anchors)]
    return not gaps or max(gaps) <= _WIDE * median(gaps)


def _without_holes(cells: tuple[Cell, ...], anchors: list[Cell]) -> bool:
    """True if every row has a cell in each column to the right of the days in which most rows have one."""
    edge = max(anchor.line.box[2] for anchor in anchors)
    top = anchors[0].line.box[1] - 0.02
    borders = [(one.centre + other.centre) / 2 for one, other in pairwise(anchors)]
    bottom = anchors[-1].centre + (anchors[-1].centre - borders[-1] if borders else 0.03)
    placed = [
        (cell.line.box[0], cell.line.box[2], bisect_left(borders, cell.centre))
        for cell in cells
        if cell.line.box[0] >= edge - 0.01 and top < cell.centre < bottom
    ]
    columns = _columns(placed)
    return bool(columns) and all(len(rows) == len(anchors) for rows in columns if 2 * len(rows) > len(anchors))


def _columns(placed: list[tuple[float, float, int]]) -> list[set[int]]:
    """The rows that each column has a cell in; a column is what overlaps from left to right."""
    columns: list[tuple[float, set[int]]] = []
    for left, right, row in sorted(placed):
        if columns and left < columns[-1][0]:
            columns[-1] = (max(columns[-1][0], right), columns[-1][1] | {row})
        else:
            columns.append((right, {row}))
    return [rows for _, rows in columns]
