"""Whether the inbox is where it was: what is dropped into a folder made in a share's place is hidden when the share is back.

The inbox bears no mark, for clerks look into it; the state folder remembers the disk on which it was. A running office
waits for a share that drops out; it is the start that would make a folder in its place.
"""

from __future__ import annotations

from contextlib import suppress

from pydantic import ValidationError

from pipeline.delivering.writing import write_synced
from pipeline.errors import UsageError
from pipeline.intake import mount_point
from pipeline.settings import Settings
from schemas.base import Frozen

MEMORY = "inbox.json"
"""In the state folder."""


class RememberedInbox(Frozen):
    """The inbox as it was when an office last started with it."""

    folder: str
    disk: str
    """Where its disk or share was mounted."""


def demand_inbox(settings: Settings) -> None:
    """Raises UsageError where the inbox was on a disk or share that is not there. Changes nothing."""
    before = _remembered(settings)
    folder = settings.inbox.resolve()
    if before is None or before.folder != str(folder):
        return
    try:
        connected = mount_point(folder).is_relative_to(before.disk)
    except OSError:
        connected = False
    if not connected:
        raise UsageError(
            f"收件箱没有连接：{settings.inbox} 所在的网络共享或者移动硬盘不在。请连接后重新执行，没有建立任何文件夹。"
            f"收件箱确已改为本机文件夹的，请删除 {settings.state / MEMORY} 后重新执行。"
        )


def remember_inbox(settings: Settings) -> None:
    """The inbox is there. Where the state folder takes nothing more, the office has a greater trouble, and tells it."""
    folder = settings.inbox.resolve()
    with suppress(OSError):
        seen = RememberedInbox(folder=str(folder), disk=str(mount_point(folder)))
        if _remembered(settings) != seen:
            beside = settings.state / f"{MEMORY}.new"
            write_synced(beside, seen.model_dump_json().encode())
            beside.replace(settings.state / MEMORY)


def _remembered(settings: Settings) -> RememberedInbox | None:
    try:
        return RememberedInbox.model_validate_json((settings.state / MEMORY).read_bytes())
    except (OSError, ValidationError):
        return None
