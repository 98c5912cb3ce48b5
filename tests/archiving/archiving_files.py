"""Closing files for the tests of archiving: parts on disk, their readings as if they had been read, their reports."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pikepdf import Dictionary, Name, Pdf
from PIL import Image, ImageDraw

from pipeline.archiving import Closed, Manner
from pipeline.errors import InputError
from schemas.base import Box, State
from schemas.draft import Draft, Office
from schemas.reading import Line, PageKind, PageReading, TextSource
from schemas.report import (
    AuditReport,
    ChecklistResult,
    DirectoryLine,
    ItemState,
    ReportCase,
    ReportDocument,
    ReportPage,
    ReportStandard,
    Source,
    Standing,
)
from schemas.submission import Part, PartFormat, Submission
from schemas.volume import CataloguedPage, FieldValue, Page, Volume

DAY = date(2026, 3, 5)
OFFICE = Office(name="虚构市法律援助处")
A4_PIXELS = (827, 1169)
"""A4 at 100 dpi."""


def picture(size: tuple[int, int] = A4_PIXELS, mode: str = "RGB") -> Image.Image:
    """A page that shows which way it lies: a red corner, a green side, a grey field."""
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    wide, high = size
    pen.rectangle((0, 0, wide // 4, high // 6), fill=(200, 30, 30))
    pen.rectangle((wide - wide // 10, high // 3, wide, high), fill=(20, 120, 40))
    pen.rectangle((wide // 3, high // 2, wide // 2, high - high // 10), fill=(90, 90, 90))
    return image.convert(mode)


def jpeg(image: Image.Image, **options: object) -> bytes:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=92, **options)  # type: ignore[arg-type]
    return stream.getvalue()


def image_stream(pdf: Pdf, image: Image.Image, **entries: object) -> pikepdf.Object:
    """A JPEG image in a PDF."""
    space = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}[image.mode]
    stream = pdf.make_stream(
        jpeg(image), Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
        BitsPerComponent=8, Filter=Name.DCTDecode, ColorSpace=space,
    )  # fmt: skip
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return stream


def add_page(
    pdf: Pdf,
    content: str,
    images: dict[str, pikepdf.Object],
    size: tuple[float, float] = (595.3, 841.9),
    **entries: object,
) -> Dictionary:
    """A page with that content; `entries` go into its dictionary, `Resources` beside the images."""
    page = pdf.add_blank_page(page_size=size)
    page.obj.Resources = Dictionary(XObject=Dictionary({f"/{name}": image for name, image in images.items()}))
    page.obj.Contents = pdf.make_stream(content.encode())
    for key, value in entries.items():
        page.obj[f"/{key}"] = value
    return page.obj


FULL_PAGE = "q 595.3 0 0 841.9 0 0 cm /A Do Q"


def scan_pdf(path: Path, pages: int = 1, **entries: object) -> Path:
    """A PDF of scanned pages, each one JPEG."""
    with Pdf.new() as pdf:
        for _ in range(pages):
            add_page(pdf, FULL_PAGE, {"A": image_stream(pdf, picture())}, **entries)
        pdf.save(path)
    return path


def reading(  # noqa: PLR0913 - a builder names what tests vary
    lines: Sequence[tuple[str, Box]] = (("虚构的一行文字", (0.2, 0.3, 0.6, 0.33)),),
    *,
    kind: PageKind = PageKind.CONTENT,
    rotation: int = 0,
    reason: str | None = None,
    size: tuple[int, int] = A4_PIXELS,
    source: TextSource = TextSource.OCR,
) -> PageReading:
    return PageReading(
        sha256="0" * 64,
        engine="none",
        kind=kind,
        text_source=source,
        rotation=rotation,
        width=size[0],
        height=size[1],
        dpi=100,
        lines=tuple(Line(text=text, box=box, score=0.95) for text, box in lines),
        reason=reason,
    )


_FORMATS = {".pdf": PartFormat.PDF, ".docx": PartFormat.DOCX, ".ofd": PartFormat.OFD}


def part_of(path: Path, name: str = "", pages: int = 1, **more: object) -> Part:
    return Part(
        name=name or path.name,
        path=path,
        format=_FORMATS.get(path.suffix.lower(), PartFormat.IMAGE),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        pages=pages,
        **more,  # type: ignore[arg-type]
    )


@dataclass(frozen=True)
class Paper:
    """A paper of an invented closing file: its type, title, first and last page."""

    type: str
    title: str
    first: int
    last: int
    state: State = State.FOUND
    fields: dict[str, FieldValue] = field(default_factory=dict)


def found(value: str) -> FieldValue:
    return FieldValue(value=value, state=State.FOUND, page=1, score=0.9)


def report_of(  # noqa: PLR0913 - a builder names what tests vary
    pages: Sequence[Page],
    papers: Sequence[Paper],
    *,
    order: Sequence[str] = (),
    directory: Sequence[tuple[str, str, tuple[str, ...]]] = (),
    source: Source,
    fields: dict[str, FieldValue] | None = None,
) -> AuditReport:
    """A report whose checklist names the types in `order`, or whose directory has lines (volume, title, types)."""
    owner = {page: index for index, paper in enumerate(papers) for page in range(paper.first, paper.last + 1)}

    def of(types: Sequence[str]) -> tuple[int, ...]:
        return tuple(index for index, paper in enumerate(papers) if paper.type in types)

    return AuditReport(
        source=source,
        status="audited",
        standard=ReportStandard(id="t", version="1", standing=Standing.RECONSTRUCTED, title="虚构标准"),
        case=ReportCase(kind=None, stage=None, origin=None, fields=fields or {}),
        pages=tuple(
            ReportPage(
                number=page.number,
                document=owner.get(page.number),
                kind=page.reading.kind.value,
                rotation=page.reading.rotation,
                text_source=page.reading.text_source.value,
                reason=page.reading.reason,
            )
            for page in pages
        ),
        documents=tuple(
            ReportDocument(
                type=paper.type, title=paper.title, first_page=paper.first, last_page=paper.last, state=paper.state,
                score=0.9, fields=paper.fields,
            )
            for paper in papers
        ),
        checklist=tuple(
            ChecklistResult(item=type_, title=type_, need="应当有", state=ItemState.COMPLETE, documents=of((type_,)))
            for type_ in order
        ),
        directory=tuple(
            DirectoryLine(number=number, title=title, volume=volume, documents=of(types))
            for number, (volume, title, types) in enumerate(directory, start=1)
        ),
    )  # fmt: skip


def closed_file(  # noqa: PLR0913 - a builder names what tests vary
    path: Path,
    parts: Sequence[Part],
    readings: Sequence[tuple[str, int, PageReading]],
    papers: Sequence[Paper] = (),
    *,
    drafts: tuple[Draft, ...] = (),
    order: Sequence[str] = (),
    directory: Sequence[tuple[str, str, tuple[str, ...]]] = (),
    fields: dict[str, FieldValue] | None = None,
) -> Closed:
    """The closing file at `path`: its parts, and each page's part, place in it (from 1) and reading."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "f" * 64
    pages = tuple(
        Page(number=number, part=part, part_page=place, reading=read)
        for number, (part, place, read) in enumerate(readings, start=1)
    )
    source = Source(name=path.name, sha256=sha256, pages=len(pages))
    report = report_of(pages, papers, order=order, directory=directory, source=source, fields=fields)
    volume = Volume(pages=tuple(CataloguedPage(page=page) for page in pages), documents=())
    submission = Submission(name=path.name, sha256=sha256, parts=tuple(parts))
    return Closed(report, volume, submission, path, drafts)


@dataclass(frozen=True)
class OpenedPage:
    """What reading opens of a Word page."""

    pixels: NDArray[np.uint8] | None = None
    layer: tuple[Line, ...] | None = None


def manner(opened: Callable[[Part, int], OpenedPage] | None = None, day: date = DAY) -> Manner:
    def nothing(part: Part, index: int) -> OpenedPage:
        raise InputError("unsupported", f"{part.name} {index}")

    return Manner(office=OFFICE, day=day, opener=opened or nothing, page_pixels=120_000_000)


def pixels_of(path: Path, index: int, width: int = 200) -> NDArray[np.int16]:
    """A page of a PDF as pdfium shows it, small."""
    with pdfium.PdfDocument(path) as document:
        page = document[index]
        shown = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    return np.asarray(shown, dtype=np.int16)
