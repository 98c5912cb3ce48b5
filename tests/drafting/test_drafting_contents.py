"""The contents list: what is numbered, what is filled in, what is left to a person."""

from __future__ import annotations

from datetime import date

from drafting_documents import table_under, text_of
from drafting_reports import report

from pipeline.drafting import draft
from pipeline.drafting.contents import contents_values, numbered_text
from pipeline.drafting.rendering import render
from schemas.arrangement import arranged
from schemas.base import State
from schemas.draft import Draft, DraftKind, Office
from schemas.report import AuditReport, DirectoryLine

OFFICE = Office(name="湛江市霞山区法律援助处")


def contents(audited: AuditReport, volume: int = 0) -> Draft:
    values = contents_values(audited, OFFICE, arranged(audited)[volume])
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
        DirectoryLine(number=2, title="申请人身份证明"),
    )
    rows = table_under(contents(audited.model_copy(update={"directory": lines})), "责任者")[1:]
    assert [row[:1] + row[3:4] for row in rows[:2]] == [
        ["1", "法律援助申请表、通知辩护公函"],
        ["2", "申请人身份证明"],
    ]
    assert rows[0][5] == "1，17-23"
    assert rows[1][5] == ""


def moved() -> AuditReport:
    """A file that the lawyer bound otherwise than the standard has it: the judgment belongs before the organ's notice."""
    audited = report()
    order = [
        [paper.type for paper in audited.documents].index(type_) for type_ in ("outcome_document", "defence_notice")
    ]
    rows = [
        row.model_copy(update={"documents": (index,)}) for row, index in zip(audited.checklist[:2], order, strict=True)
    ]
    return audited.model_copy(update={"checklist": (*rows, *audited.checklist[2:])})


def test_list_follows_the_archive_copy_and_says_where_the_scan_has_the_pages() -> None:
    """A clerk cannot take a page number of the volume for one of the scan: the list says which is which."""
    document = contents(moved())
    first = table_under(document, "责任者")[1]
    assert first[3:] == ["刑事判决书", "20240612", "1-7", "扫描件第19—25页"]
    assert "请先按本目录调整次序，再编页号" in text_of(document)
    assert "次序、页号与归档副本一致" in text_of(document)


def test_list_in_the_order_of_the_scan_needs_no_second_page_numbers() -> None:
    """Then the remarks are free for what is to be looked up."""
    assert not any("扫描件" in row[6] for row in rows_of(report()).values())
    assert "调整次序" not in text_of(contents(report()))


def test_each_volume_has_a_list_of_its_own() -> None:
    """Two volumes, two lists, each from page 1, as the archive copy has them; cover and note count each volume."""
    lines = (
        DirectoryLine(number=1, title="审批材料", volume="审批卷", documents=(2, 3)),
        DirectoryLine(number=1, title="办案材料", volume="承办卷", documents=tuple(range(4, 10))),
    )
    audited = report().model_copy(update={"directory": lines})
    lists = [each for each in draft(audited, OFFICE, date(2026, 3, 9), 1) if each.kind is DraftKind.CONTENTS_LIST]
    assert [each.file_name for each in lists] == [
        "入卷材料/卷内目录（审批卷）.docx",
        "入卷材料/卷内目录（承办卷）.docx",
    ]
    for each, title in zip(lists, ("审批卷", "承办卷"), strict=True):
        assert f"卷内目录（{title}）" in text_of(each)
        assert table_under(each, "责任者")[1][5].startswith("1")
    counted = [volume.numbered for volume in arranged(audited)]
    assert numbered_text(audited) == f"审批卷{counted[0]}页、承办卷{counted[1]}"
    assert sum(counted) == int(numbered_text(report()))
