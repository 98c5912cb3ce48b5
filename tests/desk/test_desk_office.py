"""The office at work: what a clerk drops, and what becomes of it."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from desk_office import QUIET, Office, outbox_files

from pipeline import registry
from pipeline.desk import arrivals
from pipeline.desk.desk import unreadable
from pipeline.errors import InputError
from pipeline.intake import sha256_of
from pipeline.intake.settling import PATIENCE

CASE = {"case_number": "虚法援刑字〔2024〕7号", "recipient_name": "某甲"}
FOLDER = "虚法援刑字〔2024〕7号_某甲"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    yield Office(tmp_path)
    registry.close_registry()


def rows_of(office: Office, table: str) -> list[sqlite3.Row]:
    with sqlite3.connect(office.state / "registry.sqlite3") as database:
        database.row_factory = sqlite3.Row
        rows = database.execute(f"SELECT * FROM registry_{table} ORDER BY id").fetchall()
    database.close()
    return rows


def ledger_of(office: Office, sheet: str) -> list[dict[str, object]]:
    workbook = openpyxl.load_workbook(office.outbox / "台账.xlsx")
    head, *rows = workbook[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_settled_drop_is_audited_delivered_and_gone_from_the_inbox(office):
    """One file in: its papers in the outbox, its bytes in the originals, its line in the ledger, the inbox empty."""
    drop = office.drop("卷宗一.json", **CASE)
    digest = sha256_of(drop)
    office.settle(office.open())
    assert list(office.inbox.iterdir()) == []
    assert f"{FOLDER}/第1次审查/审查意见书.docx" in outbox_files(office)
    kept = office.state / "originals" / digest[:2] / digest / "卷宗一.json"
    assert sha256_of(kept) == digest
    (row,) = ledger_of(office, "案件台账")
    assert (row["案件编号"], row["受援人"], row["轮次"]) == (CASE["case_number"], "某甲", 1)


def test_a_drop_that_still_grows_is_left_alone(office):
    """The quiet time begins anew whenever the size changes."""
    desk = office.open()
    drop = office.drop("卷.json", **CASE)
    desk.tick()
    office.clock.seconds += QUIET - 1
    drop.write_text(drop.read_text() + " ")
    desk.tick()
    office.clock.seconds += QUIET - 1
    desk.tick()
    assert drop.exists()
    office.clock.seconds += 1
    desk.tick()
    assert not drop.exists()


def test_what_lies_in_the_inbox_at_the_start_goes_the_same_way(office):
    """Dropped while the office was closed: taken in after the quiet time, like any other."""
    office.drop("旧.json", **CASE)
    office.settle(office.open())
    assert office.audited == ["旧.json"]


def test_the_second_submission_of_a_case_is_its_second_round(office):
    """Same case number and recipient: same folder, next round, one line in the ledger."""
    desk = office.open()
    office.drop("一.json", **CASE)
    office.settle(desk)
    office.drop("二.json", **CASE, cause="盗窃")
    office.settle(desk)
    assert {Path(name).parts[1] for name in outbox_files(office) if FOLDER in name} == {"第1次审查", "第2次审查"}
    (row,) = ledger_of(office, "案件台账")
    assert row["轮次"] == 2


def test_the_same_case_number_written_differently_is_the_same_case(office):
    """Brackets and widths are spelling, not identity."""
    desk = office.open()
    office.drop("一.json", **CASE)
    office.settle(desk)
    office.drop("二.json", case_number="虚法援刑字[２０２４]7号", recipient_name="某 甲")
    office.settle(desk)
    assert [row["number"] for row in rows_of(office, "round")] == [1, 2]
    assert len(rows_of(office, "case")) == 1


def test_the_same_bytes_dropped_again_are_told_and_not_audited_again(office):
    """The second drop leaves the inbox, and the ledger says that it was there."""
    desk = office.open()
    office.drop("一.json", **CASE)
    office.settle(desk)
    office.drop("一 - 副本.json", **CASE)
    office.settle(desk)
    assert office.audited == ["一.json"]
    assert list(office.inbox.iterdir()) == []
    (row,) = ledger_of(office, "案件台账")
    assert "重复提交1次" in str(row["等待事项"])


def test_a_folder_is_one_drop_and_clutter_does_not_make_it_another(office):
    """Thumbs.db beside the same papers: the same submission, audited once; and the clutter is kept too."""
    desk = office.open()
    for name, clutter in (("夹甲", b"1"), ("夹乙", b"2")):
        (office.inbox / name).mkdir()
        office.drop(f"{name}/1.json", **CASE)
        (office.inbox / name / "Thumbs.db").write_bytes(clutter)
        office.settle(desk)
    assert office.audited == ["夹甲"]
    assert list(office.inbox.iterdir()) == []
    kept = {path.read_bytes() for path in (office.state / "originals").rglob("Thumbs.db")}
    assert kept == {b"1", b"2"}


def test_an_unusable_input_has_its_folder_and_its_line(office):
    """The original and the sentence lie in the outbox; the ledger lists it apart."""
    office.drop("坏.json", code="encrypted")
    office.settle(office.open())
    names = outbox_files(office)
    assert any(name.endswith("说明.txt") for name in names)
    assert any(name.endswith("坏.json") for name in names)
    (row,) = ledger_of(office, "无法审查")
    assert "密码" in str(row["原因和处理办法"])


def test_an_unexpected_error_is_tried_twice_and_then_told(office):
    """A bug costs one file: two attempts, then it is delivered as unusable, and the next file is audited."""
    office.drop("1坏.json", bug="boom")
    office.drop("2好.json", **CASE)
    office.settle(office.open())
    assert office.audited == ["1坏.json", "1坏.json", "2好.json"]
    assert [row["state"] for row in rows_of(office, "submission")] == ["unusable", "delivered"]


def test_a_crash_that_the_audit_itself_reports_is_tried_again_too(office):
    """A lost worker may be chance: the second attempt decides."""
    attempts = []

    def process(original: Path, name: str):
        attempts.append(name)
        return unreadable(name, "", "crashed") if len(attempts) == 1 else office.process(original, name)

    office.drop("卷.json", **CASE)
    office.settle(office.open(process=process))
    assert len(attempts) == 2
    assert f"{FOLDER}/第1次审查/审查意见书.docx" in outbox_files(office)


def test_a_file_that_kills_the_office_again_and_again_is_given_up(office):
    """Three times found half done after a restart: it is told instead of tried a fourth time."""

    def die(_original: Path, _name: str):
        raise KeyboardInterrupt

    office.drop("毒.json", **CASE)
    for _ in range(3):
        desk = office.open(process=die)
        with pytest.raises(KeyboardInterrupt):
            office.settle(desk)
        (submission,) = rows_of(office, "submission")
        assert submission["state"] == "received"
        assert registry.claim_next("a process that was killed") is not None
    office.settle(office.open())
    assert office.audited == []
    (row,) = ledger_of(office, "无法审查")
    assert "异常中断" in str(row["原因和处理办法"])


def test_a_half_written_pdf_waits_and_is_then_said_to_be_incomplete(office):
    """It is not taken after the quiet time; after a long one it is, and the clerk hears that it broke off."""

    def process(_original: Path, _name: str):
        raise InputError("corrupt")

    (office.inbox / "半.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    desk = office.open(process=process)
    office.settle(desk)
    assert (office.inbox / "半.pdf").exists()
    office.clock.seconds += PATIENCE * QUIET
    desk.tick()
    assert not (office.inbox / "半.pdf").exists()
    (row,) = ledger_of(office, "无法审查")
    assert "尚未传输完整" in str(row["原因和处理办法"])


def test_a_drop_written_to_while_it_is_taken_goes_back(office, monkeypatch):
    """A scanner that appends after the copy: the kept copy stays, the longer file returns to the inbox and is audited."""
    drop = office.drop("卷.json", **CASE)
    register = arrivals.registry.register_drop

    def register_and_append(*args, **kwargs):
        registered = register(*args, **kwargs)
        if drop.exists():
            drop.write_text(drop.read_text() + "   ")
        return registered

    monkeypatch.setattr(arrivals.registry, "register_drop", register_and_append)
    desk = office.open()
    office.settle(desk)
    assert drop.read_text().endswith("   ")
    monkeypatch.undo()
    office.settle(desk)
    assert not drop.exists()
    assert len(rows_of(office, "submission")) == 2


def test_a_drop_that_may_not_be_read_is_told_once_and_taken_when_it_may(office, monkeypatch):
    """No permission: one line in the ledger however often it is tried; the line goes when the file can be taken."""
    locked = office.drop("锁.json", **CASE)
    really_open = Path.open

    def refuse(path, mode="r", *args, **kwargs):
        if path == locked and "r" in mode:
            raise PermissionError(13, "denied", str(path))
        return really_open(path, mode, *args, **kwargs)

    desk = office.open()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        office.settle(desk)
        desk.tick()
        desk.tick()
        assert locked.exists()
        (row,) = ledger_of(office, "无法审查")
        assert "权限" in str(row["原因和处理办法"])
    desk.tick()
    assert not locked.exists()
    assert ledger_of(office, "无法审查") == []
    assert len(ledger_of(office, "案件台账")) == 1


def test_a_link_is_not_followed_out_of_the_inbox(office, tmp_path):
    """A link in the inbox may lead anywhere: it is refused where it lies, and what it leads to is not copied."""
    secret = tmp_path / "机密.json"
    secret.write_text("{}")
    (office.inbox / "链接.json").symlink_to(secret)
    office.settle(office.open())
    assert (office.inbox / "链接.json").is_symlink()
    assert list((office.state / "originals").rglob("*.json")) == []


def test_full_width_and_long_names_pass(office):
    """The clerk's name is kept as it is, as long as the file system allows."""
    name = "（２０２４）" + "卷" * 70 + "．json"
    office.drop(name, **CASE)
    office.settle(office.open())
    assert office.audited == [name]
    assert [path.name for path in (office.state / "originals").rglob("*json")] == [name]


def test_the_journal_holds_together(office):
    """Whatever happened, the chain can be recomputed."""
    office.drop("一.json", **CASE)
    office.drop("二.json", code="corrupt")
    office.settle(office.open())
    check = registry.verify_journal()
    assert check.whole
    assert check.events >= 8


def test_logs_name_the_case_and_no_person(office, capsys):
    """One line an outcome; the drop's name, which is often a person's, is not in it."""
    office.drop("某甲的卷宗.json", **CASE)
    office.settle(office.open())
    printed = capsys.readouterr().out
    assert "delivered" in printed
    assert "某甲" not in printed


def test_names_that_are_not_utf8_pass(office):
    """A folder unpacked by an old program: its names become readable, its bytes are kept."""
    folder = office.inbox / os.fsdecode("卷宗".encode("gbk"))
    folder.mkdir()
    office.drop("x.json", **CASE).rename(folder / os.fsdecode("第1页.json".encode("gbk")))
    office.settle(office.open())
    assert office.audited == ["卷宗"]
    assert list(office.inbox.iterdir()) == []
    assert [path.name for path in (office.state / "originals").rglob("*.json")] == ["第1页.json"]


def test_a_drop_that_cannot_be_moved_is_audited_and_not_copied_again_and_again(office, monkeypatch):
    """A read-only share: the clerk gets the result; the drop leaves when it can."""
    copies = []
    keep = arrivals.keep_original

    def counted(*args):
        copies.append(args)
        return keep(*args)

    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(arrivals, "keep_original", counted)
    drop = office.drop("卷.json", **CASE)
    desk = office.open()
    with monkeypatch.context() as patch:
        patch.setattr(arrivals, "_take_away", refuse)
        office.settle(desk)
        desk.tick()
    assert drop.exists()
    assert len(copies) == 1
    desk.tick()
    assert not drop.exists()
    assert office.audited == ["卷.json"]


def test_a_drop_that_was_taken_away_and_not_recorded_is_brought_to_an_end(office, monkeypatch):
    """The disk was full in between: it lies in the inbox no more, and nothing else would come upon it."""
    office.drop("卷.json", **CASE)
    desk = office.open()
    desk.tick()
    office.clock.seconds += QUIET

    def full(_drop: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(registry, "record_left", full)
        desk._tried("tick", desk.tick)
    assert list(office.inbox.glob("*.json")) == []
    assert len(registry.open_drops()) == 1
    desk.tick()
    assert registry.open_drops() == ()
    assert len(office.audited) == 1
