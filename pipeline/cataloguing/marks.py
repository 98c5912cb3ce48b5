"""Marks (签名、印章) of a paper, from the seals and signature places that reading found on its pages."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pipeline.cataloguing.layout import PageView, Segment
from pipeline.cataloguing.names import sure_name
from pipeline.cataloguing.readings import SURE
from pipeline.cataloguing.tables import table
from pipeline.cataloguing.text import compact
from schemas.base import Box, State
from schemas.reading import PageKind, Seal, SealShape, SignaturePlace
from schemas.volume import TYPED, Mark

_SEALS = ("office_seal", "firm_seal", "organ_seal")


@cache
def _rules() -> dict[str, Any]:
    loaded: dict[str, Any] = table("marks")
    return loaded


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["mark"], re.compile(row["pattern"])) for row in _rules()["labels"])


@cache
def _overrides(type_: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = _rules()["overrides"].get(type_, {})
    return tuple((mark, re.compile(pattern)) for pattern, mark in rows.items())


def mark_of(label: str, type_: str) -> str | None:
    """Which signature a place's printed label asks for on a paper of this type."""
    text = compact(label)
    for mark, pattern in (*_overrides(type_), *_labels()):
        if pattern.search(text):
            return None if mark == "none" else mark
    expected = [mark for mark in _rules()["papers"].get(type_, ()) if mark not in _SEALS]
    return expected[0] if len(expected) == 1 else None


_BARE = re.compile(r"^(?:或者|/|、|\(|\)|签名|签字|签章|盖章|捺印|日期|签收|[:;])*$")


def _whose(view: PageView, place: SignaturePlace, type_: str) -> str | None:
    """Which signature a place asks for; a bare `签名：` takes its meaning from its cell's first line, or the cell to its left."""
    if not _BARE.match(compact(place.label)):
        return mark_of(place.label, type_)
    above = _line_above(view, place)
    if above and any(pattern.search(above) for _, pattern in (*_overrides(type_), *_labels()) if pattern.pattern):
        return mark_of(above + place.label, type_)
    middle = (place.label_box[1] + place.label_box[3]) / 2
    left = [
        segment
        for segment in view.segments
        if segment.box[2] <= place.label_box[0] + 0.02 and abs((segment.box[1] + segment.box[3]) / 2 - middle) < 0.04
    ]
    if not left:
        return mark_of(place.label, type_)
    head = "".join(segment.folded for segment in left)
    return mark_of(head + place.label, type_)


def _line_above(view: PageView, place: SignaturePlace) -> str:
    """The first line of a label that a narrow cell breaks in two: `值班律师` over `签名`. Empty if there is none."""
    left, top, right, bottom = place.label_box
    height = bottom - top
    for segment in view.segments:
        over = abs(segment.box[3] - top) < BROKEN_LABEL * height and len(segment.folded) <= LONGEST_ROLE
        if over and abs((segment.box[0] + segment.box[2]) - (left + right)) < right - left:
            return segment.folded
    return ""


BROKEN_LABEL = 0.6
"""How far the first line of a broken label may end from where its second begins, in heights of the label."""
LONGEST_ROLE = 8
"""Characters of the longest role that a cell names on a line of its own: `法律援助承办人员`."""


def read_marks(type_: str, views: tuple[PageView, ...]) -> dict[str, Mark]:
    """The marks that a paper of this type may bear, and those it bears besides."""
    expected = _rules()["papers"].get(type_, [])
    marks: dict[str, Mark] = {}
    for name in _SEALS:
        seal = _seal(name, type_, views, expected=name in expected)
        if seal is not None:
            marks[name] = seal
    for name in ("recipient_signature", "lawyer_signature", "staff_signature"):
        places = [
            (view, place)
            for view in views
            for place in view.reading.signature_places
            if _whose(view, place, type_) == name
        ]
        if places or name in expected:
            marks[name] = _signature(places, views)
            if not places and name == _signer_at_foot(type_) and _signed_at_foot(views[-1]):
                foot = views[-1].reading.foot
                assert foot is not None
                marks[name] = _at_foot(views[-1], foot, by_custom=True)
    return marks


def _signer_at_foot(type_: str) -> str | None:
    """Whose name stands below a record that has no printed place for it."""
    signer: str | None = _rules()["at_foot"].get(type_)
    return signer


def _signature(places: list[tuple[PageView, SignaturePlace]], views: tuple[PageView, ...]) -> Mark:
    """FOUND if any place is signed; MISSING if the places are there and all empty; else UNCERTAIN."""
    if not places:
        return Mark(state=State.UNCERTAIN, page=views[-1].number, detail="未找到签名处")
    for state in (State.FOUND, State.UNCERTAIN, State.MISSING):
        for view, place in reversed(places):
            if place.state is state:
                return _placed(view, place)
    raise AssertionError("a place has one of the three states")


def _placed(view: PageView, place: SignaturePlace) -> Mark:
    state = place.state
    poor = view.reading.low_quality or view.reading.kind is PageKind.HANDWRITTEN
    if state is State.MISSING and poor:
        state = State.UNCERTAIN
    detail = f"签名处“{place.label}”" + ("捺有指印" if place.fingerprint and state is State.FOUND else "")
    if state is State.MISSING and _typed_name(view, place):
        detail += TYPED
    return Mark(state=state, page=view.number, box=place.box, score=place.score, detail=detail)


def _typed_name(view: PageView, place: SignaturePlace) -> bool:
    """Whether a name is printed where somebody should have signed, behind the label or in a line of its own."""
    for segment in view.segments:
        if segment.handwritten or segment.score < SURE:
            continue
        _, label, behind = segment.folded.rpartition(compact(place.label).rstrip(":"))
        own = behind.lstrip(":") if label else segment.folded if _touch(segment.box, place.box) else ""
        if sure_name(own) and (_touch(segment.box, place.box) or _touch(segment.box, place.label_box)):
            return True
    return False


def _ring_owner(seal: Seal) -> str | None:
    text = compact(seal.text)
    return next((mark for mark, pattern in _rules()["ring"].items() if re.search(pattern, text)), None)


def _seal(name: str, type_: str, views: tuple[PageView, ...], *, expected: bool) -> Mark | None:
    """The seal of one body: by the words on its ring, else the one that a paper of this type bears."""
    kinds = [mark for mark in _rules()["papers"].get(type_, ()) if mark in _SEALS]
    own = kinds[0] if kinds else None
    found: list[tuple[State, PageView, Seal]] = []
    for view in views:
        for seal in view.reading.seals:
            owner = _ring_owner(seal)
            if owner == name or (owner is None and own == name and (not seal.at_edge or _on_sign_off(view, seal))):
                found.append((_state_of(view, seal), view, seal))
            elif expected and owner is not None:
                found.append((State.UNCERTAIN, view, seal))
    if found:
        state, view, seal = min(found, key=lambda one: (one[0] is not State.FOUND, -one[2].score))
        return Mark(state=state, page=view.number, box=seal.box, score=seal.score, detail=seal.text)
    if not expected:
        return None
    return _no_seal(views)


def _state_of(view: PageView, seal: Seal) -> State:
    """That of the seal; a plain ring on the issuer's name or the day is one, though its words could not be read."""
    plain = seal.state is State.UNCERTAIN and seal.shape is SealShape.ROUND and seal.score > PLAIN_RING
    return State.FOUND if plain and _on_sign_off(view, seal) else seal.state


PLAIN_RING = 0.6
"""Score from which nothing but its words is in doubt (`ring_text.WORDLESS`)."""


def _on_sign_off(view: PageView, seal: Seal) -> bool:
    """A seal at the page's edge that is nearly whole and stands on the issuer's name or the day is no seam seal (骑缝章)."""
    left, top, right, bottom = seal.box
    wide, tall = (right - left) * view.reading.width, (bottom - top) * view.reading.height
    if min(wide, tall) < NEARLY_WHOLE * max(wide, tall):
        return False
    return any(
        left < segment.box[2] and segment.box[0] < right and top < segment.box[3] and segment.box[1] < bottom
        for segment in _sign_off(view)
    )


NEARLY_WHOLE = 0.8


def _no_seal(views: tuple[PageView, ...]) -> Mark:
    """No seal on any page: missing if every page was read well and nothing at the sign-off or the edge may be one."""
    last = views[-1]
    if any(_ring_words(view) or _disturbed_sign_off(view) for view in views):
        return Mark(state=State.UNCERTAIN, page=last.number, detail="落款处有疑似印章文字")
    if not any(_sign_off(view) for view in views):
        return Mark(state=State.UNCERTAIN, page=last.number, detail="未见落款，后页可能另有印章")
    seen = all(view.well_read and not any(seal.at_edge for seal in view.reading.seals) for view in views)
    if seen:
        return Mark(state=State.MISSING, page=last.number, score=round(last.quality, 4), detail="各页均未见印章")
    return Mark(state=State.UNCERTAIN, page=last.number, detail="页面不清，未能确认有无印章")


_BODY = re.compile(r"(?:处|中心|局|院|所|会|政府|支队|大队)$")
_DAY = re.compile(r"年.{0,3}月.{0,3}日|年.{1,3}月$|^\d{4}[-./]\d{1,2}[-./]\d{1,2}$")
CLEAN_LINE = 0.93
"""Print under nothing reads above 0.97; under a seal it loses characters or comes in pieces."""
NEAR_ACROSS, NEAR_DOWN = 0.12, 0.06
"""Half a seal, as shares of an A4 page, around the issuer's name and the date."""


def _sign_off(view: PageView) -> list[Segment]:
    """Lines at the end of the page that name the issuer, set to the right, or the day."""
    return [
        segment
        for segment in view.segments[-FOOT_LINES:]
        if len(segment.folded) <= 20
        and (_DAY.search(segment.folded) or (segment.box[0] > 0.3 and _BODY.search(segment.folded)))
    ]


FOOT_LINES = 10
"""Signatories, issuer, date, annexes, page number."""


def _disturbed_sign_off(view: PageView) -> bool:
    """True if something at the issuer's name or the date was read badly: a seal that was overlooked does that."""
    signs = _sign_off(view)
    return any(
        (segment.score < CLEAN_LINE or segment.handwritten) and not _is_by_hand(segment, view) and _near(segment, sign)
        for sign in signs
        for segment in view.segments
    )


def _is_by_hand(segment: Segment, view: PageView) -> bool:
    """A date or a name by pen reads badly too, with no seal over it."""
    places = (box for place in view.reading.signature_places for box in (place.label_box, place.box))
    return bool(_DAY.search(segment.folded)) or any(_touch(segment.box, box) for box in places)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _near(one: Segment, other: Segment) -> bool:
    across = max(one.box[0], other.box[0]) - min(one.box[2], other.box[2])
    down = max(one.box[1], other.box[1]) - min(one.box[3], other.box[3])
    return across < NEAR_ACROSS and down < NEAR_DOWN


def _ring_words(view: PageView) -> bool:
    """True if part of a seal was read as a line: words far taller than the text, or a scrap of the issuer's name near it."""
    return any(
        (
            segment.height >= 1.8 * view.body_height
            and segment.box[1] > 0.25
            and len(segment.folded) <= 8
            and not _is_by_hand(segment, view)
        )
        or _scrap(segment, view)
        for segment in view.segments
    )


def _scrap(segment: Segment, view: PageView) -> bool:
    """True for a few characters in the right half that repeat part of a longer line close above or below."""
    if (
        not 2 <= len(segment.folded) <= 6
        or segment.centre < 0.5
        or not re.fullmatch(r"[\u4e00-\u9fff]+", segment.folded)
    ):
        return False
    return any(
        other is not segment
        and len(other.folded) > len(segment.folded) + 2
        and segment.folded in other.folded
        and other.folded.endswith(("处", "中心", "局", "院", "所", "会", "委"))
        and other.centre > 0.5
        and abs(other.box[1] - segment.box[1]) < 0.12
        for other in view.segments
    )


def read_page_marks(type_: str, views: tuple[PageView, ...]) -> dict[str, dict[int, Mark]]:
    """For records that are signed page by page: the recipient's signature on each page.

    A page without a printed place for it is signed by ink below its last line. Where there is none, it surely lacks
    the signature only if other pages of the record are signed so: people sign in the margin, too.
    """
    if type_ not in _rules()["each_page"]:
        return {}
    places = {
        view.number: [(view, place) for place in view.reading.signature_places if _signs_page(view, place, type_)]
        for view in views
    }
    by_custom = any(_signed_at_foot(view) for view in views if not places[view.number])
    return {
        "recipient_signature": {
            view.number: _signature(places[view.number], (view,))
            if places[view.number] or view.reading.foot is None
            else _at_foot(view, view.reading.foot, by_custom=by_custom)
            for view in views
        }
    }


def _signed_at_foot(view: PageView) -> bool:
    """Whether ink below the last printed line is more than a date."""
    foot = view.reading.foot
    if foot is None or foot.state is not State.FOUND:
        return False
    read = [
        segment
        for segment in view.segments
        if _touch(segment.box, foot.box) and not _touch(segment.box, foot.label_box)
    ]
    return not read or not all(_ONLY_DAY.fullmatch(segment.folded) for segment in read)


_ONLY_DAY = re.compile(r"[\d年月日.\-/〇零一二三四五六七八九十]+|第?[\d一二三四五六七八九十]+页?")


def _at_foot(view: PageView, foot: SignaturePlace, *, by_custom: bool) -> Mark:
    """The mark of a page that has no printed place to sign, from the ink at its foot."""
    if _signed_at_foot(view):
        return Mark(state=State.FOUND, page=view.number, box=foot.box, score=foot.score, detail="页末有手写签名")
    if foot.state is State.MISSING and by_custom and view.well_read:
        return Mark(state=State.MISSING, page=view.number, box=foot.box, score=foot.score, detail="页末无签名")
    detail = "页末未见签名，本页未设签名处" if foot.state is State.MISSING else "页末字迹未能辨认"
    return Mark(state=State.UNCERTAIN, page=view.number, box=foot.box, detail=detail)


def _signs_page(view: PageView, place: SignaturePlace, type_: str) -> bool:
    mark = _whose(view, place, type_)
    return mark == "recipient_signature" or (
        mark is None and bool(re.search("签名|签字|捺印|指印", compact(place.label)))
    )
