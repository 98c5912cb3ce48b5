"""What is handed in later: matched to its case, joined to its file, read once, and told what it cured."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import docx
import pytest
from PIL import Image

from pipeline import registry
from pipeline.auditing import progress
from pipeline.desk import run_desk
from pipeline.desk.archiving import archive_case
from pipeline.errors import UsageError
from pipeline.settings import Settings
from schemas.draft import DraftKind
from schemas.issuing import IssuedPaper
from schemas.life import Act, CaseState
from schemas.report import AuditReport

NUMBER = "虚江法援刑字〔2024〕12号"
ASSIGNMENT = (
    "指派通知书",
    NUMBER,
    "广东某岸律师事务所：",
    "我处决定对赵小满涉嫌盗窃罪一案（审查起诉阶段）提供法律援助，现指派你所李闻舟律师担任其辩护人。",
    f"案件编号：{NUMBER}",
    "受援人：赵小满",
    "承办律师：李闻舟",
    "特此通知。",
    "虚江市法律援助处",
    "2024年3月5日",
)
LETTER = (
    "法律援助公函",
    "虚江法援函字〔2024〕12号",
    "虚江市人民检察院：",
    "我处已指派广东某岸律师事务所李闻舟律师担任犯罪嫌疑人赵小满涉嫌盗窃罪一案的辩护人。",
    "特此函告。",
    "虚江市法律援助处",
    "2024年3月5日",
)
CLOSING = (
    "结案报告表",
    f"案件编号：{NUMBER}",
    "受援人：赵小满",
    "承办人：李闻舟",
    "承办单位：广东某岸律师事务所",
    "案由：盗窃罪",
    "结案日期：2024年5月6日",
    "承办情况小结：经阅卷、会见，提出从轻处罚的意见，被采纳。",
)


def word(path: Path, *papers: tuple[str, ...]) -> None:
    """One Word file a paper, in a folder that is the closing file."""
    path.mkdir()
    for number, paper in enumerate(papers, start=1):
        document = docx.Document()
        for line in paper:
            document.add_paragraph(line)
        document.save(str(path / f"{number:02d}.docx"))


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    settings = Settings(
        inbox=tmp_path / "收件箱",
        outbox=tmp_path / "发件箱",
        state=tmp_path / "台账",
        engine="tests.engines:reading",
        workers=1,
        quiet_seconds=0.0,
        rescan_seconds=0.1,
    )
    settings.inbox.mkdir()
    word(settings.inbox / "卷宗", ASSIGNMENT, LETTER)
    run_desk(settings, once=True)
    return settings


def reports(office: Settings) -> dict[str, AuditReport]:
    found = office.outbox.glob("*/第*/审查报告.json")
    return {path.parent.name: AuditReport.model_validate_json(path.read_bytes()) for path in found}


def test_supplement_joins_its_case_and_the_round_says_what_it_cured(office: Settings) -> None:
    """A closing report that names the case goes behind the file; nobody asks for it any more."""
    word(office.inbox / "补交结案报告", CLOSING)
    run_desk(office, once=True)
    rounds = reports(office)
    assert set(rounds) == {"第1次审查", "第2次审查"}
    first, second = rounds["第1次审查"], rounds["第2次审查"]
    assert second.source.sha256 == first.source.sha256
    assert [page.document for page in second.pages][-1] is not None
    assert "closing_report" in {document.type for document in second.documents}
    cured = {finding.document_type for finding in progress(first, second).cured}
    assert "closing_report" in cured
    registry.open_registry(office.state)
    assert [(line.number, line.revision) for line in registry.life(NUMBER).rounds] == [(1, 0), (2, 0)]
    registry.close_registry()


def test_the_archive_copy_of_a_case_holds_what_was_handed_in_later_and_what_was_issued(
    office: Settings, tmp_path: Path
) -> None:
    """Pages and originals; the closing file by itself would lack them. A letter stands where the standard has it."""
    word(office.inbox / "补交结案报告", CLOSING)
    run_desk(office, once=True)
    registry.open_registry(office.state)
    paper = IssuedPaper(kind=DraftKind.DEFICIENCY_NOTICE, number="虚法援正字〔2024〕1号")
    registry.record_act(NUMBER, Act.ISSUE_NOTICE, by="周某", papers=(paper,))
    issued = office.outbox / registry.round_folder(NUMBER) / "签发文书 虚法援正字〔2024〕1号"
    issued.mkdir()
    Image.new("RGB", (400, 560), "white").save(issued / "补正通知书（盖章）.pdf")
    done = archive_case(NUMBER, office, tmp_path / "归档", date(2026, 3, 9), lambda _done, _total: None)
    registry.close_registry()
    assert done.copy is not None
    assert done.copy.manifest.problems == done.lacking == ()
    originals = {entry.path.split("/")[1] for entry in done.copy.manifest.files if entry.path.startswith("02_")}
    assert originals == {"卷宗", "补正材料1", "签发文书1"}
    (volume,) = done.copy.manifest.volumes
    assert sorted(page.scan_page for page in volume.pages if page.scan_page) == [1, 2, 3, 4]
    assert volume.pages[-2].paper == "补正通知书"
    assert done.report.source.pages == len(done.report.pages) == 3
    told = json.loads((done.copy.folder / "04_审查结果.json").read_bytes())
    assert len(told["pages"]) == 3


def test_supplement_of_a_supplement_keeps_both(office: Settings) -> None:
    """Each round rests on all that came before it."""
    word(office.inbox / "补交一", CLOSING)
    run_desk(office, once=True)
    record = tuple(line.replace("结案报告表", "会见笔录") for line in CLOSING[:4])
    word(office.inbox / "补交二", record)
    run_desk(office, once=True)
    third = reports(office)["第3次审查"]
    assert {"closing_report", "assignment_notice"} <= {document.type for document in third.documents}
    assert third.source.pages == len(third.pages)


def test_person_says_where_a_paper_belongs(office: Settings) -> None:
    """A paper that names nobody is a case of its own until a person says otherwise."""
    word(office.inbox / "无名材料", ("庭前会议笔录", "时间：2024年4月2日", "审判员宣布庭前会议开始。"))
    run_desk(office, once=True)
    assert len(list(office.outbox.glob("*/第1次审查"))) == 2
    registry.open_registry(office.state)
    assert len(list(registry.lives_in(*CaseState))) == 2
    with pytest.raises(UsageError, match="没有名为“别的”"):
        registry.tell_case("别的", NUMBER, by="周某")
    with pytest.raises(UsageError, match="就是该案的卷宗"):
        registry.tell_case("卷宗", NUMBER, by="周某")
    registry.tell_case("无名材料", NUMBER, by="周某")
    registry.close_registry()
    run_desk(office, once=True)
    assert reports(office)["第2次审查"].source.pages == 3
    (note,) = office.outbox.glob("*/本文件夹的文书作废（说明）.txt")
    assert note.parent.name.startswith("案号待核")
    told = note.read_text(encoding="utf-8-sig")
    assert "请勿签发、送达" in told
    assert (office.outbox / told.splitlines()[2]).is_dir()
    registry.open_registry(office.state)
    assert [life.number for life, _ in registry.lives_in(*CaseState)] == [NUMBER]
    registry.close_registry()


def test_whole_new_file_is_a_round_by_itself(office: Settings) -> None:
    """The lawyer hands in everything again: it is not put behind the old one."""
    word(office.inbox / "重新报送", ASSIGNMENT, LETTER, CLOSING)
    run_desk(office, once=True)
    second = reports(office)["第2次审查"]
    assert len(second.pages) == 3


def test_late_paper_does_not_move_a_checked_case(office: Settings) -> None:
    """It is audited and told; where the case stands, persons decide."""
    registry.open_registry(office.state)
    state = registry.life(NUMBER).state
    if state is CaseState.TO_NOTIFY:
        registry.record_act(NUMBER, Act.ISSUE_NOTICE, by="周某")
        registry.record_act(NUMBER, Act.REFUSE, by="吴某", why="逾期未补正")
    registry.close_registry()
    word(office.inbox / "补交", CLOSING)
    run_desk(office, once=True)
    registry.open_registry(office.state)
    assert registry.life(NUMBER).state in (CaseState.REFUSED, CaseState.TO_REVIEW)
    registry.close_registry()
