"""Cases and their audit rounds."""

from __future__ import annotations

from django.db import transaction  # type: ignore[import-untyped]
from django.db.models import Q  # type: ignore[import-untyped]

from pipeline.errors import UsageError
from pipeline.registry import journal
from pipeline.registry.last_words import superseded
from pipeline.registry.lives import case_named, record_audited
from pipeline.registry.models import Case, Round, Submission
from pipeline.registry.records import RoundRecord, SubmissionState
from pipeline.registry.spelling import plain
from pipeline.registry.submissions import now, withdraw_refusals
from schemas.base import State
from schemas.report import AuditReport

LONGEST = 100
"""Characters of a case number or a name, in either spelling; what the columns hold."""


def case_key(report: AuditReport, sha256: str) -> str:
    """The case's identity: case number and recipient if both were read for certain, else the submission's own hash.

    A wrong guess would file one person's papers under another's case; a second round that is not linked costs a glance.
    """
    number, recipient = found_field(report, "case_number"), found_field(report, "recipient_name")
    if number and recipient:
        return f"{plain(number)}|{plain(recipient)}"
    return f"sha256:{sha256}"


def found_field(report: AuditReport, field: str) -> str:
    """A case field's value if it was read for certain, else an empty string.

    What is longer than any number or name is none, whatever the reading says of it; the text layer of a broken PDF has
    NULs, which PostgreSQL keeps in no text.
    """
    reading = report.case.fields.get(field) if report.case else None
    if reading is None or reading.state is not State.FOUND:
        return ""
    value = (reading.value or "").replace("\0", "")
    return value if max(len(value), len(plain(value))) <= LONGEST else ""


def case_number(report: AuditReport) -> str:
    """The case number if it was read for certain, else an empty string. The one thing of a case that logs may name."""
    return found_field(report, "case_number")


def record_report(submission_id: int, report: AuditReport, *, base: int | None = None) -> RoundRecord:
    """Records an audit as the next round of its case; with `base`, of the case whose round it supplements.

    Only what is claimed can be audited: recording a second time changes nothing and gives the round that is there.
    """
    with transaction.atomic():
        submission = Submission.objects.get(id=submission_id)
        if submission.state != SubmissionState.CLAIMED.value:
            return _record(_latest(submission_id))
        supplemented = None if base is None else Round.objects.select_related("case").get(id=base)
        case = _case_of(report, submission) if supplemented is None else supplemented.case
        number, revision = _place(case, submission)
        audit_round = Round.objects.create(
            case=case,
            number=number,
            revision=revision,
            base=supplemented,
            submission=submission,
            report=report.model_dump_json(by_alias=True),
            decision=report.subsidy.decision.value if report.subsidy else "",
            audited_at=now(),
        )
        Submission.objects.filter(id=submission_id).update(state=SubmissionState.AUDITED.value, owner="")
        _tell(audit_round, report)
        if report.subsidy is not None:
            record_audited(case, report.subsidy.decision, number)
        return _record(_latest(submission_id))


def _place(case: Case, submission: Submission) -> tuple[int, int]:
    """Number and revision of the round: the same papers audited again are the same round, looked at once more."""
    last = (
        Round.objects.filter(case=case, submission=submission)
        .exclude(decision="")
        .order_by("-number", "-revision")
        .first()
    )
    if last is None or last.delivered_at is None:
        return next_round(case.key), 0
    return last.number, last.revision + 1


def _latest(submission_id: int) -> Round:
    found: Round = Round.objects.filter(submission_id=submission_id).select_related("case", "submission").latest("id")
    return found


def record_refusal(name: str, fingerprint: str, report: AuditReport) -> bool:
    """Records why a drop cannot be read where it lies; it stays there. False if that has been said already."""
    with transaction.atomic():
        if Submission.objects.filter(sha256=fingerprint).exists():
            return False
        withdraw_refusals(name)
        submission = Submission.objects.create(
            sha256=fingerprint, name=name, received_at=now(), state=SubmissionState.CLAIMED.value
        )
        journal.append("refused", when=now(), submission=submission.id)
        record_report(submission.id, report)
    return True


def _case_of(report: AuditReport, submission: Submission) -> Case:
    case: Case
    case, created = Case.objects.get_or_create(
        key=case_key(report, submission.sha256),
        defaults={
            "number": found_field(report, "case_number"),
            "recipient_name": found_field(report, "recipient_name"),
            "opened_at": now(),
        },
    )
    if created:
        journal.append("case_opened", when=now(), case=case.id)
    return case


def _tell(audit_round: Round, report: AuditReport) -> None:
    journal.append(
        "audited",
        when=audit_round.audited_at,
        submission=audit_round.submission_id,
        case=audit_round.case_id,
        round=audit_round.number,
        revision=audit_round.revision or None,
        status=report.status,
        decision=audit_round.decision or None,
        code=report.error.code if report.error else None,
    )


def next_round(key: str) -> int:
    """The number that the next round of a case gets, from 1."""
    last = Round.objects.filter(case__key=key).order_by("-number").first()
    return 1 if last is None else last.number + 1


def latest_round(case: str) -> RoundRecord:
    """The last audit of the case that `case` names. Raises UsageError where there is none."""
    last = case_named(case).rounds.order_by("-id").select_related("case", "submission").first()
    if last is None:
        raise UsageError(f"案件“{case}”尚未审查。")
    return _record(last)


def round_of(report: AuditReport) -> RoundRecord | None:
    """The round that recorded this very report; None where there is none."""
    sha256 = report.source.sha256
    rounds = Round.objects.filter(Q(case__key=case_key(report, sha256)) | Q(submission__sha256=sha256)).distinct()
    for found in rounds.select_related("case", "submission").order_by("-id"):
        record = _record(found)
        if record.report == report:
            return record
    return None


def demand_settled(case: str) -> None:
    """Raises UsageError where the case's last closing file waits to be looked at again: what was drafted may not hold."""
    last = case_named(case).rounds.order_by("-id").select_related("submission").first()
    if last is None or last.submission.state not in {SubmissionState.DELIVERED.value, SubmissionState.UNUSABLE.value}:
        raise UsageError(
            f"案件“{case}”正在等待按人工认定或者更正重新审查，现有文书可能不再成立。请待 juanzong run 写出复核后的文书再办理。"
        )


def round_folder(case: str) -> str:
    """Where the case's last delivered round lies, below the outbox. Raises UsageError where nothing was delivered."""
    last = case_named(case).rounds.exclude(folder="").order_by("-id").first()
    if last is None:
        raise UsageError(f"案件“{case}”的审查文书尚未写出。")
    return str(last.folder)


def undelivered() -> tuple[int, ...]:
    """The submissions whose rounds are recorded and not delivered yet, oldest first.

    Where the outbox is away there may be hundreds, and a report in memory is a megabyte: each is asked for by itself.
    """
    waiting = Round.objects.filter(submission__state=SubmissionState.AUDITED.value, delivered_at=None)
    return tuple(waiting.order_by("id").values_list("submission_id", flat=True))


def recorded_round(submission_id: int) -> RoundRecord:
    """The last round of a submission."""
    return _record(_latest(submission_id))


def record_delivered(submission_id: int, folder: str) -> None:
    """The round's papers lie in the outbox, in `folder` (below it, with `/`)."""
    with transaction.atomic():
        audit_round = _latest(submission_id)
        if audit_round.delivered_at is not None:
            return
        report = AuditReport.model_validate_json(audit_round.report)
        state = SubmissionState.UNUSABLE if report.status == "unreadable" else SubmissionState.DELIVERED
        audit_round.delivered_at, audit_round.folder = now(), folder
        audit_round.save(update_fields=("delivered_at", "folder"))
        Submission.objects.filter(id=submission_id, state=SubmissionState.AUDITED.value).update(state=state.value)
        if state is SubmissionState.DELIVERED:
            Case.objects.filter(id=audit_round.case_id, folder="").update(folder=folder.rpartition("/")[0])
        journal.append("delivered", when=now(), submission=submission_id, round=audit_round.number)


def _record(audit_round: Round) -> RoundRecord:
    return RoundRecord(
        submission_id=audit_round.submission_id,
        case_key=audit_round.case.key,
        number=audit_round.number,
        revision=audit_round.revision,
        name=audit_round.submission.name,
        original=audit_round.submission.original,
        report=AuditReport.model_validate_json(audit_round.report),
        received_at=audit_round.submission.received_at,
        audited_at=audit_round.audited_at,
        case_folder=audit_round.case.folder,
        earlier=_earlier(audit_round),
        left=_left(audit_round),
    )


def _left(audit_round: Round) -> tuple[str, ...]:
    """Of cases that these papers were before, and that are none any more."""
    others = Case.objects.filter(rounds__submission=audit_round.submission_id).exclude(id=audit_round.case_id)
    folders = dict(others.exclude(folder="").order_by("id").values_list("id", "folder"))
    gone = superseded(folders) if folders else frozenset()
    return tuple(folder for case, folder in folders.items() if case in gone)


def _earlier(audit_round: Round) -> AuditReport | None:
    """The last word on the round before this one."""
    before = Round.objects.filter(case=audit_round.case, number__lt=audit_round.number).exclude(decision="")
    last = before.order_by("-number", "-revision").first()
    return None if last is None else AuditReport.model_validate_json(last.report)
