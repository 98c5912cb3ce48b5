"""Who is reminded of what: near or over, the lawyer's own, by a name that is certain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from desk_office import Office

from pipeline import registry
from pipeline.auditing import load_standard
from pipeline.desk.deadlines import office_standard, running_terms
from pipeline.desk.reminding import due_for_reminding, remind
from schemas.due import Due, DueState, RunningTerm
from schemas.report import Standing

DAY = date(2026, 3, 9)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    registry.open_registry(made.state)
    yield made
    registry.close_registry()


def term(key: str, name: str, left: int | None, lawyer: str = "李某", day: date = DAY) -> RunningTerm:
    ends_on = None if left is None else day + timedelta(days=left)
    state = DueState.UNKNOWN if left is None else DueState.LATE if left < 0 else DueState.SOON
    due = Due(
        name=name, since=date(2026, 2, 2), ends_on=ends_on, days_left=left, state=state,
        length="10个工作日", basis="某办法", standing=Standing.CONFIRMED,
    )  # fmt: skip
    return RunningTerm(
        key=key, case_number=f"{key}号", recipient_name="某甲", firm_name="虚构律师事务所", lawyer_name=lawyer,
        stands="", due=due,
    )  # fmt: skip


def test_the_lawyers_terms_that_are_near_or_over_are_reminded_of(office: Office) -> None:
    """Not the office's own, not those that end later, not those whose end nobody knows."""
    near, over = term("1", "cure", 3), term("2", "filing", -40)
    others = (term("3", "review", -1), term("4", "payment", 0), term("5", "cure", 4), term("6", "cure", None))
    assert due_for_reminding((near, over, *others), 3) == (near, over)


def test_a_term_is_reminded_of_before_and_after_its_last_day(office: Office) -> None:
    """Two reminders of one term, a day that it ends on apart; a third only if a person wants it."""
    near = term("1", "cure", 2)
    over = near.model_copy(update={"due": near.due.model_copy(update={"days_left": -1, "state": DueState.LATE})})
    assert len(remind((near,), office.settings, DAY, by="吴某").letters) == 1
    assert remind((near,), office.settings, DAY, by="吴某").before == (near,)
    assert len(remind((over,), office.settings, DAY, by="吴某").letters) == 1
    assert remind((over,), office.settings, DAY, by="吴某").letters == ()
    assert len(remind((over,), office.settings, DAY, by="吴某", again=True).letters) == 1


def test_a_new_term_of_the_same_case_is_another(office: Office) -> None:
    """A second round of putting right begins another day."""
    first = term("1", "cure", 2)
    second = first.model_copy(update={"due": first.due.model_copy(update={"since": date(2026, 3, 2)})})
    remind((first,), office.settings, DAY, by="吴某")
    assert remind((second,), office.settings, DAY, by="吴某").before == ()


def test_without_a_certain_name_nobody_is_addressed(office: Office) -> None:
    """It is told, and no letter goes to a guess."""
    unknown = term("1", "cure", 2, lawyer="")
    told = remind((unknown,), office.settings, DAY, by="吴某")
    assert (told.folder, told.letters, told.unaddressed) == (None, (), (unknown,))


def test_the_office_term_for_putting_right_holds(office: Office) -> None:
    """What the notices say by the setting, the terms reckon by as well; and what is confirmed bears no mark."""
    usual = load_standard("gd")
    assert office_standard(office.settings).deadlines["cure"] == usual.deadlines["cure"]
    own = office_standard(office.settings.model_copy(update={"cure_days": 7})).deadlines["cure"]
    assert (own.days, own.working, own.standing) == (7, True, Standing.CONFIRMED)


def test_a_name_that_was_not_read_for_certain_is_none(office: Office) -> None:
    """`待核` in the ledger is no lawyer's name."""
    office.drop("卷.json", case_number="7号", recipient_name="某甲", firm_name="虚构律师事务所", lawyer_name="")
    office.settle(office.open())
    (found,) = running_terms(load_standard("gd"), DAY)
    assert (found.lawyer_name, found.firm_name, found.case_number) == ("", "虚构律师事务所", "7号")
