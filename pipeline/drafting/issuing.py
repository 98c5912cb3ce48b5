"""A draft made ready to go out (定稿): its number and day where they were left blank, and no longer called a draft.

A clerk may have worked on the draft: what goes out is that document, not a new one.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.section import Section
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]  # the library has no types

from pipeline.drafting.rendering import same_bytes
from pipeline.drafting.wording import long_date
from pipeline.errors import UsageError
from schemas.draft import DRAFT_TITLES
from schemas.issuing import IssuedPaper

_LINE = "[＿_]"
_NUMBER_BLANK = re.compile(rf"{_LINE}{{2,}}\s*[〔\[（(]\s*{_LINE}{{2,}}\s*[〕\]）)]\s*第?{_LINE}{{1,}}\s*号")
_SHORT_BLANK = re.compile(rf"{_LINE}{{2,}}")
_DATE_BLANK = re.compile(r"\s*年\s+月\s+日\s*")
_DRAFT_MARK = "草稿"
_DATED = frozenset({"成文日期", "长成文日期"})
_BROKEN = (OpcError, zipfile.BadZipFile, XMLSyntaxError, KeyError, ValueError, OSError)


def paper_text(content: bytes, name: str) -> str:
    """All that stands in a draft, a line each paragraph. Raises UsageError where it is no whole Word document."""
    return "\n".join(paragraph.text for paragraph in _paragraphs(_opened(content, name)))


def has_number_blank(text: str) -> bool:
    """Whether a draft has a place where its number is to be written."""
    return _NUMBER_BLANK.search(text) is not None


def made_final(content: bytes, name: str, number: str, day: date, renewed: tuple[str, str] = ("", "")) -> bytes:
    """The draft with number and day in their blanks, without the mark of a draft; anything else stays as it is.

    What has no blank gets nothing: an office's own form may bear neither. `renewed`: a text of the draft that has
    passed with the days, and what takes its place. The same input gives the same bytes.
    """
    document = _opened(content, name)
    numbered, (passed, renewal) = not number, renewed
    for paragraph in _paragraphs(document):
        if not numbered:
            numbered = _replaced(paragraph, _NUMBER_BLANK, number)
        if passed and passed in paragraph.text:
            _replaced(paragraph, re.compile(re.escape(passed)), renewal)
        if paragraph.style is not None and paragraph.style.name in _DATED and _DATE_BLANK.fullmatch(paragraph.text):
            _replaced(paragraph, _DATE_BLANK, long_date(day))
    for paragraph in _heads(document.sections):
        if paragraph.text.strip().startswith(_DRAFT_MARK):
            paragraph.clear()  # type: ignore[no-untyped-call]
    return _saved(document)


def numbered_receipt(content: bytes, name: str, papers: Iterable[IssuedPaper]) -> bytes:
    """The 送达回证 with the numbers of the letters that it lists."""
    numbers = {DRAFT_TITLES[paper.kind]: paper.number for paper in papers if paper.number}
    document = _opened(content, name)
    for table in document.tables:
        _number_rows(table, numbers)
    return _saved(document)


def _number_rows(table: Table, numbers: Mapping[str, str]) -> None:
    for row in table.rows:
        cells = list(row.cells)
        titles = [place for place, cell in enumerate(cells) if cell.text.strip() in numbers]
        if not titles:
            continue
        number = numbers[cells[titles[0]].text.strip()]
        for cell in cells[titles[0] + 1 :]:
            if any(_replaced(paragraph, _SHORT_BLANK, number) for paragraph in cell.paragraphs):
                break


def _opened(content: bytes, name: str) -> WordDocument:
    try:
        return Document(io.BytesIO(content))
    except _BROKEN as error:
        raise UsageError(f"“{name}”不是完好的 Word 文档（DOCX），请用 Word 或者 WPS 重新另存后再签发。") from error


def _saved(document: WordDocument) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    return same_bytes(saved.getvalue())


def _paragraphs(document: WordDocument) -> Iterator[Paragraph]:
    """Those of the text and of all its tables, in order."""
    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document)


def _heads(sections: Iterable[Section]) -> Iterator[Paragraph]:
    for section in sections:
        for head in (section.header, section.first_page_header, section.even_page_header):
            if not head.is_linked_to_previous:
                yield from head.paragraphs


def _replaced(paragraph: Paragraph, pattern: re.Pattern[str], text: str) -> bool:
    """Puts `text` in the place of the first match, in the look of its first character. Word cuts text into runs anywhere."""
    runs = paragraph.runs
    found = pattern.search("".join(run.text for run in runs))
    if found is None:
        return False
    start, put = 0, False
    for run in runs:
        end = start + len(run.text)
        if found.start() < end and start < found.end():
            before, after = run.text[: max(0, found.start() - start)], run.text[max(0, found.end() - start) :]
            run.text = before + ("" if put else text) + after
            put = True
        start = end
    return put
