"""From a part of a submission to page images, whatever its format."""

from __future__ import annotations

import hashlib

from pipeline.reading.ofd import count_ofd_pages, open_ofd_page
from pipeline.reading.page_image import PageImage
from pipeline.reading.pdf import open_pdf_page
from pipeline.reading.picture import open_picture
from pipeline.reading.word import count_word_pages, open_word_page
from schemas.submission import Part, PartFormat

_OPENERS = {
    PartFormat.PDF: open_pdf_page,
    PartFormat.IMAGE: open_picture,
    PartFormat.DOCX: open_word_page,
    PartFormat.OFD: open_ofd_page,
}


def open_page(part: Part, index: int, page_pixels: int) -> PageImage:
    """Page `index` (from 0) of the part. Raises `InputError` (`corrupt`, `encrypted`, `too_large`)."""
    return _OPENERS[part.format](part.path, index, part.sha256, page_pixels)


def count_pages(part: Part) -> int:
    """Pages of the part. Only DOCX and OFD need opening; their number is not known before."""
    if part.format is PartFormat.DOCX:
        return count_word_pages(part.path)
    if part.format is PartFormat.OFD:
        return count_ofd_pages(part.path)
    return part.pages


def knows_its_pages(part: Part) -> bool:
    """Whether the part's own count can be used without opening it."""
    return part.format in (PartFormat.PDF, PartFormat.IMAGE)


def place_key(part: Part, index: int) -> str:
    """The identity of a page by its place in its file: the same before and after opening it."""
    return hashlib.sha256(f"{part.sha256}:{index}".encode()).hexdigest()
