"""A checklist as plain rows, for people.

The fields' names are the headings that people see, hence Chinese.
"""
# ruff: noqa: PLC2401

from __future__ import annotations

from typing import NamedTuple

from pipeline.auditing.case import item_title
from pipeline.auditing.phrases import NEED_TITLES, item_condition
from schemas.report import EFFECT_TITLES, Standing
from schemas.standard import Checklist, Duty, Item
from schemas.volume import FIELD_TITLES, MARK_TITLES

STANDING_TITLES: dict[Standing, str] = {
    Standing.OFFICIAL: "规范原文",
    Standing.RECONSTRUCTED: "推定，待确认",
    Standing.CONFIRMED: "已经确认",
}


class ChecklistRow(NamedTuple):
    """One line of a checklist; the headings are the fields' names."""

    序号: int
    材料: str
    要求: str
    条件: str
    签章: str
    影响: str
    依据: str
    依据状态: str


def checklist_rows(checklist: Checklist) -> tuple[ChecklistRow, ...]:
    """The items of a checklist in their order, conditions and marks in Chinese."""
    return tuple(_row(number, item) for number, item in enumerate(checklist.items, start=1))


def _row(number: int, item: Item) -> ChecklistRow:
    marks = [MARK_TITLES[mark.mark] + ("（逐页）" if mark.each_page else "") for mark in item.marks]
    fields = [FIELD_TITLES[field.field] for field in item.fields]
    return ChecklistRow(
        number,
        item_title(item),
        "由法律援助机构办理" if item.duty is Duty.OFFICE else NEED_TITLES[item.need],
        item_condition(item),
        "、".join([*marks, *fields]),
        EFFECT_TITLES[item.effect],
        item.basis,
        STANDING_TITLES[item.standing],
    )
