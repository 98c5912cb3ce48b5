"""Days that papers of one file state alike (日期互证): a date in doubt is found where other places confirm it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.cataloguing.fields import PaperReadings
from pipeline.cataloguing.readings import CONFIRMED, SURE
from pipeline.cataloguing.signing import PlacedDate, plausible
from pipeline.cataloguing.text import one_glyph_apart
from schemas.base import Box, State
from schemas.volume import FieldValue

_FEW = 1
"""Sources that a date needs beside itself which a pen wrote plainly."""
_MORE = 2
"""Sources that it needs where a line was read badly or a seal lies over it: two figures of one font may be misread
alike, on two papers; on three they were not seen to be."""


class DaysOfFile:
    """Where in the file each day is stated."""

    def __init__(self, papers: Sequence[PaperReadings]) -> None:
        self._dates = [paper.dates for paper in papers]
        printed = (date.hit.value for dates in self._dates for date in dates if _prints(date, date.hit.value))
        self._printed = {day for day in printed if day is not None}

    def sources(self, paper: int, own: FieldValue) -> int:
        """How many other papers print the day, and whether another place of the paper itself states it."""
        others = [dates for number, dates in enumerate(self._dates) if number != paper]
        printed = sum(any(_prints(date, own.value) for date in dates) for dates in others)
        return printed + any(_elsewhere(date, own) for date in self._dates[paper])

    def outweighed(self, paper: int, own: FieldValue) -> bool:
        """Whether another day, the same but for one figure, is printed in as many papers: `6月3日` beside `6月7日`."""
        own_sources = self.sources(paper, own)
        return any(
            one_glyph_apart(day, own.value or "") and len(day) == len(own.value or "")
            and self.sources(paper, own.model_copy(update={"value": day})) >= own_sources
            for day in self._printed
        )  # fmt: skip


def confirm_dates(
    papers: Sequence[PaperReadings], settled: Sequence[dict[str, FieldValue]]
) -> list[dict[str, FieldValue]]:
    """The papers' fields; a paper's own date in doubt is found where enough other places state the same day."""
    days = DaysOfFile(papers)
    return [_confirmed(days, number, fields) for number, fields in enumerate(settled)]


def _confirmed(days: DaysOfFile, number: int, fields: dict[str, FieldValue]) -> dict[str, FieldValue]:
    own = fields.get("date")
    if own is None or own.state is not State.UNCERTAIN or not plausible(own.value):
        return fields
    needed = _FEW if own.score >= CONFIRMED else _MORE
    if days.sources(number, own) < needed or (own.score < CONFIRMED and days.outweighed(number, own)):
        return fields
    return {**fields, "date": own.model_copy(update={"state": State.FOUND})}


def _prints(date: PlacedDate, day: str | None) -> bool:
    """True for the day in print that was read without doubt."""
    return date.hit.value == day and not date.hit.doubtful and not date.handwritten and date.score >= SURE


def _elsewhere(date: PlacedDate, own: FieldValue) -> bool:
    """True for the day at another place of the same paper, by pen or in print."""
    if date.hit.value != own.value or date.hit.doubtful or date.score < CONFIRMED:
        return False
    return date.view.number != own.page or not _same_place(date.box, own.box)


def _same_place(one: Box, other: Box | None) -> bool:
    return other is None or (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])
