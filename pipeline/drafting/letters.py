"""Which letters a report calls for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline.drafting.codes import case_code, code_picture
from pipeline.drafting.contents import contents_values
from pipeline.drafting.cover import cover_values
from pipeline.drafting.notice import notice_findings, notice_values
from pipeline.drafting.notice_receipt import notice_receipt_values, receipt_values
from pipeline.drafting.opinion import opinion_values
from pipeline.drafting.pictures import CODE_PICTURE, with_picture
from pipeline.drafting.rendering import Values, render
from pipeline.drafting.review_form import review_values
from pipeline.drafting.subsidy_form import approval_values, calls_for_approval
from pipeline.drafting.subsidy_letters import refusal_values, suspending_findings, suspension_values
from pipeline.drafting.summary import summary_values
from pipeline.drafting.typical_case import typical_values
from pipeline.drafting.volume_note import note_values
from schemas.arrangement import ArrangedVolume, arranged
from schemas.draft import CureTerm, Draft, DraftKind, Office, Refusal
from schemas.progress import Progress
from schemas.report import AuditReport

FILE_NAMES: dict[DraftKind, str] = {
    DraftKind.AUDIT_OPINION: "审查意见书.docx",
    DraftKind.DEFICIENCY_NOTICE: "补正通知书（草稿）.docx",
    DraftKind.SUBSIDY_SUSPENSION: "暂缓发放补贴告知书（草稿）.docx",
    DraftKind.SERVICE_RECEIPT: "送达回证（补正通知书）.docx",
    DraftKind.SUBSIDY_REFUSAL: "不予发放补贴告知书（草稿）.docx",
    DraftKind.SUBSIDY_APPROVAL: "补贴审批表（草稿）.docx",
    DraftKind.CASE_SUMMARY: "案件摘要.docx",
    DraftKind.TYPICAL_CASE: "典型案例（草稿）.docx",
    DraftKind.VOLUME_COVER: "入卷材料/卷宗封面.docx",
    DraftKind.CONTENTS_LIST: "入卷材料/卷内目录.docx",
    DraftKind.REVIEW_FORM: "入卷材料/结案材料审查表.docx",
    DraftKind.VOLUME_NOTE: "入卷材料/卷内备考表.docx",
}
"""Where a paper lies in its round's folder: what waits for a decision at the top, what is bound with the volume below."""


REFUSAL_RECEIPT = "送达回证（不予发放补贴告知书）.docx"


def paper_file(kind: DraftKind) -> str:
    """The file of a paper in its round's folder."""
    return FILE_NAMES[kind]


class Round(NamedTuple):
    """What every paper of a round is drafted from."""

    report: AuditReport
    office: Office
    day: date
    number: int
    terms: tuple[CureTerm, ...] = ()
    progress: Progress | None = None


class _Paper(NamedTuple):
    kind: DraftKind
    is_due: Callable[[AuditReport], bool]
    values: Callable[[Round], Values]


def _always(_report: AuditReport) -> bool:
    return True


_PAPERS = (
    _Paper(
        DraftKind.AUDIT_OPINION,
        _always,
        lambda of: opinion_values(of.report, of.office, of.day, of.number, of.progress),
    ),
    _Paper(
        DraftKind.DEFICIENCY_NOTICE,
        lambda report: bool(notice_findings(report)),
        lambda of: notice_values(of.report, of.office, of.number, of.terms),
    ),
    _Paper(
        DraftKind.SUBSIDY_SUSPENSION,
        lambda report: bool(suspending_findings(report)),
        lambda of: suspension_values(of.report, of.office, of.number),
    ),
    _Paper(
        DraftKind.SERVICE_RECEIPT,
        lambda report: bool(notice_findings(report)),
        lambda of: notice_receipt_values(of.report, of.office),
    ),
    _Paper(
        DraftKind.SUBSIDY_APPROVAL,
        calls_for_approval,
        lambda of: approval_values(of.report, of.office, of.number),
    ),
    _Paper(DraftKind.CASE_SUMMARY, _always, lambda of: summary_values(of.report, of.office, of.number)),
    _Paper(DraftKind.VOLUME_COVER, _always, lambda of: cover_values(of.report, of.office)),
    _Paper(DraftKind.REVIEW_FORM, _always, lambda of: review_values(of.report, of.office, of.number)),
    _Paper(DraftKind.VOLUME_NOTE, _always, lambda of: note_values(of.report, of.office, of.number)),
)


def draft(  # noqa: PLR0913, PLR0917 - everything that a round's papers rest on
    report: AuditReport,
    office: Office,
    day: date,
    round_number: int,
    terms: tuple[CureTerm, ...] = (),
    progress: Progress | None = None,
) -> tuple[Draft, ...]:
    """The papers about `report`, drafted on `day` in the `round_number`-th round (from 1).

    Always the opinion, the summary and what is bound with the volume; the deficiency notice (补正通知书) only where the lawyer
    certainly has something to put right, the suspension (暂缓发放补贴告知书) only where the subsidy waits for that, the
    approval form (补贴审批表) only where nothing certain holds the subsidy up. A closing file that could not be opened
    calls for none: what is wrong with it, `delivering` says. `terms`: when the term to put things right ends;
    `progress`: what became of what the round before had found. The same input gives the same bytes. Raises `StandardError` for a bad template.
    """
    if report.status != "audited":
        return ()
    return tuple(_drafted(Round(report, office, day, round_number, terms, progress)))


def _drafted(of: Round) -> Iterator[Draft]:
    for paper in _PAPERS:
        if paper.is_due(of.report):
            letter = rendered(paper.kind, of.office, paper.values(of))
            yield _with_code(letter, of.report, of.number) if paper.kind is DraftKind.DEFICIENCY_NOTICE else letter
        if paper.kind is DraftKind.VOLUME_COVER:
            yield from _contents_lists(of)


def _contents_lists(of: Round) -> Iterator[Draft]:
    """The contents list of each volume; where there are several, each in a file that bears the volume's title."""
    kind = DraftKind.CONTENTS_LIST
    volumes = arranged(of.report) or (ArrangedVolume(title="", papers=()),)
    for volume in volumes:
        drafted = rendered(kind, of.office, contents_values(of.report, of.office, volume))
        name = Path(FILE_NAMES[kind])
        title = f"{name.stem}（{volume.title}）{name.suffix}" if len(volumes) > 1 else name.name
        yield drafted.model_copy(update={"file_name": (name.parent / title).as_posix()})


def draft_refusal(report: AuditReport, office: Office, refusal: Refusal, round_number: int) -> Draft:
    """The 不予发放补贴告知书, which no audit calls for: only a person's decision does."""
    return rendered(DraftKind.SUBSIDY_REFUSAL, office, refusal_values(report, office, refusal, round_number))


def draft_refusal_receipt(report: AuditReport, office: Office) -> Draft:
    """The 送达回证 that goes out with the refusal."""
    kind = DraftKind.SERVICE_RECEIPT
    values = receipt_values(report, office, (DraftKind.SUBSIDY_REFUSAL,))
    return Draft(kind=kind, file_name=REFUSAL_RECEIPT, content=render(kind, values, office.templates_dir))


def draft_typical_case(report: AuditReport, office: Office) -> Draft:
    """The 典型案例, anonymised; drafted when somebody asks for it, since it is meant for publication."""
    return rendered(DraftKind.TYPICAL_CASE, office, typical_values(report, office))


def rendered(kind: DraftKind, office: Office, values: Values) -> Draft:
    return Draft(kind=kind, file_name=FILE_NAMES[kind], content=render(kind, values, office.templates_dir))


def _with_code(letter: Draft, report: AuditReport, round_number: int) -> Draft:
    picture = code_picture(case_code(report, round_number))
    return letter.model_copy(update={"content": with_picture(letter.content, CODE_PICTURE, picture)})
