"""kill -9 at any moment, and a restart: nothing lost, nothing doubled."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from faults_days import stock_arrivals, what_remains, work_arrivals
from faults_killing import Day, compare_killed, in_child

from pipeline import registry

ARRIVALS = Day(stock_arrivals, work_arrivals, what_remains)
LEAST = 200
"""Kills in the full set of one day."""


def undisturbed(root: Path) -> tuple[int, dict[str, object]]:
    stock_arrivals(root)
    registry.close_registry()
    steps = in_child(partial(work_arrivals, root), root)
    assert steps is not None
    return steps, what_remains(root)


def test_an_undisturbed_day_leaves_nothing_to_do(tmp_path):
    """What the killed days are compared with is itself what it should be."""
    steps, left = undisturbed(tmp_path)
    assert steps >= LEAST
    assert left["inbox"] == left["taken"] == left["undelivered"] == []
    key, folder = "虚法援刑字〔2024〕7号|某甲", "虚法援刑字〔2024〕7号_某甲"
    assert left["rounds"][1:] == [
        (key, 1, 0, None, "1卷.json", "payable", f"{folder}/第1次审查"),
        (key, 2, 0, None, "2补正", "payable", f"{folder}/第2次审查"),
    ]
    assert left["told"]["audited"] == left["told"]["delivered"] == 3
    assert left["told"]["left_inbox"] == 4
    assert left["told"]["received_again"] == 1


def test_killed_before_a_step_and_restarted_the_day_ends_the_same(tmp_path, clone):
    """A sample over the whole day; the full set is marked full."""
    compare_killed(ARRIVALS, tmp_path, clone, most=4)


@pytest.mark.full
def test_killed_before_every_single_step_the_day_ends_the_same(tmp_path, clone):
    """Every step of the day, one by one."""
    assert compare_killed(ARRIVALS, tmp_path, clone) >= LEAST


def test_killed_again_and_again_the_day_still_ends_the_same(tmp_path):
    """The office dies at every restart, each time a little later, and still comes to an end."""
    _, expected = undisturbed(tmp_path / "undisturbed")
    root = tmp_path / "killed"
    stock_arrivals(root)
    registry.close_registry()
    number = 60
    while in_child(partial(work_arrivals, root), root, kill_at=number) is None:
        number += 60
    assert what_remains(root) == expected


def open_anew(root: Path) -> None:
    registry.open_registry(root / "台账")


def tables(root: Path) -> object:
    """The registry as a new office has it, and no migration that is missing or half done."""
    registry.open_registry(root / "台账")
    try:
        return registry.applied_migrations(), registry.verify_journal(), list(registry.list_cases())
    finally:
        registry.close_registry()


def new_office(root: Path) -> None:
    root.mkdir()


def test_killed_while_its_tables_are_made_the_registry_is_made_all_the_same(tmp_path, clone):
    """A sample over the first opening, in SQLite (in PostgreSQL the tests copy a database that has the tables)."""
    compare_killed(Day(new_office, open_anew, tables), tmp_path, clone, most=2)


@pytest.mark.full
def test_killed_before_every_step_of_its_making_the_registry_is_made_all_the_same(tmp_path, clone):
    """Every step of the first opening."""
    compare_killed(Day(new_office, open_anew, tables), tmp_path, clone)
