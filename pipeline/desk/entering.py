"""Entering (受理登记): drops that are no closing file. A workbook's rows are registered; an application is proposed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pipeline import registry
from pipeline.assigning import (
    application_of,
    difference_text,
    proposed_draft,
    proposed_workbook,
    read_registration_workbook,
    result_workbook,
)
from pipeline.delivering import deliver_entry
from pipeline.desk.supplements import is_of_audited_case
from pipeline.errors import InputError, UsageError
from pipeline.intake import Sort, is_clutter, sniff
from pipeline.registry import AlreadyRegisteredError, EntryRecord
from pipeline.settings import Settings
from schemas.entry import Entry, Proposal, RegistrationRow, RegistrationSheet, RowOutcome
from schemas.numbering import Numbering
from schemas.registration import CaseRecord, Registration
from schemas.report import AuditReport
from schemas.volume import Volume

BY_DROP = "收件箱（受理登记表）"
"""Who registered what was dropped: whoever may write into the inbox."""

RESULT_FILE = "本表文件名.xlsx"
"""What a clerk has in hand once the outcome is told: the workbook with the case's number in it."""

Arrival = RegistrationSheet | Proposal
"""What came in that is no closing file."""


def read_sheet(original: Path, today: date) -> RegistrationSheet | None:
    """The registration workbook that a drop is; None for anything else. Raises InputError for one that is of no use."""
    workbook = _only_file(original)
    if workbook is None:
        return None
    sort = sniff(workbook)
    if sort is Sort.OLD_WORKBOOK:
        raise InputError("old_workbook")
    return read_registration_workbook(workbook, today) if sort is Sort.XLSX else None


def application_in(volume: Volume, report: AuditReport, today: date) -> Proposal | None:
    """The registration proposed from a volume that surely is an application; None for any other.

    What surely is of a case that has been audited is handed in later (补正材料), whatever it looks like. Of a namesake it
    could be: that is proposed, for a proposal registers nothing, and the remark says what else it may be.
    """
    proposal = application_of(volume, report.source.name, today)
    if proposal is None or is_of_audited_case(report, volume):
        return None
    recipient = next((value.value for value in proposal.values if value.path == "recipient.name"), "")
    return proposal.model_copy(update={"remark": _remark(report, recipient)})


def _remark(report: AuditReport, recipient: str) -> str:
    number, namesakes = registry.case_number(report), registry.cases_of(recipient) if recipient else ()
    known = registry.find_case(number) if number else None
    remarks = []
    if known is not None:
        remarks.append(f"材料载有已经登记的案件编号{known.number}，请勿重复登记。")
    others = "、".join(record.number for record in namesakes if record != known)
    if others:
        remarks.append(f"同名受援人已经登记的案件：{others}，请核对是否重复。")
    if recipient and registry.may_lack_papers(recipient):
        remarks.append(
            "同名受援人有案件尚待补齐材料，本材料如系该案补正材料，请用 juanzong review join 指明，不要登记。"
        )
    return "".join(remarks)


def _only_file(original: Path) -> Path | None:
    """The file that was dropped, by itself or alone in a folder."""
    if original.is_file():
        return original
    files = [path for path in original.rglob("*") if path.is_file() and not is_clutter(path.name)]
    return files[0] if len(files) == 1 else None


def enter(submission_id: int, arrival: Arrival, settings: Settings) -> Entry:
    """Registers a workbook's good rows, and records what became of each; of a proposal, that there is one."""
    if isinstance(arrival, Proposal):
        entry = Entry(proposal=arrival)
        registry.record_entry(submission_id, entry)
        return entry
    with registry.one_act():
        entry = Entry(rows=register_rows(arrival.rows, who=BY_DROP, numbering=settings.numbers))
        registry.record_entry(submission_id, entry)
    return entry


def register_rows(rows: Iterable[RegistrationRow], *, who: str, numbering: Numbering) -> tuple[RowOutcome, ...]:
    """What becomes of each row. A case that is there already is told with its number, and not registered again."""
    by_row: dict[str, RegistrationRow] = {}
    outcomes = []
    for row in rows:
        outcome = _outcome(row, by_row, who, numbering)
        if outcome.registered:
            by_row.setdefault(outcome.number, row)
        outcomes.append(outcome)
    return tuple(outcomes)


def _outcome(row: RegistrationRow, by_row: dict[str, RegistrationRow], who: str, numbering: Numbering) -> RowOutcome:
    if row.registration is None:
        sentences = [f"{fault.sentence}。" for fault in row.faults]
        numbered = [f"{number}. {sentence}" for number, sentence in enumerate(sentences, start=1)]
        return _refused(row, "未登记：" + ("\n".join(("", *numbered)) if len(sentences) > 1 else "".join(sentences)))
    try:
        record = registry.register_case(row.registration, who=who, number=row.number or None, numbering=numbering)
    except AlreadyRegisteredError as error:
        return _known(row, row.registration, error.record, by_row)
    except UsageError as error:
        return _refused(row, f"未登记：{error.message}")
    told = f"已登记，案件编号：{record.number}。{_namesakes(record)}"
    return RowOutcome(sheet=row.sheet, row=row.row, registered=True, number=record.number, message=told)


def _refused(row: RegistrationRow, message: str) -> RowOutcome:
    return RowOutcome(sheet=row.sheet, row=row.row, registered=False, message=message)


def _known(
    row: RegistrationRow, given: Registration, record: CaseRecord, by_row: dict[str, RegistrationRow]
) -> RowOutcome:
    """The case is there: from an earlier row, or since earlier. Another recipient under its number is a slip."""
    there = record.registration
    differing = difference_text(record, given, RESULT_FILE)
    if registry.plain(there.recipient.name) != registry.plain(given.recipient.name):
        told = f"未登记：案件编号{record.number}已用于受援人{there.recipient.name}的案件，请核对。"
        return _refused(row, f"{told}确系同一案件、登记有误的，予以更正。{differing}")
    before = by_row.get(record.number)
    if before is not None:
        told = f"与第{before.row}行系同一案件（案件编号：{record.number}），未重复登记。"
    else:
        told = f"此前已经登记，案件编号：{record.number}，未重复登记。"
    if row.number and registry.plain(row.number) != registry.plain(record.number):
        told += f"本行所写的案件编号{row.number}与登记的不同，请核对。"
    return RowOutcome(
        sheet=row.sheet,
        row=row.row,
        registered=True,
        differs=bool(differing),
        number=record.number,
        message=f"{told}{differing}",
    )


def _namesakes(record: CaseRecord) -> str:
    """Cases of the same name and of the same cause or day: another stage, or the same one with a slip in a field."""
    case = record.registration
    others = [
        other.number
        for other in registry.cases_of(case.recipient.name)
        if other.number != record.number
        and (other.registration.cause == case.cause or other.registration.received_on == case.received_on)
    ]
    return f"同名受援人另有案由或者受理日期相同的案件：{'、'.join(others)}，请核对是否重复登记。" if others else ""


def deliver_recorded_entry(record: EntryRecord, original: Path, settings: Settings) -> Path:
    """Tells in the outbox what became of a drop; returns the folder. Doing it again changes nothing."""
    stem = Path(record.name).stem
    at = record.entered_at.astimezone().strftime("%Y%m%d-%H%M%S")
    compared = None if record.entry.proposal is None else (original, record.name)
    files = _files(record, original, settings)
    return deliver_entry(f"{at}-{record.entry_id}_{stem[:40]}", files, settings.outbox, original=compared)


def _files(record: EntryRecord, original: Path, settings: Settings) -> dict[str, bytes]:
    proposal = record.entry.proposal
    if proposal is None:
        workbook = _only_file(original)
        assert workbook is not None
        return {f"{Path(record.name).stem[:60]}（处理结果）.xlsx": result_workbook(workbook, record.entry.rows)}
    return {
        "受理登记表（待核对）.xlsx": proposed_workbook(settings.office_name, proposal),
        "登记草稿.yaml": proposed_draft(proposal).encode(),
    }
