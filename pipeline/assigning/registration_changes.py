"""What differs between two registrations of a case, and a registration put right (更正登记)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.assigning.checking import faults_of
from pipeline.assigning.columns import BY_HEADING, BY_PATH, COLUMNS, FLAGS, NUMBER, Column, heading_key
from pipeline.assigning.registration_cells import CellError, read_cell
from pipeline.assigning.registration_values import fault_of
from pipeline.assigning.registrations import read_content
from pipeline.errors import UsageError
from schemas.entry import Fault
from schemas.registration import Registration
from schemas.registration_events import Change, Registered

_OPTIONAL_PARTS = ("representative", "organ")
"""They are there with a name, or not at all."""
_FIELDS = tuple(column for column in COLUMNS if column.path != "number")
_PLAIN = ("grave", False)
"""A case is an ordinary one unless somebody says otherwise; of `life_or_death`, `no` is another thing than nothing."""

NOTHING = "（空）"

Given = Mapping[str, object]
"""Field (`recipient.name`) to what it is to be; None or empty for nothing."""


def values_of(registration: Registration) -> dict[str, Registered]:
    """Every field of a registration that says something, as JSON has it."""
    content = registration.model_dump(mode="json")
    found = {column.path: _at(content, column.path) for column in _FIELDS}
    return {path: value for path, value in found.items() if value not in (None, "", ()) and (path, value) != _PLAIN}


def _at(content: Any, path: str) -> Registered:
    for name in path.split("."):
        content = content.get(name) if isinstance(content, dict) else None
    value: Registered = tuple(content) if isinstance(content, list) else content
    return value


def changes_between(before: Registration, after: Registration) -> tuple[Change, ...]:
    """The fields that differ, in the order of the workbook's columns."""
    old, new = values_of(before), values_of(after)
    return tuple(
        Change(path=column.path, before=old.get(column.path), after=new.get(column.path))
        for column in _FIELDS
        if old.get(column.path) != new.get(column.path)
    )


def shown(path: str, value: Registered) -> str:
    """A value as a clerk reads it; `（空）` for nothing."""
    column = BY_PATH[path]
    if value in (None, "", ()):
        return FLAGS["false"] if path == _PLAIN[0] else NOTHING
    if isinstance(value, bool):
        return FLAGS["true" if value else "false"]
    parts = value if isinstance(value, tuple) else (str(value),)
    return "、".join(column.choices.get(part, part) for part in parts)


def change_text(change: Change) -> str:
    """`案由：“离婚纠纷”改为“抚养纠纷”`."""
    title, old, new = BY_PATH[change.path].title, shown(change.path, change.before), shown(change.path, change.after)
    if old == NOTHING:
        return f"{title}：登记为“{new}”"
    return f"{title}：删除“{old}”" if new == NOTHING else f"{title}：“{old}”改为“{new}”"


def corrected(registration: Registration, given: Given, today: date) -> Registration:
    """The registration with these fields put right. Raises UsageError with every fault, in the fields' Chinese titles."""
    content = registration.model_dump()
    for path, value in given.items():
        _put(content, path, value)
    for part in _OPTIONAL_PARTS:
        if content[part] is not None and not any(content[part].values()):
            content[part] = None
    faults: Iterable[Fault]
    try:
        made = Registration.model_validate(content)
    except ValidationError as error:
        faults = [fault_of(detail) for detail in error.errors()]
    else:
        faults = faults_of(made, today)
        if not faults:
            return made
    raise UsageError("未作更正：" + "；".join(fault.sentence for fault in faults) + "。")


def _put(content: dict[str, Any], path: str, value: object) -> None:
    part, _, key = path.rpartition(".")
    if part and content[part] is None:
        content[part] = {}
    holder = content[part] if part else content
    if value in (None, "", ()):
        holder.pop(key, None)  # 留空的项目回到没有登记的样子
    else:
        holder[key] = value


def said_changes(words: Sequence[str]) -> dict[str, object]:
    """What `案由=盗窃罪` and `recipient.phone=` ask for. Raises UsageError for what cannot be understood."""
    given: dict[str, object] = {}
    for word in words:
        key, sign, text = word.replace("＝", "=", 1).partition("=")
        column = _column(key) if sign else None
        if column is None:
            raise UsageError(
                f"不能识别“{word}”，应当写作“项目=内容”，例如 案由=盗窃罪；内容留空的为删除该项。"
                "项目是受理登记表各列的名称，例如：受理日期、案件类别、受援人姓名、身份证号码、案由、办案机关。"
            )
        if column.path in given:
            raise UsageError(f"“{column.title}”写了两次，请保留一个。")
        try:
            given[column.path] = read_cell(text.strip(), column)
        except CellError as error:
            raise UsageError(f"“{column.title}”{error}。") from error
    return given


def _column(key: str) -> Column | None:
    """By the heading of the workbook, or by the name in a registration file."""
    return BY_HEADING.get(heading_key(key)) or BY_PATH.get(key.strip())


def file_changes(path: Path) -> dict[str, object]:
    """The fields in a file (YAML or JSON) that is written like a registration, and names only what is to be put right.

    A field given as null is to be empty. Raises UsageError.
    """
    content = read_content(path)
    if not isinstance(content, dict) or not content:
        raise UsageError(f"{path.name} 应当是一件案件，只写需要更正的项目。")
    return dict(_flat(content, path.name))


def _flat(content: Mapping[object, object], name: str, above: str = "") -> Iterable[tuple[str, object]]:
    for key, value in content.items():
        path = f"{above}{key}"
        if isinstance(value, dict):
            yield from _flat(value, name, f"{path}.")
        elif path in _OPTIONAL_PARTS and value is None:
            yield from ((column.path, None) for column in _FIELDS if column.path.startswith(f"{path}."))
        elif path not in BY_PATH:
            raise UsageError(f"{name}：“{path}”不是登记的项目，请核对项目名称。")
        else:
            yield path, value


def numbered_apart(given: Mapping[str, object]) -> tuple[str, dict[str, object]]:
    """The case number among what is given, and the rest: it names the case and is no field of it."""
    rest = dict(given)
    number = rest.pop(BY_HEADING[heading_key(NUMBER)].path, None)
    return str(number or ""), rest
