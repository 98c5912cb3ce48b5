"""Signatures that do not stand beside their label: right under it, under a thumb, in a cell whose head says no 签名."""

from __future__ import annotations

from copy import deepcopy
from functools import cache

import numpy as np
import pytest
from marks_painter import BLUE, Scan, Sheet, fingerprint, pen_name, scan

from pipeline.reading.marks import find_marks, find_seals
from schemas.base import State
from schemas.reading import SignaturePlace

OFFICE = Scan(skew=0.5, blur=0.5, noise=3, jpeg=75)


@cache
def _paper() -> Sheet:
    sheet = Sheet(dpi=200, rng=np.random.default_rng(3))
    sheet.text(85, 20, "委托合同", 7)
    sheet.prose(40, 12)
    return sheet


def paper() -> Sheet:
    return deepcopy(_paper())


def pen(sheet: Sheet, x: float, y: float) -> None:
    ink = pen_name(sheet, "陈某山", 7.0, 0.2, 0.5)
    sheet.blend(ink * 0.85, sheet.px(x), sheet.px(y + 2) - ink.shape[0] / 2, BLUE)


def places(sheet: Sheet) -> tuple[SignaturePlace, ...]:
    image, lines, _ = scan(sheet, OFFICE)
    return find_marks(image, OFFICE.dpi, lines, find_seals(image, OFFICE.dpi)).signature_places


def two_columns(sheet: Sheet, day: float = 212) -> None:
    sheet.text(30, 190, "委托人（签字捺印）：")
    sheet.text(120, 190, "受托人（盖章）：")
    sheet.text(30, day, "2024年4月12日")


@pytest.mark.parametrize("thumb", [False, True])
@pytest.mark.parametrize("lower", [0, 6])
def test_a_name_right_under_its_label_is_found(thumb: bool, lower: int) -> None:
    """Below the label and above the day, with or without a thumb over both, and where two parties sign side by side."""
    sheet = paper()
    two_columns(sheet, 212 + lower)
    pen(sheet, 36, 197 + lower)
    sheet.record("陈某山", 36, 196 + lower, 22, 7, hand=True)
    if thumb:
        fingerprint(sheet, 60, 195 + lower)
    first, second = places(sheet)
    assert first.state is State.FOUND
    assert second.state is State.MISSING


def test_a_name_below_that_has_its_own_label_is_not_this_ones() -> None:
    """`委托人：` is empty, and the next row is another's."""
    sheet = paper()
    two_columns(sheet, 222)
    sheet.text(30, 203, "见证人")
    pen(sheet, 50, 203)
    sheet.record("陈某山", 50, 202, 22, 7, hand=True)
    assert places(sheet)[0].state is not State.FOUND


def test_a_thumb_on_a_label_without_a_name_is_a_question() -> None:
    """It may belong to this place or to the next."""
    sheet = paper()
    two_columns(sheet)
    fingerprint(sheet, 45, 192)
    first, second = places(sheet)
    assert first.state is State.UNCERTAIN
    assert second.state is State.MISSING


def test_nothing_under_a_label_is_no_signature() -> None:
    sheet = paper()
    two_columns(sheet)
    assert [place.state for place in places(sheet)] == [State.MISSING, State.MISSING]


def form(sheet: Sheet, head: tuple[str, ...], last: str) -> None:
    """A row of a form with a head, room to sign and, at its end, `last`."""
    for row, words in enumerate(head):
        sheet.text(26, 203 + 5 * row, words)
    sheet.text(110, 205, last)
    for y in (198, 216):
        sheet.rule(20, y, 190, y)
    for x in (20, 50, 190):
        sheet.rule(x, 198, x, 216)


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("head", [("承办人",), ("承办人签", "名")])
def test_who_filled_in_a_form_signs_before_the_day(head: tuple[str, ...], signed: bool) -> None:
    """`承办人 | | 填报日期：`, also where the head breaks before its last word and the boxes of its lines overlap."""
    sheet = paper()
    form(sheet, head, "填报日期：2024年7月25日")
    if signed:
        pen(sheet, 62, 205)
    (place,) = places(sheet)
    assert (place.state is State.FOUND) == signed


def test_who_handles_a_case_is_a_field_where_no_day_follows() -> None:
    """`承办人 | 陈某山 | 联系电话：` is filled in, not signed."""
    sheet = paper()
    form(sheet, ("承办人",), "联系电话：020-00000000")
    assert places(sheet) == ()


@pytest.mark.parametrize("signed", [True, False])
def test_an_opinion_is_signed_before_its_day(signed: bool) -> None:
    """`负责人意见 | 同意。 … 2024年3月14日`: nothing asks for a name, and where none is seen that is a question."""
    sheet = paper()
    sheet.text(24, 204, "负责人意见")
    sheet.text(60, 200, "同意。")
    sheet.text(140, 207, "2024年3月14日")
    for y in (196, 216):
        sheet.rule(20, y, 190, y)
    if signed:
        pen(sheet, 110, 207)
    (place,) = places(sheet)
    assert place.label == "负责人意见"
    assert place.state is (State.FOUND if signed else State.UNCERTAIN)


def test_words_of_an_opinion_are_no_name() -> None:
    """`同意` by pen stands before the day, too."""
    sheet = paper()
    sheet.text(24, 204, "负责人意见")
    ink = pen_name(sheet, "同意援助", 7.0, 0.2, 0.5)
    sheet.blend(ink * 0.85, sheet.px(104), sheet.px(207 + 2) - ink.shape[0] / 2, BLUE)
    sheet.record("情况属实，同意援助", 104, 206, 30, 7, hand=True)
    sheet.text(140, 207, "2024年3月14日")
    (place,) = places(sheet)
    assert place.state is State.UNCERTAIN


@pytest.mark.parametrize("signed", [True, False])
def test_columns_are_signed_below_their_headings(signed: bool) -> None:
    """`受送达人签收 | 签收日期`: the cell below, above or beside the day that stands in it."""
    sheet = paper()
    for x, words in ((30, "送达文书"), (85, "受送达人签收"), (145, "签收日期")):
        sheet.text(x, 190, words)
    sheet.text(26, 200, "法律援助决定书")
    sheet.text(142, 200, "2024年3月15日")
    for y in (186, 197, 210):
        sheet.rule(20, y, 190, y)
    for x in (20, 72, 130, 190):
        sheet.rule(x, 186, x, 210)
    if signed:
        pen(sheet, 88, 200)
    place = next(each for each in places(sheet) if each.label == "受送达人签收")
    assert (place.state is State.FOUND) == signed


def test_a_name_and_a_day_in_one_cell_below_a_heading() -> None:
    """`回访人、日期`, with the name and the day side by side below it."""
    sheet = paper()
    sheet.text(40, 190, "受援人签名")
    sheet.text(120, 190, "回访人、日期")
    sheet.text(142, 200, "2024年3月15日")
    pen(sheet, 112, 200)
    place = next(each for each in places(sheet) if each.label == "回访人、日期")
    assert place.state is State.FOUND


@pytest.mark.parametrize("by_pen", [True, False])
def test_an_opinion_its_name_and_its_day_read_as_one_line(by_pen: bool) -> None:
    """`核卷人 | 经核，建议发放二千元 陈某山 2024.6.3`: the name is looked at where it stands, and a typed one is none."""
    sheet = paper()
    sheet.text(26, 203, "核卷人")
    left = 84.0
    wide = sheet.text(left, 203, "经核，建议发放贰仟元")
    sheet.lines.pop()
    end = left + wide + 26
    if by_pen:
        pen(sheet, left + wide + 4, 203)
    else:
        sheet.text(left + wide + 5, 203, "陈某山")
        sheet.lines.pop()
    sheet.text(end, 203, "2024.6.3")
    day = sheet.lines.pop()
    right = day.box[2] * 210
    sheet.record("经核，建议发放贰仟元 陈某山 2024.6.3", left, 203, right - left, 4.2, hand=by_pen)
    for y in (198, 214):
        sheet.rule(20, y, 190, y)
    place = next(each for each in places(sheet) if each.label == "核卷人")
    assert (place.state is State.FOUND) == by_pen
