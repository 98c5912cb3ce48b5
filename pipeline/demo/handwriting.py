"""Writing by hand: glyph outlines thinned, slanted and warped until no two of them are alike."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.demo.chance import chance
from pipeline.demo.faces import SANS, advance, glyph

Grey = npt.NDArray[np.uint8]

PADDING = 14


def _thinned(char: str, size: int) -> Grey:
    ink, _, _ = glyph(SANS, size * 2, char)
    if ink.size == 0:
        return np.zeros((size * 2, size), np.uint8)
    padded = cv2.copyMakeBorder(ink, PADDING * 2, PADDING * 2, PADDING * 2, PADDING * 2, cv2.BORDER_CONSTANT)
    reach = max(2, round(size / 26))
    return cv2.erode(padded, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))).astype(np.uint8)


def _wave(rng: np.random.Generator, shape: tuple[int, int], strength: float) -> npt.NDArray[np.float32]:
    coarse = rng.uniform(-strength, strength, (4, 4)).astype(np.float32)
    return cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC).astype(np.float32)


def _warped(ink: Grey, rng: np.random.Generator, slant: float) -> Grey:
    height, width = ink.shape
    angle = rng.normal(0, 3.5)
    stretch = rng.uniform(0.85, 1.1)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, float(rng.uniform(0.9, 1.05)))
    turn[0] = turn[0] * stretch
    turn[0, 1] += slant
    turn[0, 2] += width / 2 * (1 - stretch) - slant * height / 2
    leaned = cv2.warpAffine(ink, turn, (width, height))
    rows, columns = np.indices((height, width), dtype=np.float32)
    strength = height * 0.055
    columns = columns + _wave(rng, (height, width), strength)
    rows = rows + _wave(rng, (height, width), strength)
    return cv2.remap(leaned, columns, rows, cv2.INTER_LINEAR).astype(np.uint8)


def written(char: str, size: int, rng: np.random.Generator, slant: float) -> Grey:
    """`char` as one hand would write it once; 255 is full ink."""
    ink = _warped(_thinned(char, size), rng, slant)
    soft = cv2.GaussianBlur(ink, (0, 0), max(0.7, size / 34))
    hard = np.clip((soft.astype(np.float32) - 48) * 2.4, 0, 255)
    texture = 0.75 + 0.25 * cv2.resize(rng.random((7, 7), dtype=np.float32), (ink.shape[1], ink.shape[0]))
    half = (ink.shape[1] // 2, ink.shape[0] // 2)
    return np.asarray(cv2.resize((hard * texture).astype(np.uint8), half, interpolation=cv2.INTER_AREA), np.uint8)


def _swash(layer: Grey, start: tuple[float, float], end: tuple[float, float], rng: np.random.Generator) -> None:
    """A thin stroke that the pen leaves on its way to the next character."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + float(rng.uniform(-8, 10)))
    at = np.linspace(0, 1, 12)[:, None]
    curve = (1 - at) ** 2 * np.array(start) + 2 * at * (1 - at) * np.array(middle) + at**2 * np.array(end)
    cv2.polylines(layer, [curve.round().astype(np.int32)], False, 150, 1, cv2.LINE_AA)


@lru_cache(maxsize=400)
def handwriting(text: str, size: int, seed: str, room: int = 0) -> Grey:
    """`text` written in one line as an ink layer, `size` pixels a character, squeezed into `room` if that is not 0."""
    rng = chance("pen", seed, text)
    slant = float(chance("hand", seed.split("|", maxsplit=1)[0]).uniform(-0.12, 0.22))
    steps = [max(size * 0.6, advance(SANS, size, char)) * float(rng.uniform(0.86, 0.98)) for char in text]
    layer = np.zeros((int(size * 1.7), int(sum(steps) + size)), np.uint8)
    x, last = size * 0.15, (0.0, 0.0)
    for char, step in zip(text, steps, strict=True):
        ink = written(char, size, rng, slant)
        y = size * 0.35 + (size - (ink.shape[0] - 2 * PADDING)) / 2 - PADDING + float(rng.normal(0, size * 0.045))
        _put(layer, ink, x - PADDING + (step - (ink.shape[1] - 2 * PADDING)) / 2, y)
        if last != (0.0, 0.0) and rng.random() < 0.35 and not char.isascii():  # noqa: PLR2004 - a third of the joins
            _swash(layer, last, (x + size * 0.1, y + PADDING + size * 0.3), rng)
        last = (x + step * 0.85, size * 1.15)
        x += step
    used = np.flatnonzero(layer.any(axis=0))
    layer = layer[:, : int(used[-1]) + 2] if used.size else layer
    if room and layer.shape[1] > room:
        layer = cv2.resize(layer, (room, layer.shape[0]), interpolation=cv2.INTER_AREA).astype(np.uint8)
    return layer


def _put(layer: Grey, ink: Grey, x: float, y: float) -> None:
    left, top = max(0, int(x)), max(0, int(y))
    right, bottom = min(layer.shape[1], left + ink.shape[1]), min(layer.shape[0], top + ink.shape[0])
    if right > left and bottom > top:
        window = layer[top:bottom, left:right]
        np.maximum(window, ink[: bottom - top, : right - left], out=window)
