"""A process of its own for opening what strangers wrote: a crash, a hang or a flood of memory costs one part.

Threats met: PDFs whose page tree or object streams explode, decoders that crash the process. Accepted: where the system
has no address-space limit (Windows), memory is bounded by the time limit only.

The child speaks JSON, a line a part. It is not made by `multiprocessing`, which would run the caller's main module
again: a script without its guard line would then take in its files over and over.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.errors import InputError
from schemas.base import Frozen
from schemas.submission import PartFormat

START = "import sys; sys.path[:] = {path!r}; from pipeline.intake.serving import serve; serve()"


class Task(Frozen):
    """One part to open: what it is, where a repaired copy may go, and the limits (pages; pixels of an image)."""

    path: Path
    format: PartFormat
    repaired: Path
    page_limit: int
    page_pixels: int


class Probe(Frozen):
    """What a part turned out to be. `repaired` says that the copy made beside it is to be read instead."""

    pages: int
    damaged: bool = False
    repaired: bool = False
    oversize: bool = False
    """An image whose first frame has more pixels than reading will take."""


class Guard:
    """Probes parts in one child process, which is made when first needed and made anew after it died."""

    def __init__(self, seconds: float) -> None:
        """`seconds`: how long one part may take to open."""
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def probe(self, task: Task) -> Probe:
        """Opens one part. Raises InputError, also `timeout` and `crashed`."""
        process = self._ready()
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, end)
        timer.start()
        try:
            answer = _asked(process, task)
        finally:
            timer.cancel()
        if not answer:
            self._end()
            raise InputError("timeout" if late.is_set() else "crashed", "probe")
        return _understood(answer)

    def _ready(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own code
                [sys.executable, "-c", START.format(path=sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with contextlib.suppress(OSError):
                process.__exit__(None, None, None)


def _asked(process: subprocess.Popen[str], task: Task) -> str:
    """The child's answer; empty if it died."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(task.model_dump_json() + "\n")
        process.stdin.flush()
        return process.stdout.readline()
    except OSError:
        return ""


def _understood(answer: str) -> Probe:
    values = json.loads(answer)
    if "code" in values:
        raise InputError(values["code"], values["detail"])
    return Probe.model_validate(values)
