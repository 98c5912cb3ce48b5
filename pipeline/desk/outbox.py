"""Whether the outbox is where it was: a share that drops out leaves an empty folder of another disk in its place.

What is written there is delivered to nobody, and hidden when the share is back. So the outbox bears a mark; where the mark
is gone and the disk is another one, the office waits.
"""

from __future__ import annotations

import errno
from pathlib import Path

from pipeline.delivering.writing import STAGING

MARK = "outbox"
"""An empty file in the outbox's hidden folder."""


class Outbox:
    """The outbox of a running office."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._device: int | None = None

    def demand_there(self) -> bool:
        """True. Raises OSError where the outbox is not connected."""
        mark = self._folder / STAGING / MARK
        if not mark.exists():
            self._demand_same_disk()
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.touch()
        self._device = mark.stat().st_dev
        return True

    def _demand_same_disk(self) -> None:
        """Whoever empties the outbox, or connects a share where a folder was, is in his right."""
        place = _existing(self._folder)
        device = place.stat().st_dev
        if self._device in {None, device, _mount_point(place).parent.stat().st_dev}:
            return
        raise OSError(errno.ENODEV, "the outbox is not connected", str(self._folder))


def _existing(folder: Path) -> Path:
    folder = folder.absolute()
    return next(place for place in (folder, *folder.parents) if place.exists())


def _mount_point(place: Path) -> Path:
    device = place.stat().st_dev
    inside = [place, *(parent for parent in place.parents if parent.stat().st_dev == device)]
    return inside[-1]
