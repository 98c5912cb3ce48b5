"""The folders of a running office: that they do not lie in each other, and that one office works in them."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pipeline.desk.inbox import demand_inbox, remember_inbox
from pipeline.desk.outbox import demand_connected
from pipeline.desk.same_office import demand_same_office
from pipeline.errors import UsageError
from pipeline.settings import Settings

LOCK_NAME = "desk.lock"
FOLDER_LOCK = ".juanzong.lock"
"""In the inbox and in the outbox; hidden, and clutter to whoever looks for papers."""
_TAKEN = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})


def prepare_folders(settings: Settings) -> None:
    """Makes inbox, outbox and state folder.

    Raises UsageError where one of them would feed the other, or cannot be made, and where the disk or share of one that
    was in use is not there.
    """
    inbox = settings.inbox.resolve()
    for folder, title in ((settings.outbox.resolve(), "发件箱"), (settings.state.resolve(), "台账文件夹")):
        if folder.is_relative_to(inbox):
            raise UsageError(f"{title}不能设在收件箱之内，否则写出的文书会被当作新的卷宗：{folder}")
        if inbox.is_relative_to(folder):
            raise UsageError(f"收件箱不能设在{title}之内：{inbox}")
    # first: a folder made where a share should be is hidden as soon as it is back
    demand_connected(settings)
    demand_same_office(settings)
    demand_inbox(settings)
    for folder in (settings.inbox, settings.outbox, settings.state):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"无法建立文件夹，请核对路径和权限：{folder}") from error
    remember_inbox(settings)


@contextmanager
def state_lock(state: Path) -> Iterator[None]:
    """Holds the state folder for this process; the system lets go of it however the process ends.

    Raises UsageError if another office holds it.
    """
    with (state / LOCK_NAME).open("a+b") as handle:
        try:
            _lock(handle)
        except OSError as error:
            raise UsageError(
                f"另一个 juanzong run 正在使用该台账文件夹，请勿重复启动；需要同时运行的，请另设台账文件夹：{state}"
            ) from error
        yield


@contextmanager
def office_lock(settings: Settings) -> Iterator[None]:
    """Holds inbox, outbox and state folder for this office, and keeps them apart from those of the others that run.

    Two offices that emptied one inbox would each get a part of every closing file; an inbox that lay in another would
    be taken in with all that is in it. Raises UsageError.
    """
    with (
        state_lock(settings.state),
        folder_lock(settings.inbox, "收件箱"),
        folder_lock(settings.outbox, "发件箱"),
    ):
        _demand_apart(settings)  # behind the locks: of two that start at once, one sees the other
        yield


@contextmanager
def folder_lock(folder: Path, title: str) -> Iterator[None]:
    """Holds a folder for this process. Raises UsageError if another office holds it.

    On a share that knows no locks, nobody can be kept out.
    """
    path = folder / FOLDER_LOCK
    handle = _opened(path)
    if handle is None:  # a share that nobody may write to; then nothing can be taken away either
        yield
        return
    with handle:
        try:
            _lock(handle)
        except OSError as error:
            if error.errno in _TAKEN:
                raise UsageError(
                    f"另一个 juanzong run 正在使用该{title}；几个机构或者几种归档标准，请各设一个{title}：{folder}"
                ) from error
        try:
            yield
        finally:
            if os.name != "nt":
                _remove(path)
    if os.name == "nt":  # refused there while anybody has it open
        _remove(path)


def _demand_apart(settings: Settings) -> None:
    """Raises UsageError where a folder lies in one that another running office holds, or the inbox holds one of those."""
    folders = ((settings.inbox, "收件箱"), (settings.outbox, "发件箱"), (settings.state, "台账文件夹"))
    for folder, title in folders:
        for parent in folder.resolve().parents:
            if _is_held(parent / FOLDER_LOCK):
                raise UsageError(f"{title}不能设在另一个机构的收件箱或者发件箱之内：{folder}")
    inbox = settings.inbox.resolve()
    for lock in inbox.rglob(FOLDER_LOCK):
        if lock.parent != inbox and _is_held(lock):
            raise UsageError(
                f"另一个机构正在使用收件箱之内的文件夹，其中的材料会被当作卷宗收走，请另设收件箱：{lock.parent}"
            )


def _is_held(path: Path) -> bool:
    """Whether a running office holds the lock; one that died has left no more than the file."""
    try:
        with path.open("rb") as handle:  # that of another user can be read and no more
            _lock(handle)
    except OSError as error:
        return error.errno in _TAKEN
    return False


def _opened(path: Path) -> BinaryIO | None:
    """The lock's file, made if need be; None where there is none and none can be made."""
    for mode in ("a+b", "rb"):
        with suppress(OSError):
            return path.open(mode)
    return None


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


if os.name == "nt":
    import msvcrt

    def _lock(handle: BinaryIO) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]

else:
    import fcntl

    def _lock(handle: BinaryIO) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
