"""Checklists in Excel: a sheet each, the heading row frozen and repeated in print, A4 across, one page wide."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # the library has no types

from pipeline.drafting.checklists import COLUMNS, texts_of
from pipeline.drafting.legends import abbreviated
from schemas.checklist import ChecklistSheet, SheetSection

_A4 = 9
_WIDTHS = (6, 30, 54, 30, 7, 20, 14)
"""In Excel's unit: half a Chinese character."""
_LINE_POINTS, _HIGHEST_ROW = 15.0, 405.0
_HEADING_ROW = 3
_NAME_LIMIT = 31
_MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Fixed, so that the same checklists give the same file."""

Formats = dict[str, Any]


def checklists_in_excel(sheets: Sequence[ChecklistSheet], office_name: str) -> bytes:
    """The checklists as one workbook."""
    saved = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(saved, options) as workbook:
        workbook.set_properties({"title": "归档材料清单", "author": "", "created": _MADE})
        formats = _formats(workbook)
        names: set[str] = set()
        for sheet in sheets:
            page = workbook.add_worksheet(_sheet_name(sheet.title, names))
            _set_up(page, office_name)
            _fill(page, sheet, office_name, formats)
    return saved.getvalue()


def _formats(workbook: Any) -> Formats:
    cell = {"font_name": "宋体", "font_size": 10.5, "text_wrap": True, "valign": "vcenter"}
    return {
        "title": workbook.add_format(cell | {"font_name": "黑体", "font_size": 18, "align": "center"}),
        "note": workbook.add_format(cell | {"align": "left"}),
        "heading": workbook.add_format(
            cell | {"font_name": "黑体", "align": "center", "border": 1, "bg_color": "#E7E6E6"}
        ),
        "section": workbook.add_format(cell | {"font_name": "黑体", "align": "left", "border": 1}),
        "text": workbook.add_format(cell | {"align": "left", "border": 1}),
        "centred": workbook.add_format(cell | {"align": "center", "border": 1}),
    }


def _sheet_name(title: str, taken: set[str]) -> str:
    """The title as Excel allows it: short, without its signs, each once."""
    plain = re.sub(r"[\[\]:*?/\\']", "", title.removesuffix("归档材料清单")) or "清单"
    name, number = plain[:_NAME_LIMIT], 1
    while name in taken:
        number += 1
        name = f"{plain[: _NAME_LIMIT - 4]}（{number}）"
    taken.add(name)
    return name


def _set_up(page: Any, office_name: str) -> None:
    page.set_paper(_A4)
    page.set_landscape()
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.center_horizontally()
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEADING_ROW - 1)
    page.freeze_panes(_HEADING_ROW, 2)
    page.set_footer(f"&L{office_name.replace('&', '&&')}&R第&P页　共&N页")
    for index, width in enumerate(_WIDTHS):
        page.set_column(index, index, width)


def _fill(page: Any, full: ChecklistSheet, office_name: str, formats: Formats) -> None:
    sheet = abbreviated(full)
    last = len(COLUMNS) - 1
    page.set_row(0, 32)
    page.merge_range(0, 0, 0, last, f"{office_name}　{sheet.title}", formats["title"])
    standing = f"适用标准：{sheet.standard}。{sheet.standing}"
    page.set_row(1, _height([(standing, sum(_WIDTHS))]))
    page.merge_range(1, 0, 1, last, standing, formats["note"])
    page.set_row(2, 34)
    for index, column in enumerate(COLUMNS):
        page.write_string(2, index, column.title, formats["heading"])
    line = _HEADING_ROW
    for section in sheet.sections:
        line = _fill_section(page, section, line, formats)
    for number, note in enumerate(sheet.notes, start=1):
        text = f"注{number}：{note}"
        page.set_row(line, _height([(text, sum(_WIDTHS))]))
        page.merge_range(line, 0, line, last, text, formats["note"])
        line += 1
    page.print_area(0, 0, line - 1, last)


def _fill_section(page: Any, section: SheetSection, line: int, formats: Formats) -> int:
    """Returns the first free line."""
    if section.title:
        page.merge_range(line, 0, line, len(COLUMNS) - 1, section.title, formats["section"])
        page.set_row(line, 20)
        line += 1
    for row in section.rows:
        texts = texts_of(row)
        page.set_row(line, _height(list(zip(texts, _WIDTHS, strict=True))))
        page.write_number(line, 0, row.number, formats["centred"])
        for index, column in enumerate(COLUMNS[1:], start=1):
            page.write_string(line, index, texts[index], formats["centred" if column.centred else "text"])
        line += 1
    return line


def _height(cells: Sequence[tuple[str, float]]) -> float:
    """Points for the cell with the most lines: Excel does not fit a row whose cells are merged, nor WPS one that is not."""
    lines = max(math.ceil((_width(text) + 1) / (width - 1)) for text, width in cells)
    return min(_HIGHEST_ROW, max(1, lines) * _LINE_POINTS + 5)


def _width(text: str) -> int:
    return sum(1 if ord(character) < 0x2000 else 2 for character in text)  # noqa: PLR2004 - where narrow scripts end
