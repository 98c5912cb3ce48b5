"""Opens one part far enough to know its pages. Runs only in the guarded process of `guarding`.

A PDF that Adobe would repair silently is repaired here too, and marked as damaged where something may be lost.
"""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
from pathlib import Path

import ofdkit  # type: ignore[import-untyped]
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageFile

from pipeline.errors import InputError
from pipeline.intake.completeness import looks_complete
from pipeline.intake.guarding import Probe, Task
from pipeline.intake.sniffing import broken_zip_is_corrupt
from schemas.submission import PartFormat

DRAFT = 8
"""JPEGs are decoded at an eighth of their size: enough to see that they decode, six times faster."""
ENCRYPTED_OFD = re.compile(r"(^|/)(Encryptions|Decryptseed)\.(xml|dat)$")
XML_LIMIT = 256 << 20
IMAGE_ERRORS = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error)
"""What Pillow's plug-ins raise on broken files."""


def probe(task: Task) -> Probe:
    """Opens the part and counts its pages. Raises InputError."""
    if task.format is PartFormat.PDF:
        found = _probe_pdf(task.path, task.repaired)
    elif task.format is PartFormat.IMAGE:
        found = _probe_image(task.path, task.page_limit, task.page_pixels)
    elif task.format is PartFormat.OFD:
        found = _probe_ofd(task.path)
    else:
        found = _probe_docx(task.path)
    if found.pages == 0:
        raise InputError("no_pages")
    if found.pages > task.page_limit:
        raise InputError("too_large", f"{found.pages} pages")
    return found


def _probe_pdf(path: Path, repaired: Path) -> Probe:
    """Two readers look: qpdf walks every page, pdfium must open as many, because pdfium will draw them."""
    truncated = not looks_complete(path)
    drawable = _pdfium_pages(path)
    try:
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
            damaged = truncated or pages < _promised_pages(pdf)
            if pages == drawable or not pages:
                return Probe(pages=pages or drawable, damaged=damaged)
            pdf.save(repaired)
    except pikepdf.PasswordError as error:
        raise InputError("encrypted", "pdf") from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, KeyError) as error:
        if drawable:
            return Probe(pages=drawable, damaged=True)
        raise InputError("corrupt", f"pdf: {type(error).__name__}") from error
    if _pdfium_pages(repaired) == pages:
        return Probe(pages=pages, damaged=damaged, repaired=True)
    if drawable:
        return Probe(pages=drawable, damaged=True)
    raise InputError("corrupt", "pdf: no reader draws it")


def _pdfium_pages(path: Path) -> int:
    """Pages that pdfium finds; 0 where it cannot open the file or wants a password."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0


def _promised_pages(pdf: pikepdf.Pdf) -> int:
    """How many pages the page tree says it has; qpdf may have found fewer in a damaged file."""
    count = pdf.Root.Pages.get("/Count", 0)
    return int(count) if isinstance(count, int) else 0


def _probe_image(path: Path, page_limit: int, page_pixels: int) -> Probe:
    """Frames of an image. Too many pixels are no error here: reading refuses that page, not the whole file."""
    Image.MAX_IMAGE_PIXELS = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(path) as image:
                frames = min(int(getattr(image, "n_frames", 1)), page_limit + 1)
                if image.width * image.height > page_pixels:
                    return Probe(pages=frames, oversize=True)
            whole = _decodes(path)
            if not whole:
                _demand_a_part(path)
        except IMAGE_ERRORS as error:
            raise InputError("corrupt", f"image: {type(error).__name__}") from error
    return Probe(pages=frames, damaged=not (whole and looks_complete(path)))


def _decodes(path: Path) -> bool:
    """Whether the first frame decodes to its end."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(path) as image:
            image.draft("L", (image.width // DRAFT, image.height // DRAFT))
            image.load()
    except IMAGE_ERRORS:
        return False
    return True


def _demand_a_part(path: Path) -> None:
    """Raises what the decoder raises, or ValueError, if less than a tenth of the picture can be had.

    A decoder fills what it lacks with one grey. A page of which next to nothing arrived must not pass for a blank one.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        with Image.open(path) as image:
            image.draft("L", (image.width // DRAFT, image.height // DRAFT))
            grey = image.convert("L")
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    low, high = grey.crop((0, grey.height // 10, grey.width, grey.height)).getextrema()
    if low == high:
        raise ValueError("nothing was decoded")


def _probe_ofd(path: Path) -> Probe:
    try:
        with broken_zip_is_corrupt():
            with zipfile.ZipFile(path) as archive:
                if any(ENCRYPTED_OFD.search(name) for name in archive.namelist()):
                    raise InputError("encrypted", "ofd")
            with ofdkit.open(path) as document:
                return Probe(pages=max(1, len(document.pages)))
    except ofdkit.OFDLimitError as error:
        raise InputError("too_large", "ofd") from error
    except ofdkit.OFDError as error:
        raise InputError("corrupt", f"ofd: {type(error).__name__}") from error


def _probe_docx(path: Path) -> Probe:
    """Every XML part is unpacked once, so that a broken or swollen one is known before anyone parses it."""
    left = XML_LIMIT
    try:
        with broken_zip_is_corrupt(), zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if info.filename.endswith((".xml", ".rels")):
                    left -= info.file_size
                    if left < 0:
                        raise InputError("unsafe_archive", "docx: xml size")
                    archive.read(info)
    except RuntimeError as error:
        raise InputError("encrypted", "docx") from error
    return Probe(pages=1)
