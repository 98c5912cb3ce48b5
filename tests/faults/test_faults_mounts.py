"""Disks that are full, read-only or gone, for real: the office goes on, says nothing wrong, and loses nothing."""

from __future__ import annotations

import errno
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from desk_office import Office, outbox_files
from faults_days import CASE, what_remains
from faults_mounts import fill, gone, held, in_own_mounts, make_room, mount_disk, read_only

from pipeline import registry
from pipeline.delivering import deliver, deliver_unusable
from pipeline.desk.desk import Desk
from pipeline.errors import UsageError
from schemas.draft import Draft, DraftKind

OTHER = {"case_number": "虚法援刑字〔2024〕8号", "recipient_name": "某乙"}
DISK = 8192
"""Kilobytes."""
Remains = dict[str, object]
_KNOWN: dict[str, Remains] = {}


def look(office: Office, desk: Desk, times: int = 2) -> None:
    """As `Desk.run` looks: trouble is noted and waited out."""
    for _ in range(times):
        desk._tried("tick", desk.tick)
        office.clock.seconds += 100.0


def stock(office: Office) -> None:
    office.drop("1卷.json", **CASE)
    (office.inbox / "2卷").mkdir()
    office.drop("2卷/1.json", **OTHER)
    office.drop("2卷/2.json", note="x" * 20_000)
    office.drop("3坏.json", code="encrypted", note="x" * 20_000)


def undisturbed(root: Path) -> Remains:
    office = Office(root)
    stock(office)
    look(office, office.open(), 3)
    registry.close_registry()
    return what_remains(root)


@pytest.fixture
def expected(database: str, tmp_path_factory: pytest.TempPathFactory) -> Remains:
    """What the day leaves when nothing disturbs it."""
    if database not in _KNOWN:
        _KNOWN[database] = undisturbed(tmp_path_factory.mktemp("undisturbed"))
    return _KNOWN[database]


def full_disk(root: Path, expected: Remains, place: str, left: int) -> None:
    """The disk of one folder fills up but for so many kilobytes; nothing that could be seen is half; then there is room."""
    office = Office(root)
    disk = getattr(office, place)
    mount_disk(disk, DISK)
    stock(office)
    desk = office.open()
    fill(disk, left)
    look(office, desk)
    for kept in (office.state / "originals").glob("??/*/*"):
        assert kept.name in {"1卷.json", "2卷", "3坏.json"}
    make_room(disk)
    look(office, desk, 3)
    registry.close_registry()
    assert what_remains(root) == expected


@pytest.mark.parametrize(("place", "left"), [("state", 48), ("outbox", 24)])
def test_a_full_disk_is_waited_out(tmp_path, expected, place, left):
    """The state folder's (with an SQLite registry in it), or the outbox's: afterwards all is as if it had never been full."""
    in_own_mounts(partial(full_disk, tmp_path, expected, place, left))


@pytest.mark.full
@pytest.mark.parametrize("place", ["state", "outbox"])
@pytest.mark.parametrize("left", range(4, 400, 12))
def test_a_disk_that_fills_up_at_any_point_is_waited_out(tmp_path, expected, place, left):
    """Wherever in the day's work the room ends."""
    in_own_mounts(partial(full_disk, tmp_path, expected, place, left))


def full_beside_the_note(root: Path, *, folder: bool) -> None:
    outbox, original = root / "发件箱", root / "3坏.pdf"
    mount_disk(outbox, DISK)
    if folder:
        original.mkdir()
    (original / "1.pdf" if folder else original).write_bytes(b"x" * 100_000)
    fill(outbox, 60)
    with pytest.raises(OSError) as full:
        deliver_unusable("3坏.pdf", "文件设有密码。", original, outbox)
    assert full.value.errno == errno.ENOSPC
    assert [path.name for path in outbox.iterdir() if not path.name.startswith(".")] == []
    make_room(outbox)
    written = deliver_unusable("3坏.pdf", "文件设有密码。", original, outbox)
    assert "原件已随本说明一并存放" in (written / "说明.txt").read_text(encoding="utf-8-sig")
    assert sum(path.stat().st_size == 100_000 for path in written.rglob("*")) == 1


@pytest.mark.parametrize("folder", [False, True])
def test_an_original_for_which_there_is_no_room_is_not_called_unreadable(tmp_path, folder):
    """The note alone would fit, and would say what is not so."""
    in_own_mounts(partial(full_beside_the_note, tmp_path, folder=folder))


def read_only_outbox(root: Path, expected: Remains) -> None:
    office = Office(root)
    mount_disk(office.outbox, DISK)
    stock(office)
    desk = office.open()
    with read_only(office.outbox):
        look(office, desk, 3)
        assert len(registry.undelivered()) == 3
        assert outbox_files(office) == []
    look(office, desk)
    registry.close_registry()
    assert what_remains(root) == expected


def test_an_outbox_that_turns_read_only_is_waited_for(tmp_path, expected):
    """The reports are recorded; they are delivered when the share takes them again."""
    in_own_mounts(partial(read_only_outbox, tmp_path, expected))


def start_without_outbox(root: Path, expected: Remains) -> None:
    office = Office(root)
    mount_disk(office.outbox, DISK)
    stock(office)
    office.open()
    registry.close_registry()
    with gone(office.outbox):
        with pytest.raises(UsageError, match="发件箱没有连接"):
            Office(root)
        assert list(office.outbox.iterdir()) == []
    again = Office(root)
    look(again, again.open(), 3)
    registry.close_registry()
    assert what_remains(root) == expected


def test_an_office_does_not_start_where_the_share_of_the_outbox_is_missing(tmp_path, expected):
    """After a power cut the office is up before the share: it says so, and makes nothing in the empty mount point."""
    in_own_mounts(partial(start_without_outbox, tmp_path, expected))


def held_workbook(root: Path) -> None:
    office = Office(root)
    office.drop("1卷.json", **CASE)
    desk = office.open()
    look(office, desk)
    ledger = office.outbox / "台账.xlsx"
    with held(ledger):
        office.drop("2卷.json", **OTHER)
        look(office, desk)
        beside = openpyxl.load_workbook(office.outbox / "台账（待替换）.xlsx")["案件台账"]
        assert beside.max_row == 3
    look(office, desk)
    assert openpyxl.load_workbook(ledger)["案件台账"].max_row == 3
    assert not (office.outbox / "台账（待替换）.xlsx").exists()


def test_a_ledger_held_by_a_program_on_another_machine_is_written_beside(tmp_path):
    """On a share the answer is "busy", not "refused"; closed at last, it is replaced."""
    in_own_mounts(partial(held_workbook, tmp_path))


def held_letter(root: Path) -> None:
    office = Office(root)
    report = office.process(office.drop("1卷.json", **CASE), "1卷.json")

    def letters(text: bytes) -> list[Draft]:
        return [Draft(kind=DraftKind.AUDIT_OPINION, file_name="审查意见书.docx", content=text)]

    folder = deliver(report, letters(b"first"), office.outbox, 1)
    with held(folder / "审查意见书.docx"):
        deliver(report, letters(b"second"), office.outbox, 1)
    assert (folder / "审查意见书.docx").read_bytes() == b"first"
    assert (folder / "审查意见书（新稿）.docx").read_bytes() == b"second"


def test_a_letter_held_by_a_program_on_another_machine_stays_and_the_new_one_lies_beside(tmp_path):
    """As where Windows refuses: nothing waits for whoever has it open."""
    in_own_mounts(partial(held_letter, tmp_path))


def lost_inbox(root: Path, expected: Remains) -> None:
    office = Office(root)
    mount_disk(office.inbox, DISK)
    stock(office)
    desk = office.open()
    desk.tick()
    with gone(office.inbox):
        office.clock.seconds += 100.0
        look(office, desk)
        assert office.audited == []
    look(office, desk, 4)
    registry.close_registry()
    assert what_remains(root) == expected


def test_an_inbox_whose_share_is_lost_is_emptied_when_it_is_back(tmp_path, expected):
    """An empty folder is in its place meanwhile: nobody takes what was in it for withdrawn."""
    in_own_mounts(partial(lost_inbox, tmp_path, expected))


def lost_outbox(root: Path, expected: Remains) -> None:
    office = Office(root)
    mount_disk(office.outbox, DISK)
    stock(office)
    desk = office.open()
    with gone(office.outbox):
        look(office, desk, 3)
        assert list(office.outbox.iterdir()) == []
        assert len(registry.undelivered()) == 3
    look(office, desk)
    registry.close_registry()
    assert what_remains(root) == expected


def test_nothing_is_delivered_to_where_the_share_of_the_outbox_should_be(tmp_path, expected):
    """What is written into the empty folder in its place, nobody would ever see: it waits for the share."""
    in_own_mounts(partial(lost_outbox, tmp_path, expected))
