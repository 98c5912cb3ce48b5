"""The arrangement (编排) of an audited closing file: which paper stands where in the volume, under which page number.

The paper volume lies as the lawyer bound it; the archive copy puts the papers into the standard's order. Only a paper
that is sure moves. One that is not, and pages of no paper, stay behind the paper that they follow in the scan: what
follows an evidence list is most likely an exhibit, and a wrong guess must not tear a record apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from schemas.base import Frozen, State
from schemas.report import AuditReport, ReportDocument


class Section(IntEnum):
    """The parts of a volume, in their order."""

    COVER = 0
    CONTENTS = 1
    PAPERS = 2
    NOTE = 3


UNNUMBERED = {"cover": Section.COVER, "contents_list": Section.CONTENTS, "volume_note": Section.NOTE}
"""Types of paper that, where they were scanned, bear no page number (封面、目录、备考表)."""


class ArrangedPage(Frozen):
    """A page of the scan (`scan_page`, from 1) and its number in the volume; None for a page that bears none."""

    scan_page: int
    number: int | None = None


class ArrangedPaper(Frozen):
    """A paper, or a run of pages of no paper (`document` is None), with the pages that belong to it."""

    document: int | None
    title: str
    section: Section
    pages: tuple[ArrangedPage, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(page.number for page in self.pages if page.number is not None)


class ArrangedVolume(Frozen):
    """One volume, in order. `title` is empty where the closing file is a single one."""

    title: str
    papers: tuple[ArrangedPaper, ...]

    @property
    def pages(self) -> tuple[ArrangedPage, ...]:
        return tuple(page for paper in self.papers for page in paper.pages)

    @property
    def numbered(self) -> int:
        """Pages that bear a number (卷内页数)."""
        return sum(page.number is not None for page in self.pages)


UNSORTED = "（未能归类的页面）"
EMPTY = "（空白页）"


class _Run(Frozen):
    document: int | None
    pages: tuple[int, ...]


class _Place(Frozen):
    volume: int
    rank: int


def arranged(report: AuditReport) -> tuple[ArrangedVolume, ...]:
    """The volumes of the file. Every page of the scan stands in exactly one; numbers start at 1 in each volume.

    Blank pages, and those of a scanned cover, contents list or closing note, are kept and not numbered.
    """
    titles = _volume_titles(report)
    runs = list(_runs(report))
    places = _places(report, runs, titles)
    blank = {page.number for page in report.pages if page.kind == "blank"}
    volumes = []
    for index, title in enumerate(titles):
        own = [number for number, place in enumerate(places) if place.volume == index]
        own.sort(key=lambda number: (_section(report, runs[number]), places[number].rank, number))
        if own:
            volumes.append(_numbered(report, title, [runs[number] for number in own], blank))
    return tuple(volumes)


def _numbered(report: AuditReport, title: str, runs: list[_Run], blank: set[int]) -> ArrangedVolume:
    papers, number = [], 0
    for run in runs:
        section = _section(report, run)
        pages = []
        for page in run.pages:
            counts = section is Section.PAPERS and page not in blank
            number += counts
            pages.append(ArrangedPage(scan_page=page, number=number if counts else None))
        name = report.documents[run.document].title if run.document is not None else UNSORTED
        if run.document is None and blank.issuperset(run.pages):
            name = EMPTY
        papers.append(ArrangedPaper(document=run.document, title=name, section=section, pages=tuple(pages)))
    return ArrangedVolume(title=title, papers=tuple(papers))


def _runs(report: AuditReport) -> Iterator[_Run]:
    """Papers, and pages of no paper, as they were scanned. A blank page outside a paper is the back of what it follows."""
    owner = {
        page: index
        for index, document in enumerate(report.documents)
        for page in range(document.first_page, document.last_page + 1)
    }
    current: list[int] = []
    document: int | None = None
    for page in report.pages:
        own = owner.get(page.number)
        follows = own == document if own is not None else page.kind == "blank" or document is None
        if current and not follows:
            yield _Run(document=document, pages=tuple(current))
            current = []
        document = own if not current else document
        current.append(page.number)
    if current:
        yield _Run(document=document, pages=tuple(current))


def _section(report: AuditReport, run: _Run) -> Section:
    type_ = report.documents[run.document].type if run.document is not None else None
    return UNNUMBERED.get(type_ or "", Section.PAPERS)


def _volume_titles(report: AuditReport) -> list[str]:
    """The volumes in the standard's order; a single nameless one where it has none."""
    named = [line.volume for line in report.directory] + [row.volume for row in report.checklist]
    return list(dict.fromkeys(title for title in named if title)) or [""]


def _places(report: AuditReport, runs: list[_Run], titles: list[str]) -> list[_Place]:
    """Where each run stands: by the standard, else behind the run before it; a beginning without place stays in front.

    A scanned cover opens the volume of what comes after it, a scanned note closes the last volume: what lies behind it
    came later.
    """
    end = len(report.directory) + len(report.checklist)
    known = [_known_place(report, run, titles) for run in runs]
    first = next((place for place in known if place is not None), _Place(volume=0, rank=0))
    last = _Place(volume=first.volume, rank=-1)
    places = []
    for index, place in enumerate(known):
        section = _section(report, runs[index])
        if place is not None:
            last = place
        elif section in (Section.COVER, Section.CONTENTS):
            behind = next((after for after in known[index:] if after is not None), last)
            last = _Place(volume=behind.volume, rank=-1)
        elif section is Section.NOTE:
            last = _Place(volume=max((after.volume for after in known if after is not None), default=0), rank=end)
        places.append(last)
    return places


def _known_place(report: AuditReport, run: _Run, titles: list[str]) -> _Place | None:
    if run.document is None or _section(report, run) is not Section.PAPERS:
        return None
    document = report.documents[run.document]
    if document.state is not State.FOUND:
        return None
    for rank, line in enumerate(report.directory):
        if run.document in line.documents:
            return _Place(volume=titles.index(line.volume) if line.volume else 0, rank=rank)
    return _checklist_place(report, run.document, document, titles)


_FORBIDDEN = "不得入卷"


def _checklist_place(report: AuditReport, index: int, document: ReportDocument, titles: list[str]) -> _Place | None:
    """By the item that is named for the paper, else by the first that it serves; a forbidden paper has no place."""
    serving = [
        (row.item != document.type, rank, row)
        for rank, row in enumerate(report.checklist)
        if index in row.documents and not row.need.startswith(_FORBIDDEN)
    ]
    if not serving:
        return None
    _, rank, row = min(serving, key=lambda entry: entry[:2])
    return _Place(volume=titles.index(row.volume) if row.volume else 0, rank=rank)
