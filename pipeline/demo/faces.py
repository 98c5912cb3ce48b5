"""Type faces of the sample papers: the two Noto faces that ship with a dependency, and an office's own on demand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

Grey = npt.NDArray[np.uint8]

SERIF = "serif"
SANS = "sans"
PATHS: dict[str, Path] = {SERIF: pylopdf_fonts_zh_cn.serif_path(), SANS: pylopdf_fonts_zh_cn.sans_path()}
TOP = 0.28
"""Empty share of a line above the characters; taken off, so that a line's `y` is the top of its characters."""
DRAWN = "□☑"
"""Characters that are drawn as boxes instead of taken from a face."""


@cache
def coverage(face: str) -> frozenset[int]:
    """The code points that `face` can draw."""
    with TTFont(PATHS[face], fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


def face_for(face: str, char: str) -> str:
    """`face`, or the sans face for a character that it lacks: nothing is ever drawn as an empty box."""
    return face if ord(char) in coverage(face) else SANS


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(PATHS[face]), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def advance(face: str, size: int, char: str) -> float:
    """Width in pixels that `char` takes."""
    if char in DRAWN or ord(char) > 0x2E80:  # noqa: PLR2004 - from here on characters are full width
        return float(size)
    return float(_font(face_for(face, char), size).getlength(char))


@cache
def glyph(face: str, size: int, char: str, stroke: int = 0) -> tuple[Grey, int, int]:
    """The ink of `char` (255 is full) and its offset from the pen's top left corner."""
    canvas = Image.new("L", (size * 2, size * 2), 0)
    font = _font(face_for(face, char), size)
    ImageDraw.Draw(canvas).text((size // 2, size // 4), char, font=font, fill=255, stroke_width=stroke)
    box = canvas.getbbox()
    if box is None:
        return np.zeros((0, 0), np.uint8), 0, 0
    ink = np.asarray(canvas.crop(box), np.uint8)
    if stroke:
        ink = cv2.GaussianBlur(ink, (3, 3), 0.5).astype(np.uint8)
    return ink, box[0] - size // 2, box[1] - size // 4 - round(size * TOP)


def width(face: str, size: int, text: str, spacing: float = 0) -> float:
    """Width in pixels of `text` on one line."""
    return sum(advance(face, size, char) + spacing for char in text)
