"""Which file goes out as the letter: the one that was sealed last, and never another's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_mail import FOLDER, LAWYER, NUMBER, mailing_settings, mails, stock_mail

from pipeline import registry
from pipeline.delivering.receipts import note_own_copy
from pipeline.desk.mailing import queue_notice, queue_reminders
from pipeline.errors import UsageError
from pipeline.settings import Settings
from schemas.draft import DraftKind
from schemas.due import Reminder, ReminderLetter
from schemas.issuing import IssuedPaper
from schemas.life import Act
from schemas.roster import Lawyer

TITLE = "结案材料报送提醒函"
PLACE = f"{TITLE}/2026-03-09"
OTHER = Lawyer(licence="2", name="李闻", firm="某岸律师事务所", email="wen@example.org")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Settings]:
    settings = mailing_settings(tmp_path)
    stock_mail(settings)
    registry.keep_roster([LAWYER, OTHER], who="周某")
    yield settings
    registry.close_registry()


def laid(path: Path, content: bytes, at: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (at, at))
    return path


def issued(settings: Settings, number: str) -> Path:
    """The notice was issued under that number; its folder."""
    paper = IssuedPaper(kind=DraftKind.DEFICIENCY_NOTICE, number=number, word="虚法援正字", year=2026, sequence=1)
    registry.record_act(NUMBER, Act.ISSUE_NOTICE, by="周某", papers=(paper,))
    return settings.outbox / FOLDER / f"签发文书 {number}"


def attached() -> set[str]:
    return {paper for line in mails() for paper in line.mail.papers}


def test_the_scan_sealed_last_goes_out_wherever_it_was_put(office: Settings) -> None:
    """In the round's folder or beside the letter that was issued; an OFD with an electronic seal is one as well."""
    laid(office.outbox / FOLDER / "补正通知书.pdf", b"old", 100)
    folder = issued(office, "虚法援正字〔2026〕1号")
    laid(folder / "补正通知书.docx", b"to be sealed", 900)
    laid(folder / "补正通知书（盖章）.ofd", b"new", 200)
    laid(folder / "补正通知书回执.pdf", b"came back", 300)
    laid(folder / "送达回证（补正通知书）.pdf", b"receipt", 300)
    queue_notice(NUMBER, office, by="周某")
    assert attached() == {f"{FOLDER}/签发文书 虚法援正字〔2026〕1号/补正通知书（盖章）.ofd"}


def test_a_copy_that_the_program_made_is_not_sealed(office: Settings) -> None:
    """With PDF copies switched on it has the very name that a scan would have; a scan laid over it is one."""
    (office.outbox / FOLDER / "补正通知书.pdf").unlink()
    folder = issued(office, "虚法援正字〔2026〕1号")
    copy = laid(folder / "补正通知书.pdf", b"copy", 100)
    note_own_copy(b"copy", folder, office.outbox)
    with pytest.raises(UsageError, match="没有找到盖章的补正通知书") as told:
        queue_notice(NUMBER, office, by="周某")
    assert str(folder) in told.value.message
    laid(copy, b"scan", 200)
    assert queue_notice(NUMBER, office, by="周某") == ("li@example.org", "firm@example.org")


def test_what_was_issued_and_taken_back_does_not_go_out(office: Settings) -> None:
    """Its number is void; the scan of it lies there still."""
    (office.outbox / FOLDER / "补正通知书.pdf").unlink()
    void = issued(office, "虚法援正字〔2026〕1号")
    laid(void / "补正通知书.pdf", b"void", 100)
    registry.record_act(NUMBER, Act.UNDO, by="周某", why="写错期限")
    issued(office, "虚法援正字〔2026〕2号")
    with pytest.raises(UsageError, match="〔2026〕2号"):
        queue_notice(NUMBER, office, by="周某")


def reminder(settings: Settings, lawyer: Lawyer) -> Path:
    """A letter was drafted to the lawyer; its path."""
    name = f"{TITLE}（草稿）_{lawyer.firm}_{lawyer.name}.docx"
    letter = ReminderLetter(
        path=f"{PLACE}/{name}", firm_name=lawyer.firm, lawyer_name=lawyer.name, cases=("7号", "8号")
    )
    day = date(2026, 3, 2)
    told = Reminder(key=lawyer.licence, term="filing", since=day, ends_on=day, late=True)
    registry.record_reminders([told], letter, who="周某")
    return laid(settings.outbox / PLACE / name, b"draft", 100)


def test_a_sealed_reminder_goes_to_its_lawyer_and_firm_once(office: Settings) -> None:
    """Also when it is scanned anew: the letter is the same."""
    draft = reminder(office, LAWYER)
    sealed = draft.with_name(f"{TITLE}_某岸律师事务所_李闻舟（盖章）.pdf")
    laid(sealed, b"sealed", 200)
    folder = office.outbox / PLACE
    done = queue_reminders(folder, office, by="周某")
    assert [address for _, address in done.queued] == ["li@example.org", "firm@example.org"]
    assert attached() == {f"{PLACE}/{sealed.name}"}
    assert {line.case_number for line in mails()} == {"7号、8号"}
    laid(draft.with_name(f"{TITLE}_某岸律师事务所_李闻舟.pdf"), b"anew", 300)
    again = queue_reminders(folder, office, by="周某")
    assert (again.queued, [letter.lawyer_name for letter in again.before]) == ((), ["李闻舟"])


def test_a_reminder_to_one_lawyer_never_goes_to_another(office: Settings) -> None:
    """One name begins with the other; a letter that is not sealed is held, and said to be."""
    draft = reminder(office, OTHER)
    reminder(office, LAWYER)
    laid(draft.with_name(f"{TITLE}_某岸律师事务所_李闻舟.pdf"), b"sealed", 200)
    laid(draft.with_name(f"{TITLE}（草稿）_某岸律师事务所_李闻.pdf"), b"copy of a draft", 200)
    done = queue_reminders(office.outbox / PLACE, office, by="周某")
    assert {letter.lawyer_name for letter, _ in done.queued} == {"李闻舟"}
    (held,) = done.held
    assert "没有找到致某岸律师事务所李闻的盖章提醒函" in held
    assert f"“{TITLE}_某岸律师事务所_李闻”" in held


def test_a_namesake_in_another_firm_is_a_stranger(office: Settings) -> None:
    """The lawyer has left the roster or the firm: nobody there is told of the case."""
    draft = reminder(office, LAWYER)
    laid(draft.with_name(f"{TITLE}_某岸律师事务所_李闻舟.pdf"), b"sealed", 200)
    registry.keep_roster([LAWYER.model_copy(update={"firm": "别处律师事务所"})], who="周某")
    done = queue_reminders(office.outbox / PLACE, office, by="周某")
    assert mails() == []
    assert "案件所载为某岸律师事务所，律师名册所载为别处律师事务所" in done.held[0]


@pytest.mark.parametrize("where", [FOLDER, "没有这个文件夹", ".."])
def test_a_folder_without_reminders_is_told(office: Settings, where: str) -> None:
    """Nothing is guessed from what lies in it."""
    with pytest.raises(UsageError, match="不是提醒函所在的文件夹"):
        queue_reminders(office.outbox / where, office, by="周某")
