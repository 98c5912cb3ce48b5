"""The documentation is part of the product: every command and every setting stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel
from typer.main import get_command

from pipeline.cli import app
from pipeline.errors import INPUT_MESSAGES
from pipeline.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
DOCS = (ROOT / "README.md").read_text(encoding="utf-8") + "".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")
)


def _settings(model: type[BaseModel], prefix: str = "") -> list[str]:
    names: list[str] = []
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            names += _settings(field.annotation, f"{name}.")
        else:
            names.append(prefix + name)
    return names


@pytest.mark.parametrize("name", _settings(Settings))
def test_every_setting_is_documented(name: str) -> None:
    """The user guide's table names each setting as it is written in juanzong.toml."""
    assert f"`{name}`" in DOCS


@pytest.mark.parametrize("name", sorted(get_command(app).commands))  # type: ignore[attr-defined]
def test_every_command_is_documented(name: str) -> None:
    """The README or the user guide shows each command."""
    assert f"juanzong {name}" in DOCS


def test_readme_commands_are_those_of_bootstrap() -> None:
    """The two commands that the README promises exist."""
    bootstrap = (ROOT / "bootstrap.py").read_text(encoding="utf-8")
    for verb in ("demo", "test"):
        assert f"python3 bootstrap.py {verb}" in DOCS
        assert f'"{verb}"' in bootstrap


def test_ci_runs_the_readme_test_command() -> None:
    """CI calls what the README tells a newcomer to call."""
    assert "python3 bootstrap.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", sorted(INPUT_MESSAGES))
def test_each_input_error_says_what_to_do(code: str) -> None:
    """Every message is Chinese, ends as a sentence, and tells the clerk what to do next."""
    message = INPUT_MESSAGES[code]
    assert message.endswith("。")
    assert "请" in message
