"""Letters that would have been read next: which are kept, and that they stay with the letter they are for."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw
from pydantic import ValidationError
from reading_samples import face, letter_page, pixels

from pipeline.reading import PageImage, RawLine, read_page
from pipeline.reading.doubts import LEAST, doubts_of, rivals_of, stripped
from pipeline.reading.recognition import recognise
from schemas.reading import Doubt, Line

ALPHABET = ["", "吴", "伟", "韦", "玮", "讳", "8", "□", "呂", "吕", " ", "二", "四", "〇", "年", "三", "月"]


def row(**shares: float) -> np.ndarray:
    found = np.zeros((1, len(ALPHABET)), np.float32)
    for letter, share in shares.items():
        found[0, ALPHABET.index("" if letter == "blank" else letter)] = share
    return found


def rivals(own: str, **shares: float) -> list[tuple[str, float]]:
    found = rivals_of(row(**{own: 0.9}, **shares), np.array([ALPHABET.index(own)]), ALPHABET)[0]
    return [(letter, round(share, 4)) for letter, share in found]


def test_the_likeliest_hanzi_follow_in_order():
    """Of a hanzi, the next three hanzi are kept, likeliest first; no blank, no digit, no box."""
    found = rivals("伟", 韦=0.03, 玮=0.02, 讳=0.01, 吴=0.005, blank=0.02, **{"8": 0.03, "□": 0.04})
    assert found == [("韦", 0.03), ("玮", 0.02), ("讳", 0.01)]


def test_what_is_hardly_likely_is_not_kept():
    """Below the floor nothing is kept."""
    assert rivals("伟", 韦=LEAST * 0.9) == []


def test_a_digit_has_no_doubts():
    """Digits are doubted by their score, not by other letters."""
    assert rivals("8", 韦=0.05) == []


def test_an_old_shape_of_the_same_letter_is_no_other_letter():
    """呂 is 吕: said in simplified shape as the text is, and no doubt of itself."""
    assert rivals("吕", 呂=0.05) == []
    assert rivals("吴", 呂=0.03, 吕=0.02) == [("吕", 0.03)]


def test_blanks_at_the_ends_move_the_doubts():
    """A line that loses blanks keeps each doubt at its letter; what stood on a blank is gone."""
    doubts = (Doubt(at=2, letter="韦", score=0.02), Doubt(at=4, letter="日", score=0.01))
    text, moved = stripped(" 吴伟明  ", doubts)
    assert text == "吴伟明"
    assert [(text[doubt.at], doubt.letter) for doubt in moved] == [("伟", "韦")]


def test_letters_without_rivals_leave_their_places():
    """Doubts are counted over all letters."""
    assert doubts_of(["人", "：", "吴"], [(), (), (("昊", 0.1),)]) == (Doubt(at=2, letter="昊", score=0.1),)


def test_a_round_zero_put_back_moves_what_follows():
    """Where a 〇 is found in a year's gap, the doubts behind it still belong to their letters."""
    text, font = "二〇二四年三月", face(32)
    page = Image.new("RGB", (256, 48), "white")
    ImageDraw.Draw(page).text((12, -2), text, font=font, fill="black")

    def network(_tensor: np.ndarray) -> np.ndarray:
        steps = np.zeros((32, len(ALPHABET)), np.float32)
        steps[:, 0] = 1.0
        for letter, place in (("二", 3), ("二", 11), ("四", 15), ("年", 19), ("三", 23), ("月", 27)):
            steps[place] = row(**{letter: 0.97})[0]
        steps[15, ALPHABET.index("吕")] = 0.02
        return steps[None]

    said = recognise(network, ALPHABET, pixels(page))
    assert said.text == text
    assert [(said.text[doubt.at], doubt.letter) for doubt in said.doubts] == [("四", "吕")]


class Doubting:
    """Says one line with blanks before it, of which the letter 伟 is in doubt."""

    name = "doubting/1"

    def read(self, image, dpi=None):
        corners = np.array([[200, 400], [800, 400], [800, 460], [200, 460]], np.float32)
        return [RawLine("  承办律师吴伟明", 0.98, corners, doubts=(Doubt(at=7, letter="韦", score=0.02),))]

    def read_line(self, image):
        return RawLine("", 0.0, np.zeros((4, 2), np.float32))


def test_a_page_tells_the_doubts_at_their_letters():
    """The page's line has no blanks before it, and the doubt is at the letter it was for."""
    image = PageImage(sha256="0" * 64, source="test", pixels=pixels(letter_page()), dpi=200.0)
    (line,) = read_page(image, Doubting()).lines
    assert [(line.text[doubt.at], doubt.letter) for doubt in line.doubts] == [("伟", "韦")]


def test_a_line_refuses_a_doubt_beyond_its_end():
    """A doubt that was left behind when a text was cut is an error, not a guess."""
    with pytest.raises(ValidationError, match="beyond the end"):
        Line(text="吴", box=(0, 0, 1, 1), score=1.0, doubts=(Doubt(at=1, letter="韦", score=0.1),))


def test_a_line_that_was_read_before_there_were_doubts_stays_valid():
    """Kept readings of old have none."""
    assert Line.model_validate({"text": "吴", "box": [0, 0, 1, 1], "score": 1.0}).doubts == ()
