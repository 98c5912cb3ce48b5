"""Type faces (字体) of what is printed: a face collects the characters that are used and embeds those alone.

The faces that come with the program have cubic outlines, which the check of PDF/A does not look into; each glyph that is
used is therefore turned into TrueType outlines. A character that no face has is drawn as a frame with its number in
Unicode, so that a rare name is never a blank: it can be seen, searched and copied.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pikepdf import Object, Pdf
from pylopdf_fonts_zh_cn import serif_path

from pipeline.archiving.embedding import ASCENT, DESCENT, FULL, Font, embed
from pipeline.archiving.truetype import Outline, outline, program

SERIF = "Song"
"""宋体. Headings are the same face, thickened: a second face would take as long to load as ten pages to write."""
_TOLERANCE = 1.0
"""Greatest distance between the old outline and the new, in thousandths of the size."""


@dataclass
class Face:
    """A face in one PDF. Codes are given in the order of first use, so that the same pages give the same bytes."""

    name: str
    _codes: dict[str, int] = field(default_factory=dict)

    def encoded(self, text: str) -> str:
        """The text as the operand of a show-text operator."""
        codes = [self._codes.setdefault(character, len(self._codes) + 1) for character in printable(text)]
        return f"<{''.join(f'{code:04X}' for code in codes)}>"

    @property
    def used(self) -> bool:
        return bool(self._codes)

    def embedded(self, pdf: Pdf) -> Object:
        characters = list(self._codes)
        widths = [advance(self.name, character) for character in characters]
        outlines = [Outline(), *(_outline(self.name, character) for character in characters)]
        return embed(
            pdf,
            Font(
                name=f"JZ{self.name}",
                program=program(outlines, [FULL, *widths], ASCENT, DESCENT),
                widths=widths,
                texts={code: character for character, code in self._codes.items()},
            ),
        )


def printable(text: str) -> str:
    """The text without control characters, lone surrogates and what Unicode does not assign; spaces stay, others become one."""
    return "".join(map(_printable, text))


@cache
def _printable(character: str) -> str:
    if character.isspace():
        return character if character == "\u3000" else " "
    return "" if unicodedata.category(character) in {"Cc", "Cs", "Cn", "Co"} else character


def width(name: str, text: str, size: float) -> float:
    """Width of the text in points."""
    return sum(advance(name, character) for character in printable(text)) * size / FULL


@cache
def advance(name: str, character: str) -> int:
    """Width of a character in thousandths of its size."""
    font = _loaded(name)
    glyph = font.characters.get(ord(character))
    return round(font.glyphs[glyph].width) if glyph is not None else FULL


@dataclass(frozen=True)
class _Loaded:
    characters: Mapping[int, str]
    glyphs: Any


@cache
def _loaded(name: str) -> _Loaded:
    paths: dict[str, Path] = {SERIF: serif_path()}
    font = TTFont(paths[name], lazy=True)
    return _Loaded(font.getBestCmap(), font.getGlyphSet())


@cache
def _outline(name: str, character: str) -> Outline:
    font = _loaded(name)
    pen = TTGlyphPen(None)
    quadratic = Cu2QuPen(pen, _TOLERANCE, reverse_direction=True)
    glyph = font.characters.get(ord(character))
    if glyph is not None:
        font.glyphs[glyph].draw(quadratic)
    elif not character.isspace():
        _draw_number(pen, quadratic, font, f"{ord(character):06X}")
    return outline(pen)


def _draw_number(pen: TTGlyphPen, quadratic: Cu2QuPen, font: _Loaded, number: str) -> None:
    """A frame with the character's number in two rows of three."""
    _box(pen, 60, -100, 940, 860)
    _box(pen, 930, -90, 70, 850)
    for position, digit in enumerate(number):
        left, bottom = 130 + 250 * (position % 3), 430 - 430 * (position // 3)
        font.glyphs[font.characters[ord(digit)]].draw(TransformPen(quadratic, (0.45, 0, 0, 0.45, left, bottom)))


def _box(pen: TTGlyphPen, left: int, bottom: int, right: int, top: int) -> None:
    """A rectangle; with left and right exchanged it is a hole."""
    pen.moveTo((left, bottom))
    for point in ((left, top), (right, top), (right, bottom)):
        pen.lineTo(point)
    pen.closePath()
