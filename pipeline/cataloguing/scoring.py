"""Page scoring (逐页评分): how well a page fits each type, as the first page of a paper or as a further one."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from pipeline.cataloguing.labels import labels_in
from pipeline.cataloguing.layout import PageView
from pipeline.cataloguing.listing import listed_rows, rows_of_choices
from pipeline.cataloguing.pagination import PageNumber, page_number
from pipeline.cataloguing.tables import TYPES, table
from pipeline.cataloguing.titles import TitleMatch, find_titles, is_generic, owns
from schemas.materials import OTHER

STRONG = 0.6
"""Strength from which a line counts as the page's title."""

_ADDRESSEE = re.compile(r"^(?:致|送|呈)?:?([\u4e00-\u9fff()、]{2,32}):$")


@dataclass
class PageScore:
    """What is known of one page before its neighbours are asked."""

    view: PageView
    titles: tuple[TitleMatch, ...] = ()
    labels: dict[str, float] = field(default_factory=dict)
    """Type to the weight of its labels found on the page."""
    hits: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    """Type to its labels found on the page, each with its weight."""
    start: dict[str, float] = field(default_factory=dict)
    number: PageNumber | None = None

    @cached_property
    def title(self) -> TitleMatch | None:
        """The page's title, if it surely has one."""
        return self.titles[0] if self.titles and self.titles[0].strength >= STRONG else None

    @cached_property
    def named(self) -> dict[str, float]:
        """The types that the titles name, each with the strength of the best of them."""
        best: dict[str, float] = {}
        for match in self.titles:
            strength, generic = match.strength, is_generic(match.form)
            for type_ in match.types:
                share = 0.55 if generic else 1.0 if owns(type_, match) else 0.9
                best[type_] = max(best.get(type_, 0.0), strength * share)
        return best

    def titled(self, type_: str) -> float:
        """Strength of the best title that names `type_`; a title that many papers share counts less."""
        return self.named.get(type_, 0.0)


@cache
def _letters() -> tuple[dict[str, re.Pattern[str]], dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    data: dict[str, Any] = table("letters")
    return {kind: re.compile(text) for kind, text in data["kinds"].items()}, data["to"], data["from"]


@cache
def _sequence() -> dict[str, Any]:
    loaded: dict[str, Any] = table("sequence")
    return loaded


def _kind_of(name: str) -> str | None:
    """`office`, `firm`, `organ` or `bureau`, by the last such word in the name."""
    best, at = None, -1
    for kind, pattern in _letters()[0].items():
        for match in pattern.finditer(name):
            if match.end() > at:
                best, at = kind, match.end()
    return best


def addressee(view: PageView) -> str | None:
    """The kind of body that the page is addressed to, from a line such as `××人民法院：` in its upper part."""
    for row in view.rows[1:10]:
        match = _ADDRESSEE.match(row[0].folded)
        if match:
            return _kind_of(match.group(1))
    return None


_NOT_ISSUER = re.compile(r"\((?:章|盖章|公章|印章|印)\)|\d.*$|年.*$|〔.*$|:")
_PAUSE = re.compile(r"[,。;]")


def issuer(view: PageView) -> str | None:
    """The kind of body that signs the page, from its letterhead or a line of its own near the end."""
    rows = view.rows
    below = [row[-1].folded for row in rows[-6:] if len(rows) > 3]
    above = [row[0].folded for row in rows[:2] if len(row) == 1]
    for text in (*reversed(below), *above):
        name = _NOT_ISSUER.sub("", text)
        if 4 <= len(name) <= 30 and not _PAUSE.search(name):
            kind = _kind_of(name[-12:])
            if kind is not None:
                return kind
    return None


def score_page(view: PageView) -> PageScore:
    """Titles, labels and letter direction of one page, and its score as the first page of each type."""
    if not view.readable:
        return PageScore(view)
    listed = listed_rows(view)
    score = PageScore(view, find_titles(view, listed | rows_of_choices(view)))
    _count_labels(view, score)
    if listed:
        score.labels = {type_: 0.3 * weight for type_, weight in score.labels.items()}
        score.labels["contents_list"] = score.labels.get("contents_list", 0.0) + max(7.0, min(12.0, 3.0 * len(listed)))
    score.number = page_number(view)
    _score_starts(score)
    return score


def _score_starts(score: PageScore) -> None:
    """The page's score as the first of a paper of each type; only types that it speaks of are worked out."""
    sent_to, sent_by = addressee(score.view), issuer(score.view)
    _, to, from_ = _letters()
    strongest = max((match.strength for match in score.titles), default=0.0)
    silent = _blurred(strongest)
    score.start = {type_: -cost - silent for type_, cost in _silent_costs().items()}
    spoken_for = {type_ for match in score.titles for type_ in match.types} | score.labels.keys() | {OTHER}
    directed = _directed(to, sent_to) | _directed(from_, sent_by)
    for type_ in spoken_for | directed:
        start = _start(score, type_, strongest, silent)
        if type_ in directed:
            direction = to.get(type_, {}).get(sent_to or "", 0) + from_.get(type_, {}).get(sent_by or "", 0)
            start += (0.6 if score.titled(type_) >= 0.3 or direction < 0 else 0.2) * direction
        score.start[type_] = start


@cache
def _silent_costs() -> dict[str, float]:
    """What it costs to start each type on a page that has no word of it."""
    floor = _sequence()["no_title_cost"]
    return {type_: max(_untitled_cost(type_), floor) for type_ in TYPES}


def _directed(letters: dict[str, dict[str, float]], body: str | None) -> set[str]:
    """The types for or against which it speaks that a letter goes to, or comes from, such a body."""
    return set() if body is None else {type_ for type_, bodies in letters.items() if body in bodies}


def _count_labels(view: PageView, score: PageScore) -> None:
    score.hits = labels_in(view.folded)
    score.labels = {type_: max(-6.0, sum([weight for _, weight in hits])) for type_, hits in score.hits.items()}


@cache
def _untitled_cost(type_: str) -> float:
    """What it costs to start a paper of this type without a title."""
    rules = _sequence()
    return float(rules["untitled"].get(type_, rules["no_title_cost"]))


def _blurred(strongest: float) -> float:
    """What a title that names something else costs."""
    return 7 * strongest if strongest >= STRONG else 3 * strongest


def _start(score: PageScore, type_: str, strongest: float, silent: float) -> float:
    """The start's score before anyone asks whose letter it is; `silent`: what a page costs whose title names another type."""
    named = score.titled(type_)
    weight = score.labels.get(type_, 0.0)
    labels = 0.5 * min(weight, 12.0)
    if named > 0:
        return 11 * named + labels - (4 * max(0.0, strongest - named - 0.45))
    if type_ == OTHER:
        return -1.0 if strongest < STRONG else -5.0
    cost = _silent_costs()[type_] if weight < 4.0 else _untitled_cost(type_)
    return float(labels - cost - silent)


def continuation(score: PageScore, type_: str) -> float:
    """How well a page fits as a further page of a paper of `type_`, apart from what precedes it."""
    rules = _sequence()
    value = 0.5 * min(score.labels.get(type_, 0.0), 12.0)
    if type_ in rules["short"]:
        value -= rules["continuation_cost"]
    title = score.title
    if title is not None:
        bundled = rules["bundles"].get(type_, ())
        value -= 1.5 if any(named in bundled for named in title.types) else 8 * title.strength
    elif score.titles:
        value -= 2.5 * score.titles[0].strength
    return float(value)
