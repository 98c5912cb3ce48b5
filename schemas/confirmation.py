"""A confirmation (依据确认): an office has held a reconstructed ground against the official text and stands by it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from schemas.base import Frozen


class GroundKind(StrEnum):
    """What a ground belongs to: an item of a checklist, a rule, a deadline."""

    ITEM = "item"
    RULE = "rule"
    DEADLINE = "deadline"


class Ground(Frozen):
    """Something in a standard that rests on a basis, and the digest of what it says.

    The digest changes with every word that matters, so that a confirmation holds for exactly what was confirmed.
    """

    standard: str
    kind: GroundKind
    scope: str
    """Of an item: its checklist, e.g. `criminal_defence.trial_first.notified`; else empty."""
    name: str
    """Key of the item, name of the rule or deadline."""
    digest: str


class Confirmation(Frozen):
    """One act of confirming a ground, or of taking that back. The last act about a ground counts."""

    ground: Ground
    by: str
    at: datetime
    note: str = ""
    withdrawn: bool = False
