"""Two offices' programs at one registry, in both databases; and what PostgreSQL adds: a server that goes away."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.db.utils import IntegrityError, OperationalError

from pipeline import registry
from pipeline.errors import UsageError
from pipeline.registry import setup
from pipeline.registry.models import JournalEvent, ReminderLine
from pipeline.registry.setup import postgresql_connection
from schemas.due import Reminder, ReminderLetter
from schemas.mail import QueuedMail

DAY = date(2026, 3, 9)
EACH = 20


@pytest.fixture
def state(tmp_path: Path):
    yield tmp_path
    registry.close_registry()


def at_once(work: Callable[..., object], *arguments: tuple[object, ...]) -> list[object]:
    """What processes of their own answer that begin at the same time."""
    context = multiprocessing.get_context("fork")  # the choice of the database goes with it
    together, answers = context.Barrier(len(arguments)), context.SimpleQueue()

    def run(number: int) -> None:
        together.wait(30)
        try:
            answers.put((number, work(*arguments[number])))
        except BaseException as error:  # noqa: BLE001 - the test tells it
            answers.put((number, repr(error)))

    workers = [context.Process(target=run, args=(number,)) for number in range(len(arguments))]
    for worker in workers:
        worker.start()
    found = dict(answers.get() for _ in workers)
    for worker in workers:
        worker.join(30)
    return [found[number] for number in range(len(arguments))]


def register(state: Path, name: str) -> int:
    registry.open_registry(state)
    for number in range(EACH):
        registry.register_drop(
            f"{name}{number}.pdf", "f" * 64, sha256=f"{name}{number:02}".ljust(64, "0"), original="x"
        )
    return EACH


def claim_all(state: Path, owner: str) -> list[int]:
    registry.open_registry(state)
    return [claim.submission_id for claim in iter(lambda: registry.claim_next(owner), None)]


def draw(state: Path) -> list[int]:
    registry.open_registry(state)
    return [registry.draw_number("援", 2024, who="某甲", about="试") for _ in range(EACH)]


def test_two_processes_that_open_a_new_registry_make_it_once(state, database, request, monkeypatch):
    """The tables and the first events of both are there."""
    if database == "postgresql":
        address = request.getfixturevalue("postgresql").empty_database("without_tables")
        monkeypatch.setattr(setup, "database_of", lambda _state: address)
    assert at_once(register, (state, "a"), (state, "b")) == [EACH, EACH]
    registry.open_registry(state)
    check = registry.verify_journal()
    assert (check.events, check.whole) == (2 * EACH, True)


def test_two_processes_never_claim_the_same(state):
    """Each submission is somebody's, none is two's."""
    register(state, "a")
    registry.close_registry()
    first, second = at_once(claim_all, (state, "甲"), (state, "乙"))
    assert isinstance(first, list)
    assert isinstance(second, list)
    assert len(first) + len(second) == len({*first, *second}) == EACH


def test_two_processes_draw_each_number_once_and_without_gaps(state):
    """The one series of an office."""
    registry.open_registry(state)
    registry.close_registry()
    first, second = at_once(draw, (state,), (state,))
    assert isinstance(first, list)
    assert isinstance(second, list)
    assert sorted(first + second) == list(range(1, 2 * EACH + 1))


def queue_and_claim(state: Path) -> list[str]:
    """Mails of a reminder queued by two persons at once, and those that this office's sending takes."""
    registry.open_registry(state)
    for number in range(EACH):
        mail = QueuedMail(
            to=f"{number}@example.org", addressee="李某", subject="x", text="y", papers=(), cases=("1号",)
        )
        registry.queue_letter("提醒函.docx", mail, by="周某")
    return [line.mail.to for line in iter(registry.claim_mail, None)]


def test_two_processes_queue_and_claim_each_mail_once(state):
    """Two persons give the same command, and the office sends meanwhile: each address gets the letter once."""
    registry.open_registry(state)
    registry.close_registry()
    first, second = at_once(queue_and_claim, (state,), (state,))
    assert isinstance(first, list)
    assert isinstance(second, list)
    assert sorted(first + second) == sorted(f"{number}@example.org" for number in range(EACH))


def remind(state: Path, place: str) -> int:
    registry.open_registry(state)
    terms = [Reminder(key=str(number), term="filing", since=DAY, ends_on=DAY, late=False) for number in range(EACH)]
    letter = ReminderLetter(path=f"{place}/提醒函.docx", firm_name="某所", lawyer_name="李某", cases=())
    registry.record_reminders(terms, letter, who="周某")
    return len(registry.drafted_before(terms))


def test_two_processes_remind_of_the_same_terms_without_an_error(state):
    """Both are told to the journal; of each term one line is kept."""
    registry.open_registry(state)
    registry.close_registry()
    assert at_once(remind, (state, "一"), (state, "二")) == [EACH, EACH]
    registry.open_registry(state)
    check = registry.verify_journal()
    assert (check.events, check.whole, ReminderLine.objects.count()) == (2 * EACH, True, EACH)


def test_postgresql_lets_nobody_empty_the_journal(state, database):
    """TRUNCATE passes by the triggers of single rows, and has its own."""
    if database != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    register(state, "a")
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="append-only"):
        cursor.execute("TRUNCATE registry_journalevent")
    assert JournalEvent.objects.count() == EACH


def test_an_office_outlives_the_end_of_its_connection(state, database, postgresql):
    """A server that was started anew: one call fails, and after `renew_connection` the office goes on."""
    if database != "postgresql":
        pytest.skip("SQLite has no server")
    register(state, "a")
    name = connection.settings_dict["NAME"]
    postgresql.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    with pytest.raises(OperationalError):
        registry.claim_next("甲")
    registry.renew_connection()
    assert registry.claim_next("甲") is not None


def test_a_transaction_that_waits_too_long_leaves_a_connection_that_works(state, database, postgresql, monkeypatch):
    """Another program holds the writers' lock: an error after the time that is set, and no broken connection."""
    if database != "postgresql":
        pytest.skip("SQLite waits by itself")
    import psycopg

    from pipeline.registry.postgresql.base import WRITER_KEY

    monkeypatch.setattr(setup, "BUSY_SECONDS", 1)
    register(state, "a")
    with psycopg.connect(setup.database_of(state)) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (WRITER_KEY,))
        with pytest.raises(OperationalError):
            registry.claim_next("甲")
    assert registry.claim_next("甲") is not None


def test_a_server_that_does_not_answer_is_said_without_the_password(state, monkeypatch):
    """A sentence for the administrator, not a traceback."""
    address = "postgresql://juanzong:geheim@127.0.0.1:1/juanzong?connect_timeout=2"
    monkeypatch.setattr(setup, "database_of", lambda _state: address)
    with pytest.raises(UsageError, match="无法使用台账数据库") as caught:
        registry.open_registry(state)
    assert "geheim" not in caught.value.message


@pytest.mark.parametrize("address", ["mysql://a@b/c", "postgresql://%zz@/x"])
def test_an_address_that_is_none_is_refused(address):
    """Before anything is connected to."""
    with pytest.raises(UsageError, match="database"):
        postgresql_connection(address)


def test_an_address_becomes_what_django_connects_with():
    """Port, user and options of the address are kept, and a lock is not waited for without end."""
    described = postgresql_connection("postgresql://u:p%40ss@db.example:5433/jz?sslmode=require")
    assert described["NAME"] == "jz"
    options = described["OPTIONS"]
    assert isinstance(options, dict)
    assert {key: options[key] for key in ("user", "password", "host", "port", "sslmode")} == {
        "user": "u",
        "password": "p@ss",
        "host": "db.example",
        "port": "5433",
        "sslmode": "require",
    }
    assert "lock_timeout" in options["options"]


def test_doctor_says_which_database_is_used(database, postgresql, tmp_path):
    """The server's version, or why it cannot be reached; SQLite needs nothing."""
    from pydantic import SecretStr

    from pipeline.doctor import examine
    from pipeline.settings import Settings

    def said(address: str) -> tuple[bool, str]:
        checks = examine(Settings(state=tmp_path, database=SecretStr(address)))
        return next((check.present, check.detail) for check in checks if check.name == "台账数据库")

    assert said("") == (True, "SQLite，在台账文件夹中")
    present, detail = said(postgresql.address("postgres"))
    assert present
    assert detail.startswith("PostgreSQL ")
    present, detail = said("postgresql://juanzong@127.0.0.1:1/juanzong?connect_timeout=2")
    assert not present
    assert "无法使用台账数据库" in detail
