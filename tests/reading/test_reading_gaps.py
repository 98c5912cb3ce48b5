"""Letters that were passed over: told by the room they leave and the ink in it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw
from reading_samples import face, letter_page, pixels

from pipeline.letters import in_case_numbers, simplified
from pipeline.reading import RawLine
from pipeline.reading.gaps import holds_ring, inked_gaps
from pipeline.reading.inks import in_blue
from pipeline.reading.sealed import with_hidden_lines
from schemas.base import State
from schemas.reading import Seal, SealColour, SealShape

SIZE, LEFT, TOP, HEIGHT = 32, 12, 4, 48
YEAR = "二〇二四年三月五日"
DAY = "2024年5月27日"


def drawn(text: str, gap_after: int | None = None) -> tuple[np.ndarray, list[float]]:
    """A line as the recogniser sees it, and the middle of each letter; a space's width after one letter on request."""
    font = face(SIZE)
    page = Image.new("RGB", (LEFT + SIZE * (len(text) + 3), HEIGHT), "white")
    pen, x, middles = ImageDraw.Draw(page), float(LEFT), []
    for index, letter in enumerate(text):
        pen.text((x, TOP - 6), letter, font=font, fill="black")
        middles.append(x + font.getlength(letter) / 2)
        x += font.getlength(letter) + (SIZE if index == gap_after else 0)
    return pixels(page), middles


def without(text: str, middles: list[float], lost: int) -> tuple[list[str], np.ndarray]:
    return [*text[:lost], *text[lost + 1 :]], np.array(middles[:lost] + middles[lost + 1 :])


@pytest.mark.parametrize("text", [YEAR, DAY, "湛法援刑字〔2024〕第12号", "440803199003124511"])
def test_a_line_read_whole_has_no_gaps(text):
    """Where every letter was read, nothing is missed, whatever the widths of the letters."""
    crop, middles = drawn(text)
    assert not inked_gaps(crop, list(text), np.array(middles))


@pytest.mark.parametrize(("text", "lost"), [(YEAR, 1), (YEAR, 3), (DAY, 7), (DAY, 8), ("2023年11月24日", 8)])
def test_a_letter_left_out_of_a_date_leaves_a_gap_with_ink(text, lost):
    """Ink where no letter was read says that the date lacks one."""
    crop, middles = drawn(text)
    letters, places = without(text, middles, lost)
    assert [gap.before for gap in inked_gaps(crop, letters, places)] == [lost]


def test_room_without_ink_is_only_room():
    """A form's blank between year and month is no lost letter."""
    crop, middles = drawn(DAY, gap_after=4)
    assert not inked_gaps(crop, list(DAY), np.array(middles))


def test_a_round_zero_is_told_from_other_letters():
    """Only an empty round outline is a 〇."""
    crop, middles = drawn(YEAR)
    for lost, ring in ((1, True), (3, False)):
        letters, places = without(YEAR, middles, lost)
        assert holds_ring(crop, inked_gaps(crop, letters, places)[0]) is ring


def test_prose_is_not_searched_for_gaps():
    """A letter left out of prose changes no number."""
    text = "本院认为被告人构成犯罪"
    crop, middles = drawn(text)
    letters, places = without(text, middles, 4)
    assert not inked_gaps(crop, letters, places)


def test_blue_ink_is_a_pen():
    """What is bluer than the print around it was written; on a page all in one ink nothing was."""
    page = letter_page()
    ImageDraw.Draw(page).text((200, 1400), "陈某某", font=face(60), fill=(34, 50, 128))
    boxes = [(0.12, top / 2339, 0.5, (top + 60) / 2339) for top in (420, 510, 600, 690)]
    written = (0.12, 1400 / 2339, 0.25, 1475 / 2339)
    assert in_blue(pixels(page), [*boxes, written]) == [False] * 4 + [True]
    assert in_blue(pixels(page)[:, :, :1].repeat(3, axis=2), [*boxes, written]) == [False] * 5


def test_a_bold_title_on_yellowed_paper_is_no_pen():
    """Thin print takes on the paper's colour and thick print does not; neither is blue."""
    page = pixels(letter_page()).astype(np.float32)
    yellow = (page * np.array([0.86, 0.95, 1.0])).astype(np.uint8)
    boxes = [(0.12, top / 2339, 0.5, (top + 60) / 2339) for top in (420, 510, 600)]
    assert in_blue(cv2.GaussianBlur(yellow, (0, 0), 1.2), [(0.33, 220 / 2339, 0.56, 310 / 2339), *boxes]) == [False] * 4


def test_shapes_of_one_stroke_are_put_right():
    """Smeared print reads as the traditional shape of the same letter."""
    assert simplified("裁決書，粵0794刑初1號") == "裁决书，粤0794刑初1号"


def test_a_letter_that_reads_as_its_traditional_shape_is_the_simplified_one():
    """In some faces the network says 廣 and 國 for a clear 广 and 国; one firm is not two."""
    assert simplified("廣西榕岸律师事务所韦國栋，签訂") == "广西榕岸律师事务所韦国栋，签订"


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("(2024)粤0793开初93号", "(2024)粤0793刑初93号"),
        ("（2024）粤援0793开093号", "（2024）粤援0793刑093号"),
        ("2024年3月5日开庭", "2024年3月5日开庭"),
        ("于15时30开庭，第3号法庭", "于15时30开庭，第3号法庭"),
    ],
)
def test_no_case_is_of_the_kind_that_a_pens_letter_looks_like(read, right):
    assert in_case_numbers(read) == right


@pytest.mark.parametrize("name", ["李乾", "张昇", "王喆", "周邨", "徐徵"])
def test_letters_that_are_names_of_their_own_stay(name):
    assert simplified(name) == name


class CloseUpEngine:
    """Sees a date only in pictures smaller than a page."""

    name = "close-up/1"

    def read(self, image, dpi=None):
        if image.shape[0] > 1000:
            return []
        return [raw("2024年3月5日", 100, 150, 330, 200), raw("市法律", 60, 20, 180, 75)]

    def read_line(self, image):
        return raw("", 0, 0, 1, 1)


def raw(text, *box):
    left, top, right, bottom = box
    return RawLine(text, 0.99, np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32))


@pytest.mark.parametrize(("colour", "count"), [(SealColour.GREY, 2), (SealColour.RED, 1)])
def test_a_date_under_a_grey_seal_is_looked_for_from_close_by(colour, count):
    """What detection misses on the whole page is found beside the seal; scraps of its ring are left out."""
    page = pixels(letter_page())
    seal = Seal(
        box=(0.6, 0.5, 0.8, 0.64), colour=colour, shape=SealShape.ROUND, state=State.FOUND, score=0.9
    )  # fmt: skip
    title = raw("指派通知书", 560, 220, 920, 270)
    lines = with_hidden_lines([title], page, [seal], 200.0, CloseUpEngine())
    assert len(lines) == count
    if count > 1:
        left, top = lines[1].corners[0]
        assert lines[1].text == "2024年3月5日"
        assert 0.48 * 1654 < left < 0.8 * 1654
        assert 0.5 * 2339 < top < 0.64 * 2339
