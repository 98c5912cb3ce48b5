"""What a cell of the registration workbook says. What could be read two ways is refused, with how to mend it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from pipeline.assigning.columns import FLAGS, Column, Sort

NOTHING = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "空"})
AS_TEXT = "请将单元格格式设为“文本”后重新录入"
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(00?:00(:00)?)?")
_BARE_DAY = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_EXACT_DIGITS = 15
"""Excel keeps no more of a number."""
_LONGEST = 2000
_MOBILE = re.compile(r"1\d{10}")


class CellError(ValueError):
    """What is wrong with a cell and how to mend it, a Chinese clause."""


def written(value: object) -> str:
    """The text of a cell, one blank where there were several signs of space; `—` and `无` stand for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date | time):
        raise CellError(f"被识别为日期或者时间，{AS_TEXT}")
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**_EXACT_DIGITS:
        value = int(value)
    text = str(value)
    if text.startswith("#") and text.endswith(("!", "?", "A")):
        raise CellError(f"公式出错（{text}），请填写实际内容")
    visible = "".join(" " if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"} else sign for sign in text)
    joined = " ".join(visible.split())
    if len(joined) > _LONGEST:
        raise CellError(f"超过{_LONGEST}个字，请核对是否填错了列")
    return "" if joined in NOTHING else joined


def _text(value: object, column: Column) -> str:
    text = written(value)
    if _SCIENTIFIC.fullmatch(text) or (isinstance(value, int | float) and len(text) > _EXACT_DIGITS):
        raise CellError(f"是以数字格式录入的，后几位可能已经丢失，{AS_TEXT}")
    if column.path.endswith("name") and isinstance(value, int | float):
        raise CellError("是数字，请核对是否填错了列")
    return text


def _identity(value: object, _column: Column) -> str:
    """A number of 18 places that was typed as a number has lost its last three."""
    if isinstance(value, int | float) or _SCIENTIFIC.fullmatch(written(value)):
        raise CellError(f"是以数字格式录入的，Excel只保留前15位，末三位已经丢失，{AS_TEXT}")
    return "".join(unicodedata.normalize("NFKC", written(value)).split()).upper().lstrip("'‘’`")


def _phone(value: object, _column: Column) -> str:
    text = unicodedata.normalize("NFKC", written(value))
    if _SCIENTIFIC.fullmatch(text):
        raise CellError(f"显示为科学计数法，{AS_TEXT}")
    if isinstance(value, int | float) and len(text) > len("12345678") and not _MOBILE.fullmatch(text):
        raise CellError(f"是以数字格式录入的，区号开头的0可能已经丢失，{AS_TEXT}")
    return text


def _day(value: object, _column: Column) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = "".join(unicodedata.normalize("NFKC", "" if isinstance(value, bool | time) else written(value)).split())
    if not text and value is not None and (isinstance(value, bool | time)):
        raise CellError("不是日期，请按“2024-03-05”的格式填写")
    if not text:
        return None
    found = _DAY.fullmatch(text) or _BARE_DAY.fullmatch(text)
    if found is None:
        shown = "是数字" if isinstance(value, int | float) else f"“{text}”不是完整的日期"
        raise CellError(f"{shown}，请按“2024-03-05”的格式填写")
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise CellError(f"“{text}”不是存在的日期，请核对") from error


def _flag(value: object, column: Column) -> bool | None:
    text = written(value).casefold()
    if text in {"是", "√", "✓", "有", "true", "y", "yes"}:
        return True
    if text in {"否", "×", "✗", "没有", "false", "n", "no"}:
        return False
    if not text:
        return None if value is None or not _said_no(value) else False
    raise _not_among(text, column.choices or FLAGS)


def _said_no(value: object) -> bool:
    return str(value).strip() == "无"


def _choice(value: object, column: Column) -> str | None:
    text = written(value)
    return _chosen(text, column.choices) if text else None


def _choices(value: object, column: Column) -> tuple[str, ...]:
    parts = re.split(r"[、，,;；/\s]+", written(value))
    return tuple(dict.fromkeys(_chosen(part, column.choices) for part in parts if part))


def _chosen(text: str, choices: Mapping[str, str]) -> str:
    """The value that a clerk means: by its title, its name in the data, or the one title that begins so."""
    plain = unicodedata.normalize("NFKC", text)
    exact = [value for value, title in choices.items() if plain in (value, unicodedata.normalize("NFKC", title))]
    found = exact or [value for value, title in choices.items() if len(plain) > 1 and title.startswith(plain)]
    if len(found) != 1:
        raise _not_among(text, choices)
    return found[0]


def _not_among(text: str, choices: Mapping[str, str]) -> CellError:
    return CellError(f"“{text}”不在可选范围内，可填：{'、'.join(choices.values())}")


def _names(value: object, _column: Column) -> tuple[str, ...]:
    """Names with a sign between them; a blank may be part of a name."""
    parts = (part.strip() for part in re.split(r"[、，,;；\n]+", written(value)))
    return tuple(dict.fromkeys(part for part in parts if part and part not in NOTHING))


_READERS: dict[Sort, Callable[[object, Column], object]] = {
    Sort.TEXT: _text,
    Sort.DATE: _day,
    Sort.CHOICE: _choice,
    Sort.CHOICES: _choices,
    Sort.NAMES: _names,
    Sort.FLAG: _flag,
    Sort.IDENTITY: _identity,
    Sort.PHONE: _phone,
}


def read_cell(value: object, column: Column) -> object:
    """What the cell says, as the registration takes it; None or empty for nothing. Raises CellError."""
    return _READERS[column.sort](value, column)
