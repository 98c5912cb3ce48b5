"""Red things on paper: round seals and fingerprints, as layers of ink between 0 and 1."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.demo.chance import chance
from pipeline.demo.faces import SERIF, glyph

Layer = npt.NDArray[np.float32]


def _turned(ink: npt.NDArray[np.uint8], angle: float, stretch: float) -> npt.NDArray[np.uint8]:
    side = int(max(ink.shape) * 1.6) + 4
    square = np.zeros((side, side), np.uint8)
    top, left = (side - ink.shape[0]) // 2, (side - ink.shape[1]) // 2
    square[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    matrix = cv2.getRotationMatrix2D((side / 2, side / 2), angle, 1.0)
    squeeze = np.array([[stretch, 0, side / 2 * (1 - stretch)], [0, 1, 0], [0, 0, 1]])
    return cv2.warpAffine(square, matrix @ squeeze, (side, side)).astype(np.uint8)


def _lay(canvas: npt.NDArray[np.uint8], ink: npt.NDArray[np.uint8], x: float, y: float) -> None:
    left, top = int(x - ink.shape[1] / 2), int(y - ink.shape[0] / 2)
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(canvas.shape[1], left + ink.shape[1]), min(canvas.shape[0], top + ink.shape[0])
    if x1 > x0 and y1 > y0:
        part = ink[y0 - top : y1 - top, x0 - left : x1 - left]
        canvas[y0:y1, x0:x1] = np.maximum(canvas[y0:y1, x0:x1], part)


def _ring_text(canvas: npt.NDArray[np.uint8], text: str, side: int) -> None:
    size = int(min(side * 0.125, side * 1.95 / max(8, len(text))))
    radius = side * 0.385
    spread = min(270.0, 26.0 * len(text))
    for index, char in enumerate(text):
        share = index / (len(text) - 1) if len(text) > 1 else 0.5
        angle = -spread / 2 + spread * share
        ink, _, _ = glyph(SERIF, size, char, 1)
        x = side / 2 + radius * np.sin(np.radians(angle))
        y = side / 2 - radius * np.cos(np.radians(angle))
        _lay(canvas, _turned(ink, -angle, 0.85), x, y)


def _star(canvas: npt.NDArray[np.uint8], side: int) -> None:
    reach = side * 0.15
    turns = np.radians(np.arange(10) * 36 - 90)
    radii = np.where(np.arange(10) % 2 == 0, reach, reach * 0.39)
    points = np.stack([side / 2 + radii * np.cos(turns), side / 2 + radii * np.sin(turns)], axis=1)
    cv2.fillPoly(canvas, [points.round().astype(np.int32)], 255, cv2.LINE_AA)


def _bottom_text(canvas: npt.NDArray[np.uint8], text: str, side: int) -> None:
    size = int(side * 0.085)
    start = side / 2 - size * (len(text) - 1) / 2
    for index, char in enumerate(text):
        ink, _, _ = glyph(SERIF, size, char, 1)
        _lay(canvas, ink, start + index * size, side * 0.745)


@lru_cache(maxsize=64)
def seal(ring: str, bottom: str, star: bool, diameter: int, seed: str) -> Layer:
    """A seal's ink, `diameter` pixels across with some margin, slightly turned, unevenly pressed."""
    side = diameter * 2
    canvas = np.zeros((side, side), np.uint8)
    cv2.circle(canvas, (side // 2, side // 2), side // 2 - 10, 255, max(6, side // 56), cv2.LINE_AA)
    _ring_text(canvas, ring, side)
    if star:
        _star(canvas, side)
    if bottom:
        _bottom_text(canvas, bottom, side)
    rng = chance("seal", seed)
    matrix = cv2.getRotationMatrix2D((side / 2, side / 2), float(rng.uniform(-12, 12)), 1.0)
    turned = cv2.warpAffine(canvas, matrix, (side, side))
    ink = cv2.resize(turned, (diameter, diameter), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    patches = cv2.resize(rng.random((6, 6), dtype=np.float32), (diameter, diameter), interpolation=cv2.INTER_CUBIC)
    grain = rng.random((diameter, diameter), dtype=np.float32)
    pressed = 0.62 + 0.3 * patches - 0.35 * (grain > 0.93)  # noqa: PLR2004 - one speck in fourteen lacks ink
    return np.clip(ink * pressed, 0, 1).astype(np.float32)


@lru_cache(maxsize=64)
def fingerprint(seed: str) -> Layer:
    """A thumb's ink: an oval of ridges around a whorl."""
    rng = chance("thumb", seed)
    height, width = 118, 88
    rows, columns = np.indices((height, width), dtype=np.float32)
    y, x = (rows - height / 2) / (height / 2), (columns - width / 2) / (width / 2)
    bend = cv2.resize(
        rng.uniform(-0.12, 0.12, (5, 4)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    radius = np.sqrt((x * 1.1) ** 2 + (y - 0.1) ** 2) + bend
    ridges = (np.sin(radius * 46 + np.arctan2(y, x) * float(rng.choice([-1.0, 1.0]))) > -0.25).astype(np.float32)  # noqa: PLR2004
    oval = np.clip((1 - (x**2 + y**2) + bend) * 5, 0, 1)
    speck = (rng.random((height, width), dtype=np.float32) > 0.12).astype(np.float32)  # noqa: PLR2004
    ink = cv2.GaussianBlur(ridges * oval * speck * 0.8, (3, 3), 0.8)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-35, 35)), 0.95)
    return cv2.warpAffine(ink, matrix, (width, height)).astype(np.float32)
