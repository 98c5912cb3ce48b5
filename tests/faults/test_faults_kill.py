"""kill -9 at any moment, and a restart: nothing lost, nothing doubled."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_office import Office
from faults_killing import day_in_child, what_remains

CASE = {"case_number": "虚法援刑字〔2024〕7号", "recipient_name": "某甲"}


def stock(root: Path) -> None:
    """Two rounds of one case, one of them a folder; a copy of the first; a file that cannot be used."""
    office = Office(root)
    office.drop("1卷.json", **CASE)
    (office.inbox / "2补正").mkdir()
    office.drop("2补正/1.json", **CASE, cause="盗窃")
    office.drop("2补正/2.json", note="第二页")
    (office.inbox / "3卷 - 副本.json").write_bytes((office.inbox / "1卷.json").read_bytes())
    office.drop("4坏.json", code="encrypted")


def undisturbed(root: Path) -> tuple[int, dict[str, object]]:
    stock(root)
    writes = day_in_child(root)
    assert writes is not None
    return writes, what_remains(root)


def test_an_undisturbed_day_leaves_nothing_to_do(tmp_path):
    """What the killed days are compared with is itself what it should be."""
    writes, left = undisturbed(tmp_path)
    assert writes > 100
    assert left["inbox"] == left["taken"] == []
    assert left["rounds"] == [
        ("2补正", 2, "虚法援刑字〔2024〕7号_某甲", 0, True),
        left["rounds"][1],
    ]
    assert left["told"]["audited"] == left["told"]["delivered"] == 3
    assert left["told"]["left_inbox"] == 4
    assert left["told"]["received_again"] == 1


def compare_killed_days(tmp_path: Path, step: int) -> None:
    writes, expected = undisturbed(tmp_path / "undisturbed")
    for number in range(1, writes + 1, step):
        root = tmp_path / str(number)
        stock(root)
        assert day_in_child(root, kill_at=number) is None, number
        assert day_in_child(root) is not None, number
        assert what_remains(root) == expected, number


def test_killed_before_a_write_and_restarted_the_day_ends_the_same(tmp_path):
    """A sample over the whole day; the full set is marked slow."""
    compare_killed_days(tmp_path, step=11)


@pytest.mark.slow
@pytest.mark.full
def test_killed_before_every_single_write_the_day_ends_the_same(tmp_path):
    """Every write of the day, one by one."""
    compare_killed_days(tmp_path, step=1)


def test_killed_again_and_again_the_day_still_ends_the_same(tmp_path):
    """The office dies at every restart, each time a little later, and still comes to an end."""
    _, expected = undisturbed(tmp_path / "undisturbed")
    root = tmp_path / "killed"
    stock(root)
    number = 20
    while day_in_child(root, kill_at=number) is None:
        number += 20
    assert what_remains(root) == expected
