"""Every page of the scan made ready (制页): upright, at its real size, in image data that PDF/A allows.

Pages are gathered in small PDFs on disk, so that five hundred of them take no more memory than thirty. A page whose image
data does not pass is made once more from its pixels; one that cannot be opened becomes a sheet that says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]
from numpy.typing import NDArray
from pikepdf import AccessMode, Array, Dictionary, Name, Object, Pdf

from pipeline.archiving.checking import unfit_pages
from pipeline.archiving.geometry import (
    A4,
    POINTS,
    Matrix,
    by_orientation,
    operands,
    page_size,
    scaled,
    swaps_sides,
    times,
    turned,
)
from pipeline.archiving.pictures import from_file, of_pixels
from pipeline.archiving.rendering import DPI, SCAN_DPI, drawn_page, drawn_size, opened_document
from pipeline.archiving.scans import copied_image, scanned_images, shown_box, turn_of, unit_of
from pipeline.errors import INPUT_MESSAGES, InputError
from schemas.archive import Treatment
from schemas.reading import Line, PageKind, PageReading
from schemas.submission import Part, PartFormat
from schemas.volume import Page

GATHERED = 24
"""Pages in one PDF on disk."""
_SHEET = (70.0, 440.0)
"""Millimetres of the longer side of a page whose stated size can be true: an identity card to A3, as reading has it."""
_MILLIMETRES = 25.4


class Opened(Protocol):
    """A page of a Word or OFD document as reading opens it: its pictures on a sheet, and its own text."""

    @property
    def pixels(self) -> NDArray[np.uint8] | None: ...

    @property
    def layer(self) -> tuple[Line, ...] | None: ...


class Opener(Protocol):
    """Opens page `index` (from 0) of a Word or OFD document. Raises `InputError`."""

    def __call__(self, part: Part, index: int) -> Opened: ...


@dataclass(frozen=True)
class Ready:
    """A page made ready: where its picture is, and what is still to be printed on it."""

    file: Path
    index: int
    size: tuple[float, float]
    """Width and height in points, upright."""
    treatment: Treatment
    printed: tuple[Line, ...] = ()
    """Text that the picture lacks and the page must show: a Word document's own."""
    reason: str = ""
    """Why the page cannot be opened, for a sheet in its place."""


@dataclass(frozen=True)
class _Laid:
    """Images with their places on an upright page of `size` points."""

    images: Sequence[tuple[Object, Matrix]]
    size: tuple[float, float]
    treatment: Treatment
    printed: tuple[Line, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Scanned:
    """The pages of a closing file, and what they are taken from."""

    pages: Sequence[Page]
    parts: Mapping[str, Part]
    opener: Opener
    page_pixels: int


def ready_pages(scanned: Scanned, folder: Path, *, checked: bool) -> dict[int, Ready]:
    """Page number to page made ready, its picture in a file below `folder`.

    With `checked`, each page is looked at by itself, and one that is not for a PDF/A is made anew from its pixels.
    """
    folder.mkdir()
    ready: dict[int, Ready] = {}
    pages, parts = scanned.pages, scanned.parts
    for first in range(0, len(pages), GATHERED):
        file = folder / f"{first:06d}.pdf"
        with ExitStack() as stack:
            maker = _Maker(stack.enter_context(Pdf.new()), stack, scanned.opener, scanned.page_pixels)
            laid = [maker.laid(page, parts.get(page.part)) for page in pages[first : first + GATHERED]]
            for page in laid:
                maker.pdf.pages.append(_page(maker.pdf, page))
            for index in unfit_pages(maker.pdf) if checked else ():
                laid[index] = maker.laid_anew(pages[first + index], parts[pages[first + index].part])
                maker.pdf.pages[index] = _page(maker.pdf, laid[index])
            maker.pdf.save(file)
        for index, page in enumerate(laid):
            number = pages[first + index].number
            ready[number] = Ready(file, index, page.size, page.treatment, page.printed, page.reason)
    return ready


class _Maker:
    """Lays out the pages of one gathering; what it opens stays open until the gathering is written."""

    def __init__(self, pdf: Pdf, stack: ExitStack, opener: Opener, page_pixels: int) -> None:
        self.pdf = pdf
        self._stack = stack
        self._opener = opener
        self._page_pixels = page_pixels
        self._sources: dict[Path, Pdf | None] = {}
        self._documents: dict[Path, pdfium.PdfDocument] = {}

    def laid(self, page: Page, part: Part | None) -> _Laid:
        """The page by its first choice: the scan's own image data."""
        return self._made(page, part, anew=False)

    def laid_anew(self, page: Page, part: Part) -> _Laid:
        """The page from its pixels: the scan's own data is not for a PDF/A."""
        return self._made(page, part, anew=True)

    def _made(self, page: Page, part: Part | None, *, anew: bool) -> _Laid:
        reason = page.reading.reason
        if part is None or (page.reading.kind is PageKind.UNREADABLE and reason in _HOPELESS):
            return _absent(reason)
        try:
            if part.format is PartFormat.PDF:
                return self._of_pdf(page, part, anew=anew)
            if part.format is PartFormat.IMAGE:
                return self._of_image(page, part, anew=anew or part.damaged)
            return self._of_document(page, part)
        except InputError as error:
            return _absent(error.code)

    def _of_pdf(self, page: Page, part: Part, *, anew: bool) -> _Laid:
        index, reading = page.part_page - 1, page.reading
        source = None if anew else self._source(part.path)
        if source is not None and index < len(source.pages):
            laid = self._kept(source.pages[index], reading)
            if laid is not None:
                return laid
        document = self._document(part.path)
        width, height = drawn_size(document, index)
        if swaps_sides(reading.rotation):
            width, height = height, width
        size = _real_size(reading, width, height, max(width, height) / POINTS)
        inches = max(size) / POINTS
        scan = self._scan_pixels(part.path, index) if anew else 0
        longest = min(max(scan, SCAN_DPI[0] * inches), SCAN_DPI[1] * inches) if scan else DPI * inches
        image = of_pixels(self.pdf, drawn_page(document, index, reading.rotation, longest))
        return _Laid([(image, scaled(*size))], size, Treatment.CONVERTED if anew else Treatment.RENDERED)

    def _scan_pixels(self, path: Path, index: int) -> int:
        """Pixels along the longer side of a scan's largest image; 0 where the page is none."""
        source = self._source(path)
        images = scanned_images(source.pages[index], shown_box(source.pages[index])) if source is not None else None
        return max((max(int(image.Width), int(image.Height)) for image, _ in images or ()), default=0)

    def _kept(self, source: pikepdf.Page, reading: PageReading) -> _Laid | None:
        """The page's own images where they are all that it shows."""
        try:
            box, turn, unit = shown_box(source), (turn_of(source) + reading.rotation) % 360, unit_of(source)
        except (ValueError, TypeError):
            return None
        images = scanned_images(source, box)
        if images is None:
            return None
        width, height = box.width * unit, box.height * unit
        if swaps_sides(turn):
            width, height = height, width
        size = _real_size(reading, width, height, max(width, height) / POINTS)
        to_unit = (1 / box.width, 0.0, 0.0, 1 / box.height, -box.left / box.width, -box.bottom / box.height)
        upright = times(times(to_unit, turned(turn)), scaled(*size))
        placed = [(copied_image(self.pdf, image), times(matrix, upright)) for image, matrix in images]
        return _Laid(placed, size, Treatment.UNCHANGED)

    def _of_image(self, page: Page, part: Part, *, anew: bool) -> _Laid:
        shown = from_file(self.pdf, part.path, page.part_page - 1, self._page_pixels, keep=not anew)
        matrix = times(by_orientation(shown.orientation), turned(page.reading.rotation))
        lies = swaps_sides(page.reading.rotation) != (shown.orientation in _SIDEWAYS)
        width, height = (shown.height, shown.width) if lies else (shown.width, shown.height)
        stated = max(width, height) / shown.dpi if shown.dpi else None
        size = _real_size(page.reading, width, height, stated)
        return _Laid([(shown.image, times(matrix, scaled(*size)))], size, shown.treatment)

    def _of_document(self, page: Page, part: Part) -> _Laid:
        opened = self._opener(part, page.part_page - 1)
        if opened.pixels is None and opened.layer is None and page.reading.kind is not PageKind.BLANK:
            return _absent("unsupported")
        # A page with text of its own comes turned already.
        degrees = page.reading.rotation if opened.layer is None else 0
        size = A4
        images = []
        if opened.pixels is not None:
            pixels = np.ascontiguousarray(np.rot90(opened.pixels, -degrees // 90))
            size = _real_size(page.reading, pixels.shape[1], pixels.shape[0], None)
            images.append((of_pixels(self.pdf, pixels), scaled(*size)))
        treatment = Treatment.RENDERED if opened.layer is None else Treatment.TYPESET
        return _Laid(images, size, treatment, printed=opened.layer or ())

    def _source(self, path: Path) -> Pdf | None:
        """The PDF for its image data; None where qpdf cannot open it."""
        if path not in self._sources:
            try:
                self._sources[path] = self._stack.enter_context(pikepdf.open(path, access_mode=AccessMode.stream))
            except (pikepdf.PdfError, RuntimeError, OSError):
                self._sources[path] = None
        return self._sources[path]

    def _document(self, path: Path) -> pdfium.PdfDocument:
        if path not in self._documents:
            self._documents[path] = self._stack.enter_context(opened_document(path))
        return self._documents[path]


_SIDEWAYS = frozenset((5, 6, 7, 8))
_HOPELESS = frozenset(INPUT_MESSAGES) - {"timeout", "crashed", "too_large"}
"""Why a page cannot be opened at all. One that took too long or was too large to read can still be shown."""


def _absent(reason: str | None) -> _Laid:
    return _Laid((), A4, Treatment.ABSENT, reason=reason or "corrupt")


def _real_size(reading: PageReading, width: float, height: float, stated: float | None) -> tuple[float, float]:
    """The page's size in points: as the file states it (inches of the longer side) if that can be true, else as read."""
    longest = max(A4) / POINTS
    if stated is not None and _SHEET[0] <= stated * _MILLIMETRES <= _SHEET[1]:
        longest = stated
    elif reading.dpi and max(reading.width, reading.height):
        longest = max(reading.width, reading.height) / reading.dpi
    factor = longest * POINTS / max(width, height)
    return page_size(width * factor, height * factor)


def _page(pdf: Pdf, laid: _Laid) -> pikepdf.Page:
    """An upright page that shows the images and nothing else."""
    names = [f"/I{number}" for number in range(len(laid.images))]
    content = "".join(
        f"q {operands(matrix)} cm {name} Do Q\n" for name, (_, matrix) in zip(names, laid.images, strict=True)
    )
    images = {name: image for name, (image, _) in zip(names, laid.images, strict=True)}
    return pikepdf.Page(
        pdf.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, *(round(side, 3) for side in laid.size)]),
                Resources=Dictionary(XObject=Dictionary(images)),
                Contents=pdf.make_stream(content.encode("ascii")),
            )
        )
    )
