"""What one worker process does (识读进程): loads the engine once, then opens and reads one page after the other."""

from __future__ import annotations

import logging
import os
import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection

import cv2
import psutil

from pipeline.errors import InputError, UsageError
from pipeline.reading.cache import ReadingCache
from pipeline.reading.engine import Engine
from pipeline.reading.engines import load_engine
from pipeline.reading.orientation import prepare
from pipeline.reading.page import read_page, unreadable
from pipeline.reading.sources import count_pages, open_page, place_key
from schemas.reading import PageReading
from schemas.submission import Part

_log = logging.getLogger(__name__)

COUNT = -1
"""Index of a task that asks how many pages a part has."""


@dataclass(frozen=True)
class Orders:
    """All that a worker needs to know, small enough to be sent to it."""

    engine: str
    page_pixels: int
    cache: ReadingCache


@dataclass(frozen=True)
class Task:
    """One page of one part, or the question how many pages it has."""

    part: Part
    index: int


@dataclass(frozen=True)
class Counted:
    """The number of pages of a part, or the code of the reason why it cannot be told."""

    pages: int
    reason: str | None = None


@dataclass(frozen=True)
class Ready:
    """The engine is loaded."""


@dataclass(frozen=True)
class Unusable:
    """The engine cannot be loaded; the sentence says why."""

    message: str


@dataclass(frozen=True)
class Done:
    """A task's answer, and the worker's memory in bytes."""

    answer: PageReading | Counted
    memory: int


def work(pipe: Connection, orders: Orders) -> None:
    """The whole life of a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    os.environ["OMP_NUM_THREADS"] = os.environ["OMP_THREAD_LIMIT"] = "1"
    cv2.setNumThreads(1)
    try:
        engine = load_engine(orders.engine)
    except UsageError as error:
        pipe.send(Unusable(error.message))
        return
    prepare()
    pipe.send(Ready())
    process = psutil.Process()
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        if task is None:
            return
        pipe.send(Done(perform(task, engine, orders), process.memory_info().rss))


def perform(task: Task, engine: Engine, orders: Orders) -> PageReading | Counted:
    """Answers one task. Whatever goes wrong with a page is an answer too."""
    if task.index == COUNT:
        return _count(task.part)
    return _read(task, engine, orders)


def _count(part: Part) -> Counted:
    try:
        return Counted(count_pages(part))
    except InputError as error:
        return Counted(0, error.code)
    except Exception as error:  # noqa: BLE001 - a library failing on a strange file must not end the worker
        _log.warning("part could not be opened: %r", error)
        return Counted(0, "corrupt")


def _read(task: Task, engine: Engine, orders: Orders) -> PageReading:
    place, reason = place_key(task.part, task.index), "corrupt"
    try:
        image = open_page(task.part, task.index, orders.page_pixels)
        reason = "crashed"
        reading = orders.cache.load(image.sha256) or read_page(image, engine)
    except InputError as error:
        return unreadable(place, engine.name, error.code)
    except MemoryError:
        return unreadable(place, engine.name, "too_large")
    except Exception as error:  # noqa: BLE001 - as above: it costs this page, not the file
        _log.warning("page %d could not be read: %r", task.index + 1, error)
        return unreadable(place, engine.name, reason)
    orders.cache.store(reading, (image.sha256, place))
    return reading
