"""The registration workbook (受理登记表), read: each row a case, or each thing that is wrong with it.

It is known by its row of headings, not by its name. Threats met: a workbook that unpacks to gigabytes, one with a
million formatted rows, formulas that were never worked out. Nothing of it is executed or followed.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from pipeline.assigning.columns import BY_HEADING, COLUMNS, NUMBER, RESULT, Column, heading_key
from pipeline.assigning.registration_cells import CellError, read_cell
from pipeline.assigning.registration_values import registration_of
from pipeline.errors import InputError
from schemas.entry import Fault, RegistrationRow, RegistrationSheet

LARGEST = 24 << 20
"""Bytes of the workbook, unpacked; a thousand cases take half of one per cent of it."""
MOST_ROWS = 5000
_HEADING_ROWS = 15
"""How far down the row of headings may stand, below titles and notes."""
_TELLING = tuple(column.title for column in COLUMNS if column.needed)
_ENOUGH, _KNOWN = 4, 6
"""So many of the needed headings, and so many known ones in all, make a registration workbook."""
_BROKEN = (
    zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError,
    RuntimeError, OverflowError, OSError,
)  # fmt: skip
"""What openpyxl raises on workbooks that are not whole; whatever is wrong in the XML is a SyntaxError."""


@dataclass(frozen=True)
class Table:
    """A sheet with its row of headings: column number (from 1) to what stands below."""

    sheet: Any
    formulas: Any
    heading_row: int
    columns: Mapping[int, Column]
    faults: tuple[Fault, ...]
    """What is wrong with the headings; then no row can be read."""


def read_registration_workbook(path: Path, today: date) -> RegistrationSheet | None:
    """The cases in a workbook; None if it is no registration workbook. Raises InputError `corrupt`, `large_workbook`."""
    content = path.read_bytes()
    tables = tables_of(content)
    if not tables:
        return None
    rows = tuple(row for table in tables for row in _rows(table, today))
    if len(rows) > MOST_ROWS:
        raise InputError("large_workbook", "rows")
    return RegistrationSheet(rows=rows)


def tables_of(content: bytes) -> tuple[Table, ...]:
    """The visible sheets of a workbook that hold a row of headings of the registration."""
    _demand_size(content)
    values, formulas = _loaded(content, values=True), _loaded(content, values=False)
    found = (
        _table(sheet, formulas[sheet.title])
        for sheet in values.worksheets
        if sheet.sheet_state == "visible" and sheet.max_row
    )
    return tuple(table for table in found if table is not None)


def _demand_size(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise InputError("large_workbook", "unpacked")
    except _BROKEN as error:
        raise InputError("corrupt", "workbook: zip") from error


def _loaded(content: bytes, *, values: bool) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(content), data_only=values)
    except _BROKEN as error:
        raise InputError("corrupt", f"workbook: {type(error).__name__}") from error


def _table(sheet: Any, formulas: Any) -> Table | None:
    for number, row in enumerate(sheet.iter_rows(min_row=1, max_row=_HEADING_ROWS, values_only=True), start=1):
        columns = {
            index: BY_HEADING[heading_key(value)]
            for index, value in enumerate(row, start=1)
            if value is not None and heading_key(value) in BY_HEADING
        }
        titles = [column.title for column in columns.values()]
        needed = [title for title in _TELLING if heading_key(title) in {heading_key(value) for value in row if value}]
        if len(needed) >= _ENOUGH and len(set(titles)) >= _KNOWN:
            faults = [
                Fault(field=title, message="一列缺失，请使用受理登记表的模板")
                for title in _TELLING
                if title not in titles
            ]
            faults += [
                Fault(field=title, message="一列出现两次，请保留一列")
                for title in dict.fromkeys(titles)
                if titles.count(title) > 1
            ]
            return Table(sheet, formulas, number, columns, tuple(faults))
    return None


def _rows(table: Table, today: date) -> Iterator[RegistrationRow]:
    if table.faults:
        yield RegistrationRow(sheet=table.sheet.title, row=table.heading_row, faults=table.faults)
        return
    merged = _merged(table)
    for number in range(table.heading_row + 1, table.sheet.max_row + 1):
        cells = {index: table.sheet.cell(number, index).value for index in table.columns}
        formulas = {index for index in table.columns if _is_empty_formula(table, number, index)}
        if not formulas and all(value is None or not str(value).strip() for value in cells.values()):
            continue
        yield _row(table, number, cells, {**dict.fromkeys(formulas, _NO_RESULT), **merged.get(number, {})}, today)


_NO_RESULT = "是没有计算结果的公式，请填写实际内容"
_HIDDEN = "该行处于隐藏或者筛选状态，未予登记；需要登记的，请取消隐藏后重新放入收件箱"


def _is_empty_formula(table: Table, row: int, index: int) -> bool:
    return table.formulas.cell(row, index).data_type == "f" and table.sheet.cell(row, index).value is None


def _merged(table: Table) -> dict[int, dict[int, str]]:
    """Row to column to what is wrong: cells merged over several rows belong to none of them."""
    troubles: dict[int, dict[int, str]] = {}
    for area in table.sheet.merged_cells.ranges:
        if area.max_row <= table.heading_row or area.min_row == area.max_row:
            continue
        for row in range(max(area.min_row, table.heading_row + 1), min(area.max_row, table.sheet.max_row) + 1):
            for index in range(area.min_col, area.max_col + 1):
                if index in table.columns:
                    troubles.setdefault(row, {})[index] = "与其他行的单元格合并，请取消合并后逐行填写"
    return troubles


def _row(
    table: Table, number: int, cells: Mapping[int, object], troubles: Mapping[int, str], today: date
) -> RegistrationRow:
    place = {"sheet": table.sheet.title, "row": number}
    if table.sheet.row_dimensions[number].hidden:
        return RegistrationRow(**place, faults=(Fault(field="", message=_HIDDEN),))
    read, faults = _read(table, cells, troubles)
    unread = {column.path for column in table.columns.values()} - read.keys()
    case_number = str(read.pop("number", "") or "")
    registration, wrong = registration_of(read, today, unread)
    letters = {column.title: get_column_letter(index) for index, column in table.columns.items()}
    faults += [_placed(fault, letters) for fault in wrong]
    if faults:
        return RegistrationRow(**place, faults=tuple(faults))
    return RegistrationRow(**place, number=case_number, registration=registration)


def _read(
    table: Table, cells: Mapping[int, object], troubles: Mapping[int, str]
) -> tuple[dict[str, object], list[Fault]]:
    """What the cells say by field, and what is wrong with those that say nothing usable."""
    read: dict[str, object] = {}
    faults: list[Fault] = []
    for index, column in table.columns.items():
        trouble = troubles.get(index, "")
        if not trouble:
            try:
                read[column.path] = read_cell(cells[index], column)
                continue
            except CellError as error:
                trouble = str(error)
        faults.append(Fault(field=f"{column.title}（{get_column_letter(index)}列）", message=trouble))
    return read, faults


def _placed(fault: Fault, letters: Mapping[str, str]) -> Fault:
    letter = letters.get(fault.field)
    return fault if letter is None else fault.model_copy(update={"field": f"{fault.field}（{letter}列）"})


def result_column(table: Table) -> int:
    """The column for what became of each row (处理结果): the one that is there, else the first free one."""
    headings = next(table.sheet.iter_rows(min_row=table.heading_row, max_row=table.heading_row, values_only=True))
    for index, value in enumerate(headings, start=1):
        if value is not None and heading_key(value) == heading_key(RESULT):
            return index
    return max(index for index, value in enumerate(headings, start=1) if value is not None) + 1


def number_column(table: Table) -> int | None:
    """The column of the case numbers, if the workbook has one."""
    return next((index for index, column in table.columns.items() if column.title == NUMBER), None)
