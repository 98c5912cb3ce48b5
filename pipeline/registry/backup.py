"""Copies of the registry (台账备份): always an SQLite file, whichever database it is kept in, taken while the office works."""

from __future__ import annotations

import contextlib
import errno
import itertools
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps  # type: ignore[import-untyped]
from django.core.management.color import no_style  # type: ignore[import-untyped]
from django.db import connection, connections, transaction  # type: ignore[import-untyped]
from django.db.migrations.loader import MigrationLoader  # type: ignore[import-untyped]
from django.db.migrations.recorder import MigrationRecorder  # type: ignore[import-untyped]
from django.db.utils import OperationalError  # type: ignore[import-untyped]

from pipeline.errors import UsageError
from pipeline.registry import setup
from pipeline.registry.journal import verify_journal
from pipeline.registry.models import Drop, JournalEvent, Submission
from pipeline.registry.records import JournalCheck, KeptOriginal
from pipeline.registry.setup import (
    FILE_NAME,
    attach,
    connect_as,
    disconnect,
    migrate,
    open_registry,
    postgresql_connection,
    sqlite_connection,
)

BATCH = 200
"""Rows in memory at once; a round's report may have some 100 kB."""
DISK_CODES = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})
LITTLE = 1 << 20
"""Bytes left at which a failed write is taken for a full disk."""
COPY, SNAPSHOT = "copy", "snapshot"


def copy_registry(state: Path, target: Path) -> str:
    """Writes what the registry holds at one moment to a new SQLite file; returns where it is kept (`connection.vendor`).

    Raises OSError for a full or failing disk, which SQLite tells in its own way.
    """
    address = setup.database_of(state)
    try:
        if address:
            _dump(state, address, target)
        else:
            with contextlib.closing(sqlite3.connect(state / FILE_NAME, timeout=60)) as source:
                _copy_file(source, target)
    except (sqlite3.OperationalError, OperationalError) as error:
        code = getattr(error.__cause__ or error, "sqlite_errorcode", 0)
        if code & 0xFF not in DISK_CODES:
            raise
        full = code == sqlite3.SQLITE_FULL or shutil.disk_usage(target.parent).free < LITTLE
        raise OSError(errno.ENOSPC if full else errno.EIO, "the registry's copy", str(target)) from error
    with target.open("rb+") as handle:
        os.fsync(handle.fileno())
    return "postgresql" if address else "sqlite"


def _copy_file(source: sqlite3.Connection, target: Path) -> None:
    """SQLite's own copying: in one step, so that whoever writes meanwhile neither waits nor makes it begin anew."""
    with contextlib.closing(sqlite3.connect(target)) as copy:
        source.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")


def _dump(state: Path, address: str, target: Path) -> None:
    """The rows as one REPEATABLE READ transaction sees them: nobody waits, and nothing half done is among them."""
    from psycopg import IsolationLevel  # noqa: PLC0415 - only offices with PostgreSQL have it

    open_registry(state)  # the tables must be those of this program
    described = postgresql_connection(address, engine="django.db.backends.postgresql")
    options = described["OPTIONS"]
    assert isinstance(options, dict)
    options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    try:
        _make_tables(target)
        connect_as(COPY, sqlite_connection(str(target)))
        connect_as(SNAPSHOT, described)
        _copy_rows(SNAPSHOT, COPY)
        with connections[COPY].cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")
    finally:
        disconnect(SNAPSHOT)
        disconnect(COPY)
        attach(state)


def _make_tables(target: Path) -> None:
    """In a file that is the registry for so long: migrations write to the registry, whatever they are run for."""
    connect_as("default", sqlite_connection(str(target)))
    migrate()


def _models() -> list[Any]:
    return list(apps.get_app_config("registry").get_models(include_auto_created=True))


def _copy_rows(source: str, target: str) -> None:
    with transaction.atomic(using=source), transaction.atomic(using=target):
        for model in _models():
            rows = model.objects.using(source).order_by("pk").iterator(chunk_size=BATCH)
            while batch := list(itertools.islice(rows, BATCH)):
                model.objects.using(target).bulk_create(batch)


def registry_into_postgresql(file: Path, address: str) -> None:
    """Fills an empty PostgreSQL database with the rows of a registry file, which is migrated first.

    Raises UsageError if there are rows already.
    """
    _make_tables(file)
    connect_as("default", postgresql_connection(address))
    migrate()
    if any(model.objects.exists() for model in _models()):
        raise UsageError("设置 database 所指的数据库中已有台账，恢复只能写入空的数据库。")
    connect_as(COPY, sqlite_connection(str(file)))
    try:
        _copy_rows(COPY, "default")
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
                cursor.execute(statement)
    finally:
        disconnect(COPY)


@contextlib.contextmanager
def looked_into(file: Path) -> Iterator[None]:
    """Reads a copy of a registry instead of the office's own. It is opened so that nothing in it can change."""
    described: dict[str, object] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"{file.resolve().as_uri()}?mode=ro&immutable=1",
        "CONN_MAX_AGE": None,
    }
    connect_as("default", described)
    try:
        yield
    finally:
        connections.close_all()


def check_copy(file: Path) -> JournalCheck:
    """Reads every page of a copy and recomputes the journal's chain. Raises UsageError if it is no whole database."""
    try:
        with contextlib.closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            (said,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise UsageError(f"台账副本已经损坏，不能打开：{file}") from error
    if said != "ok":
        raise UsageError(f"台账副本已经损坏：{file}（{said}）")
    with looked_into(file):
        return verify_journal()


def applied_migrations() -> tuple[str, ...]:
    """The versions that the tables have gone through, oldest first."""
    applied = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(name for app, name in applied if app == "registry"))


def unknown_migrations(applied: tuple[str, ...]) -> tuple[str, ...]:
    """Those that this program does not know, because a later version made them."""
    known = {name for app, name in MigrationLoader(None).disk_migrations if app == "registry"}
    return tuple(name for name in applied if name not in known)


def kept_originals() -> tuple[KeptOriginal, ...]:
    """What the registry says of each kept original, in the order in which they came; each path once."""
    told = _told_by_journal()
    found: dict[str, KeptOriginal] = {}
    drops = Drop.objects.order_by("id").values_list("original", "submission_id", "submission__sha256")
    submissions = Submission.objects.exclude(original="").order_by("id").values_list("original", "id", "sha256")
    for path, submission, sha256 in itertools.chain(submissions, drops):
        agreed = told.get(submission, sha256) == sha256
        found.setdefault(path, KeptOriginal(path=path, sha256=sha256, as_told=agreed))
    return tuple(found.values())


def _told_by_journal() -> dict[int, str]:
    """Submission to the hash that the journal has for it."""
    told: dict[int, str] = {}
    for content in JournalEvent.objects.order_by("number").values_list("content", flat=True).iterator():
        with contextlib.suppress(json.JSONDecodeError, AttributeError):
            about = json.loads(content).get("about", {})
            if "sha256" in about and "submission" in about:
                told.setdefault(about["submission"], about["sha256"])
    return told


def journal_hash(number: int) -> str | None:
    """The chained hash of one event; None if there is no such event."""
    found: str | None = JournalEvent.objects.filter(number=number).values_list("sha256", flat=True).first()
    return found
