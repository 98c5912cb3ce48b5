"""The registered cases as a list shows them: of a hundred thousand, some hundreds are held at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from enum import StrEnum

from pipeline.registry.assignments import standing_lawyers
from pipeline.registry.models import AssignmentRecord, RegisteredCase
from pipeline.registry.records import ListedCase
from pipeline.registry.registration_events import closings
from pipeline.registry.registrations import batched, handed_in, numbered_cases
from pipeline.registry.spelling import plain
from schemas.base import Frozen

_ROWS = 2000
"""Of one answer of the database."""
_RECEIVED = '"received_on":"'
"""Before the day in a registration as it is kept: read so, a hundred thousand take half a second."""
_DAY = 10
_SIGNS = re.compile(r"\w+")


class RegisteredState(StrEnum):
    """How far a registered case has come before its closing file is audited (登记案件的状态)."""

    UNASSIGNED = "待指派"
    HANDLED = "承办中"
    CLOSED = "已结案"
    """And no closing file has been audited."""
    HANDED_IN = "已报送"
    """Its closing file has been audited."""


class Wanted(Frozen):
    """Which registered cases are asked for; all of what is given holds of them."""

    state: RegisteredState | None = None
    lawyer: str = ""
    """Name of the lawyer who stands assigned, or of the firm."""
    since: date | None = None
    until: date | None = None
    """First and last day on which they were taken on (受理日期)."""


def wanted_cases(wanted: Wanted) -> tuple[int, ...]:
    """The rows of the registered cases that are asked for, in the order in which they were registered."""
    tests = [*_in_time(wanted), *_with_lawyer(wanted.lawyer), *_in_state(wanted.state)]
    rows = RegisteredCase.objects.order_by("id").values_list("id", flat=True).iterator(_ROWS)
    return tuple(row for row in rows if all(test(row) for test in tests))


_Test = Callable[[int], bool]


def _in_time(wanted: Wanted) -> Iterator[_Test]:
    if wanted.since is None and wanted.until is None:
        return
    first, last = wanted.since or date.min, wanted.until or date.max
    rows = RegisteredCase.objects.order_by("id").values_list("id", "content").iterator(_ROWS)
    yield {row for row, content in rows if first.isoformat() <= _received(content) <= last.isoformat()}.__contains__


def _received(content: str) -> str:
    return content.partition(_RECEIVED)[2][:_DAY]


def _with_lawyer(name: str) -> Iterator[_Test]:
    """Those whose latest assignment is to that lawyer, or to a lawyer of that firm."""
    words = plain(name)
    signs = max(_SIGNS.findall(name), key=len, default="")
    if not signs:
        return
    # whatever brackets and widths it is written with, the longest run of letters stands in it as it is
    named = AssignmentRecord.objects.filter(content__contains=signs).values_list("case_id", flat=True)
    found = set()
    for some in batched(tuple(dict.fromkeys(named))):
        for row, lawyer in standing_lawyers(some).items():
            if words in {plain(lawyer.name), plain(lawyer.firm)}:
                found.add(row)
    yield found.__contains__


def _in_state(state: RegisteredState | None) -> Iterator[_Test]:
    if state is None:
        return
    assigned = _assigned()
    done = handed_in()
    rows = RegisteredCase.objects.order_by("id").values_list("id", "number_key", "closed_on").iterator(_ROWS)
    yield {
        row for row, key, closed_on in rows if _state(key in done, closed_on is not None, row in assigned) is state
    }.__contains__


def _assigned() -> Collection[int]:
    return set(AssignmentRecord.objects.values_list("case_id", flat=True).iterator(_ROWS))


def _state(handed: bool, closed: bool, assigned: bool) -> RegisteredState:
    if handed:
        return RegisteredState.HANDED_IN
    if closed:
        return RegisteredState.CLOSED
    return RegisteredState.HANDLED if assigned else RegisteredState.UNASSIGNED


def listed_cases(rows: Sequence[int]) -> Iterator[tuple[ListedCase, ...]]:
    """These registered cases, in the order in which they were registered, some hundreds at a time."""
    done = handed_in() if rows else frozenset()
    for some in batched(rows):
        lawyers, closed = standing_lawyers(some), closings(some)
        yield tuple(
            ListedCase(
                record=record,
                lawyer=lawyers.get(key),
                closing=closed.get(record.number),
                handed_in=plain(record.number) in done,
            )
            for key, record in numbered_cases(some).items()
        )
