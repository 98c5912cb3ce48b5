"""The outlines of the closing files that have been audited, to hold new ones against them (他案比对)."""

from __future__ import annotations

from django.db import transaction  # type: ignore[import-untyped]
from django.db.models import Q  # type: ignore[import-untyped]

from pipeline.registry.models import Case, CaseEvent, Outline
from pipeline.registry.rounds import LONGEST
from pipeline.registry.spelling import plain
from schemas.life import Act, Event, standing_events
from schemas.outline import CaseOutline

_MOST = 50
"""Files that one is held against: a person with more cases than these is a misreading."""


def keep_outline(outline: CaseOutline, source: str) -> None:
    """Keeps the outline of the file whose bytes have the SHA-256 `source`.

    It takes the place of what was kept of an earlier round, and of the same bytes as they were read before somebody put
    a number right. An outline whose number or name is longer than any is not kept.
    """
    number, organ = plain(outline.number), plain(outline.organ_case_number)
    if max(len(number), len(organ), len(plain(outline.recipient))) > LONGEST:
        return
    key = f"{number}|{plain(outline.recipient)}"
    with transaction.atomic():
        Outline.objects.filter(Q(key=key) | Q(source=source)).delete()
        Outline.objects.create(
            key=key,
            source=source,
            number_key=number,
            organ_key=organ,
            person=outline.person,
            content=outline.model_copy(update={"paid": False}).model_dump_json(),
        )


def outlines_near(outline: CaseOutline, source: str) -> tuple[CaseOutline, ...]:
    """What is kept of other cases with the same number, the same number of the organ, or the same person.

    What has this case's number and recipient, or these very bytes, is no other case.
    """
    number = plain(outline.number)
    near = Q(number_key=number)
    if outline.organ_case_number:
        near |= Q(organ_key=plain(outline.organ_case_number))
    if outline.person:
        near |= Q(person=outline.person)
    others = Outline.objects.filter(near).exclude(Q(key=f"{number}|{plain(outline.recipient)}") | Q(source=source))
    rows = list(others.order_by("-id")[:_MOST])
    paid = _paid([row.key for row in rows])
    return tuple(
        CaseOutline.model_validate_json(row.content).model_copy(update={"paid": row.key in paid}) for row in rows
    )


def _paid(keys: list[str]) -> frozenset[str]:
    """Those of the cases whose subsidy has been paid, and the payment not undone."""
    events: dict[str, list[Event]] = {}
    ids = dict(Case.objects.filter(key__in=keys).values_list("id", "key"))
    for case, content in CaseEvent.objects.filter(case_id__in=ids).order_by("id").values_list("case_id", "content"):
        events.setdefault(ids[case], []).append(Event.model_validate_json(content))
    return frozenset(key for key, told in events.items() if any(e.act is Act.PAY for e in standing_events(told)))
