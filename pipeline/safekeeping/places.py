"""What of an office is backed up, and where it lay.

Not the inbox (what lies there has not been taken in yet) and not the cache of readings (it is made again).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.delivering.names import OFFICE_MEMORY
from pipeline.errors import UsageError
from pipeline.settings import Settings

ORIGINALS, OUTBOX, OFFICE, STANDARDS, TEMPLATES, RATES = (
    "originals",
    "outbox",
    "office",
    "standards",
    "templates",
    "rates",
)
SETTINGS_FILE = "juanzong.toml"
SETTING_OF = {
    ORIGINALS: "state",
    OUTBOX: "outbox",
    STANDARDS: "standards_dir",
    TEMPLATES: "templates_dir",
    RATES: "rates",
}
"""The setting that says where a place is; the settings themselves lie in the working folder."""


@dataclass(frozen=True)
class Place:
    """A folder of the office, or a single file of it."""

    name: str
    root: Path
    only: str = ""
    """The one file in `root` that is meant; empty for all of them."""


def places(settings: Settings, *, outbox: bool) -> tuple[Place, ...]:
    """The places that exist, originals first."""
    rates = Path(settings.rates) if settings.rates else None
    named = (
        Place(ORIGINALS, settings.state / "originals"),
        Place(OFFICE, Path(), SETTINGS_FILE),
        *((Place(STANDARDS, settings.standards_dir),) if settings.standards_dir else ()),
        *((Place(TEMPLATES, settings.templates_dir),) if settings.templates_dir else ()),
        *((Place(RATES, rates.parent, rates.name),) if rates is not None and rates.is_file() else ()),
        *((Place(OUTBOX, settings.outbox),) if outbox else ()),
    )
    return tuple(place for place in named if (place.root / place.only).exists())


def written_settings(settings: Settings) -> dict[str, str]:
    """The settings that say where the places are, for whoever restores them elsewhere."""
    values = {setting: getattr(settings, setting) for setting in SETTING_OF.values()}
    return {setting: str(value) for setting, value in values.items() if value is not None}


_HELD = ("~$", ".juanzong.lock")
"""Office's lock files, and our own."""
_OF_THE_MOMENT = (OUTBOX, OFFICE_MEMORY)
"""How far the registry had come: copied after it, and so beyond what the backup's registry knows."""


def files_of(place: Place) -> Iterator[str]:
    """The files of a place, sorted, with `/`; without links, stages of what is being written, and lock files."""
    if place.only:
        yield place.only
        return
    for parent, folders, files in os.walk(place.root):
        folders[:] = sorted(name for name in folders if not _is_stage(name) and not (Path(parent) / name).is_symlink())
        for name in sorted(files):
            path = Path(parent) / name
            below = path.relative_to(place.root).as_posix()
            if not path.is_symlink() and not name.startswith(_HELD) and (place.name, below) != _OF_THE_MOMENT:
                yield below


def _is_stage(folder: str) -> bool:
    return folder == ".staging" or folder.startswith("stage-")


def demand_apart(folder: Path, settings: Settings) -> None:
    """Raises UsageError where the backup would lie in what it backs up, or in the inbox."""
    resolved = folder.resolve()
    folders = (
        (settings.inbox, "收件箱"),
        (settings.outbox, "发件箱"),
        (settings.state, "台账文件夹"),
        (settings.standards_dir, "标准文件夹"),
        (settings.templates_dir, "模板文件夹"),
    )
    for other, title in folders:
        if other is not None and resolved.is_relative_to(other.resolve()):
            raise UsageError(f"备份不能放在{title}之内：{folder}。请另选文件夹，最好在另一块磁盘上。")
