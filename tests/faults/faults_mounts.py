"""Disks of their own for a test: small ones that fill up, ones that turn read-only, files that are held, shares that vanish.

Real file systems in a forked process with mounts of its own, which end with it; nobody else sees them. It takes root, or a
Linux that lets a user have a namespace.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_RDONLY, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 32, 4096, 16384, 1 << 18
MNT_DETACH = 2
NOT_ALLOWED = 77
FILLER = ".filler"


def in_own_mounts(play: Callable[[], object]) -> None:
    """Plays in a process that has its own mounts. Skips the test where the system allows nobody to have any."""
    if sys.platform != "linux":
        pytest.skip("mounts of one's own are Linux's")
    child = os.fork()
    if child == 0:
        _played(play)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == NOT_ALLOWED:
        pytest.skip("this system lets us have no mounts of our own")
    assert status == 0, "what was played failed; see the traceback on standard error"


def _played(play: Callable[[], object]) -> NoReturn:
    """The child never returns into the test that forked it, whatever happens."""
    status = 1
    try:
        try:
            _leave_for_own_mounts()
        except OSError:
            status = NOT_ALLOWED
        else:
            play()
            status = 0
    except BaseException:  # noqa: BLE001 - told here: the parent only learns that it failed
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _leave_for_own_mounts() -> None:
    user, group = os.getuid(), os.getgid()
    _called("unshare", CLONE_NEWNS | (CLONE_NEWUSER if user else 0))
    if user:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1", encoding="ascii")
    _called("mount", None, b"/", None, MS_REC | MS_PRIVATE, None)


def _called(name: str, *arguments: object) -> None:
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def mount_disk(folder: Path, kilobytes: int) -> None:
    """A disk of that size at `folder`, empty."""
    folder.mkdir(parents=True, exist_ok=True)
    _called("mount", b"tmpfs", os.fsencode(folder), b"tmpfs", 0, f"size={kilobytes}k".encode())


def grow(folder: Path, kilobytes: int) -> None:
    _called("mount", b"tmpfs", os.fsencode(folder), b"tmpfs", MS_REMOUNT, f"size={kilobytes}k".encode())


def fill(folder: Path, left: int = 0) -> None:
    """Takes all the room on the disk but so many kilobytes."""
    with contextlib.suppress(OSError), (folder / FILLER).open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    whole = (folder / FILLER).stat().st_size
    os.truncate(folder / FILLER, max(0, whole - 1024 * left))


def make_room(folder: Path) -> None:
    (folder / FILLER).unlink()


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The disk at `folder` cannot be written to, as after an error of the disk or of the share."""
    _called("mount", None, os.fsencode(folder), None, MS_REMOUNT | MS_RDONLY, None)
    try:
        yield
    finally:
        _called("mount", None, os.fsencode(folder), None, MS_REMOUNT, None)


@contextlib.contextmanager
def held(file: Path) -> Iterator[None]:
    """The file can be read and not be replaced (EBUSY), as one on a share that a program on another machine has open."""
    _called("mount", os.fsencode(file), os.fsencode(file), None, MS_BIND, None)
    try:
        with pytest.raises(OSError) as refused:
            file.rename(file.with_name("elsewhere"))
        assert refused.value.errno == errno.EBUSY
        yield
    finally:
        _called("umount2", os.fsencode(file), MNT_DETACH)


@contextlib.contextmanager
def gone(folder: Path) -> Iterator[None]:
    """The share at `folder` is not connected: an empty folder is in its place."""
    aside = folder.with_name(f"{folder.name} aside")
    aside.mkdir()
    _called("mount", os.fsencode(folder), os.fsencode(aside), None, MS_BIND, None)
    _called("umount2", os.fsencode(folder), MNT_DETACH)
    try:
        yield
    finally:
        _called("mount", os.fsencode(aside), os.fsencode(folder), None, MS_BIND, None)
        _called("umount2", os.fsencode(aside), MNT_DETACH)
        aside.rmdir()
