"""Wakes the desk when something happens in the inbox. A hint only: the rescan by the clock carries the correctness.

Network shares give no events, a watch dies with the folder that it watches, and a system may have no watches left;
then the timer alone does the work, and nothing but the speed of the first look changes.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

log = structlog.get_logger(__name__)

# watchdog reports an emitter that ends while an event is under way on standard error, where a clerk reads it
logging.getLogger("watchdog").addHandler(logging.NullHandler())
logging.getLogger("watchdog").propagate = False


class _Alarm(FileSystemEventHandler):
    """Told what appears and what is closed; every write of a slow copy would be too much of it."""

    def __init__(self, event: threading.Event) -> None:
        self._event = event

    def on_created(self, event: FileSystemEvent) -> None:  # noqa: ARG002 - any event is as good as another
        self._event.set()

    on_moved = on_created
    on_closed = on_created


class Waker:
    """Waits for events in one folder, or for a time, whichever comes first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._event = threading.Event()
        self._observer: BaseObserver | None = None
        self._watched: tuple[int, int] | None = None

    def __enter__(self) -> Self:
        self._watch()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def wake(self) -> None:
        self._event.set()

    def wait(self, seconds: float) -> None:
        self._watch()
        self._event.wait(seconds)
        self._event.clear()

    def _watch(self) -> None:
        """Starts watching, or starts anew where the folder is another than before or the observer has died."""
        identity = _identity(self._folder)
        unchanged = identity == self._watched
        if unchanged and (self._observer is None or self._observer.is_alive()):
            return
        self._stop()
        self._watched = identity
        if identity is None:
            return
        observer = Observer()
        try:
            observer.schedule(_Alarm(self._event), str(self._folder), recursive=False)
            observer.start()
        except (OSError, RuntimeError) as error:
            log.warning("events_unavailable", error=type(error).__name__)
            return
        self._observer = observer

    def _stop(self) -> None:
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.stop()
            observer.join(timeout=5)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        stat = folder.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino
