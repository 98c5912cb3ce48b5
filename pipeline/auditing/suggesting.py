"""What somebody probably meant who wrote a name that a standard does not know."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from schemas.materials import load_materials


def unknown(what: str, name: object, known: Iterable[str]) -> str:
    """`材料“meeting_recrod”未知，是否为“meeting_record”（会见笔录）？`. A Chinese title leads to its code."""
    materials = load_materials()
    text = str(name)
    names = sorted(map(str, known))
    titled = [id_ for id_, material in materials.items() if text in material.titles and id_ in names]
    near = titled or get_close_matches(text, names, n=1, cutoff=0.6)
    if not near:
        return f"{what}“{text}”未知"
    title = f"（{materials[near[0]].title}）" if near[0] in materials else ""
    return f"{what}“{text}”未知，是否为“{near[0]}”{title}？"
