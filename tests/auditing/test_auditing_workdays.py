"""Working days: holidays, make-up days, and years without a file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.auditing import NoCalendarError, add_working_days, is_working_day, last_day
from pipeline.auditing.workdays import load_year
from schemas.report import Standing
from schemas.standard import Deadline


def term(days: int, *, working: bool = False) -> Deadline:
    return Deadline(days=days, working=working, basis="依据", standing=Standing.OFFICIAL)


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_every_shipped_year_holds_together(year):
    """Rest days are weekdays, make-up days are weekend days, all of that year, and a year has some 250 working days."""
    calendar = load_year(year)
    assert all(day.year == year and day.weekday() < 5 for day in calendar.rest)
    assert all(day.year == year and day.weekday() >= 5 for day in calendar.work)
    days = (date(year, 1, 1) + timedelta(days=count) for count in range(365))
    assert 247 <= sum(is_working_day(day) for day in days) <= 252


def test_spring_festival_of_2025():
    """The holiday is no working day, the make-up Sunday before it is one."""
    assert is_working_day(date(2025, 1, 26))
    assert not any(is_working_day(date(2025, 1, 28) + timedelta(days=count)) for count in range(8))
    assert is_working_day(date(2025, 2, 5))
    assert add_working_days(date(2025, 1, 27), 1) == date(2025, 2, 5)


def test_a_calendar_term_ending_on_a_rest_day_runs_to_the_next_working_day():
    """Three days from 29 September 2025 end after the National Day holiday."""
    assert last_day(date(2025, 9, 29), term(3)) == date(2025, 10, 9)
    assert last_day(date(2025, 3, 3), term(3)) == date(2025, 3, 6)


@pytest.mark.parametrize("year", [2019, 2035])
def test_a_year_without_file_is_refused(year):
    """Nobody is late by a guess."""
    with pytest.raises(NoCalendarError) as caught:
        is_working_day(date(year, 6, 3))
    assert str(year) in caught.value.message


@given(st.dates(date(2023, 1, 1), date(2026, 6, 1)), st.integers(1, 40))
def test_a_working_term_holds_exactly_so_many_working_days(start, count):
    """Between the start (excluded) and the last day (included) lie `count` working days."""
    end = last_day(start, term(count, working=True))
    between = [start + timedelta(days=offset) for offset in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day) for day in between) == count
    assert is_working_day(end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2025, 4, 16), date(2025, 7, 16)),
        (date(2024, 11, 30), date(2025, 2, 28)),
        (date(2025, 7, 1), date(2025, 10, 9)),
    ],
)
def test_a_term_in_months_ends_on_the_same_day_of_the_month(start, end):
    """Three months: the same day, or the month's last where it has none, or the first working day after a holiday."""
    assert last_day(start, Deadline(months=3, basis="依据", standing=Standing.OFFICIAL)) == end


@pytest.mark.parametrize("measures", [{}, {"days": 3, "months": 1}])
def test_a_term_has_one_measure(measures):
    """Neither days nor months, or both, is no term."""
    with pytest.raises(ValueError, match="either days or months"):
        Deadline(basis="依据", standing=Standing.OFFICIAL, **measures)
