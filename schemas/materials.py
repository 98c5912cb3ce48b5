"""The vocabulary of papers (材料): every type a page can be sorted into, with its titles."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from schemas.base import Frozen

OTHER = "other"
"""The type of a document that is none of the vocabulary."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where it was built: ten times as fast."""


class Material(Frozen):
    """One type of paper."""

    id: str
    code: str
    title: str
    aliases: tuple[str, ...] = ()
    form: str | None = None
    author: Literal["office", "recipient", "lawyer", "firm"] | None = None
    """Who makes it out (责任者), where its kind alone says so."""

    @property
    def titles(self) -> tuple[str, ...]:
        """The canonical title, then the others."""
        return (self.title, *self.aliases)


@cache
def load_materials() -> dict[str, Material]:
    """All materials by id, in the order of the vocabulary."""
    text = files("schemas.standards").joinpath("materials.yaml").read_text(encoding="utf-8")
    rows = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader either way
    return {row["id"]: Material.model_validate(row) for row in rows}


def material_title(type_: str | None) -> str:
    """The Chinese title of a type, for messages."""
    material = load_materials().get(type_ or OTHER)
    return material.title if material is not None else "其他材料"
