"""Reading a whole submission (识读卷宗): its pages in order, read side by side in worker processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Self

from pipeline.reading.cache import ReadingCache
from pipeline.reading.engine import Engine
from pipeline.reading.engines import engine_name
from pipeline.reading.page import unreadable
from pipeline.reading.pool import Answer, Lost, Pool
from pipeline.reading.sources import knows_its_pages, place_key
from pipeline.reading.worker import COUNT, Counted, Orders, Task, perform
from pipeline.settings import Settings
from schemas.reading import PageReading
from schemas.submission import Part, Submission
from schemas.volume import Page

Progress = Callable[[int, int], None]
"""Called with the number of pages read and of pages in all."""


class Reader:
    """Reads submissions, one at a time. The worker processes stay until `close`, or the end of a `with` block.

    With an `engine` given, pages are read in this process: no second try, no limits of time and memory.
    """

    def __init__(self, settings: Settings, engine: Engine | None = None) -> None:
        self._engine = engine
        self.engine_name = engine.name if engine is not None else engine_name(settings.engine)
        cache = ReadingCache(settings.state.resolve() / "readings", self.engine_name)
        self._orders = Orders(settings.engine, settings.reading.page_pixels, cache)
        limits = settings.reading
        self._pool = Pool(settings.workers, self._orders, limits.page_seconds, limits.worker_megabytes)

    def read(self, submission: Submission, progress: Progress | None = None) -> Iterator[Page]:
        """The pages of the submission in order, each as soon as it and those before it are read.

        A page that cannot be read is a page too: its kind is `unreadable`. Raises `UsageError` where the engine
        cannot be loaded.
        """
        places = self._places(submission.parts)
        for number, (task, reading) in enumerate(self._in_order(places), start=1):
            if progress is not None:
                progress(number, len(places))
            yield Page(number=number, reading=reading, part=task.part.name, part_page=task.index + 1)

    def close(self) -> None:
        """Ends the worker processes."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _places(self, parts: Iterable[Part]) -> list[tuple[Task, str | None]]:
        """Every page of every part, with the reason why it cannot be read if that is known already."""
        parts = list(parts)
        unknown = [Task(part, COUNT) for part in parts if not knows_its_pages(part)]
        counts = dict(self._answers(unknown))
        places: list[tuple[Task, str | None]] = []
        for part in parts:
            answer = counts.get(Task(part, COUNT), Counted(part.pages))
            reason = answer.reason if isinstance(answer, Counted | Lost) else None
            if reason is not None or not isinstance(answer, Counted):
                places.append((Task(part, 0), reason))
            else:
                places.extend((Task(part, index), None) for index in range(answer.pages))
        return places

    def _answers(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Answer]]:
        if self._engine is None:
            yield from self._pool.run(tasks)
            return
        for task in tasks:
            yield task, perform(task, self._engine, self._orders)

    def _in_order(self, places: list[tuple[Task, str | None]]) -> Iterator[tuple[Task, PageReading]]:
        """Readings in the order of the places; what comes early waits."""
        known: dict[Task, PageReading] = {}
        for task, reason in places:
            reading = self._unreadable(task, reason) if reason else self._orders.cache.load(self._key(task))
            if reading is not None:
                known[task] = reading
        answers = self._answers(list(dict.fromkeys(task for task, _ in places if task not in known)))
        for task, _ in places:
            while task not in known:
                answered, answer = next(answers)
                known[answered] = self._reading(answered, answer)
            yield task, known[task]

    def _reading(self, task: Task, answer: Answer) -> PageReading:
        if isinstance(answer, PageReading):
            return answer
        return self._unreadable(task, answer.reason or "crashed")

    def _unreadable(self, task: Task, reason: str) -> PageReading:
        return unreadable(self._key(task), self.engine_name, reason)

    @staticmethod
    def _key(task: Task) -> str:
        return place_key(task.part, task.index)
