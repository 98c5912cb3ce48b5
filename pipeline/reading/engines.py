"""Which engine the settings name, and how it is loaded (识读引擎)."""

from __future__ import annotations

import hashlib
import importlib
from pathlib import Path
from typing import cast

import schemas.reading
from pipeline.errors import UsageError
from pipeline.reading.engine import Engine
from pipeline.reading.models import has_openvino, precision
from pipeline.reading.ppocr import PaddleEngine
from pipeline.reading.tesseract import TesseractEngine


def _version() -> str:
    """A digest of this room's code and of the words of a reading.

    A number that somebody has to raise by hand is forgotten one day, and then old readings pass for new ones.
    """
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for source in sorted([*folder.rglob("*.py"), *folder.rglob("*.json")]):
        digest.update(source.read_bytes())
    digest.update(Path(schemas.reading.__file__).read_bytes())
    return digest.hexdigest()[:12]


READING_VERSION = _version()
"""Changes with every change that may alter what a page reads as; cached readings of other versions are not used."""


def engine_name(setting: str) -> str:
    """The `name` that the engine of this setting will have, without loading it."""
    if setting == "ppocr":
        runner = f"openvino-{precision()}" if has_openvino() else "onnxruntime-f32"
        return f"ppocrv6s-{runner}/{READING_VERSION}"
    return f"{setting}/{READING_VERSION}"


def load_engine(setting: str) -> Engine:
    """The engine that `settings.engine` names: `ppocr`, `tesseract`, or `module:factory` for one of your own."""
    if setting == "ppocr":
        return PaddleEngine(engine_name(setting))
    if setting == "tesseract":
        return TesseractEngine(engine_name(setting))
    module, _, factory = setting.partition(":")
    if not factory:
        raise UsageError(f"不认识的识读引擎：{setting}。可用的引擎：ppocr、tesseract。")
    try:
        return cast(Engine, getattr(importlib.import_module(module), factory)())
    except (ImportError, AttributeError) as error:
        raise UsageError(f"无法载入识读引擎：{setting}（{error}）。请核对设置 engine。") from error
