"""Pages that were read before (识读缓存): a page once read is never read again, until the reading code changes."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from pydantic import ValidationError

from schemas.reading import PageReading

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ReadingCache:
    """Readings as JSON files below `folder`, by the page's identity and the engine's name and version."""

    folder: Path
    engine: str

    def load(self, key: str) -> PageReading | None:
        """The reading stored under this key, or None; a damaged entry counts as none."""
        try:
            return PageReading.model_validate_json(self._path(key).read_bytes())
        except (OSError, ValidationError):
            return None

    def store(self, reading: PageReading, keys: Iterable[str]) -> None:
        """Stores a reading under each key. Pages that could not be read are not kept: they may be the next time.

        A full or read-only disk costs the next run time, and nothing else.
        """
        if reading.reason is not None:
            return
        data = reading.model_dump_json().encode()
        for key in dict.fromkeys(keys):
            try:
                _write(self._path(key), data)
            except OSError as error:
                _log.warning("reading not cached: %s", error)
                return

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}-{re.sub(r'[^A-Za-z0-9.-]+', '_', self.engine)}.json"


def _write(path: Path, data: bytes) -> None:
    """Beside, flushed, renamed: a reader sees the old file, the new one, or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{uuid4().hex}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
