"""The page and the paragraph styles of an official letter, after GB/T 9704—2012.

A4; margins 37, 26, 35 and 28 mm (the type area is 156 × 225 mm); body in 3号仿宋, 22 lines a page; title in 2号小标宋;
headings in 黑体; page number in 4号宋体 between dashes, right on odd and left on even pages. The fonts are named, not
embedded: an office's Windows has them, and Word falls back by itself for a rare character that a font lacks.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from pipeline.drafting.rendering import same_bytes

TITLE_FONT = "方正小标宋简体"
BODY_FONT = "仿宋_GB2312"
HEADING_FONT = "黑体"
NOTE_FONT = "楷体_GB2312"
FOOTER_FONT = "宋体"
LATIN_FONT = "Times New Roman"

LINE_PITCH = 28.95
"""In points: 225 mm over 22 lines."""
_MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Fixed, so that building twice gives the same template."""


def new_letter(title: str, header: str) -> WordDocument:
    """An empty letter with page, styles, page numbers, and `header` on each page."""
    document = Document()
    _set_page(document)
    _set_defaults(document)
    _add_styles(document)
    _set_running_heads(document, header)
    _drop_thumbnail(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = _MADE
    properties.language = "zh-CN"
    return document


def save_letter(document: WordDocument, target: Path | IO[bytes]) -> None:
    """Write the finished letter, with each run marked as Chinese text. The same letter gives the same bytes."""
    parts = [document.element.body]
    for section in document.sections:
        heads = (section.header, section.even_page_header, section.footer, section.even_page_footer)
        parts += [head._element for head in heads]  # noqa: SLF001 - the hint below is not in python-docx's vocabulary
    for part in parts:
        for run in part.iter(qn("w:r")):
            run.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
    packed = io.BytesIO()
    document.save(packed)
    content = same_bytes(packed.getvalue())
    if isinstance(target, Path):
        target.write_bytes(content)
    else:
        target.write(content)


def _drop_thumbnail(document: WordDocument) -> None:
    """The picture of an empty page that python-docx's own template carries."""
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _set_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(25), Mm(25)
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx has no word for the grid
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)  # noqa: SLF001
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(LINE_PITCH * 20)))


def _set_defaults(document: WordDocument) -> None:
    """Chinese as the language, and no theme font that would override the fonts of the styles."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    fonts = defaults.find(f".//{qn('w:rFonts')}")
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    _name_fonts(fonts, BODY_FONT)
    language = defaults.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")


def _name_fonts(fonts: Any, east_asian: str, latin: str = LATIN_FONT) -> None:
    for kind, name in (("ascii", latin), ("hAnsi", latin), ("eastAsia", east_asian), ("cs", latin)):
        fonts.set(qn(f"w:{kind}"), name)
    # 引号、破折号、省略号和※属中西文共用字符，不注明时 Word 按西文字体排成窄字
    fonts.set(qn("w:hint"), "eastAsia")


class _Look(NamedTuple):
    """How a style sets its lines: font, size and line height in points, alignment."""

    font: str
    size: float
    pitch: float
    alignment: WD_ALIGN_PARAGRAPH


_LEFT, _CENTRE, _RIGHT, _BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY,
)  # fmt: skip

_LOOKS: dict[str, _Look] = {
    "Normal": _Look(BODY_FONT, 16, LINE_PITCH, _BOTH),
    "Title": _Look(TITLE_FONT, 22, 34, _CENTRE),
    "Heading 1": _Look(HEADING_FONT, 16, LINE_PITCH, _BOTH),
    "Header": _Look(NOTE_FONT, 10.5, 16, _RIGHT),
    "Footer": _Look(FOOTER_FONT, 14, 18, _RIGHT),
    "机构名称": _Look(TITLE_FONT, 22, 34, _CENTRE),
    "副标题": _Look(NOTE_FONT, 16, LINE_PITCH, _CENTRE),
    "公文正文": _Look(BODY_FONT, 16, LINE_PITCH, _BOTH),
    "编号": _Look(BODY_FONT, 16, LINE_PITCH, _RIGHT),
    "主送": _Look(BODY_FONT, 16, LINE_PITCH, _BOTH),
    "落款": _Look(BODY_FONT, 16, LINE_PITCH, _RIGHT),
    "表头": _Look(HEADING_FONT, 10.5, 16, _CENTRE),
    "表格文字": _Look(BODY_FONT, 10.5, 16, _LEFT),
    "表格居中": _Look(BODY_FONT, 10.5, 16, _CENTRE),
    "表注": _Look(NOTE_FONT, 10.5, 16, _BOTH),
    "签署": _Look(BODY_FONT, 12, 24, _LEFT),
    "裁开线": _Look(FOOTER_FONT, 10.5, 22, _CENTRE),
    "附件说明": _Look(BODY_FONT, 16, LINE_PITCH, _BOTH),
    "署名": _Look(BODY_FONT, 16, LINE_PITCH, _CENTRE),
    "成文日期": _Look(BODY_FONT, 16, LINE_PITCH, _CENTRE),
    "附注": _Look(BODY_FONT, 10.5, 16, _LEFT),
    "协议条款": _Look(BODY_FONT, 14, 25, _BOTH),
    "协议条名": _Look(HEADING_FONT, 14, 25, _BOTH),
    "长署名": _Look(BODY_FONT, 16, LINE_PITCH, _CENTRE),
    "长成文日期": _Look(BODY_FONT, 16, LINE_PITCH, _CENTRE),
    "签署行": _Look(BODY_FONT, 14, 32, _LEFT),
    "签署日期": _Look(BODY_FONT, 14, 32, _RIGHT),
    "信函标题": _Look(TITLE_FONT, 22, 34, _CENTRE),
    "信函发文机关": _Look(TITLE_FONT, 28, 36, _CENTRE),
    "信函红线粗": _Look(FOOTER_FONT, 1, 1, _CENTRE),
    "信函红线细": _Look(FOOTER_FONT, 1, 3, _CENTRE),
}

SEAL_CHARACTERS = 14
"""Name and date are centred over each other in a box of so many characters at the right edge, so that the date ends
four characters before it and the seal can cover both (骑年盖月)."""
_LONG_NAME = 24
"""The box for a name that does not fit into that one."""


def _add_styles(document: WordDocument) -> None:
    styles = {name: _style(document, name, look) for name, look in _LOOKS.items()}
    styles["Normal"].paragraph_format.widow_control = True
    _remove_border(styles["Title"])
    styles["Title"].paragraph_format.space_after = Pt(6)
    styles["Heading 1"].paragraph_format.keep_with_next = True
    styles["Heading 1"].paragraph_format.space_before = Pt(8)
    styles["副标题"].paragraph_format.space_after = Pt(6)
    styles["表注"].paragraph_format.space_before = Pt(4)
    styles["表注"].paragraph_format.space_after = Pt(4)
    styles["裁开线"].paragraph_format.space_before = Pt(24)
    styles["落款"].paragraph_format.right_indent = Pt(64)
    for name in ("Heading 1", "公文正文", "附件说明", "附注", "协议条款", "协议条名"):
        _indent(styles[name], 2)
    styles["信函标题"].paragraph_format.space_before = Pt(2 * LINE_PITCH)
    styles["信函标题"].paragraph_format.space_after = Pt(LINE_PITCH / 2)
    styles["附注"].paragraph_format.space_before = Pt(6)
    styles["协议条名"].paragraph_format.keep_with_next = True
    for width, signed, dated in ((SEAL_CHARACTERS, "署名", "成文日期"), (_LONG_NAME, "长署名", "长成文日期")):
        for name in (signed, dated):
            styles[name].paragraph_format.left_indent = Mm(156) - Pt(16 * width)
        styles[signed].paragraph_format.keep_with_next = True
        styles[signed].paragraph_format.space_before = Pt(LINE_PITCH)


def _style(document: WordDocument, name: str, look: _Look) -> ParagraphStyle:
    """The style `name`, made or taken over, black and upright, with an exact line height."""
    existing = [style for style in document.styles if style.name == name]
    style = existing[0] if existing else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    style.font.size = Pt(look.size)
    style.font.name = LATIN_FONT
    _name_fonts(properties.find(qn("w:rFonts")), look.font, FOOTER_FONT if look.font == FOOTER_FONT else LATIN_FONT)
    layout = style.paragraph_format
    layout.alignment = look.alignment
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(look.pitch)
    if look.pitch != LINE_PITCH:
        _leave_grid(style)
    style.hidden, style.quick_style = False, True
    return style


def _leave_grid(style: ParagraphStyle) -> None:
    """Lines of a table keep their own height instead of falling onto the page's 22 lines."""
    flag = OxmlElement("w:snapToGrid")
    flag.set(qn("w:val"), "0")
    style.element.pPr.find(qn("w:spacing")).addprevious(flag)


def _indent(style: ParagraphStyle, characters: int) -> None:
    """First line in by characters, which Word keeps when the size changes."""
    size = style.font.size
    assert size is not None
    style.paragraph_format.first_line_indent = Pt(size.pt * characters)
    style.element.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), str(characters * 100))


def _remove_border(style: ParagraphStyle) -> None:
    border = style.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        style.element.pPr.remove(border)


def _set_running_heads(document: WordDocument, header: str) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for head in (section.header, section.even_page_header):
        head.is_linked_to_previous = False
        head.paragraphs[0].text = header
    for foot, alignment in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        foot.is_linked_to_previous = False
        _page_number(foot.paragraphs[0], alignment)


def _page_number(paragraph: Paragraph, alignment: WD_ALIGN_PARAGRAPH) -> None:
    """`— 3 —`, one character in from the edge of the type area."""
    paragraph.alignment = alignment
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    paragraph.add_run("— ")
    for kind, text in (("begin", None), (None, "PAGE"), ("separate", None), ("text", "1"), ("end", None)):
        run = paragraph.add_run(text if kind == "text" else None)
        if kind in {"begin", "separate", "end"}:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), str(kind))
            run._r.append(mark)  # noqa: SLF001 - fields are not in python-docx's vocabulary
        elif kind is None:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {text} "
            run._r.append(code)  # noqa: SLF001
    paragraph.add_run(" —")
