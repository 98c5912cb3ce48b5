"""The volume as a sequence (分件): each page starts a paper or goes on with the one before; the likeliest run wins."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from pipeline.cataloguing.dates import find_dates
from pipeline.cataloguing.layout import PageView
from pipeline.cataloguing.pagination import PageNumber, drop_volume_numbers
from pipeline.cataloguing.scoring import PageScore, continuation
from pipeline.cataloguing.tables import TYPES, table
from schemas.materials import OTHER

_STARTS_PER_PAGE = 7
_OPEN_END = re.compile(r"[。;；.!?！？:：)）〕]$")
_SIGNED_OFF = re.compile(r"(?:年.{1,3}月.{1,3}日|书记员.{0,8}|此页无正文.{0,4})$")
_GOES_ON = re.compile(
    r"^(?:\(?(?:续表?|续页|接上页|上接.{0,6}页)\)?|\(?[本此]页无正文|附:?(?:本案)?(?:所?适用的?|相关|有关|主要)*法律(?:条文|条款|规定|法规))"
    r"|\(续(?:表|页|上页)?\)$"
)
"""A page that says so; and the annex in which a judgment prints the law that it rests on."""
_LATER = re.compile(
    r"^(?:\(?[二三四五六七八九十][一二三四五六七八九十]?[、)]|第[二三四五六七八九十百]+条|[2-9][、.](?!\d))"
)
"""A heading or clause that another stands before."""
_ANSWERS = re.compile(
    r"(?:^|[。?])(?:问|答|审|辩|公|被|原|仲|申|律师|当事人|受援人|被告人|犯罪嫌疑人|上诉人|谈话人)[:;]"
)

_SPEAKER = re.compile(r"([\u4e00-\u9fff]{1,4})[:;]")


@dataclass(frozen=True)
class Run:
    """Consecutive pages of one paper: indices into the pages given, blank backs left out."""

    type: str
    pages: tuple[int, ...]
    read_as: str = ""
    """The type by the pages' own words, where the paper's place gave it another."""
    barred: frozenset[str] = frozenset()
    """Types that the sort of case rules out for a title that they share with this one."""
    links: tuple[float, ...] = ()
    """For each page after the first, how strongly it is tied to the page before."""


@cache
def _layers() -> dict[str, tuple[int, ...]]:
    places: dict[str, list[int]] = {}
    for position, types in enumerate(table("sequence")["layers"]):
        for type_ in types:
            places.setdefault(type_, []).append(position)
    return {type_: tuple(positions) for type_, positions in places.items()}


def _order(before: str, after: str) -> float:
    """A little for going on in the usual order of a volume, a little against going back."""
    layers = _layers()
    if before not in layers or after not in layers:
        return 0.0
    steps = [later - earlier for earlier in layers[before] for later in layers[after]]
    return 0.4 if any(0 <= step <= 2 for step in steps) else 0.1 if max(steps) > 0 else -0.3


def link(before: PageScore, after: PageScore, numbers: tuple[PageNumber | None, PageNumber | None]) -> float:
    """How strongly the second page is tied to the first, whatever paper they are: positive goes on, negative starts."""
    value = _numbered(*numbers)
    rows, last = after.view.body, before.view.body
    if not rows or not last:
        return value
    first_text, last_text = rows[0], last[-1]
    if any(_GOES_ON.search(row) for row in rows[:2]):
        value += 3.5
    if after.title is None and _LATER.match(first_text):
        value += 1.5
    if not _OPEN_END.search(last_text) and not _SIGNED_OFF.search(last_text) and len(last_text) >= 14:
        value += 1.2
    if _SIGNED_OFF.search(last_text):
        value -= 0.8
    if _ANSWERS.search(after.view.folded[:120]) and _ANSWERS.search(before.view.folded[-400:]):
        value += 1.5
    elif after.title is None and len(_speakers(before.view) & _speakers(after.view)) >= 2:
        value += 4.0
    if after.title is None and len(first_text) >= 20:
        value += 0.7
    if after.title is None and _signs_off(after):
        value += 2.5
    return value


def _speakers(view: PageView) -> set[str]:
    """Who speaks in a record that puts a surname before each question and answer: `甄：…`, `韦：…`, two times or more."""
    tags = Counter(match.group(1) for segment in view.segments if (match := _SPEAKER.match(segment.folded)))
    return {tag for tag, times in tags.items() if times > 1}


def _signs_off(score: PageScore) -> bool:
    """True for a page that begins with the last lines of a paper: a name or a body, then a date or its empty place."""
    rows = score.view.body
    return len(rows) <= 16 and any(
        (hit.value is not None or hit.blank) and len(text) - (hit.end - hit.start) <= 4
        for text in rows[:5]
        for hit in find_dates(text)
    )


def _numbered(before: PageNumber | None, after: PageNumber | None) -> float:
    if after is None:
        return 0.0
    if after.index == 1:
        return -3.0
    if before is not None and after.index == before.index + 1 and after.total == before.total:
        return 5.0
    return 1.5 if before is None else 0.5


def _same_opening(before: PageScore, after: PageScore) -> bool:
    """True if a page repeats the title of the one before without opening anew (a form's running head)."""
    if before.title is None or after.title is None or before.title.form != after.title.form:
        return False
    one, other = _opening_labels(before), _opening_labels(after)
    return bool(one) and len(one & other) < 0.4 * len(one)


def _opening_labels(score: PageScore) -> set[str]:
    heads = set()
    for row in score.view.rows[1:9]:
        for segment in row:
            head, colon, _ = segment.folded.partition(":")
            if colon and 2 <= len(head) <= 8:
                heads.add(head)
    return heads


def divide(scores: Sequence[PageScore]) -> list[Run]:
    """The papers of a volume, in order. Pages without readable text are passed over."""
    readable = [index for index, score in enumerate(scores) if score.start]
    if not readable:
        return []
    numbers = drop_volume_numbers([score.number for score in scores])
    path = _best_path([scores[index] for index in readable], [numbers[index] for index in readable])
    runs: list[Run] = []
    for position, (type_, starts, tie) in enumerate(path):
        if starts or not runs:
            runs.append(Run(type_, (readable[position],)))
        else:
            last = runs.pop()
            runs.append(replace(last, pages=(*last.pages, readable[position]), links=(*last.links, tie)))
    return runs


def _starts(score: PageScore) -> dict[str, float]:
    ranked = sorted(score.start.items(), key=itemgetter(1), reverse=True)[:_STARTS_PER_PAGE]
    return dict(ranked) | {OTHER: score.start[OTHER]}


def _repeated(before: PageScore, after: PageScore) -> tuple[str, ...]:
    """The types whose title the page only repeats as a running head."""
    return after.title.types if after.title is not None and _same_opening(before, after) else ()


RESTART = 3.0
"""What it costs to begin, without a title, the same sort of paper as the page before."""

RUNNING_HEAD = 9.0
"""What a repeated title takes from a start and gives back to going on, at full strength."""


def _best_path(scores: list[PageScore], numbers: list[PageNumber | None]) -> list[tuple[str, bool, float]]:
    """Viterbi over (type, starts | goes on); the third value is the tie to the page before."""
    ties = [0.0] + [link(a, b, (m, n)) for (a, b), (m, n) in zip(pairwise(scores), pairwise(numbers), strict=True)]
    columns = [{(type_, True): value for type_, value in _starts(scores[0]).items()}]
    back: list[dict[tuple[str, bool], tuple[str, bool]]] = [{}]
    for position in range(1, len(scores)):
        values, origins = _step(columns[-1], scores[position - 1], scores[position], ties[position])
        columns.append(values)
        back.append(origins)
    state = max(columns[-1], key=lambda key: columns[-1][key])
    path = []
    for position in range(len(scores) - 1, -1, -1):
        path.append((state[0], state[1], ties[position]))
        state = back[position].get(state, state)
    return path[::-1]


@cache
def _orders() -> tuple[dict[str, int], NDArray[np.float64]]:
    """The place of each type in the table, and what going on from each type to each other is worth."""
    worths = [[_order(before, after) for after in TYPES] for before in TYPES]
    return {type_: at for at, type_ in enumerate(TYPES)}, np.array(worths)


def _from_each(best: Sequence[tuple[tuple[str, bool], float]], types: tuple[str, ...]) -> NDArray[np.float64]:
    """For each state of the page before (rows) and each type (columns), what coming from there is worth."""
    places, orders = _orders()
    worth = np.array([value for _, value in best])
    rows = [places[type_] for (type_, _), _ in best]
    return worth[:, None] + orders[rows][:, [places[type_] for type_ in types]]


def _step(
    column: dict[tuple[str, bool], float], before: PageScore, score: PageScore, tie: float
) -> tuple[dict[tuple[str, bool], float], dict[tuple[str, bool], tuple[str, bool]]]:
    values: dict[tuple[str, bool], float] = {}
    origins: dict[tuple[str, bool], tuple[str, bool]] = {}
    best = sorted(column.items(), key=itemgetter(1), reverse=True)[:12]
    repeated = _repeated(before, score)
    head = RUNNING_HEAD * (score.title.strength if score.title else 0.0)
    starts_of = _starts(score)
    came = _from_each(best, tuple(starts_of))
    for (type_, start), at, value in zip(
        starts_of.items(), came.argmax(axis=0), came.max(axis=0).tolist(), strict=True
    ):
        origin = best[at][0]
        cost = RESTART if origin[0] == type_ and score.titled(type_) < 0.3 else 0.0
        cost += head if type_ in repeated else 0.0
        values[type_, True] = value + start - 0.5 * tie - cost
        origins[type_, True] = origin
    for (type_, starts), worth in best:
        value = worth + continuation(score, type_) + tie + (head if type_ in repeated else 0.0)
        if (type_, False) not in values or value > values[type_, False]:
            values[type_, False] = value
            origins[type_, False] = (type_, starts)
    return values, origins
