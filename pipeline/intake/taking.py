"""Takes a closing file in (收卷): whatever a clerk drops, as parts in order, opened and hashed."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from pipeline.errors import INPUT_MESSAGES, InputError
from pipeline.intake.archives import Budget
from pipeline.intake.finding import Errand, Found, files_of, in_archive, with_archives_opened
from pipeline.intake.guarding import Guard, Probe, Task
from pipeline.intake.hashing import sha256_of, sha256_of_folder
from pipeline.intake.names import readable_name
from pipeline.intake.sniffing import Sort, sniff
from pipeline.settings import ArchiveLimits, ReadingLimits
from schemas.submission import Part, PartFormat, Submission, UnusablePart

PROBE_SECONDS = 60.0
"""How long opening one part may take. A scan of 500 pages takes half a second."""
UNLIMITED = ArchiveLimits(files=sys.maxsize, total_megabytes=sys.maxsize)
TELLING = (
    "unsafe_archive", "encrypted", "no_permission", "too_large", "timeout", "crashed", "corrupt", "no_pages",
    "not_found", "unsupported", "empty",
)  # fmt: skip
"""Which code stands for the whole when no part is usable: the one that tells the clerk most."""


def take_in(
    path: Path,
    workdir: Path,
    *,
    limits: ArchiveLimits,
    name: str | None = None,
    page_pixels: int | None = None,
) -> Submission:
    """Opens a PDF, image, DOCX, OFD, ZIP or a folder of those, and gives its parts in natural order of their names.

    `workdir` receives what had to be unpacked or repaired and must live as long as the submission; everything else is
    read where it lies. `name` is the clerk's name for it, by default the name of `path`; `page_pixels` is the largest
    image that reading will take. Raises InputError if nothing of it can be used; a bad file among good ones is told in
    `Submission.unusable`.
    """
    pixels = ReadingLimits().page_pixels if page_pixels is None else page_pixels
    try:
        workdir.mkdir(parents=True, exist_ok=True)
        with Guard(PROBE_SECONDS) as guard:
            errand = Errand(workdir, limits, Budget.of(limits), guard, pixels)
            return _take(path, readable_name(name or path.resolve().name), errand)
    except PermissionError as error:
        raise InputError("no_permission", type(error).__name__) from error
    except FileNotFoundError as error:
        raise InputError("not_found", type(error).__name__) from error


def hash_path(path: Path) -> str:
    """The `Submission.sha256` of a file or folder, also of one that cannot be used; empty if it cannot be read."""
    try:
        if not path.is_dir():
            return sha256_of(path)
        files = [_hashed(file) for file in files_of(path, UNLIMITED)]
    except OSError:
        return ""
    return sha256_of_folder((file.name, file.sha256) for file in files)


def _take(path: Path, name: str, errand: Errand) -> Submission:
    if path.is_dir():
        files = [_hashed(file) for file in files_of(path, errand.limits)]
        sha256 = sha256_of_folder((file.name, file.sha256) for file in files)
        return _submission(name, sha256, with_archives_opened(files, errand), errand)
    if not path.is_file():
        raise InputError("unsupported" if path.exists() else "not_found")
    if path.stat().st_size > errand.limits.total_megabytes << 20:
        raise InputError("too_large", "file")
    whole = Found(name=name, path=path, sort=sniff(path), sha256=sha256_of(path))
    files = in_archive(whole, errand) if whole.sort is Sort.ZIP else [whole]
    return _submission(name, whole.sha256, files, errand)


def _hashed(file: Found) -> Found:
    """What cannot be read has no hash; its name still counts."""
    try:
        return replace(file, sha256=sha256_of(file.path))
    except OSError:
        return file


def _submission(name: str, sha256: str, files: list[Found], errand: Errand) -> Submission:
    parts: list[Part] = []
    unusable: list[UnusablePart] = []
    oversize = 0
    for number, file in enumerate(files):
        try:
            part, probe = _opened(file, errand.workdir / f"repaired-{number:05d}.pdf", errand)
        except InputError as error:
            unusable.append(UnusablePart(name=file.name, code=error.code, message=INPUT_MESSAGES[error.code]))
            continue
        parts.append(part)
        oversize += probe.oversize
    if not parts:
        raise InputError(_most_telling(unusable))
    if oversize == len(parts) or sum(part.pages for part in parts) > errand.limits.pages:
        raise InputError("too_large", "pages")
    return Submission(name=name, sha256=sha256, parts=tuple(parts), unusable=tuple(unusable))


def _opened(file: Found, repaired: Path, errand: Errand) -> tuple[Part, Probe]:
    """The part, opened in the guarded process. Raises InputError."""
    if file.code:
        raise InputError(file.code)
    if file.sort in {Sort.EMPTY, Sort.ENCRYPTED}:
        raise InputError(file.sort.value)
    if file.sort in {Sort.UNSUPPORTED, Sort.XLSX, Sort.OLD_WORKBOOK}:
        raise InputError("unsupported")
    form = PartFormat(file.sort.value)
    probe = errand.guard.probe(
        Task(
            path=file.path,
            format=form,
            repaired=repaired,
            page_limit=errand.limits.pages,
            page_pixels=errand.page_pixels,
        )
    )
    part = Part(
        name=file.name,
        path=repaired if probe.repaired else file.path,
        format=form,
        sha256=file.sha256 or sha256_of(file.path),
        pages=probe.pages,
        damaged=probe.damaged,
    )
    return part, probe


def _most_telling(unusable: list[UnusablePart]) -> str:
    codes = {part.code for part in unusable}
    return next((code for code in TELLING if code in codes), "empty")
