"""One volume put together (合卷): sheets, pages in the standard's order, text layer, page numbers, bookmarks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path

import pikepdf
from pikepdf import AccessMode, Array, Dictionary, Name, OutlineItem, Pdf, String

from pipeline.archiving.checking import save_checked
from pipeline.archiving.faces import Face
from pipeline.archiving.front import absent_sheet
from pipeline.archiving.pages import Ready
from pipeline.archiving.printing import printed_text, stamp
from pipeline.archiving.sheets import Mark, add_sheet, ink
from pipeline.archiving.text_layer import FONT, TextLayer
from pipeline.errors import INPUT_MESSAGES
from schemas.archive import ArchivedPage, Treatment
from schemas.arrangement import ArrangedPage, ArrangedPaper, ArrangedVolume, Section
from schemas.contents import span
from schemas.volume import Page

COVER, CONTENTS, NOTE = "卷宗封面", "卷内目录", "卷内备考表"


@dataclass(frozen=True)
class Sheets:
    """What the program writes itself around the papers of a volume."""

    cover: Sequence[Mark]
    contents: Sequence[Sequence[Mark]]
    note: Sequence[Mark]


@dataclass(frozen=True)
class Bound:
    """Everything that one volume is made of."""

    title: str
    """Of the document, as a viewer shows it."""
    author: str
    volume: ArrangedVolume
    sheets: Sheets
    pages: Mapping[int, Page]
    ready: Mapping[int, Ready]


def write_volume(bound: Bound, path: Path, day: date) -> tuple[ArchivedPage, ...]:
    """Writes the volume as PDF/A-2b and returns its pages. Raises `NotArchivable`; no file is left then."""
    with pikepdf.open(_merged(bound), access_mode=AccessMode.stream) as pdf:
        binding = _Binding(pdf, bound)
        binding.sheet(COVER, bound.sheets.cover)
        binding.papers(Section.COVER)
        for number, marks in enumerate(bound.sheets.contents):
            binding.sheet(CONTENTS, marks, marked=not number)
        binding.papers(Section.CONTENTS)
        binding.papers(Section.PAPERS)
        binding.papers(Section.NOTE)
        binding.sheet(NOTE, bound.sheets.note)
        binding.finish()
        save_checked(pdf, path, day)
        return tuple(binding.record)


def write_sheets(title: str, author: str, sheets: Iterable[Sequence[Mark]], path: Path, day: date) -> None:
    """Sheets alone as PDF/A-2b. Raises `NotArchivable`."""
    with Pdf.new() as pdf:
        faces: dict[str, Face] = {}
        for marks in sheets:
            add_sheet(pdf, len(pdf.pages), marks, faces)
        _put_fonts(pdf, {f"/F{name}": face.embedded(pdf) for name, face in _used(faces).items()})
        _describe(pdf, title, author, "")
        save_checked(pdf, path, day)


@dataclass
class _Binding:
    """A volume while it is put together: the PDF so far, its fonts, its bookmarks, the record of its pages."""

    pdf: Pdf
    bound: Bound
    faces: dict[str, Face] = field(default_factory=dict)
    layer: TextLayer = field(default_factory=TextLayer)
    bookmarks: list[tuple[str, int]] = field(default_factory=list)
    record: list[ArchivedPage] = field(default_factory=list)

    def sheet(self, title: str, marks: Sequence[Mark], *, marked: bool = True) -> None:
        if marked:
            self.bookmarks.append((title, len(self.record)))
        add_sheet(self.pdf, len(self.record), marks, self.faces)
        self.record.append(ArchivedPage(page=len(self.record) + 1, number=None, paper=title))

    def papers(self, section: Section) -> None:
        for paper in self.bound.volume.papers:
            if paper.section is section:
                numbers = span(paper.numbers)
                behind = f"（第{numbers}页）" if numbers else "" if section is Section.PAPERS else "（原件）"
                self.bookmarks.append((paper.title + behind, len(self.record)))
                for page in paper.pages:
                    self._page(paper, page)

    def _page(self, paper: ArrangedPaper, arranged: ArrangedPage) -> None:
        page, ready = self.bound.pages[arranged.scan_page], self.bound.ready[arranged.scan_page]
        self._write_on(self.pdf.pages[len(self.record)], page, ready, arranged.number)
        self.record.append(
            ArchivedPage(
                page=len(self.record) + 1,
                number=arranged.number,
                paper=paper.title,
                scan_page=page.number,
                part=page.part,
                part_page=page.part_page,
                treatment=ready.treatment,
            )
        )

    def _write_on(self, page: pikepdf.Page, read: Page, ready: Ready, number: int | None) -> None:
        """Text that the picture lacks, the invisible text of what it shows, and the page number."""
        width, height = ready.size
        printed = {(line.text, line.box) for line in ready.printed}
        invisible = [line for line in read.reading.lines if (line.text, line.box) not in printed]
        written = self._excuse(read, ready) + printed_text(ready.printed, width, height, self.faces)
        written += self.layer.drawn(invisible, width, height)
        written += stamp(number, width, height, self.faces) if number is not None else ""
        if written:
            own = page.obj.get("/Contents")
            page.obj.Contents = Array([own, self.pdf.make_stream(written.encode("ascii"))])

    def _excuse(self, page: Page, ready: Ready) -> str:
        """What is printed where a page cannot be opened."""
        if ready.treatment is not Treatment.ABSENT:
            return ""
        reason = INPUT_MESSAGES.get(ready.reason, INPUT_MESSAGES["corrupt"]).split("。")[0] + "。"
        return ink(absent_sheet(page.part, page.part_page, page.number, reason), self.faces)

    def finish(self) -> None:
        fonts = {f"/F{name}": face.embedded(self.pdf) for name, face in _used(self.faces).items()}
        if self.layer.used:
            fonts[FONT] = self.layer.embedded(self.pdf)
        _put_fonts(self.pdf, fonts)
        with self.pdf.open_outline() as outline:
            outline.root.extend(OutlineItem(title, place) for title, place in self.bookmarks)
        self.pdf.Root.PageMode = Name.UseOutlines
        self.pdf.Root.PageLabels = Dictionary(Nums=Array(_labels(self.record)))
        scan = [page.scan_page for page in self.record if page.scan_page is not None]
        order = "，".join(_runs(scan))
        _describe(self.pdf, self.bound.title, self.bound.author, f"原扫描件页次（按本卷次序）：{order}")


def _merged(bound: Bound) -> Path:
    """The volume's pages in their order, in one file: qpdf takes them from the gatherings without holding them."""
    pages = [bound.ready[page.scan_page] for page in bound.volume.pages]
    target = pages[0].file.parent / "merged.pdf"
    runs = ((str(file), [page.index + 1 for page in run]) for file, run in groupby(pages, key=lambda page: page.file))
    selected = [word for file, numbers in runs for word in (file, ",".join(map(str, numbers)))]
    pikepdf.Job(["qpdf", "--empty", "--deterministic-id", "--pages", *selected, "--", str(target)]).run()
    return target


def _used(faces: Mapping[str, Face]) -> dict[str, Face]:
    return {name: face for name, face in sorted(faces.items()) if face.used}


def _put_fonts(pdf: Pdf, fonts: Mapping[str, pikepdf.Object]) -> None:
    """One dictionary of fonts that all pages share."""
    shared = pdf.make_indirect(Dictionary(dict(fonts)))
    for page in pdf.pages:
        page.obj.Resources.Font = shared


def _labels(record: Sequence[ArchivedPage]) -> list[pikepdf.Object | int]:
    """Viewers name a page by the number that is stamped on it, the others by what they are."""
    entries: list[pikepdf.Object | int] = []
    expected: int | None = None
    for index, page in enumerate(record):
        if page.number is None:
            entries += [index, Dictionary(P=String(page.paper))]
            expected = None
        else:
            if page.number != expected:
                entries += [index, Dictionary(S=Name.D, St=page.number)]
            expected = page.number + 1
    return entries


def _describe(pdf: Pdf, title: str, author: str, description: str) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:creator"] = [author]
        metadata["dc:language"] = {"zh-CN"}
        if description:
            metadata["dc:description"] = description
    pdf.Root.Lang = String("zh-CN")


def _runs(pages: Sequence[int]) -> list[str]:
    """Page numbers as they follow each other: `1-5`, `9`, `6-8`."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] + 1 == page:
            runs[-1].append(page)
        else:
            runs.append([page])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
