"""Seals without colour that only their thick ink gives away, and the thick rings that are none."""

from __future__ import annotations

import cv2
import numpy as np
from marks_painter import Scan, Sheet, coffee_ring, fingerprint, scan, stamp_seal
from numpy.typing import NDArray

from bench.seal_inks import DARK_RED, press, spun
from pipeline.demo.stamps import fingerprint as thumb
from pipeline.reading.marks import find_seals
from schemas.base import State
from schemas.reading import Seal, SealShape

GREY = Scan(skew=0.5, blur=0.5, noise=3, jpeg=75, mode="grey")
FAX = Scan(skew=0.5, blur=0.5, noise=3, mode="bilevel", threshold=185)
PALE = (196, 196, 196)
COPIED = (104, 104, 104)


def written_over(seed: int) -> Sheet:
    sheet = Sheet(dpi=200, rng=np.random.default_rng(seed))
    sheet.prose(60, 26)
    return sheet


def seen(sheet: Sheet, how: Scan) -> tuple[Seal, ...]:
    image, _, _ = scan(sheet, how)
    return find_seals(image, how.dpi)


def test_pale_seal_in_the_midst_of_print_is_found() -> None:
    """The print outvotes a pale ring; its strokes are too thin to do so in thick ink."""
    sheet = written_over(1)
    stamp_seal(sheet, 110, 120, colour=PALE)
    (seal,) = seen(sheet, GREY)
    assert (seal.state, seal.shape) == (State.FOUND, SealShape.ROUND)


def test_two_copied_seals_that_overlap_on_print_are_both_found() -> None:
    """Each has most of its outline for itself."""
    sheet = written_over(2)
    stamp_seal(sheet, 90, 120, colour=COPIED)
    stamp_seal(sheet, 119, 122, wide=40, tall=30, kind="oval", colour=COPIED)
    assert [seal.state for seal in seen(sheet, GREY)] == [State.FOUND, State.FOUND]


def test_long_oval_is_one_seal_and_not_the_circles_at_its_ends() -> None:
    """A tilted oval of 45 by 30 mm, on a page of one bit."""
    sheet = Sheet(dpi=200, rng=np.random.default_rng(3))
    stamp_seal(sheet, 120, 200, wide=45, tall=30, kind="oval", turn=12)
    found = [seal for seal in seen(sheet, FAX) if seal.state is State.FOUND]
    assert [seal.shape for seal in found] == [SealShape.OVAL]


def test_mark_of_a_cup_on_print_is_no_sure_seal_in_grey() -> None:
    """Its ring is as thick as a seal's, but no words stand alone in it and no star."""
    sheet = written_over(4)
    coffee_ring(sheet, 90, 110, 46)
    fingerprint(sheet, 150, 215)
    assert [seal for seal in seen(sheet, GREY) if seal.state is State.FOUND] == []


def test_tilted_red_thumb_is_no_square() -> None:
    """An oval fills its rectangle's sides, but not its corners."""
    assert [find_seals(_thumbed(number), 200) for number in range(8)] == [()] * 8


def _thumbed(number: int) -> NDArray[np.uint8]:
    page = np.full((700, 900, 3), 250, np.uint8)
    press(page, spun(thumb(f"thumb {number}") * np.float32(1.1), 15.0 * number - 60), 50, 45, DARK_RED)
    return np.ascontiguousarray(cv2.GaussianBlur(page, (0, 0), 0.6)[:, :, ::-1], np.uint8)
