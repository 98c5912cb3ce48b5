"""Issued letters in the archive copy (签发文书归档): each as it was sealed, at the place that the standard gives the notice.

The audit has not seen them: they came about after the closing file, and say nothing of whether it is complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline import registry
from pipeline.desk.issuing import folder_name, told
from pipeline.desk.sealed import WANTED, latest_scan, returned_scans
from pipeline.settings import Settings
from schemas.base import State
from schemas.draft import DRAFT_TITLES, DraftKind
from schemas.issuing import IssuedPaper
from schemas.life import Event, standing_events
from schemas.report import AuditReport, ReportDocument, ReportPage
from schemas.standard import Standard
from schemas.volume import CataloguedPage, FieldValue, Page, Volume

NOTICE = "deficiency_notice"
"""The material at whose place the letters stand: those about the subsidy have none of their own in any directory."""


class SealedLetter(NamedTuple):
    """A letter that was issued, or what came back for it (回证、回执), as it lies in the outbox."""

    scan: Path
    title: str
    type: str | None
    number: str = ""
    issued_on: date | None = None


@dataclass(frozen=True)
class ReadLetter:
    """A sealed letter with its pages, whose parts are told by `front`."""

    letter: SealedLetter
    pages: tuple[Page, ...]
    front: str


def letter_front(number: int) -> str:
    """What stands before the names of the parts of the n-th letter in the volume, from 1."""
    return f"签发文书{number}/"


def sealed_letters(case: str, settings: Settings) -> tuple[tuple[SealedLetter, ...], tuple[str, ...]]:
    """The letters that were issued in a case and stand, in that order, and a sentence for each that lies nowhere sealed.

    The registry is open. Raises UsageError where there is no such case.
    """
    life = registry.life(case)
    home = settings.outbox / registry.round_folder(case).split("/", maxsplit=1)[0]
    found: list[SealedLetter] = []
    lacking: list[str] = []
    for event in standing_events(life.events):
        for place in _places(home, event):
            letters = [_letter(paper, event, place, settings) for paper in event.papers]
            found += [letter for letter in letters if letter is not None]
            lacking += [
                f"{told([paper])}已经签发，没有找到盖章件，未收入归档副本。请将{WANTED}放入 {place}，"
                f"文件名以“{DRAFT_TITLES[paper.kind]}”开头；再将这份归档副本移走，重新制作。"
                for paper, letter in zip(event.papers, letters, strict=True)
                if letter is None
            ]
            found += [SealedLetter(scan, scan.stem, None) for scan in returned_scans(place, settings)]
    return tuple(found), tuple(lacking)


def _places(home: Path, event: Event) -> Iterator[Path]:
    """The folder of what was issued with an event, wherever in the case's folder it was written."""
    if event.papers:
        name = folder_name(event.papers)
        yield next((path for path in sorted(home.rglob(name)) if path.is_dir()), home / name)


def _letter(paper: IssuedPaper, event: Event, place: Path, settings: Settings) -> SealedLetter | None:
    title = DRAFT_TITLES[paper.kind]
    scan = latest_scan((place, place.parent), title, settings)
    if scan is None:
        return None
    type_ = NOTICE if paper.kind is DraftKind.DEFICIENCY_NOTICE else None
    return SealedLetter(scan, title, type_, paper.number, event.at.astimezone().date())


def filed(
    report: AuditReport, volume: Volume, letters: Sequence[ReadLetter], standard: Standard
) -> tuple[AuditReport, Volume]:
    """The report and the volume as they are bound: with the letters behind the scan, and each at its place in the lists.

    Findings and decision stay those of the audit.
    """
    pages, told_pages, documents = list(volume.pages), list(report.pages), list(report.documents)
    added = range(len(documents), len(documents) + len(letters))
    for index, read in zip(added, letters, strict=True):
        first = len(pages) + 1
        own = [
            page.model_copy(update={"number": number, "part": read.front + page.part})
            for number, page in enumerate(read.pages, start=first)
        ]
        pages += [CataloguedPage(page=page, certain=True) for page in own]
        told_pages += [_told_page(page, index) for page in own]
        documents.append(_document(read.letter, first, len(pages)))
    line = _line_of_notices(standard)
    bound = report.model_copy(
        update={
            "pages": tuple(told_pages),
            "documents": tuple(documents),
            "checklist": tuple(
                row.model_copy(update={"documents": (*row.documents, *added)}) if row.item == NOTICE else row
                for row in report.checklist
            ),
            "directory": tuple(
                each.model_copy(update={"documents": (*each.documents, *added)}) if index == line else each
                for index, each in enumerate(report.directory)
            ),
        }
    )
    return bound, volume.model_copy(update={"pages": tuple(pages)})


def _told_page(page: Page, document: int) -> ReportPage:
    return ReportPage(
        number=page.number,
        document=document,
        kind=page.reading.kind.value,
        rotation=page.reading.rotation,
        text_source=page.reading.text_source.value,
        state=State.FOUND,
        sha256=page.reading.sha256,
    )


def _document(letter: SealedLetter, first: int, last: int) -> ReportDocument:
    """Number and day are those under which it was issued, whatever a reading of the scan would say."""
    known = {"number": letter.number, "date": letter.issued_on.isoformat() if letter.issued_on is not None else ""}
    fields = {name: FieldValue(value=value, state=State.FOUND) for name, value in known.items() if value}
    return ReportDocument(
        type=letter.type, title=letter.title, first_page=first, last_page=last, state=State.FOUND, score=1.0, fields=fields
    )  # fmt: skip


def _line_of_notices(standard: Standard) -> int | None:
    """The index of the directory's line in which the standard has the notice; None where it prescribes no lines."""
    items = (item for checklist in standard.checklists for item in checklist.items)
    slot = next((item.slot for item in items if item.materials[0] == NOTICE and item.slot is not None), None)
    if slot is None or standard.slots[slot - 1].unlisted:
        return None
    return sum(not each.unlisted for each in standard.slots[: slot - 1])
