"""What persons decided about a case (人工认定): kept beside what was read, oldest first, told to the journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction  # type: ignore[import-untyped]
from django.db.models import Q  # type: ignore[import-untyped]

from pipeline.registry import journal
from pipeline.registry.lives import case_named
from pipeline.registry.models import Case, CaseDecision
from pipeline.registry.records import SubmissionState
from pipeline.registry.rounds import case_key
from pipeline.registry.submissions import now
from schemas.decision import Decisions, FieldCorrection, PaperCorrection, Ruling
from schemas.report import AuditReport

Decided = Ruling | PaperCorrection | FieldCorrection

_SORTS: dict[type[Decided], str] = {Ruling: "ruling", PaperCorrection: "paper", FieldCorrection: "field"}


def record_decisions(case: str, decided: Sequence[Decided]) -> None:
    """Keeps what a person decided about the case that `case` names, all in one act."""
    with transaction.atomic():
        row = case_named(case)
        for decision in decided:
            sort = _SORTS[type(decision)]
            CaseDecision.objects.create(case=row, sort=sort, content=decision.model_dump_json())
            journal.append(
                f"{sort}_decided", when=now(), who=decision.by, case=row.id, decision=decision.model_dump_json()
            )


def recheck(case: str, *, by: str) -> bool:
    """Has the case's latest closing file audited again, with what was decided since. False if it waits already."""
    with transaction.atomic():
        row = case_named(case)
        last = row.rounds.order_by("-id").select_related("submission").first()
        if last is None or last.submission.state != SubmissionState.DELIVERED.value:
            return False
        last.submission.state = SubmissionState.RECEIVED.value
        last.submission.save(update_fields=("state",))
        journal.append("recheck", when=now(), who=by, case=row.id, submission=last.submission_id)
    return True


def decisions_of(key: str) -> Decisions:
    """Everything decided about the case of that key; nothing for a case unknown."""
    return _decisions(CaseDecision.objects.filter(case__key=key))


def decisions_about(report: AuditReport) -> Decisions:
    """Everything decided about the case that a first look at a closing file has found.

    What was decided about the same closing file counts too when its case was not yet known: a person may just have put
    its number right.
    """
    sha256 = report.source.sha256
    cases = Case.objects.filter(Q(key=case_key(report, sha256)) | Q(rounds__submission__sha256=sha256))
    return _decisions(CaseDecision.objects.filter(case__in=cases))


def _decisions(rows: Iterable[CaseDecision]) -> Decisions:
    found: dict[str, list[str]] = {sort: [] for sort in _SORTS.values()}
    for decision in sorted(rows, key=lambda row: int(row.id)):
        found[decision.sort].append(decision.content)
    return Decisions(
        rulings=tuple(map(Ruling.model_validate_json, found["ruling"])),
        papers=tuple(map(PaperCorrection.model_validate_json, found["paper"])),
        fields=tuple(map(FieldCorrection.model_validate_json, found["field"])),
    )
