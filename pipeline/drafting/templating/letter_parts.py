"""Parts that many templates share: notes, the end of a letter, lines that stay together."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from pipeline.drafting.templating.styles import new_letter

BLANK = "＿＿＿＿＿＿"
DATE_BLANK = "　　　　年　　月　　日"


def letter_to_lawyer(title: str, heading: str) -> WordDocument:
    """A letter to a firm and its lawyer, begun: head, a blank for the number, who it is for."""
    document = new_letter(title, "草稿，经审核签发后生效")
    document.add_paragraph("{{ 机构名称 }}", style="机构名称")
    document.add_paragraph(heading, style="Title")
    document.add_paragraph("编号：＿＿＿＿〔＿＿＿＿〕＿＿号", style="编号")
    document.add_paragraph("{{ 承办单位 }}、承办人{{ 承办人 }}：", style="主送")
    return document


def add_opening(document: WordDocument, text: str) -> None:
    """What the letter is about, on one page with the beginning of the table that follows."""
    opening = document.add_paragraph(text, style="公文正文")
    opening.paragraph_format.keep_with_next = True
    opening.paragraph_format.space_after = Pt(6)


def add_note(document: WordDocument, condition: str, text: str) -> None:
    """A note below a table, where `condition` holds."""
    add_where(document, condition, text, "表注")


def add_where(document: WordDocument, condition: str, text: str, style: str) -> None:
    """A paragraph that stands only where `condition` holds."""
    document.add_paragraph(f"{{%p if {condition} %}}")
    document.add_paragraph(text, style=style)
    document.add_paragraph("{%p endif %}")


def add_basis_note(document: WordDocument) -> None:
    add_note(
        document,
        "有待核依据",
        "注：标“※”的依据、期限系据公开资料整理，尚未核对正式文本（依据待核），签发前请由本机构核定。",
    )


def add_spacer(document: WordDocument) -> None:
    """Two tables that touch would become one."""
    document.add_paragraph("", style="表注").paragraph_format.keep_with_next = True


def add_closing(document: WordDocument) -> None:
    """How to reach the office, and the line that its seal goes over, on one page with the last two things said."""
    said = [line for line in document.paragraphs if line.style is not None and line.style.name == "公文正文"]
    for line in said[-2:]:
        line.paragraph_format.keep_with_next = True
    for text in ("联系电话：{{ 联系电话 }}", "办公地址：{{ 办公地址 }}"):
        document.add_paragraph(text, style="公文正文").paragraph_format.keep_with_next = True
    kept_together(document, ("{{ 机构名称 }}", "署名"), ("　　　年　　月　　日", "成文日期"))


def kept_together(document: WordDocument, *lines: tuple[str, str]) -> list[Paragraph]:
    """The lines, each with its style, as paragraphs that stay on one page."""
    paragraphs = [document.add_paragraph(text, style=style) for text, style in lines]
    for paragraph in paragraphs[:-1]:
        paragraph.paragraph_format.keep_with_next = True
    return paragraphs
