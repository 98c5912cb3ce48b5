"""What lawyers were reminded of, so that nobody is reminded of the same term twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline import registry
from pipeline.registry.models import JournalEvent, ReminderLine
from schemas.due import Reminder, ReminderLetter

DAY = date(2026, 3, 9)
PLACE = "结案材料报送提醒函/2026-03-09"


@pytest.fixture(autouse=True)
def office(tmp_path: Path) -> Iterator[None]:
    registry.open_registry(tmp_path)
    yield
    registry.close_registry()


def reminder(key: str, *, late: bool = False) -> Reminder:
    return Reminder(key=key, term="filing", since=DAY - timedelta(days=30), ends_on=DAY, late=late)


def letter(name: str, place: str = PLACE) -> ReminderLetter:
    return ReminderLetter(
        path=f"{place}/提醒函_{name}（草稿）.docx", firm_name="某律师事务所", lawyer_name=name, cases=("1号", "2号")
    )


def test_a_term_is_drafted_once_before_and_once_after_its_last_day() -> None:
    """The same term of the same case: what was drafted is known again, whoever asks in which order."""
    asked = [reminder("1"), reminder("2"), reminder("1", late=True)]
    assert registry.drafted_before(asked) == frozenset()
    registry.record_reminders(asked[:2], letter("李闻舟"), who="周某")
    assert registry.drafted_before(reversed(asked)) == frozenset(asked[:2])
    assert registry.drafted_before([]) == frozenset()


def test_a_second_letter_about_the_same_term_is_told_and_kept_as_one_line() -> None:
    """A person wanted it again: the journal has both, with letter, term and day."""
    registry.record_reminders([reminder("1")], letter("李闻舟"), who="周某")
    registry.record_reminders([reminder("1")], letter("李闻舟", f"{PLACE} 再次"), who="吴某")
    assert ReminderLine.objects.count() == 1
    events = [json.loads(event.content) for event in JournalEvent.objects.order_by("number")]
    assert [(event["what"], event["who"], event["about"]["letter"]) for event in events] == [
        ("reminded", "周某", letter("李闻舟").path),
        ("reminded", "吴某", letter("李闻舟", f"{PLACE} 再次").path),
    ]
    assert events[0]["about"] | {"letter": ""} == {
        "case": "1", "term": "filing", "ends": "2026-03-09", "late": 0, "letter": "",
    }  # fmt: skip


def test_the_letters_of_a_folder_are_those_drafted_into_it() -> None:
    """In their order; a folder whose name begins so is another."""
    for name in ("李闻舟", "某乙"):
        registry.record_reminders([reminder(name)], letter(name), who="周某")
    registry.record_reminders([reminder("3")], letter("某丙", f"{PLACE}（2）"), who="周某")
    assert [each.lawyer_name for each in registry.reminder_letters(PLACE)] == ["李闻舟", "某乙"]
    assert [each.lawyer_name for each in registry.reminder_letters(f"{PLACE}（2）")] == ["某丙"]
    assert registry.reminder_letters("别处") == ()


def test_more_reminders_than_one_query_may_name_are_looked_up() -> None:
    """An office that reminds of all at once."""
    asked = [reminder(str(number)) for number in range(1201)]
    registry.record_reminders(asked[:3], letter("李闻舟"), who="周某")
    assert registry.drafted_before(asked) == frozenset(asked[:3])
