"""The ledger (台账.xlsx): every case and what it waits for, in one workbook that Excel and WPS open.

Rows are written as they come and not held: a hundred thousand cases take no more memory than ten.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # the library has no types

from pipeline.delivering.writing import replace_file
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
_CELL_LIMIT = 32_767
_MOST_LINKS, _FORMULA_TEXT = 10_000, 255
"""Excel takes 65,530 links a sheet, and the library holds each; the rows behind have a formula that does the same. A text
in a formula has at most 255 characters."""
_LINE_POINTS, _HIGHEST_ROW = 15, 405
"""A line of 10.5-point text, and just below the 409 points that Excel gives a row."""
_A3 = 8
_MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Fixed, so that the same rows give the same file."""

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

    While the ledger is open in Excel on Windows it cannot be replaced: the new one then stands beside it as
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
        pending.unlink(missing_ok=True)
    except PermissionError:  # 待替换的那一份也正打开着，下次再收
        return path
    return path


def _workbook(rows: Iterable[LedgerRow], unusable: Iterable[UnusableRow], dues: Iterable[RunningTerm]) -> bytes:
    memory = io.BytesIO()
    # 卷宗里的文字不得变成公式、链接或者数字
    options: dict[str, object] = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with tempfile.TemporaryDirectory(prefix="juanzong-") as folder:
        options |= {"constant_memory": True, "tmpdir": folder}
        with xlsxwriter.Workbook(memory, options) as workbook:
            workbook.set_properties({"title": "法律援助案件结案审查台账", "created": _MADE})
            looks = _Looks(workbook)
            cases, running, refused = (workbook.add_worksheet(name) for name in ("案件台账", "期限", "无法审查"))
            _write_cases(workbook, cases, looks, rows)
            _write_dues(workbook, running, looks, dues)
            _write_unusable(refused, looks, unusable)
    return memory.getvalue()


class _Looks:
    """The cell formats of one workbook."""

    def __init__(self, workbook: Any) -> None:
        base = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "border": 1, "border_color": "#BFBFBF"}
        self.header: Any = workbook.add_format(
            base | {"bold": True, "font_name": "黑体", "bg_color": "#D9E1F2", "align": "center", "text_wrap": True}
        )
        self.text: Any = workbook.add_format(base | {"text_wrap": True, "num_format": "@"})
        self.number: Any = workbook.add_format(base | {"align": "center"})
        self.day: Any = workbook.add_format(base | {"num_format": "yyyy-mm-dd", "align": "center"})
        self.time: Any = workbook.add_format(base | {"num_format": "yyyy-mm-dd hh:mm", "align": "center"})
        self.link: Any = workbook.add_format(base | {"font_color": "#0563C1", "underline": 1, "text_wrap": True})


def _write_cases(workbook: Any, sheet: Any, looks: _Looks, rows: Iterable[LedgerRow]) -> None:
    _set_up(sheet, looks, _CASE_COLUMNS, frozen_columns=2)
    number = 0
    for number, row in enumerate(rows, start=1):
        verdict = DECISION_TITLES[row.decision] if row.decision is not None else NOT_AUDITED
        names = (row.case_number, row.recipient_name, row.cause, row.kind, row.stage, row.origin, row.firm_name, row.lawyer_name)  # fmt: skip
        lists = (verdict, _listed(row.missing), _listed(row.blocking), _listed(row.uncertain), row.waits_for)
        _fit_row(sheet, number, _CASE_COLUMNS, (*names, "", "", "", *lists, row.folder))
        for column, text in enumerate(names):
            _write_text(sheet, looks, number, column, text)
        _write_time(sheet, looks, number, 8, row.received_at)
        sheet.write_number(number, 9, row.round_number, looks.number)
        sheet.write_number(number, 10, row.pages, looks.number)
        for column, text in enumerate(lists, start=11):
            _write_text(sheet, looks, number, column, text)
        _write_folder(sheet, looks, number, 16, row.folder)
    _finish(sheet, _CASE_COLUMNS, number)
    _colour(workbook, sheet, 11, number, _COLOURS)


def _write_dues(workbook: Any, sheet: Any, looks: _Looks, rows: Iterable[RunningTerm]) -> None:
    _set_up(sheet, looks, _DUE_COLUMNS, frozen_columns=2)
    number = 0
    for number, row in enumerate(rows, start=1):
        due = row.due
        who = (row.lawyer_name or UNCERTAIN, row.firm_name or UNCERTAIN)
        term = (DEADLINE_TITLES.get(due.name, due.name), DUTY_TITLES[row.duty])
        names = (row.case_number or UNCERTAIN, row.recipient_name or UNCERTAIN, *who, row.stands, *term)
        state = DUE_STATE_TITLES[due.state]
        _fit_row(sheet, number, _DUE_COLUMNS, (*names, "", "", "", state, row.folder))
        for column, text in enumerate(names):
            _write_text(sheet, looks, number, column, text)
        sheet.write_datetime(number, 7, due.since, looks.day)
        if due.ends_on is None or due.days_left is None:
            sheet.write_string(number, 8, UNCERTAIN, looks.number)
            sheet.write_blank(number, 9, None, looks.number)
        else:
            sheet.write_datetime(number, 8, due.ends_on, looks.day)
            sheet.write_number(number, 9, due.days_left, looks.number)
        sheet.write_string(number, 10, state, looks.number)
        _write_folder(sheet, looks, number, 11, row.folder)
    _finish(sheet, _DUE_COLUMNS, number)
    _colour(workbook, sheet, 10, number, _DUE_COLOURS)


def _write_unusable(sheet: Any, looks: _Looks, rows: Iterable[UnusableRow]) -> None:
    _set_up(sheet, looks, _UNUSABLE_COLUMNS, frozen_columns=1)
    number = 0
    for number, row in enumerate(rows, start=1):
        _fit_row(sheet, number, _UNUSABLE_COLUMNS, (row.name, "", row.message, row.folder))
        _write_text(sheet, looks, number, 0, row.name)
        _write_time(sheet, looks, number, 1, row.received_at)
        _write_text(sheet, looks, number, 2, row.message)
        _write_folder(sheet, looks, number, 3, row.folder)
    _finish(sheet, _UNUSABLE_COLUMNS, number)


def _set_up(sheet: Any, looks: _Looks, columns: Sequence[tuple[str, int]], *, frozen_columns: int) -> None:
    sheet.set_row(0, 24)
    for index, (title, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, title, looks.header)
    sheet.freeze_panes(1, frozen_columns)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _finish(sheet: Any, columns: Sequence[tuple[str, int]], rows: int) -> None:
    """What can be said only when the rows are counted."""
    sheet.autofilter(0, 0, rows, len(columns) - 1)


def _colour(workbook: Any, sheet: Any, column: int, rows: int, colours: Mapping[str, tuple[str, str]]) -> None:
    for title, (background, colour) in colours.items():
        look = workbook.add_format({"bg_color": background, "font_color": colour})
        rule = {"type": "cell", "criteria": "==", "value": f'"{title}"', "format": look}
        sheet.conditional_format(1, column, max(rows, 1), column, rule)


def _fit_row(sheet: Any, row: int, columns: Sequence[tuple[str, int]], texts: Sequence[str]) -> None:
    """Make the row as high as its fullest cell: WPS and LibreOffice do not do so by themselves on opening."""
    lines = max(_lines(text, width) for (_, width), text in zip(columns, texts, strict=True))
    sheet.set_row(row, min(_HIGHEST_ROW, lines * _LINE_POINTS + 4))


def _lines(text: str, width: int) -> int:
    """Lines that `text` takes in a column `width` narrow characters wide; a Chinese character is two wide."""
    if text.isascii() and len(text) < width and "\n" not in text:
        return 1
    # two bytes in this encoding is what is two wide; counted by the codec, for it is done for every cell
    widths = (len(line.encode("gb18030", "replace")) for line in text[:_CELL_LIMIT].split("\n"))
    return sum(max(1, -(-line // max(1, width - 1))) for line in widths)


def _listed(items: Sequence[str]) -> str:
    """One item as it is, several numbered, a line each."""
    if len(items) <= 1:
        return "".join(items)
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))


def _write_text(sheet: Any, looks: _Looks, row: int, column: int, text: str) -> None:
    """`text` as a text, whatever it begins with; what a cell cannot hold is said to be elsewhere."""
    text = text.encode("utf-8", "replace").decode()
    if len(text.encode("utf-16-le")) // 2 > _CELL_LIMIT:
        more = "……（其余见审查意见书）"
        text = text[: _CELL_LIMIT // 2 - len(more)] + more
    sheet.write_string(row, column, text, looks.text)


def _write_time(sheet: Any, looks: _Looks, row: int, column: int, moment: datetime | None) -> None:
    if moment is None:
        sheet.write_blank(row, column, None, looks.time)
    else:
        sheet.write_datetime(row, column, moment.replace(tzinfo=None, second=0, microsecond=0), looks.time)


def _write_folder(sheet: Any, looks: _Looks, row: int, column: int, folder: str) -> None:
    """A link that holds wherever the outbox is mounted: relative to the workbook."""
    if not folder:
        sheet.write_blank(row, column, None, looks.text)
    elif "#" in folder:  # “#”在链接里是锚点的开头，含有它的路径只写文字
        _write_text(sheet, looks, row, column, folder)
    elif row > _MOST_LINKS and len(folder) < _FORMULA_TEXT:
        quoted = folder.replace('"', '""')
        sheet.write_formula(row, column, f'=HYPERLINK("{quoted}","{quoted}")', looks.link, folder)
    elif row > _MOST_LINKS or sheet.write_url(row, column, f"external:{folder}", looks.link, folder) < 0:
        _write_text(sheet, looks, row, column, folder)
