"""The roster (律师名册) and who handles which case (指派)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db import transaction  # type: ignore[import-untyped]

from pipeline.errors import UsageError
from pipeline.registry import journal
from pipeline.registry.models import AssignmentRecord, RosterLine
from pipeline.registry.registrations import batched, closed_ids, numbered_cases, open_ids, registered
from pipeline.registry.submissions import now
from schemas.registration import CaseRecord
from schemas.roster import Assignment, Lawyer

_ROWS = 1000
"""Held at a time."""


def keep_roster(lawyers: Iterable[Lawyer], *, who: str) -> None:
    """Keeps the roster in place of the one before. Raises UsageError where a licence number stands twice."""
    lines = tuple(lawyers)
    kept = {lawyer.licence: lawyer.model_dump_json() for lawyer in lines}
    if len(kept) != len(lines):
        twice = sorted(licence for licence, times in Counter(line.licence for line in lines).items() if times > 1)
        raise UsageError(f"律师名册中执业证号重复：{'、'.join(twice)}。")
    with transaction.atomic():
        before = dict(RosterLine.objects.values_list("licence", "content"))
        if before == kept:
            return
        RosterLine.objects.all().delete()
        RosterLine.objects.bulk_create(RosterLine(licence=licence, content=line) for licence, line in kept.items())
        changed = sum(1 for licence, line in kept.items() if licence in before and before[licence] != line)
        added, removed = len(kept.keys() - before.keys()), len(before.keys() - kept.keys())
        journal.append(
            "roster_kept", when=now(), who=who, lawyers=len(kept), added=added, changed=changed, removed=removed
        )


def roster() -> tuple[Lawyer, ...]:
    """The roster, in the order in which it was handed in."""
    contents = RosterLine.objects.order_by("id").values_list("content", flat=True)
    return tuple(map(Lawyer.model_validate_json, contents))


def record_assignment(assignment: Assignment) -> None:
    """Records who handles a case from now on. Raises UsageError for an unknown case, and where it is assigned already
    to somebody whom this assignment does not name as replaced.
    """
    with transaction.atomic():
        case = registered(assignment.case_number)
        standing = case.assignments.order_by("-id").first()
        _demand_replacement(assignment, None if standing is None else _assignment(standing))
        AssignmentRecord.objects.create(
            case=case, licence=assignment.lawyer.licence, content=assignment.model_dump_json(), recorded_at=now()
        )
        journal.append(
            "replaced" if assignment.replaces else "assigned",
            when=now(),
            who=assignment.chosen_by,
            registered=case.id,
            licence=assignment.lawyer.licence,
            on=assignment.assigned_on.isoformat(),
            why=assignment.why,
            replaces=assignment.replaces or None,
            despite="；".join(assignment.despite) or None,
            override=assignment.override or None,
        )


def _demand_replacement(assignment: Assignment, standing: Assignment | None) -> None:
    holder = standing.lawyer.licence if standing is not None else ""
    if holder == assignment.replaces:
        return
    if standing is None:
        raise UsageError(f"案件 {assignment.case_number} 尚未指派，不能更换承办人。")
    raise UsageError(
        f"案件 {assignment.case_number} 已于{standing.assigned_on.isoformat()}指派"
        f"{standing.lawyer.firm}{standing.lawyer.name}，另行指派应当办理更换。"
    )


def assignments(number: str) -> tuple[Assignment, ...]:
    """The assignments of a case, oldest first; the last one stands. Raises UsageError for a number unknown."""
    return tuple(map(_assignment, registered(number).assignments.order_by("id")))


def last_assigned() -> dict[str, date]:
    """Licence number to the day of the lawyer's last assignment."""
    found: dict[str, date] = {}
    rows = AssignmentRecord.objects.order_by("id").values_list("licence", "content")
    for licence, content in rows.iterator(_ROWS):
        day = date.fromisoformat(json.loads(content)["assigned_on"])
        found[licence] = max(day, found.get(licence, day))
    return found


def open_cases() -> dict[str, int]:
    """Licence number to open cases (在办案件): the cases that stand assigned to the lawyer and are not closed."""
    closed = closed_ids()
    standing = dict(AssignmentRecord.objects.order_by("id").values_list("case_id", "licence"))
    return dict(Counter(licence for case, licence in standing.items() if case not in closed))


def open_registrations() -> Iterator[tuple[CaseRecord, Lawyer | None]]:
    """The registered cases that are not closed, each with the lawyer who stands assigned, in the order of registration."""
    for some in batched(open_ids()):
        standing = standing_lawyers(some)
        for key, record in numbered_cases(some).items():
            yield record, standing.get(key)


def standing_lawyers(of: Sequence[int]) -> dict[int, Lawyer]:
    """Who stands assigned to these registered cases, where somebody does."""
    rows = AssignmentRecord.objects.filter(case__in=of).order_by("id")
    return {key: _assignment(row).lawyer for key, row in {row.case_id: row for row in rows}.items()}


def _assignment(row: AssignmentRecord) -> Assignment:
    return Assignment.model_validate_json(row.content)
