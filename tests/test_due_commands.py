"""`juanzong due`: what runs, for whom, and one reminder to a lawyer for all that he owes."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
from commanding import Run, refused
from docx import Document

from pipeline import registry
from pipeline.auditing import load_standard
from pipeline.desk.papers import write_the_ledger
from pipeline.registry.models import JournalEvent
from schemas.case import Kind, Origin, Stage
from schemas.registration import Recipient, Registration
from schemas.roster import Assignment, Lawyer

LI = Lawyer(licence="1", name="李某", firm="广东虚构律师事务所")
ZHOU = Lawyer(licence="2", name="周某", firm="广东虚构律师事务所")


def closed(recipient: str, lawyer: Lawyer | None, on: date = date(2026, 3, 2), why: str = "判决生效") -> str:
    """A registered case that was closed so long ago that its closing file is late; its number."""
    registration = Registration(
        received_on=date(2025, 3, 5), kind=Kind.CIVIL, stage=Stage.TRIAL_FIRST, origin=Origin.APPLIED,
        cause="追索劳动报酬纠纷", recipient=Recipient(name=recipient),
    )  # fmt: skip
    number = registry.register_case(registration, who="赵一").number
    if lawyer is not None:
        day = date(2025, 3, 6)
        registry.record_assignment(
            Assignment(case_number=number, lawyer=lawyer, assigned_on=day, chosen_by="赵一", why="轮到")
        )
    registry.record_closed(number, on=on, why=why, who="赵一")
    return number


def letters(root: Path) -> dict[str, str]:
    """Each reminder in the outbox, by its path, with all that it says."""
    folder = root / "outbox" / "结案材料报送提醒函"
    return {path.relative_to(folder).as_posix(): text_of(path.read_bytes()) for path in folder.rglob("*.docx")}


def text_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def reminded() -> int:
    return sum('"what":"reminded"' in event.content for event in JournalEvent.objects.all())


def test_a_closed_case_whose_file_is_owed_is_listed(run: Run) -> None:
    """Thirty days after the closing the lawyer is late; whose turn it is stands beside it."""
    number = closed("某甲", LI)
    listed = run("due").output
    for told in (number, "某甲", "李某", "承办人", "2026-04-01", "已逾期", "逾期1件"):
        assert told in listed


def test_a_closed_case_that_nobody_handled_owes_nothing(run: Run) -> None:
    """Withdrawn before anybody was assigned."""
    closed("某甲", None)
    assert "没有正在计算的期限" in run("due").output


def test_a_case_that_was_registered_twice_owes_nothing(run: Run) -> None:
    """Its papers come in under the other number."""
    closed("某甲", LI, why="与7号重复登记")
    assert "没有正在计算的期限" in run("due").output


def test_the_ledger_tells_of_closed_cases_whose_file_is_owed(run: Run, tmp_path: Path) -> None:
    """Among the cases, with what is waited for, and among the terms."""
    number = closed("某甲", LI)
    write_the_ledger(tmp_path, load_standard("gd"))
    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    assert (book["案件台账"]["A2"].value, book["案件台账"]["P2"].value) == (number, "已结案，待报送结案归档材料")
    assert (book["期限"]["A2"].value, book["期限"]["C2"].value, book["期限"]["K2"].value) == (number, "李某", "已逾期")


def test_each_lawyer_gets_one_letter_with_all_that_he_owes(run: Run, tmp_path: Path) -> None:
    """Two cases of one lawyer are two lines of one letter; what is told names the letter and its folder."""
    first, second = closed("某甲", LI), closed("某乙", LI, date(2026, 3, 9))
    other = closed("某丙", ZHOU)
    told = run("due", "--letters", "--by", "吴某")
    assert told.exit_code == 0, told.output
    assert "李某（2件，其中逾期2件）" in told.output
    made = {name.rpartition("_")[2]: text for name, text in letters(tmp_path).items()}
    assert set(made) == {"李某.docx", "周某.docx"}
    text = made["李某.docx"]
    assert all(part in text for part in (first, second, "某甲", "某乙", "下列2件", "期限已经届满的", "30日内"))
    assert other not in text
    assert "期限尚未届满的" not in text
    assert reminded() == 3


def test_nobody_is_reminded_twice_of_one_term_unless_asked(run: Run, tmp_path: Path) -> None:
    """The second time it is said that they were; with `--again` a second set stands beside the first."""
    closed("某甲", LI)
    run("due", "--letters")
    told = run("due", "--letters").output
    assert "此前已经提醒的1件" in told
    assert len(letters(tmp_path)) == 1
    closed("某乙", LI)
    run("due", "--letters")
    assert sorted(text.count("已逾期") for text in letters(tmp_path).values()) == [1, 1]
    run("due", "--letters", "--again")
    assert sorted(text.count("已逾期") for text in letters(tmp_path).values()) == [1, 1, 2]


def test_only_one_lawyer_when_named(run: Run, tmp_path: Path) -> None:
    """The others are reminded another day."""
    closed("某甲", LI)
    closed("某乙", ZHOU)
    run("due", "--letters", "--lawyer", "周某")
    (name,) = letters(tmp_path)
    assert name.endswith("_周某.docx")


def test_what_cannot_be_written_is_not_recorded(run: Run, tmp_path: Path) -> None:
    """The outbox is a file by mistake: a sentence, and the next time the letter is drafted."""
    closed("某甲", LI)
    (tmp_path / "outbox").write_text("")
    assert "没有记录、写入任何内容" in refused(run("due", "--letters"))
    assert reminded() == 0
    (tmp_path / "outbox").unlink()
    run("due", "--letters")
    assert len(letters(tmp_path)) == 1


def test_nothing_to_remind_of_says_so(run: Run, tmp_path: Path) -> None:
    """No folder is made."""
    assert "没有需要提醒承办人的期限" in run("due", "--letters").output
    assert not (tmp_path / "outbox").exists()
