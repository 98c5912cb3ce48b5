"""What became of a registration workbook or an application, told in the outbox (受理登记)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.delivering.names import safe_name
from pipeline.delivering.unusable import copy_original
from pipeline.delivering.writing import publish_folder, staging_folder, write_synced

ENTRIES = "受理登记"


def deliver_entry(
    name: str, files: Mapping[str, bytes], outbox: Path, *, original: tuple[Path, str] | None = None
) -> Path:
    """`outbox/受理登记/<name>/` with `files`, all at once; returns that folder. One that is there is left as it is.

    `original` is what the clerk compares the files with, and the clerk's name for it: a copy lies beside them.
    """
    folder = outbox / ENTRIES / safe_name(name)
    if folder.exists():
        return folder
    with staging_folder(outbox) as stage:
        whole = stage / "whole"
        whole.mkdir()
        for file, content in files.items():
            write_synced(whole / safe_name(file), content)
        if original is not None:
            copy_original(original[0], whole, f"原件_{original[1]}")
        publish_folder(whole, folder)
    return folder
