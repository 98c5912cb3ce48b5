"""The sign-off of a paper (落款): the date that stands at its end, and whether a seal may have cut it."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from functools import cache
from itertools import compress, pairwise
from typing import NamedTuple

from pipeline.cataloguing.dates import DateHit, find_dates, may_be_dated
from pipeline.cataloguing.layout import PageView, Segment
from pipeline.cataloguing.readings import Reading, reading
from pipeline.cataloguing.tables import table
from schemas.base import State

_EARLIEST = "1995"
_LATEST = "2079"


class PlacedDate(NamedTuple):
    """A date where it stands: alone on its line (a sign-off), or in running text."""

    hit: DateHit
    view: PageView
    box: tuple[float, float, float, float]
    score: float
    alone: bool
    handwritten: bool
    ends_row: bool = False


@cache
def sealed_types() -> frozenset[str]:
    """Papers that bear a seal, which stands over their date."""
    return frozenset(
        type_ for type_, marks in table("marks")["papers"].items() if any(mark.endswith("_seal") for mark in marks)
    )


def plausible(value: str | None) -> bool:
    """Whether a paper of a closing file can bear this date."""
    return value is not None and _EARLIEST <= value[:4] <= _LATEST


def placed_dates(views: tuple[PageView, ...]) -> list[PlacedDate]:
    """All dates of a paper in reading order, each found within one row."""
    found: list[PlacedDate] = []
    for view in views:
        texts = [row[0].text if len(row) == 1 else "".join([segment.text for segment in row]) for row in view.rows]
        for row, text in compress(zip(view.rows, texts, strict=True), may_be_dated(texts)):
            *parts, last = _parted(row)
            for part in parts:
                found += _in_row(view, part, "".join([segment.text for segment in part]), ends=False)
            found += _in_row(view, last, text if not parts else "".join([segment.text for segment in last]), ends=True)
    return found


def _parted(row: tuple[Segment, ...]) -> list[tuple[Segment, ...]]:
    """The row, cut where a day fills the end of a cell and the next cell begins with a figure: `2024.05.09` and page 6."""
    cuts = [
        at
        for at in range(1, len(row))
        if row[at].text[0].isdigit()
        and _DOTTED.search(row[at - 1].text)
        and row[at].box[0] - row[at - 1].box[2] > row[at].height
    ]
    return [row[start:stop] for start, stop in pairwise([0, *cuts, len(row)])]


_DOTTED = re.compile(r"(?<!\d)(?:19|20)\d\d([./-])\d{1,2}\1\d{1,2}$")


def _in_row(view: PageView, row: tuple[Segment, ...], text: str, *, ends: bool) -> list[PlacedDate]:
    """The dates of a row, or of a part of it; `ends`: whether nothing stands behind it."""
    found: list[PlacedDate] = []
    for hit in find_dates(text):
        first, own, start = _holding(row, hit)
        told = "".join(segment.text for segment in own)
        before, after = told[: hit.start - start], told[hit.end - start :]
        label = row[first - 1].text if first > 0 and not before else ""
        found.append(
            PlacedDate(
                hit, view, own[0].box, min(segment.score for segment in own),
                alone=_is_sign_off(before, after) and not _FIELD.search(label),
                handwritten=any(segment.handwritten for segment in own),
                ends_row=ends and hit.end == len(text) and not _LEADS_ON.search(before),
            )
        )  # fmt: skip
    return found


def _holding(row: tuple[Segment, ...], hit: DateHit) -> tuple[int, tuple[Segment, ...], int]:
    """The segments that hold the date: the place of the first in the row, all of them, and where their text begins."""
    chosen: list[int] = []
    position, begins = 0, 0
    for at, segment in enumerate(row):
        after = position + len(segment.text)
        if position < hit.end and hit.start < after:
            begins = begins if chosen else position
            chosen.append(at)
        position = after
    first, last = (chosen[0], chosen[-1]) if chosen else (0, 0)
    return first, row[first : last + 1], begins


_SIGNED = re.compile(
    r"(?:签名|签字|签章|盖章|公章|印章|捺印|指印|日期|时间|签署|落款|承办人|经办人|负责人|律师|申请人|委托人|甲方|乙方|"
    r"人民法院|检察院|局|处|中心|所|院|委员会)?[()（）:,、_\-—]*[\u4e00-\u9fff]{0,4}$"
)
_LEADS_ON = re.compile(r"[于自在至从到因起将经]$|[。,;，；]")
"""What stands before a date in running text, and never before a sign-off."""
_FIELD = re.compile(
    r"(?:出生|应到|开庭|庭审|听证|审理|指派|受理|结案|办结|立案|拘留|逮捕|羁押|有效|起止|收案|入职|交易|委托|会见|送达|签发|到案|报案|"
    r"案发|犯罪|接受|宣判|举证|阅卷)(?:年月日|年月|时间|日期|期限|日)?:?$"
)
"""The label of a date that a form states of something else than itself."""


def _is_sign_off(before: str, after: str) -> bool:
    """Whether a line that holds a date with these words around it is a sign-off."""
    if len(after) > 8 or re.search(r"[时分点午。,;，；]|起|止$", after) or _LEADS_ON.search(before):
        return False
    return not _FIELD.search(before) and (len(before) <= 6 or (len(before) <= 28 and bool(_SIGNED.search(before))))


def sign_off(type_: str, dates: list[PlacedDate]) -> Reading | None:
    """The last date that stands on a line of its own, else a date that ends the paper's last lines.

    None where a sign-off after it could not be read: another date of the paper is not its own then, however sure it is.
    """
    dates = [date for date in dates if not _on_slip(date)] or dates
    real = [date for date in dates if plausible(date.hit.value)]
    alone = [date for date in real if date.alone]
    if alone:
        if _later_unread(dates, alone[-1]):
            return None
        crossed = _later_blank(dates, alone[-1]) or _told_apart(type_, alone)
        return _reading(type_, alone[-1], weight=0.9, crossed=crossed)
    if real and real[-1].ends_row and _near_end(real[-1]):
        return _reading(type_, real[-1], weight=0.4, crossed=False)
    return None


_SLIP = re.compile(r"^[(\[]?(?:送达|指派通知书?|通知书?|公函|函)?回执(?:联|单)?[)\]]?$")
SLIP_FROM = 0.35
"""Share of the page above which `回执` is the paper's own title."""


def _on_slip(date: PlacedDate) -> bool:
    """Whether the date stands on the slip at the foot of a paper, which the receiver fills in and sends back (回执)."""
    return any(
        _SLIP.match(text) and row[0].box[1] > SLIP_FROM and row[0].box[3] <= date.box[1]
        for row, text in zip(date.view.rows, date.view.row_texts, strict=True)
        if row
    )


def _later_blank(dates: list[PlacedDate], chosen: PlacedDate) -> bool:
    """True if an empty sign-off stands after the date: then the date is not the paper's last word."""
    return any(date.hit.blank and date.alone for date in dates[dates.index(chosen) + 1 :])


def _later_unread(dates: list[PlacedDate], chosen: PlacedDate) -> bool:
    """True if a sign-off that is filled in and was not read stands after the date."""
    later = dates[dates.index(chosen) + 1 :]
    return any(date.hit.value is None and not date.hit.blank and date.alone for date in later)


def _told_apart(type_: str, alone: list[PlacedDate]) -> bool:
    """True if the two sides of an agreement that bears a seal are dated differently: one of the days may be cut."""
    last = alone[-1]
    beside = [
        date for date in alone if date.view is last.view and abs(date.box[1] - last.box[1]) < 0.12 and date is not last
    ]
    return type_ == "representation_agreement" and any(date.hit.value != last.hit.value for date in beside)


def _near_end(date: PlacedDate) -> bool:
    rows = date.view.rows
    bottom = rows[-1][0].box[3] if rows else 1.0
    return date.box[3] > bottom - 0.2


def _reading(type_: str, date: PlacedDate, *, weight: float, crossed: bool) -> Reading:
    formed = not date.hit.doubtful and not crossed and not _cut_by_seal(type_, date) and not _crossed_by_pen(date)
    return reading(
        date.view, date.hit.value or "", date.box, date.score,
        formed=formed, weight=weight, handwritten=date.handwritten,
    )  # fmt: skip


def _crossed_by_pen(date: PlacedDate) -> bool:
    """True if a signature reaches far into the date: a stroke through a 5 makes a 3 that reads well."""
    reading = date.view.reading
    pens = [place.box for place in reading.signature_places if place.state is not State.MISSING]
    pens += [line.box for line in reading.lines if line.score < SCRAWL and line.box != date.box]
    left, top, right, bottom = date.box
    return any(
        left < box[2] and box[0] < right and min(bottom, box[3]) - max(top, box[1]) > INTO * (bottom - top)
        for box in pens
    )


SCRAWL = 0.8
"""A signature read as a line of its own scores below this; print scores above."""
INTO = 0.35
"""Share of the date's height. Boxes of lines have some room around their letters, so that neighbours overlap by a sixth."""


def _cut_by_seal(type_: str, date: PlacedDate) -> bool:
    """True if a seal lies over the date and its box is wide enough for a character more than was read.

    `二十八日` under a seal is read as `二十日`: a day that exists and is wrong. Where no seal was made out on a paper
    that bears one, it may lie there unseen.
    """
    line = next((segment for segment in date.view.segments if segment.box == date.box), None)
    if line is None or not _extensible(date.hit.value or "", line.text):
        return False
    if not _may_be_covered(type_, date) and line.score >= 0.97:
        return False
    pitch, figure = _pitch(date.view), _figure(date.view)
    return pitch > 0 and (date.box[2] - date.box[0]) / pitch - _ems(line.text, figure) > 0.3


_WHOLE_DAY = re.compile(r"(?:\d\d|二十[一二三四五六七八九]|三十一)[日号]?")


def _extensible(value: str, text: str) -> bool:
    """True if one more character would make another date of it: `7日` may be the rest of `27日`, `1月` of `11月`."""
    if value[5:7] in ("01", "02", "10") and not re.search(r"[-./年](?:0[12]|10)[-./月]", text):
        return True
    tail = re.split(r"月|[-./](?=\d{1,2}[日号]?\D*$)", text)[-1]
    return _WHOLE_DAY.match(tail) is None


def _may_be_covered(type_: str, date: PlacedDate) -> bool:
    seals = date.view.reading.seals
    if type_ in sealed_types() and not any(seal.state is State.FOUND for seal in seals):
        return True
    return any(
        seal.box[0] < date.box[2]
        and date.box[0] < seal.box[2]
        and seal.box[1] < date.box[3]
        and date.box[1] < seal.box[3]
        for seal in seals
    )


def _ems(text: str, figure: float = 0.5) -> float:
    return sum(1.0 if char > "\u2e80" else figure if char.isdigit() else 0.5 for char in text)


def _pitch(view: PageView) -> float:
    """The usual width of a character on the page, as a fraction of its width."""
    widths = sorted(
        (segment.box[2] - segment.box[0]) / _ems(segment.text) for segment in view.segments if len(segment.text) >= 8
    )
    return widths[len(widths) // 2] if widths else 0.0


def _figure(view: PageView) -> float:
    """The usual width of a digit against a character, from the lines that are rich in digits: fonts differ in it."""
    pitch = _pitch(view)
    widths = sorted(
        ((segment.box[2] - segment.box[0]) / pitch - _ems(segment.text, 0.0)) / digits
        for segment in view.segments
        if pitch > 0 and (digits := sum(char.isdigit() for char in segment.text)) >= 6
    )
    return min(0.65, max(0.45, widths[len(widths) // 2])) if widths else 0.5
