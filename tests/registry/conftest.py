"""Every test of the registry holds in both databases; some are played in the desk's test office."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "desk"))


@pytest.fixture(autouse=True)
def _in_both_databases(database: str) -> None:
    """See `database`."""
