"""The date of a paper (成文日期): at its label for records, else at the sign-off."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from functools import cache

from pipeline.cataloguing.cells import Cell, labelled
from pipeline.cataloguing.dates import find_dates
from pipeline.cataloguing.layout import PageView, Segment
from pipeline.cataloguing.readings import Reading, reading
from pipeline.cataloguing.signing import PlacedDate, plausible, sealed_types, sign_off
from pipeline.cataloguing.tables import table
from pipeline.cataloguing.wordings import Wording, wording
from schemas.base import State
from schemas.volume import FieldValue


@cache
def _rules() -> tuple[dict[str, tuple[Wording, ...]], frozenset[str], frozenset[str]]:
    rules = table("fields")["date"]
    labels = {type_: tuple(map(wording, texts)) for type_, texts in rules["labels"].items()}
    return labels, frozenset(rules["label_first"]), frozenset(rules["undated"])


def read_date(type_: str, views: tuple[PageView, ...], dates: list[PlacedDate]) -> FieldValue:
    """The paper's own date: found, missing where its place is empty or a well-read paper states none, or uncertain.

    `dates`: all that stand in the paper (`signing.placed_dates`).
    """
    labels, label_first, undated = _rules()
    by_label = _labelled_date(views, labels.get(type_, ()))
    last = sign_off(type_, dates)
    if type_ in undated and by_label is None:
        return FieldValue(value=None, state=State.UNCERTAIN, page=views[0].number)
    order = (by_label, last) if type_ in label_first else (last, by_label)
    chosen = next((one for one in order if one is not None and one.found), None)
    chosen = chosen or next((one for one in order if one is not None), None)
    if chosen is not None:
        return chosen.field()
    return _absent(type_, views, dates)


def _labelled_date(views: tuple[PageView, ...], labels: tuple[Wording, ...]) -> Reading | None:
    for label in labels:
        for view in views:
            for cell in labelled(view, label):
                hits = find_dates(cell.text + _run_over(view, cell))
                if hits and plausible(hits[0].value) and hits[0].start <= 8:
                    single = not _AND_MORE.match(cell.text[hits[0].end :])
                    return reading(
                        view, hits[0].value or "", cell.box, cell.score, formed=single and not hits[0].doubtful,
                        weight=1.0 if cell.near else 0.7, handwritten=cell.handwritten,
                    )  # fmt: skip
    return None


_AND_MORE = re.compile(r"[、,]\d|[、,]?(?:至|到|—|~)")
"""What follows the first of several days (`6月4日、6月5日`, `6月4日至6月9日`): which is the paper's own is not said."""
_BROKEN = re.compile(r"[0-9年月]$")
_REST = re.compile(r"^[0-9]{0,2}[日号月](?:[0-9]{1,2}[日号])?")


def _run_over(view: PageView, cell: Cell) -> str:
    """The rest of a date that runs into the next line: `定于2024年7月1` and `7日上午9时`."""
    if not _BROKEN.search(cell.text):
        return ""
    at = next((at for at, segment in enumerate(view.segments) if segment.box == cell.box), len(view.segments))
    following = next((other for other in view.segments[at + 1 :] if other.row > view.segments[at].row), None)
    rest = _REST.match(following.text) if following is not None else None
    return rest.group() if rest else ""


def _absent(type_: str, views: tuple[PageView, ...], dates: list[PlacedDate]) -> FieldValue:
    """No date: missing where its place is empty, or where a paper that bears no seal was read well to its end.

    A paper that bears a seal is dated under it: what was not read there was covered, and is not missing.
    """
    last = views[-1]
    well_read = all(view.well_read for view in views)
    blank = [date for date in dates if date.hit.blank]
    partial = [date for date in dates if date.hit.value is None and not date.hit.blank]
    if blank and not partial and (well_read or blank[-1].alone):
        place = blank[-1]  # on a page by pen its figures may have been overlooked
        state = State.MISSING if well_read else State.UNCERTAIN
        return FieldValue(value=None, state=state, page=place.view.number, box=place.box, score=round(place.score, 4))
    if partial:
        return FieldValue(
            value=None, state=State.UNCERTAIN, page=partial[-1].view.number, box=partial[-1].box, score=0.5
        )
    open_place = None if partial else _left_open(last)
    if open_place is not None and well_read:
        return FieldValue(
            value=None, state=State.MISSING, page=last.number, box=open_place.box, score=round(open_place.score, 4)
        )
    hidden = _ink_at_end(last) or _half_read(last) or _signed_over(last)
    if type_ not in sealed_types() and well_read and not hidden:
        return FieldValue(value=None, state=State.MISSING, page=last.number, score=round(last.quality, 4))
    return FieldValue(value=None, state=State.UNCERTAIN, page=last.number)


_SIGNS_ALONE = ("年月", "月日")
"""What is read of `年  月  日` where one of the signs is lost in the gap before or behind it."""
_CLEARLY = 0.98
_GAPPED = 1.8
"""Of a line's height in shares of the page's: as wide, in shares of the page's width, is a letter with a gap beside it.
On an upright A4 page a letter itself takes 1.4 of that."""


def _left_open(view: PageView) -> Segment | None:
    """A date's printed signs in the lower half that nothing was written between or beside: its place is empty."""
    signs = [
        segment
        for segment in view.segments
        if segment.text in _SIGNS_ALONE
        and segment.box[1] > 0.5
        and segment.score >= _CLEARLY
        and not segment.handwritten
        and segment.box[2] - segment.box[0] > _GAPPED * len(segment.text) * segment.height
    ]
    alone = [one for one in signs if not any(_beside(one, other) for other in view.segments)]
    return alone[-1] if alone else None


def _beside(one: Segment, other: Segment) -> bool:
    """Whether the other stands in the line of `one`, near enough to be the rest of the date."""
    level = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1]) > 0.3 * min(one.height, other.height)
    gap = max(one.box[0], other.box[0]) - min(one.box[2], other.box[2])
    return other is not one and level and gap < one.box[2] - one.box[0]


_BEGUN = re.compile(r"^[^0-9]{0,12}(?:19|20)\d\d[.\-/·年]?\d{0,5}[日号]?$")
"""`2022.71`: a date of which a dot was lost."""


def _half_read(view: PageView) -> bool:
    """True if something in the last two fifths of the page was read badly, or begins as a date does."""
    start = view.segments[0].box[1] + 0.6 * (view.segments[-1].box[3] - view.segments[0].box[1])
    signed = [place.box for place in view.reading.signature_places]
    return any(
        (segment.score < 0.9 or _BEGUN.search(segment.text))
        and segment.box[1] >= start
        and not any(
            box[0] < segment.box[2] and segment.box[0] < box[2] and box[1] < segment.box[3] and segment.box[1] < box[3]
            for box in signed
        )
        for segment in view.segments
    )


_HANGS = 0.6
"""Of its label's height: a signature that reaches this far below may have been written over the line beneath."""


def _signed_over(view: PageView) -> bool:
    """True if the last signature hangs below its label, where the date stands that nobody can read then."""
    signed = [place for place in view.reading.signature_places if place.state is State.FOUND]
    last = max(signed, key=lambda place: place.box[3], default=None)
    if last is None:
        return False
    _, top, _, bottom = last.label_box
    return last.box[1] < bottom and last.box[3] > bottom + _HANGS * (bottom - top)


def _ink_at_end(view: PageView) -> bool:
    """True if a seal anywhere, or handwriting in the lower half, may cover a date."""
    return bool(view.reading.seals) or any(segment.handwritten and segment.box[1] > 0.5 for segment in view.segments)


def read_labelled_date(views: tuple[PageView, ...], field: str) -> Reading | None:
    """A date named by the field's labels: `hearing_date`, `assigned_on`, `closed_on`."""
    labelled_date = _labelled_date(views, _field_labels(field))
    if labelled_date is None and field == "hearing_date":
        return _told_hearing(views)
    return labelled_date


_HEARING = (
    wording(r"(?:定于|应到时间|开庭时间|审理时间|开庭日期)[:]?(?:\(?北京时间\)?)?(?=[12一二])"),
    wording(
        r"于(?=[12一二][^,。;]{7,14}日"
        r"(?:(?!立案|受理|提起|作出|收到|移送|起诉|送达|支付|付清)[^。;]){0,16}(?:开庭|听证|审理))"
    ),
)
"""A day before `于` belongs to what is said next of it: `于3月1日立案后，依法公开开庭审理` tells no day of a hearing."""


def _told_hearing(views: tuple[PageView, ...]) -> Reading | None:
    """The day of the hearing in running text: `定于2024年4月26日9时公开开庭审理`."""
    for view in views:
        for pattern in _HEARING:
            for match in pattern.finditer(view.text):
                hit = next(
                    (hit for hit in find_dates(view.text[match.end() : match.end() + 14]) if hit.start <= 1), None
                )
                if hit is not None and plausible(hit.value):
                    box, score = view.locate(match.end(), match.end() + hit.end)
                    return reading(view, hit.value or "", box, score, formed=not hit.doubtful, weight=0.9)
    return None


@cache
def _field_labels(field: str) -> tuple[Wording, ...]:
    return tuple(map(wording, table("fields")[field]["labels"]))
