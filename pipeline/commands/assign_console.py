"""What `juanzong assign` shows a person: the case, who may handle it, and why."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.console import make_console
from pipeline.desk.assignments import Proposed
from schemas.case import KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES
from schemas.report import Standing
from schemas.roster import Candidate, Objection


def print_proposal(proposed: Proposed, shown: int) -> None:
    """The first `shown` candidates (0: all) who may be assigned, then those excluded in as many lines."""
    console = make_console()
    _print_case(proposed, console)
    for remark in proposed.remarks:
        console.print(f"[yellow]请留意[/]：{escape(remark)}", highlight=False, soft_wrap=True)
    possible = [candidate for candidate in proposed.candidates if not candidate.excluded]
    excluded = [candidate for candidate in proposed.candidates if candidate.excluded]
    if possible:
        console.print(_table(f"拟指派人选（{len(possible)}人）", possible[: shown or None]))
    if excluded:
        console.print(_table(f"不得指派（{len(excluded)}人）", excluded[: shown or None]))
    hidden = sum(max(0, len(some) - shown) for some in (possible, excluded)) if shown else 0
    if hidden:
        console.print(f"另有{hidden}人未列出，以 --show 0 列出全部。", highlight=False)


def _print_case(proposed: Proposed, console: Console) -> None:
    registration = proposed.record.registration
    parts = (
        registration.recipient.name,
        registration.cause,
        KIND_TITLES[registration.kind],
        STAGE_TITLES[registration.stage] if registration.stage else "",
        ORIGIN_TITLES[registration.origin],
        "重大疑难" if registration.grave else "",
    )
    console.rule(f"[bold]{escape(proposed.record.number)}", align="left")
    console.print(escape("　".join(part for part in parts if part)), highlight=False)
    standing = proposed.standing
    if standing is not None:
        who = f"{standing.lawyer.firm}{standing.lawyer.name}"
        console.print(escape(f"现承办人：{who}（{standing.assigned_on}指派）"), highlight=False)


def _table(title: str, candidates: list[Candidate]) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold", show_lines=True)
    for heading in ("次序", "姓名", "执业机构", "在办", "得分", "理由", "排除情形、待核事项"):
        table.add_column(heading, overflow="fold", justify="right" if heading in ("次序", "在办", "得分") else "left")
    for number, candidate in enumerate(candidates, start=1):
        table.add_row(
            "—" if candidate.excluded else str(number),
            f"{escape(candidate.lawyer.name)}\n{escape(candidate.lawyer.licence)}",
            escape(candidate.lawyer.firm),
            str(candidate.open_cases),
            f"{candidate.score:g}",
            escape("\n".join(reason.text for reason in candidate.reasons)),
            "\n".join(_objections(candidate)),
        )
    return table


def _objections(candidate: Candidate) -> Iterator[str]:
    for objection in candidate.excluded:
        yield f"[red]排除[/]：{escape(_text(objection))}"
    for objection in candidate.doubts:
        yield f"[yellow]待核[/]：{escape(_text(objection))}"


def _text(objection: Objection) -> str:
    """With the basis, and whether its text was at hand."""
    open_ = "，依据待核" if objection.standing is Standing.RECONSTRUCTED else ""
    return f"{objection.text}（{objection.basis}{open_}）"
