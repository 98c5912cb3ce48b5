"""Registered cases (登记案件): what the office knows of a case before there is a closing file."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from django.db import transaction  # type: ignore[import-untyped]

from pipeline.errors import UsageError
from pipeline.registry import journal
from pipeline.registry.last_words import superseded
from pipeline.registry.models import Case, FormerNumber, RegisteredCase
from pipeline.registry.numbers import draw_number, take_number
from pipeline.registry.records import AlreadyRegisteredError
from pipeline.registry.spelling import plain
from pipeline.registry.submissions import now
from schemas.life import CaseState
from schemas.numbering import Numbering
from schemas.registration import CaseRecord, Registration

DEFAULT_NUMBERING = Numbering()
_IGNORED = '·•・‧∙"\\'
_IN_ONE_QUERY = 500

Row = TypeVar("Row", int, str)

LONGEST_NUMBER = 200
"""Characters of a case number, as the tables hold them."""


def register_case(
    registration: Registration, *, who: str, number: str | None = None, numbering: Numbering = DEFAULT_NUMBERING
) -> CaseRecord:
    """Registers a case under the number that the office gave it, or under the next of its series.

    Raises AlreadyRegisteredError for a case that is there (see `sameness`) or whose number is taken.
    """
    with transaction.atomic():
        there = same_case(registration)
        if there is not None:
            raise AlreadyRegisteredError(there)
        given = _given(number, registration, numbering, who) if number else _drawn(registration, numbering, who)
        at = now()
        case = RegisteredCase.objects.create(
            number=given,
            number_key=plain(given),
            sameness=sameness(registration),
            recipient_key=plain(registration.recipient.name),
            content=registration.model_dump_json(),
            registered_at=at,
        )
        journal.append("case_registered", when=at, who=who, registered=case.id, number=given)
    return CaseRecord(number=given, registration=registration)


def sameness(registration: Registration) -> str:
    """Digest of what makes a case the same: who, what, which stage, which day.

    A mistake in a telephone number that was put right does not make another case; another stage or day does.
    """
    person = registration.recipient
    parts = (
        plain(person.name),
        registration.kind.value,
        registration.stage.value if registration.stage else "",
        plain(registration.cause),
        registration.received_on.isoformat(),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def same_case(registration: Registration) -> CaseRecord | None:
    """The registered case that this is.

    Two persons of one name whose identity numbers differ are two; two claims of one day against others are two.
    """
    found = RegisteredCase.objects.filter(sameness=sameness(registration)).order_by("id")
    return next((record for record in map(_record, found) if _may_be_one(record.registration, registration)), None)


def _may_be_one(one: Registration, other: Registration) -> bool:
    ids = {plain(each.recipient.id_number).upper() for each in (one, other)} - {""}
    sides = [{plain(name) for name in each.opponents} for each in (one, other)]
    apart = all(sides) and not sides[0] & sides[1]
    return len(ids) <= 1 and not apart


def _drawn(registration: Registration, numbering: Numbering, who: str) -> str:
    series = numbering.case_series(registration.kind, registration.stage, registration.received_on.year)
    while True:
        number = series.written(draw_number(series.word, series.year, who=who, about="案件编号"))
        if not RegisteredCase.objects.filter(number_key=plain(number)).exists():
            return number


def _given(number: str, registration: Registration, numbering: Numbering, who: str) -> str:
    """The number as given; where it belongs to the office's own series, it is booked there."""
    number = " ".join(number.split())
    if len(number) > LONGEST_NUMBER:
        raise UsageError(f"案件编号不能超过{LONGEST_NUMBER}个字符。")
    there = RegisteredCase.objects.filter(number_key=plain(number)).first()
    if there is not None:
        raise AlreadyRegisteredError(_record(there))
    if FormerNumber.objects.filter(number_key=plain(number)).exists():
        return number  # booked when it was given by mistake, and free again
    for year in {registration.received_on.year, registration.received_on.year + 1}:
        series = numbering.case_series(registration.kind, registration.stage, year)
        sequence = series.sequence_of(number)
        if sequence is not None:
            take_number(series.word, year, sequence, who=who, about="案件编号")
    return number


def renumber(case: RegisteredCase, number: str, *, numbering: Numbering, who: str) -> str:
    """Gives a registered case another number, and keeps the one before as former; the number as it is written now.

    To be called inside a transaction. Raises AlreadyRegisteredError where the number is another case's.
    """
    given = _given(number, _record(case).registration, numbering, who)
    FormerNumber.objects.filter(case=case, number_key=plain(given)).delete()
    FormerNumber.objects.create(case=case, number_key=case.number_key)
    RegisteredCase.objects.filter(id=case.id).update(number=given, number_key=plain(given))
    return given


def find_case(number: str) -> CaseRecord | None:
    """The registered case of that number, however its brackets and widths are written; else the one that bore it before."""
    found = _numbered(number)
    return None if found is None else _record(found)


def _numbered(number: str) -> RegisteredCase | None:
    key = plain(number)
    found: RegisteredCase | None = RegisteredCase.objects.filter(number_key=key).first()
    if found is not None:
        return found
    former = FormerNumber.objects.filter(number_key=key).select_related("case").order_by("-id").first()
    return None if former is None else former.case


def list_cases(naming: Collection[str] | None = None) -> Iterator[CaseRecord]:
    """Every registered case, one after the other, in the order in which they were registered.

    With `naming`, those in whose registration one of these names or numbers stands, however it is written: more may come
    than a closer look bears out, never less.
    """
    rows = RegisteredCase.objects.order_by("id").values_list("number", "content").iterator(_IN_ONE_QUERY)
    words = None if naming is None else {_loose(word) for word in naming} - {""}
    for number, content in rows:
        if words is None or _names_any(content, words):
            yield CaseRecord(number=number, registration=Registration.model_validate_json(content))


def _names_any(content: str, words: Collection[str]) -> bool:
    loose = _loose(content)
    return any(word in loose for word in words)


def _loose(text: str) -> str:
    """One spelling, without the dots of foreign names and what JSON puts around and before signs."""
    spelled = plain(text)
    for sign in _IGNORED:
        spelled = spelled.replace(sign, "")
    return spelled


def numbered_cases(rows: Sequence[int]) -> dict[int, CaseRecord]:
    """The registered cases of these rows, in the order in which they were registered."""
    return {case.id: _record(case) for case in RegisteredCase.objects.filter(id__in=rows).order_by("id")}


def batched(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows in parts that one query may name."""
    return (rows[first : first + _IN_ONE_QUERY] for first in range(0, len(rows), _IN_ONE_QUERY))


def cases_of(recipient: str) -> tuple[CaseRecord, ...]:
    """The registered cases of recipients of that name."""
    return tuple(map(_record, RegisteredCase.objects.filter(recipient_key=plain(recipient)).order_by("id")))


_SETTLED = (CaseState.CHECKED, CaseState.APPROVED, CaseState.PAID, CaseState.REFUSED, CaseState.ARCHIVED)


def may_lack_papers(recipient: str) -> bool:
    """Whether a closing file of a recipient of that name has been audited, for which papers may still come in."""
    waiting = Case.objects.exclude(recipient_name="").exclude(state__in=[state.value for state in _SETTLED])
    wanted = plain(recipient)
    named = [case for case, name in waiting.values_list("id", "recipient_name").iterator() if plain(name) == wanted]
    return bool(set(named) - superseded(named))


def registered(number: str) -> RegisteredCase:
    """The row of a registered case. Raises UsageError for a number unknown."""
    found = _numbered(number)
    if found is None:
        raise UsageError(f"台账中没有编号为“{number}”的案件，请核对案件编号（juanzong case list 列出全部案件）。")
    return found


def closed_ids() -> frozenset[int]:
    """The registered cases that are closed: told so, or with a closing file that has been audited."""
    done = handed_in()
    rows = RegisteredCase.objects.values_list("id", "number_key", "closed_on")
    return frozenset(row for row, key, closed_on in rows if closed_on is not None or key in done)


def handed_in() -> frozenset[str]:
    """The numbers, in one spelling, of which a closing file has been audited."""
    return frozenset(plain(number) for number in Case.objects.exclude(number="").values_list("number", flat=True))


def open_ids() -> tuple[int, ...]:
    """The registered cases that are not closed, in the order in which they were registered."""
    closed = closed_ids()
    rows = RegisteredCase.objects.order_by("id").values_list("id", flat=True)
    return tuple(row for row in rows if row not in closed)


def _record(case: RegisteredCase) -> CaseRecord:
    return CaseRecord(number=case.number, registration=Registration.model_validate_json(case.content))
