"""Drops on real shares: scanners that come back to their file, folders that move, copies under two names, and what never settles."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from desk_office import QUIET, Office, outbox_files

from pipeline import registry
from pipeline.desk import arrivals
from pipeline.errors import InputError
from pipeline.intake import settling
from pipeline.intake.mounts import LEASED, file_system
from pipeline.intake.settling import PATIENCE

CASE = {"case_number": "虚法援刑字〔2024〕7号", "recipient_name": "某甲"}
LONG = 60 * 30.0
"""Seconds after which the office says that something lies there."""

leases = pytest.mark.skipif(
    file_system(Path(__file__)) not in LEASED, reason="this file system does not tell who has a file open"
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    yield Office(tmp_path)
    registry.close_registry()


def lines(office: Office, sheet: str) -> list[dict[str, object]]:
    workbook = openpyxl.load_workbook(office.outbox / "台账.xlsx")
    head, *rows = workbook[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def kept(office: Office) -> set[str]:
    return {path.read_text(encoding="utf-8") for path in (office.state / "originals").rglob("*.json")}


def test_a_scanner_that_returns_to_its_file_loses_no_page(office):
    """It closes a whole file, pauses longer than the quiet time, and writes a longer one: that is the case's next round."""
    desk = office.open()
    first = office.drop("扫描.json", **CASE).read_text(encoding="utf-8")
    office.settle(desk)
    second = office.drop("扫描.json", **CASE, cause="盗窃罪").read_text(encoding="utf-8")
    office.settle(desk)
    assert kept(office) == {first, second}
    (row,) = lines(office, "案件台账")
    assert (row["轮次"], row["案由"]) == (2, "盗窃罪")


@leases
def test_a_scanner_that_keeps_its_file_open_is_waited_for(office):
    """However long it pauses between two pages: one drop, taken whole when it is closed."""
    desk = office.open()
    content = json.dumps(CASE, ensure_ascii=False)
    with (office.inbox / "扫描.json").open("w", encoding="utf-8") as scanner:
        for part in (content[:9], content[9:]):
            scanner.write(part)
            scanner.flush()
            office.settle(desk)
            office.clock.seconds += PATIENCE * QUIET
            desk.tick()
            assert office.audited == []
    office.settle(desk)
    assert office.audited == ["扫描.json"]
    assert kept(office) == {content}


@leases
def test_a_file_opened_again_while_it_is_taken_goes_back_and_comes_again(office, monkeypatch):
    """The scanner opens it between the copy and the removal: its next page goes into the file that returns to the inbox."""
    desk = office.open()
    drop = office.drop("扫描.json", **CASE)
    opened = []
    register = arrivals.registry.register_drop

    def register_and_open(*args, **kwargs):
        if not opened:
            opened.append(drop.open("a", encoding="utf-8"))
        return register(*args, **kwargs)

    monkeypatch.setattr(arrivals.registry, "register_drop", register_and_open)
    office.settle(desk)
    assert drop.exists()
    opened[0].write("   ")
    opened[0].close()
    longer = drop.read_text(encoding="utf-8")
    office.settle(desk)
    assert not drop.exists()
    assert longer.endswith("   ")
    assert longer in kept(office)


def test_a_folder_moved_in_is_one_drop_and_a_renamed_one_begins_anew(office):
    """Moved in with one step, renamed while it settles: audited once, under its last name."""
    elsewhere = office.state / "外"
    elsewhere.mkdir(parents=True)
    (elsewhere / "1.json").write_text(json.dumps(CASE))
    (elsewhere / "2.json").write_text("{}")
    desk = office.open()
    elsewhere.rename(office.inbox / "新建文件夹")
    desk.tick()
    office.clock.seconds += QUIET - 1
    (office.inbox / "新建文件夹").rename(office.inbox / "某甲卷宗")
    desk.tick()
    office.clock.seconds += QUIET - 1
    desk.tick()
    assert office.audited == []
    office.clock.seconds += 1
    desk.tick()
    assert office.audited == ["某甲卷宗"]
    assert list(office.inbox.iterdir()) == []


def test_a_folder_renamed_in_the_moment_of_taking_is_taken_under_its_new_name(office, monkeypatch):
    """It is gone under the old name: nothing is said of that, and nothing is taken twice."""
    folder = office.inbox / "甲"
    folder.mkdir()
    office.drop("甲/1.json", **CASE)
    desk = office.open()
    keep = arrivals.keep_original

    def rename_first(path, originals):
        if path == folder and folder.exists():
            folder.rename(office.inbox / "乙")
        return keep(path, originals)

    monkeypatch.setattr(arrivals, "keep_original", rename_first)
    office.settle(desk)
    office.settle(desk)
    assert office.audited == ["乙"]
    assert lines(office, "无法审查") == []


def test_the_same_bytes_under_two_names_at_once_are_audited_once_and_told(office):
    """A copy beside the original, and a third in the next week."""
    desk = office.open()
    first = office.drop("卷.json", **CASE)
    shutil.copyfile(first, office.inbox / "卷 - 副本.json")
    office.settle(desk)
    office.drop("又一份.json", **CASE)
    office.settle(desk)
    assert len(office.audited) == 1
    (row,) = lines(office, "案件台账")
    assert row["轮次"] == 1
    assert "重复提交2次" in str(row["等待事项"])


def test_what_keeps_growing_is_told_once_and_taken_when_it_settles(office):
    """A line with the reason, no copy of half a file; the line goes when the drop is taken in."""
    desk = office.open()
    growing = office.inbox / "长.json"
    for look in range(40):
        growing.write_text(" " * look)
        desk.tick()
        office.clock.seconds += LONG / 20
    (row,) = lines(office, "无法审查")
    assert row["名称"] == "长.json"
    assert "仍在变化" in str(row["原因和处理办法"])
    assert [name for name in outbox_files(office) if name.startswith("无法审查")] == [
        name for name in outbox_files(office) if name.endswith("说明.txt")
    ]
    growing.write_text(json.dumps(CASE))
    office.settle(desk)
    assert office.audited == ["长.json"]
    assert lines(office, "无法审查") == []


def test_what_was_told_is_not_told_again_after_a_restart(office):
    """The registry remembers: one line, one note, however often the office is started."""
    growing = office.inbox / "长.json"
    for run in range(2):
        desk = office.open()
        for look in range(30):
            growing.write_text(" " * (100 * run + look))
            desk.tick()
            office.clock.seconds += LONG / 20
    assert len(lines(office, "无法审查")) == 1
    assert sum(name.endswith("说明.txt") for name in outbox_files(office)) == 1


def test_a_drop_that_another_program_never_closes_is_told(office, monkeypatch):
    """Held by a scanner program since the morning."""
    monkeypatch.setattr(settling.Settling, "_is_settled", lambda *_: False)
    desk = office.open()
    office.drop("锁.json", **CASE)
    desk.tick()
    office.clock.seconds += LONG
    desk.tick()
    (row,) = lines(office, "无法审查")
    assert "其他程序" in str(row["原因和处理办法"])


def test_a_download_that_broke_off_is_told_and_forgotten_when_it_is_finished(office):
    """While it goes on, it may take all day; once it has stood still for long, its name is told."""
    desk = office.open()
    part = office.inbox / "卷.json.part"
    for look in range(40):
        part.write_text(" " * look)
        desk.tick()
        office.clock.seconds += LONG / 20
    assert lines(office, "无法审查") == []
    office.clock.seconds += LONG
    desk.tick()
    (row,) = lines(office, "无法审查")
    assert ".part" in str(row["原因和处理办法"])
    part.write_text(json.dumps(CASE))
    part.rename(office.inbox / "卷.json")
    office.settle(desk)
    assert lines(office, "无法审查") == []
    assert office.audited == ["卷.json"]


def test_an_empty_file_is_told_and_its_later_content_is_taken(office):
    """A scanner's placeholder: after the long quiet time it is said to be empty; the scan that comes later is audited."""

    def process(original: Path, name: str):
        if not original.stat().st_size:
            raise InputError("empty")
        return office.process(original, name)

    desk = office.open(process=process)
    (office.inbox / "空.pdf").write_bytes(b"")
    desk.tick()
    office.clock.seconds += QUIET
    desk.tick()
    assert (office.inbox / "空.pdf").exists()
    office.clock.seconds += PATIENCE * QUIET
    desk.tick()
    (row,) = lines(office, "无法审查")
    assert "空的" in str(row["原因和处理办法"])
    office.drop("空.pdf", **CASE)
    office.settle(desk)
    assert len(lines(office, "案件台账")) == 1


def test_a_drop_that_is_kept_and_cannot_be_moved_is_not_said_to_lie(office, monkeypatch):
    """A read-only share: it has been audited, and the ledger says nothing else."""

    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(arrivals, "_take_away", refuse)
    office.drop("卷.json", **CASE)
    desk = office.open()
    office.settle(desk)
    office.clock.seconds += 2 * LONG
    desk.tick()
    assert lines(office, "无法审查") == []
    assert len(lines(office, "案件台账")) == 1


def test_a_vanished_inbox_does_not_end_the_office(office):
    """The share is gone for a while: the office waits, and goes on where it was."""
    desk = office.open()
    office.drop("卷.json", **CASE)
    desk.tick()
    away = office.inbox.rename(office.inbox.with_name("断开"))
    office.clock.seconds += LONG
    desk.tick()
    away.rename(office.inbox)
    office.settle(desk)
    assert office.audited == ["卷.json"]
    assert lines(office, "无法审查") == []
