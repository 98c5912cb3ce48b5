"""Signs of facts (依据): where the papers speak for a value of a fact, and what the signs weigh together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.cataloguing.layout import PageView, Segment
from pipeline.cataloguing.tables import table
from pipeline.cataloguing.text import compact
from pipeline.cataloguing.wordings import wording
from schemas.base import Place, State
from schemas.case import Fact
from schemas.reading import TickBox
from schemas.volume import FieldValue

_SAME_CHOICE = 0.012
"""Boxes whose rows lie this near, as fractions of the page's height, belong to one choice."""


@dataclass(frozen=True)
class Paper:
    """A catalogued paper as facts are read from it."""

    type: str
    title: str
    sure: bool
    """True if its type is sure."""
    views: tuple[PageView, ...]
    fields: dict[str, FieldValue]

    @property
    def first(self) -> Place:
        return Place(page=self.views[0].number)

    @cached_property
    def text(self) -> str:
        """All its pages, folded, without blanks; printed choices that nobody ticked are no statement and left out."""
        return "".join(_stated(view) for view in self.views)

    @cached_property
    def ticked(self) -> bool:
        """True if any box on its pages is ticked."""
        return any(tick.state is State.FOUND for view in self.views for tick in view.reading.tick_boxes)

    @property
    def well_read(self) -> bool:
        return all(view.well_read for view in self.views)

    def place(self, field: FieldValue) -> Place:
        return Place(page=field.page or self.views[0].number, box=field.box)

    def locate(self, start: int, end: int) -> Place:
        """Where `text[start:end]` stands."""
        for view in self.views:
            if start < len(view.folded):
                return Place(page=view.number, box=view.locate(start, min(end, len(view.folded)))[0])
            start, end = start - len(view.folded), end - len(view.folded)
        return self.first


_UNTICKED = "_"


def _stated(view: PageView) -> str:
    """The page's folded text, as long as it is, in which the labels of open tick boxes are struck out."""
    open_ = [tick for tick in view.reading.tick_boxes if tick.state is not State.FOUND and tick.label]
    if not open_:
        return view.folded
    return "".join(_struck(segment, [tick for tick in open_ if _beside(segment, tick)]) for segment in view.segments)


def _struck(segment: Segment, ticks: Sequence[TickBox]) -> str:
    """The line without the labels of `ticks`; a label that runs over two lines is a line's whole text at times."""
    text = segment.folded
    for label in (compact(tick.label) for tick in ticks):
        if len(label) > 1 and label in text:
            text = text.replace(label, _UNTICKED * len(label), 1)
        elif len(text) > 1 and text in label:
            return _UNTICKED * len(text)
    return text


def _beside(segment: Segment, tick: TickBox) -> bool:
    """True for a line at the box's height or just below, that does not end left of it."""
    height = max(segment.height, tick.box[3] - tick.box[1])
    middle = (tick.box[1] + tick.box[3]) / 2
    return segment.box[2] > tick.box[0] and segment.box[1] - 1.5 * height < middle < segment.box[3] + 0.5 * height


@dataclass(frozen=True)
class Tally:
    """One sign found: for which value, how heavy, where, in what words."""

    value: str
    weight: float
    place: Place
    source: str
    sure: bool


def tally(_name: str, values: dict[str, Any], papers: Sequence[Paper]) -> list[Tally]:
    """All signs of a fact that the papers give, one a sign and paper."""
    found: list[Tally] = []
    present = {paper.type for paper in papers}
    for value, signs in values.items():
        for sign in signs:
            types = sign.get("in")
            if types is None or not present.isdisjoint(types):
                found.extend(_signs(value, sign, papers))
    return found


def _signs(value: str, sign: dict[str, Any], papers: Sequence[Paper]) -> Iterable[Tally]:
    types = sign.get("in")
    asked = papers if types is None else [paper for paper in papers if paper.type in types]
    for paper in asked[-1:] if sign.get("last") else asked:
        if "ticked" in sign:
            yield from _ticked(value, sign, paper) if paper.ticked else ()
            continue
        spoiled = "unless" in sign and wording(sign["unless"]).search(paper.text)
        if spoiled:
            continue
        if "says" not in sign:
            yield Tally(value, sign["weight"], paper.first, f"卷内有《{paper.title}》", paper.sure)
            continue
        match = wording(sign["says"]).search(paper.text)
        if match:
            words = match.group()[:30]
            place = paper.locate(match.start(), match.end())
            yield Tally(value, sign["weight"], place, f"《{paper.title}》载明“{words}”", paper.sure)


def _ticked(value: str, sign: dict[str, Any], paper: Paper) -> Iterable[Tally]:
    if paper.type in ("rights_notice", "contents_list", "evidence", "file_review_copy"):
        return
    for view in paper.views:
        for tick in view.reading.tick_boxes:
            if tick.state is State.FOUND and wording(sign["ticked"]).search(compact(tick.label)):
                place = Place(page=view.number, box=tick.box)
                weight = sign["weight"] / _ticked_beside(view, tick)
                yield Tally(value, weight, place, f"《{paper.title}》勾选“{tick.label[:20]}”", paper.sure)
                return


def _ticked_beside(view: PageView, tick: TickBox) -> int:
    """How many boxes are ticked in the tick's own rows, itself included: of choices that exclude one another one is true."""
    rows = (tick.box[1] - _SAME_CHOICE, tick.box[3] + _SAME_CHOICE)
    return sum(
        other.state is State.FOUND and rows[0] <= (other.box[1] + other.box[3]) / 2 <= rows[1]
        for other in view.reading.tick_boxes
    )


def decide(rows: Sequence[Tally]) -> Fact:
    """The value that the signs speak for: found if they are heavy and agree, uncertain if light or at odds."""
    rules = table("facts")
    totals: dict[str, float] = {}
    for row in rows:
        totals[row.value] = totals.get(row.value, 0.0) + row.weight * (1.0 if row.sure else 0.4)
    if not totals:
        return Fact(value=None, state=State.UNCERTAIN, score=0.0)
    winner = max(totals, key=lambda value: totals[value])
    rival = max((total for value, total in totals.items() if value != winner), default=0.0)
    sure = totals[winner] >= rules["sure"] and totals[winner] >= rules["majority"] * rival
    own = sorted((row for row in rows if row.value == winner), key=lambda row: -row.weight)
    share = totals[winner] / (totals[winner] + rival)
    return Fact(
        value=winner,
        state=State.FOUND if sure else State.UNCERTAIN,
        score=round(min(1.0, share * min(1.0, 0.6 + totals[winner] / 10)), 4),
        evidence=tuple(dict.fromkeys(row.place for row in own[:3])),
        source="；".join(dict.fromkeys(row.source for row in own[:2])),
        rivals=() if sure else _rivals(totals, winner),
    )


def _rivals(totals: dict[str, float], winner: str) -> tuple[str, ...]:
    """The other values that the signs leave open, the heaviest first; none where all signs together are too light to
    rule out the rest."""
    rules = table("facts")
    left = [value for value, total in totals.items() if value != winner and total >= rules["rival"] * totals[winner]]
    weight = totals[winner] + sum(totals[value] for value in left)
    return tuple(sorted(left, key=lambda value: -totals[value])) if weight >= rules["sure"] else ()
