"""What the ledger (台账) lists: every case by its latest round, and what still waits."""

from __future__ import annotations

from django.db.models import Max  # type: ignore[import-untyped]

from pipeline.registry.models import Round, Submission
from pipeline.registry.records import LedgerEntry, SubmissionState
from schemas.report import AuditReport

WAITING = (SubmissionState.RECEIVED.value, SubmissionState.CLAIMED.value)


def ledger_entries() -> tuple[LedgerEntry, ...]:
    """One entry a case, in the order in which the cases came; then the submissions that wait to be audited."""
    waiting = Submission.objects.filter(state__in=WAITING).order_by("id")
    return (*(_audited(found) for found in _current_rounds()), *(_waiting(submission) for submission in waiting))


def is_anything_waiting() -> bool:
    """Whether a submission waits to be audited."""
    waiting: bool = Submission.objects.filter(state__in=WAITING).exists()
    return waiting


def _current_rounds() -> list[Round]:
    """The latest round of each case, as far as it is also the last word on its submission.

    A submission that could not be used and was then handed in and audited again has two: only the second counts.
    """
    settled = Round.objects.exclude(submission__state__in=(SubmissionState.WITHDRAWN.value, *WAITING))
    last_words = settled.values("submission").annotate(last=Max("id")).values("last")
    latest = Round.objects.filter(id__in=last_words).values("case").annotate(last=Max("id")).values("last")
    return list(Round.objects.filter(id__in=latest).select_related("case", "submission").order_by("case_id"))


def _audited(audit_round: Round) -> LedgerEntry:
    submission = audit_round.submission
    return LedgerEntry(
        name=submission.name,
        received_at=submission.received_at,
        round_number=audit_round.number,
        report=AuditReport.model_validate_json(audit_round.report),
        folder=audit_round.case.folder or audit_round.folder,
        times_again=_times_again(submission),
    )


def _waiting(submission: Submission) -> LedgerEntry:
    return LedgerEntry(
        name=submission.name,
        received_at=submission.received_at,
        round_number=1,
        report=None,
        folder="",
        times_again=_times_again(submission),
    )


def _times_again(submission: Submission) -> int:
    """Drops of the same bytes that led to no audit of their own."""
    drops: int = submission.drops.count()
    rounds: int = submission.rounds.count()
    under_way = 1 if submission.state in WAITING else 0
    return max(0, drops - max(1, rounds + under_way))
