"""Wakes the desk when something happens in the inbox. A hint only: the rescan by the clock carries the correctness.

Network shares give no events, a watch dies with the folder that it watches, and a system may have no watches left;
then the timer alone does the work, and nothing but the speed of the first look changes.
"""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from pipeline.intake import on_network
from pipeline.settings import Watching

LONGEST_WAIT = 0.5 if os.name == "nt" else 3600.0
"""Seconds at a stretch: on Windows, Python hears Ctrl-C only when a wait has ended."""

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

    def __init__(self, folder: Path, watching: Watching = Watching.AUTO) -> None:
        self._folder = folder
        self._watching = watching
        self._event = threading.Event()
        self._observer: BaseObserver | None = None
        self._watched: tuple[int, int] | None = None
        self._said = ""

    def __enter__(self) -> Self:
        self._watch()
        self._event.clear()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def wake(self) -> None:
        self._event.set()

    def wait(self, seconds: float) -> None:
        self._watch()
        left = seconds
        while not self._event.wait(min(left, LONGEST_WAIT)) and left > LONGEST_WAIT:
            left -= LONGEST_WAIT
        self._event.clear()

    def _watch(self) -> None:
        """Starts watching, or starts anew where the folder is another than before or the observer has died."""
        identity = _identity(self._folder)
        died = self._observer is not None and not _is_alive(self._observer)
        if identity == self._watched and not died:
            return
        self._stop()
        self._watched = identity
        if identity is None:
            self._say("inbox_gone")
            return
        if self._polls():
            self._say("polling")
            return
        try:
            self._observer = _started(self._folder, _Alarm(self._event))
        except (OSError, RuntimeError) as error:
            self._say("events_unavailable", error=type(error).__name__)
            return
        self._say("observer_restarted" if died else "watching")
        # what happened while nobody watched would otherwise wait for the timer
        self._event.set()

    def _polls(self) -> bool:
        if self._watching is Watching.AUTO:
            return on_network(self._folder)
        return self._watching is Watching.POLLING

    def _say(self, what: str, **about: str) -> None:
        """One line when something changes; an observer that dies again and again does not fill the log."""
        if what != self._said:
            self._said = what
            (log.info if what in {"watching", "polling"} else log.warning)(what, **about)

    def _stop(self) -> None:
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.stop()
            if observer.is_alive():
                observer.join(timeout=5)


def _started(folder: Path, alarm: _Alarm) -> BaseObserver:
    observer = Observer()
    observer.schedule(alarm, str(folder), recursive=False)
    observer.start()
    return observer


def _is_alive(observer: BaseObserver) -> bool:
    """Whether it hears and passes on what it hears: each does its work in a thread of its own."""
    return observer.is_alive() and all(emitter.is_alive() for emitter in observer.emitters)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        stat = folder.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino
