"""The prescribed directory (归档目录) of a standard: it gives every item its slot, its volume and its place."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.auditing.located import Block, blocks, refuse
from pipeline.auditing.norms import Norms, put_in
from pipeline.auditing.suggesting import unknown
from pipeline.auditing.validation import validated
from schemas.materials import OTHER, load_materials
from schemas.report import Standing
from schemas.standard import BoundVolume, Item, Need, Slot

MAIN = "main"
_KEYS = frozenset({"basis", "standing", "source", "slots"})


class Directory(NamedTuple):
    """The slots, and what the directory rests on; no basis: the order is only this program's."""

    slots: tuple[Slot, ...]
    volumes: tuple[BoundVolume, ...]
    basis: str = ""
    standing: Standing = Standing.RECONSTRUCTED
    source: str = ""

    def basis_of(self, slot: Slot) -> str:
        title = next((volume.title for volume in self.volumes if volume.id == slot.volume), "")
        return self.basis.replace("{number}", str(slot.number)).replace("{volume}", title)


def built_directory(
    block: Block | None, volume_blocks: list[Block], keys: frozenset[str], norms: Norms
) -> Directory | None:
    """The directory, checked; None where there is none. `keys` are those of the standard's items."""
    volumes = tuple(validated(BoundVolume, volume, volume) for volume in volume_blocks)
    _check_volumes(volume_blocks, volumes)
    rows = list(blocks(block, "slots")) if block is not None else []
    if block is None or not rows:
        return None
    for key in block:
        if key not in _KEYS:
            refuse(block, f"归档目录中的键“{key}”未知，可用的键：{'、'.join(sorted(_KEYS))}", [key])
    known = {volume.id for volume in volumes} or {MAIN}
    slots = tuple(_slot(row, known, keys) for row in rows)
    _check_numbers(rows, slots)
    words = norms | {"number": "{number}", "volume": "{volume}"}
    basis = put_in(str(block.get("basis") or ""), words, block, "basis")
    if block.get("standing") == Standing.OFFICIAL and not (basis and block.get("source")):
        refuse(block, "归档目录注明为规范原文（official）的，应当写明依据（basis）和来源（source）", ["standing"])
    standing = Standing(block.get("standing") or Standing.RECONSTRUCTED)
    return Directory(slots, volumes, basis, standing, str(block.get("source") or ""))


def _check_volumes(rows: list[Block], volumes: tuple[BoundVolume, ...]) -> None:
    for index, volume in enumerate(volumes):
        if volume.id in {other.id for other in volumes[:index]}:
            refuse(rows[index], f"分卷“{volume.id}”重复", ["id"])


def _slot(row: Block, volumes: set[str], keys: frozenset[str]) -> Slot:
    slot = validated(Slot, row, row)
    known = {*load_materials(), OTHER, *keys}
    for name in ("materials", "also"):
        for material in getattr(slot, name):
            if material not in known:
                refuse(row, unknown("归档目录中的材料", material, known), [name])
    if slot.volume not in volumes and volumes != {MAIN}:
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
    found = []
    for index, (row, item) in enumerate(zip(rows, items, strict=True)):
        if "order" in row:
            refuse(row, "次序由归档目录（directory）决定，请勿另写 order", ["order"])
        place, rank = _place(item, directory)
        if place is None:
            refuse(
                row, f"项目“{item.key}”在归档目录（directory）中没有位置，请列入某一项，或者设一项 rest: true", ["key"]
            )
        found.append(((place, rank, index), item))
    ordered = sorted(found, key=lambda entry: entry[0])
    return [_in_slot(item, place, number, directory) for number, ((place, _, _), item) in enumerate(ordered, start=1)]


def _place(item: Item, directory: Directory) -> tuple[int | None, int]:
    """Index of the item's slot and its rank therein."""
    for name in (item.key, item.materials[0]):
        for index, slot in enumerate(directory.slots):
            names = (*slot.materials, *slot.also)
            if name in names:
                return index, names.index(name)
    rest = next((index for index, slot in enumerate(directory.slots) if slot.rest), None)
    return rest, len(load_materials())


def _in_slot(item: Item, place: int, number: int, directory: Directory) -> Item:
    slot = directory.slots[place]
    changes: dict[str, object] = {"slot": place + 1, "volume": slot.volume, "order": number * 10}
    named = item.key in slot.materials or item.materials[0] in slot.materials
    if named and directory.basis and not slot.unlisted and item.need is not Need.FORBIDDEN:
        changes.update(_ground(item, slot, directory))
    return item.model_copy(update=changes)


def _ground(item: Item, slot: Slot, directory: Directory) -> dict[str, object]:
    """What the item rests on, now that the directory names its paper.

    The directory alone, where it was read and the item's own ground was not: it says that the paper belongs in the
    file. It says nothing about conditions, signatures and seals, which keep their own ground.
    """
    basis = directory.basis_of(slot)
    if (
        directory.standing is Standing.OFFICIAL
        and item.standing is Standing.RECONSTRUCTED
        and item.need is Need.REQUIRED
    ):
        bearing = {"basis": item.basis, "standing": item.standing}
        return {
            "basis": basis,
            "standing": Standing.OFFICIAL,
            "source": directory.source,
            "marks": tuple(mark if mark.basis else mark.model_copy(update=bearing) for mark in item.marks),
            "fields": tuple(field if field.basis else field.model_copy(update=bearing) for field in item.fields),
        }
    return {"basis": f"{item.basis}；{basis}"}
