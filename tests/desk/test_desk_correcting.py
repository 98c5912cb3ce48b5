"""A correction of what was registered: what follows from it is done or told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest

from pipeline import registry
from pipeline.desk.assignments import Choice, assign
from pipeline.desk.correcting import Correction, correct
from pipeline.desk.papers import office_of
from pipeline.drafting.assignment import draft_meeting_letter
from pipeline.errors import UsageError
from pipeline.settings import Settings
from schemas.case import Custody, Kind, Origin, Stage
from schemas.life import Act, CaseState
from schemas.numbering import Numbering
from schemas.registration import Organ, Recipient, Registration
from schemas.report import AuditReport, Decision, ReportCase, Source, Subsidy
from schemas.roster import Lawyer
from schemas.volume import FieldValue

TODAY = date(2026, 6, 1)
YOUNG = Lawyer(licence="1", name="某乙", firm="某律师事务所", practising_since=date(2025, 1, 1))
NUMBER = "虚法援刑字〔2026〕1号"


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    settings = Settings(
        inbox=tmp_path / "收件箱",
        outbox=tmp_path / "发件箱",
        state=tmp_path / "台账",
        numbers=Numbering(area_short="虚"),
    )
    registry.open_registry(settings.state)
    registration = Registration(
        received_on=date(2026, 3, 2), kind=Kind.CRIMINAL_DEFENCE, stage=Stage.TRIAL_FIRST, origin=Origin.APPLIED,
        recipient=Recipient(name="某甲", custody=Custody.DETAINED, custody_place="某看守所"), cause="盗窃罪",
        organ=Organ(name="某区人民法院"), life_or_death=False,
    )  # fmt: skip
    assert registry.register_case(registration, who="赵一", numbering=settings.numbers).number == NUMBER
    yield settings
    registry.close_registry()


def put_right(settings: Settings, *words: str) -> Correction:
    return correct(NUMBER, words, settings, TODAY, who="钱二", why="录入有误")


def test_letters_drawn_afterwards_use_the_corrected_values(settings: Settings) -> None:
    """The registry gives the case as it is right now, to whatever asks."""
    done = put_right(settings, "罪名=诈骗罪", "羁押场所=另一看守所")
    assert done.remarks == ()
    record = registry.find_case(NUMBER)
    assert record is not None
    letter = draft_meeting_letter(record, YOUNG, office_of(settings), TODAY, "")
    text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(letter.content)).paragraphs)
    assert "另一看守所" in text
    assert "诈骗罪" in text


def test_what_was_written_before_is_told_and_can_be_written_anew(settings: Settings) -> None:
    """Papers of the assignment stay as they are; moved away, they are written again under the same numbers."""
    registry.keep_roster([YOUNG], who="赵一")
    made = assign(NUMBER, Choice("1", TODAY, "赵一", "轮派"), settings, TODAY)
    assert made.folder is not None
    remarks = "\n".join(put_right(settings, "罪名=诈骗罪").remarks)
    assert str(made.folder) in remarks
    assert f"juanzong assign {NUMBER} --to 1" in remarks
    assert "仍是更正前的内容" in remarks
    named = "\n".join(put_right(settings, "受援人姓名=某假").remarks)
    assert f"此后的文书写入 {settings.outbox / f'{NUMBER}_某假'}" in named


def test_what_now_speaks_against_the_lawyer_is_told(settings: Settings) -> None:
    """A case that may end in a life sentence is not for somebody in his first year."""
    registry.keep_roster([YOUNG], who="赵一")
    assign(NUMBER, Choice("1", TODAY, "赵一", "轮派"), settings, TODAY)
    assert "排除情形" not in "".join(put_right(settings, "联系电话=0000-0000000").remarks)
    remarks = "\n".join(put_right(settings, "可能判处无期徒刑、死刑=是").remarks)
    assert "现承办人有排除情形" in remarks
    assert "第二十六条" in remarks


def audited() -> None:
    """A closing file of the case has been audited and its papers lie in the outbox."""
    drop = registry.register_drop("卷.pdf", "f" * 64, sha256="1" * 64, original="originals/1")
    registry.record_left(drop.drop_id)
    claim = registry.claim_next("tests")
    assert claim is not None
    fields = {
        "case_number": FieldValue(value=NUMBER, state="found"),
        "recipient_name": FieldValue(value="某甲", state="found"),
    }
    report = AuditReport(
        source=Source(name="卷.pdf", sha256="1" * 64, pages=1),
        status="audited",
        case=ReportCase(kind=None, stage=None, origin=None, fields=fields),
        subsidy=Subsidy(decision=Decision.PAYABLE),
    )
    record = registry.record_report(claim.submission_id, report)
    registry.record_delivered(record.submission_id, "案件甲/第1次审查")


def test_a_closing_file_is_looked_at_again_where_the_audit_rests_on_it(settings: Settings) -> None:
    """A telephone number changes nothing in the audit; the charge does."""
    audited()
    assert put_right(settings, "联系电话=0000-0000000").remarks == ()
    assert registry.claim_next("tests") is None
    assert "重新审查" in "".join(put_right(settings, "罪名=诈骗罪").remarks)
    assert registry.claim_next("tests") is not None


def test_a_case_that_somebody_answers_for_is_left_to_him(settings: Settings) -> None:
    """After the check nothing is audited again by itself."""
    audited()
    assert registry.record_act(NUMBER, Act.CHECK, by="周某").state is CaseState.CHECKED
    assert "没有重新审查" in "".join(put_right(settings, "罪名=诈骗罪").remarks)
    assert registry.claim_next("tests") is None


def test_a_closed_case_is_assigned_to_nobody(settings: Settings) -> None:
    """It is opened again first."""
    registry.keep_roster([YOUNG], who="赵一")
    registry.record_closed(NUMBER, on=TODAY, why="撤回申请", who="赵一")
    with pytest.raises(UsageError, match="juanzong case reopen"):
        assign(NUMBER, Choice("1", TODAY, "赵一", "轮派"), settings, TODAY)
    assert registry.assignments(NUMBER) == ()


def test_the_number_stays_where_it_no_longer_fits(settings: Settings) -> None:
    """It stands on letters; that its word says something else now is told."""
    remarks = "".join(put_right(settings, "案件类别=行政诉讼").remarks)
    assert f"案件编号仍为{NUMBER}" in remarks
