"""The case under audit: its papers, its facts, its checklist, and the questions that every rule asks of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from pipeline.auditing.conditions import Verdict, evaluate, parse
from pipeline.auditing.values import COMPARERS, Likeness
from schemas.base import Box, Place, State
from schemas.case import FACT_TITLES, CaseFacts, Fact, KnownCase
from schemas.materials import material_title
from schemas.outline import CaseOutline
from schemas.reading import PageKind, TextSource
from schemas.report import Finding
from schemas.sketch import Sketch
from schemas.standard import Checklist, Item, Standard
from schemas.volume import CataloguedPage, Document, FieldValue, Volume

_LEGIBLE = 0.85
"""Mean line score from which a page's text may speak against something. Good office scans read at 0.95 and above."""


@dataclass(frozen=True)
class Raised:
    """A finding on its way into the report, with the checklist items it is about."""

    finding: Finding
    items: tuple[str, ...] = ()
    absorbs: frozenset[tuple[int, str]] = frozenset()
    """(document, problem) pairs that have the same cause and are not told twice."""


@dataclass(frozen=True)
class Case:
    """All that an audit looks at."""

    volume: Volume
    standard: Standard
    checklist: Checklist
    facts: CaseFacts
    known: KnownCase
    today: date
    scope: str
    """`<kind>.<stage>`, the middle of a finding's rule."""
    assumed: dict[str, str] = field(default_factory=dict)
    """What this checklist is for, where kind, stage or origin is open: presumed while the checklist is tried."""
    foreign: frozenset[int] = field(default_factory=frozenset)
    """Documents that belong to another case; they satisfy nothing."""
    forbidden: frozenset[int] = field(default_factory=frozenset)
    """Documents that surely must not be in the volume; they satisfy nothing either."""
    missing: frozenset[str] = field(default_factory=frozenset)
    """Types of paper that a finding already calls missing, or asks about: their cause is told."""
    archive: tuple[Sketch, ...] = ()
    """Fingerprints of other closing files' papers, to be held against this one's."""
    neighbours: tuple[CaseOutline, ...] = ()
    """Outlines of other closing files that have a number or a person in common with this one."""

    memo: dict[object, object] = field(default_factory=dict, compare=False, repr=False)
    """What has been worked out once; many rules ask the same of the same papers."""

    def rule_id(self, name: str) -> str:
        return f"{self.standard.id}/{self.scope}/{name}"

    def page(self, number: int) -> CataloguedPage | None:
        """The page of that number; pages stand in order and count from 1."""
        pages = self.volume.pages
        if 1 <= number <= len(pages) and pages[number - 1].page.number == number:
            return pages[number - 1]
        return next((page for page in pages if page.page.number == number), None)

    def of_type(self, *types: str) -> tuple[tuple[int, Document], ...]:
        """The documents of any of `types`, each with its index, in page order."""
        known = self.memo.get(types)
        if isinstance(known, tuple):
            return known
        found = [pair for type_ in dict.fromkeys(types) for pair in self._by_type.get(type_, ())]
        if len(types) > 1:
            found.sort(key=_index)
        self.memo[types] = tuple(found)
        return tuple(found)

    @property
    def _by_type(self) -> dict[str, list[tuple[int, Document]]]:
        known = self.memo.get("types")
        if isinstance(known, dict):
            return known
        grouped: dict[str, list[tuple[int, Document]]] = {}
        for index, document in enumerate(self.volume.documents):
            grouped.setdefault(document.type, []).append((index, document))
        self.memo["types"] = grouped
        return grouped

    def text(self, index: int) -> str:
        """The document's text without white space: lines break anywhere."""
        key = ("text", index)
        if key not in self.memo:
            self.memo[key] = _WHITE.sub("", self.volume.documents[index].text)
        return str(self.memo[key])

    def verdict(self, text: str) -> Verdict:
        """The condition over what is certain."""
        key = ("verdict", text)
        found = self.memo.get(key)
        if not isinstance(found, Verdict):
            found = self.memo[key] = evaluate(parse(text), self.facts.certain)
        return found

    def presumed(self, text: str) -> Verdict:
        """The condition over what is certain, then likely, then presumed by the standard."""
        key = ("presumed", text)
        found = self.memo.get(key)
        if not isinstance(found, Verdict):
            found = self.memo[key] = evaluate(parse(text), self._presume)
        return found

    def unopposed(self, text: str) -> Verdict:
        """The condition over what is certain, and presumed by the standard where no paper speaks to the contrary."""
        key = ("unopposed", text)
        found = self.memo.get(key)
        if not isinstance(found, Verdict):
            found = self.memo[key] = evaluate(parse(text), self._unopposed)
        return found

    def _presume(self, name: str) -> str | bool | None:
        if name == "kind" and name in self.assumed:
            return self.assumed[name]  # of several possible kinds, the one whose checklist is tried
        likely = self.facts.likely(name)
        return likely if likely is not None else self.assumed.get(name, self.standard.presumed.get(name))

    def _unopposed(self, name: str) -> str | bool | None:
        certain = self.facts.certain(name)
        if certain is not None or self.facts.likely(name) is not None:
            return certain
        return self.standard.presumed.get(name)


_WHITE = re.compile(r"\s+")


def _index(pair: tuple[int, Document]) -> int:
    return pair[0]


def merged_facts(volume: Volume, known: KnownCase) -> CaseFacts:
    """The facts of the volume, those that someone gave on top."""
    facts = dict(volume.facts.facts)
    for name in FACT_TITLES:
        value = getattr(known, name, None)
        if value is None:
            value = getattr(known.recipient, name, None)
        if value is not None:
            facts[name] = Fact(value=value, state=State.FOUND, source="由工作人员提供", given=True)
    return CaseFacts(facts=facts)


@dataclass(frozen=True)
class Need:
    """Whether an item is needed: yes, no, or unknown (None) for want of some facts."""

    applies: bool | None
    unknown: tuple[str, ...] = ()


def weigh(case: Case, item: Item) -> Need:
    """Whether the item is needed in this case.

    Unknown only where neither what is certain nor what is likely or presumed decides. A presumption excuses; it never
    makes an item certainly needed.
    """
    if item.unless is not None:
        exception = case.verdict(item.unless)
        if exception.truth is True:
            return Need(applies=False)
        if exception.truth is None and case.presumed(item.unless).truth is True:
            return Need(applies=None, unknown=exception.unknown)
    if item.when is None:
        return Need(applies=True)
    condition = case.verdict(item.when)
    if condition.truth is not None:
        return Need(applies=condition.truth)
    if case.presumed(item.when).truth is False:
        return Need(applies=False)
    return Need(applies=None, unknown=condition.unknown)


def places(document: Document) -> tuple[Place, ...]:
    """The pages of a document, its first one only where it is long."""
    return (Place(page=document.first_page),)


def pages_of(document: Document) -> str:
    """`第3页` or `第3至5页`."""
    if document.first_page == document.last_page:
        return f"第{document.first_page}页"
    return f"第{document.first_page}至{document.last_page}页"


def page_list(pages: tuple[int, ...] | list[int]) -> str:
    """`第3页、第5页`, shortened where there are many."""
    most = 8
    shown = "、".join(f"第{page}页" for page in pages[:most])
    return shown if len(pages) <= most else f"{shown}等{len(pages)}页"


def quoted(title: str) -> str:
    """A paper's title in its brackets; a wording that has its own keeps them."""
    return title if "《" in title else f"《{title}》"


def title_of(document: Document) -> str:
    """The title as it stands on the paper, or that of its type."""
    return quoted(document.title or material_title(document.type))


def item_title(item: Item) -> str:
    return quoted(item.title or material_title(item.materials[0]))


def legible(case: Case, number: int) -> bool:
    """Whether the page was read so well that what its text does not say is not there."""
    page = case.page(number)
    if page is None:
        return False
    reading = page.page.reading
    if reading.kind is not PageKind.CONTENT or reading.low_quality:
        return reading.kind is PageKind.BLANK and not reading.inked
    return reading.text_source is TextSource.LAYER or reading.quality >= _LEGIBLE


def all_legible(case: Case, document: Document) -> bool:
    return all(legible(case, number) for number in range(document.first_page, document.last_page + 1))


def loose_pages(case: Case) -> list[int]:
    """The pages of which nobody is sure what they are: any of them may be what lacks elsewhere."""
    return [page.page.number for page in case.volume.pages if not page.certain]


def handwritten(case: Case, value: FieldValue) -> bool:
    """Whether the value was read from handwriting, which recognition cannot vouch for."""
    page = case.page(value.page) if value.page is not None else None
    if page is None:
        return False
    if page.page.reading.kind is PageKind.HANDWRITTEN:
        return True
    if value.box is None:
        return False
    left, top, right, bottom = value.box
    return any(
        box[0] < right and left < box[2] and box[1] < bottom and top < box[3] for box in _pen_strokes(case, page)
    )


def _pen_strokes(case: Case, page: CataloguedPage) -> tuple[Box, ...]:
    """Where someone wrote by hand on the page; worked out once."""
    key = ("pen", page.page.number)
    found = case.memo.get(key)
    if not isinstance(found, tuple):
        found = case.memo[key] = tuple(line.box for line in page.page.reading.lines if line.handwritten)
    return found


_FEWEST_VOTES = 3
_MAJORITY = 2 / 3


def reference(case: Case, name: str) -> str | None:
    """What the case field `name` surely is: as given, as the volume has it, or as most papers have it. None: unknown."""
    key = ("reference", name)
    if key not in case.memo:
        case.memo[key] = _reference(case, name)
    found = case.memo[key]
    return None if found is None else str(found)


def _reference(case: Case, name: str) -> str | None:
    known = given(case.known, name)
    if known is not None:
        return known
    value = case.volume.fields.get(name)
    if value is not None and value.state is State.FOUND and value.value:
        return value.value
    votes = Counter(
        field_value.value
        for document in case.volume.documents
        if (field_value := document.fields.get(name)) is not None
        and field_value.state is State.FOUND
        and field_value.value
    )
    if not votes:
        return None
    best, count = votes.most_common(1)[0]
    return best if count >= _FEWEST_VOTES and count >= _MAJORITY * votes.total() else None


def given(known: KnownCase, name: str) -> str | None:
    value: object = {
        "recipient_name": known.recipient.name,
        "recipient_id_number": known.recipient.id_number,
        "lawyer_name": known.lawyer.name,
        "firm_name": known.lawyer.firm,
        "case_number": known.case_number,
        "cause": known.cause,
        "organ_name": known.organ_name,
        "organ_case_number": known.organ_case_number,
        "assigned_on": known.assigned_on,
        "closed_on": known.closed_on,
        "submitted_on": known.submitted_on,
        "stage": known.stage,
    }.get(name)
    return str(value) if value is not None else None


def likeness(name: str, one: str, other: str) -> Likeness:
    """How two values of the field `name` compare."""
    return COMPARERS[name](one, other)
