"""Makes an office out of a backup."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from pipeline import registry
from pipeline.errors import UsageError
from pipeline.safekeeping import store
from pipeline.safekeeping.places import OFFICE, ORIGINALS, OUTBOX, RATES, SETTING_OF
from pipeline.safekeeping.verifying import Verification, check_backup, verify_office
from schemas.backup import KeptFile, Manifest

MARK = "恢复未完成.txt"
ELSEWHERE = {"state": ".juanzong", "outbox": "outbox", "standards_dir": "standards", "templates_dir": "templates"}
"""Where a place is restored to whose setting names a folder outside the working folder."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Restored:
    """What a restoration came to."""

    generation: Path
    manifest: Manifest
    state: Path
    verification: Verification
    to_change: tuple[str, ...]
    """Lines of `juanzong.toml` that have to be changed, because the place was restored somewhere else."""
    awaited: Path | None = None
    """The outbox that the backup does not hold, and that the office will ask for."""


def restore(
    folder: Path, into: Path, *, database: str = "", even_broken: bool = False, progress: Progress = print
) -> Restored:
    """Checks a backup as a whole, and makes a working folder of it, with the registry in SQLite or in an empty
    PostgreSQL database. Raises UsageError if the backup does not hold together or the target is not empty.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise UsageError(f"恢复的目标文件夹必须是空的：{into}")
    generation, manifest = check_backup(folder, progress, even_broken=even_broken)
    homes = {place: _home(place, manifest) for place in (*SETTING_OF, OFFICE)}
    state = into / homes[ORIGINALS].parent
    with store.disk_troubles_told(into, "恢复"):
        into.mkdir(parents=True, exist_ok=True)
        store.write_synced(into / MARK, "恢复中断，本文件夹不完整：请清空后重新恢复。\n".encode())
        for number, kept in enumerate(store.read_listing(generation), start=1):
            progress(f"恢复 {number}／{sum(manifest.counts.values())}")
            _bring(store.content_of(generation.parent, kept), kept, into / homes[kept.place])
        state.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(generation / store.REGISTRY, state / store.REGISTRY)
        if database:
            _into_database(state, database)
        awaited = _expected_outbox(generation, manifest, into, state)
        verification = verify_office(state, progress, database=database)
        (into / MARK).unlink()
    lacking = None if manifest.counts.get(OUTBOX) else awaited
    return Restored(generation, manifest, state, verification, _to_change(manifest, homes, database), lacking)


def _expected_outbox(generation: Path, manifest: Manifest, into: Path, state: Path) -> Path | None:
    """Lets the restored office know of the outbox that its settings name, where that one was not restored with it.

    Otherwise it would begin an empty one wherever the share of the true one is not connected.
    """
    from pipeline.desk.outbox import expect_outbox  # noqa: PLC0415 - heavy

    written = manifest.settings.get(SETTING_OF[OUTBOX], "")
    if not written or (manifest.counts.get(OUTBOX) and _is_inside(written)):
        return None
    with registry.looked_into(generation / store.REGISTRY):
        if not registry.has_filled_an_outbox():
            return None
    expect_outbox(state, into / written)
    return into / written


def _into_database(state: Path, database: str) -> None:
    registry.registry_into_postgresql(state / store.REGISTRY, database)
    registry.close_registry()
    for name in (store.REGISTRY, f"{store.REGISTRY}-wal", f"{store.REGISTRY}-shm"):
        (state / name).unlink(missing_ok=True)


def _home(place: str, manifest: Manifest) -> Path:
    """Where a place goes below the working folder: where the setting says, if that is inside."""
    setting = SETTING_OF.get(place)
    if setting is None:
        return Path()
    written = manifest.settings.get(setting, "")
    home = Path(written) if written and _is_inside(written) else Path(ELSEWHERE.get(setting, "."))
    if place == RATES:
        return home.parent
    return home / "originals" if place == ORIGINALS else home


def _is_inside(written: str) -> bool:
    """Whether a path that was written on this or another system stays below the folder that it is seen from."""
    seen = (PurePosixPath(written), PureWindowsPath(written))
    return not any(path.is_absolute() or path.drive or path.root or ".." in path.parts for path in seen)


def _bring(content: Path, kept: KeptFile, home: Path) -> None:
    """Writes a file to its place and reads back that it is what was backed up; an original cannot be written to."""
    if not _is_inside(kept.path):
        raise UsageError(f"备份清单中的路径不合规：{kept.path}")
    target = home / kept.path
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with content.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(store.CHUNK):
            digest.update(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    if digest.hexdigest() != kept.sha256:
        raise UsageError(f"备份中的文件已被改动或者损坏：{kept.place}/{kept.path}")
    os.utime(target, ns=(kept.mtime_ns, kept.mtime_ns))
    if kept.place == ORIGINALS:
        target.chmod(0o444)


def _to_change(manifest: Manifest, homes: dict[str, Path], database: str) -> tuple[str, ...]:
    lines = []
    for place, setting in SETTING_OF.items():
        written = manifest.settings.get(setting, "")
        if written and not _is_inside(written) and manifest.counts.get(place):
            home = homes[ORIGINALS].parent if place == ORIGINALS else homes[place]
            shown = home / Path(PureWindowsPath(written).name) if place == RATES else home
            lines.append(f'{setting} = "{shown.as_posix()}"')
    if manifest.database == "postgresql" and not database:
        lines.append('database = ""')
    return tuple(lines)
