"""Lines by pen (手写行): in blue ink, or in strokes that no press makes; fully, or in the part that was filled in.

Blue measured on 28 drawn pages: the ink of 99 % of printed lines is within one grey level of their page's, that of lines
by a blue pen is 8 to 45 levels bluer. A black pen, and any pen on a grey scan, shows in its strokes alone.
"""

# ruff: noqa: PLR2004 - shares and grey levels are said where they are used

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.levels import levels
from pipeline.reading.marks.pen_lines import PenPart, find_pen
from pipeline.reading.marks.planes import red_of
from pipeline.reading.page_image import Pixels
from pipeline.reading.seal_text import touches
from schemas.base import Box
from schemas.reading import Seal, SealColour

BLUER = 8.0
"""Grey levels by which a line's ink must be bluer than grey, and bluer than the page's print.

On yellowed paper thin print is yellowish and a bold title is not: that alone makes no pen."""


def by_pen(
    picture: Pixels, corners: Sequence[NDArray[np.float32]], boxes: Sequence[Box], seals: Sequence[Seal]
) -> list[float]:
    """For each line, by its corners in pixels and its box in page fractions, the share that a pen wrote.

    Under a grey seal nothing can be told; a red one is pale in the channel in which strokes are looked at.
    """
    parts = pen_parts(picture, corners)
    grey = [seal for seal in seals if seal.colour is not SealColour.RED]
    blue = in_blue(picture, boxes)
    return [
        1.0
        if is_blue and not touches(box, seals)
        else 0.0
        if touches(box, grey)
        else sum(part.right - part.left for part in own)
        for is_blue, own, box in zip(blue, parts, boxes, strict=True)
    ]


def pen_parts(picture: Pixels, corners: Sequence[NDArray[np.float32]]) -> list[tuple[PenPart, ...]]:
    """For each line the parts that a pen wrote, by their strokes."""
    return find_pen(red_of(picture), corners)


def in_blue(picture: Pixels, boxes: Sequence[Box]) -> list[bool]:
    """For each line's box, whether its ink is blue and that of the page is not."""
    height, width = picture.shape[:2]
    shades = []
    for left, top, right, bottom in boxes:
        rows = slice(int(top * height), int(bottom * height) + 1)
        shades.append(_blueness(picture[rows, int(left * width) : int(right * width) + 1]))
    # On a form filled in by hand most lines may be pen: the least blue third is surely print.
    usual = float(np.percentile(shades, 33)) if shades else 0.0
    return [shade - max(usual, 0.0) >= BLUER for shade in shades]


def _blueness(part: NDArray[np.uint8]) -> float:
    """Of the darkest tenth of the pixels: blue less red."""
    if part.size < 300:
        return 0.0
    blue, green, red = (part[::2, ::2, channel].astype(np.int16) for channel in range(3))
    blueness, lightness = blue - red, blue + green + red
    dark, light = levels(lightness, 10, 60)
    if light - dark < 90:
        return 0.0
    return float(np.median(blueness[lightness <= dark]))
