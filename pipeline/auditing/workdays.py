"""Working days (工作日) from the yearly files in `schemas/standards/calendar/`.

A term that reaches into a year without a file is refused: the State Council fixes each year's holidays late in the
year before, and a guess would make a lawyer late who is not.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import yaml
from pydantic import ValidationError

from pipeline.errors import StandardError, UsageError
from schemas.base import Frozen
from schemas.standard import Deadline

_SATURDAY = 5


class YearCalendar(Frozen):
    """One year: weekdays off (放假), and weekend days on which people work (补班)."""

    year: int
    source: str
    rest: frozenset[date]
    work: frozenset[date]


class NoCalendarError(UsageError):
    """The working days of a year are not known."""

    def __init__(self, year: int) -> None:
        super().__init__(f"没有{year}年的工作日历，无法计算该年度的期限。请更新程序所附的工作日历。")
        self.year = year


@cache
def load_year(year: int) -> YearCalendar:
    """The calendar of `year`; `NoCalendarError` if there is no file for it."""
    file = files("schemas.standards").joinpath("calendar", f"{year}.yaml")
    if not file.is_file():
        raise NoCalendarError(year)
    try:
        calendar = YearCalendar.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise StandardError(f"工作日历 {year}.yaml 无效：{error}") from error
    return calendar


def is_working_day(day: date) -> bool:
    """Whether offices work on `day`."""
    calendar = load_year(day.year)
    if day.weekday() >= _SATURDAY:
        return day in calendar.work
    return day not in calendar.rest


def add_working_days(start: date, count: int) -> date:
    """The `count`-th working day after `start`; the day itself does not count."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def add_months(start: date, count: int) -> date:
    """The same day `count` months later, or that month's last day where it is shorter (民法典第二百零二条)."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def last_day(start: date, deadline: Deadline) -> date:
    """The last day of a term that begins the day after `start`.

    A term in calendar days or months that ends on a rest day ends on the next working day.
    """
    if deadline.working:
        return add_working_days(start, deadline.days)
    day = add_months(start, deadline.months) if deadline.months else start + timedelta(days=deadline.days)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
