"""Neat writing beside a label: as even as a typeface, and yet not surely typed."""

import numpy as np
import pytest

from pipeline.reading.marks.handwriting import Ink
from pipeline.reading.marks.signatures import _may_be_neat, find_signature_places
from schemas.base import State
from schemas.reading import Line


def _ink(height: float) -> Ink:
    return Ink(
        left=0, top=0, right=12, bottom=height, area=8, stroke=0.3, uneven=0.3, upright=0.55, ragged=0.1, widest=3,
        dark=120, blue=0, turns=np.full(90, 1 / 90),
    )  # fmt: skip


@pytest.mark.parametrize(("height", "odds", "neat"), [(3.7, -4.0, False), (5.0, -4.0, True), (3.7, -0.4, True)])
def test_size_or_strokes_leave_room_for_a_neat_hand(height: float, odds: float, neat: bool) -> None:
    """Only what is as large as its label, in strokes of print, is surely typed."""
    assert _may_be_neat(_ink(height), _ink(3.7), np.array([odds] * 3)) is neat


def test_where_no_character_can_be_told_nothing_speaks_for_a_hand() -> None:
    """A rule or a stain has no characters."""
    assert not _may_be_neat(_ink(5.0), _ink(3.7), np.zeros(0))


@pytest.mark.parametrize(
    ("text", "state"), [("申请人（签名）：", State.MISSING), ("申请人（签名）：郑雪晞", State.UNCERTAIN)]
)
def test_a_place_where_a_name_was_read_is_not_empty(text: str, state: State) -> None:
    """The ink may have been looked for in the wrong spot: what was read there contradicts an empty place."""
    paper = np.full((2339, 1654, 3), 255, np.uint8)
    lines = [
        Line(text="本人承诺以上所填内容真实，愿意承担相应的法律责任。", box=(0.1, 0.5, 0.8, 0.515), score=0.98),
        Line(text=text, box=(0.5, 0.6, 0.5 + 0.02 * len(text), 0.615), score=0.95),
    ]
    (place,) = find_signature_places(paper, 200.0, lines, ())
    assert place.state is state
