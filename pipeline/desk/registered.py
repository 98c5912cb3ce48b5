"""What the registration tells of a closing file (登记事项): the case it surely is, and the facts that are then certain."""

from __future__ import annotations

from pipeline import registry
from schemas.base import State
from schemas.case import KnownCase, KnownLawyer, KnownRecipient
from schemas.registration import CaseRecord
from schemas.report import AuditReport


def registered_facts(report: AuditReport) -> KnownCase:
    """What is registered of the case that a first look has found; nothing where it is not surely one that is registered."""
    record = registered_case(report)
    if record is None:
        return KnownCase()
    case = record.registration
    assignments = registry.assignments(record.number)
    lawyer = assignments[-1].lawyer if assignments else None
    closing = registry.closing_of(record.number)
    return KnownCase(
        kind=case.kind,
        stage=case.stage,
        origin=case.origin,
        recipient=KnownRecipient(name=case.recipient.name, id_number=case.recipient.id_number or None),
        lawyer=KnownLawyer()
        if lawyer is None
        else KnownLawyer(name=lawyer.name, firm=lawyer.firm, practising_since=lawyer.practising_since),
        case_number=record.number,
        life_or_death=case.life_or_death,
        lawyer_changed=True if len(assignments) > 1 else None,
        aid_terminated=True if closing is not None and closing.terminated else None,
    )


def registered_case(report: AuditReport) -> CaseRecord | None:
    """The registered case that the closing file surely is: by its number, or by recipient and cause.

    A number that belongs to somebody else says nothing: a slip of the pen on a cover must not make one person's papers
    another's. One person may have a case in each stage; then recipient and cause do not tell which.
    """
    number, name = _found(report, "case_number"), _found(report, "recipient_name")
    if number:
        record = registry.find_case(number)
        same = record is not None and (not name or _plain(name) == _plain(record.registration.recipient.name))
        return record if same else None
    cause = _found(report, "cause")
    if not name or not cause:
        return None
    alike = [record for record in registry.cases_of(name) if _fits(record, report, cause)]
    return alike[0] if len(alike) == 1 else None


def _fits(record: CaseRecord, report: AuditReport, cause: str) -> bool:
    case = record.registration
    given = (("recipient_id_number", case.recipient.id_number), ("organ_case_number", _organ_number(record)))
    if any(
        _found(report, field) and value and _plain(_found(report, field)) != _plain(value) for field, value in given
    ):
        return False
    return _charge(cause) == _charge(case.cause) and all(
        _fact(report, name) in {None, value} for name, value in (("kind", case.kind), ("stage", case.stage))
    )


def _organ_number(record: CaseRecord) -> str:
    organ = record.registration.organ
    return "" if organ is None else organ.case_number


def _fact(report: AuditReport, name: str) -> str | bool | None:
    """A fact's value if it is certain."""
    fact = report.case.facts.get(name) if report.case is not None else None
    return fact.value if fact is not None and fact.state is State.FOUND else None


def _found(report: AuditReport, field: str) -> str:
    reading = report.case.fields.get(field) if report.case is not None else None
    return reading.value or "" if reading is not None and reading.state is State.FOUND else ""


def _plain(text: str) -> str:
    return registry.plain(text).upper()


def _charge(cause: str) -> str:
    """盗窃罪, 涉嫌盗窃 and 盗窃 are one."""
    return _plain(cause).removeprefix("涉嫌").removesuffix("罪")
