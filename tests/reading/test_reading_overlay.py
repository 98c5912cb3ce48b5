"""The picture of what was read."""

from __future__ import annotations

import numpy as np

from pipeline.reading import draw_overlay
from schemas.base import State
from schemas.reading import PageKind, PageReading, SignaturePlace, TextSource


def test_ink_at_the_foot_is_drawn() -> None:
    """A signature below the last line, for which no place is printed, is framed like any other."""
    foot = SignaturePlace(
        label="页末", label_box=(0.1, 0.1, 0.9, 0.2), box=(0.5, 0.7, 0.8, 0.8), state=State.FOUND, score=0.9
    )
    paper = np.full((300, 200, 3), 255, np.uint8)
    reading = PageReading(
        sha256="0" * 64, engine="", kind=PageKind.CONTENT, text_source=TextSource.OCR, width=200, height=300, foot=foot
    )
    drawn = draw_overlay(paper, reading)
    assert (drawn[240, 110:150] < 250).any()
    assert (drawn[30, 20:180] == 255).all()
