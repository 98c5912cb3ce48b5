"""Which checklist a case is held against, and what is still open about that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar

from pipeline.auditing.conditions import names, parse
from schemas.case import CaseFacts, Kind, Origin, Stage
from schemas.standard import Checklist, Item, Standard

Named = TypeVar("Named", Kind, Stage, Origin)


@dataclass(frozen=True)
class Selection:
    """The checklists that fit. With several, what they share is certain and the rest hangs on `open`."""

    kind: Kind | None
    stage: Stage | None
    origin: Origin | None
    fitting: tuple[Checklist, ...]
    open: tuple[str, ...] = ()
    """The facts that could not be decided: `kind`, `stage`, `origin`."""
    presumed: tuple[str, ...] = ()
    """Those of `open` for which the papers make one value likely; `fitting` is narrowed to it."""
    unsure: frozenset[str] = frozenset()
    """Keys of items that not every possible checklist has."""
    closed: bool = True
    """Whether the kind is certain, or surely one of those in `fitting`."""

    @property
    def scope(self) -> str:
        """`<kind>.<stage>` for a finding's rule; `case` where the kind is unknown."""
        if not self.fitting:
            return "case" if self.kind is None else self.kind.value
        kind = self.fitting[0].kind.value
        if self.stage is not None:
            return f"{kind}.{self.stage.value}"
        stages = {stage for checklist in self.fitting for stage in checklist.stages}
        only = next(iter(stages)) if len(stages) == 1 else None
        return f"{kind}.{only.value}" if only is not None else kind


def select(standard: Standard, facts: CaseFacts) -> Selection:
    """The checklists for what is known, narrowed by what is likely."""
    kind = _named(Kind, facts.certain("kind"))
    stage = _named(Stage, facts.certain("stage"))
    origin = _named(Origin, facts.certain("origin"))
    kinds = _kinds(facts)
    possible = [
        checklist for each in kinds for checklist in _known(_of_kind(standard, each), stage=stage, origin=origin)
    ]
    open_facts: tuple[str, ...] = ("kind",) if kind is None else ()
    narrowed, presumed = possible, list(open_facts if kinds else ())
    if stage is None and _several(possible, "stages"):
        open_facts += ("stage",)
        narrowed = _narrowed(narrowed, _by_stage(narrowed, _named(Stage, facts.likely("stage"))), "stage", presumed)
    if origin is None and _several(possible, "origins"):
        open_facts += ("origin",)
        narrowed = _narrowed(narrowed, _by_origin(narrowed, _named(Origin, facts.likely("origin"))), "origin", presumed)
    closed = kind is not None or len(kinds) > 1
    return Selection(
        kind=kind,
        stage=stage,
        origin=origin,
        fitting=tuple(narrowed),
        open=open_facts,
        presumed=tuple(presumed),
        unsure=_unsure(possible, open_facts, closed=closed),
        closed=closed,
    )


def _kinds(facts: CaseFacts) -> list[Kind]:
    """The kinds that the case may be of, the likeliest first."""
    fact = facts.facts.get("kind")
    if fact is None:
        return []
    named = [_named(Kind, value) for value in (fact.value, *fact.rivals)]
    return [kind for kind in named if kind is not None]


def _of_kind(standard: Standard, kind: Kind) -> list[Checklist]:
    return [checklist for checklist in standard.checklists if checklist.kind is kind]


def _known(checklists: list[Checklist], *, stage: Stage | None, origin: Origin | None) -> list[Checklist]:
    checklists = _by_stage(checklists, stage) or checklists
    return _by_origin(checklists, origin) or checklists


def _several(checklists: list[Checklist], what: Literal["stages", "origins"]) -> bool:
    """Whether some kind has more than one checklist by stage or by origin."""
    kinds = {checklist.kind for checklist in checklists}
    return any(len({getattr(each, what) for each in checklists if each.kind is kind}) > 1 for kind in kinds)


def _named(enum: type[Named], value: str | bool | None) -> Named | None:
    return enum(value) if isinstance(value, str) and value in {member.value for member in enum} else None


def _by_stage(checklists: list[Checklist], stage: Stage | None) -> list[Checklist]:
    if stage is None:
        return checklists
    return [checklist for checklist in checklists if checklist.stages == (None,) or stage in checklist.stages]


def _by_origin(checklists: list[Checklist], origin: Origin | None) -> list[Checklist]:
    if origin is None:
        return checklists
    return [checklist for checklist in checklists if origin in checklist.origins]


def _narrowed(before: list[Checklist], after: list[Checklist], name: str, presumed: list[str]) -> list[Checklist]:
    """The narrower list, and a note that something likely narrowed it; the wider one where nothing is left."""
    if after and len(after) < len(before):
        presumed.append(name)
        return after
    return before


def _unsure(checklists: list[Checklist], open_facts: tuple[str, ...], *, closed: bool) -> frozenset[str]:
    """Items that not every checklist has, and those whose conditions ask for what is open."""
    keys = [frozenset(item.key for item in checklist.items) for checklist in checklists]
    if not keys:
        return frozenset()
    union: frozenset[str] = frozenset().union(*keys)
    if not closed:
        return union
    asking = {item.key for checklist in checklists for item in checklist.items if _asks(item, open_facts)}
    return union - keys[0].intersection(*keys[1:]) | asking | _differing(checklists)


def _differing(checklists: list[Checklist]) -> set[str]:
    """Items that one checklist demands and another does not, under another condition, or contented with other papers."""
    demands: dict[str, set[tuple[object, ...]]] = {}
    for checklist in checklists:
        for item in checklist.items:
            accepted = tuple((each.material, each.contains) for each in item.substitutes)
            demand = (item.need, item.when, item.unless, item.contains, frozenset(item.materials), accepted)
            demands.setdefault(item.key, set()).add(demand)
    return {key for key, found in demands.items() if len(found) > 1}


def _asks(item: Item, open_facts: tuple[str, ...]) -> bool:
    texts = [text for text in (item.when, item.unless) if text is not None]
    return any(name in open_facts for text in texts for name in names(parse(text)))
