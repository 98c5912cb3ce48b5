"""Writing so that a reader sees the whole file or none, even if the process is killed or the power fails.

Stage beside, fsync, rename. Beside means on the same disk: a hidden folder at the top of the outbox.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_STALE_SECONDS = 86_400
_HELD = frozenset({errno.EBUSY, errno.ETXTBSY})

STAGING = ".juanzong"
"""The outbox's own hidden folder: what is being written, and what was delivered."""


@contextmanager
def staging_folder(outbox: Path) -> Iterator[Path]:
    """An empty folder on the outbox's disk; what is left in it afterwards is removed."""
    folder = outbox / STAGING / f"stage-{uuid.uuid4().hex}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _sweep(outbox / STAGING)


def _sweep(staging: Path) -> None:
    """Remove what a killed process left a day or more ago; a younger stage may be another process's work."""
    for folder in staging.glob("stage-*"):
        try:
            if time.time() - folder.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
        except FileNotFoundError:
            continue


def write_new_folder(outbox: Path, target: Path, files: Mapping[str, bytes]) -> bool:
    """`target` with `files`, all at once; a name may have folders. False, and nothing changed, if it exists already."""
    with staging_folder(outbox) as stage:
        whole = stage / "whole"
        whole.mkdir()
        for name, content in files.items():
            (whole / name).parent.mkdir(parents=True, exist_ok=True)
            write_synced(whole / name, content)
        for folder in {(whole / name).parent for name in files} - {whole}:
            sync_folder(folder)
        return publish_folder(whole, target)


def publish_folder(whole: Path, target: Path) -> bool:
    """Move the finished folder to its place. False if something stands there already."""
    sync_folder(whole)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        return False
    try:
        whole.rename(target)
    except OSError:
        if target.exists():
            return False
        raise
    sync_folder(target.parent)
    return True


def replace_file(outbox: Path, target: Path, content: bytes) -> None:
    """`target` with `content`, whole or not at all. Raises `PermissionError` where another program holds it open."""
    with staging_folder(outbox) as stage:
        write_synced(stage / "whole", content)
        target.parent.mkdir(parents=True, exist_ok=True)
        with held_told():
            (stage / "whole").replace(target)
        sync_folder(target.parent)


@contextmanager
def held_told() -> Iterator[None]:
    """A file that a program on another machine has open, on a share, is busy and not forbidden: it is told as Windows does."""
    try:
        yield
    except OSError as error:
        if error.errno not in _HELD:
            raise
        raise PermissionError(error.errno, error.strerror, error.filename, None, error.filename2) from error


def write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the folder's entries durable. Windows has no such call, and does not need it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:  # 部分网络共享不支持对文件夹同步，文件本身已经落盘
        pass
    finally:
        os.close(descriptor)
