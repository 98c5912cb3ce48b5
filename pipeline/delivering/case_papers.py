"""What the office writes about a registered case before there is a closing file, in the case's folder of the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pipeline.delivering.names import registered_folder_name, safe_name
from pipeline.delivering.writing import STAGING, write_new_folder
from schemas.draft import Draft
from schemas.registration import CaseRecord


def case_papers_folder(record: CaseRecord, name: str, outbox: Path) -> Path:
    """Where a set of papers of that name stands: `outbox/<案件编号>_<受援人>/<name>`."""
    return outbox / registered_folder_name(record.number, record.registration.recipient.name) / safe_name(name)


def deliver_case_papers(record: CaseRecord, name: str, drafts: Iterable[Draft], outbox: Path) -> Path:
    """The drafts as one folder, all at once; returns it. One that is there is left as it is: a clerk may have worked in it."""
    folder = case_papers_folder(record, name, outbox)
    write_new_folder(outbox, folder, {safe_name(draft.file_name): draft.content for draft in drafts})
    return folder


def deliver_issued(drafts: Iterable[Draft], folder: Path, outbox: Path) -> bool:
    """Letters that were issued, as `folder`, all at once. False, and nothing changed, if it is there already.

    A folder that is not in the outbox is made ready in the one that it stands in, perhaps on another disk; nothing else
    stays there.
    """
    files = {safe_name(draft.file_name): draft.content for draft in drafts}
    if folder.resolve().is_relative_to(outbox.resolve()):
        return write_new_folder(outbox, folder, files)
    try:
        return write_new_folder(folder.parent, folder, files)
    finally:
        with suppress(OSError):
            (folder.parent / STAGING).rmdir()
