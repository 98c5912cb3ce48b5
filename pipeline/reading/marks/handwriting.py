"""Is the ink of a patch a signature (签名), or print, or nothing? Judged against the print of its own label."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.patches import Patch
from schemas.base import State


@dataclass(frozen=True)
class Ink:
    """What a cluster of ink looks like. Lengths in millimetres."""

    left: float
    top: float
    right: float
    bottom: float
    area: float
    stroke: float
    """Mean stroke width."""
    upright: float
    """Share of edges along the page's axes: about 0.6 in print, 0.35 in handwriting."""
    dark: float
    blue: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> float:
        return self.right - self.left


def measure_ink(patch: Patch, mask: NDArray[np.bool_]) -> Ink | None:
    """None where there is too little ink to be anything but dust."""
    mm = patch.mm
    ys, xs = np.nonzero(mask)
    if len(ys) < max(6.0, 0.25 * mm * mm):
        return None
    flat = mask.astype(np.uint8)
    distance = cv2.distanceTransform(flat, cv2.DIST_L2, 3)
    outline = int((flat - cv2.erode(flat, np.ones((3, 3), np.uint8))).sum())
    return Ink(
        left=float(xs.min()) / mm,
        top=float(np.percentile(ys, 1)) / mm,
        right=float(xs.max() + 1) / mm,
        bottom=float(np.percentile(ys, 99) + 1) / mm,
        area=len(ys) / mm / mm,
        stroke=2 * len(ys) / max(1, outline) / mm,
        upright=_upright_share(patch.darkness, mask),
        dark=float(np.percentile(patch.darkness[mask], 75)),
        blue=float(np.median(patch.blue[mask & (distance >= distance.max() * 0.3)])),
    )


def _upright_share(darkness: NDArray[np.float32], mask: NDArray[np.bool_]) -> float:
    """Share of the gradient's strength within 12 degrees of horizontal or vertical."""
    smooth = cv2.GaussianBlur(darkness, (3, 3), 0)
    gx, gy = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    near = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    size = cv2.magnitude(gx, gy)[near]
    angle = np.degrees(np.arctan2(np.abs(gy[near]), np.abs(gx[near])))
    along = (angle < 12) | (angle > 78)  # noqa: PLR2004 - degrees from either axis
    return float(size[along].sum() / max(1e-6, float(size.sum())))


def clusters(patch: Patch, gap_mm: float) -> list[NDArray[np.bool_]]:
    """The ink split where `gap_mm` of empty columns lie between."""
    columns = patch.ink.any(axis=0)
    gap = max(1, int(gap_mm * patch.mm))
    joined = cv2.morphologyEx(columns.astype(np.uint8)[None], cv2.MORPH_CLOSE, np.ones((1, gap | 1), np.uint8))[0]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], joined.astype(np.int8), [0]])))
    found = []
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        mask = np.zeros_like(patch.ink)
        mask[:, start:stop] = patch.ink[:, start:stop]
        found.append(mask)
    return found


@dataclass(frozen=True)
class Opinion:
    """State and score of a place, and the ink in millimetres from the patch's corner."""

    state: State
    score: float
    ink: Ink | None


def judge_ink(patch: Patch, print_ink: Ink | None) -> Opinion:
    """FOUND if any cluster is handwriting, MISSING if there is nothing or print only."""
    best = Opinion(State.MISSING, 0.95, None)
    for mask in clusters(patch, gap_mm=4.0):
        ink = measure_ink(patch, mask)
        if ink is None or (ink.height < 1.5 and ink.width < 8.0):
            continue
        hand = handwriting_score(ink, print_ink)
        if hand >= 0.65:
            opinion = Opinion(State.FOUND, round(hand, 3), ink)
        elif hand >= 0.4:
            opinion = Opinion(State.UNCERTAIN, round(hand, 3), ink)
        else:
            opinion = Opinion(State.MISSING, round(1 - hand, 3), ink)
        if _rank(opinion) > _rank(best):
            best = opinion
    return best


def _rank(opinion: Opinion) -> tuple[int, float]:
    order = {State.MISSING: 0, State.UNCERTAIN: 1, State.FOUND: 2}
    return order[opinion.state], opinion.score if opinion.state is State.FOUND else -opinion.score


def handwriting_score(ink: Ink, print_ink: Ink | None) -> float:
    """0 for print, 1 for a pen."""
    evidence = -0.2 + 7.0 * (0.52 - ink.upright)
    if ink.blue > 18:
        evidence += 3.0
    if print_ink is not None:
        evidence += 2.5 * float(np.clip(ink.height / max(0.5, print_ink.height) - 1.25, -0.3, 1.0))
        evidence += 4.0 * float(np.clip(print_ink.upright - ink.upright - 0.08, -0.1, 0.3))
        evidence += float(np.clip(abs(np.log(ink.stroke / max(0.05, print_ink.stroke))) - 0.2, 0.0, 0.8))
    return float(1 / (1 + np.exp(-2.0 * evidence)))
