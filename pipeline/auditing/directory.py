"""The prescribed directory (归档目录) of a standard: it gives every item its slot, its volume and its place."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.auditing.located import Block, blocks, refuse
from pipeline.auditing.norms import Norms, put_in
from pipeline.auditing.suggesting import unknown
from pipeline.auditing.validation import validated
from schemas.base import Frozen
from schemas.case import Kind
from schemas.materials import OTHER, load_materials
from schemas.report import Standing
from schemas.standard import BoundVolume, Item, Need, Slot

MAIN = "main"
_KEYS = frozenset({"basis", "standing", "source", "kinds", "slots", "order"})
_REST = "*"
"""In an `order`: whatever is not named."""


class Directory(NamedTuple):
    """The slots, and what they rest on. `printed` is false for a mere order of papers, which has no lines or numbers."""

    slots: tuple[Slot, ...]
    volumes: tuple[BoundVolume, ...]
    printed: bool
    kinds: frozenset[str] = frozenset(Kind)
    """The kinds of case that it is for; the lists of others keep their own order."""
    basis: str = ""
    standing: Standing = Standing.RECONSTRUCTED
    source: str = ""

    def basis_of(self, slot: Slot) -> str:
        title = next((volume.title for volume in self.volumes if volume.id == slot.volume), "")
        return (slot.basis or self.basis).replace("{number}", str(slot.number)).replace("{volume}", title)


def built_directory(
    block: Block | None, volume_blocks: list[Block], keys: frozenset[str], norms: Norms
) -> Directory | None:
    """The directory, checked; None where there is none. `keys` are those of the standard's items."""
    volumes = tuple(validated(BoundVolume, volume, volume) for volume in volume_blocks)
    _check_volumes(volume_blocks, volumes)
    if block is None:
        return None
    for key in block:
        if key not in _KEYS:
            refuse(block, unknown("归档目录中的键", key, _KEYS), [key])
    rows = [*blocks(block, "slots")] or _order_rows(block, volumes)
    if not rows:
        return None
    slots = tuple(_slot(row, {volume.id for volume in volumes} or {MAIN}, keys, norms) for row in rows)
    printed = "slots" in block
    if printed:
        _check_numbers(rows, slots)
    basis = put_in(str(block.get("basis") or ""), norms | _OWN_WORDS, block, "basis")
    standing = validated(_Standing, {"standing": block.get("standing") or Standing.RECONSTRUCTED}, block).standing
    if standing is Standing.OFFICIAL and not (basis and block.get("source")):
        refuse(block, "归档目录注明为规范原文（official）的，应当写明依据（basis）和来源（source）", ["standing"])
    return Directory(slots, volumes, printed, _kinds(block), basis, standing, str(block.get("source") or ""))


def _kinds(block: Block) -> frozenset[str]:
    given = block.get("kinds")
    for kind in given or ():
        if kind not in set(Kind):
            refuse(block, unknown("案件类别", kind, Kind), ["kinds"])
    return frozenset(Kind) if given is None else frozenset(str(kind) for kind in given)


class _Standing(Frozen):
    standing: Standing


_OWN_WORDS = {"number": "{number}", "volume": "{volume}"}


def _order_rows(block: Block, volumes: tuple[BoundVolume, ...]) -> list[Block]:
    """An `order` of papers, for the whole file or for each volume, as slots of one paper each."""
    order = block.get("order")
    parts = order if isinstance(order, Block) else {volumes[0].id if volumes else MAIN: order}
    rows = []
    for volume, names in parts.items():
        if names is not None and not isinstance(names, list):
            refuse(block, "归档次序（order）应当是列表", ["order"])
        for name in names or ():
            row = Block(block.file, block.line_of(["order"]))
            row.update({"volume": volume} | ({"rest": True} if name == _REST else {"materials": [name]}))
            rows.append(row)
    return rows


def _check_volumes(rows: list[Block], volumes: tuple[BoundVolume, ...]) -> None:
    for index, volume in enumerate(volumes):
        if volume.id in {other.id for other in volumes[:index]}:
            refuse(rows[index], f"分卷“{volume.id}”重复", ["id"])


def _slot(row: Block, volumes: set[str], keys: frozenset[str], norms: Norms) -> Slot:
    slot = validated(Slot, row, row)
    slot = slot.model_copy(update={"basis": put_in(slot.basis, norms | _OWN_WORDS, row, "basis")})
    known = {*load_materials(), OTHER, *keys}
    for name in ("materials", "also"):
        for material in getattr(slot, name):
            if material not in known:
                refuse(row, unknown("归档目录中的材料", material, known), [name])
    if slot.volume not in volumes:
        refuse(row, unknown("分卷", slot.volume, volumes), ["volume"])
    return slot


def _check_numbers(rows: list[Block], slots: tuple[Slot, ...]) -> None:
    seen: set[tuple[str, int]] = set()
    for row, slot in zip(rows, slots, strict=True):
        if slot.unlisted:
            continue
        if slot.number < 1:
            refuse(row, "归档目录的项目没有序号（number）", ["number"])
        if (slot.volume, slot.number) in seen:
            refuse(row, f"归档目录第{slot.number}项重复", ["number"])
        seen.add((slot.volume, slot.number))


def placed(rows: list[Block], items: list[Item], directory: Directory) -> list[Item]:
    """The items in the directory's order; within a slot, in its materials' order, then as they came."""
    places = _places(directory)
    found = []
    for index, (row, item) in enumerate(zip(rows, items, strict=True)):
        if "order" in row:
            refuse(row, "次序由归档目录（directory）决定，请勿另写 order", ["order"])
        place, rank = places.get(item.key) or places.get(item.materials[0]) or places.get(_REST) or (None, 0)
        if place is None:
            refuse(
                row, f"项目“{item.key}”在归档目录（directory）中没有位置，请列入某一项，或者设一项 rest: true", ["key"]
            )
        found.append(((place, rank, index), item))
    ordered = sorted(found, key=lambda entry: entry[0])
    return [_in_slot(item, place, number, directory) for number, ((place, _, _), item) in enumerate(ordered, start=1)]


def _places(directory: Directory) -> dict[str, tuple[int, int]]:
    """Name to the index of the first slot that has it, and its rank therein."""
    places: dict[str, tuple[int, int]] = {}
    for index, slot in enumerate(directory.slots):
        for rank, name in enumerate((*slot.materials, *slot.also)):
            places.setdefault(name, (index, rank))
        if slot.rest:
            places.setdefault(_REST, (index, len(load_materials())))
    return places


def _in_slot(item: Item, place: int, number: int, directory: Directory) -> Item:
    slot = directory.slots[place]
    changes: dict[str, object] = {"volume": slot.volume, "order": number * 10}
    if directory.printed:
        changes["slot"] = place + 1
    return item.model_copy(update=changes)


def grounded_in(item: Item, directory: Directory) -> Item:
    """The item with the directory as its ground, where the directory names its paper."""
    if item.slot is None or item.need is Need.FORBIDDEN:
        return item
    slot = directory.slots[item.slot - 1]
    named = item.key in slot.materials or item.materials[0] in slot.materials
    if not named or slot.unlisted or not directory.basis_of(slot):
        return item
    return item.model_copy(update=_ground(item, slot, directory))


def _ground(item: Item, slot: Slot, directory: Directory) -> dict[str, object]:
    """What the item rests on, now that the directory names its paper.

    The directory alone, where it was read and the item's own ground was not: it says that the paper belongs in the
    file. It says nothing about conditions, signatures and seals, which keep their own ground.
    """
    basis = directory.basis_of(slot)
    bearing = {"basis": item.basis}
    own: dict[str, object] = {
        "marks": tuple(mark if mark.basis else mark.model_copy(update=bearing) for mark in item.marks),
        "fields": tuple(field if field.basis else field.model_copy(update=bearing) for field in item.fields),
    }
    read = (slot.standing or directory.standing) is Standing.OFFICIAL
    if read and item.standing is Standing.RECONSTRUCTED and item.need is Need.REQUIRED:
        return {**own, "basis": basis, "standing": Standing.OFFICIAL, "source": slot.source or directory.source}
    return {**own, "basis": f"{item.basis}；{basis}"}
