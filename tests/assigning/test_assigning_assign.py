"""A person's choice: what it records, which numbers it draws, which papers it writes, and what it refuses."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from assigning_people import TODAY, case, civil, lawyer

from pipeline import registry
from pipeline.assigning import read_roster
from pipeline.cli import main
from pipeline.desk import assignments as assigning
from pipeline.desk.assignments import Choice, assign, proposal
from pipeline.errors import UsageError
from pipeline.registry.models import JournalEvent
from pipeline.settings import Settings, load_settings
from schemas.case import Kind
from schemas.draft import DraftKind
from schemas.letter_requests import LawyerChange
from schemas.numbering import Numbering
from schemas.registration import CaseRecord, Custody, Recipient

FIRST, SECOND, THIRD = lawyer(1, fields=("刑事",)), lawyer(2), lawyer(3, firm="广东第1律师事务所")
WORKER = lawyer(9, licence="31908000001", personnel="legal_worker")
CHOICE = Choice(who="律师1", day=TODAY, by="王主任", why="轮派")
CHANGE = LawyerChange(requested_on=TODAY, reason="承办人因病不能继续承办，申请理由成立", days=3)


_RENDERED: dict[str, bytes] = {}


@pytest.fixture(autouse=True)
def rendering_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same case is assigned again and again; each paper with the same words is rendered the first time only."""
    from pipeline.drafting.assignment import drafting, serving

    really = drafting.render

    def once(kind: DraftKind, values: Any, templates: Path | None) -> bytes:
        key = f"{kind}{values!r}"
        if key not in _RENDERED:
            _RENDERED[key] = really(kind, values, templates)
        return _RENDERED[key]

    for module in (drafting, serving):
        monkeypatch.setattr(module, "render", once)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Settings]:
    """An office with a roster and an open registry."""
    settings = Settings(
        office_name="虚江市法律援助处",
        outbox=tmp_path / "发件箱",
        state=tmp_path / "台账",
        numbers=Numbering(area_short="虚"),
    )
    registry.open_registry(settings.state)
    registry.keep_roster([FIRST, SECOND, THIRD, WORKER], who="王主任")
    yield settings
    registry.close_registry()


def registered(record: CaseRecord) -> CaseRecord:
    return registry.register_case(record.registration, who="王主任", number=record.number)


@pytest.fixture
def defence(office: Settings) -> CaseRecord:
    """A registered notified defence of somebody in custody."""
    held = Recipient(name="陈小满", custody=Custody.DETAINED, custody_place="虚江市看守所")
    return registered(case(recipient=held))


def file_names(folder: Path | None) -> set[str]:
    assert folder is not None
    return {path.name for path in folder.iterdir()}


def numbers() -> list[tuple[str, int]]:
    return [(drawn.word, drawn.sequence) for drawn in registry.drawn_numbers()]


def last_event() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(JournalEvent.objects.order_by("-number").first().content)
    return content


def test_choice_is_recorded_and_its_papers_are_written(office: Settings, defence: CaseRecord) -> None:
    """One act: the assignment, its numbers, its journal event, and the papers in the case's folder."""
    outcome = assign(defence.number, CHOICE, office, TODAY)
    assert outcome.anew
    assert outcome.folder == office.outbox / "某法援刑字〔2026〕9号_陈小满" / "指派文书"
    assert {"指派通知书.docx", "法律援助公函（刑事）.docx", "委托辩护协议.docx"} <= file_names(outcome.folder)
    assert "给予法律援助决定书.docx" not in file_names(outcome.folder)
    assert registry.assignments(defence.number) == (outcome.assignment,)
    assert outcome.assignment.numbers == {
        DraftKind.ASSIGNMENT_NOTICE: "虚法援指字〔2026〕1号",
        DraftKind.CRIMINAL_LETTER: "虚法援函字〔2026〕1号",
    }
    event = last_event()
    assert (event["what"], event["who"], event["about"]["why"]) == ("assigned", "王主任", "轮派")


def test_letters_bear_the_day_of_the_assignment_and_their_numbers(office: Settings, defence: CaseRecord) -> None:
    """Assigned yesterday and entered today: the letter bears yesterday."""
    outcome = assign(defence.number, replace(CHOICE, day=date(2026, 11, 19)), office, TODAY)
    assert outcome.folder is not None
    letter = docx.Document(io.BytesIO((outcome.folder / "指派通知书.docx").read_bytes()))
    text = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert "2026年11月19日" in text
    assert "虚法援指字〔2026〕1号" in text
    assert "律师1" in text


def test_same_choice_again_draws_nothing_and_writes_what_is_missing(office: Settings, defence: CaseRecord) -> None:
    """Done twice, or done again after the papers were lost: the same assignment, the same bytes, no second number."""
    first = assign(defence.number, CHOICE, office, TODAY)
    assert first.folder is not None
    content = {path.name: path.read_bytes() for path in first.folder.iterdir()}
    drawn = numbers()
    again = assign(defence.number, CHOICE, office, TODAY)
    assert not again.anew
    for path in first.folder.iterdir():
        path.unlink()
    first.folder.rmdir()
    assert assigning.papers_missing(defence, first.assignment, office)
    third = assign(defence.number, CHOICE, office, TODAY)
    assert third.assignment == first.assignment
    assert {path.name: path.read_bytes() for path in first.folder.iterdir()} == content
    assert numbers() == drawn
    assert len(registry.assignments(defence.number)) == 1


def test_papers_that_a_clerk_has_changed_stay(office: Settings, defence: CaseRecord) -> None:
    """What stands in the outbox is never written over."""
    folder = assign(defence.number, CHOICE, office, TODAY).folder
    assert folder is not None
    (folder / "指派通知书.docx").write_bytes("已改".encode())
    assign(defence.number, CHOICE, office, TODAY)
    assert (folder / "指派通知书.docx").read_bytes() == "已改".encode()


def test_nothing_is_drawn_or_recorded_where_drafting_fails(
    office: Settings, defence: CaseRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template that does not hold together costs no number and assigns nobody."""

    def broken(*_: object) -> None:
        raise UsageError("模板有误。")

    before = numbers()
    with monkeypatch.context() as patch:
        patch.setattr(assigning, "draft_assignment", broken)
        with pytest.raises(UsageError, match="模板有误"):
            assign(defence.number, CHOICE, office, TODAY)
    assert numbers() == before
    assert registry.assignments(defence.number) == ()
    assert assign(defence.number, CHOICE, office, TODAY).assignment.numbers[DraftKind.ASSIGNMENT_NOTICE].endswith("1号")


def test_excluded_lawyer_is_refused_and_an_override_is_journalled(office: Settings, defence: CaseRecord) -> None:
    """The sentence names exclusion and article; with a reason it stands, and the journal keeps both."""
    with pytest.raises(UsageError, match=r"不能担任辩护人.*第二十五条.*--override"):
        assign(defence.number, replace(CHOICE, who="31908000001"), office, TODAY)
    assert registry.assignments(defence.number) == ()
    made = assign(defence.number, replace(CHOICE, who="律师9", override="别无人选"), office, TODAY).assignment
    assert made.override == "别无人选"
    about = last_event()["about"]
    assert "不能担任辩护人" in about["despite"]
    assert about["override"] == "别无人选"


def test_assigned_case_needs_a_replacement(office: Settings, defence: CaseRecord) -> None:
    """Without --replace a second lawyer is refused; without a first one there is nobody to replace."""
    with pytest.raises(UsageError, match="尚未指派"):
        assign(defence.number, replace(CHOICE, change=CHANGE), office, TODAY)
    assign(defence.number, CHOICE, office, TODAY)
    with pytest.raises(UsageError, match="--replace"):
        assign(defence.number, replace(CHOICE, who="律师2"), office, TODAY)


def test_replacement_by_another_firm(office: Settings, defence: CaseRecord) -> None:
    """The former firm is told, the new one assigned; what the recipient has got already is not written again."""
    first = assign(defence.number, CHOICE, office, TODAY)
    outcome = assign(defence.number, replace(CHOICE, who="律师2", change=CHANGE), office, TODAY)
    names = file_names(outcome.folder)
    assert outcome.folder is not None
    assert outcome.folder.name == "更换文书（1）"
    assert {"更换法律援助人员通知书.docx", "指派通知书.docx", "法律援助公函（刑事）.docx"} <= names
    assert "送达回证（更换通知书）.docx" in names
    assert "受援人权利义务告知书.docx" not in names
    assert outcome.assignment.replaces == FIRST.licence
    assert outcome.assignment.numbers[DraftKind.ASSIGNMENT_NOTICE] == "虚法援指字〔2026〕2号"
    assert outcome.assignment.numbers[DraftKind.LAWYER_CHANGE_NOTICE] == "虚法援换字〔2026〕1号"
    assert registry.assignments(defence.number) == (first.assignment, outcome.assignment)
    assert registry.open_cases() == {SECOND.licence: 1}


def test_replacement_within_the_firm(office: Settings, defence: CaseRecord) -> None:
    """The same firm goes on: no second notice of assignment, and the first one's number still holds."""
    first = assign(defence.number, CHOICE, office, TODAY)
    outcome = assign(defence.number, replace(CHOICE, who="律师3", change=CHANGE), office, TODAY)
    assert "指派通知书.docx" not in file_names(outcome.folder)
    notice = DraftKind.ASSIGNMENT_NOTICE
    assert outcome.assignment.numbers[notice] == first.assignment.numbers[notice]


def test_replacement_again_writes_the_same_papers(office: Settings, defence: CaseRecord) -> None:
    """Killed after the replacement was recorded: the same command writes the papers of the replacement."""
    assign(defence.number, CHOICE, office, TODAY)
    choice = replace(CHOICE, who="律师2", change=CHANGE)
    folder = assign(defence.number, choice, office, TODAY).folder
    assert folder is not None
    content = {path.name: path.read_bytes() for path in folder.iterdir()}
    folder.rename(folder.with_name("挪走"))
    again = assign(defence.number, choice, office, TODAY)
    assert not again.anew
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == content


@pytest.mark.parametrize(("day", "sentence"), [(date(2026, 11, 21), "晚于今天"), (date(2026, 11, 18), "早于受理日期")])
def test_days_that_cannot_be(office: Settings, defence: CaseRecord, day: date, sentence: str) -> None:
    """Neither tomorrow, nor before the case came in."""
    with pytest.raises(UsageError, match=sentence):
        assign(defence.number, replace(CHOICE, day=day), office, TODAY)


def test_replacement_before_the_assignment_cannot_be(office: Settings, defence: CaseRecord) -> None:
    """A change is not older than what it changes."""
    assign(defence.number, CHOICE, office, TODAY)
    with pytest.raises(UsageError, match="早于原指派日期"):
        assign(defence.number, replace(CHOICE, who="律师2", day=date(2026, 11, 19), change=CHANGE), office, TODAY)


def test_unknown_case_is_a_sentence(office: Settings) -> None:
    """A number that nobody registered."""
    with pytest.raises(UsageError, match="没有编号为"):
        proposal("某法援刑字〔2026〕404号", TODAY, office)


def test_help_on_the_spot_has_no_papers(office: Settings) -> None:
    """值班律师法律帮助 is assigned and journalled; nothing is written."""
    record = registered(case("某法援值字〔2026〕1号", kind=Kind.DUTY_HELP))
    outcome = assign(record.number, CHOICE, office, TODAY)
    assert outcome.folder is None
    assert not office.outbox.exists()
    assert not assigning.papers_missing(record, outcome.assignment, office)


def test_assigned_lawyer_goes_behind_in_the_next_proposal(office: Settings, defence: CaseRecord) -> None:
    """The registry's open cases and assignments are what the rotation goes by."""
    assign(defence.number, CHOICE, office, TODAY)
    other = registered(civil("某法援民字〔2026〕5号"))
    found = proposal(other.number, TODAY, office)
    assert [each.lawyer.name for each in found.candidates][-1] == "律师1"
    assert found.candidates[-1].open_cases == 1
    assert found.standing is None


class _Today(date):
    """A clock that stands."""

    @classmethod
    def today(cls) -> date:
        return TODAY


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs `juanzong` in an office folder; returns exit status, output and complaints."""
    monkeypatch.setattr("pipeline.commands.assign.date", _Today)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUANZONG_STATE", str(tmp_path / "台账"))
    monkeypatch.setenv("JUANZONG_OUTBOX", str(tmp_path / "发件箱"))

    def juanzong(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["juanzong", *map(str, arguments)])
        load_settings.cache_clear()
        status = 0
        try:
            main()
        except SystemExit as stop:
            status = int(stop.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return juanzong


@pytest.mark.usefixtures("defence")
def test_command_proposes_and_assigns(run: Any, tmp_path: Path) -> None:
    """From the proposal to the papers, as a clerk types it; the second time says that it stands already."""
    number = "某法援刑字〔2026〕9号"
    registry.close_registry()
    status, out, _ = run("assign", number)
    assert status == 0
    assert "拟指派人选" in out
    assert "不得指派（1人）" in out
    status, out, _ = run("assign", number, "--format", "json")
    told = json.loads(out)
    assert told["case"] == number
    assert told["candidates"][-1]["excluded"][0]["basis"].startswith("《中华人民共和国法律援助法》")
    assert run("assign", number, "--to", "律师1")[2].startswith("juanzong：请以 --why")
    status, out, err = run("assign", number, "--to", "律师1", "--why", "轮派", "--by", "王主任", "--on", "2026-11-20")
    assert (status, err) == (0, "")
    assert (tmp_path / "发件箱" / f"{number}_陈小满" / "指派文书" / "指派通知书.docx").is_file()
    assert "没有重复指派" in run("assign", number, "--to", "律师1", "--why", "轮派")[1]
    assert "现承办人" in run("assign", number)[1]
    change = ("--to", "律师2", "--replace", "--why", "承办人因病不能继续承办", "--by", "王主任")
    assert "--requested-by" in run("assign", number, *change)[2]
    status, out, err = run("assign", number, *change, "--requested-by", "承办单位", "--requested-on", "2026-11-20")
    assert (status, err) == (0, "")
    assert "更换承办人为广东第2律师事务所律师2" in out


@pytest.mark.usefixtures("defence")
def test_weights_come_from_the_settings(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An office that sets the field's weight to nothing gets no points for it."""
    number = "某法援刑字〔2026〕9号"
    registry.close_registry()

    def best() -> float:
        return float(json.loads(run("assign", number, "--format", "json")[1])["candidates"][0]["score"])

    assert best() == 1
    monkeypatch.setenv("JUANZONG_ASSIGNING__FIELD", "0")
    assert best() == 0


@pytest.mark.usefixtures("defence")
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--format", "xml"), "--format"),
        (("--why", "轮派"), "--to"),
        (("--to", "律师1", "--why", "轮派", "--on", "昨天"), "--on"),
        (("--to", "律师1", "--why", "轮派", "--requested-on", "2026-11-20"), "--replace"),
        (("--to", "无此人", "--why", "轮派"), "名册中没有"),
    ],
)
def test_wrong_usage_is_a_sentence(run: Any, options: tuple[str, ...], sentence: str) -> None:
    """Exit status 2 and one Chinese sentence."""
    registry.close_registry()
    status, _, err = run("assign", "某法援刑字〔2026〕9号", *options)
    assert status == 2
    assert sentence in err
    assert "Traceback" not in err


def test_roster_command_in_and_out(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Import tells what changes and asks; without a terminal it needs --yes; export gives the same roster back."""
    sheet = tmp_path / "名册.xlsx"
    assert run("roster", "template", sheet)[0] == 0
    assert "没有任何人员" in run("roster", "import", sheet)[2]
    from pipeline.assigning import roster_workbook

    sheet.write_bytes(roster_workbook([FIRST, SECOND], {}, "某处"))
    status, out, err = run("roster", "import", sheet)
    assert (status, "新增（2）" in out, "--yes" in err) == (2, True, True)
    assert "名册没有人员" in run("roster", "list")[1]
    assert "共2人" in run("roster", "import", sheet, "--yes", "--by", "王主任")[1]
    assert "没有变动" in run("roster", "import", sheet)[1]
    sheet.write_bytes(roster_workbook([SECOND], {}, "某处"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.confirm", lambda *_, **__: False)
    status, out, err = run("roster", "import", sheet)
    assert (status, "移出（1）" in out, "未保存" in err) == (2, True, True)
    assert run("roster", "export", tmp_path / "导出.xlsx")[0] == 0
    assert read_roster((tmp_path / "导出.xlsx").read_bytes(), TODAY).lawyers == (FIRST, SECOND)
    assert [json.loads(line)["name"] for line in run("roster", "list", "--format", "json")[1].splitlines()] == [
        "律师1",
        "律师2",
    ]
    assert "律师2" in run("roster", "list")[1]
    assert ".xlsx" in run("roster", "export", tmp_path / "导出.xls")[2]
    assert "无法读取" in run("roster", "import", tmp_path / "没有.xlsx")[2]


def test_roster_with_a_mistake_is_not_imported(run: Any, tmp_path: Path) -> None:
    """All mistakes at once, nothing kept, exit status 2."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in (
        ("执业证号", "姓名", "执业机构"),
        (14408201510123456, "", "某所"),
        ("14408201510123457", "周禾", "某所"),
    ):
        book.active.append(row)
    book.save(tmp_path / "名册.xlsx")
    status, _, err = run("roster", "import", tmp_path / "名册.xlsx", "--yes")
    assert status == 2
    assert "2处错误" in err
    assert "第2行A列" in err
    assert "第2行B列" in err
    assert "名册没有人员" in run("roster", "list")[1]


def test_leaving_lawyer_with_open_cases_is_told(
    run: Any, defence: CaseRecord, office: Settings, tmp_path: Path
) -> None:
    """Who is taken off the roster while a case is under way is named before it is kept."""
    from pipeline.assigning import roster_workbook

    assign(defence.number, CHOICE, office, TODAY)
    registry.close_registry()
    (tmp_path / "名册.xlsx").write_bytes(roster_workbook([SECOND], {}, "某处"))
    out = run("roster", "import", tmp_path / "名册.xlsx", "--yes")[1]
    assert "移出人员尚有在办案件" in out
    assert "在办案件1件" in out
