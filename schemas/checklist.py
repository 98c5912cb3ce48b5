"""A checklist as people read it (归档材料清单): on the screen, on the wall, in a workbook."""

from __future__ import annotations

from schemas.base import Frozen
from schemas.case import Kind, Origin, Stage


class SheetRow(Frozen):
    """One line: the paper, when it is due, what it must bear, what follows if it is missing, and on what ground."""

    number: int
    key: str
    material: str
    when: str
    marks: str
    blocks: str
    basis: str
    standing: str


class SheetSection(Frozen):
    """Lines that belong together: a volume, the papers of the office, those that must stay out. `title` may be empty."""

    title: str
    rows: tuple[SheetRow, ...]


class ChecklistSheet(Frozen):
    """One checklist, ready to be printed."""

    kind: Kind
    stages: tuple[Stage | None, ...]
    origins: tuple[Origin, ...]
    title: str
    standard_id: str
    standard: str
    """Title and version of the standard."""
    standing: str
    """One sentence: how many items rest on official text, how many are confirmed, how many are reconstructions."""
    sections: tuple[SheetSection, ...]
    notes: tuple[str, ...] = ()
