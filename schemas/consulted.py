"""What the office knows of a case once the audit has said which case it is."""

from __future__ import annotations

from schemas.base import Frozen
from schemas.case import KnownCase
from schemas.decision import Decisions


class Consulted(Frozen):
    """What the registration says (certain, like `--case`), and what persons decided about the readings and findings."""

    known: KnownCase = KnownCase()
    decisions: Decisions = Decisions()
