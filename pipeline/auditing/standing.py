"""Standing (依据状态): which grounds of a standard the office has confirmed, and what those it has not may do.

A confirmation is tied to a digest of what it confirmed. Whoever changes an item, a rule or a deadline afterwards has to
have it confirmed again; renumbering and a new wording of its source change nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from schemas.case import Origin
from schemas.confirmation import Confirmation, Ground, GroundKind
from schemas.report import Effect, Standing
from schemas.standard import Checklist, Deadline, Item, RequiredField, RequiredMark, RuleSetting, Standard

_BESIDE_THE_POINT: dict[type, dict[str, Any]] = {
    Item: {
        "standing": True, "source": True, "order": True, "slot": True,
        "marks": {"__all__": {"standing"}}, "fields": {"__all__": {"standing"}},
    },
    RuleSetting: {"standing": True},
    Deadline: {"standing": True},
}  # fmt: skip
"""What a confirmation is not about."""

Stated = TypeVar("Stated", Item, RuleSetting, Deadline)
Required = TypeVar("Required", RequiredMark, RequiredField)


def scope_of(checklist: Checklist) -> str:
    """The checklist's name in a ground, e.g. `criminal_defence.trial_first.notified`."""
    stages = "+".join(stage.value for stage in checklist.stages if stage is not None)
    origins = "" if set(checklist.origins) == set(Origin) else "+".join(origin.value for origin in checklist.origins)
    return ".".join(part for part in (checklist.kind.value, stages, origins) if part)


def item_ground(standard: Standard, checklist: Checklist, item: Item) -> Ground:
    return Ground(
        standard=standard.id, kind=GroundKind.ITEM, scope=scope_of(checklist), name=item.key, digest=_digest(item)
    )


def rule_ground(standard: Standard, rule: RuleSetting) -> Ground:
    return Ground(standard=standard.id, kind=GroundKind.RULE, scope="", name=rule.rule, digest=_digest(rule))


def deadline_ground(standard: Standard, name: str) -> Ground:
    digest = _digest(standard.deadlines[name])
    return Ground(standard=standard.id, kind=GroundKind.DEADLINE, scope="", name=name, digest=digest)


def _digest(stated: Item | RuleSetting | Deadline) -> str:
    """Of what was said, defaults left out: a field that a later version adds does not undo confirmations."""
    said = stated.model_dump(mode="json", exclude=_BESIDE_THE_POINT[type(stated)], exclude_defaults=True)
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def open_grounds(standard: Standard) -> tuple[Ground, ...]:
    """Everything in the standard that is a reconstruction, as it stands."""
    items = [
        item_ground(standard, checklist, item)
        for checklist in standard.checklists
        for item in checklist.items
        if is_open(item)
    ]
    rules = [rule_ground(standard, rule) for rule in standard.rules if rule.standing is Standing.RECONSTRUCTED]
    deadlines = [
        deadline_ground(standard, name)
        for name, deadline in standard.deadlines.items()
        if deadline.standing is Standing.RECONSTRUCTED
    ]
    return (*items, *rules, *deadlines)


def is_open(item: Item) -> bool:
    """Whether the item, or what its paper must bear, is a reconstruction."""
    required: list[RequiredMark | RequiredField] = [*item.marks, *item.fields]
    return Standing.RECONSTRUCTED in {item.standing, *(item.standing_of(part) for part in required)}


def in_force(confirmations: Iterable[Confirmation]) -> dict[Ground, Confirmation]:
    """The confirmations that hold: the last act about a ground, unless it took the confirmation back."""
    last = {act.ground: act for act in confirmations}
    return {ground: act for ground, act in last.items() if not act.withdrawn}


def confirmed(standard: Standard, confirmations: Iterable[Confirmation]) -> Standard:
    """The standard with every ground marked as confirmed that the office has confirmed as it now stands."""
    held = in_force(confirmations)
    if not held:
        return standard
    checklists = tuple(
        checklist.model_copy(
            update={
                "items": tuple(
                    _confirmed_item(item) if item_ground(standard, checklist, item) in held else item
                    for item in checklist.items
                )
            }
        )
        for checklist in standard.checklists
    )
    rules = tuple(_marked(rule, rule_ground(standard, rule), held) for rule in standard.rules)
    deadlines = {
        name: _marked(deadline, deadline_ground(standard, name), held) for name, deadline in standard.deadlines.items()
    }
    result = standard.model_copy(update={"checklists": checklists, "rules": rules, "deadlines": deadlines})
    if standard.standing is Standing.RECONSTRUCTED and not open_grounds(result):
        return result.model_copy(update={"standing": Standing.CONFIRMED})
    return result


def _marked(stated: Stated, ground: Ground, held: Mapping[Ground, Confirmation]) -> Stated:
    if stated.standing is Standing.RECONSTRUCTED and ground in held:
        return stated.model_copy(update={"standing": Standing.CONFIRMED})
    return stated


def _confirmed_item(item: Item) -> Item:
    """With the item its marks and fields are confirmed."""

    def parts(required: tuple[Required, ...]) -> tuple[Required, ...]:
        return tuple(
            part.model_copy(update={"standing": Standing.CONFIRMED})
            if item.standing_of(part) is Standing.RECONSTRUCTED
            else part
            for part in required
        )

    own = Standing.CONFIRMED if item.standing is Standing.RECONSTRUCTED else item.standing
    return item.model_copy(update={"standing": own, "marks": parts(item.marks), "fields": parts(item.fields)})


def without_unconfirmed_blocks(standard: Standard) -> Standard:
    """The standard in which no ground that is a reconstruction holds up the subsidy; it is put right before archiving."""
    checklists = tuple(
        checklist.model_copy(update={"items": tuple(_softened_item(item) for item in checklist.items)})
        for checklist in standard.checklists
    )
    rules = tuple(_softened(rule) for rule in standard.rules)
    deadlines = {name: _softened(deadline) for name, deadline in standard.deadlines.items()}
    return standard.model_copy(update={"checklists": checklists, "rules": rules, "deadlines": deadlines})


def _softened(stated: Stated) -> Stated:
    if stated.standing is Standing.RECONSTRUCTED and stated.effect is Effect.BLOCKS:
        return stated.model_copy(update={"effect": Effect.CORRECT})
    return stated


def _softened_item(item: Item) -> Item:
    """Its marks and fields each have a standing of their own."""

    def parts(required: tuple[Required, ...]) -> tuple[Required, ...]:
        return tuple(
            part.model_copy(update={"effect": Effect.CORRECT})
            if part.effect is Effect.BLOCKS and item.standing_of(part) is Standing.RECONSTRUCTED
            else part
            for part in required
        )

    return _softened(item).model_copy(update={"marks": parts(item.marks), "fields": parts(item.fields)})
