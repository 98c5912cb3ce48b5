"""What the ledger shows of each audit round, worked out once and kept (台账行)."""

from __future__ import annotations

from pipeline import registry
from pipeline.delivering import ledger_row
from pipeline.registry import UnlinedRound
from schemas.ledger import LINE_VERSION, RoundLedger

LINES_AT_A_TIME = 100
"""Reports that are held at once."""


def keep_lines() -> None:
    """Works out what the ledger shows of rounds that are new, or of all after an update that shows something else."""
    last = 0
    while unlined := registry.unlined_rounds(LINE_VERSION, LINES_AT_A_TIME, after=last):
        last = unlined[-1].round_id
        lines = {found.round_id: _line(found).model_dump_json() for found in unlined}
        registry.keep_lines(lines, LINE_VERSION)


def _line(found: UnlinedRound) -> RoundLedger:
    if found.report.error is not None:
        return RoundLedger(row=None, message=found.report.error.message)
    return RoundLedger(row=ledger_row(found.report, None, found.number))
