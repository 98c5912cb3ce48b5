"""Makes a backup while the office works."""

from __future__ import annotations

import shutil
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from pipeline import registry
from pipeline.errors import UsageError
from pipeline.safekeeping import store
from pipeline.safekeeping.places import Place, demand_apart, files_of, places, written_settings
from pipeline.safekeeping.verifying import missing_originals
from pipeline.settings import Settings
from schemas.backup import JournalHead, KeptFile, Manifest

ADVICE = """本文件夹是 juanzong（卷宗）的备份。

files 文件夹      全部原件、文书和设置的内容，按校验值（SHA-256）存放，各存一份，可以直接打开
备份-编号 文件夹  每次备份：manifest.json 说明，registry.sqlite3 台账，files.jsonl 文件清单（原来的位置、名称和校验值）

恢复：juanzong restore 本文件夹 --into 新的工作文件夹
校验：juanzong verify --backup 本文件夹

备份含有当事人信息和设置中的密码，请妥善保管。请勿改动、删除其中的文件。
"""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class BackedUp:
    """What a backup came to."""

    generation: Path
    manifest: Manifest
    new_files: int
    new_bytes: int


def back_up(
    settings: Settings, folder: Path, *, outbox: bool = True, keep_last: int = 7, progress: Progress = print
) -> BackedUp:
    """Adds a backup to a folder; only what is new is copied. Of the registry's copies, the last `keep_last` stay.

    Raises UsageError if there is no registry, the folder is unfit or full, or what was written does not prove right.
    """
    from pipeline.desk.outbox import demand_connected  # noqa: PLC0415 - heavy
    from pipeline.desk.same_office import demand_same_office  # noqa: PLC0415 - heavy

    demand_apart(folder, settings)
    demand_same_office(settings)
    if not registry.is_kept(settings.state):
        raise UsageError(f"没有台账可以备份：{settings.state}。请在本机构的工作文件夹中运行，或者核对设置 state。")
    if outbox:
        demand_connected(settings)
    with store.disk_troubles_told(folder, "备份"):
        (folder / store.CONTENTS).mkdir(parents=True, exist_ok=True)
        store.sweep(folder)
        store.write_synced(folder / "说明.txt", ADVICE.encode())
        stage = folder / f"{store.UNFINISHED}{uuid.uuid4().hex}"
        stage.mkdir()
        try:
            done = _made(settings, folder, stage, outbox=outbox, progress=progress)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        for old in store.generations(folder)[: -max(1, keep_last)]:
            shutil.rmtree(old)
    return done


def _made(settings: Settings, folder: Path, stage: Path, *, outbox: bool, progress: Progress) -> BackedUp:
    """The registry first: whatever it names is kept before it is registered, so the files that follow hold it."""
    progress("台账")
    database = registry.copy_registry(settings.state, stage / store.REGISTRY)
    journal = registry.check_copy(stage / store.REGISTRY)
    copying = _Copying(folder)
    skipped = copying.copy(places(settings, outbox=outbox), stage / store.LISTING, progress)
    progress("校验")
    with registry.looked_into(stage / store.REGISTRY):
        migrations = registry.applied_migrations()
        missing = missing_originals(stage, registry.kept_originals())
    if missing:
        raise UsageError(f"台账所列的原件已经不在原处，备份不完整，请先查明：{missing[0]}（共{len(missing)}件）")
    manifest = Manifest(
        number=0,
        made_at=datetime.now(UTC),
        program=version("juanzong"),
        database=database,
        migrations=migrations,
        journal=JournalHead(events=journal.events, sha256=journal.head, broken_at=journal.broken_at),
        registry=store.part_of(stage / store.REGISTRY),
        files=store.part_of(stage / store.LISTING),
        counts=dict(copying.counts),
        settings=written_settings(settings),
        skipped=skipped,
    )
    generation, manifest = _publish(folder, stage, manifest)
    return BackedUp(generation, manifest, copying.new_files, copying.new_bytes)


def _publish(folder: Path, stage: Path, manifest: Manifest) -> tuple[Path, Manifest]:
    """One rename; where another backup has taken the number meanwhile, the next one."""
    while True:
        number = max(map(store.number_of, store.generations(folder)), default=0) + 1
        numbered = manifest.model_copy(update={"number": number})
        store.write_synced(stage / store.MANIFEST, f"{numbered.model_dump_json(indent=2)}\n".encode())
        store.sync_folder(stage)
        target = folder / f"备份-{number:04}"
        try:
            stage.rename(target)
        except OSError:
            if not target.exists():
                raise
            continue
        store.sync_folder(folder)
        return target, numbered


class _Copying:
    """Copies places into a backup folder, and counts. What the last backup had, by size and time, is not read again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.counts: Counter[str] = Counter()
        self.new_files = self.new_bytes = 0
        last = store.generations(folder)[-1:]
        self._known = {(kept.place, kept.path): kept for found in last for kept in store.read_listing(found)}

    def copy(self, these: Iterable[Place], listing: Path, progress: Progress) -> tuple[str, ...]:
        """Writes the list of all files; returns those that could not be read."""
        skipped: list[str] = []
        with listing.open("w", encoding="utf-8", newline="\n") as lines:
            for place in these:
                for path in files_of(place):
                    kept = self._kept(place, path)
                    if kept is None:
                        skipped.append(f"{place.name}/{path}".encode(errors="replace").decode())
                        continue
                    lines.write(f"{kept.model_dump_json()}\n")
                    self.counts[place.name] += 1
                    progress(f"{place.name} {self.counts[place.name]}")
        with listing.open("rb+") as handle:
            store.sync_file(handle)
        return tuple(skipped)

    def _kept(self, place: Place, path: str) -> KeptFile | None:
        """None for a file that has vanished, that another program holds, or whose name is no text."""
        source = place.root / path
        try:
            path.encode()
            known = self._known.get((place.name, path))
            stat = source.stat()
            if known is not None and (known.bytes, known.mtime_ns) == (stat.st_size, stat.st_mtime_ns):
                content = store.content_of(self._folder, known)
                if content.exists() and content.stat().st_size == known.bytes:
                    return known
            kept = store.keep(source, place.name, path, self._folder)
        except (FileNotFoundError, PermissionError, UnicodeEncodeError):
            if place.name == "originals":
                raise
            return None
        self.new_files += 1
        self.new_bytes += kept.bytes
        return kept
