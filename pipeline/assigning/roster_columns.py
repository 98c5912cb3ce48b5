"""The columns of the roster workbook: what each is called, how it is read, what stands in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.assigning import roster_cells as cells
from schemas.roster import PERSONNEL_TITLES, Lawyer

OPEN_CASES = "在办案件数（台账统计，导入时不读取）"
"""The column that is written and never read: the registry knows it better."""


@dataclass(frozen=True)
class Column:
    """One column: the lawyer's field, its heading and other names for it, its width in half characters."""

    field: str
    title: str
    width: int
    read: Callable[[cells.Value], object]
    note: str
    example: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    dated: bool = False
    centred: bool = False
    choices: tuple[str, ...] = ()


COLUMNS: tuple[Column, ...] = (
    Column(
        "licence", "执业证号", 22, cells.licence, "文本格式，按执业证填写；同一名册内不得重复", "14408201510123456",
        ("律师执业证号", "执业证编号", "执业证书号", "律师证号", "证号"), required=True,
    ),
    Column(
        "name", "姓名", 10, cells.name, "不同的人可以同名，以执业证号区分", "李闻舟",
        ("律师姓名", "律师", "承办人", "承办律师", "人员姓名"), required=True,
    ),
    Column(
        "firm", "执业机构", 32, cells.name, "律师事务所、基层法律服务所全称；机构人员填写本机构名称", "广东云岫律师事务所",
        ("律师事务所", "所在律所", "所属律所", "律所", "律所名称", "所在单位", "工作单位", "单位", "承办单位", "执业单位"),
        required=True,
    ),
    Column(
        "personnel", "人员类别", 18, cells.personnel, "不填即为社会律师", "社会律师", ("类别", "承办人员类别"),
        choices=tuple(PERSONNEL_TITLES.values()),
    ),
    Column(
        "practising_since", "首次执业日期", 14, cells.day, "用于核对执业年限，写到日", "2015-03-01",
        ("执业日期", "首次执业时间", "执业起始日期", "开始执业日期", "执业时间"), dated=True,
    ),
    Column(
        "fields", "擅长领域", 20, cells.several, "几项之间用顿号隔开", "刑事、未成年人",
        ("专业领域", "业务领域", "执业领域", "专长", "擅长"),
    ),
    Column(
        "regions", "服务地区", 15, cells.several, "几项之间用顿号隔开", "霞山区、赤坎区",
        ("地区", "服务区域", "区域", "所在地区"),
    ),
    Column("phone", "手机", 15, cells.phone, "", "13800000000", ("联系电话", "手机号", "手机号码", "电话")),
    Column("email", "电子邮箱", 22, cells.mail, "", "li@example.com", ("邮箱", "电子邮件", "E-mail", "email")),
    Column("firm_phone", "机构电话", 16, cells.phone, "", "0759-0000000", ("律所电话", "单位电话")),
    Column("firm_email", "机构邮箱", 20, cells.mail, "", "office@example.com", ("律所邮箱", "单位邮箱")),
    Column(
        "grave_cases", "承办重大疑难案件", 12, cells.yes, "本机构指定承办重大疑难案件的人员填“是”", "是",
        ("重大疑难案件", "重大疑难", "重大疑难案件承办人员"), choices=("是", "否"), centred=True,
    ),
    Column(
        "suspended_until", "暂停指派至", 14, cells.day, "该日起恢复指派；没有暂停的不填", "2026-12-31",
        ("暂停至", "停止指派至", "暂停指派截止日期"), dated=True,
    ),
    Column(
        "other_open_cases", "台账外在办案件", 12, cells.count, "台账没有登记而实际在办的案件数，计入轮派", "0",
        ("未入台账的在办案件", "台账外在办案件数", "其他在办案件"), centred=True,
    ),
)  # fmt: skip

IGNORED = frozenset({"在办案件数", "序号", "编号", "备注", "说明"})
"""Headings that rosters often have and that are not read; nobody needs to be told."""


def heading(text: object) -> str:
    """A heading in one spelling: without spaces, brackets and what stands in them, and the star of what must be filled in."""
    written = unicodedata.normalize("NFKC", "" if text is None else str(text))
    return re.sub(r"\(.*?\)|[\s*:]", "", written).lower()


BY_HEADING: dict[str, Column] = {
    heading(title): column for column in COLUMNS for title in (column.title, *column.aliases)
}


def cell_text(lawyer: Lawyer, column: Column) -> str:
    """What stands in a lawyer's cell of a column, as a person reads it."""
    value = getattr(lawyer, column.field)
    if value is None:
        return ""
    if column.field == "personnel":
        return PERSONNEL_TITLES[lawyer.personnel]
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, tuple) else str(value)
