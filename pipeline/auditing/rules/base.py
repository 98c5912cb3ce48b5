"""What rules share: a finding made from a setting, and dates read from papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple, cast

from pipeline.auditing.case import Case, Raised, given, handwritten, page_list, pages_of, title_of
from schemas.base import Place, State
from schemas.report import Certainty, Duty, Effect, Finding, Problem
from schemas.standard import RuleSetting
from schemas.volume import Document, FieldValue


def raise_finding(  # noqa: PLR0913 - the parts of a finding
    case: Case,
    setting: RuleSetting,
    *,
    problem: Problem,
    certain: bool,
    message: str,
    remedy: str,
    reason: str = "",
    document: int | None = None,
    evidence: tuple[Place, ...] = (),
    effect: Effect | None = None,
    absorbs: frozenset[tuple[int, str]] = frozenset(),
    duty: Duty = Duty.LAWYER,
) -> Raised:
    """A finding of the setting's rule. `reason` is kept only where the finding is uncertain."""
    type_ = case.volume.documents[document].type if document is not None else None
    finding = Finding(
        id="",
        rule=case.rule_id(setting.rule),
        problem=problem,
        document_type=type_,
        document=document,
        state=Certainty.CERTAIN if certain else Certainty.UNCERTAIN,
        effect=effect or setting.effect,
        message=message,
        basis=setting.basis,
        remedy=remedy,
        evidence=evidence,
        standing=setting.standing,
        duty=duty,
        reason="" if certain else reason,
    )
    return Raised(finding, _items(case, type_), absorbs)


def ask(  # noqa: PLR0913 - the parts of a question
    case: Case,
    setting: RuleSetting,
    *,
    problem: Problem,
    message: str,
    remedy: str,
    reason: str,
    document: int | None = None,
    evidence: tuple[Place, ...] = (),
    absorbs: frozenset[tuple[int, str]] = frozenset(),
    duty: Duty = Duty.LAWYER,
) -> Raised:
    """A question of the setting's rule: a finding that is never certain."""
    return raise_finding(
        case,
        setting,
        problem=problem,
        certain=False,
        message=message,
        remedy=remedy,
        reason=reason,
        document=document,
        evidence=evidence,
        absorbs=absorbs,
        duty=duty,
    )


def _items(case: Case, type_: str | None) -> tuple[str, ...]:
    return tuple(item.key for item in case.checklist.items if type_ is not None and type_ in item.materials[:1])


class Dated(NamedTuple):
    """A date that a paper surely states, or that someone gave (`document` None)."""

    day: date
    document: int | None
    place: Place | None
    name: str
    """How it is called in a message, e.g. `第3页《指派通知书》日期`."""
    pen: bool = False
    """Written by hand: a digit may be another, so that whatever rests on it is a question."""
    disputed: bool = False
    """Not surely read, for whatever reason: a question as well."""

    @property
    def reason(self) -> str:
        """Why what rests on it is a question."""
        return DISPUTED if self.disputed else BY_PEN


_FAR_FUTURE_DAYS = 366


def as_date(value: FieldValue | None) -> date | None:
    """The date of a field that was surely read, else None."""
    if value is None or value.state is not State.FOUND or not value.value:
        return None
    try:
        return date.fromisoformat(value.value)
    except ValueError:
        return None


_PLAIN = 0.98
"""Score of a date by pen from which it serves for a question."""


def _by_pen(case: Case, value: FieldValue | None) -> date | None:
    """The day that a pen wrote plainly and that nothing confirms: enough for a question, never for more."""
    if value is None or value.state is not State.UNCERTAIN or value.score < _PLAIN or not handwritten(case, value):
        return None
    return as_date(value.model_copy(update={"state": State.FOUND}))


def misread(case: Case, day: date) -> bool:
    """Whether the day is so far in the future that it can only be a misread year."""
    return (day - case.today).days > _FAR_FUTURE_DAYS


_FIELD_WORDS = {
    "date": "日期",
    "hearing_date": "载明的开庭日期",
    "closed_on": "载明的结案日期",
    "assigned_on": "载明的指派日期",
}


def dates_of(case: Case, operand: str) -> list[Dated]:
    """The dates that `operand` names: `hearing_record.date`, or `case.closed_on` for a field of the case.

    Only what was surely read, on papers surely of the type and of this case.
    """
    key = ("dates", operand)
    if key not in case.memo:
        case.memo[key] = tuple(_dates(case, operand))
    return list(cast("tuple[Dated, ...]", case.memo[key]))


def _dates(case: Case, operand: str) -> list[Dated]:
    type_, _, name = operand.partition(".")
    if type_ == "case":
        return _case_date(case, name)
    return list(_stated(case, type_, name, lambda value: as_date(value) or _by_pen(case, value)))


def disputed_dates(case: Case, operand: str) -> list[Dated]:
    """The days that papers seem to bear and that were not surely read: what they rest on is a question, never more."""
    type_, _, name = operand.partition(".")
    return [dated._replace(disputed=True) for dated in _stated(case, type_, name, _disputed)]


def _disputed(value: FieldValue) -> date | None:
    return as_date(value.model_copy(update={"state": State.FOUND})) if value.state is State.UNCERTAIN else None


def _stated(case: Case, type_: str, name: str, day_of: Callable[[FieldValue], date | None]) -> Iterator[Dated]:
    """What `day_of` makes of a field of the papers of a type; no day that can only be a misread year."""
    for index, document in _own(case, type_):
        value = document.fields.get(name)
        day = day_of(value) if value is not None and document.state is State.FOUND else None
        if value is None or day is None or misread(case, day):
            continue
        place = Place(page=value.page or document.first_page, box=value.box)
        label = f"{pages_of(document)}{title_of(document)}{_FIELD_WORDS.get(name, '日期')}"
        yield Dated(day, index, place, label, handwritten(case, value))


def _own(case: Case, *types: str) -> Iterator[tuple[int, Document]]:
    """The papers of these types that are this case's own: no other case's, and no judgment that is appealed against."""
    for index, document in case.of_type(*types):
        earlier = document.type == _RESULT and _of_the_stage_before(case, index)
        if index not in case.foreign and not earlier:
            yield index, document


_RESULT = "outcome_document"
_ABOVE = frozenset({"trial_second", "retrial", "death_review"})
_SORT_OF_NUMBER = re.compile(r"[刑民行](初|终|再|核|申)\d")


def _of_the_stage_before(case: Case, index: int) -> bool:
    """Whether a judgment is that which is appealed against: its own number, the first on it, is of the first instance."""
    if case.facts.certain("stage") not in _ABOVE:
        return False
    own = _SORT_OF_NUMBER.search(case.text(index))
    return own is not None and own.group(1) == "初"


def undated_pages(case: Case, *operands: str) -> tuple[int, ...]:
    """The pages of papers that one of the operands names, or may name, and of which none gave a day for sure.

    Where the earliest or the latest of several papers counts, any of them may be the one. Operands behind the first that
    gives a day do not count; a day of the case is one that all papers together have settled.
    """
    key = ("undated", operands)
    if key not in case.memo:
        case.memo[key] = tuple(_undated(case, operands))
    return cast("tuple[int, ...]", case.memo[key])


def _undated(case: Case, operands: tuple[str, ...]) -> Iterator[int]:
    used = next((place for place, operand in enumerate(operands, start=1) if dates_of(case, operand)), len(operands))
    if operands[used - 1].startswith("case."):
        return
    types = {operand.partition(".")[0] for operand in operands[:used]}
    read = {dated.document for operand in operands for dated in dates_of(case, operand)}
    for index, document in _own(case, *sorted(types)):
        if index not in read and not _surely_undated(document, operands):
            yield document.first_page
    for page in case.volume.pages:
        own = case.volume.documents[page.document].type if page.document is not None else None
        if not page.certain and own not in types and types & {one.type for one in page.candidates}:
            yield page.page.number


def _surely_undated(document: Document, operands: tuple[str, ...]) -> bool:
    """Whether the paper, surely of its type, surely leaves its date open."""
    names = [name for type_, _, name in (operand.partition(".") for operand in operands) if type_ == document.type]
    values = [document.fields.get(name) for name in names]
    return document.state is State.FOUND and all(value is not None and value.state is State.MISSING for value in values)


def _case_date(case: Case, name: str) -> list[Dated]:
    known = given(case.known, name)
    title = {"assigned_on": "指派日期", "closed_on": "结案日期", "submitted_on": "提交日期"}.get(name, name)
    if known is not None:
        return [Dated(date.fromisoformat(known), None, None, title)]
    value = case.volume.fields.get(name)
    day = as_date(value)
    if day is None or value is None or misread(case, day):
        return []
    place = Place(page=value.page, box=value.box) if value.page is not None else None
    return [Dated(day, None, place, title, handwritten(case, value))]


def not_read(pages: tuple[int, ...]) -> str:
    """Why a finding about dates stays a question."""
    return f"{page_list(pages)}也可能是该材料，其日期未能识读；请对照原件核实。"


BY_PEN = "日期系手写，可能识读有误；请对照原件核实。"
DISPUTED = "该日期未能确认，可能识读有误；请对照原件核实。"


def in_chinese(day: date) -> str:
    """`2024年3月5日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def evidence_of(*dates: Dated) -> tuple[Place, ...]:
    return tuple(dated.place for dated in dates if dated.place is not None)
