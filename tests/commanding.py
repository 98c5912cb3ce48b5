"""Commands for tests: each as a clerk types it, in an office whose registry the test can look into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from pipeline import registry
from pipeline.cli import app
from pipeline.errors import UsageError
from pipeline.settings import load_settings

Run = Callable[..., Result]


@contextmanager
def commands_in(folder: Path) -> Iterator[Run]:
    """`run("due", "--letters")` in the working folder `folder`; between two commands the registry is open for the test."""

    def run(*arguments: str) -> Result:
        registry.close_registry()
        result = CliRunner().invoke(app, list(arguments))
        registry.open_registry(folder / ".juanzong")
        return result

    load_settings.cache_clear()
    registry.open_registry(folder / ".juanzong")
    yield run
    registry.close_registry()
    load_settings.cache_clear()


def refused(result: Result) -> str:
    """The sentence with which a command ended that was not done."""
    assert isinstance(result.exception, UsageError), result.output
    return result.exception.message
