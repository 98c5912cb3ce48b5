"""Names of norms put into a standard's texts: `{norm}` is the checklist's, every other word one of the standard's `norms`.

A standard that extends another names its own norms, and every basis below follows.
"""

from __future__ import annotations

import re
from typing import Any

from pipeline.auditing.located import Block, refuse

Norms = dict[str, str]

_WORD = re.compile(r"\{([a-z_]+)\}")
_TEXTS = ("basis", "title", "remedy", "text")
_LISTS = ("marks", "fields")


def worded(block: Block, norms: Norms) -> Block:
    """The block with norms put into its own texts and those of its marks and fields."""
    changes: dict[str, Any] = {}
    for key in _TEXTS:
        if isinstance(text := block.get(key), str) and "{" in text:
            changes[key] = put_in(text, norms, block, key)
    for key in _LISTS:
        parts = block.get(key)
        if isinstance(parts, list) and any(isinstance(part, Block) and "{" in str(part.get("basis")) for part in parts):
            changes[key] = [worded(part, norms) if isinstance(part, Block) else part for part in parts]
    return block.derived(changes) if changes else block


def put_in(text: str, norms: Norms, block: Block, key: str) -> str:
    """`text` with norms; a word that names none is refused where `key` of `block` stands."""

    def name(found: re.Match[str]) -> str:
        if found[1] not in norms:
            refuse(block, f"文字“{text}”中的“{found[0]}”没有定义，请在 norms 中写明", [key])
        return norms[found[1]]

    return _WORD.sub(name, text)
