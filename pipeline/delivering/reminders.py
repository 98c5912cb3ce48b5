"""The reminders that a person has had drafted (催办), in a folder of their own in the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipeline.delivering.names import safe_name
from pipeline.delivering.writing import write_new_folder
from schemas.draft import DRAFT_TITLES, Draft, DraftKind

REMINDERS = DRAFT_TITLES[DraftKind.FILING_REMINDER]


def deliver_reminders(drafts: Sequence[Draft], outbox: Path, day: date) -> tuple[Path, ...]:
    """`outbox/结案材料报送提醒函/<day>/` with the letters, all at once; returns where each of them lies.

    What stands there of the same day is left as it is: a clerk may have worked in it. The new letters stand beside.
    """
    files: dict[str, bytes] = {}
    for draft in drafts:
        stem = safe_name(draft.file_name.removesuffix(".docx"))
        name, number = f"{stem}.docx", 1
        while name in files:
            number += 1
            name = f"{stem}（{number}）.docx"
        files[name] = draft.content
    number = 1
    while True:
        folder = outbox / REMINDERS / (f"{day.isoformat()}（{number}）" if number > 1 else day.isoformat())
        if write_new_folder(outbox, folder, files):
            return tuple(folder / name for name in files)
        number += 1
