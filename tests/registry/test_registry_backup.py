"""Backing up while the office works, restoring after everything is gone, and proving that nothing was changed."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_office import Office, outbox_files
from typer.testing import CliRunner

from pipeline import registry
from pipeline.cli import app
from pipeline.desk.premises import prepare_folders
from pipeline.errors import UsageError
from pipeline.registry import setup
from pipeline.registry.models import JournalEvent
from pipeline.safekeeping import back_up, check_backup, restore, store, verify_against, verify_office
from pipeline.settings import Settings

CASE = {"case_number": "虚法援刑字〔2024〕7号", "recipient_name": "某甲"}
OTHER = {"case_number": "虚法援民字〔2024〕8号", "recipient_name": "某乙"}


def quiet(_step: str) -> None:
    """Nobody looks at the progress."""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office in its working folder, with a day behind it: a file, a folder, and a file that could not be used."""
    (tmp_path / "机构").mkdir()
    monkeypatch.chdir(tmp_path / "机构")
    (tmp_path / "机构" / "juanzong.toml").write_text('office_name = "某某县法律援助中心"\n', encoding="utf-8")
    office = Office(Path())
    day(office)
    yield office
    registry.close_registry()


def day(office: Office) -> None:
    office.drop("1卷.json", **CASE)
    (office.inbox / "2卷").mkdir()
    office.drop("2卷/1.json", **OTHER)
    office.drop("2卷/Thumbs.db", clutter="yes")
    office.drop("3坏.json", code="encrypted")
    office.settle(office.open())
    registry.close_registry()


def backed_up(office: Office, folder: Path, **options: object):
    done = back_up(office.settings, folder, progress=quiet, **options)
    registry.close_registry()
    return done


def test_an_office_of_which_nothing_is_left_goes_on_from_its_backup(office, tmp_path, database, monkeypatch):
    """Backed up in the middle of a day, destroyed, restored: rounds go on counting, and what was handed in is known."""
    desk = office.open()
    office.drop("4卷.json", **CASE, cause="盗窃")
    office.settle(desk)
    before = registry.ledger_entries()
    backed_up(office, tmp_path / "备份盘")
    papers = outbox_files(office)
    shutil.rmtree(tmp_path / "机构")

    again = tmp_path / "新机构"
    done = restore(tmp_path / "备份盘", again, progress=quiet)
    assert done.verification.whole
    assert done.to_change == (('database = ""',) if database == "postgresql" else ())
    monkeypatch.chdir(again)
    monkeypatch.setattr(setup, "database_of", lambda _state: "")
    office = Office(Path())
    desk = office.open()
    assert registry.ledger_entries() == before
    assert outbox_files(office) == papers
    office.drop("5又一次.json", **CASE)
    office.drop("6卷.json", **CASE, cause="抢夺")
    office.settle(desk)
    assert office.audited == ["6卷.json"]
    assert max(entry.round_number for entry in registry.ledger_entries()) == 3
    assert registry.verify_journal().whole


def test_a_registry_moves_into_postgresql(office, tmp_path, postgresql, monkeypatch):
    """From either database by way of a backup; numbers that the server gives go on where they were."""
    office.open()
    entries = registry.ledger_entries()
    backed_up(office, tmp_path / "备份盘")
    address = postgresql.database_for(str(tmp_path / "moved"))
    done = restore(tmp_path / "备份盘", tmp_path / "新机构", database=address, progress=quiet)
    assert done.verification.whole
    assert not (done.state / "registry.sqlite3").exists()
    monkeypatch.setattr(setup, "database_of", lambda _state: address)
    monkeypatch.chdir(tmp_path / "新机构")
    office = Office(Path())
    desk = office.open()
    assert registry.ledger_entries() == entries
    office.drop("新.json", **CASE, cause="抢夺")
    office.settle(desk)
    assert registry.verify_journal().whole
    with pytest.raises(UsageError, match="已有台账"):
        restore(tmp_path / "备份盘", tmp_path / "另一处", database=address, progress=quiet)


def test_a_second_backup_copies_only_what_is_new(office, tmp_path):
    """Originals lie in the backup once; both backups can be restored."""
    first = backed_up(office, tmp_path / "备份盘")
    assert first.new_files == sum(first.manifest.counts.values()) > 3
    assert backed_up(office, tmp_path / "备份盘").new_files == 0
    office.drop("4卷.json", **CASE, cause="盗窃")
    office.settle(office.open())
    third = backed_up(office, tmp_path / "备份盘")
    assert third.manifest.counts["originals"] == first.manifest.counts["originals"] + 1
    assert 1 <= third.new_files < first.new_files
    for number, rounds in ((1, 1), (3, 2)):
        into = tmp_path / f"回到{number}"
        assert restore(tmp_path / "备份盘" / f"备份-000{number}", into, progress=quiet).verification.whole
        registry.open_registry(into / "台账", "")
        assert max(entry.round_number for entry in registry.ledger_entries()) == rounds


def test_old_copies_of_the_registry_go_and_contents_stay(office, tmp_path):
    """A copy of the registry a day for ten years would fill the disk; an original is never removed."""
    for _ in range(3):
        backed_up(office, tmp_path / "备份盘", keep_last=2)
    assert [path.name for path in store.generations(tmp_path / "备份盘")] == ["备份-0002", "备份-0003"]
    assert check_backup(tmp_path / "备份盘", quiet)[1].number == 3


def test_an_original_that_was_altered_does_not_replace_the_good_one_in_the_backup(office, tmp_path):
    """The content of before stays where it is, and the first backup still gives it back."""
    backed_up(office, tmp_path / "备份盘")
    (kept,) = (office.state / "originals").rglob("1卷.json")
    content = kept.read_bytes()
    kept.chmod(0o644)
    kept.write_bytes(b"something else")
    backed_up(office, tmp_path / "备份盘")
    restore(tmp_path / "备份盘" / "备份-0001", tmp_path / "新机构", progress=quiet)
    (restored,) = (tmp_path / "新机构").rglob("1卷.json")
    assert restored.read_bytes() == content
    assert not os.access(restored, os.W_OK) or os.geteuid() == 0
    assert restored.stat().st_mode & 0o222 == 0


@pytest.mark.parametrize(
    "step", [pytest.param(step, marks=() if step % 24 == 1 else pytest.mark.full) for step in range(1, 60, 8)]
)
def test_a_backup_that_is_killed_leaves_the_one_before(office, tmp_path, step):
    """kill -9 before any write: no half backup passes for one, and the next run makes it."""
    folder = tmp_path / "备份盘"
    backed_up(office, folder)
    office.drop("4卷.json", **CASE, cause="盗窃")
    office.settle(office.open())
    registry.close_registry()
    _die_before_write(step, lambda: back_up(office.settings, folder, progress=quiet))
    finished = [path.name for path in store.generations(folder)]
    assert finished in (["备份-0001"], ["备份-0001", "备份-0002"])
    for generation in store.generations(folder):
        check_backup(generation, quiet)
    backed_up(office, folder)
    assert check_backup(folder, quiet)[1].counts["originals"] == 5


def _die_before_write(number: int, act) -> None:
    """In a forked process that is killed before its write of that number, if it has so many."""
    child = os.fork()
    if child == 0:
        count = 0

        def counted(really):
            def write(*args, **kwargs):
                nonlocal count
                count += 1
                if count == number:
                    os.kill(os.getpid(), signal.SIGKILL)
                return really(*args, **kwargs)

            return write

        try:
            for name in ("rename", "replace", "mkdir", "rmdir", "unlink", "fsync"):
                setattr(os, name, counted(getattr(os, name)))
            act()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0


def test_a_full_disk_is_said_and_the_backup_before_stays(office, tmp_path, monkeypatch):
    """A sentence with the next step; nothing half lies about."""
    folder = tmp_path / "备份盘"
    backed_up(office, folder)
    office.drop("4卷.json", **CASE, cause="盗窃")
    office.settle(office.open())

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(UsageError, match=r"磁盘空间不足.*此前的备份不受影响"):
            back_up(office.settings, folder, progress=quiet)
    assert [path for path in folder.rglob("*") if path.name.startswith(store.UNFINISHED)] == []
    assert check_backup(folder, quiet)[1].number == 1


def test_a_disk_too_small_for_the_registry_is_said(office, tmp_path):
    """A real one, 64 kB: SQLite tells in its own way that it is full."""
    disk = tmp_path / "小盘"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", disk], check=False, capture_output=True
    ).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        with pytest.raises(UsageError, match="磁盘空间不足"):
            back_up(office.settings, disk / "备份", progress=quiet)
        assert store.generations(disk / "备份") == []
    finally:
        registry.close_registry()
        subprocess.run(["umount", "-l", disk], check=True)


def test_a_backup_while_others_write_holds_one_moment(office, tmp_path, monkeypatch):
    """Events that come while the files are copied are not in it; the chain that is in it is whole."""
    office.open()
    events = JournalEvent.objects.count()
    really_keep = store.keep
    handed_in = iter(range(100))

    def keep_and_write(*arguments):
        registry.open_registry(office.state)
        digit = next(handed_in)
        registry.register_drop(f"{digit}.pdf", "f" * 64, sha256=f"{digit:064}", original="originals/none")
        return really_keep(*arguments)

    monkeypatch.setattr(store, "keep", keep_and_write)
    done = backed_up(office, tmp_path / "备份盘")
    assert done.manifest.journal.events == events
    registry.open_registry(office.state)
    assert JournalEvent.objects.count() > events


@pytest.mark.parametrize("victim", ["registry.sqlite3", "files.jsonl", "manifest.json", "content"])
@pytest.mark.parametrize("harm", ["altered", "gone"])
def test_a_backup_that_was_harmed_is_not_restored(office, tmp_path, victim, harm):
    """Said before a byte is written, with the name of what was harmed."""
    folder = tmp_path / "备份盘"
    generation = backed_up(office, folder).generation
    path = next((folder / "files").rglob("*.json")) if victim == "content" else generation / victim
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(UsageError):
        restore(folder, tmp_path / "新机构", progress=quiet)
    assert not (tmp_path / "新机构").exists()


def test_a_path_in_a_forged_list_cannot_leave_the_target(office, tmp_path):
    """Not even where manifest and list agree."""
    folder = tmp_path / "备份盘"
    generation = backed_up(office, folder).generation
    lines = (generation / "files.jsonl").read_text(encoding="utf-8").splitlines()
    forged = {**json.loads(lines[0]), "place": "outbox", "path": "../../逃出.json"}
    (generation / "files.jsonl").write_text("\n".join([*lines, json.dumps(forged)]) + "\n", encoding="utf-8")
    manifest = store.read_manifest(generation)
    manifest = manifest.model_copy(update={"files": store.part_of(generation / "files.jsonl")})
    (generation / "manifest.json").write_text(manifest.model_dump_json(), encoding="utf-8")
    with pytest.raises(UsageError, match="不合规"):
        restore(folder, tmp_path / "新机构", progress=quiet)
    assert not (tmp_path / "逃出.json").exists()


def test_restoring_into_a_folder_in_use_is_refused(office, tmp_path):
    """Nothing is ever written over."""
    backed_up(office, tmp_path / "备份盘")
    with pytest.raises(UsageError, match="空的"):
        restore(tmp_path / "备份盘", tmp_path / "机构", progress=quiet)


@pytest.mark.parametrize("where", ["收件箱", "发件箱", "台账"])
def test_a_backup_inside_of_what_it_backs_up_is_refused(office, where):
    """It would be audited, delivered, or grow into itself."""
    with pytest.raises(UsageError, match="备份不能放在"):
        back_up(office.settings, Path(where) / "备份", progress=quiet)


def test_folders_of_another_system_are_restored_inside(office, tmp_path):
    """A working folder with absolute paths comes back below the new one, and it is said what to change."""
    root = Path.cwd()
    settings = Settings(inbox=root / "收件箱", outbox=root / "发件箱", state=root / "台账", templates_dir=root / "模板")
    (root / "模板").mkdir()
    (root / "模板" / "补正通知书.docx").write_bytes(b"template")
    back_up(settings, tmp_path / "备份盘", progress=quiet)
    done = restore(tmp_path / "备份盘", tmp_path / "新机构", progress=quiet)
    assert done.to_change[:3] == ('state = ".juanzong"', 'outbox = "outbox"', 'templates_dir = "templates"')
    assert (tmp_path / "新机构" / "templates" / "补正通知书.docx").read_bytes() == b"template"
    assert (tmp_path / "新机构" / "juanzong.toml").exists()
    assert done.verification.whole


def test_verifying_names_the_first_original_that_was_changed(office):
    """Found by its content, not by its date; one that is gone is told apart."""
    originals = [path for path in (office.state / "originals").rglob("*.json") if path.is_file()]
    assert verify_office(office.state, quiet).whole
    by_name = {path.name: path for path in originals}
    for name in ("1卷.json", "1.json"):
        by_name[name].chmod(0o644)
        by_name[name].write_bytes(b"x" * by_name[name].stat().st_size)
    by_name["3坏.json"].unlink()
    found = verify_office(office.state, quiet)
    assert not found.whole
    assert [Path(path).name for path in found.changed] == ["1卷.json", "2卷"]
    assert [Path(path).name for path in found.missing] == ["3坏.json"]


def test_verifying_finds_a_table_that_was_made_to_fit_a_changed_original(office):
    """The journal has the hash as well, and its chain does not bend."""
    from django.db import connection

    office.open()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_submission SET sha256 = 'forged' WHERE id = 1")
    found = verify_office(office.state, quiet)
    assert len(found.retold) == 1
    assert not found.whole


def test_a_journal_that_was_cut_off_is_found_against_a_backup(office, tmp_path):
    """The chain of what is left is whole; only what was kept elsewhere shows it."""
    from django.db import connection

    backed_up(office, tmp_path / "备份盘")
    assert verify_against(tmp_path / "备份盘", office.state) is None
    office.open()
    table = "" if connection.vendor == "sqlite" else " ON registry_journalevent"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER registry_journal_no_DELETE{table}")
        cursor.execute(
            "DELETE FROM registry_journalevent WHERE number = (SELECT max(number) FROM registry_journalevent)"
        )
    assert verify_office(office.state, quiet).whole
    said = verify_against(tmp_path / "备份盘", office.state)
    assert said is not None
    assert "末尾的事件被删除" in said


def test_a_backup_of_a_later_version_is_not_restored(office, tmp_path):
    """This program does not know what its tables mean."""
    generation = backed_up(office, tmp_path / "备份盘").generation
    manifest = store.read_manifest(generation)
    later = manifest.model_copy(update={"migrations": (*manifest.migrations, "9999_from_the_future")})
    (generation / "manifest.json").write_text(later.model_dump_json(), encoding="utf-8")
    with pytest.raises(UsageError, match="更新版本"):
        restore(tmp_path / "备份盘", tmp_path / "新机构", progress=quiet)


def test_the_copy_of_a_registry_is_one_plain_file(office, tmp_path):
    """Whichever database it came from: no log beside it, and SQLite's own tools can read it."""
    generation = backed_up(office, tmp_path / "备份盘").generation
    assert {path.name for path in generation.iterdir()} == {"manifest.json", "registry.sqlite3", "files.jsonl"}
    copy = sqlite3.connect(generation / "registry.sqlite3")
    assert copy.execute("SELECT count(*) FROM registry_submission").fetchone() == (3,)
    copy.close()


def test_the_commands_say_what_they_did(office, tmp_path, monkeypatch):
    """backup, verify, restore on the command line, with exit statuses."""
    monkeypatch.setattr("pipeline.settings.checked_settings", lambda: office.settings)
    folder = str(tmp_path / "备份盘")
    run = CliRunner().invoke
    assert "备份完成" in run(app, ["backup", folder], catch_exceptions=False).stdout
    assert "备份完好" in run(app, ["verify", "--backup", folder], catch_exceptions=False).stdout
    verified = run(app, ["verify", "--against", folder], catch_exceptions=False)
    assert (verified.exit_code, "没有改动" in verified.stdout) == (0, True)
    restored = run(app, ["restore", folder, "--into", str(tmp_path / "新机构")], catch_exceptions=False)
    assert (restored.exit_code, "已从 备份-0001" in restored.stdout) == (0, True)
    (kept,) = (office.state / "originals").rglob("1卷.json")
    kept.unlink()
    verified = run(app, ["verify"], catch_exceptions=False)
    assert verified.exit_code == 1
    assert "已经不在" in verified.stdout


def test_an_office_restored_without_its_outbox_asks_for_it(office, tmp_path, monkeypatch):
    """Its registry says what was delivered; an empty outbox in the place of the share would be begun in silence."""
    back_up(office.settings, tmp_path / "备份盘", outbox=False, progress=quiet)
    registry.close_registry()
    done = restore(tmp_path / "备份盘", tmp_path / "新机构", progress=quiet)
    monkeypatch.setattr(setup, "database_of", lambda _state: "")
    assert done.awaited == tmp_path / "新机构" / "发件箱"
    settings = office.settings.model_copy(
        update={name: tmp_path / "新机构" / getattr(office.settings, name) for name in ("inbox", "outbox", "state")}
    )
    with pytest.raises(UsageError, match="没有找到原来的发件箱"):
        prepare_folders(settings)
    shutil.copytree(office.outbox, settings.outbox)
    prepare_folders(settings)


def test_an_office_restored_from_an_old_backup_is_told_by_the_outbox_that_outlived_it(office, tmp_path, monkeypatch):
    """The backup's own outbox does not know more than the backup's registry, though it is copied after it."""
    backed_up(office, tmp_path / "备份盘")
    office.drop("4卷.json", **CASE, cause="盗窃")
    office.settle(office.open())
    registry.close_registry()
    into = tmp_path / "新机构"
    restore(tmp_path / "备份盘", into, progress=quiet)
    monkeypatch.setattr(setup, "database_of", lambda _state: "")
    settings = office.settings.model_copy(
        update={name: into / getattr(office.settings, name) for name in ("inbox", "outbox", "state")}
    )
    assert (settings.outbox / "台账.xlsx").exists()
    prepare_folders(settings)
    with pytest.raises(UsageError, match="台账比发件箱旧"):
        prepare_folders(settings.model_copy(update={"outbox": office.outbox.resolve()}))


def test_an_office_restored_beside_its_outbox_on_a_share_asks_for_the_share(office, tmp_path, monkeypatch):
    """The settings still name the share, until somebody changes them to what was restored."""
    share = tmp_path / "共享" / "发件箱"
    shutil.move(office.outbox, share)
    settings = office.settings.model_copy(update={"outbox": share})
    back_up(settings, tmp_path / "备份盘", progress=quiet)
    registry.close_registry()
    into = tmp_path / "新机构"
    done = restore(tmp_path / "备份盘", into, progress=quiet)
    monkeypatch.setattr(setup, "database_of", lambda _state: "")
    assert done.awaited is None
    assert done.to_change[0] == 'outbox = "outbox"'
    shutil.rmtree(share.parent)
    restored = settings.model_copy(update={"inbox": into / "inbox", "state": done.state})
    with pytest.raises(UsageError, match="没有找到原来的发件箱"):
        prepare_folders(restored)
    prepare_folders(restored.model_copy(update={"outbox": into / "outbox"}))


def test_an_office_that_never_wrote_a_paper_is_restored_without_asking_for_any(tmp_path, monkeypatch):
    """There is no outbox to miss."""
    (tmp_path / "机构").mkdir()
    monkeypatch.chdir(tmp_path / "机构")
    office = Office(Path())
    registry.open_registry(office.state)
    registry.take_number("援", 2024, 1, who="赵一", about="试")
    back_up(office.settings, tmp_path / "备份盘", outbox=False, progress=quiet)
    registry.close_registry()
    assert restore(tmp_path / "备份盘", tmp_path / "新机构", progress=quiet).awaited is None
