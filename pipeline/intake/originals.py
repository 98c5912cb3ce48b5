"""Keeps the original (原件): a verified copy under its hash, never rewritten, never deleted.

    <originals>/<first two digits>/<sha256>/<name>        a file, or a folder with all that was in it

Written beside, forced to disk, read back, and only then renamed to its place: whoever sees it there sees all of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import InputError
from pipeline.intake.hashing import CHUNK, sha256_of, sha256_of_folder
from pipeline.intake.names import has_clutter, readable_name
from schemas.submission import Original

STAGING = ".staging"
SHARING_VIOLATIONS = (32, 33)
"""Windows: another program has the file open, and is most likely still writing it."""


def keep_original(path: Path, originals: Path) -> Original:
    """Keeps a file or folder; keeping the same bytes again changes nothing.

    Raises InputError `incomplete` if it changed while it was copied, `unsupported` for links (what one leads to may
    change, vanish, or be none of the office's business), `no_permission`, `not_found`; OSError if the store cannot be
    written (disk full).
    """
    if not path.is_dir() or path.is_symlink():
        _demand_readable(path)
    staging = originals / STAGING
    staging.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(dir=staging))
    try:
        copy = stage / readable_name(path.name)
        sha256 = _copy_folder(path, copy) if path.is_dir() else _copy_file(path, copy)
        kept = _place(copy, sha256, originals)
    finally:
        with contextlib.suppress(OSError):
            discard(stage)
    return Original(name=readable_name(path.name), sha256=sha256, path=kept)


def clear_staging(originals: Path) -> None:
    """Removes the unfinished copies of a run that died. Only while no other process keeps originals there."""
    with contextlib.suppress(OSError):
        discard(originals / STAGING)


def discard(path: Path) -> None:
    """Removes a file or folder. Windows removes nothing that is marked read-only, as every kept copy is, and what comes
    from a CD.
    """
    files = path.rglob("*") if path.is_dir() and not path.is_symlink() else [path]
    for file in files:
        if not file.is_symlink() and file.is_file() and not file.stat().st_mode & stat.S_IWUSR:
            file.chmod(stat.S_IREAD | stat.S_IWRITE)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def is_kept(path: Path, original: Original) -> bool:
    """Whether every byte of a file or folder, clutter included, lies in the kept original. Reads both from disk."""
    if not path.is_dir():
        return _is_same(path, original.path)
    return all(_is_same(path / name, original.path / readable_name(name)) for name in _names(path))


def _is_same(path: Path, kept: Path) -> bool:
    return kept.is_file() and sha256_of(path) == sha256_of(kept)


def _names(folder: Path) -> list[str]:
    """Every file below a folder, clutter included. A folder that cannot be listed raises PermissionError."""

    def on_error(error: OSError) -> None:
        raise error

    return sorted(
        (Path(parent) / file).relative_to(folder).as_posix()
        for parent, _, files in os.walk(folder, onerror=on_error)
        for file in files
    )


def _copy_folder(folder: Path, copy: Path) -> str:
    try:
        names = _names(folder)
    except PermissionError as error:
        raise InputError("no_permission", type(error).__name__) from error
    for name in names:
        _demand_readable(folder / name)
    copy.mkdir()
    hashes = []
    for name in names:
        target = copy / readable_name(name)
        if target.exists():
            raise InputError("unsupported", "folder: two names that read the same")
        target.parent.mkdir(parents=True, exist_ok=True)
        hashes.append((readable_name(name), _copy_file(folder / name, target)))
    if names != _names(folder):
        raise InputError("incomplete", "folder changed while it was copied")
    for parent, _, _ in os.walk(copy, topdown=False):
        force_to_disk(Path(parent))
    return sha256_of_folder((name, sha256) for name, sha256 in hashes if not has_clutter(name))


def _copy_file(source: Path, copy: Path) -> str:
    """Copies, forces to disk and reads back. Returns the SHA-256."""
    digest = hashlib.sha256()
    with _opened(source) as reading, copy.open("wb") as writing:
        before = os.fstat(reading.fileno())
        while chunk := reading.read(CHUNK):
            digest.update(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
        after = os.fstat(reading.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise InputError("incomplete", "changed while it was copied")
    if sha256_of(copy) != digest.hexdigest():
        raise OSError("the kept copy differs from what was written")
    copy.chmod(0o444)
    return digest.hexdigest()


def _demand_readable(path: Path) -> None:
    """Before the first byte is copied: a folder with one closed file is looked at again and again."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise InputError("unsupported", "link or device")
    _opened(path).close()


def _opened(source: Path) -> BinaryIO:
    """A refusal to open the source is the clerk's matter; one to open the store (an OSError elsewhere) is not."""
    try:
        return source.open("rb")
    except PermissionError as error:
        in_use = getattr(error, "winerror", None) in SHARING_VIOLATIONS
        raise InputError("incomplete" if in_use else "no_permission", type(error).__name__) from error
    except FileNotFoundError as error:
        raise InputError("not_found", type(error).__name__) from error


def _place(copy: Path, sha256: str, originals: Path) -> Path:
    """Renames the copy to its address, unless the same bytes lie there already, under whatever name."""
    home = originals / sha256[:2] / sha256
    home.mkdir(parents=True, exist_ok=True)
    for present in sorted(home.iterdir()):
        if present.is_dir() == copy.is_dir() and is_kept(
            copy, Original(name=present.name, sha256=sha256, path=present)
        ):
            return present
    target = _free(home, copy.name)
    copy.rename(target)
    for folder in (home, home.parent, originals):
        force_to_disk(folder)
    return target


def _free(home: Path, name: str) -> Path:
    """The same folder with other clutter, or a copy that the disk has spoilt since, keeps its place; this one goes beside."""
    numbered = (home / (name if number == 1 else f"{number}-{name}") for number in itertools.count(1))
    return next(path for path in numbered if not path.exists())


def force_to_disk(folder: Path) -> None:
    """Makes a rename inside `folder` survive a power cut, where the system can (not on Windows)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
