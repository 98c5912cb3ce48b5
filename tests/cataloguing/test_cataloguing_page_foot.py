"""Records without a printed place to sign: the ink at the foot of each page."""

from __future__ import annotations

from cataloguing_pages import line, page

from pipeline.cataloguing.layout import PageView
from pipeline.cataloguing.marks import read_marks, read_page_marks
from schemas.base import State
from schemas.reading import SignaturePlace

FOUND, MISSING, UNCERTAIN = State.FOUND, State.MISSING, State.UNCERTAIN
INK = (0.6, 0.9, 0.75, 0.93)


def foot(state: State) -> SignaturePlace:
    return SignaturePlace(label="页末", label_box=(0.1, 0.8, 0.9, 0.82), box=INK, state=state, score=0.95)


def labelled(state: State) -> SignaturePlace:
    return SignaturePlace(
        label="被会见人（签名）：", label_box=(0.1, 0.9, 0.3, 0.92), box=(0.3, 0.9, 0.5, 0.93), state=state, score=0.9
    )


def record(*states: State | None, last: tuple[SignaturePlace, ...] = (), written: str = "") -> tuple[PageView, ...]:
    views = []
    for number, state in enumerate(states, 1):
        body = [f"问：第{number}个问题，你是否清楚？", "答：我清楚，我说的都是实话。"] * 6
        more = [line(written, 0.9, left=0.6)] if written else []
        places = last if number == len(states) else ()
        views.append(
            PageView(
                page(
                    number,
                    "会见笔录" if number == 1 else None,
                    [*body, *more],
                    foot=foot(state) if state is not None else None,
                    signature_places=places,
                )
            )
        )
    return tuple(views)


def pages_of(views: tuple[PageView, ...]) -> list[State]:
    marks = read_page_marks("meeting_record", views)["recipient_signature"]
    return [marks[number].state for number in sorted(marks)]


def test_ink_at_the_foot_signs_a_page() -> None:
    """Every page signed below its last line."""
    assert pages_of(record(FOUND, FOUND, FOUND)) == [FOUND, FOUND, FOUND]


def test_a_page_lacks_what_the_others_have() -> None:
    """Where the record is signed at the foot of its pages, a page without ink there surely lacks it."""
    assert pages_of(record(FOUND, MISSING, FOUND)) == [FOUND, MISSING, FOUND]


def test_no_page_lacks_what_none_has() -> None:
    """People sign in the margin, too: where no foot bears ink, it cannot be told."""
    assert pages_of(record(MISSING, MISSING)) == [UNCERTAIN, UNCERTAIN]


def test_a_signed_label_is_no_custom_of_signing_at_the_foot() -> None:
    """The last page's printed place says nothing of the pages before it."""
    assert pages_of(record(MISSING, FOUND, last=(labelled(FOUND),))) == [UNCERTAIN, FOUND]


def test_a_date_at_the_foot_is_no_signature() -> None:
    """Ink that reads as a day alone."""
    assert pages_of(record(FOUND, FOUND, written="2024年5月6日")) == [UNCERTAIN, UNCERTAIN]


def test_a_record_without_a_place_to_sign_is_signed_at_its_foot() -> None:
    """The paper's own mark comes from its last page."""
    mark = read_marks("meeting_record", record(FOUND, FOUND))["recipient_signature"]
    assert mark.state is FOUND
    assert mark.page == 2
    assert read_marks("meeting_record", record(FOUND, MISSING))["recipient_signature"].state is UNCERTAIN
