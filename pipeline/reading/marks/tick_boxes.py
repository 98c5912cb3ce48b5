"""Boxes to tick (勾选框): `□ 一般代理  ☑ 特别授权`."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from schemas.base import State
from schemas.reading import Line, TickBox

EMPTY = "□☐口囗〇○"
TICKED = "☑☒✓✔√■"
OPTION = re.compile(rf"[{EMPTY}{TICKED}]\s*(?P<label>[^{EMPTY}{TICKED}\s，。；;,]{{1,24}})")


def find_tick_boxes(image: NDArray[np.uint8], dpi: float, lines: Sequence[Line]) -> tuple[TickBox, ...]:
    """The tick boxes of an upright page in reading order."""
    del image, dpi
    found = []
    for line in lines:
        for match in OPTION.finditer(line.text):
            mark = match.group()[0]
            if mark in "口囗〇○" and "□" not in line.text and "☑" not in line.text:
                continue
            state = State.FOUND if mark in TICKED else State.MISSING
            found.append(TickBox(label=match["label"], box=line.box, state=state, score=line.score * 0.8))
    return tuple(found)
