"""Fills a registry with the cases of ten years, straight into its tables."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

from django.db import connection, transaction  # type: ignore[import-untyped]

from bench.corpus import families
from bench.unerring import unerring_pages
from pipeline.auditing import audit, load_standard
from pipeline.cataloguing import catalogue
from pipeline.delivering import ledger_row
from pipeline.flow import NOTHING_KNOWN
from pipeline.registry import journal
from pipeline.registry.models import (
    AssignmentRecord,
    Case,
    CaseEvent,
    Drop,
    JournalEvent,
    LedgerLine,
    RegisteredCase,
    Round,
    Submission,
)
from pipeline.registry.rounds import found_field
from pipeline.registry.spelling import plain
from schemas.ledger import LINE_VERSION, RoundLedger
from schemas.life import Act, Event, state_of
from schemas.report import AuditReport, Source

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "drafting"))

from drafting_assignment_samples import CRIMINAL, assigned  # noqa: E402 - where the samples are

NUMBER = "虚法援刑字〔2016〕{}号"
RECIPIENT = "虚构人{}"
FIRST_DAY = datetime(2016, 1, 4, 9, tzinfo=UTC)
OPEN_OF = 50
"""One case of so many is still open."""
CHUNK = 500

ARCHIVED = (Act.AUDIT_COMPLETE, Act.CHECK, Act.APPROVE, Act.PAY, Act.ARCHIVE)
OPEN = ((Act.AUDIT_OPEN,), (Act.AUDIT_BLOCKED,), (Act.AUDIT_BLOCKED, Act.ISSUE_NOTICE), (Act.AUDIT_COMPLETE,))


@cache
def sample_report() -> AuditReport:
    """What the rules say of an invented closing file with defects, read without an error."""
    case = next(islice(families(4, 1), 1)).cases[-1]
    pages = unerring_pages(case)
    source = Source(name="bench.pdf", sha256="0" * 64, pages=len(pages))
    standard = load_standard("gd", None)
    return audit(catalogue(pages, NOTHING_KNOWN), standard, source, NOTHING_KNOWN, date(2026, 1, 5))


def named(number: str, recipient: str) -> str:
    """The sample report as JSON, about another case."""
    return renamed(_written(), sample_report(), number, recipient)


@cache
def _written() -> str:
    return sample_report().model_dump_json(by_alias=True)


def renamed(text: str, report: AuditReport, number: str, recipient: str) -> str:
    """What was written about the report's case, about another."""
    for field, value in (("case_number", number), ("recipient_name", recipient)):
        text = text.replace(found_field(report, field), value)
    return text


def fill(cases: int) -> bool:
    """Fills an empty registry. False if it holds as many already."""
    if Case.objects.count() >= cases:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    event, previous = 0, journal.GENESIS
    for first in range(0, cases, CHUNK):
        numbers = range(first + 1, min(first + CHUNK, cases) + 1)
        with transaction.atomic():
            _registrations(numbers)
            _audits(numbers)
            lines = list(_journal(numbers, event, previous))
            JournalEvent.objects.bulk_create(lines)
            event, previous = lines[-1].number, lines[-1].sha256
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return True


def _at(number: int) -> datetime:
    return FIRST_DAY + timedelta(minutes=50 * number)


def _registrations(numbers: range) -> None:
    lawyer = assigned(CRIMINAL)
    rows, assignments = [], []
    for number in numbers:
        recipient = CRIMINAL.registration.recipient.model_copy(update={"name": RECIPIENT.format(number)})
        registration = CRIMINAL.registration.model_copy(update={"recipient": recipient})
        written = NUMBER.format(number)
        # what was registered last has no closing file yet
        unhandled = number % (10 * OPEN_OF) == 0
        rows.append(
            RegisteredCase(
                id=number,
                number=f"{written}待" if unhandled else written,
                number_key=plain(f"{written}待" if unhandled else written),
                sameness=hashlib.sha256(written.encode()).hexdigest(),
                recipient_key=plain(recipient.name),
                content=registration.model_dump_json(),
                registered_at=_at(number),
            )
        )
        content = lawyer.model_copy(update={"case_number": rows[-1].number}).model_dump_json()
        assignments.append(
            AssignmentRecord(case_id=number, licence=f"L{number % 300}", content=content, recorded_at=_at(number))
        )
    RegisteredCase.objects.bulk_create(rows)
    AssignmentRecord.objects.bulk_create(assignments)


def _acts(number: int) -> tuple[Act, ...]:
    return ARCHIVED if number % OPEN_OF else OPEN[number // OPEN_OF % len(OPEN)]


def _audits(numbers: range) -> None:
    """Each case audited once, with all that the registry keeps of it."""
    report = sample_report()
    line = RoundLedger(row=ledger_row(report, None, 1)).model_dump_json()
    Case.objects.bulk_create([_case(number) for number in numbers])
    CaseEvent.objects.bulk_create([event for number in numbers for event in _events(number)])
    Submission.objects.bulk_create([_submission(number) for number in numbers])
    Drop.objects.bulk_create([_drop(number) for number in numbers])
    Round.objects.bulk_create([_round(number) for number in numbers])
    LedgerLine.objects.bulk_create([_line(number, line, report) for number in numbers])


def _told(number: int) -> tuple[Event, ...]:
    return tuple(Event(act=act, by="周某", at=_at(number)) for act in _acts(number))


def _events(number: int) -> list[CaseEvent]:
    return [CaseEvent(case_id=number, content=event.model_dump_json()) for event in _told(number)]


def _case(number: int) -> Case:
    written, recipient = NUMBER.format(number), RECIPIENT.format(number)
    state = state_of(_told(number))
    return Case(
        id=number,
        key=f"{plain(written)}|{plain(recipient)}",
        number=written,
        recipient_name=recipient,
        opened_at=_at(number),
        folder=_folder(number),
        state=state.value if state else "",
    )


def _folder(number: int) -> str:
    return f"{NUMBER.format(number)}_{RECIPIENT.format(number)}"


def _digest(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def _file(number: int) -> tuple[str, str]:
    """Its name, and where it is kept."""
    name, digest = f"{RECIPIENT.format(number)}.pdf", _digest(number)
    return name, f"originals/{digest[:2]}/{digest}/{name}"


def _submission(number: int) -> Submission:
    name, kept = _file(number)
    return Submission(
        id=number, sha256=_digest(number), name=name, original=kept, state="delivered", received_at=_at(number)
    )


def _drop(number: int) -> Drop:
    (name, kept), at = _file(number), _at(number)
    return Drop(
        id=number,
        submission_id=number,
        name=name,
        fingerprint=_digest(number),
        original=kept,
        arrived_at=at,
        left_at=at,
    )


def _round(number: int) -> Round:
    at = _at(number)
    return Round(
        id=number,
        case_id=number,
        number=1,
        submission_id=number,
        report=named(NUMBER.format(number), RECIPIENT.format(number)),
        decision="payable",
        audited_at=at,
        delivered_at=at,
        folder=f"{_folder(number)}/第1次审查",
    )


def _line(number: int, line: str, report: AuditReport) -> LedgerLine:
    return LedgerLine(
        round_id=number,
        case_id=number,
        submission_id=number,
        number=1,
        revision=0,
        version=LINE_VERSION,
        content=renamed(line, report, NUMBER.format(number), RECIPIENT.format(number)),
    )


def _journal(numbers: range, event: int, previous: str) -> Iterator[JournalEvent]:
    """Three events a case, chained as the registry does."""
    for number in numbers:
        for what in ("received", "audited", "delivered"):
            event += 1
            about: dict[str, object] = {"submission": number, "round": 1}
            content = journal._canonical(  # noqa: SLF001 - as the registry chains them
                {"number": event, "what": what, "who": "juanzong", "when": _at(number).isoformat(), "about": about}
            )
            chained = journal._chained(previous, content)  # noqa: SLF001
            yield JournalEvent(number=event, previous=previous, content=content, sha256=chained)
            previous = chained
