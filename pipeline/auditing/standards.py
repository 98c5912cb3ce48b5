"""Loading standards (归档标准): the folder or file, its modules, what it extends, checked to the line.

A standard is a folder `<id>/` whose `standard.yaml` says what it is, beside any number of YAML files with `modules`
and `checklists`; or, for a small overlay, a single `<id>.yaml`. An office's own folder comes before what ships.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from pipeline.auditing.building import HEADER_KEYS, Draft, built
from pipeline.auditing.located import Block, blocks, load_block, refuse
from pipeline.auditing.overlays import apply_changes
from pipeline.auditing.suggesting import unknown
from pipeline.errors import StandardError
from schemas.standard import Standard

_NO_STANDARDS = frozenset({"calendar"})
_KEYS = frozenset(
    {*HEADER_KEYS, "extends", "inherited", "norms", "deadlines", "volumes", "directory", "notes", "rules", "presumed", "modules",
     "checklists", "changes"}
)  # fmt: skip


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
        return any(line.startswith("id:") for line in file.read_text(encoding="utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError):
        return False


def load_standard(id: str, folder: Path | None = None) -> Standard:  # noqa: A002 - the front door's word
    """The standard `id`, whole: modules put in, what it extends applied. `StandardError` with file and line."""
    main, others = _files(id, folder)
    return built(_draft(id, main, others, folder, ()))


def _draft(name: str, main: Path, others: list[Path], folder: Path | None, above: tuple[str, ...]) -> Draft:
    header = _header(main, name)
    parent = header.get("extends")
    draft = Draft(header) if parent is None else _extended(header, name, str(parent), folder, above)
    given = (header, *(load_block(file) for file in others))
    for block in given:
        _take_modules(draft, block)
    for block in given:
        _take(draft, block)
    draft.own_files = frozenset(block.file for block in given)
    draft.norms_at.update({file: dict(draft.norms) for file in draft.own_files})
    return draft


def _extended(header: Block, name: str, parent: str, folder: Path | None, above: tuple[str, ...]) -> Draft:
    """What `header` extends, with its own header on top.

    A city's overlay may carry the id of what it extends; the parent is then the one that ships.
    """
    own = parent == name
    if parent in above:
        refuse(header, f"extends 循环引用：{' → '.join((*above, name, parent))}", ["extends"])
    try:
        main, others = _files(parent, None if own else folder)
    except StandardError as error:
        refuse(header, f"所继承的标准不可用：{error.message.rstrip('。')}", ["extends"])
    draft = _draft(parent, main, others, None if own else folder, () if own else (*above, name))
    draft.header = draft.header.overlaid(header)
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
                if single.is_file():
                    _check_header(single)
                    return single, []
    raise StandardError(
        f"没有名为“{name}”的归档标准。可用的标准：{'、'.join(list_standards(folder))}。请核对设置中的 standard 或者 --standard。"
    )


def _check_header(single: Path) -> None:
    """Refuses a file that someone names and that is no standard: a slip in its first lines, or another list."""
    load_block(single)
    if not _is_standard(single):
        raise StandardError(f"{single}第1行：不是归档标准，开头应当写明 id、title、version、standing。")


def _header(main: Path, name: str) -> Block:
    header = load_block(main)
    if header.get("id") != name:
        refuse(header, f"id 应当与文件名一致，为“{name}”", ["id"])
    return header


def _take_modules(draft: Draft, block: Block) -> None:
    """Modules first: a checklist may use one that stands in a later file."""
    for key in block:
        if key not in _KEYS:
            refuse(block, f"键“{key}”未知，可用的键：{'、'.join(sorted(_KEYS))}", [key])
    _merge(block, "modules", draft.modules)


def _take(draft: Draft, block: Block) -> None:
    _merge(block, "deadlines", draft.deadlines)
    _merge(block, "presumed", draft.presumed)
    _merge(block, "norms", draft.norms)
    _merge_rules(block, draft.rules)
    if "volumes" in block:
        draft.volumes = list(blocks(block, "volumes"))
    if "directory" in block:
        draft.directory = _directory(block)
    draft.notes.extend(blocks(block, "notes"))
    for checklist in blocks(block, "checklists"):
        draft.checklists.append((checklist, _rows(checklist, draft)))
    for change in blocks(block, "changes"):
        apply_changes(change, draft.checklists)


def _directory(block: Block) -> Block:
    directory = block["directory"]
    if not isinstance(directory, Block):
        refuse(block, "“directory”应当是键值结构", ["directory"])
    return directory


_PLAIN = frozenset({"presumed", "norms"})
"""Sections that give each name a plain value."""


def _merge(block: Block, key: str, target: dict[str, Any]) -> None:
    given = block.get(key)
    if given is None:
        return
    if not isinstance(given, Block):
        refuse(block, f"“{key}”应当是键值结构", [key])
    for name, value in given.items():
        if key not in _PLAIN and not isinstance(value, Block):
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
            rules[place] = rules[place].overlaid(rule)
        else:
            rules.append(rule)


def _rows(checklist: Block, draft: Draft) -> list[Block]:
    """The rows of a checklist: modules put in, defaults filled in. Checklists share the rows of a module."""
    rows: list[Block] = []
    for part in blocks(checklist, "parts"):
        name = part.get("module")
        if name is None:
            rows.append(_with_defaults(part, checklist))
            continue
        if name not in draft.modules:
            refuse(part, unknown("模块", name, draft.modules), ["module"])
        rows.extend(_module_rows(str(name), draft))
    if not rows:
        refuse(checklist, "清单没有任何材料（parts 为空）")
    return rows


def _module_rows(name: str, draft: Draft) -> list[Block]:
    if name not in draft.module_rows:
        module = draft.modules[name]
        draft.module_rows[name] = [_with_defaults(row, module) for row in blocks(module, "items")]
    return draft.module_rows[name]


def _with_defaults(row: Block, owner: Block) -> Block:
    defaults = owner.get("defaults") or {}
    return row.derived({key: value for key, value in defaults.items() if key not in row})
