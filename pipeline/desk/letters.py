"""Letters on a case's way (办案过程中的文书): number, record and letter in one act.

As with an assignment, the numbers are drawn and the act recorded in one transaction, and the letters are written
afterwards: killed in between, the same request again writes the same letters under the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import registry
from pipeline.delivering import case_papers_folder, deliver_case_papers
from pipeline.desk.numbering import numbered, series_of
from pipeline.desk.outbox import demand_outbox
from pipeline.desk.papers import office_of
from pipeline.errors import UsageError
from pipeline.settings import Settings
from schemas.draft import DRAFT_TITLES, Draft, DraftKind, Office
from schemas.issuing import IssuedPaper
from schemas.registration import CaseRecord
from schemas.registration_events import RegistrationEvent
from schemas.roster import Assignment

Drafter = Callable[[Office, date, Mapping[DraftKind, str]], tuple[Draft, ...]]


@dataclass(frozen=True)
class LetterRequest:
    """What a person asks for: the letters that bear a number, what drafts them, their day, and what they say in short."""

    case: str
    kinds: tuple[DraftKind, ...]
    drafter: Callable[[CaseRecord, tuple[Assignment, ...]], Drafter]
    day: date
    said: str = ""
    ends_on: date | None = None
    """Of a termination: the day from which the case is closed."""


@dataclass(frozen=True)
class IssuedLetters:
    """The letters as they were written, and where."""

    papers: tuple[IssuedPaper, ...]
    drafts: tuple[Draft, ...]
    folder: Path
    anew: bool
    """False where they had been recorded before and only the files were written."""


def issue_letters(request: LetterRequest, settings: Settings, who: str) -> IssuedLetters:
    """Issues the letters. Raises UsageError where they may not be, before anything is drawn or recorded."""
    office = office_of(settings)
    demand_outbox(settings)
    with registry.one_act():
        record = _case(request.case)
        draft = request.drafter(record, registry.assignments(record.number))
        done = _unwritten(record, request, settings)
        if done is None:
            registry.demand_open(record.number)
            trial = draft(office, request.day, dict.fromkeys(request.kinds, ""))  # shows whatever is wrong
            papers = _numbered(record, request, {made.kind for made in trial}, settings, who)
            _record(record, request, papers, who)
            if _place(record, papers, settings).exists():
                raise UsageError(
                    f"{_place(record, papers, settings)} 已经存在，程序不会覆盖。请核对其中的文书，移走该文件夹后再出具。"
                )
        else:
            papers = done.papers
        drafts = draft(office, request.day, {paper.kind: paper.number for paper in papers})
    return IssuedLetters(papers, drafts, _written(record, papers, drafts, request, settings), anew=done is None)


def _case(number: str) -> CaseRecord:
    record = registry.find_case(number)
    if record is None:
        raise UsageError(f"没有编号为“{number}”的案件。已登记的案件见 juanzong case list。")
    return record


def _unwritten(record: CaseRecord, request: LetterRequest, settings: Settings) -> RegistrationEvent | None:
    """This very request, where it was the last thing recorded of the case and its letters are not there."""
    events = registry.registration_events(record.number)
    last = events[-1] if events else None
    if last is None or not last.papers or last.papers[0].kind is not request.kinds[0]:
        return None
    same = (last.why, last.dated, last.on) == (request.said, request.day, request.ends_on)
    return last if same and not _place(record, last.papers, settings).exists() else None


def _numbered(
    record: CaseRecord, request: LetterRequest, made: set[DraftKind], settings: Settings, who: str
) -> tuple[IssuedPaper, ...]:
    case = record.registration
    return tuple(
        numbered(kind, record.number, series_of(kind, case.kind, case.stage, request.day, settings), who)
        for kind in request.kinds
        if kind in made
    )


def _record(record: CaseRecord, request: LetterRequest, papers: tuple[IssuedPaper, ...], who: str) -> None:
    if request.ends_on is None:
        registry.record_issued(record.number, papers, dated=request.day, why=request.said, who=who)
    else:
        registry.record_closed(
            record.number, on=request.ends_on, why=request.said, who=who, terminated=True, papers=papers,
            dated=request.day,
        )  # fmt: skip


def _place(record: CaseRecord, papers: Sequence[IssuedPaper], settings: Settings) -> Path:
    return case_papers_folder(record, _name(papers), settings.outbox)


def _name(papers: Sequence[IssuedPaper]) -> str:
    return f"{DRAFT_TITLES[papers[0].kind]} {papers[0].number}"


def _written(
    record: CaseRecord,
    papers: Sequence[IssuedPaper],
    drafts: tuple[Draft, ...],
    request: LetterRequest,
    settings: Settings,
) -> Path:
    try:
        return deliver_case_papers(record, _name(papers), drafts, settings.outbox)
    except OSError as error:
        raise UsageError(
            f"文书已经编号、记录，但未能写入 {_place(record, papers, settings)}。请核对路径、权限和磁盘空间后，"
            f"以 --date {request.day} 重新执行同一命令：不会重复编号。"
        ) from error
