"""Where a backup lies: every content once, under its hash, and each backup a folder that lists what belongs to it.

    <folder>/files/ab/<sha256>.pdf        contents; none is ever removed
    <folder>/备份-0007/manifest.json       what was backed up, when, by which version; hashes of the two files beside it
                       registry.sqlite3   the registry
                       files.jsonl        a line a file: place, path, hash

A backup is prepared in a hidden folder and gets its name by one rename: one that was interrupted is none.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from pipeline.errors import UsageError
from pipeline.intake import sha256_of
from schemas.backup import FORMAT, KeptFile, Manifest, Part

CONTENTS = "files"
MANIFEST, REGISTRY, LISTING = "manifest.json", "registry.sqlite3", "files.jsonl"
UNFINISHED = ".未完成-"
NAME = re.compile(r"备份-(\d{4,})")
CHUNK = 1 << 20
STALE_SECONDS = 86_400
NO_ROOM = (
    frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG}) if hasattr(errno, "EDQUOT") else frozenset({errno.ENOSPC})
)
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


@contextmanager
def disk_troubles_told(folder: Path, doing: str) -> Iterator[None]:
    """A full disk or a share that is gone is said as a sentence; earlier backups are untouched by either."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise UsageError(
                f"磁盘空间不足，{doing}未完成，请清理磁盘或者改用其他磁盘后重试：{folder}。此前的备份不受影响。"
            ) from error
        raise UsageError(
            f"{doing}未完成，请核对路径、权限和磁盘：{error.filename or folder}（{type(error).__name__}）。此前的备份不受影响。"
        ) from error


def generations(folder: Path) -> list[Path]:
    """The finished backups, oldest first. The number counts, not the clock, which may have been set back."""
    numbered = [(int(match[1]), path) for path in _listed(folder) if (match := NAME.fullmatch(path.name))]
    return [path for _, path in sorted(numbered)]


def _listed(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def number_of(generation: Path) -> int:
    match = NAME.fullmatch(generation.name)
    assert match is not None
    return int(match[1])


def chosen(folder: Path) -> tuple[Path, Path]:
    """The backup folder and the backup that a clerk means: the folder's latest, or the one that was named.

    Raises UsageError if there is none.
    """
    if NAME.fullmatch(folder.resolve().name) and (folder / MANIFEST).is_file():
        return folder.resolve().parent, folder.resolve()
    found = generations(folder)
    if not found:
        raise UsageError(f"该文件夹中没有备份：{folder}")
    return folder, found[-1]


def read_manifest(generation: Path) -> Manifest:
    """Raises UsageError if it is not one of ours, or of a later version of the program."""
    try:
        manifest = Manifest.model_validate_json((generation / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise UsageError(f"备份的说明文件缺失或者已经损坏：{generation / MANIFEST}") from error
    if manifest.format != FORMAT:
        raise UsageError(f"该备份由其他版本的程序制作（{manifest.format}），请用相应版本恢复：{generation}")
    return manifest


def read_listing(generation: Path) -> Iterator[KeptFile]:
    with (generation / LISTING).open(encoding="utf-8") as lines:
        for line in lines:
            yield KeptFile.model_validate_json(line)


def content_of(folder: Path, kept: KeptFile) -> Path:
    """Where the content of a file lies. Its suffix is kept, so that a person can open it without the program."""
    suffix = Path(kept.path).suffix.lower()
    return folder / CONTENTS / kept.sha256[:2] / f"{kept.sha256}{suffix if _SUFFIX.fullmatch(suffix) else ''}"


def keep(source: Path, place: str, path: str, folder: Path) -> KeptFile:
    """Copies a file into the backup unless its content is there; forced to disk and read back."""
    stage = folder / CONTENTS / f"{UNFINISHED}{uuid.uuid4().hex}"
    digest = hashlib.sha256()
    try:
        with source.open("rb") as reading, stage.open("wb") as writing:
            while chunk := reading.read(CHUNK):
                digest.update(chunk)
                writing.write(chunk)
            stat = os.fstat(reading.fileno())
            size = writing.tell()
            writing.flush()
            os.fsync(writing.fileno())
        kept = KeptFile(place=place, path=path, sha256=digest.hexdigest(), bytes=size, mtime_ns=stat.st_mtime_ns)
        target = content_of(folder, kept)
        if not target.exists() or sha256_of(target) != kept.sha256:
            if sha256_of(stage) != kept.sha256:
                raise OSError(errno.EIO, "the copy differs from what was written", str(stage))
            target.parent.mkdir(exist_ok=True)
            stage.replace(target)
            sync_folder(target.parent)
    finally:
        stage.unlink(missing_ok=True)
    return kept


def part_of(path: Path) -> Part:
    return Part(sha256=sha256_of(path), bytes=path.stat().st_size)


def write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_file(handle: BinaryIO) -> None:
    os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Makes a rename inside survive a power cut. Windows has no such call for folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # some shares cannot; the files themselves are on the disk
        pass
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Removes what a backup that was killed a day or more ago has left; a younger one may be under way."""
    for path in (*_listed(folder), *_listed(folder / CONTENTS)):
        if path.name.startswith(UNFINISHED) and time.time() - path.stat().st_mtime > STALE_SECONDS:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
