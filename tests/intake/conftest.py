"""Intake's tests open parts in this process, unless they are about the guarded one: a process costs half a second."""

from __future__ import annotations

import pytest

from pipeline.intake import probing
from pipeline.intake.guarding import Guard


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Guard, "probe", lambda _guard, task: probing.probe(task))
