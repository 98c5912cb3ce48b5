"""A ring of dark lines is surely a seal if words run round it."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.reading.marks import with_words
from schemas.base import State
from schemas.reading import Seal, SealColour, SealShape

PAGE = np.full((400, 400, 3), 255, np.uint8)


def seal(shape: SealShape, colour: SealColour) -> Seal:
    return Seal(box=(0.2, 0.2, 0.6, 0.5), colour=colour, shape=shape, state=State.FOUND, score=0.9)


@pytest.mark.parametrize(
    ("read", "state", "text"),
    [
        (("广东海岬律师事务所", 0.95), State.FOUND, "广东海岬律师事务所"),
        (("县公安", 0.7), State.FOUND, "县公安"),
        (("南者市第一看所", 0.55), State.FOUND, ""),
        (("嫌诈骗", 0.9), State.UNCERTAIN, "嫌诈骗"),
        (("广东海岬律师事务所", 0.3), State.UNCERTAIN, ""),
        (("", 0.0), State.UNCERTAIN, ""),
    ],
)
def test_an_oval_without_colour_speaks_or_is_a_question(read: tuple[str, float], state: State, text: str) -> None:
    """A pen draws ovals around words, which run level and are not read round its middle."""
    told = with_words(PAGE, 200, seal(SealShape.OVAL, SealColour.GREY), lambda _strip: read)
    assert (told.state, told.text) == (state, text)


@pytest.mark.parametrize(
    ("shape", "colour"),
    [(SealShape.SQUARE, SealColour.GREY), (SealShape.OVAL, SealColour.RED), (SealShape.ROUND, SealColour.BLUE)],
)
def test_other_seals_need_not_speak(shape: SealShape, colour: SealColour) -> None:
    """A square seal has no ring; what is red or blue was pressed with paste."""
    told = with_words(PAGE, 200, seal(shape, colour), lambda _strip: ("", 0.0))
    assert (told.state, told.score) == (State.FOUND, 0.9)


@pytest.mark.parametrize(
    ("read", "state"),
    [
        (("府", 1.0), State.UNCERTAIN),
        (("人民", 0.45), State.FOUND),
        (("", 0.0), State.UNCERTAIN),
        (("MAME", 0.39), State.UNCERTAIN),
    ],
)
def test_a_ring_without_words_is_a_question(read: tuple[str, float], state: State) -> None:
    """A cup's mark has none, and a seal that shines through from the back has them in a mirror."""
    told = with_words(PAGE, 200, seal(SealShape.ROUND, SealColour.GREY), lambda _strip: read)
    assert told.state is state


def test_a_seal_that_the_edge_cuts_need_not_speak() -> None:
    """Of a seam seal there are two or three letters on each sheet."""
    cut = seal(SealShape.ROUND, SealColour.GREY).model_copy(update={"at_edge": True})
    assert with_words(PAGE, 200, cut, lambda _strip: ("", 0.0)).state is State.FOUND
