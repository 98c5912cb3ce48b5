"""The letter form (信函格式) of GB/T 9704—2012, 10.1, in which an office writes to another organ (公函).

The office's full name in red, 30 mm from the page's top edge; 4 mm below it a red double line, thick over thin; another,
thin over thick, 20 mm from the bottom edge; both 170 mm long; no page number on the first page.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from pipeline.drafting.templating.styles import LINE_PITCH, SEAL_CHARACTERS, new_letter

_RED = RGBColor(0xFF, 0, 0)
_OVERHANG_MM = (8, 6)
"""How far a line of 170 mm reaches beyond the type area of 156 mm, left and right."""
_EIGHTHS = {"信函红线粗": 18, "信函红线细": 6}
"""Width of the lines in eighths of a point."""


def new_official_letter(title: str) -> WordDocument:
    """An empty letter in the letter form: its head and foot stand on the first page only."""
    document = new_letter(title, "")
    _redden(document)
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance, section.footer_distance = Mm(28.6), Mm(20)
    head, foot = section.first_page_header, section.first_page_footer
    head.is_linked_to_previous = foot.is_linked_to_previous = False
    name = head.paragraphs[0]
    name.style = "信函发文机关"
    name.add_run("{{ 机构名称 }}")
    head.add_paragraph(style="信函红线粗").paragraph_format.space_before = Mm(2.6)
    last = head.add_paragraph(style="信函红线细")
    last.paragraph_format.space_after = Pt(14)
    foot.paragraphs[0].style = "信函红线细"
    foot.add_paragraph(style="信函红线粗")
    return document


def _redden(document: WordDocument) -> None:
    """The styles of the letterhead get their colour and their lines here, so that no other letter carries red."""
    name = document.styles["信函发文机关"]
    assert isinstance(name, ParagraphStyle)
    name.font.color.rgb = _RED
    name.paragraph_format.left_indent, name.paragraph_format.right_indent = (-Mm(side) for side in _OVERHANG_MM)
    for title, eighths in _EIGHTHS.items():
        style = document.styles[title]
        assert isinstance(style, ParagraphStyle)
        style.paragraph_format.left_indent, style.paragraph_format.right_indent = (-Mm(side) for side in _OVERHANG_MM)
        _underline(style, eighths)


def _underline(style: ParagraphStyle, eighths: int) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "0"), ("color", "FF0000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = style.element.get_or_add_pPr()
    following = [child for child in properties if child.tag in _AFTER_BORDERS]
    if following:
        following[0].addprevious(borders)
    else:
        properties.append(borders)


_AFTER_BORDERS = {qn(f"w:{name}") for name in ("shd", "tabs", "snapToGrid", "spacing", "ind", "jc", "outlineLvl")}


def add_ending(document: WordDocument, closing: str, note: str, attachments: Sequence[str] = ()) -> None:
    """The closing words, the attachments, name and date where the seal goes, and below them the contacts (附注).

    All stay on one page, with the last of what is said before: a page of nothing but a signature proves nothing.
    """
    said = [line for line in document.paragraphs if not line.text.startswith("{%p")]
    lines = [document.add_paragraph(closing, style="公文正文")]
    for place, text in enumerate(attachments, start=1):
        head = "附件：" if place == 1 else "　　　"
        lines.append(document.add_paragraph(f"{head}{place}. {text}", style="附件说明"))
    if attachments:
        lines[1].paragraph_format.space_before = Pt(LINE_PITCH)
    lines += _signature(document)
    for line in (said[-1], *lines):
        line.paragraph_format.keep_with_next = True
    document.add_paragraph(f"（{note}）", style="附注")


def _signature(document: WordDocument) -> list[Paragraph]:
    """Who signs and when; a long name gets a wider place instead of a second line."""
    return [
        document.add_paragraph(text, style=style)
        for text, style in (
            (f"{{%p if 机构名称|length > {SEAL_CHARACTERS} %}}", "成文日期"),
            ("{{ 机构名称 }}", "长署名"),
            ("{{ 成文日期 }}", "长成文日期"),
            ("{%p else %}", "成文日期"),
            ("{{ 机构名称 }}", "署名"),
            ("{{ 成文日期 }}", "成文日期"),
            ("{%p endif %}", "成文日期"),
        )
    ]
