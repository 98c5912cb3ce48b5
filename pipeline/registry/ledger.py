"""What the ledger (台账) lists: every case by its latest round, and what still waits."""

from __future__ import annotations

from pipeline.registry.models import Round, Submission
from pipeline.registry.records import LedgerEntry, SubmissionState
from schemas.report import AuditReport

WAITING = (SubmissionState.RECEIVED.value, SubmissionState.CLAIMED.value)


def ledger_entries() -> tuple[LedgerEntry, ...]:
    """One entry a case, in the order in which the cases came; then the submissions that wait to be audited."""
    latest: dict[int, Round] = {}
    rounds = Round.objects.exclude(submission__state=SubmissionState.WITHDRAWN.value)
    for audit_round in rounds.select_related("case", "submission").order_by("case_id", "number"):
        latest[audit_round.case_id] = audit_round
    waiting = Submission.objects.filter(state__in=WAITING, round=None).order_by("id")
    return (*(_audited(found) for found in latest.values()), *(_waiting(submission) for submission in waiting))


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
    drops: int = submission.drops.count()
    return max(0, drops - 1)
