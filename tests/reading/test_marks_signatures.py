"""Signature places on drawn pages: signed, empty, typed, dated, sealed, fingerprinted."""

from __future__ import annotations

from copy import deepcopy
from functools import cache

import numpy as np
import pytest
from marks_painter import (
    BLACK,
    BLUE,
    HEI,
    SONG,
    Scan,
    Sheet,
    fingerprint,
    pen_name,
    scan,
    scrawl,
    stamp_seal,
)

from pipeline.reading.marks import find_marks, find_seals
from schemas.base import State
from schemas.reading import Line, SignaturePlace

CLEAN = Scan(blur=0.3, noise=1.5, jpeg=92)
OFFICE = Scan(skew=0.5, blur=0.5, noise=3, jpeg=75)
GREY = Scan(skew=-0.5, blur=0.5, noise=3, jpeg=75, mode="grey")
POOR = Scan(dpi=150, skew=1.0, blur=0.9, noise=7, jpeg=50)
FAX = Scan(blur=0.5, noise=3, mode="bilevel", threshold=170)
SCANS = [POOR, FAX, *(pytest.param(how, marks=pytest.mark.full) for how in (CLEAN, OFFICE, GREY))]
"""The two hardest kinds in every run, the others when asked."""
ROW = 200.0


def record(seed: int = 1) -> Sheet:
    sheet = deepcopy(_record())
    sheet.rng = np.random.default_rng(seed)
    return sheet


@cache
def _record() -> Sheet:
    sheet = Sheet(dpi=200, rng=np.random.default_rng(1))
    sheet.text(85, 20, "会见笔录", 7)
    sheet.prose(40, 12)
    return sheet


def label(sheet: Sheet, words: str = "承办人（签名）：", x: float = 100.0, y: float = ROW) -> float:
    """Prints the label; where it ends, in millimetres."""
    return x + sheet.text(x, y, words)


def pen(sheet: Sheet, x: float, y: float = ROW, colour: tuple[int, int, int] = BLACK, *, curves: bool = False) -> None:
    ink = scrawl(sheet, 26, 10, 0.5) if curves else pen_name(sheet, "陈某山", 7.0, 0.2, 0.5)
    sheet.blend(ink * 0.85, sheet.px(x), sheet.px(y + 2) - ink.shape[0] / 2, colour)


def places(sheet: Sheet, how: Scan = OFFICE) -> tuple[SignaturePlace, ...]:
    image, lines, _ = scan(sheet, how)
    return find_marks(image, how.dpi, lines, find_seals(image, how.dpi)).signature_places


@pytest.mark.parametrize("how", SCANS)
@pytest.mark.parametrize("curves", [False, True])
def test_name_by_pen_is_found(how: Scan, curves: bool) -> None:
    """A written name or a flourish beside the label, in every kind of scan."""
    sheet = record()
    pen(sheet, label(sheet) + 2, curves=curves)
    (place,) = places(sheet, how)
    assert place.state is State.FOUND
    assert place.label == "承办人（签名）："
    assert not place.fingerprint


@pytest.mark.parametrize("how", SCANS)
@pytest.mark.parametrize("what", ["nothing", "underline", "date", "table"])
def test_place_without_ink_by_hand_is_missing(how: Scan, what: str) -> None:
    """Underlines, dates and table lines are not signatures."""
    sheet = record(2)
    end = label(sheet)
    if what == "underline":
        sheet.rule(end, ROW + 5, end + 45, ROW + 5, 0.3)
    elif what == "date":
        sheet.text(end + 3, ROW, "2024年3月5日")
    elif what == "table":
        for y in (ROW - 4, ROW + 9):
            sheet.rule(95, y, 190, y)
        for x in (95, end + 2, 190):
            sheet.rule(x, ROW - 4, x, ROW + 9)
    (place,) = places(sheet, how)
    assert place.state is State.MISSING


@pytest.mark.parametrize("face", [SONG, HEI])
@pytest.mark.parametrize("how", [how for how in SCANS if how != FAX])
def test_typed_name_is_never_a_signature(face: object, how: Scan) -> None:
    """A name typed behind the label in the label's face is print."""
    sheet = record(3)
    sheet.text(100, ROW, "承办人（签名）：", face=face)  # type: ignore[arg-type]
    sheet.text(137, ROW, "李小兰", face=face)  # type: ignore[arg-type]
    (place,) = places(sheet, how)
    assert place.state is not State.FOUND


def test_signature_behind_a_typed_name_is_found() -> None:
    """Typed and signed: signed."""
    sheet = record(4)
    end = label(sheet, x=60)
    typed = sheet.text(end + 2, ROW, "李小兰")
    pen(sheet, end + typed + 9)
    (place,) = places(sheet)
    assert place.state is State.FOUND


def test_blue_pen_is_found_under_a_red_seal() -> None:
    """Seal ink drops out, the pen under it stays."""
    sheet = record(5)
    end = label(sheet)
    pen(sheet, end + 2, colour=BLUE)
    stamp_seal(sheet, end + 14, ROW + 2)
    (place,) = places(sheet)
    assert place.state is State.FOUND


def test_red_seal_alone_is_no_signature() -> None:
    """A seal over the empty place does not sign it."""
    sheet = record(6)
    end = label(sheet)
    stamp_seal(sheet, end + 14, ROW + 2)
    (place,) = places(sheet)
    assert place.state is State.MISSING


def test_fingerprint_signs_and_is_said_to_be_one() -> None:
    """A red thumb beside the label."""
    sheet = record(7)
    fingerprint(sheet, label(sheet) + 15, ROW + 2)
    (place,) = places(sheet)
    assert place.state is State.FOUND
    assert place.fingerprint


def test_label_and_name_read_as_one_line_are_parted() -> None:
    """The line reader often joins the printed label and the larger name behind it."""
    sheet = record(8)
    end = label(sheet)
    pen(sheet, end + 1.5)
    sheet.lines.pop()
    sheet.record("承办人（签名）：陈某山", 100, ROW - 2, end - 100 + 24, 8.5)
    (place,) = places(sheet)
    assert place.state is State.FOUND
    assert place.label == "承办人（签名）："


@pytest.mark.parametrize("border", [6.0, 24.0])
@pytest.mark.parametrize("signed", [True, False])
def test_name_in_the_cell_beside_the_label_is_found(border: float, signed: bool) -> None:
    """A label without a colon has a cell for itself; the cell after the next is not looked at."""
    sheet = record(15)
    end = label(sheet, "承办人签名", x=30)
    for x in (28, end + border, end + border + 40, 200):
        sheet.rule(x, ROW - 4, x, ROW + 9)
    for y in (ROW - 4, ROW + 9):
        sheet.rule(28, y, 200, y)
    pen(sheet, end + border + (3 if signed else 44))
    (place,) = places(sheet)
    assert place.state is (State.FOUND if signed else State.MISSING)


def test_label_and_typed_name_read_as_one_line_stay_print() -> None:
    """The same with a typed name."""
    sheet = record(9)
    sheet.text(100, ROW, "承办人（签名）：李小兰")
    (place,) = places(sheet)
    assert place.state is not State.FOUND


def test_two_labels_in_a_line_have_a_place_each() -> None:
    """Only the second is signed."""
    sheet = record(10)
    sheet.text(30, ROW, "申请人（签字）：")
    end = 110 + sheet.text(110, ROW, "代理人（签字）：")
    pen(sheet, end + 2)
    found = {place.label: place.state for place in places(sheet)}
    assert found == {"申请人（签字）：": State.MISSING, "代理人（签字）：": State.FOUND}


def test_name_written_into_the_cell_below_is_found() -> None:
    """A narrow cell whose label leaves no room beside it."""
    sheet = record(11)
    sheet.text(168, ROW, "审批人签字：", 4.2)
    pen(sheet, 165, ROW + 11)
    (place,) = places(sheet)
    assert place.state is State.FOUND


@pytest.mark.parametrize("signed", [True, False])
def test_heading_of_the_last_column_is_signed_in_the_cell_below(signed: bool) -> None:
    """`受送达人签名（盖章）及日期` at the right edge: what is behind the bracket is the label's own, the name stands below."""
    sheet = record(14)
    sheet.text(124, ROW, "受送达人签名（盖章）及日期", 4.2)
    if signed:
        pen(sheet, 128, ROW + 10)
    (place,) = places(sheet)
    assert place.state is (State.FOUND if signed else State.MISSING)


def test_name_before_the_bracket_is_found() -> None:
    """受委托人：＿＿＿＿（签名）"""
    sheet = record(12)
    end = 60 + sheet.text(60, ROW, "受委托人：")
    sheet.rule(end, ROW + 5, end + 40, ROW + 5, 0.3)
    pen(sheet, end + 6)
    sheet.text(end + 42, ROW, "（签名）")
    assert State.FOUND in {place.state for place in places(sheet)}


def test_roles_in_the_head_of_a_paper_are_fields() -> None:
    """会见人：李小兰 above the text of a record says who met, it is no signature."""
    sheet = Sheet(dpi=200, rng=np.random.default_rng(13))
    sheet.text(85, 20, "会见笔录", 7)
    end = 30 + sheet.text(30, 36, "会见人：")
    pen(sheet, end + 2, 36)
    sheet.prose(60, 18)
    assert places(sheet) == ()


def test_role_at_the_foot_of_a_paper_is_a_place() -> None:
    """申请人： at the end of an application."""
    sheet = record(14)
    pen(sheet, label(sheet, "申请人：") + 2)
    sheet.text(110, ROW + 14, "2024年3月5日")
    (place,) = places(sheet)
    assert place.state is State.FOUND


def test_boxes_stay_inside_the_page() -> None:
    """A label at the very edge gives boxes that are still boxes."""
    image = np.full((400, 300, 3), 250, np.uint8)
    line = Line(text="承办人（签名）：", box=(0.6, 0.97, 1.0, 1.0), score=0.9)
    (place,) = find_marks(image, 150.0, [line], ()).signature_places
    assert place.state is not State.FOUND
    assert place.box[2] <= 1.0
    assert place.box[3] <= 1.0


@pytest.mark.parametrize("how", [GREY, FAX])
def test_black_fingerprint_on_a_grey_scan_is_said_to_be_one(how: Scan) -> None:
    """An inked thumb without its colour."""
    sheet = record()
    fingerprint(sheet, label(sheet) + 14, ROW + 2, (70, 70, 70), 0.95)
    (place,) = places(sheet, how)
    assert place.state is State.FOUND
    assert place.fingerprint


def test_name_by_pen_is_no_fingerprint() -> None:
    """Large writing is not taken for a thumb."""
    sheet = record()
    ink = pen_name(sheet, "陈", 14.0, 0.1, 0.9)
    sheet.blend(ink * 0.9, sheet.px(label(sheet) + 4), sheet.px(ROW) - ink.shape[0] / 2, BLACK)
    (place,) = places(sheet, GREY)
    assert place.state is State.FOUND
    assert not place.fingerprint


def test_small_square_name_seal_signs() -> None:
    """A person's own seal in the place of a signature counts as one."""
    sheet = record()
    stamp_seal(sheet, label(sheet) + 16, ROW + 2, wide=16, tall=16, kind="square", words="陈山之印")
    (place,) = places(sheet)
    assert place.state is State.FOUND
