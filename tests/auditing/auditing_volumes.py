"""Closing files built by hand: every paper surely of its type, signed, sealed, dated, one page each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from pipeline.auditing import audit, load_standard
from pipeline.auditing.case import Case, merged_facts, weigh
from schemas.base import State
from schemas.case import CaseFacts, Fact, Kind, KnownCase, Origin, Stage
from schemas.materials import material_title
from schemas.reading import PageKind, PageReading, TextSource
from schemas.report import AuditReport, Source
from schemas.standard import Checklist, Duty, Item, Need, Standard
from schemas.volume import Candidate, CataloguedPage, Document, FieldValue, Mark, Page, Volume

SOURCE = Source(name="a.pdf", sha256="0" * 64, pages=1)
TODAY = date(2025, 6, 1)


@dataclass(frozen=True)
class Paper:
    """One paper of a built file."""

    type: str
    text: str = ""
    fields: dict[str, FieldValue] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    state: State = State.FOUND
    score: float = 0.98
    pages: int = 1
    texts: tuple[str, ...] = ()
    page_marks: dict[str, dict[int, Mark]] = field(default_factory=dict)
    certain: bool = True
    candidates: tuple[str, ...] = ()
    reading: dict[str, Any] = field(default_factory=dict)


def found(value: str, score: float = 0.98, state: State = State.FOUND) -> FieldValue:
    return FieldValue(value=value, state=state, score=score)


def lacking() -> FieldValue:
    return FieldValue(value=None, state=State.MISSING, score=0.95)


def mark(state: State = State.FOUND) -> Mark:
    return Mark(state=state, score=0.95)


def fact(value: str | bool | None, state: State = State.FOUND) -> Fact:
    return Fact(value=value, state=state)


def facts(**values: str | bool | None) -> CaseFacts:
    """Certain facts; None: unknown."""
    return CaseFacts(
        facts={
            name: fact(value, State.FOUND if value is not None else State.UNCERTAIN) for name, value in values.items()
        }
    )


def volume(papers: list[Paper], case_facts: CaseFacts, fields: dict[str, FieldValue] | None = None) -> Volume:
    pages: list[CataloguedPage] = []
    documents: list[Document] = []
    for paper in papers:
        first = len(pages) + 1
        texts = paper.texts or tuple(paper.text for _ in range(paper.pages))
        for number in range(first, first + len(texts)):
            reading = {
                "sha256": f"{paper.type}-{number}", "engine": "test/1", "kind": PageKind.CONTENT,
                "text_source": TextSource.OCR, "quality": 0.97, **paper.reading,
            }  # fmt: skip
            pages.append(
                CataloguedPage(
                    page=Page(number=number, reading=PageReading(**reading)),
                    document=len(documents) if paper.type != "blank" else None,
                    certain=paper.certain,
                    candidates=tuple(Candidate(type=type_, score=0.9) for type_ in (paper.candidates or (paper.type,)))
                    if paper.type != "blank"
                    else (),
                )
            )
        if paper.type != "blank":
            documents.append(_document(paper, first, texts))
    return Volume(pages=tuple(pages), documents=tuple(documents), fields=fields or {}, facts=case_facts)


def _document(paper: Paper, first: int, texts: tuple[str, ...]) -> Document:
    return Document(
        type=paper.type,
        title=material_title(paper.type),
        first_page=first,
        last_page=first + len(texts) - 1,
        state=paper.state,
        score=paper.score,
        fields=paper.fields,
        marks=paper.marks,
        texts=texts,
        page_marks=paper.page_marks,
    )


def run(file: Volume, known: KnownCase | None = None, standard: Standard | None = None) -> AuditReport:
    return audit(file, standard or gd(), SOURCE, known or KnownCase(), TODAY)


@cache
def gd() -> Standard:
    return load_standard("gd")


TEXTS = {
    "first_judgment": "（2024）粤0803刑初12号 如不服本判决，可在接到判决书的第二日起十日内上诉\n审判长",
    "earlier_judgments": "（2023）粤08刑初3号\n审判长",
    "effective_judgment": "（2023）粤08民终3号\n审判长",
    "retrial_decision": "决定再审\n审判长",
    "outcome_document": "审判长\n书记员",
    "no_hearing_explanation": "本案未开庭审理，情况说明如下",
    "enforceable_title": "民事判决书\n审判长",
    "enforcement_application": "申请强制执行",
    "withdrawal_request": "申请撤诉",
    "integrity_card": "廉洁办案监督卡",
    "termination_service": "送达文书：终止法律援助决定书",
    "process_record": "与对方协商调解；向法院了解执行情况",
}
"""What the papers that are told apart by their text say."""

DATES = {
    "application_form": "2025-03-03", "defence_notice": "2025-03-03", "approval_form": "2025-03-04",
    "grant_decision": "2025-03-05", "assignment_notice": "2025-03-05", "official_letter": "2025-03-05",
    "representation_agreement": "2025-03-06", "power_of_attorney": "2025-03-06", "meeting_record": "2025-03-07",
    "interview_record": "2025-03-07", "prosecution_opinion": "2025-03-01", "indictment": "2025-03-01",
    "file_review_note": "2025-03-10", "hearing_record": "2025-04-01", "advocacy_statement": "2025-04-02",
    "outcome_document": "2025-04-20", "closing_report": "2025-04-28",
}  # fmt: skip

COMPLETE_FACTS: dict[str, str | bool] = {
    "minor": False, "custody": "detained", "means_check": "check", "hearing_held": True, "evidence_taken": False,
    "appealable": False, "settled": False, "withdrawn": False, "aid_terminated": False, "plea": False,
    "result": "judgment",
}  # fmt: skip


def case_facts(checklist: Checklist, **changes: str | bool | None) -> CaseFacts:
    values: dict[str, str | bool | None] = {
        **COMPLETE_FACTS,
        "kind": checklist.kind.value,
        "origin": checklist.origins[0].value,
        "stage": checklist.stages[0].value if checklist.stages[0] else None,
        **changes,
    }
    return facts(**values)


OUTCOMES = {
    "二审": "（2025）粤08刑终3号 终审",
    "再审": "（2025）粤08刑再3号 再审判决",
    "死刑复核": "（2025）最高法刑核3号 裁定核准",
    "执行": "执行裁定书 终结本次执行",
}
"""What the result says where the checklist tells it from an earlier judgment, by a word of the checklist's title."""


def paper_for(item: Item, type_: str | None = None) -> Paper:
    """A flawless paper for the item."""
    type_ = type_ or item.materials[0]
    dated = {"date": found(DATES[type_])} if type_ in DATES and item.key not in EARLIER else {}
    marks = {required.mark: mark() for required in item.marks}
    return Paper(type_, text=TEXTS.get(item.key, f"{material_title(type_)}正文"), fields=dated, marks=marks)


EARLIER = {"first_judgment", "earlier_judgments", "effective_judgment", "retrial_decision", "enforceable_title"}


def needed(checklist: Checklist, case: CaseFacts) -> list[Item]:
    """The items that this case needs from the lawyer."""
    context = Case(
        volume=Volume(pages=(), documents=(), facts=case),
        standard=gd(),
        checklist=checklist,
        facts=merged_facts(Volume(pages=(), documents=(), facts=case), KnownCase()),
        known=KnownCase(),
        today=TODAY,
        scope="",
    )
    return [
        item
        for item in checklist.items
        if item.need in (Need.REQUIRED, Need.CONDITIONAL)
        and item.duty is Duty.LAWYER
        and weigh(context, item).applies is True
    ]


def complete(checklist: Checklist, **changes: str | bool | None) -> tuple[list[tuple[Item, Paper]], CaseFacts]:
    """A complete file for the checklist: one paper an item, in order, but one paper where it serves two items."""
    case = case_facts(checklist, **changes)
    said = next((text for word, text in OUTCOMES.items() if word in checklist.title), "")
    rows = [(item, paper_for(item)) for item in needed(checklist, case)]
    return [
        (item, replace(paper, text=f"{said} {paper.text}") if item.key == "outcome_document" else paper)
        for item, paper in rows
    ], case


def list_of(kind: Kind, stage: Stage | None = None, origin: Origin = Origin.APPLIED) -> Checklist:
    checklist = gd().checklist(kind, stage, origin)
    assert checklist is not None
    return checklist
