"""One closing file's way: taken in, read, catalogued, audited."""

from __future__ import annotations

import errno
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Self

import structlog
from PIL import Image

from pipeline.auditing import (
    audit,
    confirmed,
    load_rates,
    load_standard,
    subsidy_amount,
    with_rulings,
    without_unconfirmed_blocks,
)
from pipeline.cataloguing import SortedPages, catalogue_sorted, passages, sort_pages, supplemented
from pipeline.errors import InputError, UsageError
from pipeline.intake import hash_path, natural_key, readable_name, take_in
from pipeline.knowing import corrected, known_together
from pipeline.reading import Reader, overlay_page
from pipeline.settings import Settings
from schemas.case import KnownCase
from schemas.confirmation import Confirmation
from schemas.consulted import Consulted
from schemas.outline import CaseOutline
from schemas.reading import PageKind, PageReading, TextSource
from schemas.report import AuditReport, ReportError, Source
from schemas.sketch import Sketch
from schemas.standard import Standard
from schemas.submission import Submission, UnusablePart
from schemas.supplement import supplement_front
from schemas.volume import Page, Volume

log = structlog.get_logger(__name__)

NOTHING_KNOWN = KnownCase()

_NOT_THE_FILES_FAULT = frozenset(
    getattr(errno, name, None) for name in ("ENOSPC", "EDQUOT", "EROFS", "EMFILE", "ENOMEM")
) - {None}
"""Errors of the machine, not of the closing file: whoever runs the audit waits and tries again."""

_NEVER_PAPERS = (".txt", ".log", ".ini", ".json", ".xml", ".csv", ".md", ".url", ".lnk")
"""Names of files that scanners and clerks leave beside a scan and that never are a paper of the case."""

Progress = Callable[[int, int], None]
"""Called with pages done and pages in all."""


@dataclass(frozen=True)
class Memory:
    """What an office remembers, asked anew for each closing file. Without a registry there is nothing to remember."""

    confirmations: Callable[[], tuple[Confirmation, ...]] = tuple
    """The acts by which the office has confirmed grounds of its standards."""
    archive: Callable[[], tuple[Sketch, ...]] = tuple
    """The fingerprints of papers of other closing files."""
    consult: Callable[[AuditReport], Consulted] = lambda _report: Consulted()
    """What the office knows of the case that a first look has found."""


def _ignore(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Audited:
    """A closing file's report, and the volume it rests on (None where the file could not be opened)."""

    report: AuditReport
    volume: Volume | None


@dataclass(frozen=True)
class _Read:
    """A closing file, read: its identity, its pages, the parts that came cut short and those that were no use."""

    sha256: str
    pages: tuple[Page, ...]
    cut_short: frozenset[str]
    unusable: tuple[UnusablePart, ...]
    since: int | None = None
    """The first page of what was handed in later."""

    @cached_property
    def papers(self) -> SortedPages:
        """The pages sorted into papers, once for all times that the volume is catalogued."""
        return sort_pages(self.pages)


class Auditor:
    """Audits one closing file after the other with one set of workers, one standard and one calendar day."""

    def __init__(
        self,
        settings: Settings,
        *,
        standard: str | None = None,
        today: date | None = None,
        memory: Memory = Memory(),
    ) -> None:
        self._settings = settings
        loaded = load_standard(standard or settings.standard, settings.standards_dir)
        self._loaded = loaded.model_copy(update={"binding": settings.binding or loaded.binding})
        self._rates = load_rates(settings.rates) if settings.rates is not None else None
        self._today = today
        self._memory = memory
        self._acts: tuple[Confirmation, ...] = ()
        self._standard = self._as_confirmed(())
        self._reader = Reader(settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.close()

    @property
    def standard(self) -> Standard:
        """The standard with what the office has confirmed by now: an act counts from the next closing file on."""
        acts = self._memory.confirmations()
        if acts != self._acts:
            self._acts, self._standard = acts, self._as_confirmed(acts)
        return self._standard

    def _as_confirmed(self, acts: tuple[Confirmation, ...]) -> Standard:
        standard = confirmed(self._loaded, acts)
        return standard if self._settings.unconfirmed_block else without_unconfirmed_blocks(standard)

    @property
    def settings(self) -> Settings:
        return self._settings

    def audit(
        self,
        path: Path,
        known: KnownCase = NOTHING_KNOWN,
        *,
        name: str | None = None,
        supplements: Sequence[Path] = (),
        progress: Progress = _ignore,
    ) -> Audited:
        """The audit of the closing file at `path`; one that cannot be used gives a report that says why.

        `supplements` are what was handed in later, in that order: their pages stand behind, and the report stays that of
        the closing file.
        """
        started = time.monotonic()
        name = name or readable_name(path.name)
        # before the file is touched: trouble with the registry is not the file's fault
        standard, archive = self.standard, self._memory.archive()
        try:
            read = _joined(self._read(path, name, progress), *self._read_supplements(supplements, progress))
            source = Source(name=name, sha256=read.sha256, pages=len(read.pages))
            audited = self._judged(read, source, known, standard, archive)
        except InputError as error:
            return Audited(unreadable_report(path, name, error), None)
        except UsageError:
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno in _NOT_THE_FILES_FAULT:
                raise  # whatever a file holds, the office goes on; the log keeps what happened
            log.exception("audit crashed", error=type(error).__name__)
            return Audited(unreadable_report(path, name, InputError("crashed")), None)
        seconds = round(time.monotonic() - started, 3)
        told = {"engine": _engines(read.pages), "seconds": seconds, "unusable": read.unusable}
        return Audited(audited.report.model_copy(update=told), audited.volume)

    def _judged(
        self, read: _Read, source: Source, known: KnownCase, standard: Standard, archive: tuple[Sketch, ...]
    ) -> Audited:
        """The audit of what was read: by the papers alone, and again where the office knows more of the case than they say."""
        audited = self._audited(read, source, known, standard, archive)
        said = self._memory.consult(audited.report)
        together = known_together(said.known, corrected(said.decisions, read.pages), known)
        if together != known or said.neighbours:
            audited = self._audited(read, source, together, standard, archive, said.neighbours)
        report = with_rulings(audited.report, said.decisions)
        return Audited(self._completed(report, together, standard), audited.volume)

    def _audited(  # noqa: PLR0913, PLR0917 - one audit's whole input
        self,
        read: _Read,
        source: Source,
        known: KnownCase,
        standard: Standard,
        archive: tuple[Sketch, ...],
        neighbours: tuple[CaseOutline, ...] = (),
    ) -> Audited:
        volume = _doubting(catalogue_sorted(read.papers, known), read.cut_short)
        if read.since is not None:
            volume = supplemented(volume, read.since)
        today = self._today or date.today()  # noqa: DTZ011 - the office's day
        report = audit(volume, standard, source, known, today, archive, neighbours)
        return Audited(report.model_copy(update={"passages": passages(volume)}), volume)

    def _completed(self, report: AuditReport, known: KnownCase, standard: Standard) -> AuditReport:
        """The report with the amount of the subsidy, and with what the office lets unconfirmed grounds do."""
        told = report.standard
        if told is not None:
            cure = standard.deadlines.get("cure")
            update = {"reconstructed_blocks": self._settings.unconfirmed_block}
            told = told.model_copy(update={**update, "cure_standing": cure.standing} if cure is not None else update)
        subsidy = report.subsidy
        if subsidy is not None:
            amount = subsidy_amount(report, known, standard, self._rates)
            subsidy = subsidy.model_copy(update={"amount": amount})
        return report.model_copy(update={"standard": told, "subsidy": subsidy})

    def read(self, path: Path, *, progress: Progress = _ignore) -> tuple[Page, ...]:
        """The pages of the closing file at `path`, read and no more. Raises `InputError`."""
        return self._read(path, readable_name(path.name), progress).pages

    def read_with_overlays(self, path: Path, folder: Path, *, progress: Progress = _ignore) -> tuple[Page, ...]:
        """Like `read`; also writes a picture of each page, with what was read drawn on it, into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="juanzong-") as workdir:
            submission = self._take_in(path, readable_name(path.name), workdir)
            pages = tuple(self._pages(submission, progress))
            parts = {part.name: part for part in submission.parts}
            for page in pages:
                part = parts.get(page.part)
                picture = overlay_page(part, page, self._settings.reading.page_pixels) if part else None
                if picture is not None:
                    Image.fromarray(picture[:, :, ::-1]).save(folder / f"{page.number:03d}.png")
        return pages

    @contextmanager
    def opened(self, path: Path) -> Iterator[Submission]:
        """The closing file at `path` with its parts on disk, as long as the block lasts. Raises `InputError`."""
        with tempfile.TemporaryDirectory(prefix="juanzong-") as workdir:
            yield self._take_in(path, readable_name(path.name), workdir)

    def _take_in(self, path: Path, name: str, workdir: str) -> Submission:
        limits, pixels = self._settings.archive, self._settings.reading.page_pixels
        return take_in(path, Path(workdir), limits=limits, name=name, page_pixels=pixels)

    def _read(self, path: Path, name: str, progress: Progress) -> _Read:
        """A closing file, read. What was unpacked is gone when this returns."""
        with tempfile.TemporaryDirectory(prefix="juanzong-") as workdir:
            submission = self._take_in(path, name, workdir)
            cut_short = frozenset(part.name for part in submission.parts if part.damaged)
            pages = tuple(self._pages(submission, progress))
            return _Read(submission.sha256, pages, cut_short, submission.unusable)

    def _read_supplements(self, paths: Sequence[Path], progress: Progress) -> Iterator[_Read]:
        for path in paths:
            yield self._read(path, readable_name(path.name), progress)

    def _pages(self, submission: Submission, progress: Progress) -> Iterator[Page]:
        read: list[Page] = []
        for page in self._reader.read(submission):
            read.append(page)
            progress(len(read), max(submission.pages, len(read)))
        _check_usable(read, submission)
        yield from _in_order(read, submission.unusable)


def _joined(first: _Read, *later: _Read) -> _Read:
    """The closing file with its supplements behind it. Each part is told by which supplement it came with."""
    pages, cut_short, unusable = list(first.pages), set(first.cut_short), list(first.unusable)
    since = len(pages) + 1 if later else None
    for number, read in enumerate(later, start=1):
        front = supplement_front(number)
        pages += [
            page.model_copy(update={"number": len(pages) + index, "part": front + page.part})
            for index, page in enumerate(read.pages, start=1)
        ]
        cut_short |= {front + part for part in read.cut_short}
        unusable += [part.model_copy(update={"name": front + part.name}) for part in read.unusable]
    return _Read(first.sha256, tuple(pages), frozenset(cut_short), tuple(unusable), since)


def _check_usable(pages: Sequence[Page], submission: Submission) -> None:
    """Raises `InputError` if not one page could be read and all for the same reason."""
    if not pages:
        raise InputError("no_pages")
    reasons = {page.reading.reason for page in pages}
    if all(page.reading.kind is PageKind.UNREADABLE for page in pages) and len(reasons) == 1:
        raise InputError(reasons.pop() or "corrupt", f"{submission.name}: no page could be read")


def _in_order(pages: Iterable[Page], unusable: Iterable[UnusablePart]) -> Iterator[Page]:
    """The pages in natural order of their parts' names, with an unreadable page for each part that cannot be used.

    Such a part may hold any paper, so it must stand in the volume: without it, a paper could be called missing that
    was handed in as a damaged file.
    """
    stand_ins = [
        Page(number=1, part=part.name, reading=_unreadable_page(part))
        for part in unusable
        if not part.name.lower().endswith(_NEVER_PAPERS)
    ]
    everything = sorted([*pages, *stand_ins], key=lambda page: natural_key(page.part))
    for number, page in enumerate(everything, start=1):
        yield page.model_copy(update={"number": number})


def _doubting(volume: Volume, cut_short: frozenset[str]) -> Volume:
    """The volume, in which the last page of a part that came cut short has no alibi: what was lost stood behind it."""
    last = {entry.page.part: entry.page.number for entry in volume.pages if entry.page.part in cut_short}
    if not last:
        return volume
    clause = "文件不完整，其后可能还有未能读出的页"
    pages = tuple(
        entry.model_copy(update={"certain": False, "reasons": (*entry.reasons, clause)})
        if entry.page.number == last.get(entry.page.part)
        else entry
        for entry in volume.pages
    )
    return volume.model_copy(update={"pages": pages})


def _unreadable_page(part: UnusablePart) -> PageReading:
    return PageReading(sha256="", engine="", kind=PageKind.UNREADABLE, text_source=TextSource.NONE, reason=part.code)


def _engines(pages: Iterable[Page]) -> str:
    return " ".join(sorted({page.reading.engine for page in pages if page.reading.engine}))


def unreadable_report(path: Path, name: str, error: InputError) -> AuditReport:
    """The report on a closing file that cannot be used."""
    return AuditReport(
        source=Source(name=name, sha256=hash_path(path), pages=0),
        status="unreadable",
        error=ReportError(code=error.code, message=error.message),
    )
