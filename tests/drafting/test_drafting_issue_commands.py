"""`juanzong review step 签发` and `juanzong papers refusal`: number, letter and event in one act."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from commanding import Run, commands_in, refused
from docx import Document
from drafting_reports import CERTAIN, report

from pipeline import registry
from pipeline.desk import issuing
from pipeline.desk.issuing import issued_notice
from pipeline.desk.papers import deliver_round
from pipeline.registry.models import JournalEvent
from pipeline.settings import load_settings
from schemas.life import Act, CaseState, standing_events
from schemas.report import AuditReport, Decision, Standing

CASE = "湛法援刑字〔2024〕112号"
ROUND = Path("outbox") / f"{CASE}_陈小满" / "第1次审查"
YEAR = date.today().year  # noqa: DTZ011 - as the command has it
NOTICE = f"虚法援正字〔{YEAR}〕1号"
ISSUED = ROUND / f"签发文书 {NOTICE}"


@pytest.fixture(scope="module")
def audited_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office where one closing file was audited and lacks papers: made once, for each test to have a copy of."""
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patched:
        enter(folder, patched)
        registry.open_registry(folder / ".juanzong")
        audited(report(CERTAIN, decision=Decision.BLOCKED))
        registry.close_registry()
    load_settings.cache_clear()
    return folder


def enter(folder: Path, patched: pytest.MonkeyPatch) -> None:
    patched.chdir(folder)
    patched.setenv("JUANZONG_NUMBERS__AREA_SHORT", "虚")
    load_settings.cache_clear()


@pytest.fixture
def run(audited_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """The command in that office; the registry is open for the test."""
    shutil.copytree(audited_office, tmp_path, dirs_exist_ok=True)
    enter(tmp_path, monkeypatch)
    with commands_in(tmp_path) as commands:
        yield commands


def audited(made: AuditReport) -> None:
    """A closing file is received, audited, and its papers lie in the outbox."""
    sha256 = made.source.sha256
    drop = registry.register_drop("卷.pdf", sha256, sha256=sha256, original="originals/卷.pdf")
    registry.record_left(drop.drop_id)
    claim = registry.claim_next("tests")
    assert claim is not None
    settings = load_settings()
    record = registry.record_report(claim.submission_id, made)
    folder = deliver_round(record, Path("无"), settings)
    registry.record_delivered(record.submission_id, folder.relative_to(settings.outbox).as_posix())


def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def text_and_tables(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([text_of(path), *cells])


def numbers() -> list[tuple[str, int, bool]]:
    return [(each.word, each.sequence, each.void) for each in registry.drawn_numbers()]


def journal() -> list[tuple[str, str]]:
    """What was done and by whom, oldest first."""
    contents = [json.loads(event.content) for event in JournalEvent.objects.order_by("number")]
    return [(each["what"], each["who"]) for each in contents]


def test_issued_notice_bears_its_number_and_so_does_its_event(run: Run) -> None:
    """The draft stays as it was; the letter, what goes out with it and the receipt lie beside, numbered."""
    before = (ROUND / "补正通知书（草稿）.docx").read_bytes()
    told = run("review", "step", CASE, "签发", "--by", "周某")
    assert told.exit_code == 0, told.output
    assert f"补正通知书（{NOTICE}）" in told.output
    assert f"编号：{NOTICE}" in text_of(ISSUED / "补正通知书.docx")
    assert f"编号：虚法援缓发字〔{YEAR}〕1号" in text_of(ISSUED / "暂缓发放补贴告知书.docx")
    receipt = Document(str(ISSUED / "送达回证（补正通知书）.docx"))
    assert NOTICE in [cell.text for row in receipt.tables[1].rows for cell in row.cells]
    assert (ROUND / "补正通知书（草稿）.docx").read_bytes() == before
    event = standing_events(registry.life(CASE).events)[-1]
    assert (event.act, event.by, event.round, event.papers[0].number) == (Act.ISSUE_NOTICE, "周某", 1, NOTICE)
    assert ("issue_notice", "周某") in journal()
    assert NOTICE in run("review", "show", CASE).output


def test_grounds_that_nobody_has_confirmed_are_named_when_it_is_issued(run: Run) -> None:
    """Each with the letter in which it stands marked, and how the mark goes; without them nothing is said."""
    told = run("review", "step", CASE, "签发", "--by", "周某").output
    marked = [line.strip() for line in told.splitlines() if line.strip().endswith("※")]
    assert f"有{len(marked)}处依据或者期限尚未核对正式文本" in told
    assert {line.partition("：")[0] for line in marked} == {"补正通知书", "暂缓发放补贴告知书"}
    assert len(marked) == len(set(marked))
    letters = [text_and_tables(ISSUED / f"{title}.docx") for title in ("补正通知书", "暂缓发放补贴告知书")]
    assert all(any(line.partition("：")[2] in text for text in letters) for line in marked)
    assert f"juanzong review again {CASE}" in told


def test_a_confirmed_ground_is_marked_no_more_in_the_next_draft(run: Run) -> None:
    """The case is audited again when a person wants it, and once only."""
    assert "由 juanzong run 写出" in run("review", "again", CASE, "--by", "周某").output
    assert "已经在排队" in run("review", "again", CASE, "--by", "周某").output
    assert [each for each in journal() if each[0] == "recheck"] == [("recheck", "周某")]
    confirmed = tuple(found.model_copy(update={"standing": Standing.CONFIRMED}) for found in report(CERTAIN).findings)
    made = report(CERTAIN, decision=Decision.BLOCKED)
    assert made.standard is not None
    standard = made.standard.model_copy(update={"cure_standing": Standing.CONFIRMED})
    claim = registry.claim_next("tests")
    assert claim is not None
    again = made.model_copy(update={"findings": confirmed, "standard": standard})
    record = registry.record_report(claim.submission_id, again)
    folder = deliver_round(record, Path("无"), load_settings())
    registry.record_delivered(record.submission_id, folder.relative_to(load_settings().outbox).as_posix())
    told = run("review", "step", CASE, "签发", "--by", "周某").output
    assert "已签发" in told
    assert "※" not in told
    (notice,) = folder.glob("签发文书*/补正通知书.docx")
    assert "※" not in text_and_tables(notice)
    assert "依据待核" not in text_and_tables(notice)


def test_nothing_happens_where_the_letter_cannot_be_issued(run: Run) -> None:
    """A broken draft, two drafts, a file that waits to be audited again, an issue out of turn: no number is drawn."""
    draft = ROUND / "补正通知书（草稿）.docx"
    whole = draft.read_bytes()
    draft.write_bytes(b"PK")
    assert "重新另存" in refused(run("review", "step", CASE, "签发"))
    draft.write_bytes(whole)
    newer = ROUND / "补正通知书（草稿）（新稿）.docx"
    newer.write_bytes(whole)
    assert "只保留一份" in refused(run("review", "step", CASE, "签发"))
    newer.unlink()
    registry.recheck(CASE, by="周某")
    assert "复核后的文书" in refused(run("review", "step", CASE, "签发"))
    assert numbers() == []
    assert registry.life(CASE).state is CaseState.TO_NOTIFY


def test_what_was_issued_is_found_where_it_lay_after_another_audit(run: Run) -> None:
    """The papers were looked at once more, and what is issued then has a number and a folder of its own."""
    run("review", "step", CASE, "签发", "--by", "周某")
    assert "应当重新签发" in run("review", "again", CASE, "--by", "周某").output
    claim = registry.claim_next("tests")
    assert claim is not None
    record = registry.record_report(claim.submission_id, report(CERTAIN, decision=Decision.BLOCKED))
    folder = deliver_round(record, Path("无"), load_settings())
    registry.record_delivered(record.submission_id, folder.relative_to(load_settings().outbox).as_posix())
    assert folder != ROUND
    assert issued_notice(registry.life(CASE), record.number, folder) == ISSUED
    run("review", "step", CASE, "签发", "--by", "周某")
    (second,) = folder.glob("签发文书*")
    assert second.name != ISSUED.name
    assert issued_notice(registry.life(CASE), record.number, folder) == second


def test_second_issue_is_refused_and_one_cut_short_is_completed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recorded and not written: the same command writes the same letter under the same number."""

    def full(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(issuing, "deliver_issued", full)
        assert "不会重复签发" in refused(run("review", "step", CASE, "签发", "--by", "周某"))
    assert registry.life(CASE).state is CaseState.CURING
    assert "签发 补写" in run("review", "show", CASE).output
    assert "没有重复编号" in run("review", "step", CASE, "签发", "--by", "周某").output
    assert f"编号：{NOTICE}" in text_of(ISSUED / "补正通知书.docx")
    assert numbers() == [("虚法援正字", 1, False), ("虚法援缓发字", 1, False)]
    assert "不能签发" in refused(run("review", "step", CASE, "签发", "--by", "周某"))


def test_undone_issue_makes_its_numbers_void(run: Run) -> None:
    """Nobody gets them again; the next notice has the next number."""
    run("review", "step", CASE, "签发", "--by", "周某")
    told = run("review", "step", CASE, "撤销", "--why", "误签", "--by", "周某").output
    assert f"编号{NOTICE}、" in told
    assert numbers() == [("虚法援正字", 1, True), ("虚法援缓发字", 1, True)]
    assert f"虚法援正字〔{YEAR}〕2号" in run("review", "step", CASE, "签发", "--by", "周某").output


@pytest.mark.full
def test_number_that_was_written_by_hand_is_booked(run: Run) -> None:
    """The office goes on counting behind it; a form without a place for a number gets none."""
    for name, number in (("补正通知书", f"虚法援正字〔{YEAR}〕30号"), ("暂缓发放补贴告知书", "")):
        path = ROUND / f"{name}（草稿）.docx"
        document = Document(str(path))
        for paragraph in document.paragraphs:
            if "编号：" in paragraph.text:
                paragraph.runs[0].text = f"编号：{number}"
        document.save(str(path))
    told = run("review", "step", CASE, "签发", "--by", "周某").output
    assert "30号" in told
    assert "暂缓发放补贴告知书（未编号）" in told
    assert numbers() == [("虚法援正字", 30, False)]


@pytest.mark.full
def test_notice_whose_draft_is_gone_is_drafted_again(run: Run) -> None:
    """What the office does not send (the draft of the suspension was taken out) is not issued."""
    for name in ("补正通知书（草稿）.docx", "暂缓发放补贴告知书（草稿）.docx"):
        (ROUND / name).unlink()
    told = run("review", "step", CASE, "签发", "--by", "周某").output
    assert "暂缓发放" not in told
    assert f"编号：{NOTICE}" in text_of(ISSUED / "补正通知书.docx")


REFUSAL = ("papers", "refusal", str(ROUND / "审查报告.json"), "--why", "逾期未补正庭审笔录", "--by", "吴某")


def test_refusal_is_decision_number_and_letter_in_one_act(run: Run) -> None:
    """Who, when, why, which letter, which round; not before the lawyer had a chance to put things right."""
    assert "补正的机会" in refused(run(*REFUSAL))
    assert numbers() == []
    run("review", "step", CASE, "签发", "--by", "周某")
    told = run(*REFUSAL)
    assert told.exit_code == 0, told.output
    number = f"虚法援不发字〔{YEAR}〕1号"
    assert f"不予发放补贴告知书（{number}），据第1次审查，决定人吴某" in told.output
    letter = ROUND / f"签发文书 {number}" / "不予发放补贴告知书.docx"
    assert f"编号：{number}" in text_of(letter)
    assert "尚未核对正式文本（依据待核，标“※”）" in told.output
    assert f"juanzong review again {CASE} " in told.output
    assert registry.life(CASE).state is CaseState.REFUSED
    decided, issued = standing_events(registry.life(CASE).events)[-2:]
    assert (decided.act, decided.by, decided.round) == (Act.REFUSE, "吴某", 1)
    assert decided.why.startswith("逾期未补正庭审笔录；决定日期：")
    assert (issued.act, issued.papers[0].number) == (Act.TELL_REFUSAL, number)
    assert journal()[-3:] == [("refuse", "吴某"), ("number_drawn", "吴某"), ("tell_refusal", "吴某")]
    assert "没有重复签发" in refused(run(*REFUSAL))


@pytest.mark.full
def test_refusal_that_was_decided_before_only_gets_its_letter(run: Run) -> None:
    """The decision stands; the letter is an act of its own."""
    run("review", "step", CASE, "签发", "--by", "周某")
    run("review", "step", CASE, "不予发放", "--why", "逾期", "--by", "周某")
    assert run(*REFUSAL).exit_code == 0
    acts = [(event.act, event.by) for event in standing_events(registry.life(CASE).events)[-2:]]
    assert acts == [(Act.REFUSE, "周某"), (Act.TELL_REFUSAL, "吴某")]


def test_refusal_rests_on_the_last_round(run: Run) -> None:
    """A report of an earlier round decides nothing, nor one that says another round than the record."""
    run("review", "step", CASE, "签发", "--by", "周某")
    assert "第1次审查的报告" in refused(run(*REFUSAL, "--round", "2"))
    later = report(CERTAIN, decision=Decision.BLOCKED)
    audited(later.model_copy(update={"source": later.source.model_copy(update={"sha256": "9" * 64})}))
    assert "请以最近一次的报告为准" in refused(run(*REFUSAL))
    assert registry.life(CASE).state is not CaseState.REFUSED
