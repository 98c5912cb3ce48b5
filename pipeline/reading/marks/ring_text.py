"""The words on a seal's ring as a straight strip that a line reader can read.

JPEG keeps colour at half the resolution of brightness, or a quarter: letters told by their redness alone are a blur on
poor scans. So a coloured seal's ink is taken from the channel in which it is dark, and by its colour only where it lies on
print. Of a seal without colour what is darker than its ring is taken for print.
"""

# ruff: noqa: PLR2004 - grey levels and shares of a seal are said where they are used

from __future__ import annotations

import re
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.planes import MM_PER_INCH
from schemas.base import State
from schemas.reading import Seal, SealColour, SealShape

STRIP_HEIGHT = 48
"""The line reader's input height."""
INNER, OUTER = 0.52, 0.95
"""The band of the radius that holds the words; the ring itself begins at 0.95."""
RIM = (0.94, 1.03)
"""Where the ring lies, as shares of the radius."""
PRINT, PRINT_RISE = 0.18, 0.15
"""Shares of the paper's level by which print darkens the channel that a seal's colour does not: where it begins, and over
how much it becomes certain. With 0.35 fewer rings were read."""
DARKER = 1.25
"""Times the darkness of its ring: darker ink is not of a seal without colour."""
BOTTOM, GAP = 75.0, 30.0
"""Degrees: how far from the lowest point the words' gap may lie, and how much of it is looked at."""

READ_SCORE = 0.6
"""Below this the words on a ring are left out."""
SPEAKS = {SealShape.ROUND: (0.4, 2), SealShape.OVAL: (0.5, 4)}
"""Score and hanzi from which a ring has words. Print within an oval that a pen drew gives three round its middle now and then."""
WORDLESS = 0.75
"""Of its score is left to a ring without words: more than rings have that are in doubt themselves, 0.6 at most."""
HANZI = re.compile(r"[\u4e00-\u9fff]")
BODY = re.compile(
    "公安|政府|人民|法院|检察|律师|事务|看守|仲裁|援助|中心|公司|委员|专用|合同|财务|发票|收费|医院|大队|支队|派出|司法|街道|村"
)
"""Of what words on a ring tell."""
Strength = NDArray[np.float32]


def with_words(
    image: NDArray[np.uint8], dpi: float, seal: Seal, read: Callable[[NDArray[np.uint8]], tuple[str, float]]
) -> Seal:
    """The seal with the words on its ring, if they could be read; a ring of dark lines that bears none is not surely a seal.

    A cup leaves rings, a pen draws ovals around words, and the seal on the back of a sheet shines through in a mirror. Of 202
    round seals without colour, clean to fax, 201 had words, of 131 ovals, clean to poor, 119; of 5 cups' marks that looked
    like seals none, of 23 drawn ovals one. Seals cut by the page's edge have too few.
    """
    text, score = read(unwrap_ring(image, seal, dpi))
    found = seal.model_copy(update={"text": text if score >= READ_SCORE else ""})
    asked = seal.colour is SealColour.GREY and seal.state is State.FOUND and not seal.at_edge
    if not asked or _speaks(seal.shape, text, score):
        return found
    return found.model_copy(update={"state": State.UNCERTAIN, "score": round(WORDLESS * seal.score, 3)})


def _speaks(shape: SealShape, text: str, score: float) -> bool:
    """Whether words were read on a ring; square seals have no ring."""
    if shape not in SPEAKS:
        return True
    least, many = SPEAKS[shape]
    return score >= least and (len(HANZI.findall(text)) >= many or BODY.search(text) is not None)


def unwrap_ring(image: NDArray[np.uint8], seal: Seal, dpi: float) -> NDArray[np.uint8]:
    """The band of words, unrolled clockwise and cut at its gap near the bottom, dark on white, `STRIP_HEIGHT` pixels high.

    `image` is the upright page, `seal` one of its seals. An oval seal is unrolled along its own outline.
    """
    crop, centre, radii = _cut_out(image, seal, dpi)
    ink = _grey_ink(crop, centre, radii) if _is_grey(crop, seal.colour) else _coloured_ink(crop, seal.colour)
    along = int(2 * np.pi * (INNER + OUTER) / 2 * STRIP_HEIGHT / (OUTER - INNER))
    strip = _unrolled(ink, centre, radii, np.linspace(OUTER, INNER, STRIP_HEIGHT), along)
    low, high = (float(level) for level in np.percentile(strip, (30, 96)))
    dark = np.clip((strip - low) * (230 / max(8.0, high - low)), 0, 255)
    return _cut_at_gap(np.asarray(255 - dark, np.uint8))


def _is_grey(crop: NDArray[np.uint8], colour: SealColour) -> bool:
    return crop.ndim == 2 or colour not in (SealColour.RED, SealColour.BLUE)


def _cut_out(
    image: NDArray[np.uint8], seal: Seal, dpi: float
) -> tuple[NDArray[np.uint8], tuple[float, float], tuple[float, float]]:
    height, width = image.shape[:2]
    left, top, right, bottom = seal.box
    centre = ((left + right) / 2 * width, (top + bottom) / 2 * height)
    radii = ((right - left) / 2 * width, (bottom - top) / 2 * height)
    margin = int(dpi / MM_PER_INCH)
    x0, y0 = max(0, int(left * width) - margin), max(0, int(top * height) - margin)
    x1, y1 = min(width, int(right * width) + margin), min(height, int(bottom * height) + margin)
    return image[y0:y1, x0:x1], (centre[0] - x0, centre[1] - y0), radii


def _unrolled(
    ink: Strength, centre: tuple[float, float], radii: tuple[float, float], shares: NDArray[np.float64], along: int
) -> Strength:
    """Rows are shares of the radius, columns run clockwise from the lowest point."""
    angles = np.pi / 2 + np.linspace(0, 2 * np.pi, along, endpoint=False)
    map_x = (centre[0] + shares[:, None] * radii[0] * np.cos(angles)).astype(np.float32)
    map_y = (centre[1] + shares[:, None] * radii[1] * np.sin(angles)).astype(np.float32)
    return np.asarray(cv2.remap(ink, map_x, map_y, cv2.INTER_LINEAR, borderValue=0), np.float32)


def _coloured_ink(crop: NDArray[np.uint8], colour: SealColour) -> Strength:
    """How dark a red or blue seal is, without the print under it, which is dark in every channel."""
    blue, green, red = cv2.split(crop)
    own, other = (green, red) if colour is SealColour.RED else (red, blue)
    tint = cv2.subtract(other, cv2.max(own, blue if colour is SealColour.RED else green)).astype(np.float32)
    paper = float(np.percentile(other, 90))
    dark = np.clip(float(np.percentile(own, 90)) - own.astype(np.float32), 0, 255)
    printed = np.clip((paper * (1 - PRINT) - other) / (PRINT_RISE * max(paper, 1.0)), 0, 1)
    bare = dark[printed < 0.5]
    full = float(np.percentile(bare, 97)) if bare.size else 1.0
    low, high = (float(level) for level in np.percentile(tint, (30, 97)))
    tinted = np.clip((tint - low) / max(1.0, high - low), 0, 1.1) * full
    return np.asarray(dark * (1 - printed) + tinted * printed, np.float32)


def _grey_ink(crop: NDArray[np.uint8], centre: tuple[float, float], radii: tuple[float, float]) -> Strength:
    """How dark the page is, but for what is darker than the ring, and the rims of that."""
    grey = crop if crop.ndim == 2 else np.asarray(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), np.uint8)
    paper = float(np.percentile(grey, 85))
    dark = np.clip(paper - grey.astype(np.float32), 0, 255)
    ring = float(np.median(_unrolled(dark, centre, radii, np.linspace(*RIM, 8), 360).max(axis=0)))
    limit = DARKER * max(20.0, ring)
    if limit >= 0.85 * paper:
        return np.asarray(dark, np.float32)  # as dark as print: a page of one bit
    printed = cv2.dilate((dark > 1.1 * limit).astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(np.where(printed > 0, 0, dark), np.float32)


def _cut_at_gap(strip: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The strip, rolled so that it begins where it is emptiest near the bottom: no character is cut.

    Print over the seal, or a line of it, may fill the gap; elsewhere an emptier place may lie between two characters.
    """
    along = strip.shape[1]
    columns = (255 - strip).astype(np.float32).mean(axis=0)
    filled = cv2.blur(np.tile(columns, 3)[None], (max(1, int(along * GAP / 360)), 1))[0][along : 2 * along]
    turn = np.arange(along) * 360 / along
    away = np.minimum(turn, 360 - turn)
    # The middle of a gap that is empty throughout is the better end of it.
    cost = np.where(away > BOTTOM, np.inf, filled + 0.08 * away)
    return np.ascontiguousarray(np.roll(strip, -int(cost.argmin()), axis=1))
