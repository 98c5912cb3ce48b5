"""The life of a case in the registry: acts, decisions and mail, each kept, told to the journal, and done once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import registry
from pipeline.errors import UsageError
from pipeline.registry import decisions, lives, mails
from schemas.decision import FieldCorrection, PaperCorrection, Ruling, Verdict
from schemas.life import Act, CaseState
from schemas.mail import MailResult, MailState, QueuedMail
from schemas.report import AuditReport, Decision, ReportCase, Source, Subsidy
from schemas.volume import FieldValue

NUMBER = "虚法援民字〔2024〕31号"
NOON = datetime(2026, 3, 9, 4, tzinfo=UTC)
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
MAIL = QueuedMail(
    to="lawyer@example.org",
    addressee="李闻舟",
    subject="补正通知",
    text="见附件。",
    round=1,
    papers=("甲/补正通知书.docx",),
)


@pytest.fixture(autouse=True)
def state(tmp_path: Path) -> Iterator[Path]:
    registry.open_registry(tmp_path / "台账")
    yield tmp_path / "台账"
    registry.close_registry()


def report(digit: str, decision: Decision, recipient: str) -> AuditReport:
    fields = {
        "case_number": FieldValue(value=NUMBER, state="found"),
        "recipient_name": FieldValue(value=recipient, state="found"),
    }
    return AuditReport(
        source=Source(name="卷.pdf", sha256=digit * 64, pages=9),
        status="audited",
        case=ReportCase(kind=None, stage=None, origin=None, fields=fields),
        subsidy=Subsidy(decision=decision),
    )


def audited(digit: str = "1", decision: Decision = Decision.BLOCKED, recipient: str = "某乙") -> registry.RoundRecord:
    drop = registry.register_drop("卷.pdf", "f" * 64, sha256=digit * 64, original=f"originals/{digit}")
    registry.record_left(drop.drop_id)
    claim = registry.claim_next("tests")
    assert claim is not None
    record = registry.record_report(claim.submission_id, report(digit, decision, recipient))
    registry.record_delivered(record.submission_id, f"案件甲/第{record.number}次审查{record.revision}")
    return record


def test_audits_move_the_case() -> None:
    """Blocked, notified, complete: each round has its say until somebody answers for the file."""
    audited("1")
    assert lives.life(NUMBER).state is CaseState.TO_NOTIFY
    lives.record_act(NUMBER, Act.ISSUE_NOTICE, by="周某")
    audited("2", Decision.PAYABLE)
    assert lives.life(NUMBER).state is CaseState.COMPLETE
    lives.record_act(NUMBER, Act.CHECK, by="周某")
    assert audited("3").number == 3
    assert lives.life(NUMBER).state is CaseState.CHECKED


def test_two_persons_answer_for_the_money() -> None:
    """The registry refuses what the rules of a case's life refuse, and tells the journal of what was done."""
    audited(decision=Decision.PAYABLE)
    lives.record_act(NUMBER, Act.CHECK, by="周某")
    with pytest.raises(UsageError, match="另一人"):
        lives.record_act(NUMBER, Act.APPROVE, by="周某")
    done = lives.record_act(NUMBER, Act.APPROVE, by="吴某", why="同意")
    assert (done.state, [event.by for event in done.events]) == (CaseState.APPROVED, ["juanzong", "周某", "吴某"])
    assert registry.verify_journal().whole


def test_undo_is_an_event_of_its_own() -> None:
    """Nothing is taken out of the record; the case stands where it stood before."""
    audited(decision=Decision.PAYABLE)
    lives.record_act(NUMBER, Act.CHECK, by="周某")
    undone = lives.record_act(NUMBER, Act.UNDO, by="周某", why="误操作")
    assert (undone.state, len(undone.events)) == (CaseState.COMPLETE, 3)


def test_case_is_named_by_number_by_folder_or_with_its_recipient() -> None:
    """Two recipients of one number are told apart; a wrong number is answered with a sentence."""
    audited("1")
    assert lives.life("案件甲").number == lives.life("虚法援民字[2024]31号").number == NUMBER
    audited("2", recipient="某丁")
    with pytest.raises(UsageError, match="某乙、某丁"):
        lives.life(NUMBER)
    assert lives.life(f"{NUMBER}|某丁").recipient_name == "某丁"
    with pytest.raises(UsageError, match="没有“无此案”"):
        lives.life("无此案")


def test_cases_are_listed_by_where_they_stand() -> None:
    """The list of what waits for whom."""
    audited("1")
    audited("2", Decision.PAYABLE, "某丁")
    assert [found.recipient_name for found, _ in lives.lives_in(*CaseState)] == ["某乙", "某丁"]
    assert [found.recipient_name for found, _ in lives.lives_in(CaseState.COMPLETE)] == ["某丁"]


def test_decisions_are_kept_in_order() -> None:
    """What was said last counts; what was said first is still there."""
    audited()
    said = [
        Ruling(finding="abc", verdict=verdict, by="周某", at=NOON) for verdict in (Verdict.DISMISSED, Verdict.CONFIRMED)
    ]
    page = PaperCorrection(page="a" * 64, type="hearing_record", by="周某", at=NOON)
    field = FieldCorrection(field="recipient_name", value="某乙", by="周某", at=NOON)
    decisions.record_decisions(NUMBER, [*said, page, field])
    key = lives.life(NUMBER).key
    kept = decisions.decisions_of(key)
    assert kept.rulings == tuple(said)
    assert kept.ruling_on("abc") == said[1]
    assert kept.paper_of("a" * 64) == "hearing_record"
    assert kept.field_value("recipient_name") == "某乙"
    assert decisions.decisions_of("unknown").rulings == ()
    assert registry.verify_journal().whole


def test_recheck_is_the_same_round_looked_at_once_more() -> None:
    """The lawyer has handed in nothing new: the round keeps its number and counts its revision."""
    audited()
    assert decisions.recheck(NUMBER, by="周某")
    assert not decisions.recheck(NUMBER, by="周某")
    claim = registry.claim_next("tests")
    assert claim is not None
    record = registry.record_report(claim.submission_id, report("1", Decision.PAYABLE, "某乙"))
    assert (record.number, record.revision) == (1, 1)
    registry.record_delivered(record.submission_id, "案件甲/第1次审查（复核1）")
    assert lives.life(NUMBER).state is CaseState.COMPLETE
    assert audited("2").number == 2


def test_mail_is_queued_once_and_sent_once() -> None:
    """The same letter to the same address is one mail, however often the command is given."""
    audited()
    assert mails.queue_mail(NUMBER, MAIL, by="周某")
    assert not mails.queue_mail(NUMBER, MAIL, by="周某")
    claimed = mails.claim_mail()
    assert claimed is not None
    assert mails.claim_mail() is None
    sent = mails.record_mail(claimed.key, MailResult(state=MailState.SENT), retry=HOUR, give_up=WEEK)
    assert sent is MailState.SENT
    assert not mails.queue_mail(NUMBER, MAIL, by="周某")


def test_mail_that_could_not_be_sent_waits_for_its_time() -> None:
    """Tried again later, not at once; after the last day a person looks at it."""
    audited()
    mails.queue_mail(NUMBER, MAIL, by="周某")
    claimed = mails.claim_mail()
    assert claimed is not None
    later = MailResult(state=MailState.WAITING, reason="邮件服务器无法连接，稍后自动重试。")
    assert mails.record_mail(claimed.key, later, retry=HOUR, give_up=WEEK) is MailState.WAITING
    assert mails.claim_mail() is None
    assert mails.record_mail(claimed.key, later, retry=HOUR, give_up=-HOUR) is MailState.REFUSED


def test_mail_of_a_dead_office_is_doubtful_and_a_person_settles_it() -> None:
    """It may have arrived: it is never sent again by itself, and again on a person's word."""
    audited()
    mails.queue_mail(NUMBER, MAIL, by="周某")
    claimed = mails.claim_mail()
    assert claimed is not None
    assert mails.doubt_unanswered() == 1
    assert mails.claim_mail() is None
    ((line,),) = mails.listed_mails(MailState.DOUBTFUL)
    mails.settle_mail(line.key[:12], again=True, by="周某", why="承办人称未收到")
    again = mails.claim_mail()
    assert again is not None
    assert again.attempts == 2
    with pytest.raises(UsageError, match="待处理邮件"):
        mails.settle_mail(line.key[:12], again=False, by="周某", why="")
