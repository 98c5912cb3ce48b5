"""What became of a registration workbook: the clerk's own workbook with the outcome of each row (处理结果) beside it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from pipeline.assigning.columns import RESULT
from pipeline.assigning.registration_reading import Table, number_column, result_column, tables_of
from schemas.entry import RowOutcome

_GOOD, _BAD = PatternFill("solid", fgColor="E2EFDA"), PatternFill("solid", fgColor="F8CBAD")
_ASKED = PatternFill("solid", fgColor="FFF2CC")
_WIDTH = 60
_LINE_POINTS, _HIGHEST_ROW = 15.0, 405.0
_TEXT = "@"


def result_workbook(original: Path, outcomes: Sequence[RowOutcome]) -> bytes:
    """A copy of the workbook `original` in which each row says what became of it, and bears its case number."""
    content = original.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        copy = openpyxl.load_workbook(io.BytesIO(content))
    by_sheet: dict[str, list[RowOutcome]] = {}
    for outcome in outcomes:
        by_sheet.setdefault(outcome.sheet, []).append(outcome)
    tables: Mapping[str, Table] = {table.sheet.title: table for table in tables_of(content)}
    for name, told in by_sheet.items():
        _tell(copy[name], tables[name], told)
    saved = io.BytesIO()
    copy.save(saved)
    return saved.getvalue()


def _tell(sheet: Any, table: Table, outcomes: Sequence[RowOutcome]) -> None:
    column, numbers = result_column(table), number_column(table)
    heading = sheet.cell(table.heading_row, column)
    if heading.value is None:
        _write(heading, RESULT)
        heading.font = Font(name="黑体", bold=True)
    letter = get_column_letter(column)
    sheet.column_dimensions[letter].width = max(_WIDTH, sheet.column_dimensions[letter].width or 0)
    for outcome in outcomes:
        at = column if outcome.row != table.heading_row else column + 1
        cell = sheet.cell(outcome.row, at)
        _write(cell, outcome.message)
        cell.fill = _ASKED if outcome.differs else _GOOD if outcome.registered else _BAD
        if outcome.registered and numbers is not None:
            _write(sheet.cell(outcome.row, numbers), outcome.number)
        lines = sum(max(1, -(-2 * len(line) // _WIDTH)) for line in outcome.message.split("\n"))
        height = sheet.row_dimensions[outcome.row].height or _LINE_POINTS
        sheet.row_dimensions[outcome.row].height = min(_HIGHEST_ROW, max(height, lines * _LINE_POINTS + 4))


def _write(cell: Any, text: str) -> None:
    """A text, whatever it begins with. What lies under a merged cell can hold none."""
    if isinstance(cell, MergedCell):
        return
    cell.value = text
    cell.data_type = "s"
    cell.number_format = _TEXT
    cell.alignment = Alignment(wrap_text=True, vertical="center")
