"""Entries (受理登记): drops that are no closing file, and what became of them."""

from __future__ import annotations

from django.db import transaction  # type: ignore[import-untyped]

from pipeline.registry import journal
from pipeline.registry.models import EntryRow, Submission
from pipeline.registry.records import EntryRecord, SubmissionState
from pipeline.registry.submissions import now
from schemas.entry import Entry


def record_entry(submission_id: int, entry: Entry) -> None:
    """Records what came of a claimed submission. Inside `one_act` with what it registers, a kill leaves both or none."""
    with transaction.atomic():
        claimed = Submission.objects.filter(id=submission_id, state=SubmissionState.CLAIMED.value)
        if not claimed.update(state=SubmissionState.ENTERED.value, owner=""):
            return
        at = now()
        EntryRow.objects.create(submission_id=submission_id, content=entry.model_dump_json(), entered_at=at)
        registered = sum(outcome.registered for outcome in entry.rows)
        journal.append(
            "proposed" if entry.proposal is not None else "entered",
            when=at,
            submission=submission_id,
            rows=len(entry.rows),
            registered=registered,
        )


def undelivered_entries() -> tuple[EntryRecord, ...]:
    """The entries that are recorded and not told in the outbox yet, oldest first."""
    rows = EntryRow.objects.filter(delivered_at=None).select_related("submission").order_by("id")
    return tuple(
        EntryRecord(
            entry_id=row.id,
            name=row.submission.name,
            original=row.submission.original,
            entry=Entry.model_validate_json(row.content),
            entered_at=row.entered_at,
        )
        for row in rows
    )


def record_entry_delivered(entry_id: int, folder: str) -> None:
    """The outcome lies in the outbox, in `folder` (below it, with `/`)."""
    with transaction.atomic():
        if EntryRow.objects.filter(id=entry_id, delivered_at=None).update(delivered_at=now(), folder=folder):
            journal.append("entry_delivered", when=now(), entry=entry_id)
