"""What a statement of means says of the income, against the limit that the office has set (经济困难标准)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Self

from pydantic import Field, model_validator

from pipeline.auditing.case import Case, Raised, pages_of, title_of
from pipeline.auditing.layout import Cell, rows_of
from pipeline.auditing.rules.base import dates_of, raise_finding
from schemas.base import Frozen, State
from schemas.report import Duty, Problem
from schemas.standard import RuleSetting
from schemas.volume import Document


class Limit(Frozen):
    """What a head of the household may have a month (每人每月), in yuan, and since when; to be set by the office."""

    monthly: Decimal = Field(gt=0)
    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
        return self


class Parameters(Frozen):
    """The limits, and the printed labels under which the papers state income and household. Without limits nothing is said."""

    documents: tuple[str, ...] = ("means_statement", "application_form")
    limits: tuple[Limit, ...] = ()
    per_head: str = "(?:家庭)?(?:人均月收入|月人均收入|成员人均月收入)"
    household: str = "家庭(?:总)?月(?:总)?收入"
    members: str = "家庭(?:总)?人口(?:数)?|共同生活(?:的)?家庭成员(?:人数)"


class Stated(NamedTuple):
    """A month's income a head, and the cells that say so."""

    monthly: Decimal
    cells: tuple[Cell, ...]


_SURE, _FAIR = 0.97, 0.9
"""Scores of the figures from which more than the limit is certain in print, and from which it is asked about."""
_UNIT = r"[（(](?:元|人|元/月)[）)]"
_MONEY = re.compile(r"(?:人民币|约|[¥￥])?(\d{1,3}(?:,\d{3})+|\d{1,7})(\.\d{1,2})?(?:元)?(?:/月)?")
_HEADS = re.compile(r"(?:共)?(\d{1,2})(?:人|口)?")


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """The first paper that states more than the limit of its day. A figure by pen is a question."""
    for index, document in case.of_type(*parameters.documents):
        if document.state is not State.FOUND or index in case.foreign:
            continue
        limit = _limit(case, document, index, parameters)
        stated = _stated(case, document, parameters)
        if limit is None or stated is None or stated.monthly <= limit.monthly:
            continue
        pen = any(cell.line.handwritten for cell in stated.cells)
        yield raise_finding(
            case,
            setting,
            problem=Problem.INCONSISTENT,
            certain=not pen and all(cell.line.score >= _SURE for cell in stated.cells),
            document=index,
            message=f"{pages_of(document)}{title_of(document)}载明的收入为每人每月{_yuan(stated.monthly)}元，"
            f"高于本地经济困难标准（每人每月{_yuan(limit.monthly)}元）。",
            remedy="请核实申请人的经济状况；符合免予核查或者不受经济困难条件限制情形的，请附相应证明。",
            reason="金额系手写或者识读不够清楚；请对照原件核实。",
            evidence=tuple(cell.place for cell in stated.cells),
            duty=Duty.OFFICE,
        )
        return


def _limit(case: Case, document: Document, index: int, parameters: Parameters) -> Limit | None:
    """The one limit that holds on the paper's day, or the application's; a limit without days always does."""
    own = [entry for entry in dates_of(case, f"{document.type}.date") if entry.document == index]
    day = next((entry.day for entry in (*own, *dates_of(case, "application_form.date"))), None)
    holding = [limit for limit in parameters.limits if _holds(limit, day)]
    return holding[0] if len(holding) == 1 else None


def _holds(limit: Limit, day: date | None) -> bool:
    if limit.valid_from is None and limit.valid_to is None:
        return True
    return day is not None and (limit.valid_from or day) <= day <= (limit.valid_to or day)


def _stated(case: Case, document: Document, parameters: Parameters) -> Stated | None:
    """The income a head as stated, else the household's through its members; None where it was not surely read."""
    own = _at(case, document, parameters.per_head, _MONEY)
    if own is not None:
        return Stated(_amount(own[0]), (own[1],))
    income = _at(case, document, parameters.household, _MONEY)
    members = _at(case, document, parameters.members, _HEADS)
    if income is None or members is None or int(members[0]) == 0:
        return None
    return Stated(_amount(income[0]) / int(members[0]), (income[1], members[1]))


def _amount(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _at(case: Case, document: Document, label: str, form: re.Pattern[str]) -> tuple[str, Cell] | None:
    """The one figure at the label, behind it in its cell or in the next; None where there is none, or several."""
    pattern = re.compile(rf"(?:{label})(?:{_UNIT})?[:：]?")
    found: dict[str, Cell] = {}
    for page in range(document.first_page, document.last_page + 1):
        for row in rows_of(case, page):
            for place, cell in enumerate(row):
                match = pattern.match(cell.text)
                if match is None:
                    continue
                rest = cell.text[match.end() :]
                said, holder = (rest, cell) if rest else next(((c.text, c) for c in row[place + 1 : place + 2]), ("", cell))  # fmt: skip
                figure = form.fullmatch(said)
                if figure is None or holder.line.score < _FAIR:
                    return None
                found["".join(part or "" for part in figure.groups())] = holder
    return next(iter(found.items())) if len(found) == 1 else None


def _yuan(amount: Decimal) -> str:
    return format(amount.quantize(Decimal("0.01")).normalize(), "f")
