"""Drafts made final: number and day in their blanks, everything that a clerk has written left as it is."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest
from docx.document import Document as WordDocument
from drafting_reports import CERTAIN, report

from pipeline.drafting import draft, ends_by_receipt, has_number_blank, made_final, numbered_receipt, paper_text
from pipeline.errors import UsageError
from schemas.draft import CureTerm, DraftKind, Office
from schemas.issuing import IssuedPaper
from schemas.report import Decision

DAY = date(2026, 11, 22)
NUMBER = "虚法援正字〔2026〕7号"
OFFICE = Office(name="某某法律援助处")
DRAFTS = {each.kind: each.content for each in draft(report(CERTAIN, decision=Decision.BLOCKED), OFFICE, DAY, 1)}
NOTICE = DRAFTS[DraftKind.DEFICIENCY_NOTICE]


def edited(content: bytes, change: Callable[[WordDocument], None]) -> bytes:
    document = docx.Document(io.BytesIO(content))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def final(content: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(made_final(content, "补正通知书.docx", NUMBER, DAY)))


@pytest.mark.parametrize("kind", [DraftKind.DEFICIENCY_NOTICE, DraftKind.SUBSIDY_SUSPENSION])
def test_number_and_day_stand_in_their_blanks(kind: DraftKind) -> None:
    """Nothing says any more that it is a draft; the day on the receipt to tear off stays for the firm."""
    assert has_number_blank(paper_text(DRAFTS[kind], "草稿.docx"))
    document = final(DRAFTS[kind])
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts.count(f"编号：{NUMBER}") == 1
    assert texts.count("2026年11月22日") == 1
    assert not has_number_blank("\n".join(texts))
    assert "草稿" not in "".join(head.text for head in document.sections[0].header.paragraphs)
    if kind is DraftKind.DEFICIENCY_NOTICE:
        assert any(text.endswith("年　　月　　日") for text in texts)


def test_what_a_clerk_has_written_stays() -> None:
    """Also where Word has cut the number's line into pieces, as it does while somebody types."""

    def work(document: WordDocument) -> None:
        document.paragraphs[4].add_run("另请电话说明。")
        (line,) = (paragraph for paragraph in document.paragraphs if "编号：" in paragraph.text)
        text = line.text
        for run in line.runs[1:]:
            run.text = ""
        line.runs[0].text = text[:6]
        line.add_run(text[6:9])
        line.add_run(text[9:])

    document = final(edited(NOTICE, work))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert f"编号：{NUMBER}" in texts
    assert any(text.endswith("另请电话说明。") for text in texts)


def test_form_without_blanks_gets_nothing() -> None:
    """An office whose own form bears no number has none put on it, and a day that was written stays."""

    def work(document: WordDocument) -> None:
        for paragraph in document.paragraphs:
            if "编号：" in paragraph.text:
                paragraph.clear()
            if paragraph.style.name == "成文日期":
                paragraph.runs[0].text = "2026年11月20日"

    content = edited(NOTICE, work)
    assert not has_number_blank(paper_text(content, "补正通知书.docx"))
    texts = "\n".join(paragraph.text for paragraph in final(content).paragraphs)
    assert NUMBER not in texts
    assert "2026年11月20日" in texts
    assert "2026年11月22日" not in texts


def test_receipt_names_the_numbers_of_its_letters() -> None:
    """Each in the line of its own letter; the blanks for signatures stay."""
    papers = (
        IssuedPaper(kind=DraftKind.DEFICIENCY_NOTICE, number=NUMBER),
        IssuedPaper(kind=DraftKind.SUBSIDY_SUSPENSION, number=""),
    )
    content = numbered_receipt(DRAFTS[DraftKind.SERVICE_RECEIPT], "送达回证.docx", papers)
    rows = [
        [cell.text for cell in row.cells] for table in docx.Document(io.BytesIO(content)).tables for row in table.rows
    ]
    assert ["1", "补正通知书", NUMBER, "1"] in rows
    assert ["2", "暂缓发放补贴告知书", "＿＿＿＿", "1"] in rows
    assert any("签名或者盖章：＿＿" in cell for row in rows for cell in row)


def test_same_draft_gives_the_same_bytes() -> None:
    """Written again after a power cut it is the same letter."""
    assert made_final(NOTICE, "补正通知书.docx", NUMBER, DAY) == made_final(NOTICE, "补正通知书.docx", NUMBER, DAY)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + b"\0" * 18, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_broken_document_is_refused_in_a_sentence(content: bytes) -> None:
    """With what to do; never a traceback."""
    with pytest.raises(UsageError, match="重新另存"):
        made_final(content, "补正通知书.docx", NUMBER, DAY)


def test_days_that_have_passed_are_renewed() -> None:
    """A notice that goes out a week later says the last days for that week; a clerk's own words there would stay."""
    terms = (CureTerm(received_on=DAY, ends_on=date(2026, 12, 4)),)
    (notice,) = (
        each.content
        for each in draft(report(CERTAIN, decision=Decision.BLOCKED), OFFICE, DAY, 1, terms)
        if each.kind is DraftKind.DEFICIENCY_NOTICE
    )
    before, after = ends_by_receipt(terms), ends_by_receipt((CureTerm(received_on=DAY, ends_on=date(2026, 12, 9)),))
    content = made_final(notice, "补正通知书.docx", NUMBER, DAY, (before, after))
    text = paper_text(content, "补正通知书.docx")
    assert after in text
    assert before not in text
