"""Tables of a letter template: fixed widths, a header row that repeats, rows that do not break across pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell, _Row

_CELL_MARGINS_MM = {"top": 0.6, "left": 1.0, "bottom": 0.6, "right": 1.0}


class Column(NamedTuple):
    """One column: what its header says, what stands in its cells, how wide it is, and whether it is centred."""

    title: str
    value: str
    width_mm: float
    centred: bool = False


def add_list(document: WordDocument, rows: str, columns: Sequence[Column]) -> Table:
    """A table with a line for each of the template's `rows`."""
    table = _new_table(document, 4, [column.width_mm for column in columns])
    header, start, line, end = table.rows
    for cell, column in zip(header.cells, columns, strict=True):
        _write(cell, column.title, "表头")
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    _flag(header, "w:tblHeader")
    _write(start.cells[0], f"{{%tr for 行 in {rows} %}}", "表格文字")
    for cell, column in zip(line.cells, columns, strict=True):
        _write(cell, f"{{{{ 行.{column.value} }}}}", "表格居中" if column.centred else "表格文字")
    _write(end.cells[0], "{%tr endfor %}", "表格文字")
    return table


def add_filled(document: WordDocument, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Table:
    """A table with its rows filled in; a row of one text is a heading across the whole width."""
    table = _new_table(document, 1 + len(rows), [column.width_mm for column in columns])
    cells = [row.cells for row in table.rows]
    for cell, column in zip(cells[0], columns, strict=True):
        _write(cell, column.title, "表头")
    _flag(table.rows[0], "w:tblHeader")
    for texts, line in zip(rows, cells[1:], strict=True):
        if len(texts) == 1:
            heading = line[0].merge(line[-1])
            _write(heading, texts[0], "表头")
            heading.paragraphs[0].paragraph_format.keep_with_next = True
            continue
        for text, cell, column in zip(texts, line, columns, strict=True):
            _write(cell, text, "表格居中" if column.centred else "表格文字")
    return table


def add_form(
    document: WordDocument, rows: Sequence[Sequence[str]], widths_mm: Sequence[float], *, height_mm: float = 0
) -> Table:
    """A form of labels and values in turn; a row of one label and one value takes the whole width.

    `height_mm` is the least height of a row: what is filled in by hand needs room.
    """
    table = _new_table(document, len(rows), widths_mm)
    for row, texts in zip(table.rows, rows, strict=True):
        if height_mm:
            row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(height_mm)
        cells = row.cells
        if len(texts) == 2:  # noqa: PLR2004 - a label and its value
            cells = (cells[0], cells[1].merge(cells[-1]))
        for index, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            _write(cell, text, "表头" if index % 2 == 0 else "表格文字")
    return table


def keep_whole(table: Table) -> Table:
    """The table on one page, together with the line below it."""
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
    return table


def add_signatures(document: WordDocument, rows: Sequence[tuple[str, Sequence[str]]]) -> Table:
    """A box for each opinion: who gives it, and lines to write on."""
    table = _new_table(document, len(rows), (26, 130))
    for row, (label, lines) in zip(table.rows, rows, strict=True):
        _write(row.cells[0], label, "表头")
        cell = row.cells[1]
        _write(cell, lines[0], "签署")
        for line in lines[1:]:
            cell.add_paragraph(line, style="签署")
        for paragraph in (*row.cells[0].paragraphs, *cell.paragraphs):
            paragraph.paragraph_format.keep_with_next = row is not table.rows[-1]
    return table


def _new_table(document: WordDocument, rows: int, widths_mm: Sequence[float]) -> Table:
    table: Table = document.add_table(rows, len(widths_mm), style="Table Grid")
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no word for a table's width and margins
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(Mm(sum(widths_mm)).twips))
    margins = OxmlElement("w:tblCellMar")
    for side, size_mm in _CELL_MARGINS_MM.items():
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Mm(size_mm).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = properties.find(qn("w:tblLook"))
    look.addprevious(margins)
    for column, width_mm in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width_mm)
    for row in table.rows:
        _flag(row, "w:cantSplit")
        for cell, width_mm in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width_mm)
    return table


def _flag(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - row flags are not in python-docx's vocabulary


def _write(cell: _Cell, text: str, style: str) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(text)
