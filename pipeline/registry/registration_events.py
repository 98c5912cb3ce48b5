"""What happens to a registered case beside its assignments: it is put right, closed, opened again. Each is an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db import transaction  # type: ignore[import-untyped]

from pipeline.errors import UsageError
from pipeline.registry import journal
from pipeline.registry.models import AssignmentRecord, RegisteredCase, RegistrationEventRow
from pipeline.registry.numbers import numbers_of
from pipeline.registry.records import ClosedCase
from pipeline.registry.registrations import (
    batched,
    handed_in,
    numbered_cases,
    registered,
    renumber,
    same_case,
    sameness,
)
from pipeline.registry.spelling import plain
from pipeline.registry.submissions import now
from schemas.issuing import IssuedPaper
from schemas.numbering import Numbering
from schemas.registration import CaseRecord, Registration
from schemas.registration_events import Change, Closing, RegistrationAct, RegistrationEvent
from schemas.roster import Assignment


def correct_registration(
    number: str, corrected: Registration, changes: Iterable[Change], *, who: str, why: str
) -> CaseRecord:
    """Puts right what was registered of a case; what stood before stays in the event, and in the journal.

    The number stays, see `correct_number`. Raises UsageError for a number
    unknown, without a reason, and where the case would be another one that is registered.
    """
    _demand_reason(why)
    with transaction.atomic():
        case = registered(number)
        twin = same_case(corrected)
        if twin is not None and twin.number != case.number:
            raise UsageError(
                f"更正后与案件{twin.number}系同一案件（受援人、类别、阶段、案由、受理日期均相同），未作更正。"
                f"重复登记的，请保留一件，另一件用 juanzong case close 结案并写明“重复登记”。"
            )
        RegisteredCase.objects.filter(id=case.id).update(
            content=corrected.model_dump_json(),
            sameness=sameness(corrected),
            recipient_key=plain(corrected.recipient.name),
        )
        event = RegistrationEvent(act=RegistrationAct.CORRECTED, by=who, at=now(), why=why, changes=tuple(changes))
        _add(case, event)
    return CaseRecord(number=case.number, registration=corrected)


def correct_number(number: str, to: str, *, numbering: Numbering, who: str, why: str) -> CaseRecord:
    """Puts the number of a case right that nobody has written on a paper yet; by the old one it is still found.

    Raises UsageError for a number unknown, without a reason, where the new one is another case's, and where papers bear
    the old one: an audit would take them for another case's.
    """
    _demand_reason(why)
    with transaction.atomic():
        case = registered(number)
        before = case.number
        _demand_unwritten(case)
        given = renumber(case, to, numbering=numbering, who=who)
        change = Change(path="number", before=before, after=given)
        _add(case, RegistrationEvent(act=RegistrationAct.CORRECTED, by=who, at=now(), why=why, changes=(change,)))
    return CaseRecord(number=given, registration=Registration.model_validate_json(case.content))


def _demand_unwritten(case: RegisteredCase) -> None:
    written = (
        (case.number_key in handed_in(), "结案卷宗已经审查"),
        (case.assignments.exists(), "已经指派"),
        (bool(numbers_of(case.number)), "已经出具文书"),
    )
    told = next((words for found, words in written if found), "")
    if told:
        raise UsageError(
            f"案件{case.number}{told}，编号已经写在文书上，不能更正编号。编号确实用错的，请将该案结案"
            "（juanzong case close，写明“登记有误”），以正确的编号另行登记。"
        )


def record_closed(  # noqa: PLR0913 - who, when, why, and what was issued with it
    number: str,
    *,
    on: date,
    why: str,
    who: str,
    terminated: bool = False,
    papers: tuple[IssuedPaper, ...] = (),
    dated: date | None = None,
) -> None:
    """The case is closed (结案、终止) from that day although no closing file has come in.

    Raises UsageError for a number unknown, without a reason, and where the case is closed already.
    """
    _demand_reason(why)
    with transaction.atomic():
        case = registered(number)
        demand_open(case.number)
        RegisteredCase.objects.filter(id=case.id).update(closed_on=on)
        event = RegistrationEvent(
            act=RegistrationAct.CLOSED, by=who, at=now(), why=why, on=on, terminated=terminated, papers=papers,
            dated=dated,
        )  # fmt: skip
        _add(case, event)


def record_issued(number: str, papers: tuple[IssuedPaper, ...], *, dated: date, why: str, who: str) -> None:
    """Letters went out about the case, of that day. Raises UsageError for a number unknown."""
    with transaction.atomic():
        issued = RegistrationAct.ISSUED
        event = RegistrationEvent(act=issued, by=who, at=now(), why=why, papers=papers, dated=dated)
        _add(registered(number), event)


def record_reopened(number: str, *, why: str, who: str) -> None:
    """Takes the closing back: the case is handled as before. Raises UsageError where it is not closed."""
    _demand_reason(why)
    with transaction.atomic():
        case = registered(number)
        if case.closed_on is None:
            raise UsageError(f"案件{case.number}没有结案，无须恢复办理。")
        RegisteredCase.objects.filter(id=case.id).update(closed_on=None)
        _add(case, RegistrationEvent(act=RegistrationAct.REOPENED, by=who, at=now(), why=why))


def demand_open(number: str) -> None:
    """Raises UsageError where the case has been closed: then no letter of its further course goes out."""
    closing = closing_of(number)
    if closing is not None:
        done = "终止法律援助" if closing.terminated else "结案"
        raise UsageError(
            f"案件{number}已自{closing.on.isoformat()}起{done}（{closing.why}）。"
            "结案有误、需要恢复办理的，请先执行 juanzong case reopen 并写明理由。"
        )


def closing_of(number: str) -> Closing | None:
    """That the case is closed, and why; None where it is not. Raises UsageError for a number unknown."""
    case = registered(number)
    return None if case.closed_on is None else _closing(case.closed_on, _events(case))


def registration_events(number: str) -> tuple[RegistrationEvent, ...]:
    """What happened to a registered case, oldest first. Raises UsageError for a number unknown."""
    return _events(registered(number))


def closings(of: Sequence[int]) -> dict[str, Closing]:
    """Those of these registered cases that are closed, by their numbers."""
    rows = RegisteredCase.objects.filter(id__in=of).exclude(closed_on=None).prefetch_related("events")
    return {case.number: _closing(case.closed_on, _events(case)) for case in rows}


def closed_without_file() -> Iterator[ClosedCase]:
    """The cases that are closed, stand assigned, and whose closing file has not been audited yet: it is still owed."""
    rows = RegisteredCase.objects.exclude(closed_on=None).exclude(assignments=None).order_by("id")
    keys = dict(rows.values_list("id", "number_key"))
    done = handed_in() if keys else frozenset()
    for some in batched([row for row, key in keys.items() if key not in done]):
        records = numbered_cases(some)
        events = {case.id: case for case in RegisteredCase.objects.filter(id__in=some).prefetch_related("events")}
        standing = {row.case_id: row for row in AssignmentRecord.objects.filter(case__in=some).order_by("id")}
        for row, record in records.items():
            yield ClosedCase(
                record=record,
                lawyer=Assignment.model_validate_json(standing[row].content).lawyer,
                closing=_closing(events[row].closed_on, _events(events[row])),
            )


def _closing(closed_on: date, events: tuple[RegistrationEvent, ...]) -> Closing:
    """By the last event that closed it; one that was closed before there were events has none."""
    last = next((event for event in reversed(events) if event.act is RegistrationAct.CLOSED), None)
    return Closing(
        on=closed_on, why=last.why if last is not None else "", terminated=last is not None and last.terminated
    )


def _events(case: RegisteredCase) -> tuple[RegistrationEvent, ...]:
    contents = sorted((event.id, event.content) for event in case.events.all())
    return tuple(RegistrationEvent.model_validate_json(content) for _, content in contents)


def _add(case: RegisteredCase, event: RegistrationEvent) -> None:
    """Keeps the event, and tells it to the journal. To be called inside a transaction."""
    content = event.model_dump_json()
    RegistrationEventRow.objects.create(case=case, content=content)
    journal.append(
        f"case_{event.act.value}", when=event.at, who=event.by, registered=case.id, why=event.why, event=content
    )


def _demand_reason(why: str) -> None:
    if not why.strip():
        raise UsageError("请以 --why 写明理由，记入日志。")
