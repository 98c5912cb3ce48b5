"""The archive copy of a closing file (归档副本), from the audit to the folder."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline import registry
from pipeline.archiving import Closed, HandedIn, Manner, Opened, write_archive
from pipeline.delivering import case_folder_name
from pipeline.desk.filing import ReadLetter, SealedLetter, filed, letter_front, sealed_letters
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


class ArchivedCase(NamedTuple):
    """What came of archiving a case: its audit, the copy (None if it could not be read), sentences about what is not in it."""

    report: AuditReport
    copy: ArchiveCopy | None
    lacking: tuple[str, ...]


def archive_audited(  # noqa: PLR0913, PLR0917 - what is archived, where, and when
    auditor: Auditor,
    audited: Audited,
    original: Path,
    out: Path,
    day: date,
    supplements: Sequence[Path] = (),
    letters: Sequence[ReadLetter] = (),
) -> ArchiveCopy | None:
    """Writes the archive copy of an audited closing file below `out`, in the folder of its case; None if it was unreadable.

    `original` is what was handed in, `supplements` what was handed in later, `letters` what was issued on it, all
    unchanged since. Raises what `write_archive` raises.
    """
    if audited.volume is None:
        return None
    settings = auditor.settings
    with ExitStack() as opened:
        submission = opened.enter_context(auditor.opened(original))
        if submission.sha256 != audited.report.source.sha256:
            raise InputError("incomplete", "changed since it was audited")
        later = tuple(HandedIn(opened.enter_context(auditor.opened(path)), path) for path in supplements)
        issued = {
            read.front: HandedIn(opened.enter_context(auditor.opened(read.letter.scan)), read.letter.scan)
            for read in letters
        }
        papers = draft(audited.report, office_of(settings), day, 1)
        bound, volume = (
            filed(audited.report, audited.volume, letters, auditor.standard) if letters else (None, audited.volume)
        )
        closed = Closed(audited.report, volume, submission, original, papers, later, issued, bound)
        return write_archive(closed, out / case_folder_name(audited.report), _manner(settings, day))


def archive_case(case: str, settings: Settings, out: Path, day: date, progress: Progress) -> ArchivedCase:
    """The archive copy of a case of the registry, which is open: its closing file, what was handed in later, what persons
    said, and the letters that were issued on it, as they were sealed.

    Raises UsageError where there is no such case, and what `write_archive` raises.
    """
    whole = registry.whole_file(case)
    original, *later = (settings.state / path for path in (whole.original, *whole.supplements))
    sealed, lacking = sealed_letters(case, settings)
    with office_auditor(settings) as auditor:
        audited = auditor.audit(original, name=whole.name, supplements=later, progress=progress)
        letters, unread = _read_letters(auditor, sealed)
        copy = archive_audited(auditor, audited, original, out, day, later, letters)
    return ArchivedCase(audited.report, copy, (*lacking, *unread))


def _read_letters(auditor: Auditor, sealed: Sequence[SealedLetter]) -> tuple[list[ReadLetter], list[str]]:
    """The letters with their pages, and a sentence for each that cannot be opened."""
    read: list[ReadLetter] = []
    unread = []
    for letter in sealed:
        try:
            pages = auditor.read(letter.scan)
        except InputError as error:
            unread.append(f"“{letter.scan.name}”未收入归档副本：{error.message}")
            continue
        read.append(ReadLetter(letter, pages, letter_front(len(read) + 1)))
    return read, unread


def _manner(settings: Settings, day: date) -> Manner:
    pixels = settings.reading.page_pixels

    def opener(part: Part, index: int) -> Opened:
        return open_page(part, index, pixels)

    return Manner(office=office_of(settings), day=day, opener=opener, page_pixels=pixels)
