"""Registered cases are put right, closed and opened again, each by an event that keeps what was before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline import registry
from pipeline.errors import UsageError
from pipeline.registry.models import JournalEvent
from schemas.case import Kind, Origin
from schemas.numbering import Numbering
from schemas.registration import Recipient, Registration
from schemas.registration_events import Change, RegistrationAct
from schemas.roster import Assignment, Lawyer

ENDED = date(2024, 9, 1)


@pytest.fixture(autouse=True)
def state(tmp_path: Path) -> Iterator[Path]:
    registry.open_registry(tmp_path / "台账")
    yield tmp_path / "台账"
    registry.close_registry()


def registration(name: str = "某甲", cause: str = "离婚纠纷") -> Registration:
    return Registration(
        received_on=date(2024, 3, 5),
        kind=Kind.CIVIL,
        origin=Origin.APPLIED,
        recipient=Recipient(name=name),
        cause=cause,
    )


def registered(name: str = "某甲", *, assigned: bool = False) -> str:
    number = registry.register_case(registration(name), who="赵一").number
    if assigned:
        lawyer = Lawyer(licence="1", name="某乙", firm="某律师事务所")
        registry.record_assignment(
            Assignment(case_number=number, lawyer=lawyer, assigned_on=ENDED, chosen_by="赵一", why="轮到")
        )
    return number


def test_correction_keeps_the_old_value_in_its_event_and_in_the_journal():
    """The case is found by its new name; what stood before is told with who put it right, and why."""
    number = registered()
    change = Change(path="recipient.name", before="某甲", after="某假")
    registry.correct_registration(number, registration("某假"), (change,), who="赵一", why="核对身份证")
    found = registry.find_case(number)
    assert found is not None
    assert found.registration.recipient.name == "某假"
    assert [record.number for record in registry.cases_of("某假")] == [number]
    assert registry.cases_of("某甲") == ()
    (event,) = registry.registration_events(number)
    assert (event.act, event.by, event.why, event.changes) == (
        RegistrationAct.CORRECTED, "赵一", "核对身份证", (change,),
    )  # fmt: skip
    told = json.loads(JournalEvent.objects.order_by("-number")[0].content)
    assert told["what"] == "case_corrected"
    assert "某甲" in told["about"]["event"]


def test_correction_may_not_make_one_case_of_two():
    """What would be registered twice then is told with the other's number; nothing is changed."""
    number, other = registered("某甲"), registered("某乙")
    with pytest.raises(UsageError, match=other):
        registry.correct_registration(number, registration("某乙"), (), who="赵一", why="更正")
    assert registry.registration_events(number) == ()


def test_closed_case_loads_nobody_until_it_is_opened_again():
    """Both are events; a second closing is refused with the day and the reason of the first."""
    number = registered(assigned=True)
    registry.record_closed(number, on=ENDED, why="受援人自行委托律师", who="赵一", terminated=True)
    assert registry.open_cases() == {}
    assert list(registry.open_registrations()) == []
    with pytest.raises(UsageError, match="2024-09-01起终止法律援助（受援人自行委托律师）"):
        registry.record_closed(number, on=ENDED, why="再次", who="赵一")
    registry.record_reopened(number, why="决定撤回", who="钱二")
    assert registry.open_cases() == {"1": 1}
    assert registry.closing_of(number) is None
    acts = [(event.act, event.by) for event in registry.registration_events(number)]
    assert acts == [(RegistrationAct.CLOSED, "赵一"), (RegistrationAct.REOPENED, "钱二")]
    with pytest.raises(UsageError, match="没有结案"):
        registry.record_reopened(number, why="再次", who="钱二")


def test_closed_case_still_owes_its_closing_file_where_somebody_handled_it():
    """One that nobody was assigned to is over; one that was handled waits for its papers."""
    registry.record_closed(registered("某甲"), on=ENDED, why="重复登记", who="赵一")
    handled = registered("某乙", assigned=True)
    registry.record_closed(handled, on=ENDED, why="判决已生效", who="赵一")
    (owed,) = registry.closed_without_file()
    assert (owed.record.number, owed.lawyer.name, owed.closing.on) == (handled, "某乙", ENDED)
    rows = registry.wanted_cases(registry.Wanted())
    assert {each.record.number for some in registry.listed_cases(rows) for each in some if each.closing} == {
        "法援民字〔2024〕1号",
        handled,
    }


def test_a_number_put_right_twice_leads_back_and_is_never_drawn_again():
    """Two wrong numbers lead to the case, its own right one first; the series goes on behind all of them."""
    numbering = Numbering()
    number = registered("某甲")
    year = number[5:9]
    for to in (f"法援民字〔{year}〕7号", f"法援民字〔{year}〕8号", f"法援民字〔{year}〕7号"):
        registry.correct_number(number, to, numbering=numbering, who="赵一", why="录错")
        found = registry.find_case(number)
        assert found is not None
        assert found.number == to
    for former in (number, f"法援民字〔{year}〕8号"):
        found = registry.find_case(former)
        assert found is not None
        assert found.number == f"法援民字〔{year}〕7号"
    assert [event.changes[0].after for event in registry.registration_events(number)][-1] == f"法援民字〔{year}〕7号"
    assert registered("某乙") == f"法援民字〔{year}〕9号"
    assert registry.verify_journal().whole


def test_a_number_stays_where_papers_bear_it():
    """Somebody was assigned under it."""
    number = registered(assigned=True)
    with pytest.raises(UsageError, match="已经指派"):
        registry.correct_number(number, "法援民字〔2024〕7号", numbering=Numbering(), who="赵一", why="录错")
    assert registry.registration_events(number) == ()


@pytest.mark.parametrize("why", ["", "  "])
def test_nothing_is_changed_without_a_reason(why: str):
    """The journal says why, or nothing happens."""
    number = registered()
    with pytest.raises(UsageError, match="理由"):
        registry.record_closed(number, on=ENDED, why=why, who="赵一")
    with pytest.raises(UsageError, match="理由"):
        registry.correct_registration(number, registration("某假"), (), who="赵一", why=why)


def test_numbers_of_a_case_are_those_of_its_letters_alone():
    """Number 1 is not the beginning of number 11."""
    registry.draw_number("虚法援指字", 2024, who="赵一", about="甲1号 指派通知书")
    registry.draw_number("虚法援指字", 2024, who="赵一", about="甲1号的 指派通知书")
    assert [number.sequence for number in registry.numbers_of("甲1号")] == [1]
