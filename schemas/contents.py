"""The lines of a volume's contents list (卷内目录), under the page numbers that are stamped on the archive copy's pages.

One list for both: what is bound in front of the paper volume says the same as the archive copy.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from schemas.arrangement import ArrangedPaper, ArrangedVolume, Section
from schemas.base import Frozen, State
from schemas.materials import load_materials
from schemas.report import AuditReport, ReportDocument
from schemas.volume import FieldValue


class ContentsLine(Frozen):
    """One line: 顺序号、文号、责任者、题名、日期、页号、备注. What was not read for certain stays empty."""

    number: str
    reference: str = ""
    author: str = ""
    title: str
    date: str = ""
    pages: str
    remark: str = ""
    scan_pages: tuple[int, ...] = ()
    """Where its numbered pages lie in the scan (扫描件页次), in the order of the volume."""


def contents_lines(report: AuditReport, volume: ArrangedVolume, office_name: str) -> tuple[ContentsLine, ...]:
    """A line for each paper; where the standard prescribes the lines, those of this volume, also the empty ones."""
    papers = [paper for paper in volume.papers if paper.section is Section.PAPERS and paper.numbers]
    own = [line for line in report.directory if line.volume == volume.title]
    if not own:
        return tuple(
            _paper_line(report, paper, str(number), office_name) for number, paper in enumerate(papers, start=1)
        )
    listed = {index for line in own for index in line.documents}
    lines = [_prescribed_line(report, papers, line.number, line.title, frozenset(line.documents)) for line in own]
    rest = [paper for paper in papers if paper.document not in listed]
    return (*lines, *(_paper_line(report, paper, "", office_name) for paper in rest))


def _prescribed_line(
    report: AuditReport, papers: list[ArrangedPaper], number: int, title: str, documents: frozenset[int]
) -> ContentsLine:
    own = [paper for paper in papers if paper.document in documents]
    doubtful = any(
        report.documents[paper.document].state is not State.FOUND for paper in own if paper.document is not None
    )
    return ContentsLine(
        number=str(number),
        title=title,
        pages=span([page for paper in own for page in paper.numbers]),
        remark="归类待核" if doubtful else "",
        scan_pages=tuple(page for paper in own for page in _scan_pages(paper)),
    )


def _scan_pages(paper: ArrangedPaper) -> tuple[int, ...]:
    return tuple(page.scan_page for page in paper.pages if page.number is not None)


def _paper_line(report: AuditReport, paper: ArrangedPaper, number: str, office_name: str) -> ContentsLine:
    pages, scan_pages = span(paper.numbers), _scan_pages(paper)
    if paper.document is None:
        return ContentsLine(number=number, title=paper.title, pages=pages, remark="题名待核", scan_pages=scan_pages)
    document = report.documents[paper.document]
    doubts = [title for name, title in (("number", "文号"), ("date", "日期")) if _is_doubtful(document, name)]
    if document.state is not State.FOUND:
        doubts.insert(0, "题名")
    return ContentsLine(
        number=number,
        reference=_found(document.fields.get("number")) or _found(document.fields.get("organ_case_number")),
        author=_author(report, document, office_name),
        title=paper.title,
        date=_found(document.fields.get("date")).replace("-", ""),
        pages=pages,
        remark=f"{'、'.join(doubts)}待核" if doubts else "",
        scan_pages=scan_pages,
    )


def _author(report: AuditReport, document: ReportDocument, office_name: str) -> str:
    """Who made the paper, where its kind or its own words say so for certain; else a person fills it in."""
    if document.state is not State.FOUND or document.type is None:
        return ""
    material = load_materials().get(document.type)
    author = material.author if material is not None else None
    if author == "office":
        return office_name
    if author is None:
        return _found(document.fields.get("organ_name"))
    name = f"{author}_name"
    case = report.case.fields if report.case is not None else {}
    return _found(document.fields.get(name)) or _found(case.get(name))


def _found(value: FieldValue | None) -> str:
    return value.value if value is not None and value.state is State.FOUND and value.value else ""


def _is_doubtful(document: ReportDocument, name: str) -> bool:
    value = document.fields.get(name)
    return value is not None and value.state is State.UNCERTAIN


def span(numbers: Iterable[int]) -> str:
    """Page numbers as a list has them: `3-5，9`."""
    runs: list[str] = []
    for _, group in groupby(enumerate(sorted(numbers)), key=lambda entry: entry[1] - entry[0]):
        run = [number for _, number in group]
        runs.append(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}")
    return "，".join(runs)
