"""Full disks, read-only outboxes, lost shares, clocks that jump: the office goes on, and nothing is lost."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from desk_office import QUIET, Office, outbox_files

from pipeline import registry
from pipeline.intake import sha256_of

CASE = {"case_number": "虚法援刑字〔2024〕7号", "recipient_name": "某甲"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    yield Office(tmp_path)
    registry.close_registry()


def delivered(office: Office) -> bool:
    return any(name.endswith("审查意见书.docx") for name in outbox_files(office))


def test_a_full_disk_leaves_the_drop_in_the_inbox_until_there_is_room(office, monkeypatch):
    """ENOSPC while the original is copied: no half copy stays, and the next look succeeds."""
    drop = office.drop("卷.json", **CASE)
    desk = office.open()

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        office.settle(desk)
    assert drop.exists()
    assert [path for path in (office.state / "originals").rglob("*") if path.is_file()] == []
    desk.tick()
    assert not drop.exists()
    assert delivered(office)


def test_a_full_disk_while_auditing_does_not_count_against_the_file(office):
    """The machine's trouble is waited out, however long it lasts."""
    attempts = []

    def process(original: Path, name: str):
        attempts.append(name)
        if len(attempts) < 5:
            raise OSError(errno.ENOSPC, "no space left")
        return office.process(original, name)

    office.drop("卷.json", **CASE)
    desk = office.open(process=process)
    office.settle(desk)
    for _ in range(4):
        desk.tick()
    assert len(attempts) == 5
    assert delivered(office)


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_an_outbox_that_cannot_be_written_is_tried_again(office, number):
    """The report is recorded; delivering waits, and other files are still audited."""
    refusing = [True]

    def deliver(record, original):
        if refusing:
            raise OSError(number, "refused")
        return office.deliver(record, original)

    desk = office.open(deliver_one=deliver)
    office.drop("1.json", **CASE)
    office.drop("2.json", case_number="虚法援刑字〔2024〕8号", recipient_name="某乙")
    office.settle(desk)
    assert office.audited == ["1.json", "2.json"]
    assert len(registry.undelivered()) == 2
    refusing.clear()
    desk.tick()
    assert registry.undelivered() == ()
    assert office.audited == ["1.json", "2.json"]
    assert sum(name.endswith("审查意见书.docx") for name in outbox_files(office)) == 2


def test_a_ledger_that_stands_open_in_excel_is_written_when_it_is_closed(office, monkeypatch):
    """Windows refuses to replace it; the office goes on, and writes it at a later look."""
    target = office.outbox / "台账.xlsx"
    really_replace = Path.replace

    def locked(path: Path, other: Path) -> Path:
        if Path(other) == target:
            raise PermissionError(errno.EACCES, "open in another program", str(other))
        return really_replace(path, other)

    office.drop("卷.json", **CASE)
    desk = office.open()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", locked)
        office.settle(desk)
    assert delivered(office)
    assert not target.exists()
    desk.tick()
    assert openpyxl.load_workbook(target)["案件台账"].max_row == 2


def test_an_inbox_that_vanishes_and_returns_is_taken_up_again(office):
    """A share drops out: nothing happens, then everything goes on."""
    desk = office.open()
    desk.tick()
    shutil.move(office.inbox, office.inbox.with_name("away"))
    desk.tick()
    shutil.move(office.inbox.with_name("away"), office.inbox)
    office.drop("卷.json", **CASE)
    office.settle(desk)
    assert delivered(office)


def test_an_office_whose_inbox_is_away_at_the_start_begins_when_it_is_there(office):
    """Opened before the share is mounted."""
    shutil.rmtree(office.inbox)
    desk = office.open()
    desk.tick()
    office.inbox.mkdir()
    office.drop("卷.json", **CASE)
    office.settle(desk)
    assert delivered(office)


def test_a_clock_set_back_changes_nothing(office, monkeypatch):
    """Times of files and of the wall clock may jump; only whether they change counts."""
    drop = office.drop("卷.json", **CASE)
    os.utime(drop, (4e9, 4e9))
    desk = office.open()
    desk.tick()
    monkeypatch.setattr(time, "time", lambda: 0.0)
    office.clock.seconds += QUIET
    desk.tick()
    assert delivered(office)


def test_a_taken_drop_from_another_disk_passes_through_the_hidden_folder(office, monkeypatch):
    """Where a rename to the state folder is impossible (EXDEV), the drop waits beside the inbox, unseen, and is gone."""
    really_rename = os.rename

    def other_disk(source, target, **kwargs):
        if str(target).startswith(str(office.state / "taken")):
            raise OSError(errno.EXDEV, "another disk")
        return really_rename(source, target, **kwargs)

    monkeypatch.setattr(os, "rename", other_disk)
    drop = office.drop("卷.json", **CASE)
    digest = sha256_of(drop)
    office.settle(office.open())
    assert [path for path in office.inbox.rglob("*") if path.is_file()] == []
    assert (office.state / "originals" / digest[:2] / digest / "卷.json").exists()


def test_an_original_spoilt_on_disk_does_not_pass_for_the_drop(office):
    """If the kept copy no longer has the bytes, the same drop is kept anew before it leaves the inbox."""
    desk = office.open()
    content = office.drop("一.json", **CASE).read_bytes()
    office.settle(desk)
    (kept,) = (office.state / "originals").rglob("一.json")
    kept.chmod(0o644)
    kept.write_bytes(b"rot")
    (office.inbox / "一.json").write_bytes(content)
    office.settle(desk)
    assert not (office.inbox / "一.json").exists()
    assert content in {path.read_bytes() for path in (office.state / "originals").rglob("*.json")}
