"""What the office writes: the papers of a round, and the ledger over all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from pipeline import registry
from pipeline.auditing import progress
from pipeline.delivering import deliver, deliver_unusable, tell_moved, to_pdf, write_ledger
from pipeline.delivering.names import LEDGER_NAME
from pipeline.desk.deadlines import AWAITED, owed_files, running_terms
from pipeline.desk.lines import keep_lines
from pipeline.desk.terms import cure_terms
from pipeline.drafting import draft
from pipeline.registry import LedgerFact, RoundRecord
from pipeline.settings import Settings
from schemas.case import KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES
from schemas.draft import Office
from schemas.ledger import LedgerRow, RoundLedger, UnusableRow
from schemas.life import STATE_TITLES, CaseState
from schemas.registration import CaseRecord
from schemas.report import AuditReport
from schemas.roster import Lawyer
from schemas.standard import Standard


def office_of(settings: Settings) -> Office:
    return Office(
        name=settings.office_name,
        phone=settings.office_phone,
        address=settings.office_address,
        cure_days=settings.cure_days,
        templates_dir=settings.templates_dir,
    )


def write_drafts(report: AuditReport, settings: Settings, out: Path) -> Path:
    """Drafts the letters about one report below `out`, as its first round; returns their folder."""
    office, day = office_of(settings), date.today()  # noqa: DTZ011 - a letter bears the office's own day
    drafts = draft(report, office, day, 1, cure_terms(report, office, day))
    return _with_copies(deliver(report, drafts, out, 1), settings)


def deliver_round(record: RoundRecord, original: Path, settings: Settings) -> Path:
    """Writes a recorded round to the outbox; returns its folder. Delivering it again gives the same.

    The letters bear the day of the audit, not that of a delivery that may have been repeated.
    """
    if record.report.error is not None:
        return deliver_unusable(record.name, record.report.error.message, original, settings.outbox)
    office, day = office_of(settings), record.audited_at.astimezone().date()
    became = None if record.earlier is None else progress(record.earlier, record.report)
    drafts = draft(record.report, office, day, record.number, cure_terms(record.report, office, day), became)
    folder = deliver(
        record.report,
        drafts,
        settings.outbox,
        record.number,
        revision=record.revision,
        case_folder=record.case_folder or None,
    )
    for left in record.left:
        tell_moved(left, record.name, folder, settings.outbox)
    return _with_copies(folder, settings)


def _with_copies(folder: Path, settings: Settings) -> Path:
    """The folder, in which each letter has a PDF copy where the office wants that. The DOCX stays the document."""
    if settings.pdf_copies:
        for letter in sorted(folder.rglob("*.docx")):
            to_pdf(letter)
    return folder


def write_the_ledger(outbox: Path, standard: Standard | None = None) -> bool:
    """Writes `台账.xlsx`, with the terms that `standard` sets. False if it stands open in Excel and had to be written beside."""
    keep_lines()
    today = date.today()  # noqa: DTZ011 - the office's own day
    running = () if standard is None else running_terms(standard, today)
    unusable: list[UnusableRow] = []

    def rows() -> Iterator[LedgerRow]:
        for fact in registry.ledger_facts():
            line = RoundLedger.model_validate_json(fact.content) if fact.content else None
            if line is None:
                yield _waiting_row(fact)
            elif line.row is None:
                unusable.append(_unusable_row(fact, line.message))
            else:
                yield _row(fact, line.row)
        for record, lawyer in registry.open_registrations():
            waits_for = STATE_TITLES[CaseState.ASSIGNED if lawyer else CaseState.REGISTERED]
            yield _registered_row(record, lawyer, waits_for)
        for owed in owed_files():
            yield _registered_row(owed.record, owed.lawyer, AWAITED)

    target = outbox / LEDGER_NAME
    return write_ledger(rows(), target, unusable, running) == target


def _registered_row(record: CaseRecord, lawyer: Lawyer | None, waits_for: str) -> LedgerRow:
    """A case that is registered and has no closing file yet."""
    case = record.registration
    return LedgerRow(
        case_number=record.number,
        recipient_name=case.recipient.name,
        cause=case.cause,
        kind=KIND_TITLES[case.kind],
        stage=STAGE_TITLES[case.stage] if case.stage is not None else "",
        origin=ORIGIN_TITLES[case.origin],
        firm_name=lawyer.firm if lawyer else "",
        lawyer_name=lawyer.name if lawyer else "",
        received_at=None,
        round_number=0,
        pages=0,
        decision=None,
        waits_for=waits_for,
        folder="",
    )


def _unusable_row(fact: LedgerFact, message: str) -> UnusableRow:
    return UnusableRow(
        name=fact.name,
        received_at=_local(fact.received_at),
        message=message + _remark(fact),
        folder=fact.folder,
    )


def _row(fact: LedgerFact, row: LedgerRow) -> LedgerRow:
    """The line of the round, with what may have changed since it was audited."""
    return row.model_copy(
        update={
            "received_at": _local(fact.received_at),
            "folder": fact.folder,
            "waits_for": (row.waits_for if fact.state is None else STATE_TITLES[fact.state]) + _remark(fact),
        }
    )


def _waiting_row(fact: LedgerFact) -> LedgerRow:
    """A submission that nobody has looked at: all that is known is the clerk's name for it."""
    return LedgerRow(
        case_number="",
        recipient_name="",
        cause="",
        kind="",
        stage="",
        origin="",
        firm_name="",
        lawyer_name="",
        received_at=_local(fact.received_at),
        round_number=fact.round_number,
        pages=0,
        decision=None,
        waits_for=f"已收卷，排队等待审查：{fact.name}{_remark(fact)}",
        folder="",
    )


def _remark(fact: LedgerFact) -> str:
    return f"（同一份材料另重复提交{fact.times_again}次，未重复审查）" if fact.times_again else ""


def _local(moment: datetime) -> datetime:
    """The wall clock of the office, as its ledger shows it."""
    return moment.astimezone()
