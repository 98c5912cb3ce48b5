"""What tests of several rooms share: a PostgreSQL server, and the choice of a registry's database."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

from commanding import Run, commands_in
from postgresql_server import CannotStartError, Server, running_server

from pipeline import registry
from pipeline.registry import setup

settings.register_profile("juanzong", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("juanzong")
"""The same examples in every run, and none of them judged by the clock: the machine may be busy."""

ALWAYS_ON_POSTGRESQL = (
    "test_registry.py",
    "test_registry_postgresql.py",
    "test_faults_disk.py",
    "test_faults_database.py",
)
"""The representative part: what every run does in PostgreSQL as well. The rest of it is `full`."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps the ordinary run short: the same tests in a second database take as long again."""
    for item in items:
        case = getattr(item, "callspec", None)
        second = case is not None and case.params.get("database") == "postgresql"
        if second and item.path.name not in ALWAYS_ON_POSTGRESQL:
            item.add_marker(pytest.mark.full)


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """A test that runs a whole command leaves the log on a stream that ends with it; the next one must not write there."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a template that has the registry's tables. Skips the test where there is none."""
    try:
        with running_server() as server:
            address = server.empty_database("tables")
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(setup, "database_of", lambda _state: address)
                registry.open_registry(tmp_path_factory.mktemp("template"))
                registry.close_registry()
            server.template = "tables"
            yield server
    except CannotStartError as error:
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Runs a test with its registries in SQLite, and again in PostgreSQL, where each state folder has its own database."""
    of: Callable[[Path], str] = lambda _state: ""  # noqa: E731 - two of a kind
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        of = lambda state: server.database_for(str(state.resolve()))  # noqa: E731
    monkeypatch.setattr(setup, "database_of", of)
    return str(request.param)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """The command in an office of its own, whose registry is open for the test as well."""
    monkeypatch.chdir(tmp_path)
    with commands_in(tmp_path) as commands:
        yield commands
