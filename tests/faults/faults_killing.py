"""Kills an office for real: a forked process that sends itself SIGKILL before its n-th write.

A write is whatever changes what a later process finds: the system calls that change folders or force bytes to disk,
and the commits of the registry. Each is counted; the office under test knows nothing of it.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import openpyxl
from desk_office import Office, outbox_files, read_json_report
from django.db.backends.base.base import BaseDatabaseWrapper

from pipeline import registry
from pipeline.intake import sha256_of
from pipeline.registry.models import JournalEvent

WRITES = ("rename", "replace", "mkdir", "rmdir", "unlink", "fsync", "chmod")


def die_before_write(number: int) -> Callable[[], int]:
    """From now on this process is killed before its write `number` (from 1). Returns what counts them."""
    count = 0

    def counted(really: Callable[..., object]) -> Callable[..., object]:
        def write(*args: object, **kwargs: object) -> object:
            nonlocal count
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return really(*args, **kwargs)

        return write

    for name in WRITES:
        setattr(os, name, counted(getattr(os, name)))
    BaseDatabaseWrapper._commit = counted(BaseDatabaseWrapper._commit)
    return lambda: count


def day_in_child(root: Path, kill_at: int = 0, *, looks: int = 4) -> int | None:
    """One day of an office in a process of its own. The number of its writes, or None if it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _day(root, kill_at, looks, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return None
    assert os.WEXITSTATUS(status) == 0, "the office ended by itself"
    return int(answer)


def _day(root: Path, kill_at: int, looks: int, answer: int) -> NoReturn:
    """The child never returns into the test that forked it, whatever happens."""
    try:
        counted = die_before_write(kill_at)
        office = Office(root)
        desk = office.open(process=read_json_report)
        for _ in range(looks):
            office.settle(desk)
        os.write(answer, str(counted()).encode())
        os._exit(0)
    finally:
        os._exit(1)


def what_remains(root: Path) -> dict[str, object]:
    """All that must be the same whether or not the office was killed in between."""
    office = Office(root)
    registry.open_registry(office.state)
    try:
        return {
            "inbox": all_files(office.inbox),
            "outbox": outbox_files(office),
            "papers": [sha256_of(office.outbox / name) for name in outbox_files(office) if name.endswith(".docx")],
            "ledger": _ledger(office),
            "originals": all_files(office.state / "originals"),
            "taken": all_files(office.state / "taken"),
            "open drops": registry.open_drops(),
            "undelivered": registry.undelivered(),
            "rounds": [
                (entry.name, entry.round_number, entry.folder, entry.times_again, entry.report is not None)
                for entry in registry.ledger_entries()
            ],
            "journal": registry.verify_journal().whole,
            "told": _told(),
        }
    finally:
        registry.close_registry()


def all_files(folder: Path) -> list[tuple[str, str]]:
    """Every file below a folder, hidden ones too, with its hash."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted((path.relative_to(folder).as_posix(), sha256_of(path)) for path in files)


def _ledger(office: Office) -> list[tuple[str, ...]]:
    """The texts of the ledger; its times are those of the day."""
    workbook = openpyxl.load_workbook(office.outbox / "台账.xlsx")
    rows = (row for sheet in workbook for row in sheet.iter_rows(values_only=True))
    return [tuple(str(cell) for cell in row if not hasattr(cell, "year")) for row in rows]


def _told() -> dict[str, int]:
    """How often the journal tells each thing; interruptions are what the faults add."""
    counts: dict[str, int] = {}
    for event in JournalEvent.objects.all():
        what = json.loads(event.content)["what"]
        counts[what] = counts.get(what, 0) + 1
    counts.pop("interrupted", None)
    return counts
