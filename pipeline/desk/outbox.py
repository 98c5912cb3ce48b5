"""Whether the outbox is where it was: a share that drops out leaves nothing, or an empty folder of another disk, in its place.

What is written there is delivered to nobody, and hidden when the share is back. So the outbox bears a mark, and the state
folder remembers the mark and the disk on which it was; where the mark is gone and the disk is another one, nothing is
written: a running office waits, and a start or a command ends with a sentence.
"""

from __future__ import annotations

import errno
import uuid
from pathlib import Path

from pydantic import ValidationError

from pipeline.delivering.names import LEDGER_NAME
from pipeline.delivering.writing import STAGING, write_synced
from pipeline.errors import UsageError
from pipeline.intake import mount_point
from pipeline.settings import Settings
from schemas.base import Frozen

MARK = "outbox"
"""A file in the outbox's hidden folder; in it stands a word that no other outbox has."""
MEMORY = "outbox.json"
"""In the state folder."""


class Remembered(Frozen):
    """The outbox as it was when it was last there."""

    folder: str
    mark: str
    """Empty where an outbox is expected that nobody has seen yet; then `disk` is empty too."""
    disk: str
    """Where its disk or share was mounted."""


class Outbox:
    """The outbox of an office."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.outbox.resolve()
        self._mark = settings.outbox / STAGING / MARK
        self._memory = settings.state / MEMORY

    def demand_connected(self) -> None:
        """Raises OSError where the outbox is not connected. Changes nothing."""
        before = self._remembered()
        if before is None or self._is_that_of(before):
            return
        # whoever empties the outbox, or connects a share where a folder was, is in his right
        if before.disk and mount_point(self._folder).is_relative_to(before.disk):
            return
        raise OSError(errno.ENODEV, "the outbox is not connected", str(self._folder))

    def is_awaited(self) -> bool:
        """Whether it is known only by what was told of it, see `expect_outbox`."""
        before = self._remembered()
        return before is not None and not before.mark

    def _is_that_of(self, before: Remembered) -> bool:
        """One that is only expected may bear any mark, or as little as an earlier version left there."""
        if before.mark:
            return self._read_mark() == before.mark
        return bool(self._read_mark()) or (self._folder / LEDGER_NAME).exists()

    def is_known(self) -> bool:
        """Whether it is there, and bears the mark that is remembered."""
        before = self._remembered()
        return before is not None and bool(before.mark) and self._read_mark() == before.mark

    def demand_there(self) -> bool:
        """True, and the outbox bears its mark. Raises OSError where it is not connected."""
        self.demand_connected()
        mark = self._read_mark()
        if not mark:
            mark = uuid.uuid4().hex
            self._mark.parent.mkdir(parents=True, exist_ok=True)
            write_synced(self._mark, mark.encode())
        self._remember(Remembered(folder=str(self._folder), mark=mark, disk=str(mount_point(self._folder))))
        return True

    def _read_mark(self) -> str:
        try:
            return self._mark.read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            return ""

    def _remembered(self) -> Remembered | None:
        """None where nothing is known of an outbox in this place."""
        try:
            before = Remembered.model_validate_json(self._memory.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None
        return before if before.folder == str(self._folder) else None

    def _remember(self, seen: Remembered) -> None:
        if self._remembered() != seen:
            _keep(self._memory, seen)


def expect_outbox(state: Path, folder: Path) -> None:
    """Lets an office that was restored know of an outbox that it has not seen yet."""
    _keep(state / MEMORY, Remembered(folder=str(folder.resolve()), mark="", disk=""))


def _keep(memory: Path, seen: Remembered) -> None:
    beside = memory.with_name(f"{MEMORY}.{uuid.uuid4().hex}")
    write_synced(beside, seen.model_dump_json().encode())
    beside.replace(memory)


def demand_connected(settings: Settings) -> None:
    """Raises UsageError where the outbox was somewhere else before. Changes nothing."""
    try:
        Outbox(settings).demand_connected()
    except OSError as error:
        raise UsageError(_sentence(settings, error)) from error


def demand_outbox(settings: Settings, target: Path | None = None) -> None:
    """To be called before anything is recorded that leads to papers in the outbox, or in `target` if that lies there.

    Raises UsageError where the outbox is not connected or cannot be written to.
    """
    if target is not None and not target.resolve().is_relative_to(settings.outbox.resolve()):
        return
    try:
        Outbox(settings).demand_there()
    except OSError as error:
        raise UsageError(_sentence(settings, error)) from error


def _sentence(settings: Settings, error: OSError) -> str:
    if error.errno != errno.ENODEV:
        return f"发件箱 {settings.outbox} 无法使用，请核对路径和权限。没有记录、写入任何内容。"
    if Outbox(settings).is_awaited():
        return (
            f"没有找到原来的发件箱：{settings.outbox} 不存在，或者其中没有本机构的文书。请连接它所在的网络共享或者移动硬盘，"
            f"或者将原发件箱的全部内容（连同隐藏文件夹 {STAGING}）复制到此处，再重新执行。没有记录、写入任何内容。"
            f"不再使用原发件箱的，请删除 {settings.state / MEMORY} 后重新执行。"
        )
    return (
        f"发件箱没有连接：{settings.outbox} 所在的网络共享或者移动硬盘不在。请连接后重新执行，没有记录、写入任何内容。"
        f"发件箱确已改为本机文件夹的，请删除 {settings.state / MEMORY} 后重新执行。"
    )
