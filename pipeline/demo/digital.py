"""Papers that never were on paper: PDF pages with a text layer and a coloured seal, as organs serve them nowadays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import numpy as np
from fpdf import FPDF
from PIL import Image

from pipeline.demo.drawing import COLOURS
from pipeline.demo.faces import PATHS
from pipeline.demo.ink import Print, Stamp, Stroke
from pipeline.demo.press import Sheet
from pipeline.demo.stamps import seal

MILLIMETRE = 25.4 / 200
"""Of one pixel at 200 dpi."""
POINT = 72 / 200
ASCENT = 0.88
"""Of the type size, from the top of the characters to the baseline."""
MADE = datetime(2024, 1, 1, tzinfo=UTC)


def digital_pdf(sheets: Iterable[Sheet]) -> bytes:
    """`sheets` as a born-digital PDF; what was written by hand is left out, as nobody signs a file with a pen."""
    document = FPDF(format="A4")
    document.set_auto_page_break(False)
    document.set_creation_date(MADE)
    for face, path in PATHS.items():
        document.add_font(face, fname=str(path))
    for sheet in sheets:
        document.add_page()
        for operation in sheet.operations:
            _put(document, operation)
    return bytes(document.output())


def _put(document: FPDF, operation: object) -> None:
    match operation:
        case Print():
            document.set_font(operation.face, size=operation.size * POINT)
            document.set_text_color(*COLOURS[operation.colour])
            document.set_char_spacing(operation.spacing * POINT)
            document.text(
                operation.x * MILLIMETRE, (operation.y + operation.size * ASCENT) * MILLIMETRE, operation.text
            )
        case Stroke():
            document.set_draw_color(*COLOURS[operation.colour])
            document.set_line_width(operation.width * MILLIMETRE)
            ends = (operation.x0, operation.y0, operation.x1, operation.y1)
            document.line(*(each * MILLIMETRE for each in ends))
        case Stamp():
            side = operation.diameter * MILLIMETRE
            corner = (
                (operation.x - operation.diameter / 2) * MILLIMETRE,
                (operation.y - operation.diameter / 2) * MILLIMETRE,
            )
            document.image(_picture(operation), *corner, side, side)


def _picture(stamp: Stamp) -> Image.Image:
    ink = seal(stamp.ring, stamp.bottom, stamp.star, stamp.diameter, stamp.seed)
    picture = np.zeros((*ink.shape, 4), np.uint8)
    picture[:, :, :3] = COLOURS["seal"]
    picture[:, :, 3] = (ink * 255).astype(np.uint8)
    return Image.fromarray(picture)
