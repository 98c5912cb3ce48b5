"""Pages as a reader without errors would read them: from what was put on the sheet, without a picture.

With these readings an audit measures cataloguing and rules alone, in milliseconds a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from pipeline.demo import SampleCase
from pipeline.demo.blocks import Cell, Paper, Signature, Table
from pipeline.demo.faces import SANS, width
from pipeline.demo.ink import PAGE_HEIGHT, PAGE_WIDTH, Operation, Pen, Print, Stamp
from pipeline.demo.sample import SamplePage
from schemas.base import Box, State
from schemas.reading import (
    Doubt,
    Line,
    PageKind,
    PageReading,
    Seal,
    SealColour,
    SealShape,
    SignaturePlace,
    TextSource,
    TickBox,
)
from schemas.volume import Page

ENGINE = "unerring/1"
BOXES = {"□": State.MISSING, "☑": State.FOUND}


@dataclass(frozen=True)
class Piece:
    """Characters that stand together on one line, in pixels."""

    left: float
    top: float
    right: float
    size: float
    text: str
    pen: bool


def unerring_pages(case: SampleCase) -> tuple[Page, ...]:
    """The pages of `case`, each read as it was made; what nobody can read stays unread."""
    return tuple(
        Page(number=number, reading=_reading(case, page), part="file.pdf", part_page=number)
        for number, page in enumerate(case.pages, 1)
    )


def _reading(case: SampleCase, page: SamplePage) -> PageReading:
    told = {"sha256": page.key, "engine": ENGINE, "width": PAGE_WIDTH, "height": PAGE_HEIGHT, "dpi": 200}
    if page.blank or page.document is None:
        return PageReading(kind=PageKind.BLANK, text_source=TextSource.NONE, **told)
    if page.illegible:
        return PageReading(kind=PageKind.CONTENT, text_source=TextSource.OCR, low_quality=True, **told)
    paper, operations = case.papers[page.document], page.sheet.operations
    return PageReading(
        kind=PageKind.CONTENT,
        text_source=TextSource.OCR,
        rotation=page.rotation,
        quality=1.0,
        lines=_keeping_doubts(_lines(operations)),
        seals=tuple(_seal(each, grey=page.copy) for each in operations if isinstance(each, Stamp)),
        signature_places=tuple(_places(paper, operations)),
        tick_boxes=tuple(_tick_boxes(operations)),
        **told,
    )


def _box(left: float, top: float, right: float, bottom: float) -> Box:
    return left / PAGE_WIDTH, top / PAGE_HEIGHT, right / PAGE_WIDTH, bottom / PAGE_HEIGHT


def _pieces(operations: tuple[Operation, ...]) -> list[Piece]:
    found = []
    for each in operations:
        if isinstance(each, Print):
            end = each.x + width(each.face, each.size, each.text, each.spacing)
            found.append(Piece(each.x, each.y, end, each.size, each.text, pen=False))
        elif isinstance(each, Pen):
            end = each.x + (each.room or width(SANS, each.size, each.text))
            found.append(Piece(each.x, each.y, end, each.size, each.text, pen=True))
    return [piece for piece in found if piece.text.strip()]


def _lines(operations: tuple[Operation, ...]) -> list[Line]:
    """Rows from top to bottom; pieces of a row with less than a letter between them are one line."""
    rows: list[list[Piece]] = []
    for piece in sorted(_pieces(operations), key=_middle):
        if rows and _middle(piece) - _middle(rows[-1][0]) <= 0.5 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_line(run) for row in rows for run in _runs(sorted(row, key=lambda each: each.left))]


def _keeping_doubts(lines: list[Line]) -> tuple[Line, ...]:
    """The lines, the first with one faint rival: a page without any doubt tells that its reader kept none."""
    faint = (Doubt(at=0, letter="囗", score=0.001),)
    return tuple(line.model_copy(update={"doubts": faint}) if at == 0 else line for at, line in enumerate(lines))


def _middle(piece: Piece) -> float:
    return piece.top + piece.size / 2


def _runs(row: list[Piece]) -> list[list[Piece]]:
    runs = [[row[0]]]
    for before, piece in pairwise(row):
        if piece.left - before.right < 0.9 * piece.size:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _line(pieces: list[Piece]) -> Line:
    box = _box(
        min(piece.left for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.right for piece in pieces),
        max(piece.top + piece.size for piece in pieces),
    )
    text = "".join(piece.text for piece in pieces).strip()
    return Line(text=text, box=box, score=1.0, handwritten=all(piece.pen for piece in pieces))


def _seal(stamp: Stamp, *, grey: bool) -> Seal:
    reach = stamp.diameter / 2
    return Seal(
        box=_box(stamp.x - reach, stamp.y - reach, stamp.x + reach, stamp.y + reach),
        colour=SealColour.GREY if grey or stamp.grey else SealColour.RED,
        shape=SealShape.ROUND,
        state=State.FOUND,
        score=1.0,
        text=stamp.ring,
    )


def _signatures(paper: Paper) -> set[str]:
    """Labels of the places to sign on `paper`."""
    blocks = [*paper.blocks, *([paper.each_page] if paper.each_page else [])]
    cells = [cell for block in blocks if isinstance(block, Table) for row in block.rows for cell in row.cells]
    own = [each.signature if isinstance(each, Cell) else each for each in (*blocks, *cells)]
    return {each.label for each in own if isinstance(each, Signature)}


def _places(paper: Paper, operations: tuple[Operation, ...]) -> list[SignaturePlace]:
    labels, places = _signatures(paper), []
    for label, ink in pairwise((*operations, None)):
        if not isinstance(label, Print) or label.text not in labels:
            continue
        end = label.x + width(label.face, label.size, label.text)
        signed = isinstance(ink, Pen) and abs(ink.y - label.y) < label.size
        at = _box(label.x, label.y, end, label.y + label.size)
        room = _box(end, label.y - label.size * 0.4, end + 4 * label.size, label.y + 1.4 * label.size)
        state = State.FOUND if signed else State.MISSING
        places.append(SignaturePlace(label=label.text, label_box=at, box=room, state=state, score=1.0))
    return places


def _tick_boxes(operations: tuple[Operation, ...]) -> list[TickBox]:
    found = []
    for each in operations:
        if not isinstance(each, Print):
            continue
        for index, char in enumerate(each.text):
            if char in BOXES:
                label = each.text[index + 1 :].split("□")[0].split("☑")[0].strip()
                left = each.x + width(each.face, each.size, each.text[:index], each.spacing)
                at = _box(left, each.y, left + each.size, each.y + each.size)
                found.append(TickBox(label=label, box=at, state=BOXES[char], score=1.0))
    return found
