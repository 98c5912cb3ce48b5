"""kill -9 while cases are registered from what was dropped, and one is assigned: each once, one set of numbers and papers."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from unittest import mock

import openpyxl
import pytest
from desk_office import Office, outbox_files
from faults_days import what_remains
from faults_killing import Day, compare_killed

from pipeline import registry
from pipeline.assigning import COLUMNS, registration_template
from pipeline.desk import assignments as assigning
from pipeline.desk import read_sheet
from pipeline.desk.assignments import Choice, assign
from schemas.base import State
from schemas.draft import Draft, DraftKind
from schemas.entry import Proposal, ProposedValue, RegistrationSheet
from schemas.numbering import Numbering
from schemas.roster import Lawyer

TODAY = date(2026, 11, 20)
NUMBERS = Numbering(area_short="虚")
WHO = Lawyer(licence="14408201510123456", name="李闻舟", firm="广东云岫律师事务所")
CHOICE = Choice(who="李闻舟", day=TODAY, by="王主任", why="轮派")
TITLES = [column.title for column in COLUMNS]
ROWS = (
    {"受理日期": "2026-11-20", "案件类别": "民事诉讼", "案件来源": "申请类", "受援人姓名": "某甲", "案由": "离婚纠纷"},
    {"受理日期": "2026-11-20", "案件类别": "民事诉讼", "案件来源": "申请类", "受援人姓名": "某乙", "案由": "赡养纠纷"},
    {"受理日期": "不是日期", "受援人姓名": "某丙"},
)
APPLICATION = Proposal(
    name="申请.pdf",
    pages=3,
    papers=("法律援助申请表",),
    values=(ProposedValue(path="recipient.name", value="某丁", state=State.FOUND, page=1),),
)


def read(original: Path, name: str) -> RegistrationSheet | Proposal:
    """What is dropped is a workbook with rows to register, or an application."""
    return APPLICATION if name == APPLICATION.name else (read_sheet(original, TODAY) or pytest.fail(name))


def drafted(*given: object) -> tuple[Draft, ...]:
    """Papers that say only which number they bear: what is drafted in them is tested elsewhere."""
    numbers = given[4]
    assert isinstance(numbers, dict)
    papers = {DraftKind.ASSIGNMENT_NOTICE: "", **numbers}
    return tuple(
        Draft(kind=kind, file_name=f"{kind.value}.docx", content=str(number).encode())
        for kind, number in papers.items()
    )


def office_at(root: Path) -> Office:
    office = Office(root)
    office.settings = office.settings.model_copy(update={"numbers": NUMBERS})
    return office


def stock(root: Path) -> None:
    """An office with one lawyer; a workbook and an application in its inbox."""
    office = office_at(root)
    registry.open_registry(office.state)
    registry.keep_roster([WHO], who="王主任")
    book = openpyxl.load_workbook(io.BytesIO(registration_template("虚构市法律援助处")))
    for number, row in enumerate(ROWS, start=3):
        for title, value in row.items():
            book.worksheets[0].cell(number, TITLES.index(title) + 1).value = value
    book.save(office.inbox / "十一月.xlsx")
    (office.inbox / APPLICATION.name).write_bytes(b"%PDF-1.4\n%%EOF\n")


def work(root: Path) -> None:
    """The office enters what was dropped; then a clerk assigns the first case, and says so again after a fault."""
    office = office_at(root)
    desk = office.open(process=read)
    office.settle(desk)
    office.settle(desk)
    with mock.patch.object(assigning, "draft_assignment", drafted):
        assign(registry.cases_of("某甲")[0].number, CHOICE, office.settings, TODAY)
    desk.tick()


def left(root: Path) -> dict[str, object]:
    remains = what_remains(root)
    office = office_at(root)
    registry.open_registry(office.state)
    try:
        return {
            **remains,
            "cases": list(registry.list_cases()),
            "assignments": [
                [each.numbers for each in registry.assignments(case.number)] for case in registry.list_cases()
            ],
            "numbers": [(drawn.word, drawn.sequence, drawn.about) for drawn in registry.drawn_numbers()],
            "waits": registry.is_anything_waiting(),
            "texts": [(office.outbox / name).read_text(encoding="utf-8") for name in told_as_text(office)],
        }
    finally:
        registry.close_registry()


def told_as_text(office: Office) -> list[str]:
    return [name for name in outbox_files(office) if name.endswith(".yaml")]


DAY = Day(stock, work, left)


def test_an_undisturbed_day_registers_and_assigns(tmp_path):
    """Two cases, one of them assigned with its papers; a row that is refused; an application that is only proposed."""
    stock(tmp_path)
    work(tmp_path)
    registry.close_registry()
    found = left(tmp_path)
    assert len(found["cases"]) == 2
    assert found["told"]["assigned"] == found["told"]["entered"] == found["told"]["proposed"] == 1
    assert found["told"]["entry_delivered"] == 2
    assert len(found["numbers"]) > 2
    assert any(name.endswith("/指派文书/assignment_notice.docx") for name in found["outbox"])
    assert len(found["texts"]) == 1


def test_killed_before_a_step_and_done_again_each_is_registered_and_assigned_once(tmp_path, clone):
    """A sample from the first step to the last; the full set is marked full."""
    compare_killed(DAY, tmp_path, clone, most=3)


@pytest.mark.full
def test_killed_before_any_step_and_done_again_each_is_registered_and_assigned_once(tmp_path, clone):
    """Every step between the first and the last."""
    compare_killed(DAY, tmp_path, clone)
