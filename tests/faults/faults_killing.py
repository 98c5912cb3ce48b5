"""Kills an office for real: a forked process that sends itself SIGKILL before its n-th step.

A step is whatever changes what another process finds: a file that is opened for writing, a system call that changes
folders or forces bytes to disk, a commit of the registry, a word to the mail server and the wait for its answer. Each is
counted; the office under test knows nothing of it.
"""

from __future__ import annotations

import builtins
import io
import logging
import os
import shutil
import signal
import smtplib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn

import structlog
from django.db.backends.base.base import BaseDatabaseWrapper

from pipeline.intake import sha256_of

CHANGES = ("rename", "replace", "mkdir", "rmdir", "unlink", "fsync", "chmod")

Clone = Callable[[Path, Path], Path]
"""Copies the folder of an office, with its registry; gives the copy."""


@dataclass(frozen=True)
class Day:
    """What an office does, how it may be found before, and what must be the same afterwards.

    `work` is done again after a kill, by whoever opens the office again and looks what is still to be done.
    """

    stock: Callable[[Path], object]
    work: Callable[[Path], object]
    left: Callable[[Path], object]


def die_before_step(number: int, root: Path) -> Callable[[], int]:
    """From now on this process is killed before its step `number` (from 1; 0: never). Returns what counts them.

    Files outside `root` are nobody's business.
    """
    count = 0

    def step() -> None:
        nonlocal count
        count += 1
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(really: Callable[..., object]) -> Callable[..., object]:
        def stepping(*args: object, **kwargs: object) -> object:
            step()
            return really(*args, **kwargs)

        return stepping

    def opening(file: object, mode: str = "r", *args: object, **kwargs: object) -> object:
        if set(mode) & set("wax+") and not isinstance(file, int) and os.fsdecode(file).startswith(f"{root}/"):
            step()
        return really_open(file, mode, *args, **kwargs)

    really_open: Callable[..., object] = io.open
    io.open = builtins.open = opening  # type: ignore[assignment]
    for name in CHANGES:
        setattr(os, name, counted(getattr(os, name)))
    for owner, name in ((BaseDatabaseWrapper, "_commit"), (smtplib.SMTP, "send"), (smtplib.SMTP, "getreply")):
        setattr(owner, name, counted(getattr(owner, name)))
    return lambda: count


def in_child(work: Callable[[], object], root: Path, kill_at: int = 0) -> int | None:
    """Does the work in a process of its own. The number of its steps, or None if it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _worked(work, root, kill_at, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return None
    assert os.WEXITSTATUS(status) == 0, "the process ended by itself"
    return int(answer)


def _worked(work: Callable[[], object], root: Path, kill_at: int, answer: int) -> NoReturn:
    """The child never returns into the test that forked it, whatever happens."""
    try:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
        steps = die_before_step(kill_at, root)
        work()
        os.write(answer, str(steps()).encode())
        os._exit(0)
    except BaseException:  # told here: the parent only learns that the work ended
        import traceback

        traceback.print_exc()
        raise
    finally:
        os._exit(1)


def compare_killed(day: Day, tmp_path: Path, clone: Clone, most: int | None = None) -> int:
    """Kills the day before each of its steps, or before `most` of them spread over the day; gives how many.

    After each kill the day is done again by a new process; then all is as after a day that nothing disturbed.
    """
    stocked = tmp_path / "stocked"
    assert in_child(partial(day.stock, stocked), stocked) is not None
    undisturbed = clone(stocked, tmp_path / "undisturbed")
    steps = in_child(partial(day.work, undisturbed), undisturbed)
    assert steps is not None
    expected = day.left(undisturbed)
    chosen = range(1, steps + 1) if most is None else spread(steps, most)
    for number in chosen:
        root = clone(stocked, tmp_path / str(number))
        work = partial(day.work, root)
        assert in_child(work, root, kill_at=number) is None, number
        assert in_child(work, root) is not None, number
        assert _differences(day.left(root), expected) == {}, number
        shutil.rmtree(root)
    sys.stdout.write(f"{len(chosen)} kills in a day of {steps} steps\n")
    return len(chosen)


def _differences(left: object, expected: object) -> dict[object, object]:
    """What is not as it should be: the part of that name, as it is and as it should be."""
    if not isinstance(left, dict) or not isinstance(expected, dict):
        return {} if left == expected else {"all": (left, expected)}
    return {name: (left.get(name), value) for name, value in expected.items() if left.get(name) != value}


def spread(steps: int, most: int) -> list[int]:
    """So many of the steps, the first and the last among them, at distances as equal as can be."""
    most = min(most, steps)
    return [1 + place * (steps - 1) // max(1, most - 1) for place in range(most)]


def all_files(folder: Path) -> list[tuple[str, str]]:
    """Every file below a folder, hidden ones too, with its hash."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted((path.relative_to(folder).as_posix(), sha256_of(path)) for path in files)
