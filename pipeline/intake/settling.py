"""Is it all there yet? A drop (a file, or a whole folder, directly in the inbox) is taken in when it has settled.

Settled: no file of it changed size or time for the quiet time, no name in it says that a program is still writing, and
each file has its end. What stays quiet but unfinished is taken in after a longer time all the same, so that the clerk
is told; what another program still has open for writing is never taken from under it. Times are seconds of a monotonic clock: setting the computer's clock back changes nothing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.intake.completeness import looks_complete
from pipeline.intake.holding import is_held
from pipeline.intake.names import has_clutter, is_clutter, is_unfinished, is_writing, readable_name

PATIENCE = 12
"""How many quiet times an unfinished drop is waited for: a minute with the default of five seconds.

Too early costs little: what is finished later returns to the inbox and is taken in again."""


@dataclass(frozen=True)
class Drop:
    """What lies directly in the inbox under one name, and how it looked (name, size in bytes, mtime in ns) a file.

    `name` can be shown and stored; the path has it as the disk has it.
    """

    name: str
    path: Path
    files: tuple[tuple[str, int, int], ...]

    @property
    def fingerprint(self) -> str:
        """Changes when any file of the drop changes. Not a hash of the content."""
        return hashlib.sha256(repr((self.name, self.files)).encode("utf-8", "surrogateescape")).hexdigest()

    @property
    def papers(self) -> tuple[Path, ...]:
        """The paths of its files, clutter left out."""
        if self.path.is_dir():
            return tuple(self.path / name for name, _, _ in self.files if not has_clutter(name))
        return (self.path,)

    @property
    def being_written(self) -> bool:
        return any(is_writing(Path(name).name) for name, _, _ in self.files)


def find_drops(inbox: Path) -> tuple[Drop, ...]:
    """The drops in the inbox by name. Clutter and folders without a paper are none. Raises OSError if it is not there."""
    drops = []
    for entry in sorted(inbox.iterdir()):
        if is_clutter(entry.name):
            continue
        drop = _looked_at(entry)
        if drop is not None and (drop.papers if entry.is_dir() else True):
            drops.append(drop)
    return tuple(drops)


def find_unfinished(inbox: Path) -> tuple[Drop, ...]:
    """The files and folders in the inbox whose own name says that they are not all there (`扫描.pdf.part`). No drops.

    The lock that Word lays beside an open document (`~$`) is no part of anything and not among them.
    """
    found = (_looked_at(entry) for entry in sorted(inbox.iterdir()) if is_unfinished(entry.name))
    return tuple(drop for drop in found if drop is not None)


def _looked_at(entry: Path) -> Drop | None:
    """None for what vanished meanwhile, and for what is neither file nor folder."""
    try:
        if entry.is_dir():
            return Drop(readable_name(entry.name), entry, tuple(_files(entry)))
        if not entry.is_file():
            return None
        stat = entry.stat()
    except FileNotFoundError:
        return None
    return Drop(readable_name(entry.name), entry, ((entry.name, stat.st_size, stat.st_mtime_ns),))


def _files(folder: Path) -> Iterable[tuple[str, int, int]]:
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            path = Path(parent) / file
            stat = path.lstat()
            yield path.relative_to(folder).as_posix(), stat.st_size, stat.st_mtime_ns


@dataclass
class _Watch:
    """One drop since it last changed."""

    fingerprint: str
    since: float


class Settling:
    """Which drops have settled. Told of all drops again and again; remembers only how long each has been quiet."""

    def __init__(
        self,
        quiet_seconds: float,
        complete: Callable[[Path], bool] = looks_complete,
        held: Callable[[Path], bool] = is_held,
    ) -> None:
        self._quiet = quiet_seconds
        self._complete = complete
        self._held = held
        self._watched: dict[str, _Watch] = {}

    def observe(self, drops: Iterable[Drop], now: float) -> tuple[Drop, ...]:
        """The drops that have settled at `now` (seconds, monotonic)."""
        before, self._watched = self._watched, {}
        settled = []
        for drop in drops:
            watch = before.get(drop.name)
            if watch is None or watch.fingerprint != drop.fingerprint:
                watch = _Watch(drop.fingerprint, now)
            self._watched[drop.name] = watch
            if self._is_settled(drop, now - watch.since):
                settled.append(drop)
        return tuple(settled)

    def _is_settled(self, drop: Drop, quiet: float) -> bool:
        if quiet < self._quiet:
            return False
        if quiet < PATIENCE * self._quiet and (drop.being_written or not self._is_complete(drop)):
            return False
        return not self._held(drop.path)

    def _is_complete(self, drop: Drop) -> bool:
        """A file that cannot be opened is not waited for: taking it in says why."""
        try:
            return all(self._complete(paper) for paper in drop.papers)
        except OSError:
            return True

    @property
    def waiting(self) -> bool:
        """Whether any drop is there at all; then the next look should come after the quiet time."""
        return bool(self._watched)
