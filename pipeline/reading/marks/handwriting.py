"""What a cluster of ink looks like, and whether a hand made it: measured against the print of the label beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.patches import Patch
from pipeline.reading.marks.pen_lines import MOST_ODDS, fitted

AXIS_DEGREES = 12
LEAST_AREA_MM2 = 0.5
"""Less ink than this is dust, or the dot of a full stop."""


@dataclass(frozen=True)
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
    return Ink(
        left=float(xs.min()) / mm,
        top=float(np.percentile(ys, 1)) / mm,
        right=float(xs.max() + 1) / mm,
        bottom=float(np.percentile(ys, 99) + 1) / mm,
        area=len(ys) / mm / mm,
        stroke=2 * float(ridge.mean()) / mm,
        uneven=float(ridge.std() / ridge.mean()),
        upright=_upright_share(patch.darkness, mask),
        ragged=_ragged(mask, max(2, int(pitch_mm * mm))) / mm,
        widest=float(stats[1:, cv2.CC_STAT_WIDTH].max()) / mm,
        dark=float(np.percentile(patch.darkness[mask], 75)),
        blue=float(np.median(patch.blue[mask])),
    )


def _upright_share(darkness: NDArray[np.float32], mask: NDArray[np.bool_]) -> float:
    """Share of the gradient's strength within `AXIS_DEGREES` of horizontal or vertical."""
    smooth = cv2.GaussianBlur(darkness, (3, 3), 0)
    gx, gy = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    near = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    size = cv2.magnitude(gx, gy)[near]
    angle = np.degrees(np.arctan2(np.abs(gy[near]), np.abs(gx[near])))
    along = (angle < AXIS_DEGREES) | (angle > 90 - AXIS_DEGREES)
    return float(size[along].sum() / max(1e-6, float(size.sum())))


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
    """What tells a pen from print, about 0 for print and larger for a pen. `odds`: of its characters (`pen_at.py`)."""
    height = label.height if label is not None else USUAL_PRINT_MM
    stroke = label.stroke if label is not None else ink.stroke
    dark = label.dark if label is not None else ink.dark
    return np.array(
        [
            np.clip(ink.height / height - 1.0, -0.6, 1.5),
            np.clip(0.55 - ink.upright, -0.2, 0.4),
            np.clip(np.log(ink.stroke / stroke), -1.0, 1.0),
            np.clip(ink.ragged / height, 0.0, 0.6),
            np.clip(ink.widest / height - 1.0, -0.5, 2.0),
            np.clip(ink.uneven - 0.35, -0.3, 0.4),
            np.clip((ink.blue - (label.blue if label is not None else 0.0)) / 30.0, -0.5, 1.5),
            np.clip(abs(1.0 - ink.dark / max(1.0, dark)) - SAME_INK, 0.0, 0.4),
            float(odds.mean()) / MOST_ODDS if len(odds) else 0.0,
            np.clip(odds.sum() / SURE_ODDS, -1.5, 1.5),
        ]
    )


MEASURES = 10
SURE_ODDS = 12.0
"""Sum of log odds over the characters of a name that leaves little doubt."""
USUAL_PRINT_MM = 3.7
SAME_INK = 0.12
"""Print on one page is equally dark to about an eighth. Ball pens are paler; gel pens on a grey scan are darker."""


@cache
def _weights() -> tuple[NDArray[np.float64], float]:
    """Logistic regression, weights kept above zero, fitted by `python -m bench.pen`; on what, stands beside them.

    No real scan made them. The strokes of the single characters are among the measures: without them every sixth name
    typed in another, heavier typeface than its label passed for a pen.
    """
    places = fitted()["places"]
    return np.array(places["weights"], np.float64), float(places["bias"])


def handwriting_score(ink: Ink, label: Ink | None, odds: NDArray[np.float64]) -> float:
    """0 for print, 1 for a pen."""
    weights, bias = _weights()
    return float(1 / (1 + np.exp(-(bias + weights @ features(ink, label, odds)))))
