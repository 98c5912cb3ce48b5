"""The report, written from what the audit found."""

from __future__ import annotations

from pipeline.auditing.case import Case, Raised
from pipeline.auditing.deciding import subsidy_decision
from pipeline.auditing.papers import Examined
from pipeline.auditing.phrases import NEED_TITLES, item_condition
from pipeline.auditing.rulings import identified
from pipeline.auditing.selection import Selection
from schemas.base import State
from schemas.materials import material_title
from schemas.report import (
    AuditReport,
    Certainty,
    ChecklistResult,
    DirectoryLine,
    Duty,
    Finding,
    ItemState,
    Problem,
    ReportCase,
    ReportDocument,
    ReportPage,
    ReportStandard,
    Source,
)
from schemas.standard import Item, Need
from schemas.volume import CataloguedPage, Document


def written(
    case: Case, selection: Selection, examined: tuple[Examined, ...], raised: list[Raised], source: Source
) -> AuditReport:
    """Everything put into the form that the contract fixes."""
    hashes = {page.page.number: page.page.reading.sha256 for page in case.volume.pages}
    findings = tuple(identified(entry.finding, hashes) for entry in raised)
    standard = case.standard
    cure = standard.deadlines.get("cure")
    return AuditReport(
        source=source,
        status="audited",
        standard=ReportStandard(
            id=standard.id,
            version=standard.version,
            standing=standard.standing,
            title=standard.title,
            cure_days=cure.days if cure else None,
            cure_working_days=cure.working if cure else True,
        ),
        case=ReportCase(
            kind=selection.kind,
            stage=selection.stage,
            origin=selection.origin,
            fields=dict(case.volume.fields),
            facts=dict(case.facts.facts),
        ),
        pages=tuple(_page(case, page) for page in case.volume.pages),
        documents=tuple(_document(document) for document in case.volume.documents),
        findings=findings,
        checklist=tuple(_row(case, row, raised) for row in examined),
        directory=_directory(case, examined),
        subsidy=subsidy_decision(findings),
    )


def _directory(case: Case, examined: tuple[Examined, ...]) -> tuple[DirectoryLine, ...]:
    """The prescribed directory with the papers in each line; a line without papers stays. Empty if it is not for this kind."""
    if all(item.slot is None for item in case.checklist.items):
        return ()
    taken: dict[int | None, list[int]] = {}
    for index, document in enumerate(case.volume.documents):
        taken.setdefault(_slot_of(case, examined, index, document), []).append(index)
    volumes = {volume.id: volume.title for volume in case.standard.volumes}
    return tuple(
        DirectoryLine(
            number=slot.number,
            title=slot.title,
            volume=volumes.get(slot.volume, ""),
            documents=tuple(taken.get(place, ())),
        )
        for place, slot in enumerate(case.standard.slots, start=1)
        if not slot.unlisted
    )


def _slot_of(case: Case, examined: tuple[Examined, ...], index: int, document: Document) -> int | None:
    """The place, from 1, of a paper: where the item stands that it is named for, else the slot that names its type."""
    own = (row.item.slot for row in examined if index in row.found.documents and row.item.materials[0] == document.type)
    places = list(enumerate(case.standard.slots, start=1))
    named = (place for place, slot in places if document.type in (*slot.materials, *slot.also))
    rest = (place for place, slot in places if slot.rest)
    return next(own, None) or next(named, None) or next(rest, None)


def _page(case: Case, page: CataloguedPage) -> ReportPage:
    reading = page.page.reading
    document = case.volume.documents[page.document] if page.document is not None else None
    return ReportPage(
        number=page.page.number,
        document=page.document,
        kind=reading.kind.value,
        rotation=reading.rotation,
        text_source=reading.text_source.value,
        type=document.type if document is not None else None,
        state=State.FOUND if page.certain else State.UNCERTAIN,
        low_quality=reading.low_quality,
        reason=reading.reason,
        sha256=reading.sha256,
    )


def _document(document: Document) -> ReportDocument:
    return ReportDocument(
        type=document.type,
        title=document.title,
        first_page=document.first_page,
        last_page=document.last_page,
        state=document.state,
        score=document.score,
        fields=dict(document.fields),
        marks=dict(document.marks),
    )


def _row(case: Case, row: Examined, raised: list[Raised]) -> ChecklistResult:
    about = [entry.finding for entry in raised if row.item.key in entry.items]
    documents = row.found.documents
    pages = [
        number
        for index in documents
        for number in range(case.volume.documents[index].first_page, case.volume.documents[index].last_page + 1)
    ]
    return ChecklistResult(
        item=row.item.key,
        title=row.item.title or material_title(row.item.materials[0]),
        need=need_text(row.item),
        state=_state(row, about),
        documents=documents,
        pages=tuple(pages),
        findings=tuple(finding.id for finding in about),
        basis=row.item.basis,
        standing=row.item.standing,
        volume=case.standard.volume_title(row.item),
        slot=slot.number if (slot := case.standard.slot_of(row.item)) is not None and not slot.unlisted else None,
    )


def need_text(item: Item) -> str:
    """Whether the item must be there, in Chinese, with its condition."""
    if item.duty is Duty.OFFICE:
        return "由法律援助机构办理"
    condition = item_condition(item)
    return f"{NEED_TITLES[item.need]}（{condition}）" if condition else NEED_TITLES[item.need]


def _state(row: Examined, about: list[Finding]) -> ItemState:
    certain = [finding for finding in about if finding.state is Certainty.CERTAIN]
    if any(finding.problem is Problem.MISSING for finding in certain):
        return ItemState.MISSING
    if not row.found.documents:
        return ItemState.UNCERTAIN if about or _left_open(row) else ItemState.NOT_REQUIRED
    if certain:
        return ItemState.IRREGULAR
    return ItemState.UNCERTAIN if about or not row.found.sure else ItemState.COMPLETE


def _left_open(row: Examined) -> bool:
    """Whether the paper is due from the lawyer and was not found, and nobody was asked since it would only be noted."""
    item = row.item
    return row.need.applies is True and item.need is not Need.FORBIDDEN and item.duty is Duty.LAWYER
