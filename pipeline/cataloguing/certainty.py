"""Certainty (确信程度): what else a page could be, and whether its paper's type is sure (the page's alibi)."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.cataloguing.layout import PageView, Segment
from pipeline.cataloguing.scoring import STRONG, PageScore, continuation
from pipeline.cataloguing.sequence import Run
from pipeline.cataloguing.titles import is_generic, nearly_named, resembles_any
from schemas.materials import OTHER
from schemas.reading import PageKind
from schemas.volume import Candidate

MARGIN = 4.5
"""A type whose score comes this near to the page's own could be what the page is."""

CLEAR = 0.93
"""Mean line score (seals and dates apart) below which a page without a title is not judged by its words alone: its title may be what was lost."""

LEGIBLE = 0.85
"""Mean line score from which words count at all."""

BUNDLES = frozenset({"evidence", "file_review_copy", "case_basis"})
"""Types whose further pages may be anything: screenshots, photographs, receipts."""

TOLD = 8.0
"""Weight of a page's words from which they tell plainly of a type."""

FULL_PAGE = 60
"""Characters from which a page that was read well shows by its words what it is not."""


@dataclass(frozen=True)
class Verdict:
    """What is sure about one page."""

    certain: bool
    candidates: tuple[Candidate, ...]
    sure: bool
    """True if the page's own type is sure, not only the set of candidates."""


def judge(score: PageScore, run: Run, index: int) -> Verdict:
    """How sure it is that the page at `index` is part of `run`."""
    if run.read_as:
        return _renamed(judge(score, replace(run, type=run.read_as, read_as=""), index), run)
    own, values = _values(score, run, index)
    near = {type_: value for type_, value in values.items() if value >= own - MARGIN and _plausible(score, type_)}
    for type_ in _named_by_shared_title(score, run):
        near.setdefault(type_, max(values.get(type_, 0.0), own - MARGIN))
    for type_ in _misread_title(score, run):
        near.setdefault(type_, own - MARGIN)
    for type_ in _told_better(score, run):
        near.setdefault(type_, own - MARGIN)
    near = {type_: value for type_, value in near.items() if type_ not in run.barred}
    near[run.type] = max(own, *near.values()) if near else own
    candidates = _candidates(near, run.type)
    supported = _supported(score, run, index, own)
    rivals = [c for c in candidates if c.type != run.type and c.score >= 0.25 * candidates[0].score]
    clear = _clearness(score.view) >= CLEAR or score.title is not None
    certain = supported and (
        (score.view.well_read and clear) or _printed_title(score, run) or _goes_on(score, run, index)
    )
    return Verdict(certain, candidates, sure=certain and not rivals)


def _clearness(view: PageView) -> float:
    """Mean line score without what was read badly under a seal, or of a date: a covered sign-off hides no title."""
    kept = [segment for segment in view.segments if segment.score >= 0.9 or not _covered(view, segment)]
    total = sum(len(segment.folded) for segment in kept)
    return sum(len(segment.folded) * segment.score for segment in kept) / total if total else view.quality


def _covered(view: PageView, segment: Segment) -> bool:
    box = segment.box
    return bool(re.search(r"[年月日]", segment.folded)) or any(
        seal.box[0] < box[2] and box[0] < seal.box[2] and seal.box[1] < box[3] and box[1] < seal.box[3]
        for seal in view.reading.seals
    )


def _misread_title(score: PageScore, run: Run) -> set[str]:
    """What a page under a short title that nobody knows could be, if one character of it was misread."""
    if run.type != OTHER:
        return set()
    return {type_ for match in score.titles if not match.form for type_ in nearly_named(match.text)}


def _told_better(score: PageScore, run: Run) -> set[str]:
    """On a page without a title: types that its words tell of far more than of its own; their title may be lost."""
    if score.title is not None or run.type in BUNDLES:
        return set()
    own = score.labels.get(run.type, 0.0)
    return {type_ for type_, weight in score.labels.items() if weight >= 7.0 and weight >= own + 3.0}


def _named_by_shared_title(score: PageScore, run: Run) -> set[str]:
    """What a page under a title that many papers share could be: all that the title may name or the words support."""
    title = score.title
    if title is None or run.type not in title.types or not (is_generic(title.form) or len(title.types) > 2):
        return set()
    if score.labels.get(run.type, 0.0) >= 5.0:
        return set()
    return {type_ for type_ in title.types if type_ != OTHER} | {
        type_ for type_, weight in score.labels.items() if weight >= 5.0
    }


def _renamed(verdict: Verdict, run: Run) -> Verdict:
    """The verdict on a paper that its place gave another type: it may be either of the two."""
    own = Candidate(type=run.type, score=next((c.score for c in verdict.candidates if c.type == run.read_as), 1.0))
    rest = tuple(c for c in verdict.candidates if c.type != run.type)
    return Verdict(verdict.certain, (own, *rest), verdict.sure)


def _values(score: PageScore, run: Run, index: int) -> tuple[float, dict[str, float]]:
    position = run.pages.index(index)
    values = dict(score.start)
    if position == 0:
        return values[run.type], values
    own = continuation(score, run.type) + run.links[position - 1]
    tied = max(0.0, run.links[position - 1])
    values = {type_: value - tied for type_, value in values.items()}
    values[run.type] = own
    return own, values


def _plausible(score: PageScore, type_: str) -> bool:
    """A type is plausible only with a word for it: a title that names it, or its own labels."""
    if type_ == OTHER:
        return False
    return score.titled(type_) >= 0.3 or score.labels.get(type_, 0.0) >= 5.0


def _candidates(values: dict[str, float], own: str) -> tuple[Candidate, ...]:
    top = max(values.values())
    shares = {type_: math.exp((value - top) / 1.5) for type_, value in values.items()}
    total = sum(shares.values())
    ranked = sorted(shares.items(), key=lambda item: (-item[1], item[0] != own, item[0]))
    return tuple(Candidate(type=type_, score=round(share / total, 4)) for type_, share in ranked)


def _printed_title(score: PageScore, run: Run) -> bool:
    """A form filled in by hand is known by its printed title, if that was read without doubt and stands as titles do.

    Where it stands less clearly, the form's own words must tell as much.
    """
    title = score.title
    told = score.labels.get(run.type, 0.0) >= TOLD
    return (
        score.view.reading.kind in (PageKind.CONTENT, PageKind.HANDWRITTEN)
        and title is not None
        and run.type in title.types
        and title.exact
        and title.strength >= (0.6 if told else 0.75)
        and not is_generic(title.form)
    )


def _goes_on(score: PageScore, run: Run, index: int) -> bool:
    """A further page that was scanned poorly is known by its words, if they tell plainly of the paper before it.

    One by pen that was read well goes on like print, where none of its lines looks like a title.
    """
    position, view = run.pages.index(index), score.view
    if position == 0 or run.links[position - 1] <= 0.0:
        return False
    if view.reading.kind is PageKind.HANDWRITTEN:
        return view.quality >= CLEAR and not view.reading.low_quality and not score.titles
    told = score.labels.get(run.type, 0.0) >= TOLD
    return view.reading.kind is PageKind.CONTENT and view.quality >= LEGIBLE and told


def _supported(score: PageScore, run: Run, index: int, own: float) -> bool:
    title = score.title
    if title is not None and run.type in title.types and run.type != OTHER:
        return title.exact or score.labels.get(run.type, 0.0) >= 4.0
    if run.type == OTHER:
        return _known_foreign(score)
    if run.pages.index(index) > 0 and run.type in BUNDLES and score.title is None:
        return max((w for t, w in score.labels.items() if t not in BUNDLES), default=0.0) < 6.0
    if run.pages.index(index) > 0:
        tie = run.links[run.pages.index(index) - 1]
        told = (
            len(score.view.folded) >= 20
            or tie >= 2.0
            or score.labels.get(run.type, 0.0) >= 6.0
            or (score.labels.get(run.type, 0.0) > 0.0 and _only_signed(score.view))
        )
        return tie > -0.5 and own > 0.0 and told
    return score.labels.get(run.type, 0.0) >= 6.0 and own >= 1.5


_SIGNED = re.compile(
    r".{1,10}(?:\(?(?:签名|签字|盖章|签章|捺印)\)?)+:?[\u4e00-\u9fff·]{0,6}|(?:落款)?(?:日期|时间)?:?[\d年月日./\-〇一二三四五六七八九十]{4,14}"
)


def _only_signed(view: PageView) -> bool:
    """True for a last page with nothing but who signed and when: his role tells of the paper."""
    return bool(view.body) and all(_SIGNED.fullmatch(text) for text in view.body)


def _known_foreign(score: PageScore) -> bool:
    """A paper outside the vocabulary is sure if its title is known, or if a full page has no word of any other."""
    title = score.title
    if title is not None and title.form and title.types == (OTHER,):
        return True
    strongest = max(score.labels.values(), default=0.0)
    blurred = any(match.types != (OTHER,) and match.strength >= 0.5 * STRONG for match in score.titles)
    if title is not None:
        return strongest < 5.0 and not blurred and not resembles_any(title.text)
    return len(score.view.folded) >= FULL_PAGE and strongest < 7.0 and not blurred


def run_score(verdicts: Sequence[Verdict], type_: str) -> float:
    """How sure a whole paper's type is, 0 to 1."""
    shares = [
        next((candidate.score for candidate in verdict.candidates if candidate.type == type_), 0.0)
        for verdict in verdicts
    ]
    return round(max(shares, default=0.0), 4)
