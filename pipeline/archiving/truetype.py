"""A bare TrueType program of given glyphs: the tables that a PDF needs, and nothing of the day on which it was made.

fontTools draws and compiles the glyphs; its own writer would recompile all of them for every document.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.ttLib import newTable  # type: ignore[import-untyped]

UNITS = 1000
"""Units an em."""
_EPOCH = 2_082_844_800
"""1970, counted from 1904 as the format has it."""
_MAGIC = 0x5F0F3CF5
_WHOLE = 0xB1B0AFBA


@dataclass(frozen=True)
class Outline:
    """A compiled glyph, its extent (left, bottom, right, top) and what it is made of."""

    data: bytes = b""
    box: tuple[int, int, int, int] = (0, 0, 0, 0)
    points: int = 0
    contours: int = 0


def outline(pen: TTGlyphPen) -> Outline:
    """What was drawn with the pen."""
    glyph = pen.glyph()
    if not glyph.numberOfContours:
        return Outline()
    table = newTable("glyf")
    glyph.recalcBounds(table)
    data = glyph.compile(table, recalcBBoxes=False)
    box = (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
    return Outline(data, box, len(glyph.coordinates), glyph.numberOfContours)


def program(outlines: Sequence[Outline], widths: Sequence[int], ascent: int, descent: int) -> bytes:
    """The font program; glyph 0 is the first outline. The same outlines give the same bytes."""
    drawn = [each for each in outlines if each.data] or [Outline()]
    box = tuple(pick(each.box[side] for each in drawn) for side, pick in enumerate((min, min, max, max)))
    padded = [each.data + b"\0" * (-len(each.data) % 4) for each in outlines]
    places = [0]
    for data in padded:
        places.append(places[-1] + len(data))
    tables = {
        b"glyf": b"".join(padded) or b"\0\0\0\0",
        b"head": _head(box),
        b"hhea": _hhea(outlines, widths, (ascent, descent)),
        b"hmtx": b"".join(struct.pack(">Hh", wide, each.box[0]) for wide, each in zip(widths, outlines, strict=True)),
        b"loca": struct.pack(f">{len(places)}L", *places),
        b"maxp": _maxp(outlines),
    }
    return _assembled(tables)


def _head(box: tuple[int, ...], adjustment: int = 0) -> bytes:
    return struct.pack(
        ">LLLLHHQQhhhhHHhhh",
        0x00010000, 0x00010000, adjustment, _MAGIC, 0b1011, UNITS, _EPOCH, _EPOCH, *box, 0, 8, 2, 1, 0,
    )  # fmt: skip


def _hhea(outlines: Sequence[Outline], widths: Sequence[int], rise: tuple[int, int]) -> bytes:
    left = min(each.box[0] for each in outlines)
    right = min(wide - each.box[2] for wide, each in zip(widths, outlines, strict=True))
    extent = max(each.box[2] for each in outlines)
    return struct.pack(
        ">LhhhHhhhhhhhhhhhH",
        0x00010000, *rise, 0, max(widths), left, right, extent, 1, 0, 0, 0, 0, 0, 0, 0, len(widths),
    )  # fmt: skip


def _maxp(outlines: Sequence[Outline]) -> bytes:
    points, contours = max(each.points for each in outlines), max(each.contours for each in outlines)
    return struct.pack(">LHHHHHHHHHHHHHH", 0x00010000, len(outlines), points, contours, *(0, 0, 2, *(0,) * 8))


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    head = struct.pack(">LHHHH", 0x00010000, count, 16 << power, power, (count << 4) - (16 << power))
    place = len(head) + 16 * count
    rows, bodies, at_head = [], [], 0
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        rows.append(tag + struct.pack(">LLL", _sum(padded), place, len(data)))
        at_head = place if tag == b"head" else at_head
        bodies.append(padded)
        place += len(padded)
    whole = bytearray(head + b"".join(rows) + b"".join(bodies))
    struct.pack_into(">L", whole, at_head + 8, (_WHOLE - _sum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def _sum(data: bytes) -> int:
    total: int = sum(struct.unpack(f">{len(data) // 4}L", data))
    return total & 0xFFFFFFFF
