"""Text under seals without colour (灰度印章): what is paler than print is lifted to the paper, but for the rims of letters.

A red seal scanned in grey, or copied, is paler than the print that it lies on. Measured on dates under such seals, 48 a
quality, read from the page as it is and with the seals lifted, right and sure: clean 8 → 32, photocopies 10 → 22, office
7 → 20; poor scans gain nothing (8 → 6), and where seal and print are as dark as each other, on pages of one bit, nothing
can be lifted.
"""

# ruff: noqa: PLR2004 - grey levels and shares of a seal are said where they are used

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.levels import levels
from pipeline.reading.page_image import Pixels
from schemas.base import Box, State
from schemas.reading import Seal, SealColour, SealShape

RIM = 0.9
"""Share of a seal's radius from which its ring is looked for."""
LEAST_LEAD, LEAST_LEVELS = 0.25, 12
"""How much paler than print a seal must be, of the way from print to paper, and in grey levels."""
PALER = 0.62
"""Share of the way from print to seal beyond which ink is the seal's. With 0.85 fewer dates were read right."""
EDGE = 5
"""Pixels across of what stays around a letter's dark core: its own rim. With 3 fewer dates were read right."""


@dataclass(frozen=True)
class Shades:
    """Grey levels: print, and the paper and the ring of one seal."""

    ink: float
    paper: float
    seal: float

    @property
    def apart(self) -> bool:
        lead = self.seal - self.ink
        return lead >= LEAST_LEVELS and lead >= LEAST_LEAD * (self.paper - self.ink)


def is_grey(seal: Seal) -> bool:
    """Whether nothing but its shade can tell the seal from print."""
    return seal.colour is not SealColour.RED and seal.state is not State.MISSING


def covers(seal: Seal, box: Box) -> bool:
    """Whether a seal without colour lies on the box: the seal itself, not the corners of its own box."""
    middle = (seal.box[0] + seal.box[2]) / 2, (seal.box[1] + seal.box[3]) / 2
    away = [
        max(box[axis] - middle[axis], 0.0, middle[axis] - box[axis + 2])
        / max(1e-6, (seal.box[axis + 2] - seal.box[axis]) / 2)
        for axis in (0, 1)
    ]
    return is_grey(seal) and (max(away) if seal.shape is SealShape.SQUARE else hypot(*away)) < 1.0


def without_grey_seals(image: Pixels, seals: Sequence[Seal]) -> Pixels:
    """The picture, or a copy in which those seals without colour have turned pale that are paler than print."""
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8) if any(map(is_grey, seals)) else None
    lifted = image
    for seal in filter(is_grey, seals):
        part = _pale(grey, seal) if grey is not None else None
        if part is not None:
            lifted = image.copy() if lifted is image else lifted
            area = _area(image.shape, seal.box)
            # Where two seals lie on each other, what either has lifted stays so.
            lifted[area] = np.maximum(lifted[area], part[:, :, None])
    return lifted


def _pale(grey: NDArray[np.uint8], seal: Seal) -> NDArray[np.uint8] | None:
    part = grey[_area(grey.shape, seal.box)]
    shades = _shades(grey, part, seal.shape)
    if shades is None or not shades.apart:
        return None
    core = (part <= shades.ink + PALER * (shades.seal - shades.ink)).astype(np.uint8)
    near = cv2.dilate(core, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (EDGE, EDGE)))
    return np.where(near > 0, part, np.maximum(part, np.uint8(shades.paper))).astype(np.uint8)


def _area(shape: tuple[int, ...], box: Box) -> tuple[slice, slice]:
    height, width = shape[:2]
    left, top, right, bottom = box
    return slice(int(top * height), int(bottom * height) + 1), slice(int(left * width), int(right * width) + 1)


def _shades(grey: NDArray[np.uint8], part: NDArray[np.uint8], shape: SealShape) -> Shades | None:
    if min(part.shape) < 16:
        return None
    (paper,) = levels(part, 85)
    ring = part[_rim(part.shape, shape)]
    struck = ring[ring < paper - 25]
    inked = grey[::2, ::2][grey[::2, ::2] < paper - 60]
    if struck.size < 50 or inked.size < 50:
        return None
    return Shades(ink=levels(inked, 8)[0], paper=paper, seal=levels(struck, 35)[0])


def _rim(size: tuple[int, ...], shape: SealShape) -> NDArray[np.bool_]:
    down, across = np.mgrid[-1 : 1 : size[0] * 1j, -1 : 1 : size[1] * 1j]
    away = np.maximum(abs(down), abs(across)) if shape is SealShape.SQUARE else np.hypot(down, across)
    return np.asarray((away > RIM) & (away < 1.0), np.bool_)
