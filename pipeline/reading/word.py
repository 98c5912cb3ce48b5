"""Word documents (DOCX): their own text on pages made up for the purpose, and large pictures as pages of their own.

A DOCX has no pages until a program lays it out. Breaks that Word or the author left are kept; boxes tell order and
column, not millimetres.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
import numpy as np
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]
from PIL import Image

from pipeline.errors import InputError
from pipeline.reading.page_image import PageImage, Pixels, guessed_dpi, plausible_dpi, working_size
from pipeline.reading.picture import decoded, opened_picture, stated_dpi
from pipeline.reading.word_flow import PageBreak, Paragraph, Picture, Row, blocks
from schemas.reading import Line

LETTERS_A_LINE = 42
LINES_A_PAGE = 46
OVERFULL = 64
"""Rows between two breaks from which a text is more than one page in any layout: small print gets some 60 on A4."""
MARGIN = 0.1
PAGE = (210.0, 297.0)
BIG = 0.22
"""Share of the page from which a picture is a photocopy, a page of its own."""
CANVAS_DPI = 200


@dataclass
class _Sheet:
    """A page while it is being filled: text at (row, start, width), small pictures at (row, start), in millimetres."""

    rows: int = 0
    texts: list[tuple[int, float, float, str]] = field(default_factory=list)
    pictures: list[tuple[int, float, Picture]] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not self.texts and not self.pictures


def open_word(path: Path) -> Any:
    """The document. Raises `InputError("corrupt")`."""
    try:
        return docx.Document(str(path))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, XMLSyntaxError, OSError) as error:
        raise InputError("corrupt", type(error).__name__) from error


def count_word_pages(path: Path) -> int:
    """Pages that `open_word_page` will give; at least one."""
    return max(1, len(_pages(open_word(path))))


def open_word_page(path: Path, index: int, sha256: str, page_pixels: int) -> PageImage:
    """One page: its text as a layer, with the small pictures (seals, signatures) on an otherwise white sheet."""
    document = open_word(path)
    pages = _pages(document) or [_Sheet()]
    if not 0 <= index < len(pages):
        raise InputError("corrupt", f"no page {index + 1}")
    key = hashlib.sha256(f"{sha256}:{index}".encode()).hexdigest()
    page = pages[index]
    if isinstance(page, Picture):
        pixels, dpi = _big_picture(document, page, page_pixels)
        return PageImage(sha256=key, source=path.name, pixels=pixels, dpi=dpi)
    return PageImage(
        sha256=key,
        source=path.name,
        pixels=_canvas(document, page, page_pixels) if page.pictures else None,
        dpi=CANVAS_DPI if page.pictures else None,
        layer=_lines(page),
    )


def _pages(document: Any) -> list[_Sheet | Picture]:
    """The document's pages: sheets of text, and pictures that fill a page."""
    heads, feet = _repeated(document, "header"), _repeated(document, "footer")
    pages: list[_Sheet | Picture] = []
    sheet = _Sheet()
    for block in blocks(document.element.body):
        big: Sequence[Picture] = ()
        if isinstance(block, Paragraph):
            big = [picture for picture in block.pictures if _is_big(picture)]
            _fill(sheet, [[block]])
        elif isinstance(block, Row):
            big = [picture for cell in block.cells for each in cell for picture in each.pictures if _is_big(picture)]
            _fill(sheet, block.cells)
        if (isinstance(block, PageBreak) or big) and not sheet.empty:
            pages.extend(_cut(sheet))
            sheet = _Sheet()
        pages.extend(big)
    if not sheet.empty:
        pages.extend(_cut(sheet))
    return [_framed(page, heads, feet) if isinstance(page, _Sheet) else page for page in pages]


def _cut(sheet: _Sheet) -> Iterator[_Sheet]:
    """A long text as pages of the usual length, so that a finding's page number says roughly where it is."""
    if sheet.rows <= OVERFULL:
        yield sheet
        return
    for first in range(0, sheet.rows, LINES_A_PAGE):
        rows = range(first, min(first + LINES_A_PAGE, sheet.rows))
        texts = [(row - first, start, width, text) for row, start, width, text in sheet.texts if row in rows]
        pictures = [(row - first, start, picture) for row, start, picture in sheet.pictures if row in rows]
        if texts or pictures:
            yield _Sheet(len(rows), texts, pictures)


def _repeated(document: Any, part: str) -> list[Paragraph]:
    """Text of the first header or footer that has any; offices use one through the whole document."""
    for section in document.sections:
        found = [
            block
            for block in blocks(getattr(section, part)._element)  # noqa: SLF001 - python-docx has no other door
            if isinstance(block, Paragraph) and block.text.strip()
        ]
        if found:
            return found
    return []


def _framed(sheet: _Sheet, heads: Sequence[Paragraph], feet: Sequence[Paragraph]) -> _Sheet:
    framed = _Sheet()
    _fill(framed, [[paragraph] for paragraph in heads][:3])
    shift = framed.rows
    framed.texts += [(row + shift, start, width, text) for row, start, width, text in sheet.texts]
    framed.pictures += [(row + shift, start, picture) for row, start, picture in sheet.pictures]
    framed.rows += sheet.rows
    _fill(framed, [[paragraph] for paragraph in feet][:3])
    return framed


def _fill(sheet: _Sheet, cells: Sequence[Sequence[Paragraph]]) -> None:
    """Puts paragraphs that stand side by side on the sheet; the longest decides how many rows they take."""
    deepest = sheet.rows
    for cell in cells:
        row = sheet.rows
        for paragraph in cell:
            for text in _wrapped(paragraph):
                sheet.texts.append((row, paragraph.start, paragraph.width, text))
                row += 1
            small = [picture for picture in paragraph.pictures if not _is_big(picture)]
            after = min(0.8, len(paragraph.text.strip()) / LETTERS_A_LINE)
            line = row - 1 if paragraph.text.strip() else row
            sheet.pictures += [(line, paragraph.start + after * paragraph.width, picture) for picture in small]
            row += 1 if small and not paragraph.text.strip() else 0
        deepest = max(deepest, row)
    sheet.rows = deepest


def _wrapped(paragraph: Paragraph) -> Iterator[str]:
    """The paragraph as lines of the length that fits its width."""
    room = max(2, round(LETTERS_A_LINE * paragraph.width))
    for piece in paragraph.text.split("\n"):
        text = piece.strip()
        yield from (text[at : at + room] for at in range(0, len(text), room))


def _is_big(picture: Picture) -> bool:
    return picture.width * picture.height >= BIG * PAGE[0] * PAGE[1]


def _lines(sheet: _Sheet) -> tuple[Line, ...]:
    step = (1 - 2 * MARGIN) / max(LINES_A_PAGE, sheet.rows)
    lines = []
    for row, start, width, text in sorted(sheet.texts, key=lambda each: (each[0], each[1])):
        left = MARGIN + start * (1 - 2 * MARGIN)
        wide = min(width, len(text) / LETTERS_A_LINE) * (1 - 2 * MARGIN)
        top = MARGIN + row * step
        lines.append(Line(text=text, box=(left, top, min(1.0, left + wide), top + 0.8 * step), score=1.0))
    return tuple(lines)


def _embedded(document: Any, picture: Picture, page_pixels: int) -> tuple[Pixels, float | None]:
    """The pixels of an embedded picture and its stated resolution. Raises `InputError`."""
    part = document.part.related_parts.get(picture.relation)
    if part is None or not hasattr(part, "blob"):
        raise InputError("corrupt", "picture is missing")
    with opened_picture(io.BytesIO(part.blob), page_pixels) as image:
        return decoded(image), stated_dpi(image)


def _big_picture(document: Any, picture: Picture, page_pixels: int) -> tuple[Pixels, float | None]:
    pixels, _ = _embedded(document, picture, page_pixels)
    height, width = pixels.shape[:2]
    dpi = plausible_dpi(width / max(picture.width, 1.0) * 25.4, width, height) or guessed_dpi(width, height)
    return working_size(pixels, dpi)


def _canvas(document: Any, sheet: _Sheet, page_pixels: int) -> Pixels:
    """A white A4 sheet with the small pictures where their text stands."""
    scale = CANVAS_DPI / 25.4
    canvas = Image.new("RGB", (round(PAGE[0] * scale), round(PAGE[1] * scale)), "white")
    step = (1 - 2 * MARGIN) / max(LINES_A_PAGE, sheet.rows)
    for row, start, picture in sheet.pictures:
        try:
            pixels, _ = _embedded(document, picture, page_pixels)
        except InputError:
            continue  # a missing or exotic picture (EMF) takes nothing from the text
        wide, high = (max(1, round(side * scale)) for side in (picture.width or 30.0, picture.height or 30.0))
        pasted = Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1])).resize((wide, high))
        left = (MARGIN + start * (1 - 2 * MARGIN)) * canvas.width
        middle = (MARGIN + (row + 0.5) * step) * canvas.height
        canvas.paste(pasted, (round(left), round(middle - high / 2)))
    return np.ascontiguousarray(np.asarray(canvas, np.uint8)[:, :, ::-1])
