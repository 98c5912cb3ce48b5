"""The text layer of a PDF page: letters with boxes on the page as it is shown, turned upright if they lie sideways."""

# ruff: noqa: PLR2004 - grey levels, millimetres and shares are said where they are used

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import degrees

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from pipeline.reading.layer import Glyph, is_trustworthy, lines_of
from schemas.base import Box
from schemas.reading import Line

LETTERS = 30_000


@dataclass(frozen=True)
class PageText:
    """Lines of the layer on the upright page, and the degrees clockwise by which it had to be turned."""

    lines: tuple[Line, ...]
    turn: int


def to_fractions(page: pdfium.PdfPage, bounds: tuple[float, float, float, float], turn: int = 0) -> Box:
    """Left, bottom, right, top in points of the page's own space as a box of the page as shown, then turned."""
    left, bottom, right, top = page.get_bbox()
    width, height = max(right - left, 1e-6), max(top - bottom, 1e-6)
    xs = sorted(((bounds[0] - left) / width, (bounds[2] - left) / width))
    ys = sorted(((top - bounds[3]) / height, (top - bounds[1]) / height))
    x0, y0, x1, y1 = xs[0], ys[0], xs[1], ys[1]
    for _ in range((page.get_rotation() + turn) // 90 % 4):
        x0, y0, x1, y1 = 1 - y1, x0, 1 - y0, x1
    return tuple(min(1.0, max(0.0, edge)) for edge in (x0, y0, x1, y1))


def page_text(page: pdfium.PdfPage) -> PageText | None:
    """The visible text of the page, or None where there is none or it cannot be trusted."""
    textpage = page.get_textpage()
    letters = [
        index
        for index in range(min(textpage.count_chars(), LETTERS))
        if _is_visible(textpage, index) and not _is_slanted(textpage, index)
    ]
    if not is_trustworthy("".join(_letter(textpage, index) for index in letters)):
        return None
    turn = _turn(textpage, letters, page.get_rotation())
    glyphs = [
        Glyph(_letter(textpage, index), to_fractions(page, textpage.get_charbox(index, loose=True), turn))
        for index in letters
    ]
    width, height = page.get_size()
    aspect = width / height if turn % 180 == 0 else height / width
    lines = lines_of([glyph for glyph in glyphs if _inside(glyph.box)], aspect)
    return PageText(lines, turn) if lines else None


def _inside(box: Box) -> bool:
    return box[2] > box[0] and box[3] > box[1]


def _letter(textpage: pdfium.PdfTextPage, index: int) -> str:
    code = pdfium_c.FPDFText_GetUnicode(textpage, index)
    if pdfium_c.FPDFText_HasUnicodeMapError(textpage, index) == 1 or 0xD800 <= code < 0xE000:
        return "\ufffd"
    return chr(code) if 0 < code < 0x110000 else "\ufffd"


def _is_visible(textpage: pdfium.PdfTextPage, index: int) -> bool:
    """Real, printed, and not a space; pdfium makes up spaces and line ends of its own."""
    if pdfium_c.FPDFText_IsGenerated(textpage, index) == 1 or _letter(textpage, index).isspace():
        return False
    item = pdfium_c.FPDFText_GetTextObject(textpage, index)
    return not item or pdfium_c.FPDFTextObj_GetTextRenderMode(item) != pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE


def _is_slanted(textpage: pdfium.PdfTextPage, index: int) -> bool:
    """Across the page, as a watermark is: its letters would mix with those of the lines that it crosses."""
    angle = degrees(pdfium_c.FPDFText_GetCharAngle(textpage, index)) % 90
    return SLANTED <= angle <= 90 - SLANTED


SLANTED = 10.0
"""Degrees; text that follows a scan's skew leans by 5 at most."""


def _turn(textpage: pdfium.PdfTextPage, letters: list[int], rotation: int) -> int:
    """Degrees clockwise that bring most letters upright on the page as shown."""
    sample = letters[:: max(1, len(letters) // 200)]
    # Angles run clockwise in the page's own space (measured; the header does not say).
    angles = Counter(
        round(degrees(pdfium_c.FPDFText_GetCharAngle(textpage, index)) / 90) * 90 % 360 for index in sample
    )
    return -(angles.most_common(1)[0][0] + rotation) % 360 if angles else 0
