"""The entries of the record of what was done for the case (承办情况通报/报告记录): a day, and what was done."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
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
