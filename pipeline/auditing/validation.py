"""Whether a standard holds together: every material, fact, mark and rule known, every item reachable, every basis given."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.auditing.conditions import ConditionError, parse, satisfiable
from pipeline.auditing.located import Block, refuse
from pipeline.auditing.rules import parameters_of
from schemas.case import FACT_TITLES, FACT_VALUES
from schemas.materials import OTHER, load_materials
from schemas.standard import Checklist, Item, Need, RuleSetting
from schemas.volume import FIELD_TITLES, MARK_TITLES

Model = TypeVar("Model", bound=BaseModel)

_KNOWN_PROBLEMS = {
    "missing": "缺少“{key}”",
    "extra_forbidden": "键“{key}”未知",
    "enum": "“{key}”的取值“{value}”不被接受",
    "int_parsing": "“{key}”应当是整数",
    "int_type": "“{key}”应当是整数",
    "string_type": "“{key}”应当是文字",
    "too_short": "“{key}”不能为空",
    "date_from_datetime_parsing": "“{key}”应当是日期",
}


def validated(model: type[Model], values: dict[str, Any], place: Block) -> Model:
    """`values` as a model; a `StandardError` with file and line where they are none."""
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        first = error.errors()[0]
        path = list(first["loc"])
        key = str(path[-1]) if path else ""
        pattern = _KNOWN_PROBLEMS.get(first["type"], "“{key}”的取值“{value}”无效")
        refuse(place, pattern.format(key=key, value=first.get("input")), path)


def built_item(row: Block, order: int) -> Item:
    """One checklist row as an item, everything that it names looked up."""
    if "order" not in row:
        row = row.derived({"order": order})
    if "materials" not in row and row.get("key") in load_materials():
        row = row.derived({"materials": [row["key"]]})
    if not str(row.get("basis") or "").strip():
        refuse(row, f"项目“{row.get('key')}”没有依据（basis）", ["basis"])
    item = validated(Item, row, row)
    _check_names(item, row)
    for key in ("when", "unless"):
        _check_condition(getattr(item, key), row, [key], key)
    for index, mark in enumerate(item.marks):
        _check_condition(mark.when, row, ["marks", index, "when"], "when")
    _check_need(item, row)
    return item


def _check_names(item: Item, row: Block) -> None:
    known = load_materials()
    for material in item.materials:
        if material not in known and material != OTHER:
            refuse(row, f"材料“{material}”未知", ["materials"])
    for index, substitute in enumerate(item.substitutes):
        if substitute.material not in known:
            refuse(row, f"替代材料“{substitute.material}”未知", ["substitutes", index, "material"])
        _check_pattern(substitute.contains, row, ["substitutes", index, "contains"])
    for index, mark in enumerate(item.marks):
        if mark.mark not in MARK_TITLES:
            refuse(row, f"签章“{mark.mark}”未知，可用：{'、'.join(MARK_TITLES)}", ["marks", index, "mark"])
    for index, field in enumerate(item.fields):
        if field.field not in FIELD_TITLES:
            refuse(row, f"要素“{field.field}”未知，可用：{'、'.join(FIELD_TITLES)}", ["fields", index, "field"])
    _check_pattern(item.contains, row, ["contains"])


def _check_pattern(pattern: str | None, row: Block, path: list[str | int]) -> None:
    if pattern is None:
        return
    try:
        re.compile(pattern)
    except re.error as error:
        refuse(row, f"正则表达式“{pattern}”无效（{error}）", path)


def _check_condition(text: str | None, row: Block, path: list[str | int], word: str) -> None:
    if text is None:
        return
    try:
        condition = parse(text)
    except ConditionError as error:
        refuse(row, str(error), path)
    if not satisfiable(condition):
        what = "项目永远不会适用" if word == "when" else "例外永远不会成立"
        refuse(row, f"条件“{text}”恒为假，{what}", path)


def _check_need(item: Item, row: Block) -> None:
    if item.need is Need.CONDITIONAL and item.when is None:
        refuse(row, f"项目“{item.key}”是附条件的，但没有写明条件（when）", ["need"])
    if item.need is not Need.CONDITIONAL and item.when is not None:
        refuse(row, f"项目“{item.key}”写有条件（when），要求（need）应当为 conditional", ["when"])


def check_items(title: object, rows: list[Block], items: list[Item]) -> None:
    """No key and no order twice in a checklist."""
    for name, values in (("键", [item.key for item in items]), ("次序", [str(item.order) for item in items])):
        for index, value in enumerate(values):
            if value in values[:index]:
                refuse(rows[index], f"清单“{title}”中{name}“{value}”重复", ["key"])


def check_checklists(drafts: list[tuple[Block, list[Block]]], checklists: tuple[Checklist, ...]) -> None:
    """No two checklists for one case."""
    for (block, _), checklist in zip(drafts, checklists, strict=True):
        for other in checklists:
            if other is checklist:
                break
            if _overlap(checklist, other):
                refuse(block, f"清单“{checklist.title}”与“{other.title}”适用于同样的案件", ["kind"])


def _overlap(one: Checklist, other: Checklist) -> bool:
    stages = None in (*one.stages, *other.stages) or bool(set(one.stages) & set(other.stages))
    return one.kind is other.kind and stages and bool(set(one.origins) & set(other.origins))


def check_reachable(drafts: list[tuple[Block, list[Block]]], checklists: tuple[Checklist, ...]) -> None:
    """Every conditional item can apply in at least one of the checklists that it stands in.

    A module's row is shared, so that it may be out of reach in some of them.
    """
    reachable: dict[tuple[str, int], bool] = {}
    rows_at: dict[tuple[str, int], tuple[Block, str]] = {}
    for (_, rows), checklist in zip(drafts, checklists, strict=True):
        fixed = _fixed(checklist)
        for row, item in zip(rows, checklist.items, strict=True):
            if item.when is None:
                continue
            place = (str(row.file), row.line)
            rows_at[place] = (row, item.when)
            reachable[place] = reachable.get(place, False) or satisfiable(parse(item.when), fixed)
    for place, reached in reachable.items():
        if not reached:
            row, when = rows_at[place]
            refuse(row, f"条件“{when}”在所用的清单中恒为假，项目永远不会适用", ["when"])


def _fixed(checklist: Checklist) -> dict[str, tuple[str, ...]]:
    fixed: dict[str, tuple[str, ...]] = {
        "kind": (checklist.kind.value,),
        "origin": tuple(origin.value for origin in checklist.origins),
    }
    if checklist.stages != (None,):
        fixed["stage"] = tuple(stage.value for stage in checklist.stages if stage is not None)
    return fixed


def check_rules(drafts: list[Block], rules: tuple[RuleSetting, ...]) -> None:
    """Every rule is one that the program knows, with parameters that fit it."""
    for block, rule in zip(drafts, rules, strict=True):
        if not rule.basis.strip():
            refuse(block, f"规则“{rule.rule}”没有依据（basis）", ["basis"])
        model = parameters_of(rule.rule)
        if model is None:
            refuse(block, f"规则“{rule.rule}”未知", ["rule"])
        validated(model, rule.parameters, _parameters(block))
        if rule.when is not None:
            _check_condition(rule.when, block, ["when"], "when")


def _parameters(block: Block) -> Block:
    parameters = block.get("parameters")
    return parameters if isinstance(parameters, Block) else block


def check_presumptions(header: Block, presumed: dict[str, Any]) -> None:
    """A presumption is about a known fact and a value that the fact can take."""
    for name, value in presumed.items():
        if name not in FACT_TITLES:
            refuse(header, f"推定中的事实“{name}”未知", ["presumed"])
        allowed: tuple[object, ...] = FACT_VALUES.get(name, (True, False))
        if value not in allowed:
            refuse(header, f"推定中的事实“{name}”没有取值“{value}”", ["presumed"])
