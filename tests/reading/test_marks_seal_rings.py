"""Seals whose words crowd the ring, grey seals in every depth, pieces of seals, and the rims that are none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from marks_painter import RED, Scan, Sheet, coffee_ring, hand_circle, scan, stamp_seal

from pipeline.reading.marks import find_seals
from schemas.base import State
from schemas.reading import Seal, SealColour, SealShape

OFFICE = Scan(skew=0.5, blur=0.5, noise=3, jpeg=75)
POOR = Scan(dpi=150, skew=2.0, blur=1.0, noise=8, jpeg=45)
GREY = Scan(skew=0.5, blur=0.5, noise=3, jpeg=75, mode="grey")
FAX = Scan(skew=0.5, blur=0.5, noise=3, mode="bilevel", threshold=185)


def letter(seed: int) -> Sheet:
    sheet = Sheet(dpi=200, rng=np.random.default_rng(seed))
    sheet.prose(60, 14)
    sheet.text(125, 185, "某某市某某区法律援助处")
    sheet.text(132, 195, "二〇二四年三月五日")
    return sheet


def seen(sheet: Sheet, how: Scan) -> tuple[Seal, ...]:
    image, _, _ = scan(sheet, how)
    return find_seals(image, how.dpi)


@pytest.mark.parametrize(
    ("how", "colour"),
    [(OFFICE, SealColour.RED), (POOR, SealColour.RED), (GREY, SealColour.GREY), (FAX, SealColour.GREY)],
)
@pytest.mark.parametrize("wide", [36.0, 42.0])
def test_words_that_crowd_the_ring_do_not_hide_the_seal(how: Scan, colour: SealColour, wide: float) -> None:
    """No clear band between words and ring, in every kind of scan."""
    sheet = letter(1)
    stamp_seal(sheet, 148, 190, wide=wide, strength=0.85, turn=9, close=True)
    (seal,) = seen(sheet, how)
    assert (seal.state, seal.colour) == (State.FOUND, colour)
    assert seal.score > 0.8


@pytest.mark.parametrize("level", [60, 120, 170])
def test_copied_seals_are_found_from_dark_to_pale(level: int) -> None:
    """What a photocopier leaves of a red seal is anything from near black to pale grey."""
    sheet = letter(2)
    stamp_seal(sheet, 148, 190, colour=(level, level, level), close=True)
    (seal,) = seen(sheet, GREY)
    assert (seal.state, seal.colour) == (State.FOUND, SealColour.GREY)


@pytest.mark.parametrize("share", [0.4, 0.55])
def test_seal_cut_by_nothing_visible_leaves_a_trace(share: float) -> None:
    """A seal stamped across two sheets that were scanned one by one, on white: never passed over."""
    sheet = letter(3)
    stamp_seal(sheet, 150, 195, wide=40)
    sheet.image[:, round(sheet.px(130 + 40 * share)) :] = 255
    found = seen(sheet, OFFICE)
    assert found
    assert found[0].colour is SealColour.RED


@pytest.mark.parametrize("how", [OFFICE, GREY])
def test_round_things_on_print_are_not_surely_seals(how: Scan) -> None:
    """A circle drawn around words and the mark of a cup have no words of their own."""
    sheet = letter(4)
    hand_circle(sheet, 150, 190, 34, RED)
    coffee_ring(sheet, 90, 110, 46)
    assert all(seal.state is State.UNCERTAIN for seal in seen(sheet, how))


def test_coloured_rim_of_a_scan_is_no_seal() -> None:
    """Light that falls in at the sheet's edge leaves red patches there."""
    sheet = letter(5)
    sheet.image[800:960, 0:100] = RED[::-1] if sheet.image.shape[2] == 3 else 120
    sheet.image[815:945, 0:85] = 240
    assert [seal for seal in seen(sheet, OFFICE) if seal.state is State.FOUND] == []


@pytest.mark.parametrize("how", [OFFICE, GREY, FAX])
@pytest.mark.parametrize(("wide", "tall"), [(40.0, 30.0), (45.0, 30.0)])
def test_oval_seals_are_found_without_colour_and_over_print(how: Scan, wide: float, tall: float) -> None:
    """An oval seal over the sign-off hangs together with the print: no outline gives it away."""
    sheet = letter(6)
    stamp_seal(sheet, 148, 190, wide=wide, tall=tall, kind="oval", strength=0.9, turn=7)
    (seal,) = seen(sheet, how)
    assert (seal.state, seal.shape) == (State.FOUND, SealShape.OVAL)


@pytest.mark.parametrize("how", [OFFICE, GREY])
def test_square_seals_are_found_without_colour(how: Scan) -> None:
    """A person's square seal beside the print."""
    sheet = letter(7)
    stamp_seal(sheet, 60, 230, wide=18, kind="square", words="陈某山印", strength=0.9, turn=4)
    (seal,) = seen(sheet, how)
    assert (seal.state, seal.shape) == (State.FOUND, SealShape.SQUARE)


@pytest.mark.parametrize("how", [OFFICE, GREY])
def test_boxes_of_a_form_are_no_square_seals(how: Scan) -> None:
    """Cells with print, an empty box for a photograph, and a field filled with colour."""
    sheet = letter(8)
    sheet.table(230, 3, columns=8, pitch=14)
    for x0, y0, x1, y1 in ((20, 30, 40, 30), (20, 52, 40, 52), (20, 30, 20, 52), (40, 30, 40, 52)):
        sheet.rule(x0, y0, x1, y1, 0.3)
    sheet.text(25, 38, "照片")
    sheet.rule(150, 40, 170, 40, 20, RED)
    assert seen(sheet, how) == ()


def test_round_things_in_a_photograph_are_not_surely_seals() -> None:
    """A plate or a wheel on a copied photograph has the outline of a seal."""
    sheet = letter(9)
    rng = np.random.default_rng(9)
    ground = cv2.resize(rng.integers(60, 170, (5, 6, 3), dtype=np.uint8), (640, 480), interpolation=cv2.INTER_CUBIC)
    for x in (170, 470):
        cv2.circle(ground, (x, 240), 120, (30, 40, 180), 12, cv2.LINE_AA)
        cv2.circle(ground, (x, 240), 30, (30, 40, 180), -1, cv2.LINE_AA)
    sheet.image[450:930, 300:940] = ground
    assert all(seal.state is State.UNCERTAIN for seal in seen(sheet, OFFICE))


def test_ring_and_star_are_a_seal_where_the_words_have_faded() -> None:
    """A copier loses the thin strokes of the words first."""
    sheet = letter(10)
    stamp_seal(sheet, 60, 230, words="", strength=0.7, colour=(150, 150, 150))
    (seal,) = seen(sheet, GREY)
    assert seal.state is State.FOUND
