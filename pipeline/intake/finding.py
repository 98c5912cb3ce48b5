"""Finds the files of a closing file in folders and ZIPs, clutter left out, in natural order; opens none of them."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.intake.archives import Budget, unpack
from pipeline.intake.guarding import Guard
from pipeline.intake.names import has_clutter, is_clutter, natural_key, readable_name
from pipeline.intake.sniffing import Sort, sniff
from pipeline.settings import ArchiveLimits

DEEPEST = 2
"""A ZIP may hold ZIPs (offices pack one a volume); those may hold none."""


@dataclass(frozen=True)
class Found:
    """A file of the closing file; `code` says why it cannot be used, if that is known already."""

    name: str
    path: Path
    sort: Sort
    code: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Errand:
    """What opening one closing file needs all the way down: where to unpack, how much, who opens."""

    workdir: Path
    limits: ArchiveLimits
    budget: Budget
    guard: Guard
    page_pixels: int


def files_of(folder: Path, limits: ArchiveLimits) -> list[Found]:
    """The files below a dropped folder. Links to folders are not followed, for they can form rings, but told."""
    names: list[str] = []
    closed: list[str] = []

    def on_error(error: OSError) -> None:
        closed.append(Path(os.fsdecode(error.filename)).relative_to(folder).as_posix())

    for parent, folders, files in os.walk(folder, onerror=on_error):
        folders[:] = [entry for entry in folders if not is_clutter(entry)]
        below = Path(parent).relative_to(folder)
        links = [entry for entry in folders if (Path(parent) / entry).is_symlink()]
        found_here = ((below / entry).as_posix() for entry in (*files, *links))
        names.extend(name for name in found_here if not has_clutter(name))
        if len(names) > limits.files:
            raise InputError("too_large", "folder: files")
    if closed == ["."]:
        raise InputError("no_permission", "folder")
    found = [_sniffed(readable_name(name), folder / name) for name in names]
    found += [Found(readable_name(name), folder / name, Sort.UNSUPPORTED, "no_permission") for name in closed]
    _demand_size(found, limits)
    return sorted(found, key=lambda file: natural_key(file.name))


def _demand_size(files: list[Found], limits: ArchiveLimits) -> None:
    size = sum(file.path.stat().st_size for file in files if not file.code)
    if size > limits.total_megabytes << 20:
        raise InputError("too_large", "folder: size")


def _sniffed(name: str, path: Path) -> Found:
    try:
        if not path.is_file():
            return Found(name, path, Sort.UNSUPPORTED, "unsupported")
        return Found(name, path, sniff(path))
    except InputError as error:
        return Found(name, path, Sort.ZIP, error.code)
    except PermissionError:
        return Found(name, path, Sort.UNSUPPORTED, "no_permission")


def with_archives_opened(files: list[Found], errand: Errand) -> list[Found]:
    """The same files, each ZIP replaced by its members. A bad ZIP in a folder does not spoil the rest."""
    result: list[Found] = []
    for file in files:
        result.extend(_opened(file, errand, depth=1, forgiven={"unsafe_archive", "encrypted", "corrupt"}))
    return result


def in_archive(archive: Found, errand: Errand, *, depth: int = 1, prefix: str = "") -> list[Found]:
    """The members of a ZIP, and of the ZIPs in it, each name after `prefix`. Raises InputError where the whole archive is refused."""
    if depth > DEEPEST:
        raise InputError("unsafe_archive", "zip: nested too deep")
    target = Path(tempfile.mkdtemp(prefix="unpacked-", dir=errand.workdir))
    result: list[Found] = []
    for member in unpack(archive.path, target, errand.limits, errand.budget):
        name = prefix + member.name
        if member.path is None:
            result.append(Found(name, archive.path, Sort.UNSUPPORTED, member.code))
        else:
            result.extend(_opened(_sniffed(name, member.path), errand, depth + 1, forgiven={"encrypted", "corrupt"}))
    return result


def _opened(file: Found, errand: Errand, depth: int, forgiven: set[str]) -> list[Found]:
    if file.sort is not Sort.ZIP or file.code:
        return [file]
    try:
        return in_archive(file, errand, depth=depth, prefix=f"{file.name}/")
    except InputError as error:
        if error.code not in forgiven:
            raise
        return [Found(file.name, file.path, Sort.ZIP, error.code)]
