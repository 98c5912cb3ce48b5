"""The registration workbook (受理登记表) to fill in: an empty one, or one row proposed from an application."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # the library has no types

from pipeline.assigning.columns import COLUMNS, FLAGS, RESULT, Column, Sort
from schemas.base import State
from schemas.entry import Proposal, ProposedValue

SHEET = "受理登记表"
_ROWS = 200
"""How many rows are prepared; more may be added below."""
_A3 = 8
_TITLE_ROW, _HEADING_ROW = 0, 1
_MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Fixed, so that the same content gives the same file."""
_FROZEN = 5
"""Columns that stay in sight: up to the recipient's name."""
_PRINTED_PAGES = 4
"""Side by side, each with the columns that stay in sight."""
_UNSURE = "待核"

Formats = dict[str, Any]


def registration_template(office_name: str) -> bytes:
    """An empty workbook with drop-down lists, and a sheet of notes."""
    return _workbook(office_name, None)


def proposed_workbook(office_name: str, proposal: Proposal) -> bytes:
    """The workbook with one row filled in from an application; what is not certain is coloured and remarked 待核."""
    return _workbook(office_name, proposal)


def _workbook(office_name: str, proposal: Proposal | None) -> bytes:
    saved = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(saved, options) as workbook:
        workbook.set_properties({"title": SHEET, "author": "", "created": _MADE})
        formats = _formats(workbook)
        page = workbook.add_worksheet(SHEET)
        _set_up(page, office_name, formats)
        if proposal is not None:
            _fill(page, proposal, formats)
        _write_notes(workbook.add_worksheet("填表说明"), formats)
    return saved.getvalue()


def _formats(workbook: Any) -> Formats:
    cell = {"font_name": "宋体", "font_size": 10.5, "text_wrap": True, "valign": "vcenter"}
    lined = cell | {"border": 1, "border_color": "#BFBFBF"}
    heading = lined | {"font_name": "黑体", "align": "center"}
    return {
        "title": workbook.add_format(cell | {"font_name": "黑体", "font_size": 18, "text_wrap": False}),
        "heading": workbook.add_format(heading | {"bg_color": "#E7E6E6"}),
        "needed": workbook.add_format(heading | {"bg_color": "#FCE4D6", "bold": True}),
        "text": workbook.add_format(lined | {"num_format": "@"}),
        "unsure": workbook.add_format(lined | {"num_format": "@", "bg_color": "#FFF2CC"}),
        "plain": workbook.add_format(cell),
        "noted": workbook.add_format(lined),
        "centred": workbook.add_format(lined | {"align": "center"}),
    }


def _set_up(page: Any, office_name: str, formats: Formats) -> None:
    page.set_paper(_A3)
    page.set_landscape()
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(_PRINTED_PAGES, 0)
    page.repeat_rows(_HEADING_ROW)
    page.repeat_columns(0, _FROZEN - 1)
    page.freeze_panes(_HEADING_ROW + 1, _FROZEN)
    page.set_footer(f"&L{office_name.replace('&', '&&')}&R第&P页　共&N页")
    page.write_string(_TITLE_ROW, 0, f"{office_name}案件受理登记表", formats["title"])
    page.set_row(_TITLE_ROW, 32, formats["title"])
    page.set_row(_HEADING_ROW, 34)
    for index, column in enumerate(COLUMNS):
        # 整列设为文本格式，身份证号码才不会变成科学计数法
        page.set_column(index, index, column.width, formats["text"])
        page.write_string(_HEADING_ROW, index, _heading(column), formats["needed" if column.needed else "heading"])
        _validate(page, index, column)
    page.set_column(len(COLUMNS), len(COLUMNS), 46, formats["text"])
    page.write_string(_HEADING_ROW, len(COLUMNS), RESULT, formats["heading"])


def _heading(column: Column) -> str:
    return f"{column.title}*" if column.needed else column.title


def _validate(page: Any, index: int, column: Column) -> None:
    """A drop-down list, or a hint; several choices in a cell cannot be held to a list."""
    area = (_HEADING_ROW + 1, index, _HEADING_ROW + _ROWS, index)
    if column.sort in {Sort.CHOICE, Sort.FLAG}:
        page.data_validation(
            *area,
            {
                "validate": "list",
                "source": list((column.choices or FLAGS).values()),
                "error_title": column.title,
                "error_message": "请从下拉列表中选择。",
            },
        )
    elif column.remark:
        page.data_validation(
            *area, {"validate": "any", "input_title": column.title, "input_message": f"{column.remark}。"}
        )


def _fill(page: Any, proposal: Proposal, formats: Formats) -> None:
    by_path = {value.path: value for value in proposal.values}
    row = _HEADING_ROW + 1
    page.set_row(row, 48)
    for index, column in enumerate(COLUMNS):
        value = by_path.get(column.path)
        unsure = value.state is not State.FOUND if value is not None else column.needed
        page.write_string(row, index, "" if value is None else value.value, formats["unsure" if unsure else "text"])
        if unsure:
            page.write_comment(row, index, _remark(value), {"x_scale": 1.4, "y_scale": 0.6})
    page.write_string(row, len(COLUMNS), _HOW_ON + proposal.remark, formats["text"])


_HOW_ON = "根据扫描件识读，尚未登记。请逐项核对，黄色单元格尤须对照原件；改正后将本表放入收件箱，即予登记。"


def _remark(value: ProposedValue | None) -> str:
    if value is None:
        return f"{_UNSURE}：申请材料中未能读到，请填写。"
    where = f"，见第{value.page}页" if value.page is not None else ""
    return f"{_UNSURE}：识读没有把握{where}，请对照原件核对。"


_NOTES = (
    "一行登记一件案件。标“*”的项目应当填写，其余项目知道多少填多少；不知道的留空，不要填写“不详”。",
    "填好后将本文件放入收件箱（inbox）。程序按表头识别本表，文件名不限。",
    "处理结果写在发件箱（outbox）“受理登记”文件夹中的同名表格里：已经登记的，列明案件编号；有误的，列明需要更正的单元格和原因。",
    "更正以后可以将整张表格再次放入收件箱，已经登记的案件不会重复登记。",
    "身份证号码、电话号码按文本录入。从其他表格粘贴时请选择“只粘贴值”，以免改变单元格格式。",
    "请勿修改、合并表头单元格。可以增加本机构自用的列，程序不予读取。隐藏或者筛选掉的行不予登记。",
)


def _write_notes(page: Any, formats: Formats) -> None:
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 10)
    page.set_column(2, 2, 76)
    page.write_string(0, 0, "填表说明", formats["title"])
    page.set_row(0, 32)
    for number, note in enumerate(_NOTES, start=1):
        page.merge_range(number, 0, number, 2, f"{number}．{note}", formats["plain"])
        page.set_row(number, 30)
    first = len(_NOTES) + 2
    for index, title in enumerate(("项目", "应当填写", "说明和可选内容")):
        page.write_string(first, index, title, formats["heading"])
    for row, column in enumerate(COLUMNS, start=first + 1):
        said = _said(column)
        page.write_string(row, 0, column.title, formats["noted"])
        page.write_string(row, 1, "是" if column.needed else "", formats["centred"])
        page.write_string(row, 2, said, formats["noted"])
        page.set_row(row, 16 * max(1, -(-len(said) // 37)) + 4)


def _said(column: Column) -> str:
    choices: Mapping[str, str] = column.choices
    allowed = f"可填：{'、'.join(choices.values())}" if choices else ""
    remark = "" if allowed and column.remark == "从下拉列表中选择" else column.remark
    return "。".join(part for part in (remark, allowed) if part)
