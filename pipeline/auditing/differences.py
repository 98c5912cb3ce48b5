"""What a change from one standard to another means (标准比对), in plain words, said once for all cases it concerns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.auditing.item_changes import DIRECTION_TITLES, Change, Direction, added, changed, named, removed
from pipeline.auditing.setting_changes import setting_changes
from schemas.base import Frozen
from schemas.case import KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES, Kind, Origin, Stage
from schemas.standard import Checklist, Item, Standard

EVERYWHERE = "各类案件"
_PAPER = "\0"
"""Stands for a paper's name while sentences are compared."""
_MANY_MOVES = 8
"""More moves than these are another order, and no list of moves makes it plainer."""
_MANY_PARTS = 4
"""From more parts on, the exceptions are named instead, where they are fewer."""


_GROUND = re.compile(r"(“[^”]+”|[^“”《》]+)的依据(?:中，由|状态由|由)")


class Difference(Frozen):
    """Changes of one direction that concern the same cases."""

    direction: str
    """e.g. `要求加严`."""
    scope: str
    """The cases, e.g. `刑事辩护一审阶段`."""
    texts: tuple[str, ...]


class Cell(NamedTuple):
    """One kind of case at one stage from one origin: what a checklist is looked up by."""

    kind: Kind
    stage: Stage | None
    origin: Origin


class _Told(NamedTuple):
    """A change, and the paper that it is about; empty where it is about none."""

    change: Change
    paper: str = ""


def differences(old: Standard, new: Standard) -> tuple[Difference, ...]:
    """Everything that changes from `old` to `new`: what is stricter first, then what is laxer, then the rest."""
    before, after = _cells(old), _cells(new)
    shared = [cell for cell in before if cell in after]
    found: dict[_Told, list[Cell]] = {}
    for cell in shared:
        for told in _checklist_changes(old, new, before[cell], after[cell]):
            found.setdefault(told, []).append(cell)
    entries = [(told, scope_words(cells, shared)) for told, cells in found.items()]
    entries += [(_Told(change), EVERYWHERE) for change in setting_changes(old, new)]
    entries += [(_Told(change), scope) for change, scope in _coverage(before, after)]
    grouped: dict[tuple[Direction, str], list[_Told]] = {}
    for told, scope in entries:
        grouped.setdefault((told.change.direction, scope), []).append(told)
    order = sorted(grouped, key=lambda key: (key[0], key[1] != EVERYWHERE))
    return tuple(
        Difference(direction=DIRECTION_TITLES[direction], scope=scope, texts=_said_once(grouped[direction, scope]))
        for direction, scope in order
    )


def _said_once(group: list[_Told]) -> tuple[str, ...]:
    """One sentence for all papers of which the same is said."""
    papers: dict[str, list[str]] = {}
    for told in group:
        paper = told.paper or _grounded(told.change.text)
        pattern = told.change.text.replace(paper, _PAPER) if paper else told.change.text
        papers.setdefault(pattern, []).append(paper)
    return tuple(pattern.replace(_PAPER, "".join(dict.fromkeys(names))) for pattern, names in papers.items())


def _grounded(text: str) -> str:
    """The rule or term whose ground a sentence is about; empty for any other sentence."""
    match = _GROUND.match(text)
    return match.group(1) if match is not None else ""


def _cells(standard: Standard) -> dict[Cell, Checklist]:
    return {
        Cell(checklist.kind, stage, origin): checklist
        for checklist in standard.checklists
        for stage in checklist.stages
        for origin in checklist.origins
    }


def _coverage(before: dict[Cell, Checklist], after: dict[Cell, Checklist]) -> Iterator[tuple[Change, str]]:
    gained, lost = [cell for cell in after if cell not in before], [cell for cell in before if cell not in after]
    if gained:
        change = Change(Direction.OTHER, "新增清单，此类案件可以自动审查。")
        yield change, scope_words(gained, list(after))
    if lost:
        change = Change(Direction.OTHER, "不再有清单，此类案件不能自动逐项审查。")
        yield change, scope_words(lost, list(before))


def _checklist_changes(old: Standard, new: Standard, before: Checklist, after: Checklist) -> Iterator[_Told]:
    old_items = {item.key: item for item in before.items}
    new_items = {item.key: item for item in after.items}
    yield from (_Told(added(item), named(item)) for key, item in new_items.items() if key not in old_items)
    yield from (_Told(removed(item), named(item)) for key, item in old_items.items() if key not in new_items)
    for key, item in new_items.items():
        if key in old_items:
            was = old_items[key]
            for change in changed(was, item, (old.volume_title(was), new.volume_title(item))):
                yield _Told(change, named(item))
    moves = tuple(_moves(old_items, new_items))
    if moves and (old.volumes, old.slots) != (new.volumes, new.slots):
        yield _Told(Change(Direction.ORDER, "材料的次序随分卷、归档目录调整，请对照新的材料清单。"))
    else:
        yield from (_Told(change) for change in moves)


def _moves(old_items: dict[str, Item], new_items: dict[str, Item]) -> Iterator[Change]:
    """The fewest items that must have moved, each with the one that it now follows."""
    was = sorted((key for key in old_items if key in new_items), key=lambda key: old_items[key].order)
    now = sorted(was, key=lambda key: new_items[key].order)
    rank = {key: index for index, key in enumerate(was)}
    stayed = {now[index] for index in _longest_rise([rank[key] for key in now])}
    if len(now) - len(stayed) > _MANY_MOVES:
        yield Change(Direction.ORDER, "材料的次序有较大变动，请对照新的材料清单。")
        return
    for index, key in enumerate(now):
        if key not in stayed:
            place = f"移至{named(new_items[now[index - 1]])}之后" if index else "移至最前"
            yield Change(Direction.ORDER, f"{named(new_items[key])}{place}。")


def _longest_rise(ranks: list[int]) -> list[int]:
    """Indexes of a longest increasing run."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for index, rank in enumerate(ranks):
        place = bisect_left(tails, rank)
        back.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(rank)
            ends.append(index)
        else:
            tails[place], ends[place] = rank, index
    run: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(index)
        index = back[index]
    return run[::-1]


def scope_words(cells: Iterable[Cell], all_cells: list[Cell]) -> str:
    """The cells in as few words as they can be told: all, some, or all but a few."""
    chosen = set(cells)
    if chosen >= set(all_cells):
        return EVERYWHERE
    parts = list(_parts(chosen, all_cells))
    rest = list(_parts(set(all_cells) - chosen, all_cells))
    if len(parts) > _MANY_PARTS and len(rest) < len(parts):
        return f"除{'、'.join(rest)}以外的各类案件"
    return "、".join(parts)


def _parts(chosen: set[Cell], all_cells: list[Cell]) -> Iterator[str]:
    for kind in dict.fromkeys(cell.kind for cell in all_cells):
        own = [cell for cell in all_cells if cell.kind is kind]
        if chosen >= set(own):
            yield KIND_TITLES[kind]
            continue
        mine = {cell for cell in own if cell in chosen}
        if mine:
            yield from _stages(mine, own)


def _stages(mine: set[Cell], own: list[Cell]) -> Iterator[str]:
    kind = own[0].kind
    origins = {
        origin: {cell for cell in own if cell.origin is origin} for origin in dict.fromkeys(c.origin for c in own)
    }
    whole = [origin for origin, cells in origins.items() if cells <= mine]
    if mine == set().union(*(origins[origin] for origin in whole)):
        yield f"{KIND_TITLES[kind]}（{'、'.join(ORIGIN_TITLES[origin] for origin in whole)}）"
        return
    by_origins: dict[tuple[Origin, ...] | None, list[Stage | None]] = {}
    for stage in dict.fromkeys(cell.stage for cell in own):
        at_stage = [cell for cell in own if cell.stage is stage]
        here = tuple(cell.origin for cell in at_stage if cell in mine)
        if here:
            by_origins.setdefault(None if len(here) == len(at_stage) else here, []).append(stage)
    for some, stages in by_origins.items():
        title = KIND_TITLES[kind] + _stage_words(stages)
        yield title if some is None else f"{title}（{'、'.join(ORIGIN_TITLES[origin] for origin in some)}）"


def _stage_words(stages: list[Stage | None]) -> str:
    """`一审、二审阶段`."""
    titles = [STAGE_TITLES[stage].removesuffix("阶段") for stage in stages if stage is not None]
    return f"{'、'.join(titles)}阶段" if titles else ""
