"""What `juanzong roster` shows a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.markup import escape
from rich.table import Table

from pipeline.assigning import RosterChanges, RosterSheet
from pipeline.console import make_console
from schemas.roster import PERSONNEL_TITLES, Lawyer


def print_changes(changes: RosterChanges, sheet: RosterSheet) -> None:
    """What the new roster changes against the last one, and what looks odd in it."""
    console = make_console()
    for title, clauses, style in (
        ("新增", changes.added, "green"),
        ("移出", changes.removed, "red"),
        ("变更", changes.changed, "yellow"),
        ("移出人员尚有在办案件", changes.removed_with_open_cases, "bold red"),
        ("请核对", sheet.doubts, "yellow"),
    ):
        if clauses:
            console.print(f"[{style}]{title}（{len(clauses)}）[/]", highlight=False)
        for clause in clauses:
            console.print(f"  {escape(clause)}", highlight=False, soft_wrap=True)
    if sheet.unread:
        console.print(escape(f"没有读取的列：{'、'.join(sheet.unread)}"), highlight=False, soft_wrap=True)


def print_roster(lawyers: Sequence[Lawyer], open_cases: Mapping[str, int]) -> None:
    """The roster as a table."""
    console = make_console()
    if not lawyers:
        console.print("名册没有人员。请以 juanzong roster import 导入。", highlight=False)
        return
    table = Table(title=f"律师名册（{len(lawyers)}人）", title_justify="left", header_style="bold")
    for heading in ("姓名", "执业证号", "执业机构", "人员类别", "执业起始", "擅长领域", "服务地区", "在办", "备注"):
        table.add_column(
            heading, justify="right" if heading == "在办" else "left", overflow="fold", no_wrap=heading == "执业证号"
        )
    for lawyer in lawyers:
        table.add_row(
            escape(lawyer.name),
            escape(lawyer.licence),
            escape(lawyer.firm),
            PERSONNEL_TITLES[lawyer.personnel],
            lawyer.practising_since.isoformat() if lawyer.practising_since else "",
            escape("、".join(lawyer.fields)),
            escape("、".join(lawyer.regions)),
            str(open_cases.get(lawyer.licence, 0) + lawyer.other_open_cases),
            _remark(lawyer),
        )
    console.print(table)


def _remark(lawyer: Lawyer) -> str:
    remarks = [
        "重大疑难" if lawyer.grave_cases else "",
        f"暂停至{lawyer.suspended_until}" if lawyer.suspended_until else "",
        f"台账外{lawyer.other_open_cases}件" if lawyer.other_open_cases else "",
    ]
    return "；".join(remark for remark in remarks if remark)
