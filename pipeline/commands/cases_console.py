"""What `juanzong case` shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from rich.markup import escape
from rich.table import Table

from pipeline.assigning import COLUMNS
from pipeline.console import make_console
from pipeline.registry import DrawnNumber
from schemas.case import KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES
from schemas.registration import CaseRecord
from schemas.roster import Assignment, Lawyer


def print_cases(records: Sequence[CaseRecord], lawyers: Mapping[str, Lawyer]) -> None:
    """One line a case, with the lawyer who stands assigned."""
    console = make_console()
    if not records:
        console.print("尚未登记案件。")
        return
    table = Table("案件编号", "受援人", "案由", "类别", "阶段", "来源", "受理日期", "承办人")
    for record in records:
        case, lawyer = record.registration, lawyers.get(record.number)
        cells = (
            record.number,
            case.recipient.name,
            case.cause,
            KIND_TITLES[case.kind],
            STAGE_TITLES[case.stage] if case.stage else "",
            ORIGIN_TITLES[case.origin],
            case.received_on.isoformat(),
            f"{lawyer.firm} {lawyer.name}" if lawyer else "尚未指派",
        )
        table.add_row(*(escape(cell) for cell in cells))
    console.print(table)
    console.print(f"共{len(records)}件。")


def print_case(record: CaseRecord, assignments: Sequence[Assignment]) -> None:
    """All that is registered of a case, and who handles it."""
    console = make_console()
    console.rule(f"[bold]{escape(record.number)}", align="left")
    table = Table(show_header=False, box=None)
    for column in COLUMNS:
        value = _value(record, column.path)
        if value not in (None, "", (), False):
            table.add_row(column.title, escape(_shown(value, column.choices)))
    console.print(table)
    for each in assignments:
        done = "更换" if each.replaces else "指派"
        said = f"{each.assigned_on.isoformat()} {done}：{each.lawyer.firm} {each.lawyer.name}"
        console.print(escape(f"{said}（{each.chosen_by}；{each.why}）"))


def _value(record: CaseRecord, path: str) -> object:
    value: object = record.registration
    for name in path.split("."):
        value = getattr(value, name, None)
    return value


def _shown(value: object, choices: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, StrEnum):
        return choices[value.value]
    if isinstance(value, tuple):
        return "、".join(_shown(part, choices) for part in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def print_numbers(drawn: Iterable[DrawnNumber]) -> None:
    """One line a number."""
    console = make_console()
    table = Table("字号", "年份", "顺序号", "用途", "状态")
    for number in drawn:
        state = "作废" if number.void else ""
        table.add_row(escape(number.word), str(number.year), str(number.sequence), escape(number.about), state)
    console.print(table)
