"""A Word document as a flow of paragraphs, table rows, pictures and page breaks, in document order.

python-docx gives paragraphs and tables; text boxes, content controls, page breaks and pictures need the XML beneath.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml.etree import _Element  # type: ignore[import-untyped]

MILLIMETRE = 36_000
"""English metric units in one millimetre."""
DEEP = 12
"""Tables in tables in text boxes: deeper nesting is not followed."""


@dataclass(frozen=True)
class PageBreak:
    """The text goes on at the top of a new page."""


@dataclass(frozen=True)
class Picture:
    """An embedded picture: its relationship and its size in millimetres."""

    relation: str
    width: float
    height: float


@dataclass(frozen=True)
class Paragraph:
    """Text with the pictures that stand in it; `start` and `width` are fractions of the text's width."""

    text: str
    pictures: tuple[Picture, ...] = ()
    start: float = 0.0
    width: float = 1.0


@dataclass(frozen=True)
class Row:
    """The paragraphs of a table row that stand side by side, cell by cell."""

    cells: tuple[tuple[Paragraph, ...], ...]


Block = PageBreak | Paragraph | Row

_WP_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_BLIP = qn("a:blip")
_EMBED = qn("r:embed")
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML = "{urn:schemas-microsoft-com:vml}"


def blocks(parent: _Element, depth: int = 0) -> Iterator[Block]:
    """All blocks below a body, a header, a text box or a content control."""
    if depth > DEEP:
        return
    for child in parent:
        if child.tag == qn("w:p"):
            yield from _paragraph(child, depth)
        elif child.tag == qn("w:tbl"):
            yield from _table(child, depth)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:smartTag")):
            yield from blocks(child, depth + 1)


def _paragraph(element: _Element, depth: int) -> Iterator[Block]:
    if element.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None:
        yield PageBreak()
    text = ""
    pictures: list[Picture] = []
    boxes: list[_Element] = []
    for node in _visible(element):
        if _is_page_break(node):
            if text.strip() or pictures:
                yield Paragraph(text, tuple(pictures))
            text, pictures = "", []
            yield PageBreak()
        elif node.tag == qn("w:txbxContent"):
            boxes.append(node)
        elif node.tag in (_BLIP, f"{_VML}imagedata"):
            pictures.extend(_picture(node))
        else:
            text += _text(node)
    yield Paragraph(text, tuple(pictures))
    for box in boxes:
        yield from blocks(box, depth + 1)
    if _ends_section_on_new_page(element):
        yield PageBreak()


def _visible(element: _Element) -> Iterator[_Element]:
    """Descendants in order; of two alternative drawings only the first, and of a text box only the box itself."""
    for child in element:
        if child.tag in (f"{_ALTERNATE}Fallback", qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr")):
            continue
        yield child
        if child.tag != qn("w:txbxContent"):
            yield from _visible(child)


def _text(node: _Element) -> str:
    if node.tag == qn("w:t"):
        return node.text or ""
    if node.tag == qn("w:tab"):
        return "  "
    if node.tag in (qn("w:br"), qn("w:cr")):
        return "\n"
    return "-" if node.tag == qn("w:noBreakHyphen") else _symbol(node)


def _symbol(node: _Element) -> str:
    """Boxes to tick are often symbols of Wingdings: their code points mean nothing elsewhere."""
    if node.tag != qn("w:sym"):
        return ""
    boxes = {"52": "☑", "54": "☒", "A8": "□", "FE": "☑", "FD": "☒", "6F": "□", "A3": "□"}
    return boxes.get(node.get(qn("w:char"), "")[-2:].upper(), "")


def _is_page_break(node: _Element) -> bool:
    if node.tag == qn("w:br"):
        return bool(node.get(qn("w:type")) == "page")
    return bool(node.tag == qn("w:lastRenderedPageBreak"))


def _ends_section_on_new_page(element: _Element) -> bool:
    section = element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if section is None:
        return False
    kind = section.find(qn("w:type"))
    return kind is None or kind.get(qn("w:val")) not in ("continuous", "nextColumn")


def _picture(node: _Element) -> Iterator[Picture]:
    relation = node.get(_EMBED) or node.get(qn("r:id"))
    if relation is None:
        return
    for ancestor in node.iterancestors():
        extent = ancestor.find(_WP_EXTENT)
        if extent is not None:
            width, height = (int(extent.get(side, "0")) / MILLIMETRE for side in ("cx", "cy"))
            yield Picture(relation, width, height)
            return
    yield Picture(relation, 0.0, 0.0)


def _table(element: _Element, depth: int) -> Iterator[Block]:
    widths = [int(column.get(qn("w:w"), "0") or 0) for column in element.iter(qn("w:gridCol"))]
    for row in element.iter(qn("w:tr")):
        if next(row.iterancestors(qn("w:tbl"))) is not element:
            continue  # a row of a table inside a cell is read with its cell
        cells, column, broken = [], 0, False
        for cell in _cells(row):
            span = _span(cell)
            start, width = _share(widths, column, span)
            column += span
            inside = [] if _continues_above(cell) else list(blocks(cell, depth + 1))
            broken = broken or any(isinstance(block, PageBreak) for block in inside)
            cells.append(tuple(_placed(block, start, width) for block in _flat(inside)))
        if broken:
            yield PageBreak()
        yield Row(tuple(cells))


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _cells(child)


def _span(cell: _Element) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return max(1, int(span.get(qn("w:val"), "1"))) if span is not None else 1


def _continues_above(cell: _Element) -> bool:
    """A cell merged into the one above repeats nothing."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val")) != "restart"


def _share(widths: list[int], column: int, span: int) -> tuple[float, float]:
    total = sum(widths)
    if total <= 0 or column >= len(widths):
        return 0.0, 1.0
    return sum(widths[:column]) / total, sum(widths[column : column + span]) / total


def _flat(inside: list[Block]) -> Iterator[Paragraph]:
    for block in inside:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Row):
            for cell in block.cells:
                yield from cell


def _placed(paragraph: Paragraph, start: float, width: float) -> Paragraph:
    return Paragraph(
        paragraph.text, paragraph.pictures, start + paragraph.start * width, max(0.01, paragraph.width * width)
    )
