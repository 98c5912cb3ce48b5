"""Django, set up from code: there is no settings module, and only this room knows that Django is there.

SQLite in WAL mode with full synchronisation, or PostgreSQL by the setting `database`: what a committed transaction says
survives a kill and a power cut, and of two processes that write, one waits for the other.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django  # type: ignore[import-untyped]
from django.apps import apps  # type: ignore[import-untyped]
from django.conf import settings  # type: ignore[import-untyped]

from pipeline.errors import UsageError
from pipeline.settings import load_settings

FILE_NAME = "registry.sqlite3"
MIGRATING_NAME = "migrating.lock"
BUSY_SECONDS = 20
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
OFFICE_KEY = 0x6F666669
MIGRATING_KEY = 0x6A75616E
"""Of the lock in PostgreSQL that whoever makes or migrates the tables holds; any number that no other program uses."""


def configure() -> None:
    """Makes the models importable; `open_registry` says later where the database is."""
    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["pipeline.registry.apps.RegistryConfig"],
            DATABASES={"default": sqlite_connection(":memory:")},
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            USE_TZ=True,
            TIME_ZONE="Asia/Shanghai",
            LANGUAGE_CODE="zh-hans",
            LOGGING_CONFIG=None,
        )
    if not apps.ready:
        django.setup()


def database_of(state: Path) -> str:
    """The PostgreSQL address by which the registry of a state folder is kept; empty for SQLite in that folder."""
    del state  # an office has one registry; the tests have one a state folder, also in PostgreSQL
    return load_settings().database.get_secret_value()


def is_kept(state: Path, database: str | None = None) -> bool:
    """Whether there is a registry to look into, as far as the folder tells. For `database` see `open_registry`."""
    return bool(database_of(state) if database is None else database) or (state / FILE_NAME).is_file()


def sqlite_connection(name: str) -> dict[str, object]:
    """Django's description of a registry file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"timeout": BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": PRAGMAS},
    }


def postgresql_connection(address: str, engine: str = "pipeline.registry.postgresql") -> dict[str, object]:
    """Django's description of a PostgreSQL database. Raises UsageError where the address or the driver is missing."""
    if not address.startswith(("postgresql://", "postgres://")):
        raise UsageError("设置 database 应当写作 postgresql://用户:密码@主机/库名，请核对 juanzong.toml。")
    try:
        from psycopg import Error  # noqa: PLC0415 - only offices with PostgreSQL have it
        from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(
            "尚未安装 PostgreSQL 的驱动程序：请安装 psycopg（pip install 'juanzong[postgresql]'）。"
        ) from error
    try:
        options: dict[str, Any] = dict(conninfo_to_dict(address))
    except Error as error:
        raise UsageError(
            "设置 database 的写法有误，应当是 postgresql://用户:密码@主机/库名；特殊字符用百分号编码。"
        ) from error
    options["options"] = f"{options.get('options', '')} -c lock_timeout={BUSY_SECONDS}s".strip()
    return {"ENGINE": engine, "NAME": options.pop("dbname", ""), "CONN_MAX_AGE": None, "OPTIONS": options}


def open_registry(state: Path, database: str | None = None) -> None:
    """Opens the registry of a state folder, and makes or migrates it. One registry a process at a time.

    `database` is a PostgreSQL address, or empty for SQLite in the folder; without it, the office's setting holds.
    Raises UsageError if there is a PostgreSQL database that cannot be reached.
    """
    state.mkdir(parents=True, exist_ok=True)
    attach(state, database)
    with reachable():
        if not _is_current():
            with _migrating_alone(state):
                migrate()


def attach(state: Path, database: str | None = None) -> None:
    """Looks into the registry that a state folder has, as it is."""
    address = database_of(state) if database is None else database
    connect_as("default", postgresql_connection(address) if address else sqlite_connection(str(state / FILE_NAME)))


def connect_as(alias: str, described: dict[str, object]) -> None:
    """Points Django's connection of that name at a database; it is made when it is first used."""
    from django.db import connections  # type: ignore[import-untyped] # noqa: PLC0415 - after `configure`

    connections.close_all()
    others = {name: known for name, known in connections.settings.items() if name != alias}
    connections.settings = connections.configure_settings({**others, alias: described})
    with contextlib.suppress(AttributeError):
        del connections[alias]


def disconnect(alias: str) -> None:
    """Forgets a connection that `connect_as` may have made beside the registry's own."""
    from django.db import connections  # noqa: PLC0415 - after `configure`

    if alias in connections.settings:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def close_registry() -> None:
    """Closes this thread's connection."""
    from django.db import connections  # noqa: PLC0415 - after `configure`

    connections.close_all()


@contextlib.contextmanager
def sole_office(state: Path, database: str | None = None) -> Iterator[None]:
    """Holds a PostgreSQL registry for one office while it runs; a registry in the state folder is held with the folder.

    Two offices in one database would claim each other's files, whose originals they do not have. Raises UsageError if
    another office holds it.
    """
    address = database_of(state) if database is None else database
    if not address:
        yield
        return
    import psycopg  # noqa: PLC0415 - only offices with PostgreSQL have it

    with psycopg.connect(address, autocommit=True) as holder:
        row = holder.execute("SELECT pg_try_advisory_lock(%s)", [OFFICE_KEY]).fetchone()
        if row is None or not row[0]:
            raise UsageError("另一个 juanzong run 正在使用该台账数据库；几个机构请各设一个数据库（设置 database）。")
        yield


def server_version(address: str) -> str:
    """The version of the PostgreSQL server at an address. Raises UsageError if it cannot be reached."""
    from django.db import connection  # noqa: PLC0415 - after `configure`

    connect_as("default", postgresql_connection(address))
    with reachable(), connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version: str = cursor.fetchone()[0]
    close_registry()
    return version


def renew_connection() -> None:
    """Drops a connection that the server has ended, so that the next call makes a new one."""
    from django.db import connection  # noqa: PLC0415 - after `configure`

    connection.close_if_unusable_or_obsolete()


@contextlib.contextmanager
def reachable() -> Iterator[None]:
    """Says that the PostgreSQL server does not answer; what the server says names neither user nor password."""
    from django.db import connection  # noqa: PLC0415 - after `configure`
    from django.db.utils import OperationalError  # type: ignore[import-untyped] # noqa: PLC0415

    try:
        yield
    except OperationalError as error:
        if connection.vendor != "postgresql":
            raise
        said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise UsageError(f"无法使用台账数据库，请核对设置 database 和数据库服务是否运行：{said}") from error


def _is_current() -> bool:
    from django.db import connection  # noqa: PLC0415 - after `configure`
    from django.db.migrations.executor import MigrationExecutor  # type: ignore[import-untyped] # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate() -> None:
    """Makes or migrates the tables of the database that `default` is pointed at."""
    from django.core.management import call_command  # type: ignore[import-untyped] # noqa: PLC0415 - slow, needed once

    call_command("migrate", verbosity=0, interactive=False)


@contextlib.contextmanager
def _migrating_alone(state: Path) -> Iterator[None]:
    """Two processes that open a new registry at once do not both make its tables. The lock ends with its holder."""
    from django.db import connection  # noqa: PLC0415 - after `configure`

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING_KEY])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING_KEY])
        return
    with contextlib.closing(sqlite3.connect(state / MIGRATING_NAME, timeout=BUSY_SECONDS)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield
