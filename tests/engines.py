"""Engines for tests: named in the settings as `tests.engines:reading`, so that they survive into worker processes."""

from __future__ import annotations

import os
import signal
import time

import numpy as np
from numpy.typing import NDArray

from pipeline.reading import RawLine


class FakeEngine:
    """Says the page's mean grey, which tells pages apart without any network."""

    name = "fake/1"

    def read(self, image: NDArray[np.uint8], dpi: float | None = None) -> list[RawLine]:
        height, width = image.shape[:2]
        corners = np.array([[0, 0], [width / 2, 0], [width / 2, height / 20], [0, height / 20]], np.float32)
        return [RawLine(f"第{self._answer(image)}号文书", 0.99, corners)]

    def read_line(self, image: NDArray[np.uint8]) -> RawLine:
        return self.read(image)[0]

    def _answer(self, image: NDArray[np.uint8]) -> int:
        return round(float(image.mean()))


class FaultyEngine(FakeEngine):
    """Takes its process down on dark pages, as a bug in a native library would, and never returns from grey ones."""

    name = "faulty/1"

    def read(self, image: NDArray[np.uint8], dpi: float | None = None) -> list[RawLine]:
        if image.mean() < 140:
            os._exit(11)
        while image.mean() < 200:
            time.sleep(60)
        return super().read(image, dpi)


class EndlessEngine(FakeEngine):
    """Works without end on grey pages."""

    name = "endless/1"

    def read(self, image: NDArray[np.uint8], dpi: float | None = None) -> list[RawLine]:
        while image.mean() < 200:
            pass
        return super().read(image, dpi)


class HungryEngine(FakeEngine):
    """Takes memory without end on grey pages; on dark ones it is killed, as the system kills who has taken too much."""

    name = "hungry/1"

    def read(self, image: NDArray[np.uint8], dpi: float | None = None) -> list[RawLine]:
        if image.mean() < 140:
            os.kill(os.getpid(), signal.SIGKILL)
        taken = []
        while image.mean() < 200:
            taken.append(np.ones(16 << 20, np.uint8))
            time.sleep(0.02)
        return super().read(image, dpi)


def hungry() -> FakeEngine:
    return HungryEngine()


def reading() -> FakeEngine:
    return FakeEngine()


def faulty() -> FakeEngine:
    return FaultyEngine()


def endless() -> FakeEngine:
    return EndlessEngine()


def missing() -> FakeEngine:
    from pipeline.errors import UsageError

    raise UsageError("没有这个识读引擎。")
