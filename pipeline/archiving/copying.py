"""The original in the archive copy (原始扫描): copied byte by byte, read back and compared, never linked."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import InputError
from schemas.archive import ArchivedFile

_CHUNK = 1 << 20
_FULL_WIDTH = str.maketrans({"<": "＜", ">": "＞", ":": "：", '"': "＂", "|": "｜", "?": "？", "*": "＊", "\\": "＼", "/": "／"})  # fmt: skip
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_LONGEST = 100


def file_name(text: str) -> str:
    """A name that Windows accepts, too: what it forbids becomes full-width, the ending stays, never empty."""
    text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8")).translate(_FULL_WIDTH)
    text = "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    text = text.rstrip(" .").lstrip(" ")
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending) > 8:  # noqa: PLR2004 - longer than any file's ending
        stem, dot, ending = text, "", ""
    while len(stem) > _LONGEST or len(stem.encode()) > 2 * _LONGEST:
        stem = stem[:-1]
    name = f"{stem.rstrip(' .')}{dot}{ending}"
    return f"_{name}" if _RESERVED.fullmatch(name) else name or "未命名"


def copied_original(original: Path, folder: Path) -> Iterator[ArchivedFile]:
    """Copies a file, or a folder with all that is in it, into `folder`; yields each file with its path below that.

    Raises `InputError` (`incomplete`, where it changes meanwhile), or OSError where it cannot be written.
    """
    if not original.is_dir():
        yield _copied(original, Path(file_name(original.name)), folder)
        return
    home = Path(file_name(original.name))
    taken: set[str] = set()
    for source in sorted(_files(original)):
        relative = home.joinpath(*(file_name(part) for part in source.relative_to(original).parts))
        while str(relative).casefold() in taken:
            # 两个文件名在 Windows 上相同的，后一个加记号
            relative = relative.with_name(f"_{relative.name}")
        taken.add(str(relative).casefold())
        yield _copied(source, relative, folder, str(source.relative_to(original)))


def _files(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise InputError("no_permission", type(error).__name__) from error

    for parent, _, names in os.walk(folder, onerror=refuse):
        yield from (Path(parent) / name for name in names)


def _copied(source: Path, relative: Path, folder: Path, name: str | None = None) -> ArchivedFile:
    target = folder / relative
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    try:
        reading = source.open("rb")
    except OSError as error:
        raise InputError("no_permission", type(error).__name__) from error
    with reading, target.open("xb") as writing:
        before = os.fstat(reading.fileno())
        while chunk := reading.read(_CHUNK):
            digest.update(chunk)
            size += writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
        after = os.fstat(reading.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise InputError("incomplete", "changed while it was copied")
    if sha256_of(target) != digest.hexdigest():
        raise OSError("the copy of the original differs from what was written")
    kept = name or source.name
    return ArchivedFile(
        path=relative.as_posix(),
        size=size,
        sha256=digest.hexdigest(),
        name=kept.encode("utf-8", "replace").decode() if Path(kept).name != relative.name else None,
    )


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
