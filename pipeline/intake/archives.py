"""ZIP files, opened with suspicion.

Threats met here: names that lead out of the folder, links, bombs (a few kilobytes that unpack to gigabytes, ZIPs inside
ZIPs, thousands of members), passwords. Members are copied out one by one through a counter, under names of our own;
nothing of the archive decides where a byte goes. Accepted: members that overlap each other are only limited by the
total that they unpack to.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.intake.hashing import CHUNK
from pipeline.intake.names import has_clutter, member_name, natural_key
from pipeline.intake.sniffing import broken_zip_is_corrupt
from pipeline.settings import ArchiveLimits

ENCRYPTED, STRONGLY_ENCRYPTED = 0x1, 0x40
RATIO_FLOOR = 1 << 20
"""Below this size (bytes) a member may be packed as tightly as it likes: it cannot hurt."""
BARE_PICTURES = (b"BM", b"II*\0", b"MM\0*")
"""Bitmaps and TIFFs may be uncompressed pictures of blank paper, which pack a thousand to one."""
OUTSIDE = re.compile(r"^/|^[A-Za-z]:|(^|/)\.\.(/|$)|[\x00-\x1f]")


@dataclass
class Budget:
    """What one closing file may still unpack, over all its archives."""

    bytes_left: int
    files_left: int

    @classmethod
    def of(cls, limits: ArchiveLimits) -> Budget:
        return cls(bytes_left=limits.total_megabytes << 20, files_left=limits.files)


@dataclass(frozen=True)
class Member:
    """A file inside an archive: either copied out to `path`, or of no use for the reason `code`."""

    name: str
    path: Path | None
    code: str = ""


def unpack(archive_path: Path, target: Path, limits: ArchiveLimits, budget: Budget) -> Iterator[Member]:
    """Copies the members of a ZIP to `target`, in natural order of their names, clutter left out.

    Raises InputError: `unsafe_archive` and `too_large` for the whole archive, `encrypted` if all of it is, `corrupt` if
    its directory cannot be read. A single bad member is yielded with its code.
    """
    target.mkdir(parents=True, exist_ok=True)
    with broken_zip_is_corrupt(), zipfile.ZipFile(archive_path) as archive:
        for number, (name, info) in enumerate(_checked(archive, budget)):
            path = target / f"{number:05d}"
            code = _copied(archive, info, path, limits.ratio, budget)
            yield Member(name, None if code else path, code)


def _checked(archive: zipfile.ZipFile, budget: Budget) -> list[tuple[str, zipfile.ZipInfo]]:
    """The members worth copying, with unique names; refuses the archive as a whole before a byte is unpacked."""
    infos = archive.infolist()
    if len(infos) > budget.files_left:
        raise InputError("unsafe_archive", f"zip: {len(infos)} members")
    budget.files_left -= len(infos)
    named = [(member_name(info), info) for info in infos]
    for name, info in named:
        if not name or OUTSIDE.search(name) or stat.S_ISLNK(info.external_attr >> 16):
            raise InputError("unsafe_archive", "zip: name outside or link")
    plain = [(name.removeprefix("./"), info) for name, info in named]
    files = [(name, info) for name, info in plain if not name.endswith("/") and not has_clutter(name)]
    if files and all(info.flag_bits & (ENCRYPTED | STRONGLY_ENCRYPTED) for _, info in files):
        raise InputError("encrypted", "zip")
    return _unique(sorted(files, key=lambda file: natural_key(file[0])))


def _unique(files: list[tuple[str, zipfile.ZipInfo]]) -> list[tuple[str, zipfile.ZipInfo]]:
    """The second member of the same name is another paper, and keeps its place behind the first."""
    seen: dict[str, int] = {}
    result = []
    for name, info in files:
        seen[name] = seen.get(name, 0) + 1
        result.append((name if seen[name] == 1 else f"{name} ({seen[name]})", info))
    return result


def _copied(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, ratio: int, budget: Budget) -> str:
    """Copies one member out; returns the code of why it cannot be used, empty if it can."""
    if info.flag_bits & (ENCRYPTED | STRONGLY_ENCRYPTED):
        return "encrypted"
    try:
        with broken_zip_is_corrupt():
            _copy(archive, info, path, ratio, budget)
    except InputError as error:
        if error.code != "corrupt":
            raise
        return "unsupported" if isinstance(error.__cause__, NotImplementedError) else "corrupt"
    except RuntimeError:
        return "encrypted"
    return ""


def _copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, ratio: int, budget: Budget) -> None:
    """Counts as it writes: what the archive says about sizes is not believed."""
    written = 0
    may_swell = False
    with archive.open(info) as source, path.open("wb") as sink:
        while chunk := source.read(CHUNK):
            may_swell = may_swell or (written == 0 and chunk.startswith(BARE_PICTURES))
            written += len(chunk)
            budget.bytes_left -= len(chunk)
            if not may_swell and written > max(RATIO_FLOOR, info.compress_size * ratio):
                raise InputError("unsafe_archive", "zip: ratio")
            if budget.bytes_left < 0:
                raise InputError("too_large", "zip: total")
            sink.write(chunk)
