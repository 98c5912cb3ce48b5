"""The contents list: what is numbered, what is filled in, what is left to a person."""

from __future__ import annotations

from drafting_documents import table_under, text_of
from drafting_reports import report

from pipeline.drafting.contents import contents_values
from pipeline.drafting.rendering import render
from schemas.base import State
from schemas.draft import Draft, DraftKind, Office
from schemas.report import AuditReport, DirectoryLine


def contents(audited: AuditReport) -> Draft:
    values = contents_values(audited, Office(name="湛江市霞山区法律援助处"))
    return Draft(kind=DraftKind.CONTENTS_LIST, file_name="", content=render(DraftKind.CONTENTS_LIST, values, None))


def rows_of(audited: AuditReport) -> dict[str, list[str]]:
    return {row[3]: row for row in table_under(contents(audited), "责任者")[1:]}


def test_cover_contents_and_note_are_neither_listed_nor_numbered() -> None:
    """Page numbers of the volume begin after cover and contents list."""
    rows = rows_of(report())
    assert {"卷宗封面", "卷内目录", "卷内备考表"}.isdisjoint(rows)
    assert rows["通知辩护公函"][5] == "1"
    assert rows["刑事判决书"][5] == "17-23"
    assert "25页" in text_of(contents(report()))


def test_blank_pages_take_no_number() -> None:
    """A blank back does not shift the reader: it is not numbered."""
    audited = report()
    pages = tuple(page.model_copy(update={"kind": "blank"}) if page.number == 7 else page for page in audited.pages)
    assert rows_of(audited.model_copy(update={"pages": pages}))["会见笔录"][5] == "4-6"


def test_number_author_and_date_come_from_the_paper() -> None:
    """Each line carries what its paper states."""
    rows = rows_of(report())
    assert rows["刑事判决书"][1:5] == ["（2024）粤0803刑初217号", "湛江市霞山区人民法院", "刑事判决书", "20240612"]
    assert rows["指派通知书"][2] == "湛江市霞山区法律援助处"
    assert rows["授权委托书"][2] == "陈小满"


def test_doubtful_values_are_blank_and_marked() -> None:
    """A doubtful date is left blank and named in the remarks."""
    row = rows_of(report())["授权委托书"]
    assert (row[4], row[6]) == ("", "日期待核")


def test_doubtful_paper_is_marked_and_has_no_author() -> None:
    """A paper whose type is not sure says so."""
    audited = report()
    documents = tuple(
        paper.model_copy(update={"state": State.UNCERTAIN}) if paper.type == "assignment_notice" else paper
        for paper in audited.documents
    )
    row = rows_of(audited.model_copy(update={"documents": documents}))["指派通知书"]
    assert (row[2], row[6]) == ("", "题名待核")


def test_pages_of_no_paper_stand_in_their_place() -> None:
    """A page that was sorted nowhere is listed between its neighbours, for a person to name."""
    titles = list(rows_of(report()))
    assert titles.index("（未能归类的页面）") == titles.index("会见笔录") + 1
    assert "未能确认" in text_of(contents(report()))


def test_a_prescribed_directory_keeps_its_lines() -> None:
    """Where the province prescribes the lines, they stand in its words, with all pages of their papers, or empty."""
    audited = report()
    judgment = next(index for index, paper in enumerate(audited.documents) if paper.type == "outcome_document")
    lines = (
        DirectoryLine(number=1, title="法律援助申请表、通知辩护公函", documents=(2, judgment)),
        DirectoryLine(number=2, title="申请人身份证明", volume="审批卷"),
    )
    rows = table_under(contents(audited.model_copy(update={"directory": lines})), "责任者")[1:]
    assert [row[:1] + row[3:4] for row in rows[:2]] == [
        ["1", "法律援助申请表、通知辩护公函"],
        ["2", "〔审批卷〕申请人身份证明"],
    ]
    assert rows[0][5].endswith("，17-23")
    assert rows[1][5] == ""
