"""kill -9 while an archive copy, a backup or a restored office is written: whole, or said to be unfinished, or not there."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from archiving_files import Paper, closed_file, found, manner, part_of, reading, scan_pdf
from desk_office import Office
from faults_days import CASE, what_remains
from faults_killing import Clone, Day, all_files, compare_killed, in_child, spread

from pipeline import registry
from pipeline.archiving import write_archive
from pipeline.archiving.placing import STAGE
from pipeline.registry import setup
from pipeline.safekeeping import back_up, check_backup, restore, store, verify_office
from pipeline.safekeeping.restoring import MARK


def quiet(_step: str) -> None:
    """Nobody looks at the progress."""


def stock_scan(root: Path) -> None:
    root.mkdir()
    scan_pdf(root / "扫描件.pdf", pages=1)


def archive(root: Path) -> None:
    source = root / "扫描件.pdf"
    fields = {"case_number": found("虚法援刑字〔2026〕1号")}
    papers = [Paper("other", "照片", 1, 1)]
    closed = closed_file(source, [part_of(source)], [("扫描件.pdf", 1, reading())], papers, fields=fields)
    write_archive(closed, root / "归档" / "案件甲", manner())


def archived(root: Path) -> object:
    """Everything but the hidden stage of the run that was killed, which a later run removes after a day."""
    return [(name, sha256) for name, sha256 in all_files(root) if STAGE not in name]


ARCHIVING = Day(stock_scan, archive, archived)


def test_killed_while_it_is_written_an_archive_copy_is_made_whole_by_the_next_run(tmp_path, clone):
    """A sample of the steps: nothing half stands in the copy's place, so that the same command makes the same bytes."""
    compare_killed(ARCHIVING, tmp_path, clone, most=2)


@pytest.mark.full
def test_killed_before_any_step_an_archive_copy_is_made_whole_by_the_next_run(tmp_path, clone):
    """Every step."""
    compare_killed(ARCHIVING, tmp_path, clone)


def stock_backup(root: Path) -> None:
    """An office with a day behind it and one backup, and another closing file since."""
    office = Office(root)
    office.drop("1卷.json", **CASE)
    office.settle(office.open())
    back_up(office.settings, root / "备份盘", progress=quiet)
    office.drop("2卷.json", **CASE, cause="盗窃")
    office.settle(office.open())
    registry.close_registry()


def make_backup(root: Path) -> None:
    """A clerk who sees no new backup that holds together gives the command again."""
    if len(store.generations(root / "备份盘")) == 1:
        back_up(Office(root).settings, root / "备份盘", progress=quiet)


def backed_up(root: Path) -> dict[str, object]:
    """Both backups hold together, the second holds all, and the office itself is as it was."""
    folder = root / "备份盘"
    manifests = [check_backup(each, quiet)[1] for each in store.generations(folder)]
    return {
        "counts": [(manifest.number, manifest.counts, manifest.journal) for manifest in manifests],
        "listed": [
            sorted((kept.path, kept.sha256) for kept in store.read_listing(each)) for each in store.generations(folder)
        ],
        "contents": [file for file in all_files(folder / store.CONTENTS) if store.UNFINISHED not in file[0]],
        "office": what_remains(root),
    }


BACKING_UP = Day(stock_backup, make_backup, backed_up)


def test_killed_while_it_is_made_a_backup_is_made_whole_by_the_next_run(tmp_path, clone):
    """A sample of the steps: the backup before stays good, and the next one lacks nothing."""
    compare_killed(BACKING_UP, tmp_path, clone, most=2)


@pytest.mark.full
def test_killed_before_any_step_a_backup_is_made_whole_by_the_next_run(tmp_path, clone):
    """Every step."""
    compare_killed(BACKING_UP, tmp_path, clone)


def killed_restorations(tmp_path: Path, clone: Clone, most: int | None) -> None:
    """After each kill the new folder is empty, or says that it is unfinished, or is a whole office."""
    stocked = tmp_path / "stocked"
    assert in_child(partial(stock_backup, stocked), stocked) is not None

    def bring(target: Path) -> None:
        with mock.patch.object(setup, "database_of", return_value=""):
            restore(stocked / "备份盘", target, progress=quiet)

    steps = in_child(partial(bring, tmp_path / "undisturbed"), tmp_path / "undisturbed")
    assert steps is not None
    for number in range(1, steps + 1) if most is None else spread(steps, most):
        target = tmp_path / str(number)
        assert in_child(partial(bring, target), target, kill_at=number) is None, number
        files = all_files(target) if target.exists() else []
        if files and not (target / MARK).exists():
            assert verify_office(target / "台账", quiet, database="").whole, number


def test_killed_while_it_is_restored_an_office_says_that_it_is_unfinished(tmp_path, clone):
    """A sample of the steps."""
    killed_restorations(tmp_path, clone, most=2)


@pytest.mark.full
def test_killed_before_any_step_of_being_restored_an_office_says_that_it_is_unfinished(tmp_path, clone):
    """Every step."""
    killed_restorations(tmp_path, clone, most=None)
