"""The date of a paper (成文日期): at its label for records, else at the sign-off."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.cataloguing.cells import labelled
from pipeline.cataloguing.dates import DateHit, find_dates
from pipeline.cataloguing.layout import PageView
from pipeline.cataloguing.readings import Reading, reading
from pipeline.cataloguing.tables import table
from schemas.base import State
from schemas.volume import FieldValue

_EARLIEST = "1995"
_LATEST = "2079"


@dataclass(frozen=True)
class PlacedDate:
    """A date where it stands: alone on its line (a sign-off), or in running text."""

    hit: DateHit
    view: PageView
    box: tuple[float, float, float, float]
    score: float
    alone: bool
    handwritten: bool


@cache
def _rules() -> tuple[dict[str, tuple[re.Pattern[str], ...]], frozenset[str], frozenset[str]]:
    rules = table("fields")["date"]
    labels = {type_: tuple(re.compile(text) for text in texts) for type_, texts in rules["labels"].items()}
    return labels, frozenset(rules["label_first"]), frozenset(rules["undated"])


def placed_dates(views: tuple[PageView, ...]) -> list[PlacedDate]:
    """All dates of a paper in reading order, each found within one row."""
    found = []
    for view in views:
        for row in view.rows:
            text = "".join(segment.text for segment in row)
            for hit in find_dates(text):
                segments = _of(row, hit)
                rest = text[: hit.start] + text[hit.end :]
                found.append(
                    PlacedDate(
                        hit, view, segments[0].box, min(segment.score for segment in segments),
                        alone=_is_sign_off(rest), handwritten=any(segment.handwritten for segment in segments),
                    )
                )  # fmt: skip
    return found


def _of(row: tuple, hit: DateHit) -> list:  # type: ignore[type-arg]
    position, chosen = 0, []
    for segment in row:
        after = position + len(segment.text)
        if position < hit.end and hit.start < after:
            chosen.append(segment)
        position = after
    return chosen or [row[0]]


_SIGN_WORDS = re.compile(
    r"^[\s\S]{0,24}?(?:签名|签字|签章|盖章|公章|印章|捺印|指印|日期|时间|签署|落款|承办人|经办人|负责人|律师|申请人|委托人|甲方|乙方|人民法院|检察院|局|处|中心|所|院|委员会)?[()（）:,、_\-—]*[\u4e00-\u9fff]{0,4}$"
)


def _is_sign_off(rest: str) -> bool:
    return len(rest) <= 6 or (len(rest) <= 28 and not re.search(r"[。,;]", rest) and bool(_SIGN_WORDS.match(rest)))


def plausible(value: str | None) -> bool:
    """Whether a paper of a closing file can bear this date."""
    return value is not None and _EARLIEST <= value[:4] <= _LATEST


def read_date(type_: str, views: tuple[PageView, ...]) -> FieldValue:
    """The paper's own date: found, missing where its place is empty or a well-read paper states none, or uncertain."""
    labels, label_first, undated = _rules()
    dates = placed_dates(views)
    by_label = _labelled_date(views, labels.get(type_, ()))
    last = _sign_off(dates)
    if type_ in undated and by_label is None:
        return FieldValue(value=None, state=State.UNCERTAIN, page=views[0].number)
    order = (by_label, last) if type_ in label_first else (last, by_label)
    chosen = next((one for one in order if one is not None and one.found), None)
    chosen = chosen or next((one for one in order if one is not None), None)
    if chosen is not None:
        return chosen.field()
    return _absent(views, dates)


def _sign_off(dates: list[PlacedDate]) -> Reading | None:
    """The last date that stands on a line of its own, else the last date of the paper's last lines."""
    real = [date for date in dates if plausible(date.hit.value)]
    alone = [date for date in real if date.alone]
    if alone:
        return _reading(alone[-1], weight=0.9, crossed=_later_blank(dates, alone[-1]))
    if real and _near_end(real[-1]):
        return _reading(real[-1], weight=0.4, crossed=False)
    return None


def _later_blank(dates: list[PlacedDate], chosen: PlacedDate) -> bool:
    """True if an empty or half-filled sign-off stands after the date: then the date is not the paper's last word."""
    return any(date.hit.value is None and date.alone for date in dates[dates.index(chosen) + 1 :])


def _near_end(date: PlacedDate) -> bool:
    rows = date.view.rows
    bottom = rows[-1][0].box[3] if rows else 1.0
    return date.box[3] > bottom - 0.2


def _reading(date: PlacedDate, *, weight: float, crossed: bool) -> Reading:
    formed = not date.hit.doubtful and not crossed and not _cut_by_seal(date)
    return reading(
        date.view,
        date.hit.value or "",
        date.box,
        date.score,
        formed=formed,
        weight=weight,
        handwritten=date.handwritten,
    )


def _cut_by_seal(date: PlacedDate) -> bool:
    """True if a seal lies over the date and its box is wide enough for a character more than was read.

    `二十八日` under a seal is read as `二十日`: a day that exists and is wrong.
    """
    covered = any(
        seal.box[0] < date.box[2]
        and date.box[0] < seal.box[2]
        and seal.box[1] < date.box[3]
        and date.box[1] < seal.box[3]
        for seal in date.view.reading.seals
    )
    line = next((segment for segment in date.view.segments if segment.box == date.box), None)
    if line is None or (not covered and line.score >= 0.97):
        return False
    pitch = _pitch(date.view)
    return pitch > 0 and (date.box[2] - date.box[0]) / pitch - _ems(line.text) > 0.45


def _ems(text: str) -> float:
    return sum(1.0 if char > "\u2e80" else 0.5 for char in text)


def _pitch(view: PageView) -> float:
    """The usual width of a character on the page, as a fraction of its width."""
    widths = sorted(
        (segment.box[2] - segment.box[0]) / _ems(segment.text) for segment in view.segments if len(segment.text) >= 8
    )
    return widths[len(widths) // 2] if widths else 0.0


def _labelled_date(views: tuple[PageView, ...], labels: tuple[re.Pattern[str], ...]) -> Reading | None:
    for label in labels:
        for view in views:
            for cell in labelled(view, label):
                hits = find_dates(cell.text)
                if hits and plausible(hits[0].value) and hits[0].start <= 8:
                    return reading(
                        view, hits[0].value or "", cell.box, cell.score,
                        formed=not hits[0].doubtful, weight=1.0 if cell.near else 0.7, handwritten=cell.handwritten,
                    )  # fmt: skip
    return None


def _absent(views: tuple[PageView, ...], dates: list[PlacedDate]) -> FieldValue:
    """No date: certainly missing if the paper was read well and nothing half-read stands where a date would."""
    last = views[-1]
    well_read = all(view.well_read for view in views)
    blank = [date for date in dates if date.hit.blank]
    partial = [date for date in dates if date.hit.value is None and not date.hit.blank]
    if blank and not partial and well_read:
        place = blank[-1]
        return FieldValue(
            value=None, state=State.MISSING, page=place.view.number, box=place.box, score=round(place.score, 4)
        )
    if partial:
        return FieldValue(
            value=None, state=State.UNCERTAIN, page=partial[-1].view.number, box=partial[-1].box, score=0.5
        )
    if well_read and not _ink_at_end(last) and not _half_read(last):
        return FieldValue(value=None, state=State.MISSING, page=last.number, score=round(last.quality, 4))
    return FieldValue(value=None, state=State.UNCERTAIN, page=last.number)


def _half_read(view: PageView) -> bool:
    """True if something in the last two fifths of the page was read badly: it may be a date written by hand."""
    start = view.segments[0].box[1] + 0.6 * (view.segments[-1].box[3] - view.segments[0].box[1])
    signed = [place.box for place in view.reading.signature_places]
    return any(
        segment.score < 0.9
        and segment.box[1] >= start
        and not any(
            box[0] < segment.box[2] and segment.box[0] < box[2] and box[1] < segment.box[3] and segment.box[1] < box[3]
            for box in signed
        )
        for segment in view.segments
    )


def _ink_at_end(view: PageView) -> bool:
    """True if a seal or handwriting in the lower half may cover a date."""
    return any(segment.handwritten and segment.box[1] > 0.5 for segment in view.segments) or any(
        seal.box[3] > 0.5 for seal in view.reading.seals
    )


def read_labelled_date(views: tuple[PageView, ...], field: str) -> Reading | None:
    """A date named by the field's labels: `hearing_date`, `assigned_on`, `closed_on`."""
    labelled_date = _labelled_date(views, _field_labels(field))
    if labelled_date is None and field == "hearing_date":
        return _told_hearing(views)
    return labelled_date


_HEARING = (
    re.compile(r"(?:定于|应到时间|开庭时间|审理时间|开庭日期)[:]?(?:\(?北京时间\)?)?(?=[12一二])"),
    re.compile(r"于(?=[12一二][^,。;]{7,14}日[^。;]{0,16}(?:开庭|听证|审理))"),
)


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
def _field_labels(field: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text) for text in table("fields")[field]["labels"])
