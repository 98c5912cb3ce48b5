"""The qualities of scan that the bench measures: those of the sample papers, and one beyond what can be read."""

from __future__ import annotations

from dataclasses import replace

from pipeline.demo.scanner import QUALITIES, Quality, quality_of

HARD = replace(QUALITIES["poor"], key="hard", dpi=120, jpeg=25)
"""Pages that ought to be scanned again: what counts is that they are flagged, not that they are read."""
NAMES = (*QUALITIES, HARD.key)


def scanner_of(key: str) -> Quality:
    """The scanner of an office of this quality. Raises `UsageError`."""
    return HARD if key == HARD.key else quality_of(key)
