"""Every test of the registry holds in both databases."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _in_both_databases(database: str) -> None:
    """See `database`."""
