"""What became of a registration workbook or an application, told in the outbox (受理登记)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.delivering.names import safe_name
from pipeline.delivering.writing import write_new_folder

ENTRIES = "受理登记"


def deliver_entry(name: str, files: Mapping[str, bytes], outbox: Path) -> Path:
    """`outbox/受理登记/<name>/` with `files`, all at once; returns that folder. One that is there is left as it is."""
    folder = outbox / ENTRIES / safe_name(name)
    write_new_folder(outbox, folder, {safe_name(file): content for file, content in files.items()})
    return folder
