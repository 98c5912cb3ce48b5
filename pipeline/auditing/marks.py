"""Signatures, seals and fields that the papers in the volume must carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from pipeline.auditing.case import Case, Raised, all_legible, page_list, pages_of, places, title_of
from pipeline.auditing.papers import Examined, ordinal
from schemas.base import Place, State
from schemas.reading import PageKind
from schemas.report import Certainty, Effect, Finding, Problem
from schemas.standard import Duty, RequiredField, RequiredMark
from schemas.volume import FIELD_TITLES, MARK_TITLES, TYPED, Document, Mark

_SEALS = frozenset({"office_seal", "firm_seal", "organ_seal"})


def mark_findings(case: Case, examined: tuple[Examined, ...]) -> list[Raised]:
    """What the papers found for the items lack. A paper that serves two items is told once."""
    raised: dict[tuple[int, str], Raised] = {}
    for row in sorted(examined, key=lambda row: row.need.applies is False):
        if row.item.duty is Duty.OFFICE or row.found.substitute is not None:
            continue
        for index in row.found.sure:
            for what, entry in _of_document(case, row, index):
                told = entry if row.need.applies is not False else _of_a_paper_not_required(entry)
                if told is not None:
                    raised.setdefault((index, what), told)
    return list(raised.values())


def _of_a_paper_not_required(entry: Raised) -> Raised | None:
    """What a paper surely lacks that nobody had to hand in: to be put right, and no reason to withhold anything."""
    finding = entry.finding
    if finding.state is not Certainty.CERTAIN:
        return None
    effect = Effect.CORRECT if finding.effect is Effect.BLOCKS else finding.effect
    return replace(entry, finding=finding.model_copy(update={"effect": effect}))


def _of_document(case: Case, row: Examined, index: int) -> Iterator[tuple[str, Raised]]:
    """What one paper lacks: the mark or field by its name, and the finding."""
    document = case.volume.documents[index]
    lacking: set[str] = set()
    for required in row.item.marks:
        if required.when is not None and case.verdict(required.when).truth is not True:
            continue
        if required.materials and document.type not in required.materials:
            continue
        if required.each_page:
            if required.mark not in lacking:
                yield from ((f"{required.mark} each page", entry) for entry in _each_page(case, row, index, required))
        else:
            entry = _mark(case, row, index, required)
            if entry is not None:
                lacking.add(required.mark)
                yield required.mark, entry
    for required_field in row.item.fields:
        yield from ((required_field.field, entry) for entry in _field(case, row, document, index, required_field))


def _mark(case: Case, row: Examined, index: int, required: RequiredMark) -> Raised | None:
    document = case.volume.documents[index]
    mark = document.marks.get(required.mark)
    if mark is not None and mark.state is State.FOUND:
        return None
    surely = mark is not None and mark.state is State.MISSING and _closed(case, document)
    effect = required.effect
    if effect is Effect.BLOCKS and _sibling_has(case, row, index, required.mark):
        effect = Effect.CORRECT
    name = MARK_TITLES[required.mark]
    seal = required.mark in _SEALS
    message, reason = _texts(_called(case, row, document), name, mark, certain=surely)
    page = mark.page if mark is not None else None
    finding = Finding(
        id="",
        rule=case.rule_id(row.item.key),
        problem=Problem.UNSEALED if seal else Problem.UNSIGNED,
        document_type=document.type,
        document=index,
        state=Certainty.CERTAIN if surely else Certainty.UNCERTAIN,
        effect=effect,
        basis=required.basis or row.item.basis,
        remedy=_mark_remedy(document, name, seal=seal),
        evidence=(Place(page=page or document.last_page, box=mark.box if mark is not None else None),),
        standing=row.item.standing_of(required),
        message=message,
        reason=reason,
    )
    return Raised(finding, (row.item.key,))


def _called(case: Case, row: Examined, document: Document) -> str:
    """The paper with its number in the list and its pages, e.g. `第7项《指派通知书》（第5页）`."""
    return f"{ordinal(case, row)}{title_of(document)}（{pages_of(document)}）"


def _texts(where: str, name: str, mark: Mark | None, *, certain: bool) -> tuple[str, str]:
    if certain:
        typed = mark is not None and mark.detail.endswith(TYPED)
        return f"{where}缺{name}{f'（签名处{TYPED}）' if typed else ''}。", ""
    detail = f"（{mark.detail}）" if mark is not None and mark.detail else ""
    return (
        f"{where}是否有{name}未能确认。",
        f"扫描件上的{name}未能辨认{detail}；请对照原件核实，确实没有的应当补正。",
    )


def _mark_remedy(document: Document, name: str, *, seal: bool) -> str:
    verb = "加盖" if seal else "补齐"
    return f"请在{title_of(document)}上{verb}{name}后重新提交该材料。"


def _closed(case: Case, document: Document) -> bool:
    """Whether nothing that could hold the mark escaped: all pages seen, and the page behind is surely another paper."""
    if not all(_seen(case, number) for number in range(document.first_page, document.last_page + 1)):
        return False
    following = case.page(document.last_page + 1)
    return following is None or following.certain


def _seen(case: Case, number: int) -> bool:
    page = case.page(number)
    if page is None or page.page.reading.low_quality:
        return False
    return page.page.reading.kind not in (PageKind.UNREADABLE, PageKind.BLACK)


def _sibling_has(case: Case, row: Examined, index: int, mark: str) -> bool:
    """Whether another copy of the same paper carries the mark."""
    one = case.volume.documents[index]
    others = (case.volume.documents[other] for other in row.found.sure if other != index)
    return any(
        other.type == one.type and (found := other.marks.get(mark)) is not None and found.state is State.FOUND
        for other in others
    )


def _each_page(case: Case, row: Examined, index: int, required: RequiredMark) -> Iterator[Raised]:
    """A record signed page by page: the pages that surely lack it.

    The paper as a whole carries the mark, so that a page where it cannot be told is not worth a question.
    """
    document = case.volume.documents[index]
    marks = document.page_marks.get(required.mark, {})
    pages = sorted(number for number, mark in marks.items() if mark.state is State.MISSING and _seen(case, number))
    if not pages or len(marks) < 2:  # noqa: PLR2004 - a single page is the document's own mark
        return
    name, where = MARK_TITLES[required.mark], page_list(pages)
    yield Raised(
        Finding(
            id="",
            rule=case.rule_id(row.item.key),
            problem=Problem.UNSIGNED,
            document_type=document.type,
            document=index,
            state=Certainty.CERTAIN,
            effect=required.effect,
            message=f"{ordinal(case, row)}{title_of(document)}{where}缺{name}，未逐页签名。",
            basis=required.basis or row.item.basis,
            remedy=f"请由签名人在{title_of(document)}{where}签名或者捺指印后重新提交。",
            evidence=tuple(Place(page=page, box=marks[page].box) for page in pages),
            standing=row.item.standing_of(required),
        ),
        (row.item.key,),
    )


def _field(case: Case, row: Examined, document: Document, index: int, required: RequiredField) -> Iterator[Raised]:
    """A field that the paper leaves open. What could not be read is no finding; a date's place that looks empty is one."""
    value = document.fields.get(required.field)
    if value is None or value.value is not None or not _closed(case, document):
        return
    dated = required.field == "date"
    if value.state is State.MISSING and all_legible(case, document):
        broken = dated and _bears_a_broken_date(case, document)
        yield _left_open(case, row, index, required, _BROKEN if broken else None)
    elif dated and value.state is State.UNCERTAIN and required.effect is Effect.BLOCKS and value.score >= _SEEN_EMPTY:
        yield _left_open(case, row, index, required, _SEEMS_EMPTY)


_SEEN_EMPTY = 0.9
"""Score of a date's signs (`年  月  日`) with nothing between them from which their place is asked about."""


class _Doubt(NamedTuple):
    """Why it is not sure that a field is open: what is said of it, and what a person is asked to look at."""

    told: str
    reason: str


_BROKEN = _Doubt("日期不完整或者未能读全", "卷面有年、月而未读出日；请对照原件核实，确实没有注明的应当补正。")
_SEEMS_EMPTY = _Doubt("是否注明日期未能确认", "落款处未见年、月、日的数字；请对照原件核实，确实没有注明的应当补正。")


def _left_open(case: Case, row: Examined, index: int, required: RequiredField, doubt: _Doubt | None) -> Raised:
    document, item, dated = case.volume.documents[index], row.item, required.field == "date"
    value, verb = document.fields.get(required.field), "注明" if dated else "填写"
    name = FIELD_TITLES[required.field]
    place = None if value is None or value.page is None else Place(page=value.page, box=value.box)
    finding = Finding(
        id="",
        rule=case.rule_id(item.key),
        problem=Problem.UNDATED if dated else Problem.INCOMPLETE,
        document_type=document.type,
        document=index,
        state=Certainty.CERTAIN if doubt is None else Certainty.UNCERTAIN,
        effect=required.effect,
        message=f"{_called(case, row, document)}{f'未{verb}{name}' if doubt is None else doubt.told}。",
        basis=required.basis or item.basis,
        remedy=f"请在{title_of(document)}上{verb}{name}后重新提交该材料。",
        evidence=places(document) if place is None else (place,),
        standing=item.standing_of(required),
        reason="" if doubt is None else doubt.reason,
    )
    return Raised(finding, (item.key,))


_BROKEN_DATE = re.compile(r"(?:19|20)\d{2}[.．/年-]\d{1,2}[.．/月-]?")


def _bears_a_broken_date(case: Case, document: Document) -> bool:
    """Whether a line of the paper holds a year and a month and no more: the day may stand there, under a signature."""
    pages = (case.page(number) for number in range(document.first_page, document.last_page + 1))
    lines = (line.text for page in pages if page is not None for line in page.page.reading.lines)
    return any(_BROKEN_DATE.fullmatch("".join(text.split())) for text in lines)
