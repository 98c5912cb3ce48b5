"""Overlays (叠加): what a city or office changes in the checklists of the standard it extends."""

from __future__ import annotations

from pipeline.auditing.located import Block, blocks, refuse

Rows = list[tuple[Block, list[Block]]]
"""Checklists with their item rows."""

_KEYS = frozenset({"kinds", "stages", "origins", "add", "change", "remove", "defaults", "norm"})


def apply_changes(change: Block, checklists: Rows) -> None:
    """Adds, changes and removes items, in place, in every checklist that the change's selection fits.

    A key that none of the selected checklists has is refused: it is a typing error, or the standard below has moved.
    """
    for key in change:
        if key not in _KEYS:
            refuse(change, f"叠加中的键“{key}”未知，可用的键：{'、'.join(sorted(_KEYS))}", [key])
    selected = [rows for block, rows in checklists if _fits(change, block)]
    if not selected:
        refuse(change, "没有符合所选案件类别、阶段、来源的清单")
    for key in change.get("remove") or ():
        _remove(change, str(key), selected)
    changed = change.get("change") or {}
    if not isinstance(changed, Block) and changed:
        refuse(change, "“change”应当是键值结构", ["change"])
    for key, values in changed.items():
        if not isinstance(values, Block):
            refuse(change, f"对“{key}”的修改应当是键值结构", ["change", key])
        _change(change, key, values, selected)
    for row in blocks(change, "add"):
        _add(row, change, selected)


def _fits(change: Block, checklist: Block) -> bool:
    def overlap(key: str, own: list[object]) -> bool:
        wanted = change.get(key)
        return wanted is None or not own or bool({str(value) for value in wanted} & {str(value) for value in own})

    return (
        overlap("kinds", [checklist.get("kind")])
        and overlap("stages", list(checklist.get("stages") or [None]))
        and overlap("origins", list(checklist.get("origins") or []))
    )


def _place(rows: list[Block], key: str) -> int | None:
    return next((index for index, row in enumerate(rows) if row.get("key") == key), None)


def _remove(change: Block, key: str, selected: list[list[Block]]) -> None:
    places = [(rows, _place(rows, key)) for rows in selected]
    if all(place is None for _, place in places):
        refuse(change, f"要删除的项目“{key}”不存在", ["remove"])
    for rows, place in places:
        if place is not None:
            del rows[place]


_MOVES = ("after", "before")


def _changed(row: Block, values: Block) -> Block:
    """The row with the values on top; `accept` adds substitutes instead of replacing them."""
    changed = row.overlaid(values)
    for word in _MOVES:
        changed.pop(word, None)
    if changed.pop("accept", None) is not None:
        own = list(row.get("substitutes") or [])
        changed["substitutes"] = [*own, *blocks(values, "accept")]
        changed.lines["substitutes"] = values.lines["accept"]
    return changed


def _move(rows: list[Block], place: int, values: Block) -> None:
    """Puts the row `after` or `before` another one, where the change says so and the checklist has that one."""
    anchor = next((str(values[word]) for word in _MOVES if word in values), None)
    if anchor is None:
        return
    row = rows.pop(place)
    target = _place(rows, anchor)
    rows.insert(place if target is None else target + (1 if "after" in values else 0), row)


def _change(change: Block, key: str, values: Block, selected: list[list[Block]]) -> None:
    places = [(rows, _place(rows, key)) for rows in selected]
    if all(place is None for _, place in places):
        refuse(change, f"要修改的项目“{key}”不存在", ["change", key])
    for word in _MOVES:
        if word in values and all(_place(rows, str(values[word])) is None for rows in selected):
            refuse(values, f"调整次序所依的项目“{values[word]}”不存在", [word])
    made: list[tuple[Block, Block]] = []
    for rows, place in places:
        if place is not None:
            row = rows[place]
            rows[place] = next((new for old, new in made if old is row), None) or _changed(row, values)
            made.append((row, rows[place]))  # checklists go on sharing a module's row
            _move(rows, place, values)


def _add(row: Block, change: Block, selected: list[list[Block]]) -> None:
    """Puts a row `after:` or `before:` an item, or at the end."""
    anchor = row.get("after") or row.get("before")
    plain = row.derived({})
    for word in _MOVES:
        plain.pop(word, None)
    defaults = change.get("defaults") or {}
    plain = plain.derived({key: value for key, value in defaults.items() if key not in plain})
    if anchor is not None and all(_place(rows, str(anchor)) is None for rows in selected):
        refuse(row, f"新增项目所依的项目“{anchor}”不存在", ["after" if "after" in row else "before"])
    for rows in selected:
        place = _place(rows, str(anchor)) if anchor is not None else None
        if place is None:
            rows.append(plain)
        else:
            rows.insert(place + (1 if "after" in row else 0), plain)
