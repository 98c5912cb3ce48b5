"""What `juanzong standards` shows: standards, checklists, differences and confirmations, for a person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from pipeline.auditing import Difference, list_rates, list_standards, load_rates, load_standard, open_grounds
from pipeline.console import make_console
from pipeline.errors import StandardError
from schemas.checklist import ChecklistSheet
from schemas.report import Standing

_STANDING_WORDS = {
    Standing.OFFICIAL: "正式文本",
    Standing.RECONSTRUCTED: "依据待核",
    Standing.CONFIRMED: "已经确认",
}
_HEADINGS = ("序号", "材料", "何时需要", "签名、盖章", "影响补贴", "依据", "效力")


def print_standards(folder: Path | None) -> None:
    """All standards and rate tables that can be used; a faulty one is shown with its fault."""
    console = make_console()
    table = Table(title="归档标准", title_justify="left", header_style="bold")
    for heading in ("标准", "名称", "版本", "清单数", "依据"):
        table.add_column(heading, overflow="fold")
    for name in list_standards(folder):
        try:
            standard = load_standard(name, folder)
        except StandardError as error:
            table.add_row(escape(name), f"[red]{escape(error.message)}[/]", "", "", "")
            continue
        words = _STANDING_WORDS[standard.standing]
        count = len(open_grounds(standard))
        words += f"（{count}处）" if count else ""
        table.add_row(
            standard.id, escape(standard.title), escape(standard.version), str(len(standard.checklists)), words
        )
    console.print(table)
    rates = Table(title="补贴标准表（设置 rates）", title_justify="left", header_style="bold")
    for heading in ("标准表", "名称", "版本", "标准数"):
        rates.add_column(heading, overflow="fold")
    for name in list_rates():
        known = load_rates(name)
        rates.add_row(
            known.table, escape(known.title), escape(known.version), str(len(known.rates)) if known.rates else "未录入"
        )
    console.print(rates)


def print_sheets(sheets: Sequence[ChecklistSheet]) -> None:
    """Checklists, one table each."""
    console = make_console()
    for sheet in sheets:
        table = Table(title=escape(sheet.title), title_justify="left", header_style="bold", show_lines=True)
        for heading in _HEADINGS:
            table.add_column(heading, overflow="fold", justify="right" if heading == "序号" else "left")
        for section in sheet.sections:
            if section.title:
                table.add_row("", f"[bold]{escape(section.title)}[/]")
            for row in section.rows:
                cells = (row.material, row.when, row.marks, row.blocks, row.basis, row.standing)
                table.add_row(str(row.number), *(escape(cell) for cell in cells))
        console.print(table)
        console.print(escape(f"适用标准：{sheet.standard}。{sheet.standing}"))
        for number, note in enumerate(sheet.notes, start=1):
            console.print(escape(f"注{number}：{note}"))
        console.print()


_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八")


def print_differences(found: Sequence[Difference], old: str, new: str) -> None:
    """What a change means, by direction and by the cases it concerns."""
    console = make_console()
    if not found:
        console.print(f"“{escape(old)}”与“{escape(new)}”没有差别。")
        return
    console.print(f"由“{escape(old)}”改为“{escape(new)}”，有以下变动：")
    directions = list(dict.fromkeys(difference.direction for difference in found))
    for numeral, direction in zip(_CHINESE, directions, strict=False):
        console.print(f"\n[bold]{numeral}、{direction}[/]")
        for difference in found:
            if difference.direction != direction:
                continue
            console.print(f"  {escape(difference.scope)}：", soft_wrap=True)
            for number, text in enumerate(difference.texts, start=1):
                console.print(f"    {number}. {escape(text)}", highlight=False, soft_wrap=True)
