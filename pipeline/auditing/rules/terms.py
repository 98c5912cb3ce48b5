"""Terms (期限): what had to be done within so many days, and the filing of the closing papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pydantic import Field

from pipeline.auditing.case import Case, Raised
from pipeline.auditing.phrases import days
from pipeline.auditing.rules.base import (
    BY_PEN,
    Dated,
    dates_of,
    disputed_dates,
    evidence_of,
    in_chinese,
    not_read,
    raise_finding,
    undated_pages,
)
from pipeline.auditing.rules.entries import records_of, rows_of_record
from pipeline.auditing.workdays import NoCalendarError, last_day
from schemas.base import Frozen
from schemas.report import Duty, Problem
from schemas.standard import Deadline, RuleSetting

_PLAUSIBLE_DAYS = 1000


class TermParameters(Frozen):
    """From the earliest `start` to the earliest `end` at most `days`.

    `entry`: instead of a paper, an entry of the progress record that matches this pattern starts the term.

    `delivery_days`: the paper that starts the term had to be delivered first, on a day that nobody wrote down; lateness
    within them is a question, and within `unasked_days` not even that, as so long a paper is on its way. `excuse`: a pattern that, in an explanation in the volume, excuses the delay.
    """

    start: str | None = None
    entry: str | None = None
    end: str
    days: int = Field(ge=0)
    working: bool = False
    delivery_days: int = Field(default=0, ge=0)
    unasked_days: int = Field(default=0, ge=0)
    excuse: str | None = None
    office: bool = False
    """True where it is the office that had to act in time."""
    act: str
    """What had to be done, in Chinese, e.g. `签订委托手续`."""


def check_term(case: Case, setting: RuleSetting, parameters: TermParameters) -> Iterator[Raised]:
    starts, ends = _starts(case, parameters), dates_of(case, parameters.end)
    if not starts or not ends or _excused(case, parameters.excuse):
        return
    start = min(starts, key=lambda dated: dated.day)
    end = min(ends, key=lambda dated: dated.day)
    deadline = Deadline(
        days=parameters.days, working=parameters.working, basis=setting.basis, standing=setting.standing
    )
    excess = _excess(start.day, end.day, deadline)
    if excess is None or excess <= parameters.unasked_days or (end.day - start.day).days > _PLAUSIBLE_DAYS:
        return
    unread = undated_pages(case, parameters.end)
    yield raise_finding(
        case,
        setting,
        problem=Problem.LATE,
        certain=excess > parameters.delivery_days and not (start.pen or end.pen or unread),
        document=end.document,
        message=_late_message(parameters.act, start, end, days(deadline)),
        remedy="请说明超期原因，由承办人签名后附卷。",
        reason=BY_PEN
        if start.pen or end.pen
        else not_read(unread)
        if unread
        else f"{start.name}至实际送达之间可能有间隔；请核实实际收到的日期。",
        evidence=evidence_of(end, start),
        duty=Duty.OFFICE if parameters.office else Duty.LAWYER,
    )


def _starts(case: Case, parameters: TermParameters) -> list[Dated]:
    if parameters.start is not None:
        return dates_of(case, parameters.start)
    records = records_of(case)
    return [
        Dated(row.day, records[0], row.place, "承办记录所载收到通知的日期")
        for row in rows_of_record(case)
        if row.sure and parameters.entry is not None and re.search(parameters.entry, row.text) is not None
    ]


def _excess(start: date, end: date, deadline: Deadline) -> int | None:
    """Days beyond the last day of the term; None where the year's working days are not known."""
    try:
        return (end - last_day(start, deadline)).days
    except NoCalendarError:
        return None


def _late_message(act: str, start: Dated, end: Dated, term: str) -> str:
    return f"{act}超期：{start.name}为{in_chinese(start.day)}，{end.name}为{in_chinese(end.day)}，超过{term}。"


def _excused(case: Case, pattern: str | None) -> bool:
    return pattern is not None and any(
        re.search(pattern, case.text(index)) is not None for index, _ in case.of_type("explanation")
    )


_CLOSED = ("cover.closed_on", "closing_report.closed_on")


class FilingParameters(Frozen):
    """The standard's deadline that applies, by its name, and the papers whose date shows when it was filed at the earliest."""

    deadline: str = "filing"
    shown_by: tuple[str, ...] = ("closing_report.date", "volume_note.date")
    excuse: str | None = None


def check_filing(case: Case, setting: RuleSetting, parameters: FilingParameters) -> Iterator[Raised]:
    """The closing papers were handed in too late. Basis and effect are the term's own: they change with its length.

    The day of handing in is given; without it, the closing report cannot have been handed in before its own date. Where
    that is not surely read, it is still a better witness than the note with which the office bound the file later.
    """
    deadline = case.standard.deadlines.get(parameters.deadline)
    closed = dates_of(case, "case.closed_on")
    if deadline is None or not closed or _excused(case, parameters.excuse):
        return
    shown = (dates_of(case, operand) or disputed_dates(case, operand) for operand in parameters.shown_by)
    handed_in = dates_of(case, "case.submitted_on") or next((dates for dates in shown if dates), [])
    if not handed_in:
        return
    end = max(handed_in, key=lambda dated: dated.day)
    excess = _excess(closed[0].day, end.day, deadline)
    if excess is None or excess <= 0 or (end.day - closed[0].day).days > _PLAUSIBLE_DAYS:
        return
    # 办结 of what was done may come before 结案: the term runs from the later one where the file states both.
    stated = [closed[0], *(dated for operand in _CLOSED for dated in dates_of(case, operand))]
    if (_excess(max(dated.day for dated in stated), end.day, deadline) or 0) <= 0:
        return
    grounds = {"basis": deadline.basis, "standing": deadline.standing, "effect": deadline.effect}
    yield raise_finding(
        case,
        setting.model_copy(update=grounds),
        problem=Problem.LATE,
        certain=not (end.pen or end.disputed or closed[0].pen),
        document=end.document,
        message=_late_message("提交结案归档材料", closed[0], end, days(deadline)),
        remedy="请说明逾期提交的原因，由承办人签名后附卷。",
        reason=end.reason,
        evidence=evidence_of(end, closed[0]),
    )
