"""Which grounds of a standard an office means when it confirms something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.auditing import deadline_ground, item_ground, open_grounds, rule_ground
from pipeline.errors import UsageError
from schemas.case import Kind, Origin, Stage
from schemas.confirmation import Ground
from schemas.materials import material_title
from schemas.standard import Checklist, Standard

CaseChoice = tuple[Kind | None, Stage | None, Origin | None]


class Wanted(NamedTuple):
    """What was named: items, rules and deadlines, or everything; in the checklists of some cases, or of all."""

    items: Sequence[str] = ()
    rules: Sequence[str] = ()
    deadlines: Sequence[str] = ()
    everything: bool = False
    case: CaseChoice = (None, None, None)


def chosen_grounds(standard: Standard, wanted: Wanted) -> tuple[Ground, ...]:
    """The grounds named, or everything that is open. Raises UsageError for a slip."""
    if wanted.everything == bool(wanted.items or wanted.rules or wanted.deadlines):
        raise UsageError("请写明要确认的项目（--item、--rule、--deadline），或者以 --all 确认全部，二者择一。")
    checklists = [checklist for checklist in standard.checklists if _fits(checklist, wanted.case)]
    if not checklists:
        raise UsageError(f"标准“{standard.id}”没有符合所选类别、阶段、来源的清单。")
    if wanted.everything:
        return tuple(_open(standard, checklists, wanted.case))
    named = [ground for name in wanted.items for ground in _items(standard, checklists, name)]
    named += [_rule(standard, name) for name in wanted.rules]
    named += [_deadline(standard, name) for name in wanted.deadlines]
    return tuple(dict.fromkeys(named))


def _fits(checklist: Checklist, case: CaseChoice) -> bool:
    kind, stage, origin = case
    return (
        (kind is None or checklist.kind is kind)
        and (stage is None or stage in checklist.stages)
        and (origin is None or origin in checklist.origins)
    )


def _open(standard: Standard, checklists: list[Checklist], case: CaseChoice) -> Iterator[Ground]:
    """With a choice of cases only the items of their checklists: rules and deadlines are for all cases."""
    narrowed = standard.model_copy(update={"checklists": tuple(checklists)})
    if any(choice is not None for choice in case):
        narrowed = narrowed.model_copy(update={"rules": (), "deadlines": {}})
    yield from open_grounds(narrowed)


def _items(standard: Standard, checklists: list[Checklist], name: str) -> list[Ground]:
    found = [
        item_ground(standard, checklist, item)
        for checklist in checklists
        for item in checklist.items
        if name.strip("《》") in {item.key, item.title or material_title(item.materials[0])}
    ]
    if not found:
        raise UsageError(f"所选清单中没有项目“{name}”。项目名称可用 juanzong standards show {standard.id} 查看。")
    return found


def _rule(standard: Standard, name: str) -> Ground:
    rule = next((rule for rule in standard.rules if rule.rule == name), None)
    if rule is None:
        raise UsageError(f"标准“{standard.id}”没有核对规则“{name}”。")
    return rule_ground(standard, rule)


def _deadline(standard: Standard, name: str) -> Ground:
    if name not in standard.deadlines:
        raise UsageError(f"标准“{standard.id}”没有期限“{name}”，可用：{'、'.join(standard.deadlines)}。")
    return deadline_ground(standard, name)
