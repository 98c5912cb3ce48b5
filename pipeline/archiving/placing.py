"""A folder that is there whole or not at all: staged beside, forced to disk, renamed."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

STAGE = ".juanzong-archive-"
_STALE_SECONDS = 86_400


@contextmanager
def stage_beside(folder: Path) -> Iterator[Path]:
    """An empty folder beside the place of the copy; gone afterwards, as are those that a killed process left days ago."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = folder.parent / f"{STAGE}{uuid.uuid4().hex}"
    stage.mkdir()
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        for left in folder.parent.glob(f"{STAGE}*"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                    shutil.rmtree(left, ignore_errors=True)


def written(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)


def forced(copy: Path) -> None:
    """Every file and folder of the copy on disk before it gets its name."""
    for parent, _, names in os.walk(copy, topdown=False):
        for name in names:
            with (Path(parent) / name).open("rb+") as file:
                os.fsync(file.fileno())
        _force_folder(Path(parent))


def _force_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows 和部分网络共享不支持对文件夹同步
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def placed(copy: Path, folder: Path) -> bool:
    """False where another process was faster."""
    try:
        copy.rename(folder)
    except OSError:
        if folder.exists():
            return False
        raise
    _force_folder(folder.parent)
    return True
