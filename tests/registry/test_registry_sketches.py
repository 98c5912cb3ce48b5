"""Fingerprints of papers that the registry keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import registry
from schemas.sketch import Sketch


@pytest.fixture(autouse=True)
def _open(tmp_path: Path):
    registry.open_registry(tmp_path)
    yield
    registry.close_registry()


def sketch(case: str, *hashes: int) -> Sketch:
    return Sketch(case=case, type="advocacy_statement", title="辩护词", hashes=hashes)


def test_what_is_kept_comes_back_latest_first():
    """Nothing of a fingerprint is lost."""
    assert registry.known_sketches() == ()
    first, second = sketch("甲〔2025〕1号", 1, 2, 3), sketch("乙〔2025〕2号", 4)
    registry.keep_sketches([first])
    registry.keep_sketches([second])
    assert registry.known_sketches() == (second, first)


def test_a_later_round_supersedes_the_earlier():
    """A case is kept once; another case stays."""
    registry.keep_sketches([sketch("甲〔2025〕1号", 1), sketch("甲〔2025〕1号", 2)])
    registry.keep_sketches([sketch("乙〔2025〕2号", 4)])
    registry.keep_sketches([sketch("甲〔2025〕1号", 9)])
    assert registry.known_sketches() == (sketch("甲〔2025〕1号", 9), sketch("乙〔2025〕2号", 4))
