"""A font in a PDF/A: a TrueType font program by character codes, with the way back from codes to text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

ASCENT, DESCENT = 880, -120
"""Of a Chinese character, in thousandths of its size."""
FULL, HALF = 1000, 500
_BLOCK = 100
"""Mappings in one block of a character map; the format allows no more."""


@dataclass(frozen=True)
class Font:
    """A font program and how its codes are used. Code 0 is nothing; codes are dense from 1."""

    name: str
    program: bytes
    widths: Sequence[int]
    """Of the codes from 1, in thousandths."""
    texts: Mapping[int, str]
    """Code to character."""
    glyph_of: Sequence[int] | None = None
    """Glyph of each code from 0; None where the code is the glyph."""


def embed(pdf: Pdf, font: Font) -> Object:
    """The font as an object of `pdf`, ready for a page's resources; text is shown as two bytes a code."""
    base = Name(f"/{font.name}")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=base,
        Flags=4,
        FontBBox=Array([0, DESCENT, FULL, ASCENT]),
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=DESCENT,
        CapHeight=ASCENT,
        StemV=80,
        FontFile2=pdf.make_stream(font.program, Length1=len(font.program)),
    )
    to_glyph: Object | Name = Name.Identity
    if font.glyph_of is not None:
        to_glyph = pdf.make_stream(b"".join(glyph.to_bytes(2, "big") for glyph in font.glyph_of))
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=base,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=FULL,
        W=Array([1, Array(list(font.widths))]),
        CIDToGIDMap=to_glyph,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=base,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(_to_unicode(font.texts)),
        )
    )


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    rows = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in sorted(texts.items())]
    blocks = [rows[at : at + _BLOCK] for at in range(0, len(rows), _BLOCK)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
