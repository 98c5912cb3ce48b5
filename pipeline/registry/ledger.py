"""What the ledger (台账) lists: every case by its latest round, and what still waits.

`ledger_facts` is made for a hundred thousand cases: it gives one after the other, and reads the lines that `keep_lines`
has kept instead of whole reports. `ledger_entries` gives the reports themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Count, Max, Q  # type: ignore[import-untyped]

from pipeline.registry.models import Drop, LedgerLine, Round, Submission
from pipeline.registry.records import LedgerEntry, LedgerFact, SubmissionState, UnlinedRound
from schemas.life import CaseState
from schemas.report import AuditReport

CHUNK = 500
"""Lines that are held at a time."""
WAITING = (SubmissionState.RECEIVED.value, SubmissionState.CLAIMED.value)


def ledger_entries() -> tuple[LedgerEntry, ...]:
    """One entry a case, in the order in which the cases came; then the submissions that wait to be audited."""
    waiting = Submission.objects.filter(state__in=WAITING).order_by("id")
    return (*(_audited(found) for found in _current_rounds()), *(_waiting(submission) for submission in waiting))


def ledger_facts() -> Iterator[LedgerFact]:
    """As `ledger_entries`, one after the other. Rounds whose line is not kept are left out."""
    again = _handed_in_again()
    settled = LedgerLine.objects.exclude(submission__state__in=(SubmissionState.WITHDRAWN.value, *WAITING))
    last_words = settled.values("submission").annotate(last=Max("round_id")).values("last")
    latest = (
        LedgerLine.objects.filter(round_id__in=last_words).values("case").annotate(last=Max("round_id")).values("last")
    )
    rows = LedgerLine.objects.filter(round_id__in=latest).order_by("case_id")
    columns = ("case__key", "case__state", "submission__name", "submission__received_at", "number", "content", "case__folder", "submission_id", "round_id")  # fmt: skip
    for key, state, name, received_at, number, content, folder, submission, found in rows.values_list(
        *columns
    ).iterator(CHUNK):
        yield LedgerFact(
            case_key=key,
            state=CaseState(state) if state else None,
            name=name,
            received_at=received_at,
            round_number=number,
            content=content,
            folder=folder or _round_folder(found),
            times_again=again.get(submission, 0),
        )
    for submission in Submission.objects.filter(state__in=WAITING).order_by("id"):
        yield LedgerFact(
            case_key="",
            state=None,
            name=submission.name,
            received_at=submission.received_at,
            round_number=1,
            content="",
            folder="",
            times_again=again.get(submission.id, 0),
        )


def unlined_rounds(version: int, most: int, *, after: int = 0) -> tuple[UnlinedRound, ...]:
    """So many rounds at most, oldest first, whose line is not kept, or is of another version.

    `after`: the last `round_id` that was looked at, so that the rounds before need not be looked through again.
    """
    lacking = Round.objects.filter(Q(line=None) | ~Q(line__version=version), id__gt=after)
    missing = lacking.order_by("id")[:most]
    return tuple(
        UnlinedRound(
            round_id=found.id,
            number=found.number,
            received_at=found.submission.received_at,
            report=AuditReport.model_validate_json(found.report),
        )
        for found in missing.select_related("submission")
    )


def keep_lines(lines: Mapping[int, str], version: int) -> None:
    """Keeps what the ledger shows of rounds (by `UnlinedRound.round_id`), in place of what was kept before."""
    rounds = Round.objects.filter(id__in=lines).values_list("id", "case_id", "submission_id", "number", "revision")
    LedgerLine.objects.bulk_create(
        [
            LedgerLine(
                round_id=found,
                case_id=case,
                submission_id=submission,
                number=number,
                revision=revision,
                version=version,
                content=lines[found],
            )
            for found, case, submission, number, revision in rounds
        ],
        update_conflicts=True,
        unique_fields=("round",),
        update_fields=("case", "submission", "number", "revision", "version", "content"),
    )


def _round_folder(round_id: int) -> str:
    folder: str = Round.objects.values_list("folder", flat=True).get(id=round_id)
    return folder


def _handed_in_again() -> dict[int, int]:
    """Submission to drops of the same bytes that led to no audit of their own, where there are any."""
    dropped = Drop.objects.values("submission").annotate(drops=Count("id")).filter(drops__gt=1)
    counted = {each["submission"]: each["drops"] for each in dropped}
    audits = LedgerLine.objects.filter(submission__in=counted, revision=0).values("submission")
    rounds = {each["submission"]: each["rounds"] for each in audits.annotate(rounds=Count("round_id"))}
    waiting = set(Submission.objects.filter(id__in=counted, state__in=WAITING).values_list("id", flat=True))
    return {
        submission: max(0, drops - max(1, rounds.get(submission, 0) + (submission in waiting)))
        for submission, drops in counted.items()
    }


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
    rounds: int = submission.rounds.filter(revision=0).count()
    under_way = 1 if submission.state in WAITING else 0
    return max(0, drops - max(1, rounds + under_way))
