"""Where what stands in a Word template: each paragraph of it with its place, in the words of whoever edits it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docx import Document
from docx.oxml.ns import qn

_HEADS = {
    "first_page_header": "首页页眉", "header": "页眉", "even_page_header": "偶数页页眉",
    "first_page_footer": "首页页脚", "footer": "页脚", "even_page_footer": "偶数页页脚",
}  # fmt: skip


class Piece(NamedTuple):
    """One paragraph of a template."""

    place: str
    text: str
    part: int
    """Which part of the file it is in: the body is 0; blocks do not reach from one part into another."""


def pieces(path: Path) -> list[Piece]:
    """Every paragraph of the template that holds text. Raises what python-docx raises for a file that is no document."""
    document = Document(str(path))
    found = list(_of_body(document.element.body, "正文", 0))
    part = 0
    for section in document.sections:
        for name, title in _HEADS.items():
            head = getattr(section, name)
            if not head.is_linked_to_previous:
                part += 1
                found += _of_body(head._element, title, part)  # noqa: SLF001 - python-docx does not tell the order
    return [piece for piece in found if piece.text.strip()]


def _of_body(body: Any, title: str, part: int) -> Iterator[Piece]:
    """The paragraphs of one part in reading order; tables are counted, and their cells named by row and column."""
    paragraphs = tables = 0
    for child in body:
        if child.tag == qn("w:p"):
            paragraphs += 1
            place = f"{title}第{paragraphs}段" if title == "正文" else title
            yield Piece(place, _text(child), part)
        elif child.tag == qn("w:tbl"):
            tables += 1
            yield from _of_table(child, f"{'' if title == '正文' else title}第{tables}个表格", part)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _of_body(child, title, part)


def _of_table(table: Any, title: str, part: int) -> Iterator[Piece]:
    for row_number, row in enumerate(table.iter(qn("w:tr")), start=1):
        for column, cell in enumerate(row.findall(qn("w:tc")), start=1):
            for paragraph in cell.iter(qn("w:p")):
                yield Piece(f"{title}第{row_number}行第{column}栏", _text(paragraph), part)


def _text(paragraph: Any) -> str:
    return "".join(piece.text or "" for piece in paragraph.iter(qn("w:t")))
