"""Rate tables: what ships, and what is refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.auditing.rates import is_rate_table, list_rates, load_rates, read_rates
from pipeline.errors import StandardError

HEAD = """table: t
title: 某市标准
version: 1
region: 某市
standing: confirmed
basis: 某文件
"""
RATE = "rates:\n  - {kind: civil, direct: 500, labour: 1500, basis: 第七条}\n"


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "t.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["guangdong", "zhanjiang"])
def test_the_tables_of_guangdong_and_zhanjiang_ship_without_amounts(name: str) -> None:
    """Nobody has seen the amounts; an empty table says so, and names its norm."""
    table = load_rates(name)
    assert table.rates == ()
    assert table.modifiers == ()
    assert not table.sample
    assert table.basis


def test_whatever_ships_with_amounts_is_named_a_sample() -> None:
    """No table that ships with amounts can be taken for somebody's norm."""
    filled = [load_rates(name) for name in list_rates() if load_rates(name).rates]
    assert filled
    assert all(table.sample and table.title.startswith("示例") for table in filled)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (HEAD + "rates:\n  - {kind: divorce, undivided: 1, basis: b}\n", 8, "divorce"),
        (HEAD + "rates:\n  - {kind: civil, undivided: -5, basis: b}\n", 8, "undivided"),
        (HEAD + "rates:\n  - {kind: civil, direct: 5, basis: b}\n", 8, "direct"),
        (HEAD + "rates:\n  - {kind: civil, direct: 5, labour: 6, undivided: 11, basis: b}\n", 8, "undivided"),
        (HEAD + "rates:\n  - {kind: civil, undivided: 5, basis: ''}\n", 8, "依据"),
        (HEAD + "rates:\n  - {kind: civil, undivided: 1.005, basis: b}\n", 8, "undivided"),
        (HEAD + "rates:\n  - {kind: enforcement, stages: [retrial], undivided: 5, basis: b}\n", 8, "不分阶段"),
        (HEAD + RATE + "  - {kind: civil, stages: [retrial], undivided: 5, basis: b}\n", 9, "第1项"),
        (HEAD + RATE + "  - {kind: civil, region: 一类, undivided: 5, basis: b}\n", 9, "第1项"),
        (HEAD + "rates:\n  - {kind: civil, valid_from: 2024-02-01, valid_to: 2024-01-01, undivided: 5, basis: b}\n", 8, "失效"),
        (HEAD + RATE + "modifiers:\n  - {situation: batch, title: t, factor: 0.5, amount: 9, basis: b}\n", 10, "一种"),
        (HEAD + RATE + "modifiers:\n  - {situation: batch, title: t, basis: b}\n", 10, "一种"),
        (HEAD + RATE + "modifiers:\n  - {situation: terminated, title: t, factor: 0.5, basis: b}\n", 10, "by"),
        (HEAD + RATE + "modifiers:\n  - {situation: terminated, title: t, by: {none: 0, all: 1}, basis: b}\n", 10, "四档"),
        (HEAD + RATE + "modifiers:\n  - {situation: batch, title: t, actual: true, basis: b}\n", 10, "actual"),
        (HEAD + RATE + "modifiers:\n  - {situation: batch, title: t, factor: 0.5, most: 9, basis: b}\n", 10, "most"),
        (HEAD + RATE + "modifiers:\n  - {situation: batch, title: t, factor: 0.5, basis: ''}\n", 10, "依据"),
        (HEAD + RATE + "modifiers:\n  - {situation: not_heard, title: t, rate_of: {kind: plea_help}, basis: b}\n", 10, "不在表中"),
        (HEAD.replace("某市标准", "示例标准") + RATE, 2, "示例"),
        (HEAD + "sample: true\n" + RATE, 2, "示例"),
        (HEAD + "colour: red\n" + RATE, 7, "colour"),
        (HEAD + "rates: 5\n", 7, "列表"),
        (HEAD.replace("某市", "[", 1), 2, "YAML"),
    ],
)  # fmt: skip
def test_a_faulty_table_is_refused_with_file_and_line(tmp_path: Path, text: str, line: int, told: str) -> None:
    """Whoever edits a table is told where to look and what is wrong."""
    with pytest.raises(StandardError) as refusal:
        read_rates(_write(tmp_path, text))
    assert f"t.yaml第{line}行" in refusal.value.message or (told == "YAML" and "t.yaml第" in refusal.value.message)
    assert told in refusal.value.message


def test_another_line_has_to_be_chosen_before_it_is_changed(tmp_path: Path) -> None:
    """A modifier that puts another rate in place after others have changed the sum would undo them."""
    late = (
        "modifiers:\n  - {situation: batch, title: t, factor: 0.5, basis: b}\n"
        "  - {situation: not_heard, title: t, rate_of: {kind: civil}, basis: b}\n"
    )
    with pytest.raises(StandardError, match=r"第11行.*之前"):
        read_rates(_write(tmp_path, HEAD + RATE + late))


def test_two_periods_of_one_rate_are_no_overlap(tmp_path: Path) -> None:
    """The old rate and the new one stand in one table."""
    rows = (
        "rates:\n  - {kind: civil, valid_to: 2023-12-31, undivided: 1000, basis: b}\n"
        "  - {kind: civil, valid_from: 2024-01-01, undivided: 1200, basis: b}\n"
    )
    assert len(read_rates(_write(tmp_path, HEAD + rows)).rates) == 2


def test_a_rate_table_is_told_from_a_standard(tmp_path: Path) -> None:
    """`table:` at the top makes a rate table; a standard says `id:`."""
    assert is_rate_table(_write(tmp_path, HEAD))
    assert not is_rate_table(_write(tmp_path, "id: gd\n"))


def test_an_unknown_table_is_named_with_those_there_are() -> None:
    """A slip in the setting does not end in an amount."""
    with pytest.raises(StandardError, match=r"guangdong.*zhanjiang"):
        load_rates("guangzhou")
