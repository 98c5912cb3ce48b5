"""What a rule says of a lawyer for a case: that it excludes him, that a person has to look, or something to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.assigning.norms import Norm
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
    """What the office has under way: every registered case, every assignment, open cases by licence number."""

    cases: tuple[CaseRecord, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    open_cases: tuple[tuple[str, int], ...] = ()

    def last_assigned(self, licence: str) -> date | None:
        days = [each.assigned_on for each in self.assignments if each.lawyer.licence == licence]
        return max(days, default=None)


def excludes(text: str, norm: Norm) -> Remark:
    return Remark(Bearing.EXCLUDES, text, norm)


def doubts(text: str, norm: Norm) -> Remark:
    return Remark(Bearing.DOUBTFUL, text, norm)


def tells(text: str, norm: Norm) -> Remark:
    return Remark(Bearing.TOLD, text, norm)


def chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
