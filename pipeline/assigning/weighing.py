"""What a rule says of a lawyer for a case: that it excludes him, that a person has to look, or something to know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from pipeline.assigning.norms import Norm
from pipeline.assigning.spelling import plain
from schemas.case import Kind
from schemas.registration import CaseRecord
from schemas.roster import Assignment


class Bearing(StrEnum):
    EXCLUDES = "excludes"
    DOUBTFUL = "doubtful"
    TOLD = "told"


@dataclass(frozen=True)
class Remark:
    """One thing that a rule says; a Chinese clause without full stop."""

    bearing: Bearing
    text: str
    norm: Norm


Remarks = Iterator[Remark]

CRIMINAL = frozenset(
    {Kind.CRIMINAL_DEFENCE, Kind.CRIMINAL_REPRESENTATION, Kind.CRIMINAL_CIVIL, Kind.DUTY_HELP, Kind.PLEA_HELP}
)
DEFENDING = frozenset({Kind.CRIMINAL_DEFENCE, Kind.DUTY_HELP, Kind.PLEA_HELP})
"""Kinds on the side of the suspect or defendant."""
ON_DUTY = frozenset({Kind.DUTY_HELP, Kind.PLEA_HELP})


@dataclass(frozen=True)
class Caseload:
    """What the office has under way, as far as it matters for one case."""

    cases: tuple[CaseRecord, ...] = ()
    """The registered cases, or those of them that are related to it (see `related_cases`)."""
    assignments: tuple[Assignment, ...] = ()
    """Of it and of `cases`."""
    open_cases: tuple[tuple[str, int], ...] = ()
    """By licence number."""
    last: tuple[tuple[str, date], ...] = ()
    """The days of the last assignments by licence number, over all cases."""

    def handled(self, case_number: str) -> tuple[Assignment, ...]:
        """The assignments of a case, oldest first."""
        return self._by_case.get(plain(case_number), ())

    def last_assigned(self, licence: str) -> date | None:
        return self._last.get(licence)

    def open_of(self, licence: str) -> int:
        return self._open.get(licence, 0)

    @cached_property
    def _by_case(self) -> Mapping[str, tuple[Assignment, ...]]:
        found: dict[str, list[Assignment]] = defaultdict(list)
        for each in self.assignments:
            found[plain(each.case_number)].append(each)
        return {number: tuple(assignments) for number, assignments in found.items()}

    @cached_property
    def _last(self) -> Mapping[str, date]:
        found = dict(self.last)
        for each in self.assignments:
            licence = each.lawyer.licence
            found[licence] = max(each.assigned_on, found.get(licence, date.min))
        return found

    @cached_property
    def _open(self) -> Mapping[str, int]:
        return dict(self.open_cases)


def excludes(text: str, norm: Norm) -> Remark:
    return Remark(Bearing.EXCLUDES, text, norm)


def doubts(text: str, norm: Norm) -> Remark:
    return Remark(Bearing.DOUBTFUL, text, norm)


def tells(text: str, norm: Norm) -> Remark:
    return Remark(Bearing.TOLD, text, norm)


def chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
