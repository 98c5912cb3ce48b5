"""A registration workbook dropped into the inbox: good rows become cases, the outcome lies in the outbox."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from desk_office import Office, outbox_files

from pipeline import registry
from pipeline.assigning import COLUMNS, registration_template
from pipeline.desk import read_sheet
from pipeline.desk.entering import enter
from schemas.base import State
from schemas.entry import Proposal, ProposedValue

TODAY = date(2024, 6, 1)
TITLES = [column.title for column in COLUMNS]
GOOD = {
    "受理日期": "2024-03-05",
    "案件类别": "民事诉讼",
    "案件来源": "申请类",
    "受援人姓名": "某甲",
    "案由": "离婚纠纷",
}
BAD = {**GOOD, "受援人姓名": "某乙", "身份证号码": "123"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    yield Office(tmp_path)
    registry.close_registry()


def sheet(path: Path, *rows: dict[str, str]) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(registration_template("虚构市法律援助处")))
    for number, row in enumerate(rows, start=3):
        for title, value in row.items():
            book.worksheets[0].cell(number, TITLES.index(title) + 1).value = value
    book.save(path)
    return path


def at_work(office: Office):
    """The desk, reading workbooks as the running office does."""
    return office.open(process=lambda original, name: read_sheet(original, TODAY) or office.process(original, name))


def results(office: Office) -> list[list[tuple[str, str]]]:
    """Of each workbook told in the outbox, oldest first: case number and outcome of each row."""
    told = []
    for name in (name for name in outbox_files(office) if name.startswith("受理登记/")):
        page = openpyxl.load_workbook(office.outbox / name).worksheets[0]
        last = len(TITLES) + 1
        rows = range(3, page.max_row + 1)
        told.append(
            [
                (str(page.cell(row, TITLES.index("案件编号") + 1).value or ""), str(page.cell(row, last).value or ""))
                for row in rows
                if page.cell(row, last).value
            ]
        )
    return told


def test_good_rows_are_registered_and_bad_ones_told(office):
    """The workbook leaves the inbox; a copy with the outcome of each row lies in the outbox; nothing is audited."""
    sheet(office.inbox / "三月.xlsx", GOOD, BAD)
    office.settle(at_work(office))
    (told,) = results(office)
    assert told[0] == ("法援民字〔2024〕1号", "已登记，案件编号：法援民字〔2024〕1号。")
    assert told[1][0] == ""
    assert "身份证号码（F列）”应当为18位" in told[1][1]
    assert [record.registration.recipient.name for record in registry.list_cases()] == ["某甲"]
    assert list(office.inbox.iterdir()) == []
    assert office.audited == []


def test_the_same_workbook_again_registers_nothing_and_says_so(office):
    """Under another name too: the same bytes, the same cases, an answer of its own."""
    desk = at_work(office)
    path = sheet(office.inbox / "表.xlsx", GOOD)
    content = path.read_bytes()
    office.settle(desk)
    (office.inbox / "表 - 副本.xlsx").write_bytes(content)
    office.settle(desk)
    assert len(list(registry.list_cases())) == 1
    assert [told[0][1] for told in results(office)] == [
        "已登记，案件编号：法援民字〔2024〕1号。",
        "此前已经登记，案件编号：法援民字〔2024〕1号，未重复登记。",
    ]


def test_a_corrected_result_registers_the_rest(office, tmp_path):
    """The clerk mends the workbook from the outbox and drops it: only the row that was wrong is registered now."""
    desk = at_work(office)
    sheet(office.inbox / "表.xlsx", GOOD, BAD)
    office.settle(desk)
    (result,) = (name for name in outbox_files(office) if name.startswith("受理登记/"))
    book = openpyxl.load_workbook(office.outbox / result)
    book.worksheets[0].cell(4, TITLES.index("身份证号码") + 1).value = "440801199001011231"
    book.save(office.inbox / "改好了.xlsx")
    office.settle(desk)
    assert [record.number for record in registry.list_cases()] == ["法援民字〔2024〕1号", "法援民字〔2024〕2号"]
    later = results(office)[1]
    assert later[0][1].startswith("此前已经登记")
    assert later[1][1] == "已登记，案件编号：法援民字〔2024〕2号。"


def test_the_same_case_in_two_rows_is_registered_once(office):
    """The second row is told which one it repeats."""
    sheet(office.inbox / "表.xlsx", GOOD, {**GOOD, "备注": "又录了一遍"})
    office.settle(at_work(office))
    (told,) = results(office)
    assert "与第3行系同一案件" in told[1][1]
    assert "备注：已登记“（空）”，此次为“又录了一遍”" in told[1][1]
    assert len(list(registry.list_cases())) == 1


def test_a_number_of_another_case_is_refused(office):
    """A slip in the number must not make two persons one case."""
    sheet(office.inbox / "表.xlsx", GOOD, {**GOOD, "受援人姓名": "某丙", "案件编号": "法援民字〔2024〕1号"})
    office.settle(at_work(office))
    (told,) = results(office)
    assert "已用于受援人某甲的案件" in told[1][1]
    assert '"受援人姓名=某丙" --why' in told[1][1]


def test_a_known_number_with_other_values_is_told_with_how_to_correct_it(office):
    """What was registered stays as it is; the row is marked, so that nobody takes it for done."""
    desk = at_work(office)
    sheet(office.inbox / "表.xlsx", GOOD)
    office.settle(desk)
    number = "法援民字〔2024〕1号"
    sheet(office.inbox / "改过.xlsx", {**GOOD, "案由": "抚养纠纷", "案件编号": number})
    office.settle(desk)
    outcome = results(office)[1][0][1]
    assert "案由：已登记“离婚纠纷”，此次为“抚养纠纷”" in outcome
    assert f'juanzong case correct {number} "案由=抚养纠纷"' in outcome
    assert next(registry.list_cases()).registration.cause == "离婚纠纷"
    told = [name for name in outbox_files(office) if name.startswith("受理登记/")]
    fills = [
        openpyxl.load_workbook(office.outbox / name).worksheets[0].cell(3, len(TITLES) + 1).fill.fgColor.rgb
        for name in told
    ]
    assert fills[0] != fills[1]


def test_a_namesake_with_the_same_cause_is_registered_and_pointed_out(office):
    """Another day: perhaps a slip in a date, perhaps another case; a person looks."""
    sheet(office.inbox / "表.xlsx", GOOD, {**GOOD, "受理日期": "2024-03-06"})
    office.settle(at_work(office))
    (told,) = results(office)
    assert "请核对是否重复登记" in told[1][1]
    assert len(list(registry.list_cases())) == 2


def test_a_workbook_alone_in_a_folder_is_a_workbook(office):
    """A clerk drops the folder; beside other papers it is part of a closing file."""
    (office.inbox / "夹").mkdir()
    sheet(office.inbox / "夹" / "表.xlsx", GOOD)
    office.settle(at_work(office))
    assert len(list(registry.list_cases())) == 1


def test_another_workbook_is_said_to_be_no_closing_file(office, tmp_path):
    """Today's answer; an old workbook is told how to be saved."""
    book = openpyxl.Workbook()
    book.active.append(["姓名", "金额"])
    book.save(tmp_path / "工资.xlsx")
    assert read_sheet(tmp_path / "工资.xlsx", TODAY) is None
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100 + "Workbook\0".encode("utf-16-le")
    (office.inbox / "旧.xls").write_bytes(old)
    office.settle(at_work(office))
    notes = [name for name in outbox_files(office) if name.endswith("说明.txt")]
    assert "另存为 .xlsx" in (office.outbox / notes[0]).read_text(encoding="utf-8-sig")


def test_a_kill_between_registering_and_telling_repeats_nothing(office, monkeypatch):
    """Registered and not told yet: after a restart it is told, with the same numbers."""
    sheet(office.inbox / "表.xlsx", GOOD)
    with monkeypatch.context() as patched:

        def fail(*_args: object) -> Path:
            raise OSError

        patched.setattr("pipeline.desk.desk.deliver_recorded_entry", fail)
        office.settle(at_work(office))
        assert results(office) == []
    office.settle(at_work(office))
    assert results(office) == [[("法援民字〔2024〕1号", "已登记，案件编号：法援民字〔2024〕1号。")]]


def test_an_entry_that_fails_registers_no_row(office, monkeypatch):
    """All rows and their record are one act: whatever breaks in it leaves the submission as it was."""
    path = sheet(office.state / "表.xlsx", GOOD, {**GOOD, "受援人姓名": "某丙"})
    registry.open_registry(office.state)
    submitted = registry.register_drop("表.xlsx", "f" * 64, sha256="1" * 64, original="表.xlsx")
    registry.claim_next("tests")
    found = read_sheet(path, TODAY)
    assert found is not None

    def fail(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(registry, "record_entry", fail)
    with pytest.raises(RuntimeError):
        enter(submitted.submission_id, found, office.settings)
    assert list(registry.list_cases()) == []
    assert list(registry.drawn_numbers()) == []


def test_a_proposal_lies_in_the_outbox_and_registers_when_it_comes_back(office):
    """Uncertain cells are coloured and remarked; the clerk fills in what is missing and drops the workbook."""
    values = (
        ProposedValue(path="received_on", value="2024-03-05", state=State.UNCERTAIN, page=1),
        ProposedValue(path="kind", value="民事诉讼", state=State.FOUND),
        ProposedValue(path="origin", value="申请类", state=State.FOUND),
        ProposedValue(path="recipient.name", value="某甲", state=State.FOUND, page=1),
    )
    proposal = Proposal(name="申请.pdf", pages=3, papers=("法律援助申请表",), values=values)
    (office.inbox / "申请.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    desk = office.open(process=lambda original, _name: read_sheet(original, TODAY) or proposal)
    office.settle(desk)
    assert list(registry.list_cases()) == []
    drafts = [name for name in outbox_files(office) if name.startswith("受理登记/")]
    assert {Path(name).name for name in drafts} == {"受理登记表（待核对）.xlsx", "登记草稿.yaml", "原件_申请.pdf"}
    book = openpyxl.load_workbook(office.outbox / next(name for name in drafts if name.endswith(".xlsx")))
    page = book.worksheets[0]
    day, cause = page.cell(3, 1), page.cell(3, TITLES.index("案由") + 1)
    assert "待核" in day.comment.text
    assert "第1页" in day.comment.text
    assert "未能读到" in cause.comment.text
    assert page.cell(3, TITLES.index("受援人姓名") + 1).comment is None
    cause.value = "离婚纠纷"
    book.save(office.inbox / "核对好.xlsx")
    office.settle(desk)
    assert [record.registration.cause for record in registry.list_cases()] == ["离婚纠纷"]


def test_the_ledger_lists_registered_cases_that_have_no_closing_file_yet(office):
    """Also those that another process registers while the office is open; what waits is the assignment."""
    desk = at_work(office)
    sheet(office.inbox / "表.xlsx", GOOD)
    office.settle(desk)
    rows = list(openpyxl.load_workbook(office.outbox / "台账.xlsx")["案件台账"].iter_rows(values_only=True))
    line = dict(zip(rows[0], rows[1], strict=True))
    assert (line["案件编号"], line["类别"], line["等待事项"]) == ("法援民字〔2024〕1号", "民事诉讼", "已登记，待指派")
    case = next(registry.list_cases()).registration
    other = case.model_copy(update={"recipient": case.recipient.model_copy(update={"name": "某丁"})})
    registry.register_case(other, who="赵一")
    desk.tick()
    page = openpyxl.load_workbook(office.outbox / "台账.xlsx")["案件台账"]
    assert page.max_row == 3
