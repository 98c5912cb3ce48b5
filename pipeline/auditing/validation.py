"""Whether a standard holds together: every material, fact, mark and rule known, every item reachable, every basis given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.auditing.conditions import And, Condition, ConditionError, Not, parse, satisfiable
from pipeline.auditing.located import Block, refuse
from pipeline.auditing.rules import RULES, parameters_of
from pipeline.auditing.suggesting import unknown
from schemas.case import FACT_TITLES, FACT_VALUES
from schemas.materials import OTHER, load_materials
from schemas.report import Effect
from schemas.standard import DEADLINE_TITLES, Checklist, Item, Need, RuleSetting
from schemas.volume import FIELD_TITLES, MARK_TITLES

Model = TypeVar("Model", bound=BaseModel)
Fixed = tuple[tuple[str, tuple[str, ...]], ...]
"""Facts with the values that they can take."""

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
        refuse(place, pattern.format(key=key, value=first.get("input")) + _choices(first), path)


def _choices(error: Any) -> str:
    """What may be written, where the model says so."""
    expected = str((error.get("ctx") or {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
    return f"，可用的取值：{expected.replace(', ', '、')}" if error["type"] == "enum" and expected else ""


def built_item(row: Block) -> Item:
    """One checklist row as an item, everything that it names looked up. Its place is still to be given."""
    if "order" not in row:
        row = row.derived({"order": 0})
    if "materials" not in row and row.get("key") in load_materials():
        row = row.derived({"materials": [row["key"]]})
    if not str(row.get("basis") or "").strip():
        refuse(row, f"项目“{row.get('key')}”没有依据（basis），请写明规范名称和条款", ["basis"])
    if "key" in row and "materials" not in row:
        refuse(row, unknown("材料", row["key"], load_materials()) + "，或者用 materials 写明材料", ["key"])
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
            refuse(row, unknown("材料", material, known), ["materials"])
    for index, substitute in enumerate(item.substitutes):
        if substitute.material not in known:
            refuse(row, unknown("替代材料", substitute.material, known), ["substitutes", index, "material"])
        _check_pattern(substitute.contains, row, ["substitutes", index, "contains"])
    _check_marks(item, row)
    for index, field in enumerate(item.fields):
        if field.field not in FIELD_TITLES:
            refuse(row, f"要素“{field.field}”未知，可用：{'、'.join(FIELD_TITLES)}", ["fields", index, "field"])
    _check_pattern(item.contains, row, ["contains"])
    _check_pattern(item.titled, row, ["titled"])


def _check_marks(item: Item, row: Block) -> None:
    for index, mark in enumerate(item.marks):
        if mark.mark not in MARK_TITLES:
            refuse(row, f"签章“{mark.mark}”未知，可用：{'、'.join(MARK_TITLES)}", ["marks", index, "mark"])
        for material in mark.materials:
            if material not in item.materials:
                refuse(row, f"签章所指的材料“{material}”不在本项的 materials 之中", ["marks", index, "materials"])


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
        parse(text)
    except ConditionError as error:
        refuse(row, str(error), path)
    if not _possible(text, None, ()):
        what = "项目永远不会适用" if word == "when" else "例外永远不会成立"
        refuse(row, f"条件“{text}”恒为假，{what}", path)


def _check_need(item: Item, row: Block) -> None:
    if item.need is Need.CONDITIONAL and item.when is None:
        refuse(row, f"项目“{item.key}”是附条件的，但没有写明条件（when）", ["need"])
    if item.need not in (Need.CONDITIONAL, Need.FORBIDDEN) and item.when is not None:
        refuse(row, f"项目“{item.key}”写有条件（when），要求（need）应当为 conditional", ["when"])
    if item.need is Need.FORBIDDEN and item.substitutes:
        refuse(row, f"项目“{item.key}”不得入卷，不应有替代材料（substitutes）", ["substitutes"])
    if item.titled is not None and item.need is not Need.FORBIDDEN:
        refuse(row, f"项目“{item.key}”：titled 只用于不得入卷（forbidden）的项目", ["titled"])


def check_items(title: object, rows: list[Block], items: list[Item]) -> None:
    """No key twice in a checklist, and no paper both demanded and forbidden."""
    seen: set[str] = set()
    for row, item in zip(rows, items, strict=True):
        if item.key in seen:
            refuse(row, f"清单“{title}”中键“{item.key}”重复", ["key"])
        seen.add(item.key)
    demanded = {item.materials[0] for item in items if item.need in (Need.REQUIRED, Need.CONDITIONAL)}
    for row, item in zip(rows, items, strict=True):
        if item.need is Need.FORBIDDEN and not (item.contains or item.titled or item.when):
            both = sorted(demanded & set(item.materials))
            if both:
                refuse(row, f"清单“{title}”中材料“{both[0]}”既要求入卷，又不得入卷", ["materials"])


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


def check_reachable(made: list[tuple[Checklist, list[Block]]]) -> None:
    """Every item can apply in at least one of the checklists that it stands in, and every mark's condition hold.

    A module's row is shared, so that it may be out of reach in some of them.
    """
    reached: dict[tuple[int, str], bool] = {}
    rows_at: dict[tuple[int, str], tuple[Block, Checklist]] = {}
    for checklist, rows in made:
        fixed = fixed_facts(checklist)
        for row, item in zip(rows, checklist.items, strict=True):
            for key, when, unless in _demands(item):
                place = (id(row), key)
                rows_at.setdefault(place, (row, checklist))
                reached[place] = reached.get(place, False) or _possible(when, unless, fixed)
    for place, reachable in reached.items():
        if not reachable:
            _refuse_unreachable(*rows_at[place], place[1])


def _demands(item: Item) -> Iterator[tuple[str, str | None, str | None]]:
    """What has to be able to come about: the item's being needed, and the condition of each of its marks."""
    if item.need is not Need.OPTIONAL and (item.when or item.unless):
        yield "when" if item.when else "unless", item.when, item.unless
    for index, mark in enumerate(item.marks):
        if mark.when is not None:
            yield f"marks.{index}", mark.when, None


def _refuse_unreachable(row: Block, checklist: Checklist, key: str) -> None:
    if key == "unless":
        refuse(row, f"例外“{row['unless']}”在清单“{checklist.title}”等中恒成立，项目永远不会适用", ["unless"])
    if key == "when":
        excepted = f"（但“{row['unless']}”的除外）" if row.get("unless") else ""
        refuse(row, f"条件“{row['when']}”{excepted}在清单“{checklist.title}”等中恒为假，项目永远不会适用", ["when"])
    refuse(row, f"签章的条件（when）在清单“{checklist.title}”等中恒为假，永远不会适用", ["marks"])


@cache
def _possible(when: str | None, unless: str | None, fixed: Fixed) -> bool:
    """Whether some case meets the condition and escapes the exception."""
    parts: list[Condition] = [parse(when)] if when else []
    parts += [Not(parse(unless))] if unless else []
    return satisfiable(And(tuple(parts)), dict(fixed))


def fixed_facts(checklist: Checklist) -> Fixed:
    """The values that the facts can take in a case of this checklist."""
    fixed: list[tuple[str, tuple[str, ...]]] = [
        ("kind", (checklist.kind.value,)),
        ("origin", tuple(origin.value for origin in checklist.origins)),
    ]
    if checklist.stages != (None,):
        fixed.append(("stage", tuple(stage.value for stage in checklist.stages if stage is not None)))
    return tuple(fixed)


def fitted(item: Item, checklist_case: Fixed) -> Item:
    """The item as this checklist has it: a condition that its kind, stage and origin always meet is none; what they
    never meet may be there and need not.
    """
    if item.need is not Need.CONDITIONAL or item.when is None:
        return item
    if not _possible(item.when, None, checklist_case):
        return item.model_copy(update={"need": Need.OPTIONAL, "when": None, "unless": None, "effect": Effect.NOTE})
    if not _possible(None, item.when, checklist_case):
        return item.model_copy(update={"need": Need.REQUIRED, "when": None})
    return item


def check_deadlines(header: Block, deadlines: dict[str, Block]) -> None:
    """Every term is one that the program knows, has a basis and a single measure."""
    for name, block in deadlines.items():
        if name not in DEADLINE_TITLES:
            refuse(block, f"{unknown('期限', name, DEADLINE_TITLES)}，可用：{'、'.join(DEADLINE_TITLES)}")
        if not str(block.get("basis") or "").strip():
            refuse(block, f"期限“{DEADLINE_TITLES[name]}”没有依据（basis）", ["basis"])
        if bool(block.get("days")) == bool(block.get("months")):
            refuse(block, f"期限“{DEADLINE_TITLES[name]}”应当写明 days（日）或者 months（月）之一", ["days"])
    start, end = header.get("effective_from"), header.get("effective_to")
    if start is not None and end is not None and str(end) < str(start):
        refuse(header, "effective_to 早于 effective_from", ["effective_to"])


def check_rules(
    drafts: list[Block], rules: tuple[RuleSetting, ...], checklists: tuple[Checklist, ...], deadlines: dict[str, Block]
) -> None:
    """Every rule is one that the program knows, with parameters that fit it, and can apply to some case."""
    cases = [fixed_facts(checklist) for checklist in checklists]
    for block, rule in zip(drafts, rules, strict=True):
        if not rule.basis.strip():
            refuse(block, f"规则“{rule.rule}”没有依据（basis）", ["basis"])
        model = parameters_of(rule.rule)
        if model is None:
            refuse(block, unknown("规则", rule.rule, RULES), ["rule"])
        validated(model, rule.parameters, _parameters(block))
        _check_parameters(_parameters(block), deadlines)
        if rule.when is not None:
            _check_condition(rule.when, block, ["when"], "when")
            if not any(_possible(rule.when, None, fixed) for fixed in cases):
                refuse(block, f"条件“{rule.when}”在全部清单中恒为假，规则永远不会适用", ["when"])


_OF_TYPES = ("documents", "mentioned", "ignore", "together", "phases", "unlisted", "uncounted")
_OPERANDS = ("before", "after", "start", "end", "one", "other", "shown_by")


def _check_parameters(block: Block, deadlines: dict[str, Block]) -> None:
    """The papers and terms that a rule's parameters name."""
    known = load_materials()
    for key in _OF_TYPES:
        for name in _flat(block.get(key)):
            if name not in known and name != OTHER:
                refuse(block, unknown("规则参数中的材料", name, known), [key])
    for name in block.get("forms") or ():
        if name not in known:
            refuse(block, unknown("规则参数中的材料", name, known), ["forms"])
    _check_operands(block)
    deadline = block.get("deadline")
    if deadline is not None and deadline not in deadlines:
        refuse(block, f"规则参数中的期限“{deadline}”没有在 deadlines 中写明", ["deadline"])


def _check_operands(block: Block) -> None:
    known = load_materials()
    for key in _OPERANDS:
        for name in _flat(block.get(key)):
            type_, _, field = name.partition(".")
            if type_ not in known and type_ != "case":
                refuse(block, unknown("规则参数中的材料", type_, known), [key])
            if field not in FIELD_TITLES and type_ != "case":
                refuse(block, unknown("规则参数中的要素", field, FIELD_TITLES), [key])


def _flat(value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for part in value for name in _flat(part)]
    return [] if value is None or isinstance(value, dict) else [str(value)]


def _parameters(block: Block) -> Block:
    parameters = block.get("parameters")
    return parameters if isinstance(parameters, Block) else block


def check_presumptions(header: Block, presumed: dict[str, Any]) -> None:
    """A presumption is about a known fact and a value that the fact can take."""
    for name, value in presumed.items():
        if name not in FACT_TITLES:
            refuse(header, unknown("推定中的事实", name, FACT_TITLES), ["presumed"])
        allowed: tuple[object, ...] = FACT_VALUES.get(name, (True, False))
        if value not in allowed:
            refuse(header, f"推定中的事实“{name}”没有取值“{value}”", ["presumed"])
