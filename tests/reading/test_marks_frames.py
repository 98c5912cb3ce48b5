"""Square frames without colour: those of seals have corners, those among a thumb's ridges have none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.reading.marks.frames import find_frames
from pipeline.reading.marks.outlines import Outline
from pipeline.reading.marks.verdicts import judge_frame
from schemas.base import State
from schemas.reading import SealColour, SealShape

MM = 5.0
"""Pixels."""


def frames(draw) -> list[Outline]:
    strength = np.zeros((300, 300), np.float32)
    draw(strength)
    return find_frames(strength, np.where(strength > 50, np.uint8(255), np.uint8(0)), MM)


def seal(picture: np.ndarray) -> None:
    cv2.rectangle(picture, (110, 110), (190, 190), 100.0, 5)
    for x, y in ((125, 125), (155, 125), (125, 155), (155, 155)):
        cv2.rectangle(picture, (x, y), (x + 20, y + 20), 100.0, 4)
        cv2.line(picture, (x, y + 10), (x + 20, y + 10), 100.0, 3)


def rounded(missing: int):
    """The same seal, with as many of its corners gone as an oval of its size has not."""

    def draw(picture: np.ndarray) -> None:
        seal(picture)
        for x, y in ((110, 110), (190, 190), (110, 190), (190, 110))[:missing]:
            cv2.circle(picture, (x, y), 7, 0.0, -1)

    return draw


def judged(draw) -> State | None:
    (outline,) = frames(draw)
    verdict = judge_frame(outline, MM, SealColour.GREY)
    return verdict.state if verdict is not None else None


def test_a_square_seal_has_four_corners():
    """Frame and characters alone: found, with all its corners."""
    (outline,) = frames(seal)
    assert outline.shape is SealShape.SQUARE
    assert outline.corners == 4
    assert judged(seal) is State.FOUND


@pytest.mark.parametrize(("missing", "state"), [(1, State.UNCERTAIN), (2, None)])
def test_straight_sides_without_corners_are_no_square(missing, state):
    """A worn corner leaves a doubt; straight pieces that meet in no corner are those of an oval."""
    assert judged(rounded(missing)) is state
