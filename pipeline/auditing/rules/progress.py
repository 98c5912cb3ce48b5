"""The record of what was done for the case (承办情况通报/报告记录), held against the papers, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pydantic import Field

from pipeline.auditing.case import Case, Raised, all_legible, pages_of, title_of
from pipeline.auditing.layout import cells_of
from pipeline.auditing.rules.base import as_date, dates_of, in_chinese, raise_finding
from pipeline.auditing.rules.entries import Row, records_of, rows_of_record, wholly_read
from schemas.base import Frozen, Place, State
from schemas.report import Problem
from schemas.standard import RuleSetting

_FEWEST_ROWS = 2


class Act(Frozen):
    """Something that the record must speak of."""

    title: str
    """In Chinese, e.g. `会见受援人`."""
    pattern: str
    """A regular expression over the record's text without white space."""
    when: str | None = None
    """Condition over the facts; the act is expected only where it certainly holds."""
    documents: tuple[str, ...] = ()
    """Papers that show the act as well, so that the record may be silent."""


class ActsParameters(Frozen):
    """What must have been recorded."""

    acts: tuple[Act, ...] = Field(min_length=1)


def check_acts(case: Case, setting: RuleSetting, parameters: ActsParameters) -> Iterator[Raised]:
    """The acts of which a well-read record does not speak, in one finding. A record that is not well read says nothing."""
    records = records_of(case)
    if not records or len(rows_of_record(case)) < _FEWEST_ROWS or not all(_silent(case, index) for index in records):
        return
    said = "".join(row.text for row in rows_of_record(case))
    lacking = [act for act in parameters.acts if _expected(case, act) and re.search(act.pattern, said) is None]
    if not lacking:
        return
    document = case.volume.documents[records[0]]
    what = "、".join(act.title for act in lacking)
    yield raise_finding(
        case,
        setting,
        problem=Problem.INCOMPLETE,
        certain=not any(entry for entry in case.volume.pages if not entry.certain),
        document=records[0],
        message=f"{pages_of(document)}{title_of(document)}未记载{what}的情况。",
        remedy=f"请在{title_of(document)}上如实补记{what}的时间、方式和内容；确未办理的，请书面说明原因。",
        reason="卷内尚有未能确认的页，可能是该记录的续页；请核对。",
        evidence=(Place(page=document.first_page),),
    )


def _silent(case: Case, index: int) -> bool:
    """Whether what the record does not say is not there: print, read well, with entries on every page."""
    document = case.volume.documents[index]
    pages = set(range(document.first_page, document.last_page + 1))
    if not all_legible(case, document) or not pages <= {row.anchor.page for row in rows_of_record(case)}:
        return False
    cells = [cell for page in pages for cell in cells_of(case, page)]
    return all(wholly_read(case, page) for page in pages) and not any(
        cell.line.handwritten or cell.line.score < _FAIR or _HOLE.search(cell.line.text) is not None for cell in cells
    )


_FAIR = 0.85
_HOLE = re.compile(r"[\u4e00-\u9fff]{2}\s+[\u4e00-\u9fff]{2}")
"""A gap inside a line of text: a character may have been lost there."""


def _expected(case: Case, act: Act) -> bool:
    if act.when is not None and case.verdict(act.when).truth is not True:
        return False
    return not any(document.state is State.FOUND for _, document in case.of_type(*act.documents))


class Pair(Frozen):
    """An entry of the record and the paper that it speaks of."""

    title: str
    pattern: str
    dates: tuple[str, ...] = Field(min_length=1)
    """`<type>.<field>`: the days that the papers state; the first that can be read counts."""


class DatesParameters(Frozen):
    """Entries that must have the day of a paper."""

    pairs: tuple[Pair, ...] = ()


def check_dates(case: Case, setting: RuleSetting, parameters: DatesParameters) -> Iterator[Raised]:
    """Entries that run backwards, that lie outside the case, or that have another day than their paper."""
    rows = rows_of_record(case)
    records = records_of(case)
    if len(rows) < _FEWEST_ROWS or len(records) != 1:
        return
    faults = [*_backwards(rows), *_outside(case, rows), *_differing(case, rows, parameters)]
    if not faults:
        return
    document = case.volume.documents[records[0]]
    places = tuple(dict.fromkeys(place for fault in faults for place in (fault.place, fault.paper) if place))
    clauses = "；".join(dict.fromkeys(fault.clause for fault in faults))
    yield raise_finding(
        case,
        setting,
        problem=Problem.OUT_OF_SEQUENCE if any(fault.order for fault in faults) else Problem.INCONSISTENT,
        certain=any(fault.sure for fault in faults),
        document=records[0],
        message=f"{pages_of(document)}{title_of(document)}的记载与材料不符：{clauses}。",
        remedy=f"请核对{title_of(document)}所记日期，有误的予以更正并由承办人签名确认；记载无误的，请更正相应材料或者说明情况。",
        reason="可能是日期识读有误，或者另有材料未入卷；请对照原件核实。",
        evidence=places,
    )


class Fault(NamedTuple):
    clause: str
    place: Place
    sure: bool
    order: bool
    paper: Place | None = None
    """Where the paper states its day."""


def _backwards(rows: tuple[Row, ...]) -> Iterator[Fault]:
    """A day before that of the entry above. One slip is a wrong day; a table that jumps about is not in order of days."""
    sure = [row for row in rows if row.sure]
    falls = [(one, other) for one, other in pairwise(sure) if other.day < one.day]
    if len(falls) != 1:
        return
    one, other = falls[0]
    plausible = (one.day - other.day).days <= _PLAUSIBLE_DAYS
    clause = f"{in_chinese(other.day)}的记载排在{in_chinese(one.day)}之后"
    yield Fault(clause, other.place, plausible, order=True)


_PLAUSIBLE_DAYS = 300
"""A fall beyond this is rather a misread year."""


def _outside(case: Case, rows: tuple[Row, ...]) -> Iterator[Fault]:
    """Entries before the day of assignment, unless a paper bears that day: then the paper's own rule tells it."""
    assigned = dates_of(case, "case.assigned_on")
    if not assigned:
        return
    start = assigned[0].day
    papers = {as_date(value) for document in case.volume.documents for value in document.fields.values()}
    early = [
        row for row in rows if row.sure and 0 < (start - row.day).days <= _PLAUSIBLE_DAYS and row.day not in papers
    ]
    for row in early:
        clause = f"{in_chinese(row.day)}的记载早于指派日期（{in_chinese(start)}）"
        yield Fault(clause, row.place, sure=False, order=True)


def _differing(case: Case, rows: tuple[Row, ...], parameters: DatesParameters) -> Iterator[Fault]:
    """One entry and one paper for an act, and two days; an entry of the paper's day may be that of the act, misread."""
    for pair in parameters.pairs:
        entries = [row for row in rows if re.search(pair.pattern, row.text) is not None]
        papers = next((dates for operand in pair.dates if (dates := dates_of(case, operand))), [])
        if len(entries) != 1 or len(papers) != 1 or not entries[0].sure:
            continue
        row, paper = entries[0], papers[0]
        if any(other.day == paper.day for other in rows) or abs((row.day - paper.day).days) > _PLAUSIBLE_DAYS:
            continue
        clause = f"{pair.title}记为{in_chinese(row.day)}，{paper.name}为{in_chinese(paper.day)}"
        yield Fault(clause, row.place, sure=False, order=False, paper=paper.place)
