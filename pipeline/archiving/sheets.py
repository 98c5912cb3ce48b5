"""Sheets that the program draws itself (封面、目录、备考表): text and rules on an A4 page, in millimetres from the top left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pikepdf import Array, Dictionary, Name, Page, Pdf

from pipeline.archiving.faces import SERIF, Face, width
from pipeline.archiving.geometry import A4, POINTS

MM = POINTS / 25.4
LEFT, RIGHT, BOTTOM = 25.0, 190.0, 277.0
"""The margins: more room on the left, where the volume is bound."""
MIDDLE = (LEFT + RIGHT) / 2
_NO_LINE_STARTS = frozenset("，。、；：？！）〕》”’％")
_BASELINE = 0.38
"""From the middle of a line down to its baseline, in sizes."""


@dataclass(frozen=True)
class Words:
    """One line of text. `x` and `y` are of the left end and the middle; `bold` thickens the outlines."""

    x: float
    y: float
    text: str
    size: float
    face: str = SERIF
    bold: bool = False


@dataclass(frozen=True)
class Rule:
    """A straight line; `weight` in points."""

    x0: float
    y0: float
    x1: float
    y1: float
    weight: float = 0.7


Mark = Words | Rule


def text_width(text: str, size: float, face: str = SERIF) -> float:
    """Millimetres."""
    return width(face, text, size) / MM


def centred(y: float, text: str, size: float, face: str = SERIF, *, bold: bool = False) -> Words:
    """A line in the middle between the margins."""
    return Words(MIDDLE - text_width(text, size, face) / 2, y, text, size, face, bold)


_PIECES = re.compile(r"[A-Za-z0-9.,/+-]+|.", re.DOTALL)
"""What a line breaks between: a number stays whole."""


def wrapped(text: str, room: float, size: float, face: str = SERIF) -> list[str]:
    """The text in lines no wider than `room` millimetres. Punctuation does not begin a line."""
    lines = [""]
    for piece in _PIECES.findall(text):
        for part in (piece,) if text_width(piece, size, face) <= room else piece:
            fits = text_width(lines[-1] + part, size, face) <= room
            if fits or not lines[-1] or part in _NO_LINE_STARTS:
                lines[-1] += part
            else:
                lines.append(part)
    return lines


def fitted(text: str, room: float, rows: int, size: float, face: str = SERIF) -> tuple[list[str], float]:
    """The text in at most `rows` lines, in the largest size from `size` down that allows it, and that size."""
    smallest = 5.0
    while size > smallest and len(wrapped(text, room, size, face)) > rows:
        size -= 0.5
    return wrapped(text, room, size, face), size


@dataclass(frozen=True)
class Area:
    """A rectangle, from its upper left corner."""

    x: float
    y: float
    wide: float
    high: float


def cell(area: Area, text: str, size: float, *, centre: bool = False) -> list[Mark]:
    """Text in the middle of a cell, in several lines and smaller where it must be. Borders are drawn apart."""
    line = 1.35 / MM
    rows = max(1, int(area.high / (size * line)))
    lines, size = fitted(text, area.wide - 2, rows, size)
    top = area.y + area.high / 2 - len(lines) * size * line / 2
    marks: list[Mark] = []
    for number, part in enumerate(lines):
        x = area.x + (area.wide - text_width(part, size)) / 2 if centre else area.x + 1
        marks.append(Words(x, top + (number + 0.5) * size * line, part, size))
    return marks


def frame(area: Area, weight: float = 0.7) -> list[Mark]:
    right, bottom = area.x + area.wide, area.y + area.high
    corners = ((area.x, area.y), (right, area.y), (right, bottom), (area.x, bottom), (area.x, area.y))
    return [Rule(*start, *end, weight) for start, end in pairwise(corners)]


def ink(marks: Sequence[Mark], faces: dict[str, Face], height: float = A4[1]) -> str:
    """The operators that draw the marks on a page of that height (points)."""
    return "".join(_rule(mark, height) if isinstance(mark, Rule) else _words(mark, faces, height) for mark in marks)


def _rule(rule: Rule, height: float) -> str:
    start, end = (rule.x0 * MM, height - rule.y0 * MM), (rule.x1 * MM, height - rule.y1 * MM)
    return f"{rule.weight:g} w {start[0]:.2f} {start[1]:.2f} m {end[0]:.2f} {end[1]:.2f} l S\n"


def _words(words: Words, faces: dict[str, Face], height: float) -> str:
    codes = faces.setdefault(words.face, Face(words.face)).encoded(words.text)
    x, y = words.x * MM, height - words.y * MM - _BASELINE * words.size
    bold = f"2 Tr {words.size * 0.03:.2f} w " if words.bold else ""
    back = " 0 Tr" if words.bold else ""
    return f"BT {bold}/F{words.face} {words.size:g} Tf {x:.2f} {y:.2f} Td {codes} Tj{back} ET\n"


def add_sheet(pdf: Pdf, place: int, marks: Sequence[Mark], faces: dict[str, Face]) -> None:
    """A new A4 page of `pdf` with the marks, as its page `place`; its fonts are still to be put into its resources."""
    page = Page(
        pdf.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, round(A4[0], 3), round(A4[1], 3)]),
                Resources=Dictionary(Font=Dictionary()),
                Contents=pdf.make_stream(ink(marks, faces).encode("ascii")),
            )
        )
    )
    pdf.pages.insert(place, page)
