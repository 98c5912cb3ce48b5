"""The faults are played in the desk's test office."""

import shutil
import sys
from pathlib import Path

import pytest
from postgresql_server import Server

pytest.register_assert_rewrite("faults_killing")
sys.path.insert(0, str(Path(__file__).parents[1] / "desk"))
sys.path.insert(0, str(Path(__file__).parents[1] / "archiving"))
sys.path.insert(0, str(Path(__file__).parents[1] / "reading"))


@pytest.fixture(autouse=True)
def _in_both_databases(database: str) -> None:
    """Every fault is played with the registry in SQLite, and again in PostgreSQL."""


@pytest.fixture
def clone(database: str, request: pytest.FixtureRequest):
    """Copies an office below one folder to another, with its registry, whichever database that is in."""

    def cloned(source: Path, target: Path) -> Path:
        shutil.copytree(source, target)
        if database == "postgresql":
            server: Server = request.getfixturevalue("postgresql")
            server.copied_database(*(str((folder / "台账").resolve()) for folder in (source, target)))
        return target

    return cloned
