"""Registrations from a file (YAML or JSON): one case, or a list of cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from pipeline.assigning.checking import faults_of
from pipeline.assigning.columns import BY_PATH, COLUMNS
from pipeline.assigning.registration_values import fault_of
from pipeline.errors import UsageError
from schemas.base import Frozen
from schemas.entry import Fault
from schemas.registration import Registration

_LARGEST = 4 << 20
"""Bytes; a case takes one thousand."""
_NUMBER = "number"


class _Loader(yaml.SafeLoader):
    """Leaves days as they are written: one that does not exist is then told with its field and line."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class GivenCase(Frozen):
    """A registration, and the number that the office has given it already; empty where one is to be given."""

    registration: Registration
    number: str = ""


def read_registrations(path: Path, today: date) -> tuple[GivenCase, ...]:
    """The cases in a file. Raises UsageError with every fault, each with its case, line and field in Chinese."""
    content, root = _loaded(path)
    items = content if isinstance(content, list) else [content]
    if not items or content is None:
        raise UsageError(f"{path.name} 中没有案件。")
    given: list[GivenCase] = []
    sentences: list[str] = []
    for position, item in enumerate(items):
        loc = (position,) if isinstance(content, list) else ()
        case, faults = _given(item, today)
        which = f"第{position + 1}件" if isinstance(content, list) else ""
        sentences += [f"{which}{_line(root, (*loc, *place))}{fault.sentence}" for place, fault in faults]
        if case is not None:
            given.append(case)
    if sentences:
        raise UsageError(f"{path.name} 未予登记：\n" + "\n".join(f"  {sentence}。" for sentence in sentences))
    return tuple(given)


def read_content(path: Path) -> object:
    """What stands in a registration file, days as they are written. Raises UsageError for what is none."""
    return _loaded(path)[0]


def _loaded(path: Path) -> tuple[Any, yaml.Node | None]:
    """The content, and its nodes, which know their lines."""
    text = _text(path)
    try:
        return yaml.load(text, Loader=_Loader), yaml.compose(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UsageError(f"{path.name} 不是有效的 JSON 或者 YAML{_at(error)}，请核对格式。") from error


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"{path.name} 过大，不是案件登记文件。")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path.name} 无法读取，请核对路径和权限。") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name} 不是 UTF-8 编码的文本文件，请另存为 UTF-8 编码后再试。") from error


def _at(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return "" if mark is None else f"（第{mark.line + 1}行附近）"


Place = tuple[str | int, ...]


def _given(item: object, today: date) -> tuple[GivenCase | None, list[tuple[Place, Fault]]]:
    """A case, or what is wrong and where in the file."""
    if not isinstance(item, dict):
        return None, [((), Fault(field="", message="不是一件案件，应当按项目填写"))]
    content = {key: value for key, value in _without_nulls(item).items() if key != _NUMBER}
    number = item.get(_NUMBER)
    try:
        registration = Registration.model_validate(content)
    except ValidationError as error:
        return None, [(_place(detail["loc"]), fault_of(detail)) for detail in error.errors()]
    faults = [(_place_of(fault), fault) for fault in faults_of(registration, today)]
    if number is not None and not isinstance(number, str):
        faults.append(((_NUMBER,), Fault(field=BY_PATH[_NUMBER].title, message="应当加引号写成文本")))
    if faults:
        return None, faults
    return GivenCase(registration=registration, number=(number or "").strip()), []


def _without_nulls(content: Any) -> Any:
    """A key given as null is a key not given."""
    if isinstance(content, dict):
        return {key: _without_nulls(value) for key, value in content.items() if value is not None}
    return content


def _place(loc: Sequence[str | int]) -> Place:
    return tuple(loc)


def _place_of(fault: Fault) -> Place:
    path = next((column.path for column in COLUMNS if column.title == fault.field), "")
    return tuple(path.split("."))


def _line(root: yaml.Node | None, place: Place) -> str:
    """Where a place stands in the file; what is lacking stands where it would belong."""
    node = root
    for step in place:
        found = _child(node, step)
        if found is None:
            break
        node = found
    return "" if node is None else f"第{node.start_mark.line + 1}行："


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: yaml.Node = node.value[step]
        return child
    return None
