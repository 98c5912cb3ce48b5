"""Which reminders have been drafted (催办记录), so that nobody is reminded of the same term twice unless a person wants it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction  # type: ignore[import-untyped]

from pipeline.registry import journal
from pipeline.registry.models import ReminderLine
from pipeline.registry.submissions import now
from schemas.due import Reminder


def drafted_before(reminders: Iterable[Reminder]) -> frozenset[Reminder]:
    """Those of the reminders that have been drafted already."""
    digests = {_digest(reminder): reminder for reminder in reminders}
    known = set(ReminderLine.objects.values_list("digest", flat=True)) & digests.keys()
    return frozenset(digests[digest] for digest in known)


def record_reminders(reminders: Iterable[Reminder], *, who: str, letter: str) -> None:
    """Records that `letter` (its path below the outbox) reminds of these terms; each is told to the journal."""
    at = now()
    with transaction.atomic():
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
                letter=letter,
            )


def _digest(reminder: Reminder) -> str:
    return hashlib.sha256(reminder.model_dump_json().encode()).hexdigest()
