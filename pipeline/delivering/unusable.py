"""An input that cannot be audited: why, what to do, and the original beside it."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from pathlib import Path

from pipeline.delivering.names import LONGEST, safe_name, short_hash
from pipeline.delivering.writing import publish_folder, staging_folder, sync_file, write_synced

UNUSABLE = "无法审查"
NOTE_NAME = "说明.txt"

_NO_ROOM = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG, errno.EROFS})

_COPIED = {
    "whole": "原件已随本说明一并存放。",
    "part": "原件中有部分文件未能读取，其余文件已随本说明一并存放。",
    "none": "原件未能读取，本文件夹内没有原件副本。",
}


def deliver_unusable(name: str, error_message: str, original: Path, outbox: Path) -> Path:
    """`outbox/无法审查/<name>_<hash8>/` with a note and a copy of the original; returns that folder.

    It is a copy and not a hard link: whoever opens and saves the link would change the original with it. Where the
    original cannot be read, the note stands alone and says so. A folder that exists already is left as it is.
    """
    folder = outbox / UNUSABLE / f"{safe_name(name, LONGEST - 9)}_{_mark(original)}"
    if folder.exists():
        return folder
    with staging_folder(outbox) as stage:
        whole = stage / "whole"
        whole.mkdir()
        note = _note(name, error_message, _COPIED[copy_original(original, whole, name)])
        write_synced(whole / NOTE_NAME, note.encode("utf-8-sig"))
        publish_folder(whole, folder)
    return folder


def _note(name: str, message: str, copied: str) -> str:
    lines = ["以下材料未能审查：", "", f"名称：{safe_name(name, 200)}", f"原因和处理办法：{message}", "", copied]
    # 记事本需要 BOM 和回车换行才能正确显示
    return "\r\n".join(lines) + "\r\n"


def copy_original(original: Path, folder: Path, name: str) -> str:
    """Copy the original into `folder`; `whole`, `part` or `none` of it, as far as it could be read.

    Raises OSError where it could be read and not be written: then there is no room, and the delivery has to wait.
    """
    try:
        if original.is_dir():
            return _copy_tree(original, folder / safe_name(name))
        return _copy_file(original, folder / _copy_name(name, original))
    except _NoRoomError as error:
        raise OSError(error.number, os.strerror(error.number), str(folder)) from error


class _NoRoomError(Exception):
    """No OSError: `shutil` would gather it among those of the files that cannot be read, and lose its number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _copied(source: str | Path, target: str | Path) -> str | Path:
    try:
        shutil.copyfile(source, target)
        sync_file(Path(target))
    except OSError as error:
        number = error.errno or 0
        if number in _NO_ROOM:
            raise _NoRoomError(number) from error
        raise
    return target


def _copy_file(original: Path, target: Path) -> str:
    try:
        _copied(original, target)
    except OSError:
        target.unlink(missing_ok=True)
        return "none"
    return "whole"


def _copy_tree(original: Path, target: Path) -> str:
    try:
        # 只抄内容不抄权限：只读的副本办事人员无法整理
        shutil.copytree(original, target, symlinks=True, copy_function=_copied)
    except OSError as error:  # 含 shutil.Error：其中部分文件无法读取
        if error.errno in _NO_ROOM:
            raise
        return "part" if target.is_dir() and any(target.iterdir()) else "none"
    return "whole"


def _copy_name(name: str, original: Path) -> str:
    """The clerk's name for it, as Windows allows it, with its extension kept so that it opens."""
    suffix = (Path(name).suffix or original.suffix).removeprefix(".")
    stem = safe_name(Path(name).stem, LONGEST - 20)
    copy_name = f"{stem}.{safe_name(suffix, 16)}" if suffix else stem
    return f"原件_{copy_name}" if copy_name == NOTE_NAME else copy_name


def _mark(original: Path) -> str:
    """Eight digits that tell this input from another of the same name."""
    digest = hashlib.sha256()
    try:
        for path in _regular_files(original):
            digest.update(path.relative_to(original).as_posix().encode("utf-8", "surrogateescape"))
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    except OSError:
        return short_hash(str(original).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:8]


def _regular_files(original: Path) -> list[Path]:
    """The files to read, without links and devices: reading one of those could lead anywhere or never end."""
    if original.is_dir():
        return sorted(path for path in original.rglob("*") if path.is_file() and not path.is_symlink())
    if not original.is_file():
        raise FileNotFoundError(original)
    return [original]
