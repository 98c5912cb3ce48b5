"""Correcting (更正登记): what was registered wrongly is put right by a person, and what follows from it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import registry
from pipeline.assigning import (
    changes_between,
    corrected,
    file_changes,
    numbered_apart,
    objection_text,
    said_changes,
    values_of,
)
from pipeline.desk.assignments import candidates_of, papers_folder
from pipeline.desk.entering import read_sheet
from pipeline.errors import InputError, UsageError
from pipeline.settings import Settings
from schemas.life import CaseState
from schemas.registration import CaseRecord, Registration
from schemas.registration_events import Change

_WORKBOOK = ".xlsx"
_FILES = (_WORKBOOK, ".yaml", ".yml", ".json")
_FACTS = frozenset(
    {
        "kind", "stage", "origin", "recipient.name", "recipient.id_number", "cause", "organ.case_number",
        "life_or_death",
    }
)  # fmt: skip
"""Upon which the audit of the closing file rests."""
NUMBER_PATH = "number"
"""Of the case number among the changes of a registration."""
SETTLED = (CaseState.CHECKED, CaseState.APPROVED, CaseState.PAID, CaseState.REFUSED, CaseState.ARCHIVED)


@dataclass(frozen=True)
class Correction:
    """A case put right: what was changed, and what a person has to know or do next."""

    record: CaseRecord
    changes: tuple[Change, ...]
    remarks: tuple[str, ...]


def correct(  # noqa: PLR0913 - what is given, who, why, and when
    number: str, words: Sequence[str], settings: Settings, today: date, *, who: str, why: str
) -> Correction:
    """Puts right what `words` name: `案由=盗窃罪`, or a file (YAML, JSON, 受理登记表) with the right values.

    Raises UsageError where something is not understood or cannot be, and where nothing would change.
    """
    with registry.one_act():
        before = _case(number)
        spoke = _against_lawyer(before, today, settings)
        to, given = _given(before, words, today)
        after = corrected(before.registration, given, today)
        changes = changes_between(before.registration, after)
        if not changes and not to:
            raise UsageError(f"案件{before.number}登记的内容与所写的相同，没有需要更正的项目。")
        record, renumbered = _renumbered(before, to, settings, who=who, why=why) if to else (before, ())
        if changes:
            record = registry.correct_registration(record.number, after, changes, who=who, why=why)
        again = _audited_again(record, changes, who)
        changes = (*renumbered, *changes)
    remarks = (*(() if to else _number_remark(before, after, settings)), *_paper_remarks(before, record, settings))
    speaks = [each for each in _against_lawyer(record, today, settings) if each not in spoke]
    remarks += (*(f"按更正后的登记，现承办人有排除情形：{each}。" for each in speaks), *again)
    return Correction(record, changes, remarks)


def _case(number: str) -> CaseRecord:
    record = registry.find_case(number)
    if record is None:
        raise UsageError(f"台账中没有编号为“{number}”的案件，请核对案件编号（juanzong case list 列出全部案件）。")
    return record


def _renumbered(
    before: CaseRecord, to: str, settings: Settings, *, who: str, why: str
) -> tuple[CaseRecord, tuple[Change, ...]]:
    try:
        record = registry.correct_number(before.number, to, numbering=settings.numbers, who=who, why=why)
    except registry.AlreadyRegisteredError as error:
        taken = error.record
        raise UsageError(
            f"编号{taken.number}已经用于另一案件（受援人{taken.registration.recipient.name}），未作更正。"
        ) from error
    return record, (Change(path=NUMBER_PATH, before=before.number, after=record.number),)


def _given(record: CaseRecord, words: Sequence[str], today: date) -> tuple[str, dict[str, object]]:
    """The number that is to be another, if any, and the fields that files and words name; a word outweighs a file."""
    files = [word for word in words if _is_file(word)]
    given: dict[str, object] = {}
    for name in files:
        path = Path(name)
        given |= _row(record, path, today) if path.suffix.lower() == _WORKBOOK else file_changes(path)
    given |= said_changes([word for word in words if word not in files])
    number, rest = numbered_apart(given)
    to = number if number and registry.plain(number) != registry.plain(record.number) else ""
    if not rest and not to:
        raise UsageError("请写明需要更正的项目，例如 案由=盗窃罪，或者写有正确内容的文件。")
    return to, rest


def _is_file(word: str) -> bool:
    return Path(word).suffix.lower() in _FILES and ("=" not in word or Path(word).is_file())


def _row(record: CaseRecord, path: Path, today: date) -> dict[str, object]:
    """What the workbook's row of this case says; a cell that is empty changes nothing."""
    try:
        sheet = read_sheet(path, today)
    except InputError as error:
        raise UsageError(f"{path.name}：{error.message}") from error
    except OSError as error:
        raise UsageError(f"{path.name} 无法读取，请核对路径和权限，并关闭已经打开的文件。") from error
    if sheet is None:
        raise UsageError(f"{path.name} 不是受理登记表。")
    rows = [row for row in sheet.rows if registry.plain(row.number) == registry.plain(record.number)]
    if len(rows) != 1 or rows[0].registration is None:
        told = "没有" if not rows else "不止一行" if len(rows) > 1 else "有误的"
        faults = "；".join(fault.sentence for row in rows for fault in row.faults)
        raise UsageError(
            f"{path.name} 中{told}“案件编号”为{record.number}的行{f'：{faults}' if faults else ''}，请核对。"
        )
    return dict(values_of(rows[0].registration))


def _audited_again(record: CaseRecord, changes: Sequence[Change], who: str) -> tuple[str, ...]:
    """Has the case's closing file looked at once more, where there is one and the audit rests on what was changed."""
    if not {change.path for change in changes} & _FACTS:
        return ()
    name = f"{record.number}|{record.registration.recipient.name}"
    try:
        life = registry.life(name)
    except UsageError:
        return ()
    if life.state in SETTLED:
        return ("该案结案卷宗已经核卷或者办结，没有重新审查；确需重新审查的，请先撤销核卷。",)
    registry.recheck(name, by=who)
    return ("该案结案卷宗将按更正后的登记重新审查，由 juanzong run 写出复核后的文书。",)


def _number_remark(before: CaseRecord, after: Registration, settings: Settings) -> tuple[str, ...]:
    """That the number says something else than the case now: it stays all the same."""
    fits = [
        settings.numbers.case_series(case.kind, case.stage, case.received_on.year).sequence_of(before.number)
        for case in (before.registration, after)
    ]
    if fits[0] is None or fits[1] is not None:
        return ()
    return (f"案件编号仍为{before.number}：编号中的类别字、阶段字或者年份与更正后的登记不一致，不影响使用。",)


def _paper_remarks(before: CaseRecord, after: CaseRecord, settings: Settings) -> tuple[str, ...]:
    """That what was written before stays as it was, and how the papers of the assignment are written anew."""
    remarks = []
    if any(not number.void for number in registry.numbers_of(before.number)):
        remarks.append("此前已经出具的文书仍是更正前的内容，程序不作改动；此后出具的文书按更正后的内容填写。")
    old, new = papers_folder(before, settings), papers_folder(after, settings)
    if old is not None and new is not None and old.is_dir():
        lawyer = registry.assignments(after.number)[-1].lawyer
        again = f"执行 juanzong assign {after.number} --to {lawyer.licence} --why 补写文书，编号不变"
        moved = f"将 {old} 移走后，" if old == new else ""
        remarks.append(f"需要按更正后的内容重写指派文书的，请{moved}{again}。")
        if old != new:
            remarks.append(f"受援人姓名已更正，此后的文书写入 {new.parent}。")
    return tuple(remarks)


def _against_lawyer(record: CaseRecord, today: date, settings: Settings) -> tuple[str, ...]:
    """What speaks against the lawyer who stands assigned."""
    assigned = registry.assignments(record.number)
    licence = assigned[-1].lawyer.licence if assigned else ""
    candidates = candidates_of(record, today, settings) if licence else ()
    return tuple(
        objection_text(each) for found in candidates if found.lawyer.licence == licence for each in found.excluded
    )
