"""kill -9 between an office and its mail server: no letter twice, and of each it is said whether it arrived."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from desk_mail import NUMBER, mailing_settings, mails, stock_mail
from faults_days import told
from faults_killing import Clone, in_child, spread

from pipeline import registry
from pipeline.desk.desk import Desk
from pipeline.desk.mailing import queue_notice, send_due
from schemas.mail import MailState

ADDRESSES = ("firm@example.org", "li@example.org")
SECONDS = 20.0
"""After which a server that has not noticed the end of its client is broken."""


class Post(Controller):
    """A mail server on loopback that keeps count of what it has taken, and knows when nobody is talking to it."""

    def __init__(self) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
        super().__init__(self, hostname="127.0.0.1", port=port)
        self.taken: list[str] = []
        self.talking = 0
        self.changed = threading.Condition()

    def factory(self) -> SMTP:
        return _Talk(self)

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        self.taken += envelope.rcpt_tos
        return "250 OK"

    def count(self, more: int) -> None:
        with self.changed:
            self.talking += more
            self.changed.notify_all()

    def arrived(self) -> Counter[str]:
        """What has arrived, when the last client is gone."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.talking == 0, SECONDS)
            return Counter(self.taken)


class _Talk(SMTP):
    """One client."""

    def __init__(self, post: Post) -> None:
        super().__init__(post, hostname="localhost")
        self._post = post

    def connection_made(self, transport: Any) -> None:
        self._post.count(1)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self._post.count(-1)


@pytest.fixture
def post() -> Iterator[Post]:
    post = Post()
    post.start()
    yield post
    post.stop()


def stock(root: Path) -> None:
    """An audited case, and its notice as it was issued."""
    settings = mailing_settings(root)
    settings.inbox.mkdir(parents=True)
    stock_mail(settings)


def work(root: Path, port: int) -> None:
    """The notice is to go out (a clerk says so again after a fault), and the office looks after its mail."""
    settings = mailing_settings(root, port)
    registry.open_registry(settings.state)
    queue_notice(NUMBER, settings, by="周某")
    desk = Desk(
        settings,
        process=lambda *_: pytest.fail("there is nothing to audit"),
        deliver=lambda *_: pytest.fail("there is nothing to deliver"),
        write_ledger=lambda: True,
        send_mail=partial(send_due, settings),
    )
    desk.recover()
    desk.tick()


def settle_doubts(root: Path, port: int, arrived: Counter[str]) -> None:
    """A person asks whoever a doubtful letter was for, and says what is to be done; then the office sends what waits."""
    registry.open_registry(root / "台账")
    for line in mails(MailState.DOUBTFUL):
        registry.settle_mail(line.key, again=not arrived[line.mail.to], by="周某", why="已电话核实")
    registry.close_registry()
    work(root, port)


def states(root: Path) -> dict[str, MailState]:
    registry.open_registry(root / "台账")
    try:
        assert registry.verify_journal().whole
        assert told()["mail_queued"] == len(ADDRESSES)
        return {line.mail.to: line.state for line in mails()}
    finally:
        registry.close_registry()


SAID: dict[MailState, tuple[int, ...]] = {MailState.SENT: (1,), MailState.WAITING: (0,), MailState.DOUBTFUL: (0, 1)}
"""What a mail's state says of how often it has arrived."""


def compare_killed_mail(tmp_path: Path, clone: Clone, post: Post, most: int | None = None) -> None:
    stocked = tmp_path / "stocked"
    assert in_child(partial(stock, stocked), stocked) is not None
    root = clone(stocked, tmp_path / "undisturbed")
    steps = in_child(partial(work, root, post.port), root)
    assert steps is not None
    assert post.arrived() == Counter(ADDRESSES)
    assert set(states(root).values()) == {MailState.SENT}
    for number in range(1, steps + 1) if most is None else spread(steps, most):
        root, before = clone(stocked, tmp_path / str(number)), post.arrived()
        assert in_child(partial(work, root, post.port), root, kill_at=number) is None, number
        assert in_child(partial(work, root, post.port), root) is not None, number
        arrived = post.arrived() - before
        for address, state in states(root).items():
            assert arrived[address] in SAID[state], (number, address, state)
        assert in_child(partial(settle_doubts, root, post.port, arrived), root) is not None, number
        assert post.arrived() - before == Counter(ADDRESSES), number
        assert set(states(root).values()) == {MailState.SENT}, number


def test_killed_while_it_sends_mail_an_office_sends_none_twice(tmp_path, clone, post):
    """A sample of the steps, among them the waits for the server's answers; the full set is marked full."""
    compare_killed_mail(tmp_path, clone, post, most=6)


@pytest.mark.full
def test_killed_before_every_step_of_sending_an_office_sends_none_twice(tmp_path, clone, post):
    """Every step: each commit, each word to the server, each answer."""
    compare_killed_mail(tmp_path, clone, post)


def test_a_clock_set_back_does_not_hold_up_the_mail(tmp_path, post, monkeypatch):
    """Queued while the clock was a year ahead: when it is put right, the letters go out at once."""
    stock(tmp_path)
    settings = mailing_settings(tmp_path, post.port)
    right = registry.mails.now
    with monkeypatch.context() as patch:
        patch.setattr(registry.mails, "now", lambda: right() + timedelta(days=365))
        queue_notice(NUMBER, settings, by="周某")
    assert send_due(settings) == len(ADDRESSES)
    assert post.arrived() == Counter(ADDRESSES)
    registry.close_registry()
