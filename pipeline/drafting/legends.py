"""Norms of a checklist by number (①): their full titles stand once, below the list, and not in thirty cells."""

from __future__ import annotations

import re
from collections import Counter

from schemas.checklist import ChecklistSheet, SheetRow

_NORM = re.compile(r"[^；，、。：（）《》]*《[^《》]+》")
"""With the name of the place before it: 浙江省《法律援助案卷管理办法》."""
_ISSUED = re.compile(r"（[^（）]*(?:号|[—-]\d{4})）")
"""By which order or under which number: （司法部令第148号）, （SF/T 0058—2019）."""
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_OFTEN = 2
"""A norm that stands less often keeps its title."""


def abbreviated(sheet: ChecklistSheet) -> ChecklistSheet:
    """The sheet with a number in place of each norm that it names often, and a note that says which is which."""
    rows = [row for section in sheet.sections for row in section.rows]
    named = Counter(norm for row in rows for norm in dict.fromkeys(_NORM.findall(row.basis)))
    often = [norm for norm, count in named.items() if count >= _OFTEN]
    numbers = dict(zip(often, _NUMBERS, strict=False))
    if not numbers:
        return sheet
    issued = {norm: _issued(norm, rows) for norm in numbers}
    sections = tuple(
        section.model_copy(update={"rows": tuple(_row(row, numbers, issued) for row in section.rows)})
        for section in sheet.sections
    )
    legend = "；".join(f"{number}{norm}{issued[norm]}" for norm, number in numbers.items())
    return sheet.model_copy(update={"sections": sections, "notes": (*sheet.notes, f"依据栏中：{legend}。")})


def _issued(norm: str, rows: list[SheetRow]) -> str:
    """The order or number under which the norm was issued, where a row names it."""
    for row in rows:
        _, found, rest = row.basis.partition(norm)
        match = _ISSUED.match(rest) if found else None
        if match is not None:
            return match.group()
    return ""


def _row(row: SheetRow, numbers: dict[str, str], issued: dict[str, str]) -> SheetRow:
    basis = row.basis
    for norm, number in sorted(numbers.items(), key=lambda entry: -len(entry[0])):
        basis = basis.replace(f"{norm}{issued[norm]}", number).replace(norm, number)
    return row.model_copy(update={"basis": basis})
