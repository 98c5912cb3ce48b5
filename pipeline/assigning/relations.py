"""How another registered case stands to this one: the same person's, a co-defendant's, the other side's.

Names collide. A relation is certain only where a second thing says so too: the organ's case number, the other case
naming this recipient in its turn, or the same charge within a year; else a person is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.assigning.spelling import plain
from pipeline.assigning.weighing import CRIMINAL, DEFENDING
from schemas.registration import CaseRecord, Recipient, Registration

_NEAR_DAYS = 365


class Relation(StrEnum):
    SAME_PERSON = "same_person"
    CO_DEFENDANT = "co_defendant"
    OTHER_SIDE = "other_side"


@dataclass(frozen=True)
class Link:
    """Another case that matters for whom to assign to this one."""

    other: CaseRecord
    relation: Relation
    certain: bool


def links(case: CaseRecord, cases: Iterable[CaseRecord]) -> tuple[Link, ...]:
    """The registered cases that stand in a relation to `case`, in the order of `cases`."""
    others = (other for other in cases if plain(other.number) != plain(case.number))
    found = (_link(case.registration, other) for other in others)
    return tuple(link for link in found if link is not None)


def words_of(case: CaseRecord) -> tuple[str, ...]:
    """The names and the number of which at least one stands in every case that is related to this one."""
    registration = case.registration
    number = registration.organ.case_number if registration.organ is not None else ""
    return (registration.recipient.name, *registration.co_defendants, *registration.opponents, number)


def related_cases(case: CaseRecord, cases: Iterable[CaseRecord]) -> tuple[CaseRecord, ...]:
    """Those of the registered cases that matter for whom to assign to `case`; the others need not be held."""
    return tuple(link.other for link in links(case, cases))


def _link(case: Registration, record: CaseRecord) -> Link | None:
    other = record.registration
    if _same_person(case.recipient, other.recipient):
        return Link(record, Relation.SAME_PERSON, certain=_same_id(case.recipient, other.recipient))
    for relation, certain in (
        (Relation.OTHER_SIDE, _other_side(case, other)),
        (Relation.CO_DEFENDANT, _co_defendant(case, other)),
    ):
        if certain is not None:
            return Link(record, relation, certain)
    return None


def _same_person(one: Recipient, other: Recipient) -> bool:
    ids = {plain(each.id_number).upper() for each in (one, other)} - {""}
    return plain(one.name) == plain(other.name) and len(ids) <= 1


def _same_id(one: Recipient, other: Recipient) -> bool:
    return bool(one.id_number) and plain(one.id_number).upper() == plain(other.id_number).upper()


def _co_defendant(case: Registration, other: Registration) -> bool | None:
    """Whether the other recipient is accused in the same case: True, False for perhaps, None for no."""
    if not {case.kind, other.kind} <= DEFENDING:
        return None
    named = _names(case.co_defendants, other.recipient), _names(other.co_defendants, case.recipient)
    one_number = _one_number(case, other)
    if one_number:
        return True
    if not any(named):
        return None
    if all(named):
        return True
    return one_number is None and _alike(case, other)


def _other_side(case: Registration, other: Registration) -> bool | None:
    """Whether the other recipient stands against this one in the same matter: True, False for perhaps, None for no."""
    named = _names(case.opponents, other.recipient), _names(other.opponents, case.recipient)
    one_number = _one_number(case, other)
    # 同一刑事案件中，一方是被害人、另一方是犯罪嫌疑人或者被告人
    if one_number and {case.kind, other.kind} <= CRIMINAL and _is_accused(case) != _is_accused(other):
        return True
    if not any(named):
        return None
    return all(named) or bool(one_number)


def _is_accused(case: Registration) -> bool:
    """A suspect or defendant; in a claim for damages within a criminal case, one who is sued (附带民事诉讼被告人)."""
    position = case.recipient.position
    return case.kind in DEFENDING or (case.kind in CRIMINAL and ("被告" in position or "嫌疑" in position))


def _names(names: tuple[str, ...], person: Recipient) -> bool:
    return plain(person.name) in map(plain, names)


def _one_number(case: Registration, other: Registration) -> bool | None:
    """Whether both have the organ's same case number; False: one organ, two numbers; None: not known."""
    if case.organ is None or other.organ is None or plain(case.organ.name) != plain(other.organ.name):
        return None
    numbers = {plain(case.organ.case_number), plain(other.organ.case_number)}
    return None if "" in numbers else len(numbers) == 1


def _alike(case: Registration, other: Registration) -> bool:
    """One charge, within a year, and no two organs that contradict it."""
    near = abs((case.received_on - other.received_on).days) <= _NEAR_DAYS
    organs = {plain(each.organ.name) for each in (case, other) if each.organ is not None}
    return near and plain(case.cause) == plain(other.cause) and len(organs) <= 1
