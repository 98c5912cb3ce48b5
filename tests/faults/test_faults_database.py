"""A registry that another program holds locked: the office waits, and nothing is lost or done twice."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from desk_office import Office
from django.db.utils import OperationalError
from faults_days import CASE, what_remains

from pipeline import registry
from pipeline.registry import setup
from schemas.report import AuditReport

Locked = Callable[[], AbstractContextManager[None]]
TABLES = "registry_case, registry_drop, registry_submission, registry_round, registry_journalevent"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office that waits only a moment for whoever holds its registry."""
    monkeypatch.setattr(setup, "BUSY_SECONDS", 0.05)
    yield Office(tmp_path / "office")
    registry.close_registry()


@pytest.fixture
def locked(office: Office, database: str) -> Locked:
    """Holds the registry as a backup program, a stray console or a long migration would."""

    @contextlib.contextmanager
    def held() -> Iterator[None]:
        if database == "sqlite":
            with contextlib.closing(sqlite3.connect(office.state / setup.FILE_NAME, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                yield
            return
        import psycopg

        with psycopg.connect(setup.database_of(office.state)) as connection:
            connection.execute(f"LOCK TABLE {TABLES} IN ACCESS EXCLUSIVE MODE".encode())
            yield
            connection.rollback()

    return held


def look(office: Office, desk: object, times: int = 3) -> None:
    """As `Desk.run` looks: trouble is noted and waited out."""
    for _ in range(times):
        desk._tried("tick", desk.tick)
        office.clock.seconds += 100.0


def test_a_locked_registry_is_waited_for(office: Office, locked: Locked) -> None:
    """What lies in the inbox stays there until the registry has it."""
    drop = office.drop("卷.json", **CASE)
    desk = office.open()
    with locked():
        with pytest.raises(OperationalError):
            registry.claim_next("another")
        look(office, desk)
        assert drop.exists()
        assert office.audited == []
    look(office, desk)
    registry.close_registry()
    left = what_remains(office.state.parent)
    assert left["inbox"] == left["undelivered"] == []
    assert left["told"]["received"] == left["told"]["audited"] == left["told"]["delivered"] == 1


def test_a_registry_locked_while_a_file_is_audited_gets_its_report_later(office: Office, locked: Locked) -> None:
    """The report cannot be recorded: the file is audited again, and has one round."""
    holding = contextlib.ExitStack()

    def process(original: Path, name: str) -> AuditReport:
        if not office.audited:
            holding.enter_context(locked())
        return office.process(original, name)

    office.drop("卷.json", **CASE)
    desk = office.open(process=process)
    look(office, desk)
    holding.close()
    look(office, desk)
    registry.close_registry()
    assert office.audited == ["卷.json", "卷.json"]
    left = what_remains(office.state.parent)
    assert left["undelivered"] == []
    assert [(name, number) for _, number, _, _, name, *_ in left["rounds"]] == [("卷.json", 1)]
