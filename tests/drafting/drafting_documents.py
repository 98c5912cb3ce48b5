"""Reading a drafted letter back: its text as a reader sees it, and its parts as bytes."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from schemas.draft import Draft, DraftKind


def of_kind(drafts: tuple[Draft, ...], kind: DraftKind) -> Draft:
    return next(draft for draft in drafts if draft.kind is kind)


def opened(draft: Draft) -> WordDocument:
    return Document(io.BytesIO(draft.content))


def text_of(draft: Draft) -> str:
    """All paragraphs in reading order, table cells included, a line each."""
    paragraphs = opened(draft).element.body.iter(qn("w:p"))
    return "\n".join("".join(piece.text or "" for piece in paragraph.iter(qn("w:t"))) for paragraph in paragraphs)


def table_under(draft: Draft, header: str) -> list[list[str]]:
    """The rows of the table whose header row holds `header`, header included."""
    for table in opened(draft).tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if header in rows[0]:
            return rows
    raise AssertionError(f"no table with {header}")


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}
