"""What the command line shows: reports, pages and checklists for a person, progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from schemas.base import State
from schemas.case import KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES
from schemas.materials import material_title
from schemas.reading import PageKind
from schemas.report import (
    DECISION_TITLES,
    EFFECT_TITLES,
    PROBLEM_TITLES,
    AuditReport,
    Certainty,
    Decision,
    Effect,
    Finding,
    ReportDocument,
    Standing,
    SubsidyAmount,
)
from schemas.volume import FIELD_TITLES, MARK_TITLES, Page

_VERDICT_STYLES = {
    Decision.PAYABLE: "bold white on green",
    Decision.BLOCKED: "bold white on red",
    Decision.UNDETERMINED: "bold black on yellow",
}
_EFFECT_STYLES = {Effect.BLOCKS: "red", Effect.CORRECT: "yellow", Effect.NOTE: "cyan"}
_STATE_TITLES = {State.FOUND: "有", State.MISSING: "无", State.UNCERTAIN: "待核"}
_PAGE_KIND_TITLES = {
    PageKind.CONTENT: "",
    PageKind.HANDWRITTEN: "手写",
    PageKind.BLANK: "空白",
    PageKind.BLACK: "全黑",
    PageKind.UNREADABLE: "无法识读",
}


_PLAIN_WIDTH = 140
"""Columns where standard output is a file or a pipe: wide enough for a finding's sentences."""


TABLE_ROWS = 500
"""Of one table: a longer one is held whole before its first line appears."""


def make_console() -> Console:
    """Standard output for a person: as wide as the terminal, or wide enough in a file."""
    console = Console()
    return console if console.is_terminal else Console(width=_PLAIN_WIDTH)


def folded_table(*headings: str, title: str | None = None) -> Table:
    """A table whose cells go on in the next line where they are too long: without spaces, Rich would cut Chinese text off."""
    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def print_lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A list too long for a table: a line each, with tabs between the cells; one after the other as they come."""
    for row in chain((headings,), rows):
        sys.stdout.write("\t".join(" ".join(cell.split()) for cell in row) + "\n")


def print_report(report: AuditReport, console: Console | None = None) -> None:
    """One closing file's audit for a person: what it is, what is in it, what is wrong, what follows."""
    console = console or make_console()
    console.rule(f"[bold]{escape(report.source.name)}", align="left")
    if report.status == "unreadable":
        message = report.error.message if report.error else ""
        console.print(f"[bold white on red] 无法审查 [/] {escape(message)}")
        return
    _print_case(report, console)
    _print_documents(report, console)
    certain = [finding for finding in report.findings if finding.state is Certainty.CERTAIN]
    uncertain = [finding for finding in report.findings if finding.state is Certainty.UNCERTAIN]
    titles = {finding: row.title for row in report.checklist for finding in row.findings}
    _print_findings("审查发现", certain, titles, console)
    _print_findings("待人工核实", uncertain, titles, console)
    _print_verdict(report, console)


def _print_case(report: AuditReport, console: Console) -> None:
    if report.case is None or report.standard is None:
        return
    case = report.case
    parts = [
        KIND_TITLES[case.kind] if case.kind else "案件类别待核",
        STAGE_TITLES[case.stage] if case.stage else "",
        ORIGIN_TITLES[case.origin] if case.origin else "",
        f"共 {report.source.pages} 页",
    ]
    console.print("　".join(part for part in parts if part))
    for name, field in case.fields.items():
        if field.state is not State.MISSING and field.value:
            doubt = "" if field.state is State.FOUND else "[yellow]（待核）[/]"
            console.print(f"  {FIELD_TITLES.get(name, name)}：{escape(field.value)}{doubt}")
    standard = escape(report.standard.title or report.standard.id)
    console.print(f"  归档标准：{standard} {report.standard.version}{_standing_words(report)}")


def _standing_words(report: AuditReport) -> str:
    """How much of what the file was held against nobody has confirmed."""
    open_ = sum(row.standing is Standing.RECONSTRUCTED for row in report.checklist)
    if report.standard is None or not open_:
        return ""
    harmless = "" if report.standard.reconstructed_blocks else "，不影响补贴"
    return f"（清单{len(report.checklist)}项中{open_}项依据待核，尚未经本机构确认{harmless}）"


def _print_documents(report: AuditReport, console: Console) -> None:
    table = Table(title="卷内材料", title_justify="left", header_style="bold")
    for heading, justify in (("页码", "right"), ("材料", "left"), ("日期", "left"), ("签章", "left"), ("归类", "left")):
        table.add_column(heading, justify="right" if justify == "right" else "left", overflow="fold")
    for document in report.documents:
        dated = document.fields.get("date")
        table.add_row(
            _page_range(document.first_page, document.last_page),
            escape(document.title),
            (dated.value or "") if dated and dated.state is State.FOUND else "",
            _marks(document),
            "" if document.state is State.FOUND else "[yellow]待核[/]",
        )
    console.print(table)
    odd = [page for page in report.pages if page.reason or page.kind in ("blank", "black", "unreadable")]
    for page in odd:
        console.print(f"  第{page.number}页：{_PAGE_KIND_TITLES[PageKind(page.kind)]}", style="dim")


def _page_range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}—{last}"


def _marks(document: ReportDocument) -> str:
    return "，".join(
        f"{MARK_TITLES.get(name, name)}{_STATE_TITLES[mark.state]}" for name, mark in document.marks.items()
    )


def _print_findings(title: str, findings: Sequence[Finding], titles: Mapping[str, str], console: Console) -> None:
    """`titles` names, for a finding about an item of the checklist, that item."""
    if not findings:
        return
    table = Table(title=f"{title}（{len(findings)} 项）", title_justify="left", header_style="bold", show_lines=True)
    for heading in ("编号", "材料", "问题", "说明", "页码", "依据", "处理"):
        table.add_column(heading, overflow="fold")
    for finding in findings:
        pages = "、".join(str(page) for page in sorted({place.page for place in finding.evidence}))
        explanation = finding.message + (f"\n{finding.reason}" if finding.reason else "")
        basis = finding.basis + ("（依据待核）" if finding.standing is Standing.RECONSTRUCTED else "")
        table.add_row(
            finding.id,
            titles.get(finding.id) or (material_title(finding.document_type) if finding.document_type else "全卷"),
            PROBLEM_TITLES[finding.problem],
            escape(explanation),
            pages,
            escape(basis),
            f"[{_EFFECT_STYLES[finding.effect]}]{EFFECT_TITLES[finding.effect]}[/]\n{escape(finding.remedy)}",
        )
    console.print(table)


def _print_verdict(report: AuditReport, console: Console) -> None:
    if report.subsidy is None:
        return
    subsidy = report.subsidy
    ids = subsidy.blocking or subsidy.undetermined
    listed = f"（{'、'.join(ids)}）" if ids else ""
    console.print(f"[{_VERDICT_STYLES[subsidy.decision]}] {DECISION_TITLES[subsidy.decision]} [/]{listed}")
    if subsidy.amount is not None:
        _print_amount(subsidy.amount, console)
    console.print()


def _print_amount(amount: SubsidyAmount, console: Console) -> None:
    """The amount and how it came about; without one, what it waits for."""
    for number, step in enumerate(amount.steps, start=1):
        reached = f"{step.amount:,.2f}元" if step.amount is not None else "待核"
        console.print(escape(f"  {number}. {step.title}：{step.explanation}　{reached}"), highlight=False)
    if amount.amount is None:
        console.print(f"补贴金额：待核。{escape(''.join(amount.needed))}", highlight=False)
        return
    sample = "（示例标准表试算，不得据以发放）" if amount.sample else ""
    console.print(f"补贴金额：{amount.capitals}（￥{amount.amount:,.2f}）{sample}", highlight=False)


def print_pages(pages: Sequence[Page]) -> None:
    """What was read, page by page."""
    console = make_console()
    for page in pages:
        reading = page.reading
        notes = [
            _PAGE_KIND_TITLES[reading.kind],
            f"转正 {reading.rotation}°" if reading.rotation else "",
            "扫描质量差，建议重新扫描" if reading.low_quality else "",
            f"印章 {len(reading.seals)} 枚" if reading.seals else "",
            f"平均置信度 {reading.quality:.2f}" if reading.lines else "",
        ]
        console.rule(f"第 {page.number} 页　{'　'.join(note for note in notes if note)}", align="left")
        for line in reading.lines:
            console.print(escape(line.text), highlight=False)
        for place in reading.signature_places:
            console.print(f"〔签名处〕{escape(place.label)}：{_STATE_TITLES[place.state]}", style="blue")


class AuditProgress:
    """Which file and which page is under way, on standard error: a bar on a terminal, else a line a file."""

    def __init__(self, files: int) -> None:
        self._files = files
        self._started = 0
        self._console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("页"),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.pause()

    def start(self, name: str) -> Callable[[int, int], None]:
        """Shows `name` as the file under way; returns what is to be called with pages done and in all."""
        self._started += 1
        title = f"（{self._started}/{self._files}）{escape(name)}"
        if not self._console.is_terminal:
            self._console.print(title, highlight=False, soft_wrap=True)
            return lambda _done, _total: None
        self._bar.start()
        task = self._bar.add_task(title, total=None)
        self._task = task

        def advance(done: int, total: int) -> None:
            self._bar.update(task, completed=done, total=total)

        return advance

    def pause(self) -> None:
        """Takes the bar away, so that results can be printed."""
        if self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None
            self._bar.stop()


@contextmanager
def step_progress(title: str) -> Iterator[Callable[[str], None]]:
    """A line on standard error that says what is being made."""
    console = Console(stderr=True)
    with console.status(title) as status:

        def show(step: str) -> None:
            status.update(f"{title}：{escape(step)}")

        yield show
