"""Lists of mail: what is open, what went out since a day, some hundreds at a time; and one key means one mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pipeline import registry
from pipeline.errors import UsageError
from pipeline.registry.models import OutgoingMail
from schemas.mail import UNSETTLED_MAIL, MailResult, MailState, QueuedMail

DAY = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path, database: str) -> Iterator[str]:
    registry.open_registry(tmp_path)
    yield database
    registry.close_registry()


def stock(count: int, *, sent: int) -> None:
    """So many mails, one a day; the first of them are sent, the others wait."""
    mail = QueuedMail(to="li@example.org", addressee="李某", subject="x", text="y", papers=(), cases=("1号", "2号"))
    OutgoingMail.objects.bulk_create(
        OutgoingMail(
            key=f"{number:064x}",
            content=mail.model_dump_json(),
            state=(MailState.SENT if number < sent else MailState.WAITING).value,
            queued_at=DAY + timedelta(days=number),
            due_at=DAY,
        )
        for number in range(count)
    )


def keys(*states: MailState, since: datetime | None = None, most: int = 0) -> list[list[int]]:
    return [[int(line.key, 16) for line in some] for some in registry.listed_mails(*states, since=since, most=most)]


def test_open_mails_are_listed_oldest_first_some_hundreds_at_a_time(office: str) -> None:
    """Those that were sent do not come; a letter about several cases names them."""
    stock(1200, sent=600)
    listed = keys(*UNSETTLED_MAIL)
    assert [len(some) for some in listed] == [500, 100]
    assert [key for some in listed for key in some] == list(range(600, 1200))
    assert next(registry.listed_mails())[0].case_number == "1号、2号"


def test_mails_are_listed_since_a_moment(office: str) -> None:
    """By when they were queued, sent or not."""
    stock(5, sent=3)
    assert keys(since=DAY + timedelta(days=2)) == [[2, 3, 4]]
    assert keys(MailState.WAITING, since=DAY + timedelta(days=4)) == [[4]]
    assert keys(since=DAY + timedelta(days=9)) == []


@pytest.mark.parametrize(
    ("states", "since", "index"), [(UNSETTLED_MAIL, None, "mail_by_state"), ((), DAY, "mail_by_day")]
)
def test_lists_go_by_an_index(office: str, states: tuple[MailState, ...], since: datetime | None, index: str) -> None:
    """A hundred thousand mails that went out are not looked at for the three that wait."""
    if office != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole, whatever indexes it has")
    with CaptureQueriesContext(connection) as asked:
        assert keys(*states, since=since) == []
    (query,) = asked.captured_queries
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
        plan = [row[-1] for row in cursor.fetchall()]
    assert index in plan[0]
    assert not plan[0].startswith("SCAN")


def test_a_key_that_several_mails_begin_with_settles_none(office: str) -> None:
    """Nobody's word on one letter is taken for another's; and what was sent is not asked about."""
    stock(20, sent=0)
    for number in range(3):
        state = MailState.REFUSED if number else MailState.SENT
        registry.record_mail(f"{number:064x}", MailResult(state=state), retry=timedelta(), give_up=timedelta())
    with pytest.raises(UsageError, match="不止一封，请写出更多位"):
        registry.settle_mail("0" * 63, again=False, by="周某", why="已电告")
    registry.settle_mail(f"{1:064x}", again=False, by="周某", why="已电告")
    registry.settle_mail("0" * 63, again=False, by="周某", why="已电告")
    with pytest.raises(UsageError, match="没有找到"):
        registry.settle_mail("0" * 63, again=False, by="周某", why="已电告")


def test_the_mails_queued_last_are_listed_where_so_many_are_asked_for(office: str) -> None:
    """Oldest of them first; how many there are in all is counted apart."""
    stock(9, sent=6)
    since = DAY + timedelta(days=2)
    assert keys(*UNSETTLED_MAIL, most=2) == [[7, 8]]
    assert keys(most=4) == [[5, 6, 7, 8]]
    assert keys(since=since, most=2) == [[7, 8]]
    assert (registry.mails_in(), registry.mails_in(*UNSETTLED_MAIL), registry.mails_in(since=since)) == (9, 3, 7)
