"""Filled registration workbooks for tests: the program's own template, and what a clerk writes into it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from pipeline.assigning import registration_template
from pipeline.assigning.columns import COLUMNS

HEADING_ROW = 2
FIRST = 3
LETTERS = {column.title: index for index, column in enumerate(COLUMNS, start=1)}

CIVIL: dict[str, object] = {
    "受理日期": "2024-03-05",
    "案件类别": "民事诉讼",
    "办案阶段": "一审阶段",
    "案件来源": "申请类",
    "受援人姓名": "某甲",
    "身份证号码": "440801199001011231",
    "案由": "追索劳动报酬纠纷",
}
CRIMINAL: dict[str, object] = {
    "受理日期": "2024年4月8日",
    "案件类别": "刑事辩护",
    "办案阶段": "侦查",
    "案件来源": "通知类",
    "受援人姓名": "某乙",
    "案由": "盗窃罪",
    "办案机关": "虚构市公安局某某分局",
}


def workbook(
    path: Path, *rows: dict[str, object], change: Callable[[Any], None] | None = None, first: int = FIRST
) -> Path:
    """The template with these rows, changed by `change` at the end."""
    book = openpyxl.load_workbook(io.BytesIO(registration_template("虚构市法律援助处")))
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, start=first):
        for title, value in row.items():
            cell = sheet.cell(number, LETTERS[title])
            cell.value = value
            if isinstance(value, str) and not value.startswith("="):
                cell.data_type = "s"
    if change is not None:
        change(sheet)
    book.save(path)
    return path
