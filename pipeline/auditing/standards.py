"""Loading standards (归档标准): the folder or file, its modules, what it extends, checked to the line.

A standard is a folder `<id>/` whose `standard.yaml` says what it is, beside any number of YAML files with `modules`
and `checklists`; or, for a small overlay, a single `<id>.yaml`. An office's own folder comes before what ships.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from pipeline.auditing.located import Block, blocks, load_block, refuse
from pipeline.auditing.overlays import apply_changes
from pipeline.auditing.validation import (
    built_item,
    check_checklists,
    check_items,
    check_presumptions,
    check_reachable,
    check_rules,
    validated,
)
from pipeline.errors import StandardError
from schemas.case import Origin
from schemas.standard import Checklist, Deadline, Item, RuleSetting, Standard

_NO_STANDARDS = frozenset({"calendar"})
_HEADER = ("id", "title", "version", "standing", "effective_from", "effective_to", "office_term", "lawyer_term")
_KEYS = frozenset({*_HEADER, "extends", "deadlines", "rules", "presumed", "modules", "checklists", "changes"})


def list_standards(folder: Path | None = None) -> tuple[str, ...]:
    """The ids of all standards that can be loaded, the office's own and those that ship."""
    found = set(_ids(folder)) if folder is not None else set()
    with as_file(files("schemas.standards")) as shipped:
        found.update(_ids(shipped))
    return tuple(sorted(found))


def _ids(folder: Path) -> Iterator[str]:
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.is_dir() and (entry / "standard.yaml").is_file() and entry.name not in _NO_STANDARDS:
            yield entry.name
        elif entry.suffix in (".yaml", ".yml") and entry.is_file() and _is_standard(entry):
            yield entry.stem


def _is_standard(file: Path) -> bool:
    """A YAML file that says `id:` at its top; `materials.yaml` and other lists do not."""
    try:
        return any(line.startswith("id:") for line in file.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError):
        return False


def load_standard(id: str, folder: Path | None = None) -> Standard:  # noqa: A002 - the front door's word
    """The standard `id`, whole: modules put in, what it extends applied. `StandardError` with file and line."""
    draft = _draft(id, folder, ())
    return _finished(draft)


class _Draft:
    """A standard on its way: plain values with places, before the models are built."""

    def __init__(self, header: Block) -> None:
        self.header = header
        self.deadlines: dict[str, Block] = {}
        self.rules: list[Block] = []
        self.presumed: dict[str, Any] = {}
        self.modules: dict[str, Block] = {}
        self.checklists: list[tuple[Block, list[Block]]] = []


def _draft(name: str, folder: Path | None, above: tuple[str, ...]) -> _Draft:
    if name in above:
        raise StandardError(f"标准“{name}”的 extends 循环引用：{' → '.join((*above, name))}。")
    main, others = _files(name, folder)
    header = _header(main, name)
    parent = header.get("extends")
    if parent is not None:
        # A city's overlay may carry the id of what it extends; the parent is then the one that ships.
        draft = _draft(
            str(parent), None if str(parent) == name else folder, () if str(parent) == name else (*above, name)
        )
        draft.header = draft.header.derived(header)
    else:
        draft = _Draft(header)
    given = (header, *(load_block(file) for file in others))
    for block in given:
        _take_modules(draft, block)
    for block in given:
        _take(draft, block)
    return draft


def _files(name: str, folder: Path | None) -> tuple[Path, list[Path]]:
    with as_file(files("schemas.standards")) as shipped:
        for place in (folder, shipped):
            if place is None:
                continue
            main = place / name / "standard.yaml"
            if main.is_file():
                return main, sorted(file for file in (place / name).glob("*.y*ml") if file != main)
            for single in (place / f"{name}.yaml", place / f"{name}.yml"):
                if single.is_file() and _is_standard(single):
                    return single, []
    raise StandardError(
        f"没有名为“{name}”的归档标准。可用的标准：{'、'.join(list_standards(folder))}。请核对设置中的 standard 或者 --standard。"
    )


def _header(main: Path, name: str) -> Block:
    header = load_block(main)
    if header.get("id") != name:
        refuse(header, f"id 应当与文件名一致，为“{name}”", ["id"])
    return header


def _take_modules(draft: _Draft, block: Block) -> None:
    """Modules first: a checklist may use one that stands in a later file."""
    for key in block:
        if key not in _KEYS:
            refuse(block, f"键“{key}”未知，可用的键：{'、'.join(sorted(_KEYS))}", [key])
    _merge(block, "modules", draft.modules)


def _take(draft: _Draft, block: Block) -> None:
    _merge(block, "deadlines", draft.deadlines)
    _merge(block, "presumed", draft.presumed)
    _merge_rules(block, draft.rules)
    for checklist in blocks(block, "checklists"):
        draft.checklists.append((checklist, _items(checklist, draft.modules)))
    for change in blocks(block, "changes"):
        apply_changes(change, draft.checklists)


def _merge(block: Block, key: str, target: dict[str, Any]) -> None:
    given = block.get(key)
    if given is None:
        return
    if not isinstance(given, Block):
        refuse(block, f"“{key}”应当是键值结构", [key])
    for name, value in given.items():
        if key != "presumed" and not isinstance(value, Block):
            refuse(given, f"“{name}”应当是键值结构", [name])
        if key == "modules" and name in target:
            refuse(given, f"模块“{name}”重复", [name])
        target[name] = value


def _merge_rules(block: Block, rules: list[Block]) -> None:
    """A rule of the same name replaces the one below it; `remove: true` switches it off."""
    seen: set[str] = set()
    for rule in blocks(block, "rules"):
        name = str(rule.get("rule"))
        if name in seen:
            refuse(rule, f"规则“{name}”重复", ["rule"])
        seen.add(name)
        place = next((index for index, old in enumerate(rules) if old.get("rule") == name), None)
        if rule.get("remove") is True:
            if place is None:
                refuse(rule, f"要停用的规则“{name}”不存在", ["rule"])
            del rules[place]
        elif place is not None:
            rules[place] = rules[place].derived(rule)
        else:
            rules.append(rule)


def _items(checklist: Block, modules: dict[str, Block]) -> list[Block]:
    """The rows of a checklist: modules put in, defaults and the checklist's norm filled in."""
    norm = checklist.get("norm", "")
    rows: list[Block] = []
    for part in blocks(checklist, "parts"):
        name = part.get("module")
        if name is None:
            rows.append(_with_defaults(part, checklist, norm))
            continue
        if name not in modules:
            refuse(part, f"模块“{name}”不存在", ["module"])
        module = modules[name]
        rows.extend(_with_defaults(row, module, norm) for row in blocks(module, "items"))
    if not rows:
        refuse(checklist, "清单没有任何材料（parts 为空）")
    return rows


def _with_defaults(row: Block, owner: Block, norm: str) -> Block:
    defaults = owner.get("defaults") or {}
    filled = row.derived({key: value for key, value in defaults.items() if key not in row})
    basis = filled.get("basis")
    if isinstance(basis, str):
        filled = filled.derived({"basis": basis.replace("{norm}", norm)})
    for key in ("marks", "fields"):
        parts = filled.get(key)
        if isinstance(parts, list):
            filled = filled.derived({key: [_plain_basis(part, norm) for part in parts]})
    return filled


def _plain_basis(part: Any, norm: str) -> Any:
    if isinstance(part, Block) and isinstance(part.get("basis"), str):
        return part.derived({"basis": part["basis"].replace("{norm}", norm)})
    return part


def _finished(draft: _Draft) -> Standard:
    check_presumptions(draft.header, draft.presumed)
    checklists = tuple(_checklist(block, rows) for block, rows in draft.checklists)
    if not checklists:
        refuse(draft.header, "标准没有任何清单（checklists）")
    check_checklists([(block, rows) for block, rows in draft.checklists], checklists)
    check_reachable(draft.checklists, checklists)
    rules = tuple(validated(RuleSetting, rule, rule) for rule in draft.rules)
    check_rules(draft.rules, rules)
    header = Block(draft.header.file, draft.header.line)
    header.lines.update(draft.header.lines)
    header.update({key: draft.header[key] for key in _HEADER if key in draft.header})
    header["version"] = str(header.get("version", ""))
    header["deadlines"] = {name: validated(Deadline, block, block) for name, block in draft.deadlines.items()}
    header.update({"rules": rules, "presumed": draft.presumed, "checklists": checklists})
    return validated(Standard, header, draft.header)


def _checklist(block: Block, rows: list[Block]) -> Checklist:
    items: list[Item] = [built_item(row, (index + 1) * 10) for index, row in enumerate(rows)]
    check_items(block.get("title"), rows, items)
    values: dict[str, Any] = {
        "kind": block.get("kind"),
        "stages": block.get("stages", [None]),
        "origins": block.get("origins", list(Origin)),
        "title": block.get("title"),
        "items": tuple(items),
    }
    unknown = set(block) - {"kind", "stages", "origins", "title", "norm", "defaults", "parts"}
    if unknown:
        key = min(unknown)
        refuse(block, f"清单中的键“{key}”未知", [key])
    return validated(Checklist, values, block)
