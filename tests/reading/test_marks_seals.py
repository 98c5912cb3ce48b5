"""Seals on drawn pages: what is found, what is told apart, what must not be found."""

from __future__ import annotations

from copy import deepcopy
from functools import cache

import numpy as np
import pytest
from marks_painter import (
    BLACK,
    BLUE,
    RED,
    Scan,
    Sheet,
    coffee_ring,
    emblem,
    fingerprint,
    hand_circle,
    logo,
    punch_holes,
    red_head,
    scan,
    stamp_seal,
    text_stamp,
)

from pipeline.reading.marks import find_seals, unwrap_ring
from schemas.base import State
from schemas.reading import Seal, SealColour, SealShape

GREY = Scan(skew=0.5, blur=0.5, noise=3, jpeg=75, mode="grey")
OFFICE = Scan(skew=0.5, blur=0.5, noise=3, jpeg=75)
POOR = Scan(dpi=150, skew=2.0, blur=1.0, noise=8, jpeg=45)
FAX = Scan(skew=0.5, blur=0.5, noise=3, mode="bilevel", threshold=185)


def letter(seed: int = 1) -> Sheet:
    sheet = deepcopy(_letter())
    sheet.rng = np.random.default_rng(seed)
    return sheet


@cache
def _letter() -> Sheet:
    sheet = Sheet(dpi=200, rng=np.random.default_rng(1))
    sheet.prose(60, 14)
    sheet.text(125, 185, "某某市某某区法律援助处")
    sheet.text(132, 195, "二〇二四年三月五日")
    return sheet


def seen(sheet: Sheet, how: Scan = OFFICE) -> tuple[Seal, ...]:
    image, _, _ = scan(sheet, how)
    return find_seals(image, how.dpi)


def overlap(seal: Seal, sheet: Sheet, number: int = 0) -> float:
    """Intersection over union with a painted seal, both as page fractions; skew moves it by a millimetre or two."""
    height, width = sheet.image.shape[:2]
    x0, y0, x1, y1 = sheet.seals[number].box
    truth = (x0 / width, y0 / height, x1 / width, y1 / height)
    wide = min(seal.box[2], truth[2]) - max(seal.box[0], truth[0])
    tall = min(seal.box[3], truth[3]) - max(seal.box[1], truth[1])
    shared = max(0.0, wide) * max(0.0, tall)
    own = (seal.box[2] - seal.box[0]) * (seal.box[3] - seal.box[1])
    return shared / (own + (truth[2] - truth[0]) * (truth[3] - truth[1]) - shared)


@pytest.mark.parametrize(
    ("how", "colour"),
    [(OFFICE, SealColour.RED), (POOR, SealColour.RED), (GREY, SealColour.GREY), (FAX, SealColour.GREY)],
)
def test_seal_over_the_date_is_found_in_every_kind_of_scan(how: Scan, colour: SealColour) -> None:
    """A 42 mm seal over printed text is found with its colour and its place."""
    sheet = letter()
    stamp_seal(sheet, 150, 192, strength=0.8, turn=12)
    (seal,) = seen(sheet, how)
    assert (seal.state, seal.colour, seal.shape) == (State.FOUND, colour, SealShape.ROUND)
    assert overlap(seal, sheet) > 0.75
    assert not seal.at_edge


@pytest.mark.parametrize("wide", [27.0, 34.0, 58.0])
def test_seal_sizes_of_firms_and_ministries_are_found(wide: float) -> None:
    """From a small firm's 27 mm to a ministry's 58 mm."""
    sheet = letter(2)
    stamp_seal(sheet, 140, 200, wide=wide)
    (seal,) = seen(sheet)
    assert seal.state is State.FOUND
    assert overlap(seal, sheet) > 0.75


def test_faint_seal_is_found() -> None:
    """A third of the usual ink is enough in colour."""
    sheet = letter(3)
    stamp_seal(sheet, 150, 195, strength=0.35, blotch=0.4)
    (seal,) = seen(sheet)
    assert seal.state is State.FOUND


def test_double_struck_seal_is_one_seal() -> None:
    """A seal that slipped by two millimetres is not two seals."""
    sheet = letter(4)
    stamp_seal(sheet, 150, 195, double=2.0)
    assert [seal.state for seal in seen(sheet)] == [State.FOUND]


def test_two_seals_over_each_other_are_two() -> None:
    """A firm's seal half over the office's seal."""
    sheet = letter(5)
    stamp_seal(sheet, 120, 200, wide=42)
    stamp_seal(sheet, 147, 206, wide=38)
    found = seen(sheet)
    assert [seal.state for seal in found] == [State.FOUND, State.FOUND]
    assert all(max(overlap(seal, sheet, number) for seal in found) > 0.75 for number in (0, 1))


def test_seal_cut_by_the_page_edge_says_so() -> None:
    """The half of a seam seal is found and known to be cut."""
    sheet = letter(6)
    stamp_seal(sheet, 204, 150)
    (seal,) = seen(sheet)
    assert seal.at_edge
    assert seal.box[2] == pytest.approx(1.0, abs=0.005)


def test_oval_and_square_seals_keep_their_shape() -> None:
    """An invoice seal is oval, a name seal square."""
    sheet = letter(7)
    stamp_seal(sheet, 60, 220, wide=44, tall=30, kind="oval", turn=5)
    stamp_seal(sheet, 150, 220, wide=20, kind="square", words="陈某山印")
    found = {seal.shape: seal.state for seal in seen(sheet)}
    assert found == {SealShape.OVAL: State.FOUND, SealShape.SQUARE: State.FOUND}


def test_blue_seal_is_blue() -> None:
    """Some bodies stamp in blue."""
    sheet = letter(8)
    stamp_seal(sheet, 150, 195, colour=BLUE)
    (seal,) = seen(sheet)
    assert (seal.colour, seal.state) == (SealColour.BLUE, State.FOUND)


@pytest.mark.parametrize("how", [OFFICE, GREY])
@pytest.mark.parametrize("bait", ["head", "finger", "emblem", "holes", "logo", "circle", "stamp", "nothing"])
def test_red_and_round_things_are_no_seals(bait: str, how: Scan) -> None:
    """Letterheads, fingerprints, emblems, holes, logos, drawn circles and lines of red words are not found."""
    sheet = letter(9)
    if bait == "head":
        red_head(sheet)
    elif bait == "finger":
        fingerprint(sheet, 150, 215)
        fingerprint(sheet, 60, 100)
    elif bait == "emblem":
        emblem(sheet, 60, 210)
    elif bait == "holes":
        punch_holes(sheet)
    elif bait == "logo":
        logo(sheet, 40, 25, 16, RED)
    elif bait == "circle":
        hand_circle(sheet, 80, 100, 30, RED)
        hand_circle(sheet, 150, 130, 25, BLACK)
    elif bait == "stamp":
        text_stamp(sheet, 60, 230, frame=False)
    assert [seal for seal in seen(sheet, how) if seal.state is State.FOUND] == []


def test_cup_mark_is_never_surely_a_seal() -> None:
    """The ring of a cup has no words of its own."""
    sheet = letter(10)
    coffee_ring(sheet, 120, 110, 48)
    assert all(seal.state is State.UNCERTAIN for seal in seen(sheet))


def test_framed_words_are_not_surely_a_seal() -> None:
    """A frame around one line of words may at most be in doubt."""
    sheet = letter(11)
    text_stamp(sheet, 60, 230, frame=True)
    assert all(seal.state is State.UNCERTAIN for seal in seen(sheet))


def test_unwrapped_ring_starts_in_the_gap_between_the_words() -> None:
    """The strip begins and ends on paper, so that no character is cut, and holds the words dark on white."""
    sheet = Sheet(dpi=200, rng=np.random.default_rng(12))
    stamp_seal(sheet, 100, 150, blotch=0.0, turn=100)
    image, _, _ = scan(sheet, Scan())
    (seal,) = find_seals(image, 200)
    strip = unwrap_ring(image, seal, 200)
    assert strip.shape[0] == 48
    assert strip[:, :6].min() > 150
    assert strip[:, -6:].min() > 150
    assert (strip < 100).mean() > 0.05


@pytest.mark.parametrize("shape", [(40, 30, 3), (3, 3, 3), (800, 20, 3), (300, 200)])
def test_odd_pictures_hold_no_seals(shape: tuple[int, ...]) -> None:
    """Tiny, narrow and grey pictures are searched without a fault."""
    assert find_seals(np.full(shape, 240, np.uint8), 200.0) == ()


def test_square_seal_over_print_needs_no_colour() -> None:
    """On a grey scan, print that runs into the frame of a square seal hides it no more."""
    sheet = letter(9)
    stamp_seal(sheet, 80, 100, wide=22, kind="square", words="陈某山印")
    (seal,) = seen(sheet, GREY)
    assert (seal.shape, seal.state) == (SealShape.SQUARE, State.FOUND)
