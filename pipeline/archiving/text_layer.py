"""The text layer (文字层): what was read from a page, invisible over its picture, where it stands.

One font for the whole volume, of two empty glyphs: a full and a half width. Codes are given out as characters turn up,
so that those beyond the basic plane (𠮷, 𬱖) are found like any other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from pikepdf import Object, Pdf

from pipeline.archiving.embedding import ASCENT, DESCENT, FULL, HALF, Font, embed
from pipeline.archiving.faces import printable
from pipeline.archiving.truetype import Outline, outline, program
from schemas.reading import Line

FONT = "/T0"
_UPRIGHT_LETTERS = 2
_TALL = 1.5
"""A box that much taller than wide, with several letters in it, is a vertical line."""


@dataclass
class TextLayer:
    """The invisible font of one volume."""

    _codes: dict[str, int] = field(default_factory=dict)

    def drawn(self, lines: Iterable[Line], width: float, height: float) -> str:
        """The operators that put the lines of an upright page of that size (points) into its text layer."""
        shown = [operators for line in lines if (operators := self._line(line, width, height))]
        return f"q BT 3 Tr\n{''.join(shown)}ET Q\n" if shown else ""

    @property
    def used(self) -> bool:
        return bool(self._codes)

    def embedded(self, pdf: Pdf) -> Object:
        outlines = [Outline(), _empty(FULL), _empty(HALF)]
        return embed(
            pdf,
            Font(
                name="JZInvisible",
                program=program(outlines, [FULL, FULL, HALF], ASCENT, DESCENT),
                widths=[_advance(character) for character in self._codes],
                texts={code: character for character, code in self._codes.items()},
                glyph_of=[0, *(1 if _advance(character) == FULL else 2 for character in self._codes)],
            ),
        )

    def _line(self, line: Line, width: float, height: float) -> str:
        text = printable(line.text).strip()
        left, top, right, bottom = line.box
        wide, high = (right - left) * width, (bottom - top) * height
        if not text or min(wide, high) < 0.1:  # noqa: PLR2004 - a tenth of a point
            return ""
        codes = "".join(f"{self._codes.setdefault(character, len(self._codes) + 1):04X}" for character in text)
        if len(text) >= _UPRIGHT_LETTERS and high > _TALL * wide:
            size, length = wide, high
            # Downwards: the letters' feet are on the left.
            matrix = (0.0, -1.0, 1.0, 0.0, left * width - DESCENT / FULL * size, (1 - top) * height)
        else:
            size, length = high, wide
            matrix = (1.0, 0.0, 0.0, 1.0, left * width, (1 - bottom) * height - DESCENT / FULL * size)
        size *= FULL / (ASCENT - DESCENT)
        natural = sum(map(_advance, text)) * size / FULL
        place = " ".join(f"{value:.3f}" for value in matrix)
        return f"{FONT} {size:.3f} Tf {100 * length / natural:.2f} Tz {place} Tm <{codes}> Tj\n"


def _empty(width: int) -> Outline:
    """A glyph without ink that has the extent of a character: a line there and back, so that a hit can be marked."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, DESCENT))
    pen.lineTo((width, ASCENT))
    pen.closePath()
    return outline(pen)


@cache
def _advance(character: str) -> int:
    return FULL if unicodedata.east_asian_width(character) in {"W", "F", "A"} else HALF
