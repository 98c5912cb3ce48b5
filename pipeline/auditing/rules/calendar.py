"""Office papers dated on a day on which offices do not work (公休日、节假日)."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from pipeline.auditing.case import Case, Raised
from pipeline.auditing.rules.base import Dated, ask, dates_of, evidence_of, in_chinese
from pipeline.auditing.workdays import NoCalendarError, is_working_day
from schemas.base import Frozen
from schemas.report import Duty, Problem
from schemas.standard import RuleSetting


class Parameters(Frozen):
    """Papers that the office itself issues."""

    documents: tuple[str, ...] = Field(min_length=1)
    least: int = 3
    """Papers on rest days from which it is worth a word: offices do work at weekends."""


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """One question for all; nothing for a year without a calendar."""
    dated = [entry for type_ in parameters.documents for entry in dates_of(case, f"{type_}.date")]
    resting = [entry for entry in dated if _rests(entry)]
    if len(resting) < parameters.least:
        return
    where = "、".join(f"{entry.name}（{in_chinese(entry.day)}）" for entry in resting[:4])
    yield ask(
        case,
        setting,
        problem=Problem.OUT_OF_SEQUENCE,
        document=resting[0].document,
        message=f"{where}系公休日或者法定节假日。",
        remedy="请核对上述日期，有误的予以更正。",
        reason="可能系加班办理，或者日期识读有误；请核实。",
        evidence=evidence_of(*resting),
        duty=Duty.OFFICE,
    )


def _rests(entry: Dated) -> bool:
    try:
        return not is_working_day(entry.day)
    except NoCalendarError:
        return False
