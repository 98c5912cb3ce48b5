"""Two leaves scanned side by side."""

from __future__ import annotations

import pytest
from cataloguing_pages import line

from pipeline.cataloguing import catalogue
from schemas.reading import Line, PageKind, PageReading, TextSource
from schemas.volume import Page

SPREAD = {"width": 4958, "height": 3508, "dpi": 300}


def leaf(words: str, left: float, top: float = 0.08) -> Line:
    """A title in the middle of a leaf that begins at `left`."""
    wide = 0.016 * len(words)
    return Line(text=words, box=(left + 0.25 - wide / 2, top, left + 0.25 + wide / 2, top + 0.03), score=0.99)


def sheet(right: str, **how: int) -> Page:
    lines = (
        leaf("接受法律援助确认书", 0.0),
        leaf(right, 0.5),
        line("本人陈志强，因涉嫌盗窃罪一案，现处于审查起诉阶段。", 0.25, left=0.06),
        line("同意接受法律援助。", 0.31, left=0.06),
        line("拒绝法律援助，理由：", 0.36, left=0.06),
        line("确认人：陈志强", 0.6, left=0.2),
        line("如实陈述案情；配合承办律师办案。", 0.25, left=0.56),
        line("受援人（签名）：陈志强", 0.7, left=0.56),
    )
    reading = PageReading(
        sha256="spread", engine="e", kind=PageKind.CONTENT, text_source=TextSource.OCR, quality=0.99, lines=lines, **how
    )
    return Page(number=1, part="卷宗.pdf", part_page=1, reading=reading)


@pytest.mark.parametrize(
    ("right", "how", "papers"),
    [
        ("法律援助受援人权利义务告知书", SPREAD, {"rights_notice", "acceptance_confirmation"}),
        ("接受法律援助确认书", SPREAD, {"acceptance_confirmation"}),
        ("法律援助受援人权利义务告知书", {**SPREAD, "dpi": 450}, None),
        ("法律援助受援人权利义务告知书", {"width": 2480, "height": 3508, "dpi": 300}, None),
    ],
)
def test_the_paper_on_the_other_leaf_is_known_by_its_title(
    right: str, how: dict[str, int], papers: set[str] | None
) -> None:
    """On A3 lying; a table on a lying A4 and an upright page are one leaf. Which of the two the sheet is filed as is all one."""
    volume = catalogue([sheet(right, **how)])
    (page,) = volume.pages
    if papers is None:
        assert page.also == ()
    else:
        assert {volume.documents[0].type, *page.also} == papers
