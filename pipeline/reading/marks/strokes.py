"""The lines of a page cut into characters (字), and each character's strokes measured: what tells a pen from print.

No text is needed, and no colour: a pen's strokes lean every way, its characters differ in height and stand unevenly.
"""

# ruff: noqa: PLR2004 - shares of a strip's height and grey levels are said where they are used

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.levels import levels

TALL = 40
"""Height of a line's strip in pixels; its letters are about 27 tall."""
WIDEST = 2000
LETTER = 27
BINS = 6
"""Directions of edges, over half a turn."""
OWN = 9 + BINS
"""Measures of one character."""
AROUND = 2
"""Characters on either side that are looked at together."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Strokes:
    """The characters of a page's lines, in order. `measures` has a row for each."""

    line: NDArray[np.intp]
    left: Floats
    """Where a character begins and ends, as shares of its line's length."""
    right: Floats
    measures: Floats
    pixels: NDArray[np.intp]
    """Where it begins and ends, in pixels of its line's strip."""


def cut_strip(picture: NDArray[np.uint8], corners: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The line inside the corners, straight and level, `TALL` pixels high."""
    across = float(np.linalg.norm(corners[1] - corners[0]))
    down = float(np.linalg.norm(corners[3] - corners[0]))
    wide = int(np.clip(round(across * TALL / max(1.0, down)), 8, WIDEST))
    target = np.array([[0, 0], [wide, 0], [0, TALL]], np.float32)
    matrix = cv2.getAffineTransform(corners[[0, 1, 3]].astype(np.float32), target)
    if down > 1.6 * TALL:  # pixels are passed over otherwise
        x0, y0 = np.maximum(np.floor(corners.min(axis=0)).astype(int) - 2, 0)
        x1, y1 = np.ceil(corners.max(axis=0)).astype(int) + 2
        part = picture[y0:y1, x0:x1]
        if part.size:
            small = cv2.resize(part, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.uint8)
            return cut_strip(small, ((corners - (x0, y0)) / 2).astype(np.float32))
    strip = cv2.warpAffine(picture, matrix, (wide, TALL), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(strip, np.uint8)


def measure_strokes(red: NDArray[np.uint8], lines: Sequence[NDArray[np.float32]]) -> Strokes:
    """Cuts and measures the characters of all `lines` (corners) of a page. In the red channel seals are pale."""
    strips = [cut_strip(red, corners) for corners in lines]
    if not strips:
        return Strokes(*(np.zeros(0, np.intp), np.zeros(0), np.zeros(0), np.zeros((0, OWN)), np.zeros((0, 2), np.intp)))
    starts = np.cumsum([0, *(strip.shape[1] for strip in strips)])
    dark = np.concatenate([_darkness(strip) for strip in strips], axis=1)
    ink = _without_rulings(dark > 0.42)
    cells = [
        (number, start + left, start + right)
        for number, (start, stop) in enumerate(itertools.pairwise(starts))
        for left, right in _characters(ink[:, start:stop])
    ]
    if not cells:
        return Strokes(*(np.zeros(0, np.intp), np.zeros(0), np.zeros(0), np.zeros((0, OWN)), np.zeros((0, 2), np.intp)))
    table = np.array(cells, np.intp)
    begin, length = starts[table[:, 0]], np.diff(starts)[table[:, 0]]
    pixels = table[:, 1:] - begin[:, None]
    return Strokes(
        table[:, 0], pixels[:, 0] / length, pixels[:, 1] / length, _measured(dark, ink, table[:, 1:]), pixels
    )


def _darkness(strip: NDArray[np.uint8]) -> NDArray[np.float32]:
    """0 for paper, 1 for the line's darkest ink."""
    ink, paper = levels(strip[::3, ::3], 1.5, 80)
    # There are but 256 greys.
    darkness = (paper - np.arange(256, dtype=np.float64)) / max(45.0, paper - ink)
    return np.asarray(cv2.LUT(strip, darkness.astype(np.float32)), np.float32)


def _without_rulings(ink: NDArray[np.bool_]) -> NDArray[np.uint8]:
    flat = ink.astype(np.uint8)
    level = cv2.morphologyEx(flat, cv2.MORPH_OPEN, np.ones((1, 60), np.uint8))
    upright = cv2.morphologyEx(flat, cv2.MORPH_OPEN, np.ones((TALL - 4, 1), np.uint8))
    lines = cv2.dilate(np.maximum(level, upright), np.ones((3, 3), np.uint8))
    return np.where(lines > 0, np.uint8(0), flat)


def _characters(ink: NDArray[np.uint8]) -> Iterator[tuple[int, int]]:
    """Runs of inked columns, narrow neighbours joined to a character, wide ones cut."""
    body = ink[3 : TALL - 3].sum(axis=0) > 0
    edges = np.flatnonzero(np.diff(np.concatenate([[0], body.astype(np.int8), [0]])))
    left = right = -1
    for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if left >= 0 and stop - left <= 1.05 * LETTER and start - right <= 0.22 * LETTER:
            right = stop
            continue
        if left >= 0:
            yield from _cut(left, right)
        left, right = start, stop
    if left >= 0:
        yield from _cut(left, right)


def _cut(left: int, right: int) -> Iterator[tuple[int, int]]:
    if right - left <= 1.5 * LETTER:
        yield left, right
        return
    count = max(1, round((right - left) / LETTER))
    edges = np.linspace(left, right, count + 1).round().astype(int).tolist()
    yield from itertools.pairwise(edges)


def _measured(dark: NDArray[np.float32], ink: NDArray[np.uint8], cells: NDArray[np.intp]) -> Floats:
    """For each character: height, top, bottom, width, fullness, stroke width and its spread, darkness, room before; edges."""
    width = ink.shape[1]
    at = np.flatnonzero(ink)
    columns = at % width
    edges = _edges(dark, ink, width)
    depth = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    ridge = (depth > 0) & (depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8)))
    area, tone = _summed(columns, None, width), _summed(columns, dark.ravel()[at], width)
    ridges = np.flatnonzero(ridge)
    ridge_columns, depths = ridges % width, depth.ravel()[ridges].astype(np.float64)
    count, total, square = (_summed(ridge_columns, each, width) for each in (None, depths, depths * depths))
    starts, stops = cells[:, 0], cells[:, 1]

    def over(sums: Floats) -> Floats:
        return np.asarray(sums[stops] - sums[starts])

    pixels = np.maximum(over(area), 1.0)
    stroke = over(total) / np.maximum(over(count), 1.0)
    spread = np.sqrt(np.maximum(over(square) / np.maximum(over(count), 1.0) - stroke**2, 0.0))
    tops, bottoms = _reach(ink, cells)
    tall, wide = np.maximum(bottoms - tops, 1), stops - starts
    before = np.concatenate([[0], np.clip(starts[1:] - stops[:-1], 0, LETTER)])
    turned = np.stack([over(each) for each in edges], axis=1)
    turned /= np.maximum(turned.sum(axis=1, keepdims=True), 1e-6)
    own = np.stack(
        [tall / TALL, tops / TALL, bottoms / TALL, wide / TALL, pixels / (tall * wide), 2 * stroke / LETTER * 4,
         spread / np.maximum(stroke, 0.5), over(tone) / pixels, before / LETTER], axis=1,
    )  # fmt: skip
    return np.asarray(np.concatenate([own, turned], axis=1))


def _summed(columns: NDArray[np.intp], weights: Floats | NDArray[np.float32] | None, width: int) -> Floats:
    """Running sums over the columns."""
    return np.concatenate([[0.0], np.cumsum(np.bincount(columns, weights, width)[:width])])


def _edges(dark: NDArray[np.float32], ink: NDArray[np.uint8], width: int) -> list[Floats]:
    """For each direction of edges, running sums of their strength over the columns."""
    smooth = cv2.GaussianBlur(dark, (3, 3), 0)
    near = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    at = np.flatnonzero(near)
    gx = cv2.Sobel(smooth, cv2.CV_32F, 1, 0).ravel()[at]
    gy = cv2.Sobel(smooth, cv2.CV_32F, 0, 1).ravel()[at]
    strength = np.sqrt(gx * gx + gy * gy)
    # Half a bin on: the first bin lies around upright strokes, the middle one around level strokes.
    bins = (np.arctan2(gy, gx) * np.float32(BINS / np.pi) + np.float32(BINS + 0.5)).astype(np.intp) % BINS
    sums = np.bincount((at % width) * BINS + bins, strength, width * BINS).reshape(width, BINS)
    return list(np.concatenate([np.zeros((1, BINS)), np.cumsum(sums, axis=0)]).T)


def _reach(ink: NDArray[np.uint8], cells: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """The first and the last inked row of each character."""
    some = ink > 0
    inked = some.any(axis=0)
    first = np.where(inked, some.argmax(axis=0), TALL)
    last = np.where(inked, TALL - some[::-1].argmax(axis=0), 0)
    bounds = np.minimum(cells.ravel(), len(first) - 1)
    return (
        np.minimum.reduceat(first, bounds)[::2].astype(np.float64),
        np.maximum.reduceat(last, bounds)[::2].astype(np.float64),
    )


def with_context(strokes: Strokes) -> Floats:
    """Each character's measures, the means of those around it in its line, and how much they differ."""
    own = strokes.measures
    count = len(own)
    index = np.arange(count)[:, None] + np.arange(-AROUND, AROUND + 1)
    inside = (index >= 0) & (index < count)
    index = np.clip(index, 0, max(0, count - 1))
    inside &= strokes.line[index] == strokes.line[:, None] if count else inside
    weight = inside[:, :, None].astype(np.float64)
    near = own[index]
    number = weight.sum(axis=1)
    mean = (near * weight).sum(axis=1) / number
    varied = np.sqrt(((near - mean[:, None]) ** 2 * weight).sum(axis=1) / number)
    return np.concatenate([own, mean, varied[:, :9], number / (2 * AROUND + 1)], axis=1)
