"""What persons decided about a case (人工认定): kept beside what was read, oldest first, told to the journal."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction  # type: ignore[import-untyped]

from pipeline.registry import journal
from pipeline.registry.lives import case_named
from pipeline.registry.models import Case, CaseDecision
from pipeline.registry.records import SubmissionState
from pipeline.registry.submissions import now
from schemas.decision import Decisions, FieldCorrection, PaperCorrection, Ruling

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
    found: dict[str, list[str]] = {sort: [] for sort in _SORTS.values()}
    row = Case.objects.filter(key=key).first()
    if row is not None:
        for decision in row.decisions.order_by("id"):
            found[decision.sort].append(decision.content)
    return Decisions(
        rulings=tuple(map(Ruling.model_validate_json, found["ruling"])),
        papers=tuple(map(PaperCorrection.model_validate_json, found["paper"])),
        fields=tuple(map(FieldCorrection.model_validate_json, found["field"])),
    )
