"""A registration out of values by field, with every fault in the field's Chinese title."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pipeline.assigning.checking import faults_of
from pipeline.assigning.columns import BY_PATH, COLUMNS, FIELD_TITLES
from schemas.entry import Fault
from schemas.registration import Registration

_NEEDED = tuple(column.path for column in COLUMNS if column.needed)
_PARTS = ("recipient", "representative", "organ")


def registration_of(
    values: Mapping[str, object], today: date, unread: Collection[str] = ()
) -> tuple[Registration | None, tuple[Fault, ...]]:
    """The registration with these values (by path, `recipient.name`), or everything that is wrong with them.

    `unread` are fields that have been told of already: that they are lacking is not said again.
    """
    given = {path: value for path, value in values.items() if value not in (None, "", ())}
    faults = [
        Fault(field=FIELD_TITLES[path], message="未填写")
        for path in _NEEDED
        if path not in given and path not in unread
    ]
    faults += _orphans(given, unread)
    if faults or any(path in unread for path in _NEEDED):
        return None, tuple(faults)
    return checked(_nested(given), today, unread)


def _orphans(given: Mapping[str, object], unread: Collection[str]) -> list[Fault]:
    """What is said of a representative or an organ that has no name."""
    said = {path.partition(".")[0] for path in given if "." in path}
    return [
        Fault(field=FIELD_TITLES[f"{part}.name"], message="未填写，但填写了与其有关的其他内容")
        for part in ("representative", "organ")
        if part in said and f"{part}.name" not in given and f"{part}.name" not in unread
    ]


def _nested(given: Mapping[str, object]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for path, value in given.items():
        part, _, key = path.rpartition(".")
        (nested.setdefault(part, {}) if part else nested)[key] = value
    return nested


def checked(
    content: object, today: date, unread: Collection[str] = ()
) -> tuple[Registration | None, tuple[Fault, ...]]:
    """The registration with this content (as in the schema), or everything that is wrong with it."""
    try:
        registration = Registration.model_validate(content)
    except ValidationError as error:
        told = (fault_of(detail) for detail in error.errors())
        return None, tuple(fault for fault in told if not (fault.field == "办案机关" and "organ.name" in unread))
    faults = faults_of(registration, today)
    return (None, faults) if faults else (registration, ())


def path_of(detail: ErrorDetails) -> str:
    """Where a fault lies, as `recipient.name`; the places in lists are left out."""
    return ".".join(part for part in detail["loc"] if isinstance(part, str))


def fault_of(detail: ErrorDetails) -> Fault:
    """What pydantic found, in Chinese, with the field's title."""
    path = path_of(detail)
    if path == "" and detail["type"] == "value_error":
        return Fault(field="办案机关", message="未填写，通知类案件应当填写办案机关")
    return Fault(field=FIELD_TITLES.get(path, path), message=_said(detail, path))


def _said(detail: ErrorDetails, path: str) -> str:  # noqa: PLR0911 - a sentence a kind of fault
    kind, given = detail["type"], detail.get("input")
    if kind == "missing":
        return "未填写"
    if kind == "extra_forbidden":
        return "不是登记的项目，请核对项目名称"
    if kind == "enum":
        column = BY_PATH.get(path)
        allowed = "、".join(f"{value}（{title}）" for value, title in column.choices.items()) if column else ""
        return f"“{given}”不在可选范围内，可填：{allowed}"
    if kind.startswith("date"):
        return f"“{given}”不是有效的日期，请按“2024-03-05”的格式填写"
    if kind == "string_type" and isinstance(given, int | float):
        return f'应当加引号写成文本："{given}"'
    if kind == "string_too_short":
        return "未填写"
    if kind == "string_too_long":
        return "过长，请核对"
    if kind.startswith("bool"):
        return f"“{given}”应当为 true（是）或者 false（否）"
    if kind in {"model_type", "tuple_type", "model_attributes_type"}:
        return "的写法有误，" + ("应当写成列表" if kind == "tuple_type" else "应当分项填写")
    return "的内容有误，请核对"
