"""What a look at a Word template (文书模板) found."""

from __future__ import annotations

from pathlib import Path

from schemas.base import Frozen
from schemas.draft import DraftKind


class TemplateFault(Frozen):
    """One thing that is wrong in a template: where, what stands there, and what to do; Chinese throughout."""

    place: str
    """`正文第3段`, `第1个表格第2行第3栏`, `首页页眉`; empty where the whole file is meant."""
    text: str
    message: str


class TemplateUse(Frozen):
    """One placeholder that a template may ask for, and whether it does."""

    name: str
    meaning: str
    columns: tuple[str, ...] = ()
    used: bool


class TemplateCheck(Frozen):
    """One template held against what the program fills in."""

    path: Path
    kind: DraftKind | None
    """None: no letter of the program bears this file's name."""
    faults: tuple[TemplateFault, ...] = ()
    """The letter cannot be written, or would come out wrong."""
    remarks: tuple[str, ...] = ()
    """What is left out that the template that comes with the program has."""
    placeholders: tuple[TemplateUse, ...] = ()
