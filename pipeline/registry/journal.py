"""The journal (日志): who did what, when, to which case; append-only, each event chained to the one before it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from pipeline.registry.models import JournalEvent
from pipeline.registry.records import JournalCheck

PROGRAM = "juanzong"
"""Who acted, where no person did."""
GENESIS = "0" * 64

Plain = str | int | None


def append(what: str, *, when: datetime, who: str = PROGRAM, **about: Plain) -> None:
    """Adds an event. To be called inside the transaction of the change that it tells."""
    last = JournalEvent.objects.order_by("-number").first()
    number = 1 if last is None else last.number + 1
    previous = GENESIS if last is None else last.sha256
    content = _canonical(
        {"number": number, "what": what, "who": who, "when": when.astimezone(UTC).isoformat(), "about": about}
    )
    JournalEvent.objects.create(number=number, previous=previous, content=content, sha256=_chained(previous, content))


def verify_journal() -> JournalCheck:
    """Recomputes the whole chain."""
    previous, events, broken = GENESIS, 0, None
    for event in JournalEvent.objects.order_by("number").iterator():
        events += 1
        fits = (
            event.number == events
            and event.previous == previous
            and event.sha256 == _chained(previous, event.content)
            and _number_inside(event.content) == events
        )
        if not fits and broken is None:
            broken = events
        previous = event.sha256
    return JournalCheck(events=events, broken_at=broken, head=previous)


def last_event() -> int:
    """The number of the last event, 0 of an empty journal: it changes with whatever anyone does, in any process."""
    last: int | None = JournalEvent.objects.order_by("-number").values_list("number", flat=True).first()
    return last or 0


def _canonical(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _chained(previous: str, content: str) -> str:
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def _number_inside(content: str) -> int | None:
    try:
        number = json.loads(content).get("number")
    except (json.JSONDecodeError, AttributeError):
        return None
    return number if isinstance(number, int) else None
