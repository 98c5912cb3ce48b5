"""The ledger (台账.xlsx): every case and what it waits for, in one workbook that Excel and WPS open.

Rows are written as they come and not held: a hundred thousand cases take no more memory than ten.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter  # type: ignore[import-untyped]  # the library has no types

from pipeline.delivering.sheets import (
    FORMULA_TEXT,
    Cell,
    Centred,
    Linked,
    RowFile,
    Styles,
    sheet_name,
    styles_in,
    with_rows,
)
from pipeline.delivering.writing import held_told, replace_file
from schemas.base import State
from schemas.case import KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES, STAGELESS_KINDS
from schemas.due import DUE_STATE_TITLES, DUTY_TITLES, DueState, RunningTerm
from schemas.ledger import LedgerRow, UnusableRow
from schemas.materials import material_title
from schemas.report import DECISION_TITLES, AuditReport, Certainty, Decision, Effect, Finding, Problem
from schemas.standard import DEADLINE_TITLES

PENDING_NAME = "台账（待替换）.xlsx"
UNCERTAIN = "待核"
NOT_AUDITED = "未审查"

_CASE_COLUMNS: tuple[tuple[str, int], ...] = (
    ("案件编号", 26), ("受援人", 12), ("案由", 20), ("类别", 16), ("阶段", 12), ("来源", 10), ("承办单位", 26),
    ("承办人", 10), ("收卷时间", 17), ("轮次", 6), ("页数", 6), ("审查结论", 24), ("缺失项", 34), ("影响补贴事项", 40),
    ("待核事项", 40), ("等待事项", 20), ("文件夹", 30),
)  # fmt: skip
_UNUSABLE_COLUMNS: tuple[tuple[str, int], ...] = (
    ("名称", 34),
    ("收卷时间", 17),
    ("原因和处理办法", 70),
    ("文件夹", 44),
)

_DUE_COLUMNS: tuple[tuple[str, int], ...] = (
    ("案件编号", 26), ("受援人", 12), ("承办人", 10), ("承办单位", 26), ("目前", 28), ("期限", 26), ("由谁办理", 10),
    ("起算日", 12), ("届满日", 12), ("剩余天数", 10), ("状态", 12), ("文件夹", 30),
)  # fmt: skip

_DUE_COLOURS: dict[str, tuple[str, str]] = {
    DUE_STATE_TITLES[DueState.LATE]: ("#F8CBAD", "#9C0006"),
    DUE_STATE_TITLES[DueState.SOON]: ("#FFF2CC", "#7F6000"),
    DUE_STATE_TITLES[DueState.UNKNOWN]: ("#EDEDED", "#525252"),
}
_COLOURS: dict[str, tuple[str, str]] = {
    DECISION_TITLES[Decision.PAYABLE]: ("#E2EFDA", "#375623"),
    DECISION_TITLES[Decision.BLOCKED]: ("#F8CBAD", "#9C0006"),
    DECISION_TITLES[Decision.UNDETERMINED]: ("#FFF2CC", "#7F6000"),
}
_MOST_LINKS = 10_000
"""Excel takes 65,530 links a sheet, and each is a part of the file; the rows behind have a formula that does the same."""
_A3 = 8
_MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Fixed, so that the same rows give the same file."""


class _Sheet(NamedTuple):
    """One worksheet: its columns with their widths, how many of them stay in sight, and which one is coloured how."""

    title: str
    columns: tuple[tuple[str, int], ...]
    frozen: int
    coloured: int = 0
    colours: Mapping[str, tuple[str, str]] = {}


_SHEETS = (
    _Sheet("案件台账", _CASE_COLUMNS, 2, 11, _COLOURS),
    _Sheet("期限", _DUE_COLUMNS, 2, 10, _DUE_COLOURS),
    _Sheet("无法审查", _UNUSABLE_COLUMNS, 1),
)

_WAITS = {
    Decision.PAYABLE: "待审批发放补贴",
    Decision.BLOCKED: "待承办人补正",
    Decision.UNDETERMINED: "待人工核实",
}


def ledger_row(
    report: AuditReport, received_at: datetime | None, round_number: int, *, folder: str = "", waits_for: str = ""
) -> LedgerRow:
    """The ledger's line for an audited closing file.

    `folder` is where its letters lie, relative to the ledger; without one there is no link. Without `waits_for`, it
    waits for what follows from the decision.
    """
    decision = report.subsidy.decision if report.subsidy is not None else None
    certain = [finding for finding in report.findings if finding.state is Certainty.CERTAIN]
    return LedgerRow(
        **{
            name: _field(report, name)
            for name in ("case_number", "recipient_name", "cause", "firm_name", "lawyer_name")
        },
        kind=_class(report, "kind"),
        stage=_class(report, "stage"),
        origin=_class(report, "origin"),
        received_at=received_at,
        round_number=round_number,
        pages=report.source.pages,
        decision=decision,
        missing=tuple(_title(report, finding) for finding in certain if finding.problem is Problem.MISSING),
        blocking=tuple(finding.message for finding in certain if finding.effect is Effect.BLOCKS),
        uncertain=tuple(finding.message for finding in report.findings if finding.state is Certainty.UNCERTAIN),
        waits_for=waits_for or (_WAITS[decision] if decision is not None else ""),
        folder=folder,
    )


def _field(report: AuditReport, name: str) -> str:
    value = report.case.fields.get(name) if report.case is not None else None
    if value is None or value.state is State.MISSING:
        return ""
    return value.value if value.state is State.FOUND and value.value else UNCERTAIN


def _class(report: AuditReport, name: str) -> str:
    """The title of the case's kind, stage or origin; 待核 where it is not certain."""
    case = report.case
    if case is None:
        return ""
    titles: Mapping[str, str] = {"kind": KIND_TITLES, "stage": STAGE_TITLES, "origin": ORIGIN_TITLES}[name]  # type: ignore[assignment]  # an enumeration's key is its text
    value: str | None = {"kind": case.kind, "stage": case.stage, "origin": case.origin}[name]
    if name == "stage" and value is None and case.kind in STAGELESS_KINDS:
        return ""
    fact = case.facts.get(name)
    return UNCERTAIN if value is None or (fact is not None and fact.state is not State.FOUND) else titles[value]


def _title(report: AuditReport, finding: Finding) -> str:
    titles = (row.title for row in report.checklist if finding.id in row.findings)
    return next(titles, material_title(finding.document_type))


def write_ledger(
    rows: Iterable[LedgerRow], path: Path, unusable: Iterable[UnusableRow] = (), dues: Iterable[RunningTerm] = ()
) -> Path:
    """Write the ledger to `path`; returns where it went. `rows` is used up first, then `dues`, then `unusable`.

    While the ledger is open in Excel, on Windows or on a share, it cannot be replaced: the new one then stands beside it as
    `台账（待替换）.xlsx`, and the next writing that succeeds takes that away again.
    """
    content = _workbook(rows, unusable, dues)
    pending = path.with_name(PENDING_NAME)
    try:
        if not path.is_file() or path.read_bytes() != content:
            replace_file(path.parent, path, content)
    except PermissionError:
        replace_file(path.parent, pending, content)
        return pending
    try:
        with held_told():
            pending.unlink(missing_ok=True)
    except PermissionError:  # 待替换的那一份也正打开着，下次再收
        return path
    return path


def _workbook(rows: Iterable[LedgerRow], unusable: Iterable[UnusableRow], dues: Iterable[RunningTerm]) -> bytes:
    """The rows are written first: only then it is known how many there are."""
    tables: tuple[Iterable[Sequence[Cell]], ...] = (
        map(_case_cells, rows),
        map(_due_cells, dues),
        map(_unusable_cells, unusable),
    )
    with tempfile.TemporaryDirectory(prefix="juanzong-") as folder:
        styles = styles_in(_frame([_Filled(0, [])] * len(_SHEETS), folder))
        files = [RowFile(Path(folder) / f"{place}.xml", sheet.columns, styles) for place, sheet in enumerate(_SHEETS)]
        filled = [_fill(file, table) for file, table in zip(files, tables, strict=True)]
        return with_rows(_frame(filled, folder), {sheet_name(place): file for place, file in enumerate(files)})


class _Filled(NamedTuple):
    """How many rows a sheet has, and which of them lead to which folder."""

    rows: int
    links: list[tuple[int, str]]


def _fill(file: RowFile, table: Iterable[Sequence[Cell]]) -> _Filled:
    """Writes the rows; the last cell of each is its folder."""
    links: list[tuple[int, str]] = []
    with file:
        for *cells, folder in table:
            linked = _linked(str(folder), file.count + 1)
            if isinstance(linked, Linked) and not linked.by_formula:
                links.append((file.count + 1, linked.path))
            file.add((*cells, linked))
    return _Filled(file.count, links)


def _frame(filled: Sequence[_Filled], folder: str) -> bytes:
    """The workbook without its rows: headers, filters, colours, links. Its first sheet shows the formats in row 2."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"constant_memory": True, "tmpdir": folder}) as workbook:
        workbook.set_properties({"title": "法律援助案件结案审查台账", "created": _MADE})
        looks = _looks(workbook)
        sheets = [workbook.add_worksheet(sheet.title) for sheet in _SHEETS]
        for written, sheet, content in zip(sheets, _SHEETS, filled, strict=True):
            _set_up(written, looks["header"], sheet)
            if written is sheets[0]:
                for column, name in enumerate(Styles._fields):
                    written.write_blank(1, column, None, looks[name])
            for row, path in content.links:
                written.write_url(row, len(sheet.columns) - 1, f"external:{path}", looks["link"], path)
            written.autofilter(0, 0, content.rows, len(sheet.columns) - 1)
            _colour(workbook, written, sheet, content.rows)
    return memory.getvalue()


def _looks(workbook: Any) -> dict[str, Any]:
    """The cell formats of one workbook: of the header, and those of `Styles`."""
    base = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "border": 1, "border_color": "#BFBFBF"}
    changes: dict[str, dict[str, object]] = {
        "header": {
            "bold": True, "font_name": "黑体", "bg_color": "#D9E1F2", "align": "center", "text_wrap": True,
        },
        "text": {"text_wrap": True, "num_format": "@"},
        "centred": {"align": "center"},
        "day": {"num_format": "yyyy-mm-dd", "align": "center"},
        "time": {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
        "link": {"font_color": "#0563C1", "underline": 1, "text_wrap": True},
    }  # fmt: skip
    return {name: workbook.add_format(base | change) for name, change in changes.items()}


def _set_up(written: Any, header: Any, sheet: _Sheet) -> None:
    written.set_row(0, 24)
    for index, (title, width) in enumerate(sheet.columns):
        written.set_column(index, index, width)
        written.write_string(0, index, title, header)
    written.freeze_panes(1, sheet.frozen)
    written.set_landscape()
    written.set_paper(_A3)
    written.fit_to_pages(1, 0)
    written.repeat_rows(0)


def _colour(workbook: Any, written: Any, sheet: _Sheet, rows: int) -> None:
    for title, (background, colour) in sheet.colours.items():
        look = workbook.add_format({"bg_color": background, "font_color": colour})
        rule = {"type": "cell", "criteria": "==", "value": f'"{title}"', "format": look}
        written.conditional_format(1, sheet.coloured, max(rows, 1), sheet.coloured, rule)


def _case_cells(row: LedgerRow) -> Sequence[Cell]:
    verdict = DECISION_TITLES[row.decision] if row.decision is not None else NOT_AUDITED
    return (
        row.case_number, row.recipient_name, row.cause, row.kind, row.stage, row.origin, row.firm_name, row.lawyer_name,
        row.received_at, row.round_number, row.pages, verdict, _listed(row.missing), _listed(row.blocking),
        _listed(row.uncertain), row.waits_for, row.folder,
    )  # fmt: skip


def _due_cells(row: RunningTerm) -> Sequence[Cell]:
    due = row.due
    known = (row.case_number, row.recipient_name, row.lawyer_name, row.firm_name)
    return (
        *(name or UNCERTAIN for name in known), row.stands, DEADLINE_TITLES.get(due.name, due.name),
        DUTY_TITLES[row.duty], due.since, due.ends_on or Centred(UNCERTAIN), due.days_left,
        Centred(DUE_STATE_TITLES[due.state]), row.folder,
    )  # fmt: skip


def _unusable_cells(row: UnusableRow) -> Sequence[Cell]:
    return (row.name, row.received_at, row.message, row.folder)


def _listed(items: Sequence[str]) -> str:
    """One item as it is, several numbered, a line each."""
    if len(items) <= 1:
        return "".join(items)
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))


def _linked(folder: str, row: int) -> Cell:
    """A link that holds wherever the outbox is mounted: relative to the workbook."""
    # “#”在链接里是锚点的开头，含有它的路径只写文字
    if not folder or "#" in folder or len(folder) >= FORMULA_TEXT:
        return folder
    return Linked(folder, by_formula=row > _MOST_LINKS)
