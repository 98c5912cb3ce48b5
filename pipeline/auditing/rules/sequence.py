"""Dates that must follow each other (日期先后)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field

from pipeline.auditing.case import Case, Raised
from pipeline.auditing.rules.base import (
    BY_PEN,
    Dated,
    ask,
    dates_of,
    evidence_of,
    in_chinese,
    not_read,
    raise_finding,
    undated_pages,
)
from schemas.base import Frozen
from schemas.report import Problem
from schemas.standard import RuleSetting

_IMPLAUSIBLE_DAYS = 1000
"""A gap beyond this is rather a misread year than two papers out of order: a question."""
_ABSURD_DAYS = 3000
"""A gap beyond this is a misread year, not worth a question."""


class NoParameters(Frozen):
    """The rule has nothing to set."""


class SequenceParameters(Frozen):
    """`before` ≤ `after`, each a list of `<type>.<field>` or `case.<field>`; the first that can be read counts.

    Of several papers the earliest `before` and the latest `after` are compared, so that a second record or a later
    copy never makes a finding; with `each`, every `after` paper must follow.
    """

    before: tuple[str, ...] = Field(min_length=1)
    after: tuple[str, ...] = Field(min_length=1)
    each: bool = False


def check_sequence(case: Case, setting: RuleSetting, parameters: SequenceParameters) -> Iterator[Raised]:
    earlier, later = _first(case, parameters.before), _first(case, parameters.after)
    if not earlier or not later:
        return
    before = min(earlier, key=lambda dated: dated.day)
    last = max(later, key=lambda dated: dated.day)
    unread = undated_pages(case, *parameters.before)
    if unread:
        return  # one of these papers may be older than those that could be read
    if not parameters.each:
        unread += undated_pages(case, *parameters.after)
    for after in later if parameters.each else [last]:
        if 0 < (before.day - after.day).days <= _ABSURD_DAYS:
            yield _reversed(case, setting, before, after, unread)


def _first(case: Case, operands: tuple[str, ...]) -> list[Dated]:
    return next((dates for operand in operands if (dates := dates_of(case, operand))), [])


def _reversed(case: Case, setting: RuleSetting, before: Dated, after: Dated, unread: tuple[int, ...]) -> Raised:
    culprit = after if after.document is not None else before
    pen = before.pen or after.pen
    return raise_finding(
        case,
        setting,
        problem=Problem.OUT_OF_SEQUENCE,
        certain=(before.day - after.day).days <= _IMPLAUSIBLE_DAYS and not pen and not unread,
        document=culprit.document,
        message=f"{after.name}（{in_chinese(after.day)}）早于{before.name}（{in_chinese(before.day)}），先后顺序有误。",
        remedy="请核对上述日期，有误的予以更正并由承办人说明情况后重新提交。",
        reason=BY_PEN
        if pen
        else not_read(unread)
        if unread
        else "两个日期相距过大，可能是年份识读有误；请对照原件核实。",
        evidence=evidence_of(after, before),
    )


def _as_list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class SameDayParameters(Frozen):
    """Operands that state the same day, such as the hearing's in the notice and in the record; the first that can be read."""

    one: Annotated[tuple[str, ...], BeforeValidator(_as_list)]
    other: Annotated[tuple[str, ...], BeforeValidator(_as_list)]


def check_same_day(case: Case, setting: RuleSetting, parameters: SameDayParameters) -> Iterator[Raised]:
    """No day of the one is among those of the other. Several hearings are common, so that one in common is enough."""
    ones, others = _first(case, parameters.one), _first(case, parameters.other)
    if not ones or not others or {dated.day for dated in ones} & {dated.day for dated in others}:
        return
    one, other = ones[0], others[0]
    certain = len(ones) == 1 and len(others) == 1 and abs((one.day - other.day).days) <= _IMPLAUSIBLE_DAYS
    unread = undated_pages(case, *parameters.one) + undated_pages(case, *parameters.other)
    certain = certain and not (one.pen or other.pen or unread)
    yield raise_finding(
        case,
        setting,
        problem=Problem.INCONSISTENT,
        certain=certain,
        document=one.document,
        message=f"{one.name}（{in_chinese(one.day)}）与{other.name}（{in_chinese(other.day)}）不一致。",
        remedy="请核对上述日期，有误的予以更正；开庭改期的，请附改期后的通知或者说明情况。",
        reason="可能有多次开庭，或者日期识读有误；请对照原件核实。",
        evidence=evidence_of(one, other),
    )


def check_future(case: Case, setting: RuleSetting, _parameters: NoParameters) -> Iterator[Raised]:
    """Papers dated after the day of the audit: one question for all, since a misread year is likely."""
    types = dict.fromkeys(document.type for document in case.volume.documents)
    late = [dated for type_ in types for dated in dates_of(case, f"{type_}.date") if dated.day > case.today]
    if not late:
        return
    where = "、".join(f"{dated.name}（{in_chinese(dated.day)}）" for dated in late[:4])
    yield ask(
        case,
        setting,
        problem=Problem.OUT_OF_SEQUENCE,
        document=late[0].document,
        message=f"{where}晚于审查之日。",
        remedy="请核对上述日期，有误的予以更正。",
        reason="可能是日期识读有误；请对照原件核实。",
        evidence=evidence_of(*late),
    )
