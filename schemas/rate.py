"""A rate table (补贴标准表): what a kind of case pays at a stage, and what raises or lowers it, as data.

All amounts in yuan, as decimals. `pipeline.auditing.rates` loads and validates the tables, with file and line.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Frozen
from schemas.case import Kind, Stage
from schemas.report import Standing

Yuan = Annotated[Decimal, Field(ge=0, le=10_000_000, decimal_places=2)]
Factor = Annotated[Decimal, Field(ge=0, le=10, decimal_places=4)]


class Situation(StrEnum):
    """What may change the amount (调整情形). How each is known, `pipeline.auditing.situations` says."""

    NOT_HEARD = "not_heard"
    SUMMARY_PROCEDURE = "summary_procedure"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    EXTRA_RECIPIENTS = "extra_recipients"
    BATCH = "batch"
    CROSS_REGION = "cross_region"
    INTERPRETER = "interpreter"
    LATE_FILING = "late_filing"
    QUALITY = "quality"
    OFFICE_STAFF = "office_staff"
    SAME_LAWYER = "same_lawyer"


SITUATION_TITLES: dict[Situation, str] = {
    Situation.NOT_HEARD: "未开庭审理",
    Situation.SUMMARY_PROCEDURE: "适用速裁程序",
    Situation.WITHDRAWN: "撤诉",
    Situation.TERMINATED: "终止法律援助",
    Situation.EXTRA_RECIPIENTS: "增加受援人",
    Situation.BATCH: "群体性（系列）案件",
    Situation.CROSS_REGION: "跨区域办案",
    Situation.INTERPRETER: "翻译",
    Situation.LATE_FILING: "逾期提交结案材料",
    Situation.QUALITY: "案件质量等次",
    Situation.OFFICE_STAFF: "公职人员办案",
    Situation.SAME_LAWYER: "同一承办人续办下一阶段",
}


class WorkDone(StrEnum):
    """How much had been done when the aid ended (终止时已完成的工作)."""

    NONE = "none"
    SOME = "some"
    MOST = "most"
    ALL = "all"


WORK_DONE_TITLES: dict[WorkDone, str] = {
    WorkDone.NONE: "尚未开展工作",
    WorkDone.SOME: "完成部分工作",
    WorkDone.MOST: "完成大部分工作",
    WorkDone.ALL: "完成全部工作",
}


class Part(StrEnum):
    """The part of a rate that a modifier changes."""

    TOTAL = "total"
    DIRECT = "direct"
    LABOUR = "labour"


class Rate(Frozen):
    """The standard for a kind and stage: direct cost (直接费用) and labour (基本劳务费用), or a sum that is not divided."""

    kind: Kind
    stages: tuple[Stage | None, ...] = (None,)
    """`(None,)`: whatever the stage."""
    region: str | None = None
    """Tier of the region (地区类别), as the table calls it; None: everywhere."""
    valid_from: date | None = None
    valid_to: date | None = None
    direct: Yuan | None = None
    labour: Yuan | None = None
    undivided: Yuan | None = None
    """For a norm that gives one sum; then neither `direct` nor `labour` is known."""
    basis: str


class RateReference(Frozen):
    """Another line of the table."""

    kind: Kind
    stage: Stage | None = None


class Modifier(Frozen):
    """What one situation does to the amount. Exactly one of `factor`, `by`, `amount`, `share`, `actual`, `rate_of`."""

    situation: Situation
    title: str
    kinds: tuple[Kind, ...] = ()
    """The kinds of case it is for; empty: all."""
    stages: tuple[Stage, ...] = ()
    part: Part = Part.TOTAL
    factor: Factor | None = None
    by: dict[str, Factor] = Field(default_factory=dict)
    """Factor by what was done, or by grade of quality."""
    amount: Yuan | None = None
    """Added, once for each recipient beyond the first where recipients are counted."""
    share: Factor | None = None
    """Share of the standard that is added, once for each recipient beyond the first."""
    actual: bool = False
    """The proven cost is added."""
    most: Yuan | None = None
    """Cap on what is added."""
    rate_of: RateReference | None = None
    """The rate of another line instead of the case's own."""
    unknown: Literal["ask", "no"] = "ask"
    """Where nobody knows whether the situation holds: the amount waits, or the situation counts as absent (推定)."""
    basis: str


class RateTable(Frozen):
    """The standard of one jurisdiction."""

    table: str
    """Its id."""
    title: str
    version: str
    region: str
    """Where it applies, e.g. `广东省`."""
    sample: bool = False
    """True for a table that only shows how tables work: never chosen by default, never a ground to pay."""
    standing: Standing
    basis: str
    dated_by: Literal["closed_on", "assigned_on"] = "closed_on"
    """The date of the case that decides which period applies."""
    valid_from: date | None = None
    valid_to: date | None = None
    own_region: str | None = None
    """The tier of the office's own region, where rates differ by tier."""
    round_to: Literal["0.01", "0.1", "1", "10"] = "0.01"
    """Unit in yuan to which the result is rounded, half up."""
    rates: tuple[Rate, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
