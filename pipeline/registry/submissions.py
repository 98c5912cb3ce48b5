"""What arrives, and who works on it: drops, submissions, claims."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction  # type: ignore[import-untyped]

from pipeline.registry import journal
from pipeline.registry.models import Drop, Submission
from pipeline.registry.records import Claim, OpenDrop, Registered, SubmissionState


def now() -> datetime:
    """The wall clock; for people only. No decision of the program depends on it."""
    return datetime.now(UTC)


def register_drop(name: str, fingerprint: str, *, sha256: str, original: str) -> Registered:
    """Records that a drop's bytes are safe under `original` (a path below the state folder).

    A drop that is still in the inbox since an earlier, interrupted attempt is the same drop. The same bytes dropped
    again belong to the submission that is already there; it is audited again only if it could not be used, because a
    crash or a limit may since be gone. A registration workbook is entered again: what is registered stays as it is, and
    the clerk hears how each row stands now.
    """
    with transaction.atomic():
        open_drop = Drop.objects.filter(name=name, fingerprint=fingerprint, left_at=None, submission__sha256=sha256)
        drop = open_drop.select_related("submission").first()
        if drop is None:
            drop = _new_drop(name, fingerprint, sha256, original)
        earlier = Drop.objects.filter(submission=drop.submission, id__lt=drop.id).exists()
        return Registered(drop_id=drop.id, submission_id=drop.submission_id, state=drop.submission.state, again=earlier)


def _new_drop(name: str, fingerprint: str, sha256: str, original: str) -> Drop:
    at = now()
    submission, created = Submission.objects.get_or_create(
        sha256=sha256, defaults={"name": name, "original": original, "received_at": at}
    )
    if not created and submission.state in {SubmissionState.UNUSABLE.value, SubmissionState.ENTERED.value}:
        submission.state, submission.failures, submission.interruptions = SubmissionState.RECEIVED.value, 0, 0
        submission.save()
    journal.append("received" if created else "received_again", when=at, submission=submission.id, sha256=sha256)
    drop: Drop = Drop.objects.create(
        submission=submission, name=name, fingerprint=fingerprint, original=original, arrived_at=at
    )
    return drop


def withdraw_refusals(name: str) -> None:
    """The drop of that name has been taken in after all, or is refused anew: what was said about it no longer holds."""
    with transaction.atomic():
        refused = Submission.objects.filter(name=name, original="").exclude(state=SubmissionState.WITHDRAWN.value)
        for submission in refused:
            journal.append("refusal_withdrawn", when=now(), submission=submission.id)
        refused.update(state=SubmissionState.WITHDRAWN.value)


def refused_names() -> frozenset[str]:
    """The drops of which it was said that they cannot be taken in, and that have not been taken in since."""
    refused = Submission.objects.filter(original="").exclude(state=SubmissionState.WITHDRAWN.value)
    return frozenset(refused.values_list("name", flat=True))


def open_drops() -> tuple[OpenDrop, ...]:
    """The drops that are registered and have not left the inbox yet, oldest first."""
    drops = Drop.objects.filter(left_at=None).select_related("submission").order_by("id")
    return tuple(
        OpenDrop(
            drop_id=drop.id,
            name=drop.name,
            fingerprint=drop.fingerprint,
            sha256=drop.submission.sha256,
            original=drop.original,
        )
        for drop in drops
    )


def record_left(drop_id: int) -> None:
    """The drop has left the inbox."""
    with transaction.atomic():
        if Drop.objects.filter(id=drop_id, left_at=None).update(left_at=now()):
            journal.append("left_inbox", when=now(), drop=drop_id)


def claim_next(owner: str) -> Claim | None:
    """Claims the submission that came first, so that rounds are numbered as they came. None if nothing waits."""
    with transaction.atomic():
        waiting = Submission.objects.filter(state=SubmissionState.RECEIVED.value)
        submission = waiting.order_by("id").first()
        if submission is None:
            return None
        submission.state, submission.owner, submission.claimed_at = SubmissionState.CLAIMED.value, owner, now()
        submission.save(update_fields=("state", "owner", "claimed_at"))
        return Claim(
            submission_id=submission.id,
            name=submission.name,
            sha256=submission.sha256,
            original=submission.original,
            failures=submission.failures,
            interruptions=submission.interruptions,
        )


def release(submission_id: int) -> None:
    """Gives a claim back unfinished, because the office closes."""
    claimed = Submission.objects.filter(id=submission_id, state=SubmissionState.CLAIMED.value)
    claimed.update(state=SubmissionState.RECEIVED.value, owner="", claimed_at=None)


def release_claims(owner: str) -> None:
    """Gives back what this owner holds without working on it, because the machine was in trouble."""
    held = Submission.objects.filter(owner=owner, state=SubmissionState.CLAIMED.value)
    held.update(state=SubmissionState.RECEIVED.value, owner="", claimed_at=None)


def release_dead_claims() -> int:
    """Gives back every claim, and counts the interruption. Only for the office that has just taken the state's lock."""
    with transaction.atomic():
        dead = list(Submission.objects.filter(state=SubmissionState.CLAIMED.value))
        for submission in dead:
            submission.interruptions += 1
            submission.state, submission.owner, submission.claimed_at = SubmissionState.RECEIVED.value, "", None
            submission.save()
            journal.append("interrupted", when=now(), submission=submission.id)
    return len(dead)


def record_failure(submission_id: int, error: str) -> int:
    """An audit ended unexpectedly (`error`: its class). Returns how often that has happened; the claim stays."""
    with transaction.atomic():
        submission = Submission.objects.get(id=submission_id)
        submission.failures += 1
        submission.save(update_fields=("failures",))
        journal.append("failed", when=now(), submission=submission.id, error=error)
    return int(submission.failures)
