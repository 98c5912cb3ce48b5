"""Pages drawn as pictures: what is no plain scan, and scans whose image data PDF/A does not allow.

pypdfium2 is not thread-safe: archive copies are made one at a time, by one thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
from numpy.typing import NDArray

from pipeline.errors import InputError

DPI = 300.0
"""DA/T 31: small print is scanned at 300 dpi at least."""
SCAN_DPI = (150.0, 600.0)
"""A scan is drawn at its own resolution, within these bounds."""
_PIXELS = 40_000_000


@contextmanager
def opened_document(path: Path) -> Iterator[pdfium.PdfDocument]:
    """Raises `InputError("corrupt")`."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise InputError("corrupt", str(error)) from error
    try:
        document.init_forms()
        yield document
    finally:
        document.close()


def drawn_size(document: pdfium.PdfDocument, index: int) -> tuple[float, float]:
    """Width and height in points of a page as it is shown. Raises `InputError("corrupt")`."""
    try:
        width, height = document[index].get_size()
    except (pdfium.PdfiumError, IndexError) as error:
        raise InputError("corrupt", str(error)) from error
    if not (width > 0 and height > 0):
        raise InputError("corrupt", "page without area")
    return float(width), float(height)


def drawn_page(document: pdfium.PdfDocument, index: int, turn: int, longest: float) -> NDArray[np.uint8]:
    """The page (blue-green-red or grey), turned clockwise by `turn`, its longer side `longest` pixels."""
    width, height = drawn_size(document, index)
    scale = min(longest / max(width, height), (_PIXELS / (width * height)) ** 0.5)
    try:
        page = document[index]
        bitmap = page.render(scale=scale, rotation=turn, prefer_bgrx=True)
    except (pdfium.PdfiumError, IndexError, ValueError, MemoryError) as error:
        raise InputError("corrupt", str(error)) from error
    pixels = np.array(bitmap.to_numpy())
    return pixels if pixels.ndim == 2 else pixels[:, :, :3]  # noqa: PLR2004 - a grey picture has no third side
