"""From the drafted rows of a standard to its models: norms put in, names looked up, places given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.auditing.directory import MAIN, Directory, built_directory, grounded_in, placed
from pipeline.auditing.located import Block, refuse
from pipeline.auditing.norms import Norms, put_in, worded
from pipeline.auditing.suggesting import unknown
from pipeline.auditing.validation import (
    built_item,
    check_checklists,
    check_deadlines,
    check_items,
    check_presumptions,
    check_reachable,
    check_rules,
    fitted,
    fixed_facts,
    validated,
)
from schemas.case import Origin
from schemas.standard import Checklist, Deadline, Item, Note, RuleSetting, Standard

HEADER_KEYS = (
    "id", "title", "version", "standing", "effective_from", "effective_to", "office_term", "lawyer_term", "binding",
)  # fmt: skip
_CHECKLIST_KEYS = frozenset({"kind", "stages", "origins", "title", "norm", "defaults", "parts"})


class Draft:
    """A standard on its way: plain values with places, before the models are built."""

    def __init__(self, header: Block) -> None:
        self.header = header
        self.norms: dict[str, Any] = {}
        self.norms_at: dict[Path, dict[str, Any]] = {}
        """The norms as they were called where each file was written: what a source cites does not change."""
        self.own_files: frozenset[Path] = frozenset()
        self.deadlines: dict[str, Block] = {}
        self.rules: list[Block] = []
        self.presumed: dict[str, Any] = {}
        self.modules: dict[str, Block] = {}
        self.module_rows: dict[str, list[Block]] = {}
        self.volumes: list[Block] = []
        self.directory: Block | None = None
        self.notes: list[Block] = []
        self.checklists: list[tuple[Block, list[Block]]] = []


def built(draft: Draft) -> Standard:
    """The standard that the draft says, everything in it checked."""
    norms = _norms(draft)
    check_presumptions(draft.header, draft.presumed)
    if not draft.checklists:
        refuse(draft.header, "标准没有任何清单（checklists）")
    keys = frozenset(str(row.get("key")) for _, rows in draft.checklists for row in rows)
    directory = built_directory(draft.directory, draft.volumes, keys, norms)
    maker = _Maker(norms, directory, _Sources(draft))
    made = [maker.checklist(block, rows) for block, rows in draft.checklists]
    check_checklists(draft.checklists, tuple(checklist for checklist, _ in made))
    check_reachable(made)
    checklists = tuple(_fitted(checklist, directory) for checklist, _ in made)
    deadlines = [(name, worded(block, norms)) for name, block in draft.deadlines.items()]
    rule_blocks = [worded(rule, norms) for rule in draft.rules]
    rules = tuple(validated(RuleSetting, rule, rule) for rule in rule_blocks)
    check_deadlines(draft.header, dict(deadlines))
    check_rules(rule_blocks, rules, checklists, dict(deadlines))
    header = Block(draft.header.file, draft.header.line)
    header.lines.update(draft.header.lines)
    header.update({key: draft.header[key] for key in HEADER_KEYS if key in draft.header})
    header["version"] = str(header.get("version", ""))
    header["deadlines"] = {name: validated(Deadline, block, block) for name, block in deadlines}
    header["notes"] = tuple(validated(Note, note, note) for note in (worded(note, norms) for note in draft.notes))
    header.update({"rules": rules, "presumed": draft.presumed, "checklists": checklists})
    if directory is not None:
        header.update({"volumes": directory.volumes, "slots": directory.slots if directory.printed else ()})
    return validated(Standard, header, draft.header)


def _fitted(checklist: Checklist, directory: Directory | None) -> Checklist:
    """The checklist with its items' conditions weighed against its own kind, stages and origins."""
    case = fixed_facts(checklist)
    items = tuple(fitted(item, case) for item in checklist.items)
    grounded = items if directory is None else tuple(grounded_in(item, directory) for item in items)
    return checklist.model_copy(update={"items": grounded})


def _norms(draft: Draft) -> Norms:
    for name, text in draft.norms.items():
        if not isinstance(text, str):
            refuse(draft.header, f"norms 中的“{name}”应当是文字", ["norms", name])
    return dict(draft.norms)


class _Sources:
    """Where items come from: the norms as the file that wrote them calls them, and a word where they are inherited."""

    def __init__(self, draft: Draft) -> None:
        self._norms_at = draft.norms_at
        self._own = draft.own_files
        self._inherited = str(draft.header.get("inherited") or "{source}")

    def stated(self, row: Block, checklist: Block) -> Block:
        source = row.get("source")
        if not isinstance(source, str):
            return row
        norms = self._norms_at.get(row.origin, {})
        norm = put_in(str(checklist.get("norm", "")), norms, row, "source") if norms else ""
        text = put_in(source, {**norms, "norm": norm}, row, "source")
        return row.derived({"source": text if row.origin in self._own else self._inherited.replace("{source}", text)})


class _Maker:
    """Makes checklists; a module's row that several of them share is checked once."""

    def __init__(self, norms: Norms, directory: Directory | None, sources: _Sources) -> None:
        self._norms = norms
        self._directory = directory
        self._sources = sources
        self._items: dict[tuple[int, str], tuple[Block, Item]] = {}

    def checklist(self, block: Block, rows: list[Block]) -> tuple[Checklist, list[Block]]:
        """The checklist and its rows, in the same order."""
        for key in sorted(set(block) - _CHECKLIST_KEYS):
            refuse(block, unknown("清单中的键", key, _CHECKLIST_KEYS), [key])
        made = [self._item(row, block) for row in rows]
        own_rows, items = [row for row, _ in made], [item for _, item in made]
        check_items(block.get("title"), own_rows, items)
        ordered = self._ordered(block, own_rows, items)
        by_key = {item.key: row for row, item in zip(own_rows, items, strict=True)}
        values: dict[str, Any] = {
            "kind": block.get("kind"),
            "stages": block.get("stages", [None]),
            "origins": block.get("origins", list(Origin)),
            "title": block.get("title"),
            "items": tuple(ordered),
        }
        return validated(Checklist, values, block), [by_key[item.key] for item in ordered]

    def _item(self, row: Block, checklist: Block) -> tuple[Block, Item]:
        norm = str(checklist.get("norm", ""))
        known = self._items.get((id(row), norm))
        if known is None:
            norms = {**self._norms, "norm": put_in(norm, self._norms, checklist, "norm")}
            own = worded(self._sources.stated(row, checklist), norms)
            known = self._items[id(row), norm] = (own, built_item(own))
        return known

    def _ordered(self, block: Block, rows: list[Block], items: list[Item]) -> list[Item]:
        """By the directory; without one, by the `order` that rows give, else as they stand."""
        if self._directory is not None and block.get("kind") in self._directory.kinds:
            return placed(rows, items, self._directory)
        numbered = [
            item if "order" in row else item.model_copy(update={"order": index * 10})
            for index, (row, item) in enumerate(zip(rows, items, strict=True), start=1)
        ]
        for index, item in enumerate(numbered):
            if any(item.order == other.order for other in numbered[:index]):
                refuse(rows[index], f"清单“{block.get('title')}”中次序“{item.order}”重复", ["order"])
            if item.volume != MAIN:
                refuse(rows[index], f"分卷“{item.volume}”未知：标准没有归档目录（directory）", ["volume"])
        return sorted(numbered, key=lambda item: item.order)
