"""A document's own text (文字层): letters to lines, and whether the text can be trusted at all."""

# ruff: noqa: PLR2004 - grey levels, millimetres and shares are said where they are used

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.base import Box
from schemas.reading import Line

BAD_SHARE = 0.05
"""Replacement characters, private-use glyphs, control characters: fonts without a usable map to Unicode."""
COMMON_SHARE = 0.6
"""Share of hanzi from the 3,755 common ones (GB/T 2312 level 1); running text has about 0.98, garbage about 0.2."""
HANZI_SHARE = 0.1
LATIN_SHARE = 0.15
ENOUGH = 30
"""Letters from which shares mean something."""


@dataclass(frozen=True)
class Glyph:
    """One letter, or a run of letters set together, with its box as fractions of the page."""

    text: str
    box: Box


def is_trustworthy(text: str) -> bool:
    """False where the layer is garbage: `(cid:12)`, private-use glyphs, mojibake, or no hanzi in a long text."""
    letters = [letter for letter in text if not letter.isspace()]
    if not letters or "(cid:" in text:
        return False
    if sum(map(_is_bad, letters)) > BAD_SHARE * len(letters):
        return False
    if sum("\u00a1" <= letter <= "\u00ff" for letter in letters) > LATIN_SHARE * len(letters):
        return False
    hanzi = [letter for letter in letters if "\u3400" <= letter <= "\u9fff"]
    if len(hanzi) >= ENOUGH and sum(map(_is_common, hanzi)) < COMMON_SHARE * len(hanzi):
        return False
    return len(letters) < ENOUGH or len(hanzi) >= HANZI_SHARE * len(letters)


def _is_bad(letter: str) -> bool:
    return letter == "\ufffd" or unicodedata.category(letter) in ("Co", "Cc", "Cn", "Cs")


def _is_common(hanzi: str) -> bool:
    try:
        return 0xB0 <= hanzi.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def lines_of(glyphs: Sequence[Glyph], aspect: float) -> tuple[Line, ...]:
    """Glyphs joined to lines in reading order. `aspect` is the page's width over its height.

    Glyphs on one level form a row; a row is cut where a gap is wider than two letters, as between the cells of a table.
    """
    lines = []
    for row in _rows(glyphs):
        piece: list[Glyph] = []
        for glyph in row:
            if piece and _gap(piece[-1], glyph, aspect) > 2.0:
                lines.append(_joined(piece, aspect))
                piece = []
            piece.append(glyph)
        lines.append(_joined(piece, aspect))
    return tuple(line for line in lines if line.text)


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    anchors: list[tuple[float, float]] = []
    for glyph in sorted(glyphs, key=lambda each: (each.box[1] + each.box[3], each.box[0])):
        middle, height = (glyph.box[1] + glyph.box[3]) / 2, glyph.box[3] - glyph.box[1]
        if rows and abs(middle - anchors[-1][0]) <= 0.5 * min(max(height, 1e-4), anchors[-1][1]):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            anchors.append((middle, max(height, 1e-4)))
    return [_without_doubles(sorted(row, key=lambda each: each.box[0])) for row in rows]


def _without_doubles(row: list[Glyph]) -> list[Glyph]:
    """Some programs print bold by setting each letter twice, a hair apart."""
    kept: list[Glyph] = []
    for glyph in row:
        if not kept or glyph.text != kept[-1].text or not _same_place(glyph.box, kept[-1].box):
            kept.append(glyph)
    return kept


def _same_place(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) < 0.3 * max(one[2] - one[0], 1e-4)


def _gap(left: Glyph, right: Glyph, aspect: float) -> float:
    """Blank between two glyphs, in letter heights."""
    height = max(left.box[3] - left.box[1], right.box[3] - right.box[1], 1e-4)
    return (right.box[0] - left.box[2]) * aspect / height


def _joined(piece: Sequence[Glyph], aspect: float) -> Line:
    text = ""
    for index, glyph in enumerate(piece):
        spaced = index and _gap(piece[index - 1], glyph, aspect) > 0.6
        text += (" " if spaced else "") + glyph.text
    box = (
        min(glyph.box[0] for glyph in piece),
        min(glyph.box[1] for glyph in piece),
        max(glyph.box[2] for glyph in piece),
        max(glyph.box[3] for glyph in piece),
    )
    return Line(text=" ".join(text.split()), box=box, score=1.0)
