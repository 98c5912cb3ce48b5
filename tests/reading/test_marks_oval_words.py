"""An oval of dark lines is surely a seal if words run round it."""

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
    [(SealShape.ROUND, SealColour.GREY), (SealShape.OVAL, SealColour.RED), (SealShape.OVAL, SealColour.BLUE)],
)
def test_other_seals_need_not_speak(shape: SealShape, colour: SealColour) -> None:
    """A round seal has its star; what is red or blue was pressed with paste."""
    told = with_words(PAGE, 200, seal(shape, colour), lambda _strip: ("", 0.0))
    assert (told.state, told.score) == (State.FOUND, 0.9)
