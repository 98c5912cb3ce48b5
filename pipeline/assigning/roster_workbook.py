"""The roster (律师名册) as an Excel workbook: what `read_roster` reads is what this writes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # the library has no types

from pipeline.assigning.roster_columns import COLUMNS, OPEN_CASES, Column, cell_text
from schemas.roster import Lawyer

_A3, _A4 = 8, 9
_EMPTY_ROWS = 500
"""Rows of the template that are formatted: a licence number typed below them would lose its last digits."""
_LINE_POINTS, _HIGHEST_ROW = 15, 405
_OPEN_CASES_WIDTH = 14
_MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Fixed, so that the same roster gives the same file."""
_GUIDE_WIDTHS = (24, 8, 60, 30)
_GUIDE_NOTES = (
    "名册整体导入：导入后以本表为准，本表没有的人员移出名册。修改名册请先导出、再修改、再导入。",
    "列的顺序可以调整，可以另加列；没有认出的列不读取，并会提示。",
    "任何一行有错误时，整份名册都不导入，错误逐条列明行、列和改法。",
)


def roster_workbook(roster: Sequence[Lawyer], open_cases: Mapping[str, int], office_name: str) -> bytes:
    """The roster with each lawyer's open cases (`open_cases`: the registry's, by licence number)."""
    return _workbook(roster, open_cases, office_name)


def roster_template(office_name: str) -> bytes:
    """An empty roster, its columns formatted so that what is typed stays what was typed."""
    return _workbook((), {}, office_name)


def _workbook(roster: Sequence[Lawyer], open_cases: Mapping[str, int], office_name: str) -> bytes:
    saved = io.BytesIO()
    # 名册里的文字不得变成公式、链接或者数字
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(saved, options) as workbook:
        workbook.set_properties({"title": "律师名册", "author": "", "created": _MADE})
        looks = _Looks(workbook)
        page = workbook.add_worksheet("律师名册")
        _set_up(page, looks, office_name, len(roster))
        for row, lawyer in enumerate(roster, start=1):
            _write(page, looks, row, lawyer, open_cases.get(lawyer.licence, 0))
        _write_guide(workbook.add_worksheet("填写说明"), looks)
    return saved.getvalue()


class _Looks:
    """The cell formats of one workbook."""

    def __init__(self, workbook: Any) -> None:
        base = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}
        framed = base | {"border": 1, "border_color": "#BFBFBF", "text_wrap": True}
        head = framed | {"font_name": "黑体", "align": "center"}
        self.head: Any = workbook.add_format(head | {"bg_color": "#D9E1F2"})
        self.required: Any = workbook.add_format(head | {"bg_color": "#FCE4D6"})
        self.counted_head: Any = workbook.add_format(head | {"bg_color": "#E7E6E6"})
        self.text: Any = workbook.add_format(framed | {"num_format": "@"})
        self.centred: Any = workbook.add_format(framed | {"num_format": "@", "align": "center"})
        self.date: Any = workbook.add_format(framed | {"num_format": "yyyy-mm-dd", "align": "center"})
        self.counted: Any = workbook.add_format(framed | {"bg_color": "#F2F2F2", "align": "center"})
        self.note: Any = workbook.add_format(base | {"text_wrap": True})
        self.empty_text: Any = workbook.add_format(base | {"num_format": "@"})
        self.empty_date: Any = workbook.add_format(base | {"num_format": "yyyy-mm-dd", "align": "center"})


def _set_up(page: Any, looks: _Looks, office_name: str, rows: int) -> None:
    last = len(COLUMNS)
    for index, column in enumerate(COLUMNS):
        page.set_column(index, index, column.width, looks.empty_date if column.dated else looks.empty_text)
        page.write_string(0, index, _heading(column), looks.required if column.required else looks.head)
        if column.choices:
            page.data_validation(
                1, index, max(rows, _EMPTY_ROWS), index, {"validate": "list", "source": list(column.choices)}
            )
    page.set_column(last, last, _OPEN_CASES_WIDTH)
    page.write_string(0, last, OPEN_CASES, looks.counted_head)
    page.set_row(0, 48)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, max(rows, 1), last)
    page.set_landscape()
    page.set_paper(_A3)
    page.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_header(f"&C&14{office_name.replace('&', '&&')}律师名册")
    page.set_footer("&R第&P页　共&N页")


def _heading(column: Column) -> str:
    return f"{column.title}（必填）" if column.required else column.title


def _write(page: Any, looks: _Looks, row: int, lawyer: Lawyer, open_cases: int) -> None:
    texts = [cell_text(lawyer, column) for column in COLUMNS]
    for index, (column, text) in enumerate(zip(COLUMNS, texts, strict=True)):
        value = getattr(lawyer, column.field)
        if column.dated and value is not None:
            page.write_datetime(row, index, datetime(value.year, value.month, value.day), looks.date)  # noqa: DTZ001 - a day
        elif text:
            page.write_string(row, index, text, looks.centred if column.centred else looks.text)
        else:
            page.write_blank(row, index, None, looks.date if column.dated else looks.text)
    page.write_number(row, len(COLUMNS), open_cases, looks.counted)
    lines = max(_lines(text, column.width) for column, text in zip(COLUMNS, texts, strict=True))
    page.set_row(row, min(_HIGHEST_ROW, lines * _LINE_POINTS + 5))


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column `width` narrow characters wide; a Chinese character is two wide."""
    wide = sum(1 if char.isascii() else 2 for char in text)
    return max(1, -(-wide // (width - 1)))


def _write_guide(page: Any, looks: _Looks) -> None:
    for index, (title, width) in enumerate(zip(("列", "必填", "填写要求", "示例"), _GUIDE_WIDTHS, strict=True)):
        page.set_column(index, index, width)
        page.write_string(0, index, title, looks.head)
    page.set_row(0, 22)
    for row, column in enumerate(COLUMNS, start=1):
        note = column.note or (f"可用：{'、'.join(column.choices)}" if column.choices else "可以不填")
        if column.choices and column.note:
            note = f"{column.note}；可用：{'、'.join(column.choices)}"
        for index, text in enumerate((column.title, "是" if column.required else "", note, column.example)):
            page.write_string(row, index, text, looks.text)
        page.set_row(row, _lines(note, _GUIDE_WIDTHS[2]) * _LINE_POINTS + 5)
    for row, note in enumerate(_GUIDE_NOTES, start=len(COLUMNS) + 2):
        page.merge_range(row, 0, row, len(_GUIDE_WIDTHS) - 1, note, looks.note)
        page.set_row(row, 22)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
