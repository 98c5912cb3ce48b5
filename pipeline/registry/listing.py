"""The registered cases as a list shows them: of a hundred thousand, some hundreds are held at a time."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.registry.assignments import standing_lawyers
from pipeline.registry.records import ListedCase
from pipeline.registry.registration_events import closings
from pipeline.registry.registrations import batched, numbered_cases, registered_ids


def listed_cases() -> Iterator[tuple[ListedCase, ...]]:
    """Every registered case, in the order in which they were registered, some hundreds at a time."""
    for some in batched(registered_ids()):
        lawyers, closed = standing_lawyers(some), closings(some)
        yield tuple(
            ListedCase(record=record, lawyer=lawyers.get(key), closing=closed.get(record.number))
            for key, record in numbered_cases(some).items()
        )
