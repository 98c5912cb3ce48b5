"""What the guide beside the templates (`templates/说明.md`) says that each template may ask for.

The guide is the one list of placeholders: it is what an office reads when it edits a template, what `templates check`
holds a template against, and what the tests hold the program against.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.drafting.rendering import find_guide
from schemas.draft import DRAFT_TITLES, DraftKind

_ROW = re.compile(r"^\| *(`.+?`) *\| *(.+?) *\|$", re.MULTILINE)
_NAME = re.compile(r"`([^`]+)`")
_SHARED = re.compile(r"“([^”]+)”")
_IF_ONLY, _IF_ALSO = "（用于 `if`）", "（可用于 `if`）"


class Asked(NamedTuple):
    """One placeholder: what it stands for, and the columns of its rows if it is a table."""

    meaning: str
    columns: tuple[str, ...] = ()
    condition_only: bool = False
    """Yes or no: for `if`, never to be printed."""


@cache
def guide(kind: DraftKind) -> dict[str, Asked]:
    """The placeholders of `kind`'s template, in the guide's order."""
    sections = _sections()
    return _read(DRAFT_TITLES[kind], sections)


def _read(title: str, sections: dict[str, str]) -> dict[str, Asked]:
    text = sections.get(title, "")
    found: dict[str, Asked] = {}
    for line in text.splitlines():
        if line.startswith("共用占位符见"):
            for shared in _SHARED.findall(line):
                found.update(_read(shared, sections))
    for names, meaning in _ROW.findall(text):
        found.update(_row(_NAME.findall(names), meaning))
    return found


def _row(names: list[str], meaning: str) -> dict[str, Asked]:
    if meaning.startswith("表："):
        return {name: Asked(meaning.replace("`", ""), tuple(_NAME.findall(meaning))) for name in names}
    only = meaning.endswith(_IF_ONLY)
    bare = meaning.removesuffix(_IF_ONLY).removesuffix(_IF_ALSO)
    each = bare.split("；")
    meanings = each if len(each) == len(names) else [bare] * len(names)
    return {name: Asked(text, condition_only=only) for name, text in zip(names, meanings, strict=True)}


@cache
def _sections() -> dict[str, str]:
    text = find_guide().read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(map(str.strip, parts[1::2]), parts[2::2], strict=True))
