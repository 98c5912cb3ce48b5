"""The guarded process: answers one task after the other until its caller goes away. Started by `guarding` only."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from typing import TextIO

from pipeline.errors import InputError
from pipeline.intake.guarding import Task
from pipeline.intake.probing import probe

MEMORY_BYTES = 4 << 30
"""Address space of the process, libraries included; a 300 dpi colour page needs 0.1 GB."""

CODES: tuple[tuple[type[Exception], str], ...] = (
    (PermissionError, "no_permission"),
    (FileNotFoundError, "not_found"),
    (MemoryError, "too_large"),
    (Exception, "corrupt"),
)
"""A library's surprise is the file's fault: it lies at the end, after what has a better name."""


def serve() -> None:
    """Reads tasks from standard input, writes answers to standard output, a JSON line each."""
    _limit_memory()
    answers = _own_output()
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        for line in sys.stdin:
            answers.write(_answer(line) + "\n")
            answers.flush()


def _answer(line: str) -> str:
    try:
        return probe(Task.model_validate_json(line)).model_dump_json()
    except InputError as error:
        return json.dumps({"code": error.code, "detail": error.detail})
    except Exception as error:  # noqa: BLE001 - see CODES
        code = next(code for kind, code in CODES if isinstance(error, kind))
        return json.dumps({"code": code, "detail": type(error).__name__})


def _own_output() -> TextIO:
    """The answers go to a copy of standard output; what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return answers


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
