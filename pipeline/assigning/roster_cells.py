"""What a cell of the roster workbook says. Nothing is guessed: what could be read two ways is refused, with how to mend it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from schemas.roster import PERSONNEL_TITLES, Personnel

Value = object
"""A cell as openpyxl gives it: text, number, truth value, date, nothing."""

NOTHING = frozenset({"", "-", "--", "—", "——", "/", "无", "空"})
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE][+-]?\d+")
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(\s+0?0:00(:00)?)?")
_MAIL = re.compile(r"[^@\s,;，；]+@[^@\s,;，；]+\.[A-Za-z0-9-]+")
_PADDED = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
_BETWEEN = re.compile(r"[、，,;；/|\s]+")
_YES = frozenset({"是", "√", "✓", "☑", "有", "y", "yes", "1", "true"})
_NO = frozenset({"否", "×", "✗", "☐", "n", "no", "0", "false"})
_LONGEST = 100


class CellError(ValueError):
    """What is wrong with a cell and how to mend it, a Chinese clause."""


def text(value: Value) -> str:
    """The text of a cell, one space where there were several signs of space; `—` and `无` stand for nothing."""
    if isinstance(value, bool | datetime | date):
        raise CellError("应当填写文字，请将单元格格式设置为“文本”后重新填写")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    written = "" if value is None else str(value)
    if written.startswith("#") and written.endswith(("!", "?", "A")):
        raise CellError(f"公式出错（{written}），请填写实际内容")
    visible = "".join(" " if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"} else sign for sign in written)
    joined = " ".join(visible.split())
    if len(joined) > _LONGEST:
        raise CellError(f"超过{_LONGEST}个字，请核对是否填错了列")
    return "" if joined in NOTHING else joined


def name(value: Value) -> str:
    """A text that must not be empty."""
    written = text(value)
    if not written:
        raise CellError("为空，请补充")
    if isinstance(value, int | float):
        raise CellError("是数字，请核对是否填错了列")
    # 两个字的姓名常在中间空格对齐
    return _PADDED.sub("", written)


def licence(value: Value) -> str:
    """A licence number, as text. Excel keeps 15 digits of a number, so that a number of 17 digits is not what was typed."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise CellError(
            "是数字格式，Excel只保留15位有效数字，末尾几位可能已经变为0；"
            "请将该列单元格格式设置为“文本”，再按执业证重新填写"
        )
    number = "".join(unicodedata.normalize("NFKC", text(value)).split())
    if not number:
        raise CellError("为空，请补充")
    if _SCIENTIFIC.fullmatch(number):
        raise CellError("是科学计数法，原号码已经丢失；请将该列单元格格式设置为“文本”，再按执业证重新填写")
    return number


def phone(value: Value) -> str:
    """A telephone number; a number cell is exact here, because it is short."""
    written = text(value)
    if _SCIENTIFIC.fullmatch(written):
        raise CellError("是科学计数法，请将单元格格式设置为“文本”后重新填写")
    return unicodedata.normalize("NFKC", written)


def mail(value: Value) -> str:
    written = unicodedata.normalize("NFKC", text(value))
    if written and not _MAIL.fullmatch(written):
        raise CellError(f"“{written}”不是一个电子邮箱地址")
    return written


def day(value: Value) -> date | None:
    """A day: a date cell, or a text such as 2015-03-01, 2015.3.1, 2015年3月1日."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float):
        raise CellError("是数字，请将单元格格式设置为“日期”，或者写作“2015-03-01”")
    written = unicodedata.normalize("NFKC", text(value))
    if not written:
        return None
    found = _DAY.fullmatch(written)
    if found is None:
        raise CellError(f"“{written}”不是完整的日期，请写到日，例如“2015-03-01”")
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise CellError(f"“{written}”不是存在的日期") from error


def several(value: Value) -> tuple[str, ...]:
    """Texts that stand in one cell, divided by 、 or the like; each once, in order."""
    parts = (part for part in _BETWEEN.split(text(value)) if part not in NOTHING)
    return tuple(dict.fromkeys(parts))


def yes(value: Value) -> bool:
    """是 or 否; an empty cell is 否."""
    if isinstance(value, bool):
        return value
    written = text(value).lower()
    if written in _YES:
        return True
    if written in _NO or not written:
        return False
    raise CellError(f"“{written}”应当填写“是”或者“否”")


def count(value: Value) -> int:
    """A number of cases; an empty cell is none."""
    written = unicodedata.normalize("NFKC", text(value)).removesuffix("件")
    if not written:
        return 0
    if not written.isascii() or not written.isdigit() or len(written) > len("1000"):
        raise CellError(f"“{written}”应当填写0或者正整数")
    return int(written)


def personnel(value: Value) -> Personnel:
    """The class of person; an empty cell is a lawyer in practice (社会律师)."""
    written = text(value)
    if not written or written in {"律师", "专职律师", "兼职律师", "执业律师"}:
        return Personnel.LAWYER
    found = next((kind for kind, title in PERSONNEL_TITLES.items() if written in (title, kind.value)), None)
    if found is None:
        raise CellError(f"“{written}”不是人员类别，可用：{'、'.join(PERSONNEL_TITLES.values())}")
    return found
