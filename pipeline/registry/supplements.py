"""What is handed in later (补正材料): which round of which case it may supplement, and what that round rests on."""

from __future__ import annotations

from django.db import transaction  # type: ignore[import-untyped]

from pipeline.errors import UsageError
from pipeline.registry import journal
from pipeline.registry.last_words import superseded
from pipeline.registry.lives import case_named
from pipeline.registry.models import Case, Round, Submission
from pipeline.registry.records import BaseRound, SubmissionState
from pipeline.registry.rounds import case_key, found_field
from pipeline.registry.spelling import plain
from pipeline.registry.submissions import now
from schemas.draft import CaseCode
from schemas.life import CaseState
from schemas.report import AuditReport

AWAITED = (CaseState.CURING.value, CaseState.TO_NOTIFY.value, CaseState.TO_REVIEW.value)
"""In these states more papers may come."""
SETTLED = (SubmissionState.DELIVERED.value, SubmissionState.UNUSABLE.value, SubmissionState.ENTERED.value)
"""So stand papers that nobody is at work on; what was taken for an application may be of a case all the same."""


def base_by_word(report: AuditReport) -> BaseRound | None:
    """The round that a person said this submission supplements, or that it was joined to before."""
    joined = Round.objects.filter(submission__sha256=report.source.sha256).exclude(base=None).order_by("-id").first()
    if joined is not None:
        return _base(joined.base)
    told = Submission.objects.filter(sha256=report.source.sha256).exclude(told_case=None).first()
    return None if told is None else _last(told.told_case, report)


def base_by_code(code: CaseCode, report: AuditReport) -> BaseRound | None:
    """The round of the case whose notice bears this code."""
    found = Round.objects.filter(submission__sha256__startswith=code.file).exclude(decision="").order_by("-id")
    coded = next(
        (each for each in found if not code.case_number or plain(each.case.number) == plain(code.case_number)), None
    )
    return None if coded is None else _last(coded.case, report)


def base_by_key(report: AuditReport) -> BaseRound | None:
    """The last round of the case of the same number and recipient."""
    case = Case.objects.filter(key=case_key(report, report.source.sha256)).first()
    return None if case is None else _last(case, report)


def base_by_people(report: AuditReport) -> BaseRound | None:
    """The last round of the one case of that recipient and that lawyer which waits for papers.

    None where the papers bear another number, or where more than one case would do.
    """
    recipient, lawyer = found_field(report, "recipient_name"), found_field(report, "lawyer_name")
    if not recipient or not lawyer or found_field(report, "case_number"):
        return None
    cases = Case.objects.filter(state__in=AWAITED)
    alike = [case for case in cases if plain(case.recipient_name) == plain(recipient) and _handled_by(case, lawyer)]
    gone = superseded([case.id for case in alike])
    alike = [case for case in alike if case.id not in gone]
    return _last(alike[0], report) if len(alike) == 1 else None


def _handled_by(case: Case, lawyer: str) -> bool:
    last = case.rounds.exclude(decision="").order_by("-id").first()
    if last is None:
        return False
    return plain(found_field(AuditReport.model_validate_json(last.report), "lawyer_name")) == plain(lawyer)


def _last(case: Case, report: AuditReport) -> BaseRound | None:
    """The case's last round that rests on other papers than these; a supplement's own round leads to its base."""
    rounds = case.rounds.exclude(decision="").exclude(submission__sha256=report.source.sha256)
    last = rounds.order_by("-id").select_related("submission", "case").first()
    return None if last is None else _base(last)


def _base(found: Round) -> BaseRound:
    chain = [found]
    while chain[-1].base is not None:
        chain.append(chain[-1].base)
    first, *later = reversed(chain)
    return BaseRound(
        round_id=found.id,
        case_key=found.case.key,
        name=first.submission.name,
        original=first.submission.original,
        supplements=tuple(each.submission.original for each in later),
        report=AuditReport.model_validate_json(found.report),
    )


def whole_file(case: str) -> BaseRound:
    """The closing file of the case that `case` names (see `case_named`), with all that was handed in for it by now.

    Raises UsageError where there is no such case, or nothing of it could be audited.
    """
    row = case_named(case)
    rounds = row.rounds.exclude(decision="").order_by("-id").select_related("submission", "case")
    last = rounds.first()
    if last is None:
        raise UsageError(f"“{case}”没有可以审查的结案卷宗。")
    return _base(last)


def tell_case(submission_name: str, case: str, *, by: str) -> None:
    """A person says that the papers dropped under that name supplement the case; they are audited again with it.

    Raises UsageError where there are no such papers, where they are that case's own closing file, or are at work.
    """
    with transaction.atomic():
        row = case_named(case)
        submission = Submission.objects.filter(name=submission_name).order_by("-id").first()
        if submission is None:
            raise UsageError(f"台账中没有名为“{submission_name}”的材料，请核对放入收件箱时的名称。")
        if row.rounds.filter(submission=submission, base=None).exists():
            raise UsageError(f"“{submission_name}”就是该案的卷宗，不是补正材料。")
        if submission.state not in SETTLED:
            raise UsageError(f"“{submission_name}”正在处理，请稍后再办理。")
        submission.told_case, submission.state = row, SubmissionState.RECEIVED.value
        submission.save(update_fields=("told_case", "state"))
        journal.append("supplement_told", when=now(), who=by, case=row.id, submission=submission.id)
