"""Checklists in Word, to be pinned to the wall: A4 across, the heading row on every page."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.shared import Mm

from pipeline.drafting.legends import abbreviated
from pipeline.drafting.rendering import clean_text, same_bytes
from pipeline.drafting.templating.styles import new_letter, save_letter
from pipeline.drafting.templating.tables import Column, add_filled
from schemas.checklist import ChecklistSheet, SheetRow

COLUMNS = (
    Column("序号", "number", 11, centred=True),
    Column("材料", "material", 52),
    Column("何时需要", "when", 90),
    Column("签名、盖章", "marks", 50),
    Column("影响\n补贴", "blocks", 13, centred=True),
    Column("依据", "basis", 29),
    Column("效力", "standing", 22, centred=True),
)
_MARGIN_MM, _TOP_MM = 15, 18


def checklists_in_word(sheets: Sequence[ChecklistSheet], office_name: str) -> bytes:
    """The checklists as one DOCX, each beginning on a page of its own. The same checklists give the same bytes."""
    standards = dict.fromkeys(sheet.standard for sheet in sheets)
    document = new_letter("归档材料清单", clean_text(f"适用标准：{'、'.join(standards)}"))
    _turn(document)
    for index, sheet in enumerate(sheets):
        _add_sheet(document, sheet, office_name, breaks=index > 0)
    saved = io.BytesIO()
    save_letter(document, saved)
    return same_bytes(saved.getvalue())


def _turn(document: WordDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(_TOP_MM)
    section.header_distance = section.footer_distance = Mm(10)


def _add_sheet(document: WordDocument, full: ChecklistSheet, office_name: str, *, breaks: bool) -> None:
    sheet = abbreviated(full)
    title = document.add_paragraph(style="Title")
    if breaks:
        title.paragraph_format.page_break_before = True
    run = title.add_run(clean_text(office_name))
    run.add_break(WD_BREAK.LINE)
    title.add_run(clean_text(sheet.title))
    document.add_paragraph(clean_text(sheet.standing), style="表注")
    add_filled(document, COLUMNS, _rows(sheet))
    for number, note in enumerate(sheet.notes, start=1):
        document.add_paragraph(clean_text(f"注{number}：{note}"), style="表注")


def _rows(sheet: ChecklistSheet) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for section in sheet.sections:
        if section.title:
            rows.append((section.title,))
        rows += [texts_of(row) for row in section.rows]
    return rows


def texts_of(row: SheetRow) -> tuple[str, ...]:
    """The row's cells in the order of the columns."""
    return tuple(clean_text(str(getattr(row, column.value))) for column in COLUMNS)
