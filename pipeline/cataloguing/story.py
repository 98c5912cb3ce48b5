"""Facts of the case (案件事实), three-valued, from what the papers say and what they do not."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

from schemas.case import CaseFacts, KnownCase
from schemas.volume import Volume


def read_facts(volume: Volume, known: KnownCase) -> CaseFacts:
    """All facts that the papers tell."""
    return CaseFacts()
