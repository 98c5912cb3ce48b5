"""Running terms: which one a case is in, when it ends, and that nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.auditing import load_standard
from pipeline.auditing.dues import due_of
from schemas.due import DueState, Milestones
from schemas.life import CaseState
from schemas.report import Standing
from schemas.standard import Deadline

GD = load_standard("gd")
TODAY = date(2026, 3, 20)


def test_review_runs_from_the_day_of_receipt() -> None:
    """Thirty calendar days; one that would end on a rest day ends on the next working day."""
    due = due_of(CaseState.TO_REVIEW, Milestones(received_on=date(2026, 3, 6)), GD, TODAY)
    assert due is not None
    assert (due.name, due.ends_on, due.days_left, due.state) == ("review", date(2026, 4, 7), 18, DueState.RUNNING)


@pytest.mark.parametrize(
    ("notified", "state"),
    [
        (date(2026, 3, 12), DueState.RUNNING),
        (date(2026, 3, 9), DueState.SOON),
        (date(2026, 3, 6), DueState.SOON),
        (date(2026, 3, 5), DueState.LATE),
    ],
)
def test_cure_counts_working_days(notified: date, state: DueState) -> None:
    """Ten working days after the notice; the last day itself is still in time."""
    due = due_of(CaseState.CURING, Milestones(notified_on=notified), GD, TODAY)
    assert due is not None
    assert due.state is state


def test_term_into_a_year_without_a_calendar_has_no_last_day() -> None:
    """The holidays of a year are announced late in the year before; until then nobody is called late."""
    far = GD.model_copy(
        update={"deadlines": {"cure": Deadline(days=10, working=True, basis="", standing=Standing.CONFIRMED)}}
    )
    due = due_of(CaseState.CURING, Milestones(notified_on=date(2097, 1, 5)), far, date(2097, 3, 1))
    assert due is not None
    assert (due.ends_on, due.days_left, due.state) == (None, None, DueState.UNKNOWN)


@pytest.mark.parametrize(
    ("state", "milestones"),
    [
        (CaseState.ARCHIVED, Milestones(received_on=TODAY)),
        (CaseState.CURING, Milestones(received_on=TODAY)),
        (CaseState.ASSIGNED, Milestones()),
    ],
)
def test_nothing_runs_where_nothing_is_due_or_the_first_day_is_unknown(
    state: CaseState, milestones: Milestones
) -> None:
    """A term begins with an event; without it there is no term."""
    assert due_of(state, milestones, GD, TODAY) is None


def test_standard_without_the_term_sets_none() -> None:
    """What a standard does not say is not made up."""
    silent = GD.model_copy(update={"deadlines": {}})
    assert due_of(CaseState.TO_REVIEW, Milestones(received_on=TODAY), silent, TODAY) is None
