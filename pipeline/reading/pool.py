"""Supervised worker processes: a crash or a hang costs one page, and that page gets a second try.

`concurrent.futures` breaks as a whole when one process dies and cannot end a single task that hangs, so each worker
here has its own pipe, its own clock and its own successor.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

import psutil

from pipeline.errors import JuanzongError, UsageError
from pipeline.reading.worker import Counted, Done, Orders, Ready, Task, Unusable, work
from schemas.reading import PageReading

TRIES = 2
STARTUP_SECONDS = 180.0
FAILED_STARTS = 3
GLANCE_SECONDS = 1.0
"""How often clocks and memory of busy workers are looked at."""
PATIENCE = 5.0
"""A page may take so many times its limit by the clock on the wall: the limit itself counts the processor's time, so that
a busy machine makes pages late and not unreadable. A worker that waits for ever uses none, and the wall ends it."""


@dataclass(frozen=True)
class Lost:
    """A task that took its worker down on every try. `reason` is a code of `pipeline.errors`."""

    reason: str


Answer = PageReading | Counted | Lost


class _Worker:
    """One process with its pipe and, while it is busy, its task and its limits."""

    def __init__(self, orders: Orders) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=work, args=(theirs, orders), daemon=True)
        self.process.start()
        theirs.close()  # so that the worker's death closes the pipe
        self.ready = False
        self.task: Task | None = None
        self.deadline = time.monotonic() + STARTUP_SECONDS
        self.ration = float("inf")

    @property
    def idle(self) -> bool:
        return self.ready and self.task is None

    def give(self, task: Task, seconds: float) -> None:
        self.task = task
        self.deadline = time.monotonic() + PATIENCE * seconds
        self.ration = self.worked() + seconds
        with suppress(OSError):  # a worker that died while idle shows at the next wait
            self.pipe.send(task)

    @property
    def overstays(self) -> bool:
        """By the wall clock while it starts; while it reads, by its own working time as well."""
        return time.monotonic() > self.deadline or self.worked() > self.ration

    def worked(self) -> float:
        """Seconds of the processor's time that the process has used in its life."""
        try:
            times = psutil.Process(self.process.pid).cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)

    def memory(self) -> int:
        try:
            return int(psutil.Process(self.process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Pool:
    """A fixed number of workers that stay alive, with their models loaded, from one file to the next."""

    def __init__(self, size: int, orders: Orders, page_seconds: float, worker_megabytes: int) -> None:
        self._size = max(1, size)
        self._orders = orders
        self._seconds = page_seconds
        self._bytes = worker_megabytes * 1024 * 1024
        self._workers: list[_Worker] = []
        self._failed_starts = 0

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Answer]]:
        """Answers in the order in which they come. Leaving the loop early ends the busy workers.

        Raises `UsageError` where the engine cannot be loaded.
        """
        waiting = deque(tasks)
        tries: dict[Task, int] = {}
        try:
            while waiting or any(worker.task for worker in self._workers):
                self._hire(len(waiting))
                for worker in self._workers:
                    if worker.idle and waiting:
                        worker.give(waiting.popleft(), self._seconds)
                for task, answer in self._listen():
                    tries[task] = tries.get(task, 0) + 1
                    if isinstance(answer, Lost) and tries[task] < TRIES:
                        waiting.appendleft(task)
                    else:
                        yield task, answer
        finally:
            for worker in [worker for worker in self._workers if worker.task]:
                self._dismiss(worker)

    def close(self) -> None:
        for worker in list(self._workers):
            self._dismiss(worker)

    def _hire(self, waiting: int) -> None:
        busy = sum(worker.task is not None for worker in self._workers)
        while len(self._workers) < min(self._size, busy + waiting):
            self._workers.append(_Worker(self._orders))

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.end()

    def _listen(self) -> Iterator[tuple[Task, Answer]]:
        """Waits for a word from any worker, and ends those that overstay or outgrow their limits."""
        pipes = {worker.pipe: worker for worker in self._workers}
        for pipe in wait(list(pipes), GLANCE_SECONDS):
            yield from self._hear(pipes[pipe])  # type: ignore[index]
        for worker in [worker for worker in self._workers if not worker.idle]:
            if worker.overstays:
                yield from self._lose(worker, "timeout")
            elif worker.task and worker.memory() > 1.5 * self._bytes:
                yield from self._lose(worker, "crashed")

    def _hear(self, worker: _Worker) -> Iterator[tuple[Task, Answer]]:
        try:
            word = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._lose(worker, "crashed")
            return
        if isinstance(word, Unusable):
            self._dismiss(worker)
            raise UsageError(word.message)
        if isinstance(word, Ready):
            worker.ready, self._failed_starts = True, 0
        if isinstance(word, Done) and worker.task is not None:
            task, worker.task = worker.task, None
            if word.memory > self._bytes:
                self._dismiss(worker)  # its successor starts with a small memory
            yield task, word.answer

    def _lose(self, worker: _Worker, reason: str) -> Iterator[tuple[Task, Answer]]:
        """Ends a worker. What it was doing, if anything, is lost."""
        self._dismiss(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= FAILED_STARTS:
                raise JuanzongError("识读进程无法启动，已多次重试。请重新安装本程序的依赖包，或者联系管理员。")
        if worker.task is not None:
            yield worker.task, Lost(reason)
