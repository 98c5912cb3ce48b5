"""Whether the registry is the one that has worked here: a state folder whose disk is not mounted looks like a new office.

Begun anew, it would give every number a second time and audit again whatever is handed in again; and a registry that was
restored from an old backup would give again those of the days since. So the outbox remembers by which registry it was filled,
and up to which event, and whoever finds none there, another, or an older one, ends with a sentence before anything is made.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from pipeline import registry
from pipeline.delivering.names import OFFICE_MEMORY
from pipeline.delivering.writing import write_synced
from pipeline.desk.outbox import Outbox
from pipeline.errors import UsageError
from pipeline.settings import Settings
from schemas.base import Frozen


class RememberedOffice(Frozen):
    """The registry that has worked with an outbox."""

    first_event: str
    """As `registry.first_event_at` gives it."""
    events: int = 0
    """So many it had at least."""


def demand_same_office(settings: Settings) -> None:
    """To be called before the registry is opened, which would make one.

    Raises UsageError where the outbox was filled by a registry that is not there, or has more events than are there, or
    where the originals are not.
    """
    before = _remembered(settings.outbox)
    if before is None:
        return
    try:
        found = registry.first_event_at(settings.state)
        events = registry.last_event() if found else 0
        bereft = bool(found) and registry.lacks_originals(settings.state)
    finally:
        registry.close_registry()
    if not found:
        raise UsageError(_gone(settings))
    if found != before.first_event:
        raise UsageError(_another(settings))
    if events < before.events:
        raise UsageError(_older(settings, before.events, events))
    if bereft:
        raise UsageError(
            f"台账文件夹没有连接：{settings.state} 中没有台账所列的原件（originals 文件夹）。请核对该磁盘或者网络共享是否已经连接、"
            f"设置 state 有无改动，再重新执行。没有记录、写入任何内容。原件确已损毁的，请用 juanzong restore 从备份恢复。"
        )


def remember_office(settings: Settings) -> None:
    """Writes into an outbox that is there which registry fills it, and how far that has come; the registry is open.

    Another office's memory is left: whoever began under it has been told by `demand_same_office`.
    """
    before, events = _remembered(settings.outbox), registry.last_event()
    if not events or (before is not None and before.events >= events) or not Outbox(settings).is_known():
        return
    seen = RememberedOffice(first_event=registry.journal_hash(1) or "", events=events)
    if before is not None and before.first_event != seen.first_event:
        return
    memory = _memory(settings.outbox)
    beside = memory.with_name(f"{memory.name}.new")
    write_synced(beside, seen.model_dump_json().encode())
    beside.replace(memory)


def _memory(outbox: Path) -> Path:
    return outbox / OFFICE_MEMORY


def _remembered(outbox: Path) -> RememberedOffice | None:
    try:
        return RememberedOffice.model_validate_json(_memory(outbox).read_bytes())
    except (OSError, ValidationError):  # an outbox that is not there is told of where it is needed
        return None


def _gone(settings: Settings) -> str:
    if settings.database.get_secret_value():
        where = "设置 database 所指的数据库是空的"
        check = "设置 database 有无改动、数据库是否换过"
    else:
        where = f" {settings.state} 中没有台账"
        check = "该磁盘或者网络共享是否已经连接、设置 state 有无改动"
    return (
        f"没有找到本机构的台账：发件箱 {settings.outbox} 中已有按台账写出的内容，而{where}。请核对{check}，再重新执行。"
        f"没有新建台账，没有记录、写入任何内容。台账确已损毁的，请用 juanzong restore 从备份恢复。"
        f"确需从头建立新台账（编号重新起算）的，请删除 {_memory(settings.outbox)} 后重新执行。"
    )


def _another(settings: Settings) -> str:
    setting = "database" if settings.database.get_secret_value() else "state"
    return (
        f"台账与发件箱不属于同一机构：发件箱 {settings.outbox} 中的内容是按另一个台账写出的。请核对设置 outbox 和 {setting} 有无写错、"
        f"磁盘或者网络共享是否接错，再重新执行。没有记录、写入任何内容。"
        f"发件箱确实改由现在的台账使用的，请删除 {_memory(settings.outbox)} 后重新执行。"
    )


def _older(settings: Settings, before: int, events: int) -> str:
    return (
        f"台账比发件箱旧：按发件箱 {settings.outbox} 所记，台账至少有{before}个事件，而现在的台账只有{events}个，可能是从较早的备份"
        f"恢复的，或者接错了磁盘。有原台账或者更新的备份的，请改用。没有记录、写入任何内容。只能使用现在的台账的，"
        f"请删除 {_memory(settings.outbox)}，先对照发件箱中的文书补登记此后的案件（juanzong case add --number）和"
        f"用过的文书编号（juanzong case book），以免重复编号，再启动。"
    )
