"""Where a form's row begins with who signs in it, people sign anywhere in the cell, or under the words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from test_marks_signatures import ROW, label, pen, places, record

from pipeline.reading.marks.geometry import Scale
from pipeline.reading.marks.places import find_spots
from pipeline.reading.marks.rooms import Layout
from schemas.base import State
from schemas.reading import Line

HEAD = "受送达人签收"


@pytest.mark.parametrize(("x", "y", "state"), [(150, ROW - 8, State.FOUND), (None, 0, State.MISSING)])
def test_a_name_at_the_far_end_of_a_wide_cell_is_found(x: float | None, y: float, state: State) -> None:
    """The name stands higher than the head and near the right border, with a date or without."""
    sheet = record(16)
    end = label(sheet, HEAD, x=30)
    for border in (28, end + 3, 190):
        sheet.rule(border, ROW - 14, border, ROW + 16)
    for border in (ROW - 14, ROW + 16):
        sheet.rule(28, border, 190, border)
    if x is not None:
        pen(sheet, x, y)
    (place,) = places(sheet)
    assert place.state is state


def test_a_name_under_the_words_is_found() -> None:
    """A letter without a table asks `受送达人签收` in a line of its own; the name follows in the next."""
    sheet = record(17)
    label(sheet, HEAD, x=30)
    pen(sheet, 32, ROW + 9)
    label(sheet, "备注：无。", x=30, y=ROW + 22)
    (place,) = places(sheet)
    assert place.state is State.FOUND


@pytest.mark.parametrize(("x", "state"), [(110, State.FOUND), (None, State.MISSING)])
def test_a_heading_across_the_form_is_signed_in_the_cell_below(x: float | None, state: State) -> None:
    """`受送达人签收` stands in the middle of a row of its own; the name, and a day, in the row under it."""
    sheet = record(18)
    label(sheet, HEAD, x=85)
    for border in (ROW - 14, ROW + 4, ROW + 22):
        sheet.rule(28, border, 190, border)
    for border in (28, 190):
        sheet.rule(border, ROW - 14, border, ROW + 22)
    if x is not None:
        pen(sheet, x, ROW + 9)
    label(sheet, "备注：无。", x=30, y=ROW + 28)
    (place,) = places(sheet)
    assert place.state is state


def test_a_head_written_downwards_has_its_whole_cell() -> None:
    """The characters of a narrow head stand under one another: the room is as tall as they are together."""
    head = Line(text=HEAD, box=(0.16, 0.284, 0.19, 0.372), score=0.99)
    others = tuple(
        Line(text="送达地点", box=(0.2, top, 0.3, low), score=0.99) for top, low in pairwise((0.2, 0.22, 0.24))
    )
    (spot,) = find_spots(Layout((*others, head), Scale(210.0, 297.0, 4.2), lambda _box, expected, _behind: expected))
    assert spot.label_box == head.box
    assert (spot.beside[0], spot.beside[1], spot.beside[3]) == (head.box[2], head.box[1], head.box[3])
    assert (spot.beside[2] - spot.beside[0]) * 210.0 > 120.0


@pytest.mark.parametrize(
    ("below", "asked"), [("麦水根2025年4月24日", True), ("送达人：简凤仪", False), ("2025年4月24日", False)]
)
def test_a_name_and_a_day_further_down_leave_the_place_open(below: str, asked: bool) -> None:
    """Empty lines under the words, then a name and a day without words of their own: someone signed there."""
    lines = (
        Line(text="送达文书：给予法律援助决定书", box=(0.115, 0.151, 0.433, 0.175), score=0.99),
        Line(text=f"{HEAD}：", box=(0.116, 0.24, 0.251, 0.263), score=0.99),
        Line(text=below, box=(0.546, 0.338, 0.903, 0.376), score=0.99),
    )
    spots = find_spots(Layout(lines, Scale(210.0, 297.0, 4.2), lambda _box, expected, _behind: expected))
    assert next(spot for spot in spots if spot.label.startswith(HEAD)).followed is asked


@pytest.mark.parametrize(("written", "state"), [(True, State.FOUND), (False, State.MISSING)])
def test_a_name_with_its_day_beside_it_further_down_is_found(written: bool, state: State) -> None:
    """`受送达人签收：` has room for a few lines; the name stands in the last, at the right, the day in a line of its own."""
    sheet = record(19)
    label(sheet, f"{HEAD}：", x=30)
    if written:
        pen(sheet, 110, ROW + 22)
        sheet.lines.append(
            Line(text="苗翠平", box=(110 / 210, (ROW + 20) / 297, 132 / 210, (ROW + 31) / 297), score=0.9)
        )
    label(sheet, "2024年3月8日", x=150, y=ROW + 24)
    assert places(sheet)[0].state is state


def _read_as_label(sheet, until: float) -> None:
    """The label's line reaches over what stands behind it, of which nothing was read."""
    own = sheet.lines[-1]
    sheet.lines[-1] = own.model_copy(update={"box": (own.box[0], own.box[1], until / 210, own.box[3])})


@pytest.mark.parametrize(("written", "state"), [(True, State.FOUND), (False, State.MISSING)])
def test_a_name_that_was_not_read_in_the_labels_own_line_is_found(written: bool, state: State) -> None:
    """`承办人（签名）：` and a name that nobody can read are one line, whose text is the label: ink stands behind it."""
    sheet = record(20)
    end = label(sheet)
    if written:
        pen(sheet, end + 2, ROW - 1)
    _read_as_label(sheet, end + 28)
    assert places(sheet)[0].state is state


def test_a_label_set_wide_is_not_signed() -> None:
    """Its own last characters are print, whatever is taken for its end."""
    sheet = record(21)
    for at, character in enumerate("承办人签名："):
        sheet.text(90 + 8 * at, ROW, character)
    characters = sheet.lines[-6:]
    whole = (characters[0].box[0], characters[0].box[1], characters[-1].box[2], characters[0].box[3])
    sheet.lines[-6:] = [Line(text="承办人签名：", box=whole, score=0.99)]
    assert places(sheet)[0].state is not State.FOUND
