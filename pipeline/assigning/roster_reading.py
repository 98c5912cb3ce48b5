"""The roster (律师名册) out of an Excel workbook: each lawyer, or each thing that is wrong, with its row and column."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from pipeline.assigning.licences import licence_doubt, licence_year
from pipeline.assigning.roster_cells import NOTHING, CellError
from pipeline.assigning.roster_columns import BY_HEADING, COLUMNS, IGNORED, Column, heading
from pipeline.assigning.spelling import plain
from pipeline.errors import UsageError
from schemas.base import Frozen
from schemas.roster import Lawyer, Personnel

_LARGEST = 60 * 1024 * 1024
"""Bytes of the workbook unpacked; a roster of ten thousand lines has four million."""
_HEADING_ROWS = 10
"""How far down the row of headings may stand, below titles and notes."""
_MOST_ROWS = 20_000
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"

Cells = Mapping[tuple[int, int], object]
"""Row and column, both from 1, to what stands there; a merged cell's value stands in each row that it covers."""


class RosterSheet(Frozen):
    """What a roster workbook says. With a problem, it is not to be kept."""

    lawyers: tuple[Lawyer, ...] = ()
    problems: tuple[str, ...] = ()
    """Chinese sentences, each with row and column."""
    doubts: tuple[str, ...] = ()
    """What looks odd and is kept nevertheless; Chinese sentences with the row."""
    unread: tuple[str, ...] = ()
    """Headings of columns that were not understood."""


def read_roster(content: bytes, day: date) -> RosterSheet:
    """The roster in the workbook `content`; `day` is today. Raises UsageError for what is no workbook with a roster."""
    cells, row, columns, unread = _roster_table(content)
    last = max((row, *(place[0] for place in cells)))
    if last - row > _MOST_ROWS:
        raise UsageError(f"名册超过{_MOST_ROWS}行，请核对表格下方是否有多余的内容。")
    lines: dict[int, Lawyer] = {}
    problems: list[str] = []
    for number in range(row + 1, last + 1):
        values = {index: cells.get((number, index)) for index in columns}
        if not any(_is_something(value) for value in values.values()) or _are_headings(values, columns):
            continue
        read, wrong = _read_row(number, values, columns, day)
        problems += wrong
        if read is not None:
            lines[number] = read
    problems += _twice(lines)
    if not lines and not problems:
        raise UsageError("名册没有任何人员，请核对表头下方是否填写。")
    doubts = [doubt for number, lawyer in lines.items() for doubt in _doubts(number, lawyer, day)]
    return RosterSheet(
        lawyers=tuple(lines.values()), problems=tuple(problems), doubts=(*doubts, *_alike(lines)), unread=unread
    )


def _is_something(value: object) -> bool:
    return value is not None and str(value).strip() not in NOTHING


def _are_headings(values: Mapping[int, object], columns: Mapping[int, Column]) -> bool:
    """Rosters that are grouped by firm often repeat their headings."""
    needed = {index: column for index, column in columns.items() if column.required}
    return all(BY_HEADING.get(heading(values[index])) is column for index, column in needed.items())


def _read_row(
    number: int, values: Mapping[int, object], columns: Mapping[int, Column], day: date
) -> tuple[Lawyer | None, list[str]]:
    read: dict[str, Any] = {}
    wrong: list[str] = []
    for index, column in columns.items():
        where = f"第{number}行{get_column_letter(index)}列（{column.title}）"
        try:
            read[column.field] = column.read(values[index])
        except CellError as error:
            wrong.append(f"{where}{error}。")
            continue
        if column.field == "practising_since" and read[column.field] is not None and read[column.field] > day:
            wrong.append(f"{where}“{read[column.field]}”晚于今天，请核对。")
    return (None if wrong else Lawyer(**read)), wrong


def _twice(lines: Mapping[int, Lawyer]) -> Iterator[str]:
    first: dict[str, int] = {}
    for number, lawyer in lines.items():
        before = first.setdefault(lawyer.licence, number)
        if before != number:
            yield (
                f"第{number}行（{lawyer.name}）与第{before}行（{lines[before].name}）的执业证号相同："
                f"{lawyer.licence}，请核对后保留一行。"
            )


def _doubts(number: int, lawyer: Lawyer, day: date) -> Iterator[str]:
    if lawyer.personnel is not Personnel.LAWYER:
        return
    doubt = licence_doubt(lawyer.licence, day)
    if doubt:
        yield f"第{number}行（{lawyer.name}）{doubt}，请核对。"
        return
    year = licence_year(lawyer.licence)
    if lawyer.practising_since is not None and year is not None and lawyer.practising_since.year < year:
        yield (
            f"第{number}行（{lawyer.name}）首次执业日期{lawyer.practising_since}早于执业证号所载年份{year}年，请核对。"
        )


def _alike(lines: Mapping[int, Lawyer]) -> Iterator[str]:
    """Two of one name in one firm may be two persons, or one whose licence number was mistyped."""
    first: dict[tuple[str, str], int] = {}
    for number, lawyer in lines.items():
        before = first.setdefault((plain(lawyer.name), plain(lawyer.firm)), number)
        if before != number and lines[before].licence != lawyer.licence:
            yield f"第{number}行与第{before}行同名同机构（{lawyer.name}）而执业证号不同，请核对是否为两人。"


def _roster_table(content: bytes) -> tuple[Cells, int, dict[int, Column], tuple[str, ...]]:
    """The one sheet with a roster's headings: its cells, the row of headings, the columns by index, headings unread."""
    found = []
    for title, cells in _sheets(content):
        row = _heading_row(cells)
        if row is not None:
            found.append((title, cells, row))
    if not found:
        needed = "、".join(column.title for column in COLUMNS if column.required)
        raise UsageError(
            f"工作簿中没有找到名册的表头，表头至少应当有：{needed}（juanzong roster template 生成空白表）。"
        )
    if len(found) > 1:
        raise UsageError(f"工作簿中有几张名册（{'、'.join(title for title, _, _ in found)}），请只保留一张。")
    _, cells, row = found[0]
    columns, unread = _columns(cells, row)
    return cells, row, columns, unread


def _heading_row(cells: Cells) -> int | None:
    """The first row in which every required heading stands; of headings in two rows, merged downwards, the second."""
    rows = [row for row in range(1, _HEADING_ROWS + 1) if _has_required(cells, row)]
    return next((row for row in rows if row + 1 not in rows), None)


def _has_required(cells: Cells, row: int) -> bool:
    headings = [BY_HEADING.get(heading(value)) for (number, _), value in cells.items() if number == row]
    return {column.field for column in COLUMNS if column.required} <= {
        column.field for column in headings if column is not None
    }


def _columns(cells: Cells, row: int) -> tuple[dict[int, Column], tuple[str, ...]]:
    columns: dict[int, Column] = {}
    unread: list[str] = []
    headings = sorted((index, value) for (number, index), value in cells.items() if number == row and value is not None)
    for index, value in headings:
        column = BY_HEADING.get(heading(value))
        if column is None:
            if heading(value) and heading(value) not in IGNORED:
                unread.append(str(value).strip())
            continue
        twin = next((at for at, other in columns.items() if other.field == column.field), None)
        if twin is None:
            columns[index] = column
            continue
        kept, odd = _preferred(cells, row, column, twin, index)
        columns.pop(twin)
        columns[kept] = column
        unread.append(odd)
    return columns, tuple(unread)


def _preferred(cells: Cells, row: int, column: Column, one: int, other: int) -> tuple[int, str]:
    """Of two columns for the same thing the one with the exact heading, and what the other is called."""
    exact = [index for index in (one, other) if heading(cells[row, index]) == heading(column.title)]
    if len(exact) != 1:
        letters = f"{get_column_letter(one)}列与{get_column_letter(other)}列"
        raise UsageError(f"{letters}都是“{column.title}”，请只保留一列，或者将其中一列的表头写作“{column.title}”。")
    odd = other if exact[0] == one else one
    return exact[0], str(cells[row, odd]).strip()


def _sheets(content: bytes) -> Iterator[tuple[str, Cells]]:
    """Each visible sheet's cells."""
    _refuse_what_is_no_workbook(content)
    try:
        with warnings.catch_warnings():
            # 数据有效性、条件格式等扩展读不到，与名册内容无关
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    except Exception as error:  # openpyxl ends on a damaged workbook with whatever it stumbles over
        raise UsageError("名册文件已经损坏，无法打开。请用 Excel 或者 WPS 打开后另存为 .xlsx 再导入。") from error
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield sheet.title, _cells(sheet)


def _cells(sheet: Any) -> Cells:
    cells = {(cell.row, cell.column): cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
    for area in sheet.merged_cells.ranges:
        value = cells.get((area.min_row, area.min_col))
        # 同所律师的“执业机构”常合并成一格；横向合并的是标题
        if value is not None and area.min_col == area.max_col:
            cells.update({(row, area.min_col): value for row in range(area.min_row, area.max_row + 1)})
    return cells


def _refuse_what_is_no_workbook(content: bytes) -> None:
    if content.startswith(_OLD_OR_LOCKED):
        raise UsageError("名册是旧版 .xls 文件或者设有密码，请用 Excel 或者 WPS 解除密码并另存为 .xlsx 再导入。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
    except zipfile.BadZipFile as error:
        raise UsageError("名册不是 Excel 工作簿（.xlsx），请另存为 .xlsx 再导入。") from error
    if sum(member.file_size for member in members) > _LARGEST:
        raise UsageError("名册文件过大，请删去多余的工作表、图片和空白行再导入。")
