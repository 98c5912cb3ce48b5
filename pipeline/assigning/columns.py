"""The columns of the registration workbook (受理登记表): title, field, what may stand there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TypeVar

from schemas.case import KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES
from schemas.registration import CUSTODY_TITLES, GROUP_TITLES, SEX_TITLES


class Sort(Enum):
    """What a cell of the column holds."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    NAMES = "names"
    FLAG = "flag"
    IDENTITY = "identity"
    PHONE = "phone"


@dataclass(frozen=True)
class Column:
    """One column. `path` is the field of `schemas.registration.Registration`, with dots."""

    title: str
    path: str
    width: int
    """In Excel's unit: half a Chinese character."""
    sort: Sort = Sort.TEXT
    choices: Mapping[str, str] = field(default_factory=dict)
    """Value in the data to its Chinese title."""
    needed: bool = False
    remark: str = ""
    aliases: tuple[str, ...] = ()


_Value = TypeVar("_Value", bound=StrEnum)


def _titles(titles: Mapping[_Value, str]) -> Mapping[str, str]:
    return {value.value: title for value, title in titles.items()}


FLAGS = {"true": "是", "false": "否"}
NUMBER, RESULT = "案件编号", "处理结果"

COLUMNS: tuple[Column, ...] = (
    Column("受理日期", "received_on", 12, Sort.DATE, needed=True, remark="收到申请或者办案机关通知之日，如 2024-03-05"),
    Column("案件类别", "kind", 17, Sort.CHOICE, _titles(KIND_TITLES), needed=True, remark="从下拉列表中选择"),
    Column("办案阶段", "stage", 14, Sort.CHOICE, _titles(STAGE_TITLES), remark="刑事辩护应当填写；仲裁、复议、非诉讼、执行等没有阶段的不填"),
    Column("案件来源", "origin", 11, Sort.CHOICE, _titles(ORIGIN_TITLES), needed=True, remark="从下拉列表中选择"),
    Column("受援人姓名", "recipient.name", 12, needed=True, aliases=("受援人",), remark="一行一名受援人"),
    Column("身份证号码", "recipient.id_number", 21, Sort.IDENTITY, aliases=("身份证号", "证件号码", "公民身份号码"), remark="以文本格式录入，避免末几位变成0；其他证件填写证件号码"),
    Column("性别", "recipient.sex", 7, Sort.CHOICE, _titles(SEX_TITLES)),
    Column("出生日期", "recipient.born_on", 12, Sort.DATE, aliases=("出生年月日",), remark="与身份证号码不一致的不予登记"),
    Column("联系电话", "recipient.phone", 15, Sort.PHONE, aliases=("受援人电话",)),
    Column("住址", "recipient.address", 30, aliases=("住所", "联系地址", "现住址")),
    Column("受援人类别", "recipient.groups", 16, Sort.CHOICES, _titles(GROUP_TITLES), remark="有多项的以顿号隔开"),
    Column("诉讼地位", "recipient.position", 12, remark="如：犯罪嫌疑人、被告人、原告、申请人"),
    Column("强制措施", "recipient.custody", 14, Sort.CHOICE, _titles(CUSTODY_TITLES)),
    Column("羁押场所", "recipient.custody_place", 18),
    Column("代理人姓名", "representative.name", 12, remark="法定代理人、近亲属或者委托代理人"),
    Column("与受援人关系", "representative.relation", 13),
    Column("代理人身份证号码", "representative.id_number", 21, Sort.IDENTITY),
    Column("代理人电话", "representative.phone", 15, Sort.PHONE),
    Column("案由", "cause", 22, needed=True, aliases=("案由或者罪名", "案由（罪名）", "罪名"), remark="案由或者罪名"),
    Column("申请事项", "matter", 24, remark="不填的，根据案件类别和案由确定"),
    Column("办案机关", "organ.name", 26, remark="通知类案件应当填写"),
    Column("办案机关案号", "organ.case_number", 24),
    Column("办案机关联系人", "organ.contact", 15),
    Column("办案机关电话", "organ.phone", 15, Sort.PHONE),
    Column("办案机关地址", "organ.address", 28),
    Column("通知文号", "notice_number", 24, remark="办案机关通知辩护、通知代理公函的文号"),
    Column("通知日期", "notified_on", 12, Sort.DATE),
    Column("开庭日期", "hearing_on", 12, Sort.DATE),
    Column("对方当事人", "opponents", 24, Sort.NAMES, remark="有多人的以顿号隔开"),
    Column("同案人", "co_defendants", 18, Sort.NAMES, remark="有多人的以顿号隔开，用于审查利益冲突"),
    Column("可能判处无期徒刑、死刑", "life_or_death", 13, Sort.FLAG, FLAGS),
    Column("重大疑难案件", "grave", 9, Sort.FLAG, FLAGS),
    Column("点援律师", "chosen_lawyer", 11, remark="受援人指名要求的律师"),
    Column("地区", "region", 12),
    Column("备注", "note", 24),
    Column(NUMBER, "number", 26, remark="一般不填，由程序编号；此前已有编号的案件填写原编号"),
)  # fmt: skip

FIELD_TITLES: dict[str, str] = {column.path: column.title for column in COLUMNS} | {
    "recipient": "受援人",
    "representative": "代理人",
    "organ": "办案机关",
}
BY_PATH: dict[str, Column] = {column.path: column for column in COLUMNS}


def heading_key(text: object) -> str:
    """A column heading without blanks, asterisks and remarks in brackets, in one spelling."""
    plain = "".join(unicodedata.normalize("NFKC", str(text)).split())
    return re.sub(r"\(.*?\)|[*:]|^\d+\.", "", plain)


BY_HEADING: dict[str, Column] = {
    heading_key(title): column for column in COLUMNS for title in (column.title, *column.aliases)
}
