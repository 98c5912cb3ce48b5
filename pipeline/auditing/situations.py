"""What is known about the situations that change a subsidy (调整情形), in three states.

A situation holds, does not hold, or nobody knows; then `ask` says in Chinese what has to be settled. Facts come from the
papers only where they were read for certain, and otherwise from what a person gave.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.auditing.workdays import NoCalendarError, last_day
from schemas.base import State
from schemas.case import KnownCase, KnownSubsidy
from schemas.rate import WORK_DONE_TITLES, Situation, WorkDone
from schemas.report import AuditReport, Certainty, Finding, ReportCase
from schemas.standard import Standard


@dataclass(frozen=True)
class Known:
    """Whether a situation holds (None: unknown), with what its arithmetic needs."""

    holds: bool | None
    ask: str = ""
    count: int = 1
    """How many times an addition counts."""
    grade: str = ""
    """Which line of a graded modifier."""
    cost: Decimal | None = None
    """Proven cost."""
    said: str = ""
    """How it is told in the derivation, e.g. `受援人3人`."""


ABSENT = Known(holds=False)


@dataclass(frozen=True)
class Circumstances:
    """All that is known of a case when its subsidy is computed."""

    report: AuditReport
    case: ReportCase
    known: KnownCase
    standard: Standard

    @property
    def told(self) -> KnownSubsidy:
        return self.known.subsidy

    def fact(self, name: str) -> str | bool | None:
        """A case fact that is certain, else None."""
        fact = self.case.facts.get(name)
        return fact.value if fact is not None and fact.state is State.FOUND else None

    def day(self, name: str) -> date | None:
        """A date of the case that is certain: given, or read without doubt."""
        given: date | None = getattr(self.known, name, None)
        if given is not None:
            return given
        value = self.case.fields.get(name)
        if value is None or value.state is not State.FOUND or not value.value:
            return None
        try:
            return date.fromisoformat(value.value)
        except ValueError:
            return None


def known_of(situation: Situation, circumstances: Circumstances) -> Known:
    """What is known about the situation in this case."""
    return _KNOWN[situation](circumstances)


def _plain(value: str | bool | None, ask: str) -> Known:
    """A yes-or-no situation."""
    return Known(holds=value is True) if value is not None else Known(holds=None, ask=ask)


def _not_heard(case: Circumstances) -> Known:
    held = case.fact("hearing_held")
    return Known(holds=held is False) if held is not None else Known(holds=None, ask="请核实本案是否开庭审理。")


def _summary(case: Circumstances) -> Known:
    return _plain(case.told.summary_procedure, "请核实本案是否适用速裁程序。")


def _withdrawn(case: Circumstances) -> Known:
    return _plain(case.fact("withdrawn"), "请核实本案是否以撤诉结案。")


def _terminated(case: Circumstances) -> Known:
    terminated = case.fact("aid_terminated")
    if terminated is False:
        return ABSENT
    if terminated is None:
        return Known(holds=None, ask="请核实本案是否终止法律援助。")
    done = case.told.work_done
    if done not in set(WorkDone):
        choices = "、".join(WORK_DONE_TITLES.values())
        return Known(holds=None, ask=f"本案终止法律援助，请核定终止时已完成的工作（{choices}）。")
    return Known(holds=True, grade=str(done), said=WORK_DONE_TITLES[WorkDone(done)])


def _extra_recipients(case: Circumstances) -> Known:
    count = case.told.recipients
    if count is None:
        return Known(holds=None, ask="请核实本案受援人人数。")
    return Known(holds=True, count=count - 1, said=f"受援人{count}人") if count > 1 else ABSENT


def _batch(case: Circumstances) -> Known:
    position = case.told.batch_position
    if case.told.batch is False:
        return ABSENT
    if case.told.batch is None and position is None:
        return Known(holds=None, ask="请核实本案是否属于群体性（系列）案件。")
    if position is None:
        return Known(holds=None, ask="本案属于群体性（系列）案件，请核定本案在系列案中的序号。")
    return Known(holds=True, said=f"系列案第{position}件") if position > 1 else ABSENT


def _cross_region(case: Circumstances) -> Known:
    known = _plain(case.told.cross_region, "请核实本案是否跨区域办理。")
    return Known(known.holds, known.ask, cost=case.told.travel_cost)


def _interpreter(case: Circumstances) -> Known:
    used = True if case.told.interpreter_cost else case.fact("interpreter")
    known = _plain(used, "请核实本案是否使用翻译或者手语。")
    return Known(known.holds, known.ask, cost=case.told.interpreter_cost)


def _late(case: Circumstances) -> Known:
    late = _is_late(case)
    if late is None:
        return Known(holds=None, ask="请核实结案日期和提交结案材料的日期，以确定是否逾期提交。")
    if not late:
        return ABSENT
    if case.told.late_excused is None:
        return Known(holds=None, ask="结案材料逾期提交，请核定逾期有无正当理由。")
    return Known(holds=not case.told.late_excused, said="逾期且无正当理由")


def _is_late(case: Circumstances) -> bool | None:
    """Late by the dates where both are certain; else by a certain finding of the audit. Never punctual for want of dates."""
    deadline = case.standard.deadlines.get("filing")
    closed, submitted = case.day("closed_on"), case.day("submitted_on")
    if deadline is not None and closed is not None and submitted is not None:
        try:
            return submitted > last_day(closed, deadline)
        except NoCalendarError:
            return None
    return True if any(_tells_late(finding) for finding in case.report.findings) else None


def _tells_late(finding: Finding) -> bool:
    return finding.state is Certainty.CERTAIN and finding.rule.endswith("/filing_term")


def _quality(case: Circumstances) -> Known:
    grade = case.told.quality_grade
    if grade is None:
        return Known(holds=None, ask="请提供案件质量评查等次。")
    return Known(holds=True, grade=grade, said=f"质量等次为{grade}")


def _office_staff(case: Circumstances) -> Known:
    return _plain(case.told.office_staff, "请核实承办人是否为公职人员。")


def _same_lawyer(case: Circumstances) -> Known:
    return _plain(case.told.same_lawyer, "请核实承办人是否承办过本案的上一阶段。")


_KNOWN: dict[Situation, Callable[[Circumstances], Known]] = {
    Situation.NOT_HEARD: _not_heard,
    Situation.SUMMARY_PROCEDURE: _summary,
    Situation.WITHDRAWN: _withdrawn,
    Situation.TERMINATED: _terminated,
    Situation.EXTRA_RECIPIENTS: _extra_recipients,
    Situation.BATCH: _batch,
    Situation.CROSS_REGION: _cross_region,
    Situation.INTERPRETER: _interpreter,
    Situation.LATE_FILING: _late,
    Situation.QUALITY: _quality,
    Situation.OFFICE_STAFF: _office_staff,
    Situation.SAME_LAWYER: _same_lawyer,
}
