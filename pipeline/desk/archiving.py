"""The archive copy of a closing file (归档副本), from the audit to the folder."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from pipeline import registry
from pipeline.archiving import Closed, HandedIn, Manner, Opened, write_archive
from pipeline.delivering import case_folder_name
from pipeline.desk.papers import office_of
from pipeline.desk.running import office_auditor
from pipeline.drafting import draft
from pipeline.errors import InputError
from pipeline.flow import Audited, Auditor, Progress
from pipeline.reading import open_page
from pipeline.settings import Settings
from schemas.archive import ArchiveCopy
from schemas.report import AuditReport
from schemas.submission import Part


def archive_audited(  # noqa: PLR0913, PLR0917 - what is archived, where, and when
    auditor: Auditor, audited: Audited, original: Path, out: Path, day: date, supplements: Sequence[Path] = ()
) -> ArchiveCopy | None:
    """Writes the archive copy of an audited closing file below `out`, in the folder of its case; None if it was unreadable.

    `original` is what was handed in, `supplements` what was handed in later, all unchanged since. Raises what
    `write_archive` raises.
    """
    if audited.volume is None:
        return None
    settings = auditor.settings
    with ExitStack() as opened:
        submission = opened.enter_context(auditor.opened(original))
        if submission.sha256 != audited.report.source.sha256:
            raise InputError("incomplete", "changed since it was audited")
        later = tuple(HandedIn(opened.enter_context(auditor.opened(path)), path) for path in supplements)
        papers = draft(audited.report, office_of(settings), day, 1)
        closed = Closed(audited.report, audited.volume, submission, original, papers, later)
        return write_archive(closed, out / case_folder_name(audited.report), _manner(settings, day))


def archive_case(
    case: str, settings: Settings, out: Path, day: date, progress: Progress
) -> tuple[AuditReport, ArchiveCopy | None]:
    """The archive copy of a case of the registry, which is open: its closing file, what was handed in later, what persons said.

    Raises UsageError where there is no such case, and what `write_archive` raises.
    """
    whole = registry.whole_file(case)
    original, *later = (settings.state / path for path in (whole.original, *whole.supplements))
    with office_auditor(settings) as auditor:
        audited = auditor.audit(original, name=whole.name, supplements=later, progress=progress)
        return audited.report, archive_audited(auditor, audited, original, out, day, later)


def _manner(settings: Settings, day: date) -> Manner:
    pixels = settings.reading.page_pixels

    def opener(part: Part, index: int) -> Opened:
        return open_page(part, index, pixels)

    return Manner(office=office_of(settings), day=day, opener=opener, page_pixels=pixels)
