"""A registry that the first released version made is brought to the present one, and nothing in it is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.utils import IntegrityError

from pipeline import registry
from pipeline.registry import setup
from pipeline.registry.models import JournalEvent
from schemas.report import Decision

FIRST = Path(__file__).parent / "data" / "registry_0001.sql"
MIGRATIONS = sorted(path.stem for path in Path(setup.__file__).parent.joinpath("migrations").glob("[0-9]*.py"))
TABLES = ("case", "submission", "drop", "round", "journalevent")


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> str:
    """The first version knew SQLite only."""
    monkeypatch.setattr(setup, "database_of", lambda _state: "")
    return "sqlite"


@pytest.fixture
def first(tmp_path: Path):
    """The state folder of an office that has not been updated since the first version."""
    with closing(sqlite3.connect(tmp_path / setup.FILE_NAME)) as database:
        database.executescript(FIRST.read_text(encoding="utf-8"))
    yield tmp_path
    registry.close_registry()


def rows(state: Path) -> dict[str, list[dict[str, object]]]:
    """Every row of the tables of the first version, by column."""
    found = {}
    with closing(sqlite3.connect(state / setup.FILE_NAME)) as database:
        database.row_factory = sqlite3.Row
        for table in TABLES:
            found[table] = [dict(row) for row in database.execute(f"SELECT * FROM registry_{table} ORDER BY id")]
    return found


def test_every_row_of_the_first_version_is_there_after_each_migration(first):
    """Step by step: a column may be added, none loses its value."""
    before = rows(first)
    assert {table: len(found) for table, found in before.items()} == {
        "case": 3,
        "submission": 5,
        "drop": 5,
        "round": 4,
        "journalevent": 20,
    }
    for migration in MIGRATIONS:
        setup.attach(first)
        call_command("migrate", "registry", migration, verbosity=0)
        registry.close_registry()
        now = rows(first)
        for table, earlier in before.items():
            kept = [{column: row[column] for column in earlier[0]} for row in now[table]]
            assert kept == earlier, (migration, table)


def test_the_office_goes_on_with_a_registry_of_the_first_version(first):
    """Opened, it is whole: the ledger, the next round, the drop that was under way, the chain."""
    registry.open_registry(first)
    check = registry.verify_journal()
    assert (check.events, check.whole) == (20, True)
    by_name = {entry.name: entry for entry in registry.ledger_entries()}
    assert by_name["虚构甲补正.pdf"].round_number == 2
    report = by_name["虚构甲补正.pdf"].report
    assert report is not None
    assert report.subsidy is not None
    assert report.subsidy.decision is Decision.PAYABLE
    assert by_name["虚构丙.pdf"].folder == "无法审查/虚构丙_44444444"
    assert by_name["虚构丁.pdf"].report is None
    assert registry.next_round("虚法援刑字〔2025〕3号|虚构甲") == 3
    assert [drop.name for drop in registry.open_drops()] == ["虚构丁.pdf"]
    claim = registry.claim_next("tests")
    assert claim is not None
    assert claim.name == "虚构丁.pdf"
    again = registry.register_drop("又.pdf", "c" * 64, sha256="1" * 64, original="x")
    assert again.again
    assert registry.verify_journal().whole


def test_the_journal_of_the_first_version_cannot_be_changed_any_more(first):
    """Its database allowed that; after migrating it refuses."""
    registry.open_registry(first)
    with pytest.raises(IntegrityError, match="append-only"):
        JournalEvent.objects.filter(number=1).update(content="{}")
    assert registry.verify_journal().whole


def test_a_registry_of_the_first_version_moves_into_postgresql(first, postgresql):
    """Migrated on the way; ids and hashes stay."""
    address = postgresql.database_for(str(first / "moved"))
    registry.open_registry(first)
    entries, head = registry.ledger_entries(), registry.verify_journal().head
    registry.close_registry()
    registry.registry_into_postgresql(first / setup.FILE_NAME, address)
    assert connection.vendor == "postgresql"
    assert registry.ledger_entries() == entries
    assert registry.verify_journal().head == head
    registry.register_drop("新.pdf", "b" * 64, sha256="9" * 64, original="x")
    assert registry.verify_journal().whole
