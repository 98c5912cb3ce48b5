"""Proves that nothing was changed: the journal by its chain, the originals and a backup by their hashes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline import registry
from pipeline.errors import UsageError
from pipeline.intake import hash_path, sha256_of
from pipeline.registry import JournalCheck, KeptOriginal
from pipeline.safekeeping import store
from pipeline.safekeeping.places import ORIGINALS
from schemas.backup import Manifest, Part
from schemas.base import Frozen

Progress = Callable[[str], None]


class Verification(Frozen):
    """What was looked at, and what was found changed. `changed` are paths below the state folder, first come first."""

    journal: JournalCheck
    originals: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    retold: tuple[str, ...]
    """Originals of which table and journal name different hashes."""

    @property
    def whole(self) -> bool:
        return self.journal.whole and not (self.changed or self.missing or self.retold)


def verify_office(state: Path, progress: Progress = print, *, database: str | None = None) -> Verification:
    """Recomputes the journal's chain and the hash of every kept original. Raises UsageError if there is no registry.

    `database` as in `registry.open_registry`.
    """
    if not registry.is_kept(state, database):
        raise UsageError(f"没有台账可以校验：{state}。请在本机构的工作文件夹中运行，或者核对设置 state。")
    registry.open_registry(state, database)
    try:
        journal, known = registry.verify_journal(), registry.kept_originals()
    finally:
        registry.close_registry()
    changed, missing = [], []
    everything = (*known, *_unregistered(state, {original.path for original in known}))
    for number, original in enumerate(everything, start=1):
        progress(f"原件 {number}／{len(everything)}")
        if not (state / original.path).exists():
            missing.append(original.path)
        elif hash_path(state / original.path) != original.sha256:
            changed.append(original.path)
    return Verification(
        journal=journal,
        originals=len(everything),
        changed=tuple(changed),
        missing=tuple(missing),
        retold=tuple(original.path for original in known if not original.as_told),
    )


def _unregistered(state: Path, known: set[str]) -> tuple[KeptOriginal, ...]:
    """Kept, but not (or not yet) in the registry; its address says what its hash has to be."""
    homes = sorted((state / ORIGINALS).glob("??/*/*"))
    paths = ((path.relative_to(state).as_posix(), path.parent.name) for path in homes)
    return tuple(KeptOriginal(path=path, sha256=sha, as_told=True) for path, sha in paths if path not in known)


def verify_against(folder: Path, state: Path) -> str | None:
    """Whether the office's journal still contains all that a backup's journal had; None, or what is wrong.

    The chain alone cannot show that its last events were cut off, nor that all of it was written anew.
    """
    _, generation = store.chosen(folder)
    head = store.read_manifest(generation).journal
    registry.open_registry(state)
    try:
        found = registry.journal_hash(head.events) if head.events else head.sha256
    finally:
        registry.close_registry()
    if found is None:
        return f"日志少于{generation.name}时的{head.events}个事件，末尾的事件被删除。"
    if found != head.sha256:
        return f"日志第{head.events}个事件与{generation.name}时不同，该处以前的事件被改写。"
    return None


def missing_originals(generation: Path, known: Iterable[KeptOriginal]) -> tuple[str, ...]:
    """The originals that a registry names and a backup's list does not hold."""
    listed: set[str] = set()
    for kept in store.read_listing(generation):
        if kept.place == ORIGINALS:
            parts = kept.path.split("/")
            listed.update(("/".join((ORIGINALS, *parts)), "/".join((ORIGINALS, *parts[:3]))))
    return tuple(original.path for original in known if original.path not in listed)


def check_backup(folder: Path, progress: Progress = print, *, even_broken: bool = False) -> tuple[Path, Manifest]:
    """Reads a whole backup: every content by its hash, the registry's chain, and that each original is there.

    Returns the backup and its manifest. Raises UsageError that names the first thing that does not fit.
    """
    folder, generation = store.chosen(folder)
    manifest = store.read_manifest(generation)
    for name, part in ((store.REGISTRY, manifest.registry), (store.LISTING, manifest.files)):
        _demand(generation / name, part)
    unknown = registry.unknown_migrations(manifest.migrations)
    if unknown:
        raise UsageError(f"该备份由更新版本的程序（{manifest.program}）制作，请先升级程序再恢复：{generation}")
    for number, kept in enumerate(store.read_listing(generation), start=1):
        progress(f"校验 {number}／{sum(manifest.counts.values())}")
        _demand(
            store.content_of(folder, kept),
            Part(sha256=kept.sha256, bytes=kept.bytes),
            called=f"{kept.place}/{kept.path}",
        )
    journal = registry.check_copy(generation / store.REGISTRY)
    if (journal.events, journal.head) != (manifest.journal.events, manifest.journal.sha256):
        raise UsageError(f"备份中的日志与备份说明不符：{generation}")
    if not journal.whole and not even_broken:
        raise UsageError(
            f"备份中的日志在第{journal.broken_at}个事件处已经不完整（备份时即如此）。确需恢复的，加 --even-broken。"
        )
    with registry.looked_into(generation / store.REGISTRY):
        missing = missing_originals(generation, registry.kept_originals())
    if missing:
        raise UsageError(f"备份缺少台账所列的原件：{missing[0]}（共{len(missing)}件）")
    return generation, manifest


def _demand(path: Path, part: Part, called: str = "") -> None:
    name = called or path.name
    if not path.is_file():
        raise UsageError(f"备份缺少文件：{name}（{path}）")
    if path.stat().st_size != part.bytes or sha256_of(path) != part.sha256:
        raise UsageError(f"备份中的文件已被改动或者损坏：{name}（{path}）")
