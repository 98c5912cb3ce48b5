"""The faults are played in the desk's test office."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "desk"))


@pytest.fixture(autouse=True)
def _in_both_databases(database: str) -> None:
    """Every fault is played with the registry in SQLite, and again in PostgreSQL."""
