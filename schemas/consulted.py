"""What the office knows of a case once the audit has said which case it is."""

from __future__ import annotations

from schemas.base import Frozen
from schemas.case import KnownCase
from schemas.decision import Decisions
from schemas.outline import CaseOutline


class Consulted(Frozen):
    """What the registration says (certain, like `--case`), what persons decided about the readings and findings, other files."""

    known: KnownCase = KnownCase()
    decisions: Decisions = Decisions()
    neighbours: tuple[CaseOutline, ...] = ()
    """Other closing files of the office that have a number or a person in common with this one."""
