"""Long worksheets (长表): their rows are written as XML at once, the rest of the workbook is made by the library.

A library that makes an object of each cell takes more than a minute for a ledger of a hundred thousand cases; written
like this, the same rows take a tenth of it.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]  # the library has no types

CELL_LIMIT = 32_767
"""Characters that Excel takes in a cell, as UTF-16 counts them."""
FORMULA_TEXT = 255
"""Characters that a text in a formula has at most."""
_LINE_POINTS, _HIGHEST_ROW = 15, 405
"""A line of 10.5-point text, and just below the 409 points that Excel gives a row."""
_MORE = "……（其余见审查意见书）"
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel counts its days from there and knows no zones
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What Excel would read as a character's code."""
_SPECIAL = re.compile(f"[&<>_]|{_NOT_XML.pattern}")
_STYLE = re.compile(r'<c r="[A-Z]+2" s="(\d+)"')
_ROWS = re.compile(r"<sheetData>(<row .*?</row>)?.*</sheetData>", re.DOTALL)
_DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')


class Styles(NamedTuple):
    """The numbers of the cell formats in the workbook."""

    text: str
    centred: str
    day: str
    time: str
    link: str


class Centred(NamedTuple):
    """A short text in the middle of its cell."""

    text: str


class Linked(NamedTuple):
    """A text that leads to a file or folder beside the workbook; `by_formula` where the sheet has no more links."""

    path: str
    by_formula: bool


Cell = str | int | date | datetime | Centred | Linked | None


class RowFile:
    """The rows of one worksheet below its header, on their way into a file."""

    def __init__(self, path: Path, columns: Sequence[tuple[str, int]], styles: Styles) -> None:
        self.path = path
        self.count = 0
        self._file = path.open("w", encoding="utf-8", newline="")
        self._columns = [(xl_col_to_name(place), width) for place, (_, width) in enumerate(columns)]
        self._styles = styles

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, cells: Sequence[Cell]) -> None:
        """The next row, as high as its fullest cell: WPS and LibreOffice do not do so by themselves on opening."""
        self.count += 1
        number, lines, written = self.count + 1, 1, []
        for (letter, width), cell in zip(self._columns, cells, strict=True):
            written.append(_xml(f"{letter}{number}", cell, self._styles))
            text = cell if isinstance(cell, str) else cell.path if isinstance(cell, Linked) else ""
            lines = max(lines, lines_of(text, width))
        height = min(_HIGHEST_ROW, lines * _LINE_POINTS + 4)
        self._file.write(f'<row r="{number}" ht="{height}" customHeight="1">{"".join(written)}</row>')


def _xml(place: str, cell: Cell, styles: Styles) -> str:
    if isinstance(cell, str):
        return _text(place, styles.text, cell)
    if isinstance(cell, Centred):
        return _text(place, styles.centred, cell.text)
    if isinstance(cell, Linked):
        return _formula(place, styles.link, cell.path) if cell.by_formula else _text(place, styles.link, cell.path)
    if cell is None:
        return f'<c r="{place}" s="{styles.text}"/>'
    style, value = _number(cell, styles)
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def _number(cell: int | date, styles: Styles) -> tuple[str, str]:
    """The cell's format, and its number as Excel counts: days by their distance, moments to the minute."""
    if isinstance(cell, datetime):
        whole = cell.replace(tzinfo=None, second=0, microsecond=0)
        return styles.time, f"{(whole - _FIRST_DAY).total_seconds() / 86_400:.16g}"
    if isinstance(cell, date):
        return styles.day, str((cell - _FIRST_DAY.date()).days)
    return styles.centred, str(cell)


def _formula(place: str, style: str, path: str) -> str:
    quoted = path.replace('"', '""')
    formula = escape(f'HYPERLINK("{quoted}","{quoted}")')
    return f'<c r="{place}" s="{style}" t="str"><f>{formula}</f><v>{escape(path)}</v></c>'


def _text(place: str, style: str, text: str) -> str:
    """A text as a text, whatever it begins with; what a cell cannot hold is said to be elsewhere."""
    if not text:
        return f'<c r="{place}" s="{style}"/>'
    if 2 * len(text) > CELL_LIMIT and len(text.encode("utf-16-le", "replace")) // 2 > CELL_LIMIT:
        text = text[: CELL_LIMIT // 2 - len(_MORE)] + _MORE
    if _SPECIAL.search(text):
        text = escape(_ESCAPED.sub("_x005F_", _NOT_XML.sub("?", text)))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def lines_of(text: str, width: int) -> int:
    """Lines that `text` takes in a column `width` narrow characters wide; a Chinese character is two wide."""
    if 2 * len(text) < width and "\n" not in text:
        return 1
    # two bytes in this encoding is what is two wide; counted by the codec, for it is done for every cell
    widths = (len(line.encode("gb18030", "replace")) for line in text[:CELL_LIMIT].split("\n"))
    return sum(max(1, -(-line // max(1, width - 1))) for line in widths)


def styles_in(workbook: bytes) -> Styles:
    """The numbers of the formats of the first five cells in the second row of the first sheet."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        sheet = archive.read(sheet_name(0)).decode()
    return Styles(*_STYLE.findall(sheet)[: len(Styles._fields)])


def sheet_name(place: int) -> str:
    """The name of a worksheet in the workbook's archive, counted from 0."""
    return f"xl/worksheets/sheet{place + 1}.xml"


def with_rows(workbook: bytes, rows: Mapping[str, RowFile]) -> bytes:
    """The workbook with these rows below the header of each sheet, in place of whatever stands there."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename not in rows:
                target.writestr(entry, content, zipfile.ZIP_DEFLATED)
                continue
            before, after = _around(content.decode())
            with (
                target.open(_like(entry), "w", force_zip64=True) as sheet,
                rows[entry.filename].path.open("rb") as lines,
            ):
                sheet.write(before.encode())
                shutil.copyfileobj(lines, sheet, 1 << 20)
                sheet.write(after.encode())
    return packed.getvalue()


def _around(sheet: str) -> tuple[str, str]:
    """What stands in the worksheet before the rows, its header included, and what stands behind them."""
    found = _ROWS.search(sheet)
    assert found is not None
    before = f"{sheet[: found.start()]}<sheetData>{found[1] or ''}"
    return _DIMENSION.sub("", before), f"</sheetData>{sheet[found.end() :]}"


def _like(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(entry.filename, entry.date_time)
    made.compress_type, made.external_attr = zipfile.ZIP_DEFLATED, entry.external_attr
    return made
