"""The office's settings: what is wrong in them is told in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.errors import UsageError
from pipeline.settings import checked_settings, load_settings


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def test_a_pattern_of_numbers_that_would_repeat_is_refused_at_the_start(monkeypatch):
    """The sentence names the setting and says what is wrong with it."""
    monkeypatch.setenv("JUANZONG_NUMBERS__CASE", "{area_short}字〔{year}〕号")
    with pytest.raises(UsageError, match=r"numbers\.case.*顺序号"):
        checked_settings()


def test_the_numbering_can_be_set_by_the_environment(monkeypatch):
    """As every other setting."""
    monkeypatch.setenv("JUANZONG_NUMBERS__AREA_SHORT", "虚")
    assert checked_settings().numbers.area_short == "虚"
