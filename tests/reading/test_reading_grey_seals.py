"""Numbers under seals without colour: the seal is lifted where it is paler, and what it may have changed is not sure."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reading_samples import FONT, pixels

from pipeline.reading import RawLine
from pipeline.reading.grey_seals import covers, without_grey_seals
from pipeline.reading.level_strokes import are_miscounted
from pipeline.reading.page_kind import DISPUTED
from pipeline.reading.rereading import settled
from schemas.base import State
from schemas.reading import Seal, SealColour, SealShape

DATE = "二〇二四年三月三十日"
PLACE = (120, 180, 440, 220)
"""Pixels of the line on the page."""
SEAL = Seal(
    box=(0.25, 0.1, 0.75, 0.9), colour=SealColour.GREY, shape=SealShape.ROUND, state=State.FOUND, score=0.9
)  # fmt: skip


def sheet(shade: int | None) -> np.ndarray:
    """A page of 400 pixels with a date, and a ring and star of this shade over it; darker ink wins."""
    page = Image.new("L", (600, 400), 240)
    ImageDraw.Draw(page).text((PLACE[0], PLACE[1] - 8), DATE, font=ImageFont.truetype(str(FONT), 32), fill=30)
    ink = np.asarray(page).copy()
    if shade is not None:
        over = np.full_like(ink, 240)
        cv2.ellipse(over, (300, 200), (146, 156), 0, 0, 360, float(shade), 8)
        cv2.circle(over, (300, 200), 40, float(shade), -1)
        ink = np.minimum(ink, over)
    return cv2.cvtColor(ink, cv2.COLOR_GRAY2BGR)


class Looking:
    """Reads a line one way where the star is to be seen, and another way where it is not."""

    name = "looking/1"

    def __init__(self, covered: str, lifted: str, score: float = 0.99, miscounted: bool = False):
        self.said = {True: covered, False: lifted}
        self.score, self.miscounted = score, miscounted

    def read(self, image, dpi=None):
        return []

    def read_line(self, image):
        grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        height, width = grey.shape
        middle = grey[: height // 8, width // 2 - 20 : width // 2 + 20]
        text = self.said[bool(middle.min() < 200)]
        return RawLine(text, self.score, np.zeros((4, 2), np.float32), miscounted=self.miscounted)


def read_once_more(engine: Looking, read_as: str, shade: int = 130) -> RawLine:
    page = sheet(shade)
    left, top, right, bottom = PLACE
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    line = RawLine(read_as, 0.98, corners)
    return settled([line], page, without_grey_seals(page, [SEAL]), [SEAL], engine)[0]


def test_a_seal_paler_than_print_is_lifted_and_the_print_stays():
    """Ring and star turn to paper, the letters keep their ink."""
    clean, lifted = sheet(None), without_grey_seals(sheet(130), [SEAL])
    changed = np.abs(lifted.astype(int) - clean.astype(int))[:, :, 0] > 40
    assert (sheet(130)[:, :, 0] < 150).sum() > 3 * (clean[:, :, 0] < 150).sum()
    assert changed.mean() < 0.01
    assert (lifted[clean < 60] < 80).mean() > 0.99


@pytest.mark.parametrize("shade", [30, 40])
def test_a_seal_as_dark_as_print_is_left(shade):
    """Nothing tells the two inks apart, so nothing is taken away."""
    page = sheet(shade)
    assert without_grey_seals(page, [SEAL]) is page


def test_a_red_seal_is_left_to_its_colour():
    """Red ink is told by its colour, not by its shade."""
    page = sheet(130)
    assert without_grey_seals(page, [SEAL.model_copy(update={"colour": SealColour.RED})]) is page


def test_both_pictures_saying_the_same_is_sure():
    """A date that reads the same with the seal and without it stays as sure as it was."""
    assert read_once_more(Looking(DATE, DATE), DATE).score > 0.9


def test_a_numeral_that_reads_otherwise_without_the_seal_is_not_sure():
    """三十日 under a star, 二十日 in all looks at it: the picture without the star says otherwise."""
    wrong = DATE.replace("三十", "二十")
    assert read_once_more(Looking(wrong, DATE), wrong).score <= DISPUTED


def test_a_letter_that_the_seal_covered_is_no_contradiction():
    """What the seal hides and its lifting shows is believed where it is read without doubt."""
    settled_line = read_once_more(Looking(DATE.replace("三十", "十"), DATE), DATE)
    assert settled_line.text == DATE
    assert settled_line.score > 0.9


def test_a_piece_of_a_date_is_looked_at_as_well():
    """A seal cuts a date in two; neither piece is a date, and each can be wrong."""
    assert read_once_more(Looking("二十日", "三十日"), "二十日").score <= DISPUTED


def test_where_nothing_can_be_lifted_the_strokes_are_counted():
    """Under a seal as dark as print all looks agree; a 三 that is said to be a 二 shows three strokes."""
    wrong = DATE.replace("三十", "二十")
    assert read_once_more(Looking(wrong, wrong), wrong, shade=30).score > 0.9
    assert read_once_more(Looking(wrong, wrong, miscounted=True), wrong, shade=30).score <= DISPUTED


def letters_and_places(text: str) -> tuple[np.ndarray, np.ndarray]:
    page = Image.new("RGB", (32 * len(text) + 24, 48), "white")
    ImageDraw.Draw(page).text((12, -2), text, font=ImageFont.truetype(str(FONT), 32), fill="black")
    return pixels(page), np.array([12 + 32 * (index + 0.5) for index in range(len(text))])


def test_level_strokes_of_print_are_counted_right():
    """Where the letters are what they are said to be, their strokes are as many."""
    crop, places = letters_and_places("二〇二三年一月三十一日")
    for shift in (-4, 0, 4):
        assert not are_miscounted(crop, list("二〇二三年一月三十一日"), places + shift)


@pytest.mark.parametrize(("printed", "read"), [("三", "二"), ("二", "一"), ("二", "三"), ("一", "二"), ("三", "一")])
def test_a_numeral_of_other_strokes_is_noticed(printed, read):
    """A 三 that is read as 二 has one stroke too many."""
    crop, places = letters_and_places(f"二〇二四年五月{printed}十日")
    assert are_miscounted(crop, list(f"二〇二四年五月{read}十日"), places)


def test_a_star_over_a_numeral_leaves_no_strokes_to_count():
    """Under a dark star the strokes run together, and the numeral is not sure."""
    crop, places = letters_and_places("五月三十日")
    cv2.circle(crop, (12 + 80, 24), 22, (0, 0, 0), -1)
    assert are_miscounted(crop, list("五月三十日"), places)


@pytest.mark.parametrize(
    ("box", "covered"),
    [((0.1, 0.45, 0.3, 0.55), True), ((0.1, 0.11, 0.3, 0.16), False), ((0.5, 0.05, 0.6, 0.12), True)],
)
def test_the_corner_of_a_round_seals_box_covers_nothing(box, covered):
    """A line that only reaches into the empty corner beside the ring is not under the seal."""
    assert covers(SEAL, box) is covered
