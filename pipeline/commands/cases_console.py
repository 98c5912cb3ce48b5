"""What `juanzong case` shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.table import Column, Table

from pipeline.assigning import COLUMNS, change_text, shown, values_of
from pipeline.console import TABLE_ROWS, folded_table, make_console, print_lines
from pipeline.desk.correcting import Correction
from pipeline.registry import DrawnNumber, ListedCase
from schemas.case import KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES
from schemas.draft import DRAFT_TITLES
from schemas.registration import CaseRecord
from schemas.registration_events import REGISTRATION_ACT_TITLES, RegistrationEvent
from schemas.roster import Assignment

_HEADINGS = ("案件编号", "受援人", "案由", "类别", "阶段", "来源", "受理日期", "承办人", "状态")


def print_cases(some: Iterable[Sequence[ListedCase]], count: int) -> None:
    """One line a case, with the lawyer who stands assigned, and how far it has come.

    So many that no table is looked at are lines with tabs, for a workbook: drawn as tables, a hundred thousand take minutes.
    """
    if count > TABLE_ROWS:
        print_lines(_HEADINGS, (_cells(each) for cases in some for each in cases))
        return
    console = make_console()
    for cases in some:
        table = folded_table(*_HEADINGS)
        for each in cases:
            table.add_row(*(escape(cell) for cell in _cells(each)))
        console.print(table)


def _cells(listed: ListedCase) -> tuple[str, ...]:
    case, lawyer, closed = listed.record.registration, listed.lawyer, listed.closing
    return (
        listed.record.number,
        case.recipient.name,
        case.cause,
        KIND_TITLES[case.kind],
        STAGE_TITLES[case.stage] if case.stage else "",
        ORIGIN_TITLES[case.origin],
        case.received_on.isoformat(),
        f"{lawyer.firm} {lawyer.name}" if lawyer else "—" if closed else "尚未指派",
        _stands(listed),
    )


def _stands(listed: ListedCase) -> str:
    closed = listed.closing
    ended = f"{closed.on.isoformat()} {'终止' if closed.terminated else '结案'}" if closed is not None else ""
    if listed.handed_in:
        return f"{ended}，已报送" if ended else "已报送"
    return ended or ("承办中" if listed.lawyer is not None else "待指派")


def print_case(
    record: CaseRecord,
    assignments: Sequence[Assignment],
    events: Sequence[RegistrationEvent],
    numbers: Sequence[DrawnNumber],
) -> None:
    """All that is registered of a case, who handles it, what was put right, and the numbers of its letters."""
    console = make_console()
    console.rule(f"[bold]{escape(record.number)}", align="left")
    table = Table(Column(), Column(overflow="fold"), show_header=False, box=None)
    values = values_of(record.registration)
    for column in COLUMNS:
        if column.path in values:
            table.add_row(column.title, escape(shown(column.path, values[column.path])))
    console.print(table)
    for each in assignments:
        done = "更换" if each.replaces else "指派"
        said = f"{each.assigned_on.isoformat()} {done}：{each.lawyer.firm} {each.lawyer.name}"
        console.print(escape(f"{said}（{each.chosen_by}；{each.why}）"), soft_wrap=True)
    for event in events:
        said = f"{event.by}；{event.why}" if event.why else event.by
        console.print(escape(f"{_event_text(event)}（{said}）"), soft_wrap=True)
        for change in event.changes:
            console.print(escape(f"    {change_text(change)}"), soft_wrap=True)
    for number in numbers:
        what = number.about.removeprefix(f"{record.number} ")
        void = "（作废）" if number.void else ""
        console.print(
            escape(f"编号：{number.word}，{number.year}年第{number.sequence}号，{what}{void}"), soft_wrap=True
        )


def _event_text(event: RegistrationEvent) -> str:
    title = "终止法律援助" if event.terminated else REGISTRATION_ACT_TITLES[event.act]
    since = f"，自{event.on.isoformat()}起" if event.on is not None else ""
    papers = "、".join(f"{DRAFT_TITLES[paper.kind]} {paper.number}".rstrip() for paper in event.papers)
    return f"{event.at.astimezone().strftime('%Y-%m-%d %H:%M')} {title}{since}{f'：{papers}' if papers else ''}"


def print_correction(done: Correction) -> None:
    """What was put right, and what follows from it."""
    console = make_console()
    console.print(escape(f"已更正案件{done.record.number}的登记（{len(done.changes)}项）："), soft_wrap=True)
    for change in done.changes:
        console.print(escape(f"  {change_text(change)}"), soft_wrap=True)
    for remark in done.remarks:
        console.print(f"[yellow]请留意[/]：{escape(remark)}", highlight=False, soft_wrap=True)


_NUMBER_HEADINGS = ("字号", "年份", "顺序号", "用途", "状态")


def print_numbers(drawn: Iterable[DrawnNumber], count: int) -> None:
    """One line a number; as lines with tabs where they are too many for tables."""
    rows = ((each.word, str(each.year), str(each.sequence), each.about, "作废" if each.void else "") for each in drawn)
    if count > TABLE_ROWS:
        print_lines(_NUMBER_HEADINGS, rows)
        return
    table = folded_table(*_NUMBER_HEADINGS)
    for row in rows:
        table.add_row(*map(escape, row))
    if count:
        make_console().print(table)
