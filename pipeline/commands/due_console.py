"""What `juanzong due` shows."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape

from pipeline.console import folded_table, make_console
from schemas.due import DUE_STATE_TITLES, DUTY_TITLES, DueState, RunningTerm
from schemas.standard import DEADLINE_TITLES

_STYLES = {DueState.LATE: "red", DueState.SOON: "yellow", DueState.UNKNOWN: "cyan"}


def print_dues(terms: Sequence[RunningTerm]) -> None:
    """The running terms, those that end first on top, and how many of them are over."""
    console = make_console()
    if not terms:
        console.print("没有正在计算的期限。")
        return
    table = folded_table("案件", "受援人", "承办人", "目前", "期限", "由谁办理", "起算", "届满", "剩余", "状态")
    for term in terms:
        due = term.due
        style = _STYLES.get(due.state, "")
        state = DUE_STATE_TITLES[due.state]
        table.add_row(
            escape(term.case_number or term.folder),
            escape(term.recipient_name),
            escape(term.lawyer_name or "待核"),
            term.stands,
            DEADLINE_TITLES.get(due.name, due.name),
            DUTY_TITLES[term.duty],
            due.since.isoformat(),
            due.ends_on.isoformat() if due.ends_on else "待核",
            f"{due.days_left}日" if due.days_left is not None else "",
            f"[{style}]{state}[/]" if style else state,
        )
    console.print(table)
    console.print(_counted(terms), highlight=False)


def _counted(terms: Sequence[RunningTerm]) -> str:
    """How many terms run, and whose are over."""
    late = [term for term in terms if term.due.state is DueState.LATE]
    told = "、".join(
        f"{title}{count}件"
        for duty, title in DUTY_TITLES.items()
        if (count := sum(1 for term in late if term.duty is duty))
    )
    return f"共{len(terms)}件，逾期{len(late)}件" + (f"（{told}）。" if told else "。")
