"""The ledger (台账): one line a case, for the clerk who opens `台账.xlsx`."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from schemas.base import Frozen
from schemas.report import Decision


class LedgerRow(Frozen):
    """One case as the ledger shows it. A value that was not read for certain stands there as `待核`, never as a fact."""

    case_number: str
    recipient_name: str
    cause: str
    kind: str
    stage: str
    origin: str
    firm_name: str
    lawyer_name: str
    received_at: datetime | None
    round_number: int = Field(ge=0)
    """0: registered, and no closing file yet."""
    pages: int = Field(ge=0)
    decision: Decision | None
    """None: not audited yet."""
    missing: tuple[str, ...] = ()
    """Titles of the papers that are certainly missing (缺失项)."""
    blocking: tuple[str, ...] = ()
    """What certainly keeps the subsidy waiting (影响补贴事项)."""
    uncertain: tuple[str, ...] = ()
    """What a person has to look at (待核事项)."""
    waits_for: str
    """What the case waits for (等待事项), in a Chinese clause."""
    folder: str
    """The case's folder relative to the ledger, with `/`; empty where there is none."""


class UnusableRow(Frozen):
    """One input that could not be audited (无法审查)."""

    name: str
    received_at: datetime | None
    message: str
    folder: str
    """As in `LedgerRow`."""


LINE_VERSION = 1
"""To be raised whenever the same report would give another `RoundLedger`: lines of an older version are written anew."""


class RoundLedger(Frozen):
    """What the ledger needs of one audit round, apart from what the registry knows as it stands now."""

    row: LedgerRow | None
    """None: the input could not be used."""
    message: str = ""
    """Why it could not."""
