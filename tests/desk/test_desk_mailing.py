"""Mail about a case: a notice goes out once, to who the roster says, and only as it was issued."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_mail import FOLDER, LAWYER, NUMBER, mailing_settings, mails, stock_mail

from pipeline import registry
from pipeline.desk import mailing
from pipeline.desk.mailing import queue_notice, send_due
from pipeline.errors import UsageError
from pipeline.settings import MailSettings, Settings
from schemas.mail import MailLetter, MailResult, MailState
from schemas.roster import Lawyer


class Server:
    """Remembers what it was given, and answers as it is told to."""

    def __init__(self) -> None:
        self.letters: list[MailLetter] = []
        self.answer = MailResult(state=MailState.SENT)

    def __call__(self, letter: MailLetter, _settings: MailSettings, _name: str) -> MailResult:
        self.letters.append(letter)
        return self.answer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()
    monkeypatch.setattr(mailing, "send", server)
    return server


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Settings]:
    """An office with one audited case whose notice lies in its folder, sealed and as a draft."""
    settings = mailing_settings(tmp_path)
    stock_mail(settings)
    yield settings
    registry.close_registry()


def test_notice_goes_to_lawyer_and_firm_once(office: Settings, server: Server) -> None:
    """Each gets a mail of his own with the sealed notice; the command given again sends nothing."""
    assert queue_notice(NUMBER, office, by="周某") == ("li@example.org", "firm@example.org")
    assert send_due(office) == 2
    assert [letter.to for letter in server.letters] == ["li@example.org", "firm@example.org"]
    assert {(each.name, each.content) for letter in server.letters for each in letter.attachments} == {
        ("补正通知书.pdf", b"sealed")
    }
    assert NUMBER in server.letters[0].subject
    assert queue_notice(NUMBER, office, by="周某") == ()
    assert send_due(office) == 0


def test_server_in_trouble_is_asked_again_later(office: Settings, server: Server) -> None:
    """The first mail waits, and the others with it; afterwards each goes out once."""
    queue_notice(NUMBER, office, by="周某")
    server.answer = MailResult(state=MailState.WAITING, reason="邮件服务器无法连接，稍后自动重试。")
    assert send_due(office) == 0
    assert len(server.letters) == 1
    server.answer = MailResult(state=MailState.SENT)
    assert send_due(office) == 2


def test_draft_does_not_go_out(office: Settings) -> None:
    """What nobody has signed is not served."""
    (office.outbox / FOLDER / "补正通知书.pdf").unlink()
    with pytest.raises(UsageError, match="没有找到盖章的补正通知书"):
        queue_notice(NUMBER, office, by="周某")


def test_attachment_that_is_gone_is_told(office: Settings, server: Server) -> None:
    """The mail is not sent without its paper."""
    queue_notice(NUMBER, office, by="周某")
    (office.outbox / FOLDER / "补正通知书.pdf").unlink()
    assert send_due(office) == 0
    assert server.letters == []
    assert all("已不在发件箱中" in line.reason for line in mails(MailState.REFUSED))


def test_attachment_from_elsewhere_is_refused(office: Settings, tmp_path: Path) -> None:
    """Only papers of the outbox go out."""
    secret = tmp_path / "other.pdf"
    secret.write_bytes(b"x")
    with pytest.raises(UsageError, match="发件箱内"):
        queue_notice(NUMBER, office, attached=(secret,), by="周某")


@pytest.mark.parametrize(
    ("lawyers", "said"),
    [
        ([], "没有承办人李闻舟"),
        ([LAWYER, LAWYER.model_copy(update={"licence": "2", "firm": "另一律师事务所"})], "不止一名"),
        ([LAWYER.model_copy(update={"email": "", "firm_email": ""})], "没有某岸律师事务所李闻舟的邮箱"),
        ([LAWYER.model_copy(update={"email": "李闻舟@处"})], "有误，请更正名册"),
    ],
)
def test_without_a_sure_address_nothing_is_sent(office: Settings, lawyers: list[Lawyer], said: str) -> None:
    """A notice to the wrong lawyer tells a stranger of the case."""
    registry.keep_roster(lawyers, who="周某")
    with pytest.raises(UsageError, match=said):
        queue_notice(NUMBER, office, by="周某")
    assert mails() == []


def test_mail_is_off_unless_switched_on(office: Settings) -> None:
    """Nothing leaves the machine by itself."""
    with pytest.raises(UsageError, match="尚未启用邮件"):
        queue_notice(NUMBER, office.model_copy(update={"mail": MailSettings()}), by="周某")
