"""One page as it comes from a file: its picture, its resolution, and the text it carries itself, if any."""

# ruff: noqa: PLR2004 - grey levels, millimetres and shares are said where they are used

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.base import Box
from schemas.reading import Line, Seal

Pixels = NDArray[np.uint8]
"""Height × width × 3, blue-green-red."""

A4_LONG_INCHES = 297 / 25.4
WORKING_PIXELS = 20_000_000
"""More than A4 at 400 dpi or A3 at 300 dpi brings reading nothing, and costs memory in every step."""
SCREEN_DPI = (72.0, 96.0)
"""What phones, screens and programs write when they do not know the resolution."""


@dataclass(frozen=True, eq=False)
class PageImage:
    """A page before reading.

    `layer` holds the page's own lines of text (boxes are fractions of the page after turning it by `turn`), or None
    where it has none that can be trusted. `pictures` are the areas that the layer says nothing about: pasted photocopies,
    filled form fields, annotations. `seals` are electronic seals that the file declares.
    """

    sha256: str
    source: str
    pixels: Pixels | None
    dpi: float | None = None
    layer: tuple[Line, ...] | None = None
    pictures: tuple[Box, ...] = ()
    turn: int = 0
    seals: tuple[Seal, ...] = ()


def plausible_dpi(stated: float | None, width: int, height: int) -> float | None:
    """The stated resolution, if it makes the page between an identity card and A3 in size."""
    if stated is None or not 70 <= stated <= 1300 or round(stated) in SCREEN_DPI:
        return None
    long_side = max(width, height) / stated * 25.4
    return stated if 70 <= long_side <= 440 else None


def guessed_dpi(width: int, height: int) -> float | None:
    """The resolution if the page were A4; None where its shape is too far from a sheet of paper."""
    long_side, short_side = max(width, height), max(1, min(width, height))
    if not 1.2 <= long_side / short_side <= 1.6:
        return None
    return long_side / A4_LONG_INCHES


def working_size(pixels: Pixels, dpi: float | None) -> tuple[Pixels, float | None]:
    """The picture, made smaller where it has more pixels than reading can use."""
    height, width = pixels.shape[:2]
    if height * width <= WORKING_PIXELS:
        return pixels, dpi
    scale = (WORKING_PIXELS / (height * width)) ** 0.5
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return small.astype(np.uint8, copy=False), dpi * scale if dpi else None


def shrunk(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """The picture at a smaller size (width, height): halved as often as that goes, the rest by interpolation.

    On a page of 200 dpi this takes 5 ms, where OpenCV's averaging over uneven areas takes 40. It blurs a little more:
    good for a look at the page, not for what tells lines or seals apart (two cells ran together, a square seal was lost).
    """
    wide, high = size
    while pixels.shape[0] >= 2 * high and pixels.shape[1] >= 2 * wide:
        height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
        halved = cv2.resize(pixels[: 2 * height, : 2 * width], (width, height), interpolation=cv2.INTER_AREA)
        pixels = halved.astype(np.uint8, copy=False)
    return cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR).astype(np.uint8, copy=False)


def turned(pixels: Pixels, degrees: int) -> Pixels:
    """The picture turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, -degrees // 90)) if degrees % 360 else pixels
