"""Which reminders have been drafted (催办记录), so that nobody is reminded of the same term twice unless a person wants it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction  # type: ignore[import-untyped]

from pipeline.registry import journal
from pipeline.registry.models import ReminderLetterRow, ReminderLine
from pipeline.registry.registrations import batched
from pipeline.registry.submissions import now
from schemas.due import Reminder, ReminderLetter


def drafted_before(reminders: Iterable[Reminder]) -> frozenset[Reminder]:
    """Those of the reminders that have been drafted already."""
    digests = {_digest(reminder): reminder for reminder in reminders}
    known: set[str] = set()
    for some in batched(tuple(digests)):
        known.update(ReminderLine.objects.filter(digest__in=some).values_list("digest", flat=True))
    return frozenset(digests[digest] for digest in known)


def record_reminders(reminders: Iterable[Reminder], letter: ReminderLetter, *, who: str) -> None:
    """Records that `letter` reminds of these terms; each is told to the journal."""
    at = now()
    with transaction.atomic():
        place = letter.path.rpartition("/")[0]
        ReminderLetterRow.objects.create(place=place, content=letter.model_dump_json())
        for reminder in reminders:
            ReminderLine.objects.update_or_create(
                digest=_digest(reminder), defaults={"content": reminder.model_dump_json(), "drafted_at": at}
            )
            journal.append(
                "reminded",
                when=at,
                who=who,
                case=reminder.key,
                term=reminder.term,
                ends=reminder.ends_on.isoformat(),
                late=int(reminder.late),
                letter=letter.path,
            )


def reminder_letters(place: str) -> tuple[ReminderLetter, ...]:
    """The letters that were drafted into that folder (its path below the outbox), in their order."""
    rows = ReminderLetterRow.objects.filter(place=place).order_by("id").values_list("content", flat=True)
    return tuple(map(ReminderLetter.model_validate_json, rows))


def _digest(reminder: Reminder) -> str:
    return hashlib.sha256(reminder.model_dump_json().encode()).hexdigest()
