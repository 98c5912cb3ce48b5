"""Ink at the foot of a page without a printed place to sign, on drawn records."""

from __future__ import annotations

from copy import deepcopy
from functools import cache

import numpy as np
import pytest
from marks_painter import BLACK, HEI, RED, SONG, Scan, Sheet, fingerprint, pen_name, scan, stamp_seal

from pipeline.reading.marks import find_seals
from pipeline.reading.marks.page_foot import find_foot
from schemas.base import State
from schemas.reading import SignaturePlace

OFFICE = Scan(skew=0.5, blur=0.5, noise=3, jpeg=75)
GREY = Scan(skew=-0.5, blur=0.5, noise=3, jpeg=75, mode="grey")
POOR = Scan(dpi=150, skew=1.0, blur=0.9, noise=7, jpeg=50)
FAX = Scan(blur=0.5, noise=3, mode="bilevel", threshold=170)
SCANS = [POOR, FAX, *(pytest.param(how, marks=pytest.mark.full) for how in (OFFICE, GREY))]


def record() -> Sheet:
    return deepcopy(_record())


@cache
def _record() -> Sheet:
    sheet = Sheet(dpi=200, rng=np.random.default_rng(4))
    sheet.text(85, 20, "会见笔录", 7)
    sheet.prose(40, 20)
    return sheet


def sign(sheet: Sheet, x: float, y: float) -> None:
    ink = pen_name(sheet, "陈某山", 7.0, 0.2, 0.5)
    sheet.blend(ink * 0.85, sheet.px(x), sheet.px(y) - ink.shape[0] / 2, BLACK)


def foot(sheet: Sheet, how: Scan) -> SignaturePlace | None:
    image, lines, _ = scan(sheet, how)
    return find_foot(image, how.dpi, lines, find_seals(image, how.dpi))


@pytest.mark.parametrize("how", SCANS)
@pytest.mark.parametrize("x", [35.0, 90.0, 150.0])
def test_name_at_the_foot_is_found_wherever_it_stands(how: Scan, x: float) -> None:
    """Left, middle or right below the last line, in every kind of scan."""
    sheet = record()
    sign(sheet, x, 265.0)
    place = foot(sheet, how)
    assert place is not None
    assert place.state is State.FOUND
    assert abs(place.box[0] * 210 - x) < 12


@pytest.mark.parametrize("how", SCANS)
def test_foot_with_a_page_number_alone_is_missing(how: Scan) -> None:
    """Numbers and rules at the foot are print."""
    sheet = record()
    sheet.text(95, 280, "第1页 共3页", 3.5)
    sheet.rule(25, 276, 185, 276, 0.4)
    place = foot(sheet, how)
    assert place is not None
    assert place.state is State.MISSING


@pytest.mark.parametrize("face", [SONG, HEI])
def test_print_that_reading_overlooked_is_no_signature(face: object) -> None:
    """A line at the foot that nobody read is still print."""
    sheet = record()
    sheet.text(60, 262, "以上笔录我看过与我说的相符", 5.0, face)
    sheet.lines.pop()
    place = foot(sheet, OFFICE)
    assert place is not None
    assert place.state is not State.FOUND


def test_thumb_at_the_foot_signs() -> None:
    """A red fingerprint below the last line."""
    sheet = record()
    fingerprint(sheet, 150, 262)
    place = foot(sheet, OFFICE)
    assert place is not None
    assert place.state is State.FOUND


def test_seal_at_the_foot_is_no_signature() -> None:
    """A red seal alone; but a name may be hidden under it."""
    sheet = record()
    stamp_seal(sheet, 150, 245, colour=RED)
    place = foot(sheet, OFFICE)
    assert place is not None
    assert place.state is State.UNCERTAIN


def test_foot_with_a_printed_place_to_sign_is_never_missing() -> None:
    """The place may be signed in a row that reading overlooked."""
    sheet = record()
    sheet.text(30, 262, "承办律师：", 4.2)
    place = foot(sheet, OFFICE)
    assert place is not None
    assert place.state is not State.MISSING


def test_page_filled_with_print_has_no_foot() -> None:
    """Below a last line at the very bottom nobody signs."""
    sheet = record()
    sheet.text(30, 283, "答：没有，我说的都是实话，请记录在案。", 5.0)
    assert foot(sheet, OFFICE) is None
