"""What an engine must be able to do, and which engine the settings name.

An engine knows pictures and text, not pages: turning, ordering, seals and cache are the room's own work.
"""

from __future__ import annotations

import hashlib
import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

import schemas.reading
from pipeline.errors import UsageError
from pipeline.reading.models import has_openvino, precision
from pipeline.reading.page_image import Pixels


def _version() -> str:
    """A digest of this room's code and of the words of a reading.

    A number that somebody has to raise by hand is forgotten one day, and then old readings pass for new ones.
    """
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes())
    digest.update(Path(schemas.reading.__file__).read_bytes())
    return digest.hexdigest()[:12]


READING_VERSION = _version()
"""Changes with every change that may alter what a page reads as; cached readings of other versions are not used."""


@dataclass(frozen=True, eq=False)
class RawLine:
    """One line as an engine reads it, in pixels of the picture it was given."""

    text: str
    score: float
    corners: NDArray[np.float32]
    """Four (x, y): top left, top right, bottom right, bottom left, as the line is read."""
    weakest_digit: float = 1.0
    """Score of the least sure digit in the line; a line's mean hides one doubtful digit among twenty sure ones."""


class Engine(Protocol):
    """Reads upright pictures (识读引擎)."""

    @property
    def name(self) -> str:
        """Name and version, for the cache and the report."""

    def read(self, image: Pixels, dpi: float | None = None) -> list[RawLine]:
        """All lines of a picture, in any order, scores from 0 to 1. `dpi` helps to choose the working size."""

    def read_line(self, image: Pixels) -> RawLine:
        """The text of a picture that is one line and nothing else."""


def engine_name(setting: str) -> str:
    """The `name` that the engine of this setting will have, without loading it."""
    if setting == "ppocr":
        runner = f"openvino-{precision()}" if has_openvino() else "onnxruntime-f32"
        return f"ppocrv6s-{runner}/{READING_VERSION}"
    return f"{setting}/{READING_VERSION}"


def load_engine(setting: str) -> Engine:
    """The engine that `settings.engine` names: `ppocr`, `tesseract`, or `module:factory` for one of your own."""
    if setting == "ppocr":
        from pipeline.reading.ppocr import PaddleEngine  # noqa: PLC0415 - loads the networks

        return PaddleEngine(engine_name(setting))
    if setting == "tesseract":
        from pipeline.reading.tesseract import TesseractEngine  # noqa: PLC0415 - only where it is wanted

        return TesseractEngine(engine_name(setting))
    module, _, factory = setting.partition(":")
    if not factory:
        raise UsageError(f"不认识的识读引擎：{setting}。可用的引擎：ppocr、tesseract。")
    try:
        return cast(Engine, getattr(importlib.import_module(module), factory)())
    except (ImportError, AttributeError) as error:
        raise UsageError(f"无法载入识读引擎：{setting}（{error}）。请核对设置 engine。") from error
