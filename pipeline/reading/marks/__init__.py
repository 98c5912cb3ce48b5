"""Marks (印记): seals, signatures, ticked boxes and codes of one upright page, by image analysis alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.codes import find_codes
from pipeline.reading.marks.model import Marks
from pipeline.reading.marks.overlooked import StripReader, find_overlooked
from pipeline.reading.marks.page_foot import find_foot
from pipeline.reading.marks.pen_at import PenEye
from pipeline.reading.marks.planes import Sheet
from pipeline.reading.marks.ring_text import unwrap_ring, with_words
from pipeline.reading.marks.seals import find_seals as find_seals_on
from pipeline.reading.marks.signatures import find_signature_places
from pipeline.reading.marks.tick_boxes import find_tick_boxes
from schemas.base import State
from schemas.reading import Line, Seal

__all__ = [
    "Marks",
    "Sheet",
    "StripReader",
    "find_marks",
    "find_marks_on",
    "find_seals",
    "find_seals_on",
    "unwrap_ring",
    "with_words",
]


def find_seals(image: NDArray[np.uint8], dpi: float) -> tuple[Seal, ...]:
    """All seals of an upright page (BGR or grey), best first. Boxes are page fractions."""
    return find_seals_on(Sheet(image, dpi))


def find_marks(
    image: NDArray[np.uint8],
    dpi: float,
    lines: Sequence[Line],
    seals: Sequence[Seal],
    read_strip: StripReader | None = None,
) -> Marks:
    """All marks of an upright page (BGR or grey), given its lines and its seals. Boxes are page fractions."""
    return find_marks_on(Sheet(image, dpi), lines, seals, read_strip)


def find_marks_on(
    sheet: Sheet, lines: Sequence[Line], seals: Sequence[Seal], read_strip: StripReader | None = None
) -> Marks:
    """The same on a page whose smaller pictures are kept from the search for its seals."""
    image, dpi = sheet.image, sheet.dpi
    if read_strip is not None:
        lines = (*lines, *find_overlooked(sheet, lines, seals, read_strip))
    eye = PenEye(sheet.plain, lines)
    return Marks(
        seals=tuple(_with_text(image, dpi, seal, read_strip) for seal in seals),
        signature_places=find_signature_places(sheet.plain, dpi, lines, seals, eye),
        tick_boxes=find_tick_boxes(sheet, lines, read_strip),
        codes=find_codes(sheet),
        foot=find_foot(sheet.plain, dpi, lines, seals, eye),
    )


def _with_text(image: NDArray[np.uint8], dpi: float, seal: Seal, read_strip: StripReader | None) -> Seal:
    if read_strip is None or seal.text or seal.state is State.MISSING:
        return seal
    return with_words(image, dpi, seal, read_strip)
