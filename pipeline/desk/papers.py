"""What the office writes: the papers of a round, and the ledger over all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from pipeline import registry
from pipeline.auditing import progress
from pipeline.delivering import deliver, deliver_unusable, ledger_row, to_pdf, write_ledger
from pipeline.desk.terms import cure_terms
from pipeline.drafting import draft
from pipeline.registry import LedgerEntry, RoundRecord
from pipeline.settings import Settings
from schemas.case import KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES
from schemas.draft import Office
from schemas.ledger import LedgerRow, UnusableRow
from schemas.life import STATE_TITLES, CaseState
from schemas.registration import CaseRecord
from schemas.report import AuditReport
from schemas.roster import Lawyer

LEDGER_NAME = "台账.xlsx"


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
    return _with_copies(folder, settings)


def _with_copies(folder: Path, settings: Settings) -> Path:
    """The folder, in which each letter has a PDF copy where the office wants that. The DOCX stays the document."""
    if settings.pdf_copies:
        for letter in sorted(folder.rglob("*.docx")):
            to_pdf(letter)
    return folder


def write_the_ledger(entries: Iterable[LedgerEntry], outbox: Path) -> bool:
    """Writes `台账.xlsx`. False if it stands open in Excel and had to be written beside."""
    rows: list[LedgerRow] = []
    unusable: list[UnusableRow] = []
    for entry in entries:
        if entry.report is not None and entry.report.error is not None:
            unusable.append(_unusable_row(entry, entry.report.error.message))
        else:
            rows.append(_row(entry))
    rows += [_registered_row(record, lawyer) for record, lawyer in registry.open_registrations()]
    target = outbox / LEDGER_NAME
    return write_ledger(rows, target, unusable) == target


def _registered_row(record: CaseRecord, lawyer: Lawyer | None) -> LedgerRow:
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
        waits_for=STATE_TITLES[CaseState.ASSIGNED if lawyer else CaseState.REGISTERED],
        folder="",
    )


def _unusable_row(entry: LedgerEntry, message: str) -> UnusableRow:
    return UnusableRow(
        name=entry.name,
        received_at=_local(entry.received_at),
        message=message + _remark(entry),
        folder=entry.folder,
    )


def _row(entry: LedgerEntry) -> LedgerRow:
    if entry.report is None:
        return _waiting_row(entry)
    row = ledger_row(entry.report, _local(entry.received_at), entry.round_number, folder=entry.folder)
    return row.model_copy(update={"waits_for": row.waits_for + _remark(entry)})


def _waiting_row(entry: LedgerEntry) -> LedgerRow:
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
        received_at=_local(entry.received_at),
        round_number=entry.round_number,
        pages=0,
        decision=None,
        waits_for=f"已收卷，排队等待审查：{entry.name}{_remark(entry)}",
        folder="",
    )


def _remark(entry: LedgerEntry) -> str:
    return f"（同一份材料另重复提交{entry.times_again}次，未重复审查）" if entry.times_again else ""


def _local(moment: datetime) -> datetime:
    """The wall clock of the office, as its ledger shows it."""
    return moment.astimezone()
