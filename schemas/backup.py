"""What a backup (备份) says of itself."""

from __future__ import annotations

from datetime import datetime

from schemas.base import Frozen

FORMAT = "juanzong.backup/1"


class KeptFile(Frozen):
    """One file of the office as it was backed up. Its content lies in the backup under its hash."""

    place: str
    """`originals`, `outbox`, `office`, `standards`, `templates` or `rates`."""
    path: str
    """Below the place, with `/`."""
    sha256: str
    bytes: int
    mtime_ns: int


class Part(Frozen):
    """A file of the backup itself."""

    sha256: str
    bytes: int


class JournalHead(Frozen):
    """How far the journal (日志) had come. `sha256` proves later that nothing up to here was changed or cut off."""

    events: int
    sha256: str
    broken_at: int | None = None
    """The first event that did not fit already when it was backed up."""


class Manifest(Frozen):
    """`manifest.json` of one backup."""

    format: str = FORMAT
    number: int
    made_at: datetime
    program: str
    """Version of the program."""
    database: str
    """Where the registry was kept: `sqlite` or `postgresql`. The copy is an SQLite file in either case."""
    migrations: tuple[str, ...]
    journal: JournalHead
    registry: Part
    files: Part
    """The list of the files, `files.jsonl`."""
    counts: dict[str, int]
    """Files by place."""
    settings: dict[str, str]
    """The settings that say where the places were, as they were written."""
    skipped: tuple[str, ...] = ()
    """What could not be read while it was backed up: open in another program, mostly."""
