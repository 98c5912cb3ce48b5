"""What a cluster of ink looks like, and whether a hand made it: measured against the print of the label beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.patches import Patch
from pipeline.reading.marks.pen_lines import MOST_ODDS, Network, fitted, network_of

AXIS_DEGREES = 12
DIRECTIONS = 90
"""Directions of edges, over half a turn: two degrees each. 0 lies across an upright stroke, 45 across a level one."""
LEVEL, UPRIGHT = 45, 0
NEAR, NARROW = 13, 4
"""Level strokes are looked for 26 degrees about the level; print has most of them within 8 degrees of one another, also where
its face sets them aslant (楷体, 仿宋). Upright ones likewise."""
LEAST_AREA_MM2 = 0.5
"""Less ink than this is dust, or the dot of a full stop."""


@dataclass(frozen=True, eq=False)
class Ink:
    """A cluster of ink. Lengths in millimetres from the patch's corner."""

    left: float
    top: float
    right: float
    bottom: float
    area: float
    stroke: float
    """Mean stroke width."""
    uneven: float
    """Spread of the stroke width along the strokes over its mean."""
    upright: float
    """Share of edges along the page's axes: about 0.6 in print, 0.35 in handwriting."""
    ragged: float
    """Spread of the characters' tops and bottoms, in millimetres."""
    widest: float
    """Width of the widest piece that hangs together."""
    dark: float
    blue: float
    turns: NDArray[np.float64]
    """Share of the edges' strength in each of `DIRECTIONS`."""

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> float:
        return self.right - self.left


def measure_ink(patch: Patch, mask: NDArray[np.bool_], pitch_mm: float) -> Ink | None:
    """The ink of `mask`; None where there is too little. `pitch_mm` is the width of a printed character."""
    mm = patch.mm
    ys, xs = np.nonzero(mask)
    if len(ys) < max(6.0, LEAST_AREA_MM2 * mm * mm):
        return None
    flat = mask.astype(np.uint8)
    depth = cv2.distanceTransform(flat, cv2.DIST_L2, 3)
    ridge = depth[(depth > 0) & (depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8)))]
    _, _, stats, _ = cv2.connectedComponentsWithStats(flat)
    upright, turns = _edges(patch.darkness, mask)
    return Ink(
        left=float(xs.min()) / mm,
        top=float(np.percentile(ys, 1)) / mm,
        right=float(xs.max() + 1) / mm,
        bottom=float(np.percentile(ys, 99) + 1) / mm,
        area=len(ys) / mm / mm,
        stroke=2 * float(ridge.mean()) / mm,
        uneven=float(ridge.std() / ridge.mean()),
        upright=upright,
        ragged=_ragged(mask, max(2, int(pitch_mm * mm))) / mm,
        widest=float(stats[1:, cv2.CC_STAT_WIDTH].max()) / mm,
        dark=float(np.percentile(patch.darkness[mask], 75)),
        blue=float(np.median(patch.blue[mask])),
        turns=turns,
    )


def _edges(darkness: NDArray[np.float32], mask: NDArray[np.bool_]) -> tuple[float, NDArray[np.float64]]:
    """The edges' strength: the share within `AXIS_DEGREES` of horizontal or vertical, and the share of each direction."""
    smooth = cv2.GaussianBlur(darkness, (3, 3), 0)
    gx, gy = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    near = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    across, down = gx[near], gy[near]
    size = np.hypot(across, down)
    turn = np.degrees(np.arctan2(down, across)) % 180
    lean = np.abs((turn + 45) % 90 - 45)
    total = max(1e-6, float(size.sum()))
    turns = np.bincount((turn * DIRECTIONS / 180).astype(np.intp) % DIRECTIONS, size, DIRECTIONS)
    return float(size[lean < AXIS_DEGREES].sum() / total), turns / total


def _ragged(mask: NDArray[np.bool_], pitch: int) -> float:
    """How far the tops and bottoms of character-wide pieces stray from a common line, in pixels."""
    tops, bottoms, middles = [], [], []
    inked = np.flatnonzero(mask.any(axis=0))
    for start in range(int(inked[0]), int(inked[-1]) + 1, pitch):
        rows = np.flatnonzero(mask[:, start : start + pitch].any(axis=1))
        if len(rows):
            tops.append(float(rows[0]))
            bottoms.append(float(rows[-1]))
            middles.append(float(start))
    if len(tops) < 3:  # noqa: PLR2004 - two points always lie on a line
        return 0.0
    at = np.array(middles)
    strays = [
        np.abs(edge - np.polyval(np.polyfit(at, edge, 1), at)).mean() for edge in (np.array(tops), np.array(bottoms))
    ]
    return float(np.mean(strays))


def features(ink: Ink, label: Ink | None, odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """What tells a pen from the print of its label. `odds`: of its characters (`pen_at.py`)."""
    beside = label if label is not None else ink
    height = label.height if label is not None else USUAL_PRINT_MM
    return np.array(
        [
            ink.height / height - 1.0,
            0.55 - ink.upright,
            np.log(ink.stroke / beside.stroke),
            ink.ragged / height,
            ink.widest / height - 1.0,
            ink.uneven - 0.35,
            (ink.blue - (label.blue if label is not None else 0.0)) / 30.0,
            abs(1.0 - ink.dark / max(1.0, beside.dark)),
            float(odds.mean()) / MOST_ODDS if len(odds) else 0.0,
            odds.sum() / SURE_ODDS,
            ink.upright - beside.upright,
            ink.uneven - beside.uneven,
            np.log(ink.stroke / ink.height * height / beside.stroke),
            _fullness(ink) - _fullness(beside),
            *_straightness(ink, beside),
        ]
    )


def _fullness(ink: Ink) -> float:
    return ink.area / (ink.height * ink.width)


def _straightness(ink: Ink, beside: Ink) -> list[float]:
    """How far level and upright strokes each keep to one direction, by themselves and against the label's; the same of all."""
    told = []
    for middle in (LEVEL, UPRIGHT):
        (own, turn, share), (usual, usual_turn, usual_share) = (_about(each.turns, middle) for each in (ink, beside))
        told += [own, own - usual, abs(turn - usual_turn) / 10, share - usual_share]
    spread = _disorder(ink.turns)
    return [*told, spread, spread - _disorder(beside.turns)]


def _about(turns: NDArray[np.float64], middle: int) -> tuple[float, float, float]:
    """Of the edges near a direction: the share of the narrow band that holds most, where it lies, and how many there are."""
    near = turns[(middle + np.arange(-NEAR, NEAR + 1)) % DIRECTIONS]
    bands = np.convolve(near, np.ones(NARROW), "valid")
    total = float(near.sum())
    return float(bands.max()) / max(1e-6, total), float(bands.argmax()), total


def _disorder(turns: NDArray[np.float64]) -> float:
    """Entropy of the directions: small where most edges have the same ones."""
    return float(-(turns * np.log(turns + 1e-9)).sum())


MEASURES = 24
SURE_ODDS = 12.0
"""Sum of log odds over the characters of a name that leaves little doubt."""
USUAL_PRINT_MM = 3.7


@cache
def _network() -> Network:
    """Fitted by `python -m bench.pen` on drawn sheets; on what, stands beside the weights. No real scan made them."""
    return network_of(fitted()["places"])


def handwriting_score(ink: Ink, label: Ink | None, odds: NDArray[np.float64]) -> float:
    """0 for print, 1 for a pen."""
    return float(1 / (1 + np.exp(-_network()(features(ink, label, odds)[None])[0])))
