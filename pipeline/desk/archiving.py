"""The archive copy of a closing file (归档副本), from the audit to the folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipeline.archiving import Closed, Manner, Opened, write_archive
from pipeline.delivering import case_folder_name
from pipeline.desk.papers import office_of
from pipeline.drafting import draft
from pipeline.errors import InputError
from pipeline.flow import Audited, Auditor
from pipeline.reading import open_page
from pipeline.settings import Settings
from schemas.archive import ArchiveCopy
from schemas.submission import Part


def archive_audited(auditor: Auditor, audited: Audited, original: Path, out: Path, day: date) -> ArchiveCopy | None:
    """Writes the archive copy of an audited closing file below `out`, in the folder of its case; None if it was unreadable.

    `original` is what was handed in, unchanged since. Raises what `write_archive` raises.
    """
    if audited.volume is None:
        return None
    settings = auditor.settings
    with auditor.opened(original) as submission:
        if submission.sha256 != audited.report.source.sha256:
            raise InputError("incomplete", "changed since it was audited")
        papers = draft(audited.report, office_of(settings), day, 1)
        closed = Closed(audited.report, audited.volume, submission, original, papers)
        return write_archive(closed, out / case_folder_name(audited.report), _manner(settings, day))


def _manner(settings: Settings, day: date) -> Manner:
    pixels = settings.reading.page_pixels

    def opener(part: Part, index: int) -> Opened:
        return open_page(part, index, pixels)

    return Manner(office=office_of(settings), day=day, opener=opener, page_pixels=pixels)
