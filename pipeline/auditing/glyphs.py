"""Whether two characters look so alike that recognition may have taken one for the other.

A name that differs by such a character is a question for a person, never a finding. The comparison draws both
characters in the font that ships with the program and correlates the slightly blurred pictures.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pylopdf_fonts_zh_cn import sans_path

_SIZE = 40
_ALIKE = 0.72
"""Correlation from which two Chinese characters count as alike. Measured: 杨 and 扬 0.96, 陈 and 阵 0.84, 李 and 季 0.73;
unrelated pairs lie between 0.3 and 0.68."""

_SETS = (
    "0OoDQ〇", "1Il|7Z", "2Zz7", "3891", "5S6s", "68B0G", "9g8", "4A", "Xx×", "Uu", "Vv", "Ww", "Kk", "Cc", "Pp",
    "己已巳", "未末", "日曰", "土士", "人入八", "千干于", "王玉主", "大太犬", "天夫无", "田由甲申", "戊戌戍", "侯候", "辩辨辫",
)  # fmt: skip


def look_alike(one: str, other: str) -> bool:
    """Whether one single character may be a misreading of the other."""
    one, other = unicodedata.normalize("NFKC", one), unicodedata.normalize("NFKC", other)
    if one == other or any(one in group and other in group for group in _SETS):
        return True
    if len(one) != 1 or len(other) != 1 or min(one, other) < "\u3400":
        return False
    return _correlation(*sorted((one, other))) >= _ALIKE


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(sans_path()), _SIZE, layout_engine=ImageFont.Layout.BASIC)


@cache
def _picture(character: str) -> NDArray[np.float64]:
    image = Image.new("L", (_SIZE + 8, _SIZE + 8), 0)
    ImageDraw.Draw(image).text((4, -4), character, fill=255, font=_font())
    blurred = image.filter(ImageFilter.GaussianBlur(1.6))
    values = np.asarray(blurred, dtype=np.float64)
    values = values - values.mean()
    norm = float(np.linalg.norm(values))
    return np.asarray(values / norm if norm else values, dtype=np.float64)


@cache
def _correlation(one: str, other: str) -> float:
    return float((_picture(one) * _picture(other)).sum())
