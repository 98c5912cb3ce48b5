"""Assigning (指派): the proposal for a case, a person's choice, and the papers that follow from it.

The numbers are drawn, the papers drafted and the choice recorded in one transaction; the papers are written afterwards
from what was recorded. Killed before the end of the transaction, nothing has happened; killed after it, the same choice
made again writes the same papers under the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import registry
from pipeline.assigning import (
    Caseload,
    case_remarks,
    demand_permitted,
    despite,
    late_remark,
    meant,
    propose,
    related_cases,
    words_of,
)
from pipeline.delivering import case_papers_folder, deliver_case_papers, to_pdf
from pipeline.desk.numbering import numbered, series_of
from pipeline.desk.outbox import demand_outbox
from pipeline.desk.papers import office_of
from pipeline.drafting.assignment import assignment_doubts, assignment_papers, draft_assignment, draft_lawyer_change
from pipeline.errors import UsageError
from pipeline.settings import Settings
from schemas.draft import Draft, DraftKind
from schemas.letter_requests import LawyerChange
from schemas.numbering import LETTER_WORDS
from schemas.registration import CaseRecord
from schemas.roster import Assignment, Candidate

_FIRST_FOLDER = "指派文书"
_ONLY_ONCE = frozenset({DraftKind.GRANT_DECISION, DraftKind.RIGHTS_NOTICE})
"""What the recipient has got with the first assignment."""


@dataclass(frozen=True)
class Proposed:
    """A case, whom to assign, what is to be known before choosing, and who handles it already."""

    record: CaseRecord
    candidates: tuple[Candidate, ...]
    remarks: tuple[str, ...]
    standing: Assignment | None


@dataclass(frozen=True)
class Choice:
    """Whom a person chose (licence number or name), on which day, who chose and why; of a replacement, the request."""

    who: str
    day: date
    by: str
    why: str
    override: str = ""
    change: LawyerChange | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a choice. `anew` is False where it stood already and only its papers were looked after."""

    assignment: Assignment
    folder: Path | None
    """Where the papers stand; None where the case calls for none."""
    anew: bool


def proposal(number: str, day: date, settings: Settings) -> Proposed:
    """Whom to assign to the registered case on `day`. Raises UsageError for a number that nobody registered."""
    record = _case(number)
    candidates = candidates_of(record, day, settings)
    standing = _standing(record)
    late = late_remark(record, day) if standing is None else ()
    remarks = (*case_remarks(record, candidates), *late, *assignment_doubts(record))
    return Proposed(record, candidates, remarks, standing)


def assign(number: str, choice: Choice, settings: Settings, today: date) -> Outcome:
    """Assigns the case as a person chose, and writes the papers.

    Raises UsageError where the choice may not stand: an excluded lawyer without a reason, a case that is assigned
    already, a day that cannot be.
    """
    record = _case(number)
    if assignment_papers(record):
        demand_outbox(settings)
    with registry.one_act():
        assignment, drafts = _assigned(record, choice, settings, today)
    return Outcome(assignment, write_papers(record, assignment, settings, drafts), anew=drafts is not None)


def _assigned(
    record: CaseRecord, choice: Choice, settings: Settings, today: date
) -> tuple[Assignment, tuple[Draft, ...] | None]:
    """The assignment, recorded, and its papers; without papers where it had been recorded before."""
    candidates = candidates_of(record, choice.day, settings)
    candidate = meant(candidates, choice.who)
    standing = _standing(record)
    if standing is not None and standing.lawyer.licence == candidate.lawyer.licence:
        return standing, None  # 上一次执行已经记录，只是文书可能没有写完
    registry.demand_open(record.number)
    _demand_possible(record, choice, standing, today)
    demand_permitted(candidate, choice.override)
    assignment = Assignment(
        case_number=record.number,
        lawyer=candidate.lawyer,
        assigned_on=choice.day,
        chosen_by=choice.by,
        why=choice.why,
        replaces=standing.lawyer.licence if standing is not None else "",
        change=choice.change,
        override=choice.override,
        despite=despite(candidate),
        numbers=_numbers(record, candidate, choice, standing, settings),
    )
    drafts = _drafts(record, assignment, standing, settings)  # 写不成文书的，不记录、不占号
    registry.record_assignment(assignment)
    return assignment, drafts


def _demand_possible(record: CaseRecord, choice: Choice, standing: Assignment | None, today: date) -> None:
    received = record.registration.received_on
    if choice.day > today:
        raise UsageError(f"指派日期{choice.day}晚于今天，请核对。")
    if choice.day < received:
        raise UsageError(f"指派日期{choice.day}早于受理日期{received}，请核对。")
    if standing is None and choice.change is not None:
        raise UsageError(f"案件 {record.number} 尚未指派，不能更换承办人；首次指派请不加 --replace。")
    if standing is not None and choice.change is None:
        raise UsageError(
            f"案件 {record.number} 已于{standing.assigned_on}指派{standing.lawyer.firm}{standing.lawyer.name}；"
            "更换承办人请加 --replace。"
        )
    if standing is not None and choice.day < standing.assigned_on:
        raise UsageError(f"更换日期{choice.day}早于原指派日期{standing.assigned_on}，请核对。")


def _numbers(
    record: CaseRecord, candidate: Candidate, choice: Choice, standing: Assignment | None, settings: Settings
) -> dict[DraftKind, str]:
    """The numbers of the papers that bear one, drawn in the order of a case's life; those of papers that still hold stay."""
    left_out = _left_out(standing, candidate.lawyer.firm)
    kinds = [kind for kind in assignment_papers(record) if kind not in left_out]
    if standing is not None:
        kinds.append(DraftKind.LAWYER_CHANGE_NOTICE)
    drawn = {kind: _drawn(record, kind, choice, settings) for kind in kinds if kind in LETTER_WORDS}
    return {**(standing.numbers if standing is not None else {}), **drawn}


def _drawn(record: CaseRecord, kind: DraftKind, choice: Choice, settings: Settings) -> str:
    registration = record.registration
    series = series_of(kind, registration.kind, registration.stage, choice.day, settings)
    return numbered(kind, record.number, series, choice.by).number


def _left_out(standing: Assignment | None, firm: str) -> frozenset[DraftKind]:
    """What a replacement does not need again; within one firm the notice of the change stands for a new assignment."""
    if standing is None:
        return frozenset()
    return _ONLY_ONCE | ({DraftKind.ASSIGNMENT_NOTICE} if standing.lawyer.firm == firm else set())


def _drafts(
    record: CaseRecord, assignment: Assignment, before: Assignment | None, settings: Settings
) -> tuple[Draft, ...]:
    """The papers of an assignment, dated on its day; `before` is the assignment that it replaces."""
    office, day, numbers = office_of(settings), assignment.assigned_on, assignment.numbers
    left_out = _left_out(before, assignment.lawyer.firm)
    drafts = draft_assignment(record, assignment, office, day, numbers, left_out)
    if before is None or assignment.change is None:
        return drafts
    notice = DraftKind.LAWYER_CHANGE_NOTICE
    changed = draft_lawyer_change(
        record, before.lawyer, assignment.lawyer, assignment.change, office, day, numbers.get(notice, "")
    )
    return (*(_for_former_firm(each) for each in changed), *drafts)


def _for_former_firm(one: Draft) -> Draft:
    """Its receipt must not take the name of the new firm's."""
    if one.kind is not DraftKind.SERVICE_RECEIPT:
        return one
    return one.model_copy(update={"file_name": "送达回证（更换通知书）.docx"})


def write_papers(
    record: CaseRecord, assignment: Assignment, settings: Settings, drafts: tuple[Draft, ...] | None = None
) -> Path | None:
    """The papers of a recorded assignment in the outbox; what stands there is left. None where the case calls for none."""
    if not assignment_papers(record):
        return None
    before, name = _place(record, assignment)
    folder = case_papers_folder(record, name, settings.outbox)
    if not folder.exists():
        made = _drafts(record, assignment, before, settings) if drafts is None else drafts
        deliver_case_papers(record, name, made, settings.outbox)
    if settings.pdf_copies:
        for letter in sorted(folder.glob("*.docx")):
            to_pdf(letter)
    return folder


def papers_missing(record: CaseRecord, assignment: Assignment, settings: Settings) -> bool:
    """Whether the papers of a recorded assignment were never written."""
    name = _place(record, assignment)[1]
    return bool(assignment_papers(record)) and not case_papers_folder(record, name, settings.outbox).exists()


def papers_folder(record: CaseRecord, settings: Settings) -> Path | None:
    """Where the papers of the standing assignment belong, by the case's registration; None where there are none."""
    standing = _standing(record)
    if standing is None or not assignment_papers(record):
        return None
    return case_papers_folder(record, _place(record, standing)[1], settings.outbox)


def _place(record: CaseRecord, assignment: Assignment) -> tuple[Assignment | None, str]:
    """The assignment before this one, and the folder's name: 指派文书, 更换文书（1）, 更换文书（2） …"""
    recorded = registry.assignments(record.number)
    place = recorded.index(assignment)
    return (recorded[place - 1], f"更换文书（{place}）") if place else (None, _FIRST_FOLDER)


def _case(number: str) -> CaseRecord:
    record = registry.find_case(number)
    if record is None:
        raise UsageError(f"台账中没有编号为“{number}”的案件，请核对案件编号（juanzong case list 列出全部案件）。")
    return record


def _standing(record: CaseRecord) -> Assignment | None:
    recorded: Sequence[Assignment] = registry.assignments(record.number)
    return recorded[-1] if recorded else None


def candidates_of(record: CaseRecord, day: date, settings: Settings) -> tuple[Candidate, ...]:
    """Everybody on the roster, with what speaks for and against him in this case."""
    related = related_cases(record, registry.list_cases(words_of(record)))
    caseload = Caseload(
        cases=related,
        assignments=tuple(each for case in (record, *related) for each in registry.assignments(case.number)),
        open_cases=tuple(sorted(registry.open_cases().items())),
        last=tuple(sorted(registry.last_assigned().items())),
    )
    return propose(record, registry.roster(), caseload, day, settings.assigning)
