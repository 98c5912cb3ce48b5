"""Checklists for the wall: what is due when, what it bears, what follows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from auditing_standards import standard

from pipeline.auditing import checklist_sheets, confirmed, in_force, list_standards, load_standard, open_grounds
from schemas.case import Kind, Origin, Stage
from schemas.checklist import ChecklistSheet, SheetRow
from schemas.confirmation import Confirmation


def rows(sheet: ChecklistSheet) -> dict[str, SheetRow]:
    return {row.key: row for section in sheet.sections for row in section.rows}


def test_a_row_says_when_a_paper_is_due_in_plain_words(tmp_path: Path) -> None:
    """What the choice of the list settles is left out of the condition; exceptions and substitutes are told."""
    notified = checklist_sheets(standard(tmp_path))[0]
    found = rows(notified)
    assert found["cover"].when == "必备"
    assert found["file_review_note"].when == "必备（终止法律援助的除外）"
    assert found["hearing_record"].when == "已开庭审理的，应当有；缺少的，可以情况说明代替（法院不予复制）"
    assert found["family_contact_record"].when == "有则入卷"


def test_a_row_says_what_the_paper_bears_and_what_follows(tmp_path: Path) -> None:
    """Marks whose lack holds up the subsidy are starred; the star is explained below."""
    sheet = checklist_sheets(standard(tmp_path))[0]
    paper = rows(sheet)["assignment_notice"]
    assert paper.marks == "法律援助机构公章★、注明日期"
    assert (paper.blocks, rows(sheet)["cover"].blocks) == ("是", "否")
    assert any("★" in note for note in sheet.notes)
    assert any("30日（依据待核）" in note for note in sheet.notes)


def test_the_offices_own_papers_stand_apart(tmp_path: Path) -> None:
    """A lawyer sees at once what is not his to hand in."""
    sheet = checklist_sheets(standard(tmp_path))[0]
    assert [section.title for section in sheet.sections] == ["", "由法律援助处办理的材料"]
    assert [row.key for row in sheet.sections[1].rows] == ["subsidy_form"]
    assert [row.number for section in sheet.sections for row in section.rows] == [1, 2, 3, 4, 5, 6]


def test_kind_stage_and_origin_narrow_the_lists(tmp_path: Path) -> None:
    """A list for several origins, narrowed to one, says so in its title."""
    whole = standard(tmp_path)
    assert [sheet.kind for sheet in checklist_sheets(whole, Kind.CIVIL)] == [Kind.CIVIL]
    (sheet,) = checklist_sheets(whole, Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.APPLIED)
    assert "申请类" in sheet.title
    assert checklist_sheets(whole, Kind.CIVIL, Stage.RETRIAL) == ()


def test_what_is_confirmed_bears_name_and_day(tmp_path: Path) -> None:
    """The sheet counts what is official, confirmed and open."""
    whole = standard(tmp_path)
    ground = next(one for one in open_grounds(whole) if one.name == "file_review_note")
    act = Confirmation(ground=ground, by="赵一", at=datetime(2024, 5, 6, 4, tzinfo=UTC))
    sheet = checklist_sheets(confirmed(whole, [act]), confirmations=in_force([act]))[0]
    assert "赵一，2024.05.06" in rows(sheet)["file_review_note"].standing
    assert rows(sheet)["assignment_notice"].standing == "推定待核"
    assert "1项依据系正式文本，1项已经本机构核对确认，4项系据公开资料推定" in sheet.standing


def test_an_official_paper_whose_marks_are_reconstructed_says_so(tmp_path: Path) -> None:
    """That a paper is due by the official text says nothing of what it bears."""
    civil = checklist_sheets(standard(tmp_path), Kind.CIVIL)[0]
    assert rows(civil)["power_of_attorney"].standing == "正式文本（签章、日期推定待核）"
    assert rows(civil)["cover"].standing == "正式文本"


@pytest.mark.parametrize("name", list_standards())
def test_every_list_that_ships_can_be_printed(name: str) -> None:
    """No row without a paper, a time and a basis."""
    sheets = checklist_sheets(load_standard(name))
    assert sheets
    for sheet in sheets:
        for row in rows(sheet).values():
            assert row.material
            assert row.when
            assert row.basis
