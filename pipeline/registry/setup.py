"""Django, set up from code: there is no settings module, and only this room knows that Django is there.

SQLite in WAL mode with full synchronisation: what a committed transaction says survives a kill and a power cut.
"""

from __future__ import annotations

from pathlib import Path

import django  # type: ignore[import-untyped]
from django.apps import apps  # type: ignore[import-untyped]
from django.conf import settings  # type: ignore[import-untyped]

FILE_NAME = "registry.sqlite3"
BUSY_SECONDS = 20
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


def configure() -> None:
    """Makes the models importable; `open_registry` says later where the database is."""
    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["pipeline.registry.apps.RegistryConfig"],
            DATABASES={"default": _database(":memory:")},
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            USE_TZ=True,
            TIME_ZONE="Asia/Shanghai",
            LANGUAGE_CODE="zh-hans",
            LOGGING_CONFIG=None,
        )
    if not apps.ready:
        django.setup()


def _database(name: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {"timeout": BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": PRAGMAS},
    }


def open_registry(state: Path) -> None:
    """Opens the registry of a state folder, and makes or migrates it. One registry a process at a time."""
    from django.core.management import call_command  # type: ignore[import-untyped] # noqa: PLC0415 - slow, needed once

    state.mkdir(parents=True, exist_ok=True)
    attach(state)
    call_command("migrate", verbosity=0, interactive=False)


def attach(state: Path) -> None:
    """Looks into the registry that a state folder has, as it is."""
    from django.db import connections  # type: ignore[import-untyped] # noqa: PLC0415 - after `configure`

    connections.close_all()
    connections.settings["default"]["NAME"] = str(state / FILE_NAME)


def close_registry() -> None:
    """Closes this thread's connection."""
    from django.db import connections  # noqa: PLC0415 - after `configure`

    connections.close_all()
