"""What is printed on the pages of the scan: page numbers (页号), and the text of documents that have no picture."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.archiving.embedding import ASCENT, DESCENT, FULL
from pipeline.archiving.faces import SERIF, Face, printable, width
from schemas.reading import Line

_SIZE = 14.0
_MARGIN = 34.0
"""Points from the right and the upper edge, on a page as wide as A4: 12 mm."""
_A4_WIDE = 595.0
_HALO = 3.0
TYPESET_NOTE = "（本页依据电子文档的文字排印，版式以原件为准）"


def stamp(number: int, wide: float, high: float, faces: dict[str, Face]) -> str:
    """The page number, upper right, with a white edge so that it can be read on whatever the scan shows there."""
    scale = min(1.0, wide / _A4_WIDE)
    size, margin = max(6.0, _SIZE * scale), _MARGIN * scale
    text = str(number)
    x, y = wide - margin - width(SERIF, text, size), high - margin
    shown = f"/F{SERIF} {size:.2f} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm {_face(faces).encoded(text)} Tj"
    return f"q 1 G 0 g 1 j {_HALO * scale:.2f} w BT 1 Tr {shown} 0 Tr {shown} ET Q\n"


def printed_text(lines: Sequence[Line], wide: float, high: float, faces: dict[str, Face]) -> str:
    """The lines in their places, as large as their boxes allow; nothing where there are none."""
    if not lines:
        return ""
    shown = "".join(_line(line, wide, high, faces) for line in lines)
    note = width(SERIF, TYPESET_NOTE, 8)
    foot = f"/F{SERIF} 8 Tf 100 Tz 1 0 0 1 {(wide - note) / 2:.2f} 20 Tm {_face(faces).encoded(TYPESET_NOTE)} Tj\n"
    return f"q 0 g BT 0 Tr\n{shown}{foot}ET Q\n"


def _line(line: Line, wide: float, high: float, faces: dict[str, Face]) -> str:
    text = printable(line.text).strip()
    left, top, right, bottom = line.box
    size = (bottom - top) * high * FULL / (ASCENT - DESCENT)
    if not text or size < 1:
        return ""
    natural = width(SERIF, text, size)
    # A box that is narrower than its text squeezes it; a wider one does not stretch it.
    squeezed = min(100.0, 100 * (right - left) * wide / natural) if natural else 100.0
    y = (1 - bottom) * high - DESCENT / FULL * size
    place = f"{max(20.0, squeezed):.1f} Tz 1 0 0 1 {left * wide:.2f} {y:.2f} Tm"
    return f"/F{SERIF} {size:.2f} Tf {place} {_face(faces).encoded(text)} Tj\n"


def _face(faces: dict[str, Face]) -> Face:
    return faces.setdefault(SERIF, Face(SERIF))
