"""Numbers are given once, in order, without gaps, and given back where the act that draws them fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import registry
from pipeline.errors import UsageError
from pipeline.registry.models import JournalEvent
from pipeline.registry.numbers import void_unless_void

WORD, YEAR = "虚法援正字", 2024


@pytest.fixture(autouse=True)
def office(tmp_path: Path) -> Iterator[None]:
    registry.open_registry(tmp_path)
    yield
    registry.close_registry()


def drawn(about: str = "1号 补正通知书") -> int:
    return registry.draw_number(WORD, YEAR, who="周某", about=about)


def told() -> list[str]:
    return [json.loads(event.content)["what"] for event in JournalEvent.objects.order_by("number")]


def failed_act() -> None:
    """Draws a number, and cannot write what would bear it."""
    with registry.one_act():
        drawn()
        raise UsageError("文书未能写出")


def test_an_act_that_fails_gives_its_number_back() -> None:
    """With what the journal told of it: no gap comes about."""
    assert drawn() == 1
    with pytest.raises(UsageError, match="文书未能写出"):
        failed_act()
    assert drawn() == 2
    assert told() == ["number_drawn", "number_drawn"]
    assert registry.verify_journal().whole


def test_an_act_within_an_act_that_fails_leaves_the_rest() -> None:
    """What was caught inside is undone by itself."""
    with registry.one_act():
        assert drawn() == 1
        with pytest.raises(UsageError):
            failed_act()
        assert drawn() == 2
    assert told() == ["number_drawn", "number_drawn"]


def test_a_number_written_by_hand_is_booked_and_the_series_goes_on_behind_it() -> None:
    """Nobody gets it a second time, by hand or drawn; another word or year has its own series."""
    registry.take_number(WORD, YEAR, 7, who="周某", about="1号 补正通知书")
    with pytest.raises(UsageError, match="第7号已经使用"):
        registry.take_number(WORD, YEAR, 7, who="吴某", about="2号 补正通知书")
    assert drawn() == 8
    assert registry.draw_number(WORD, YEAR + 1, who="周某", about="x") == 1
    assert registry.draw_number("别字", YEAR, who="周某", about="x") == 1


def test_a_void_number_stays_used_and_is_voided_once() -> None:
    """With a reason, in the journal; what is taken back may be void already."""
    assert drawn() == 1
    with pytest.raises(UsageError, match="写明原因"):
        registry.void_number(WORD, YEAR, 1, why=" ", who="周某")
    registry.void_number(WORD, YEAR, 1, why="写错", who="周某")
    with pytest.raises(UsageError, match="此前已经作废"):
        registry.void_number(WORD, YEAR, 1, why="再次", who="周某")
    with pytest.raises(UsageError, match="尚未使用"):
        registry.void_number(WORD, YEAR, 2, why="写错", who="周某")
    void_unless_void(WORD, YEAR, 1, why="撤销", who="周某")
    assert drawn() == 2
    assert told() == ["number_drawn", "number_voided", "number_drawn"]
    assert [(each.sequence, each.void) for each in registry.drawn_numbers(word=WORD)] == [(1, True), (2, False)]


def test_the_numbers_of_a_case_are_its_own() -> None:
    """Not those of a case whose number begins so."""
    drawn("1号 补正通知书")
    drawn("1号之二 补正通知书")
    drawn("1号 暂缓发放补贴告知书")
    assert [each.about for each in registry.numbers_of("1号")] == ["1号 补正通知书", "1号 暂缓发放补贴告知书"]
    assert [each.sequence for each in registry.drawn_numbers(about="1号之二 补正通知书")] == [2]
    assert len(list(registry.drawn_numbers())) == 3


def test_the_numbers_given_last_are_listed_where_so_many_are_asked_for() -> None:
    """In the order in which they were given; counted apart, of a word or a year."""
    for _ in range(4):
        drawn()
    registry.draw_number(WORD, YEAR + 1, who="周某", about="x")
    assert [(each.year, each.sequence) for each in registry.drawn_numbers(most=2)] == [(YEAR, 4), (YEAR + 1, 1)]
    assert [each.sequence for each in registry.drawn_numbers(word=WORD, year=YEAR, most=3)] == [2, 3, 4]
    assert (registry.numbers_given(), registry.numbers_given(year=YEAR), registry.numbers_given(word="别字")) == (
        5,
        4,
        0,
    )
