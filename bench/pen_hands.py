"""Hands that write on the bench's pages: faces thinned and warped, and characters drawn stroke by stroke."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.demo.chance import pick
from pipeline.demo.faces import PATHS, SANS, advance, glyph
from pipeline.demo.ink import Pen

Picture = npt.NDArray[np.uint8]

INKS = ((22, 22, 28), (38, 38, 46), (70, 70, 78), (34, 50, 128), (40, 70, 150), (20, 30, 80))


@dataclass(frozen=True)
class Hand:
    """How somebody writes. `thick` is the width of a stroke as a share of a character's size."""

    face: str
    thick: float
    size: float
    slant: float
    wobble: float
    step: float
    colour: tuple[int, int, int]
    pressure: float
    joined: float = 0.0
    """Share of strokes that run into the next, where a character's strokes are known."""


def use_faces(paths: Sequence[Path]) -> list[str]:
    """Makes faces known to the press, and folders of strokes to the pen; their keys."""
    for path in paths:
        PATHS[path.stem] = PATHS[SANS] if path.is_dir() else path
        if path.is_dir():
            STROKES[path.stem] = path
    return [path.stem for path in paths]


STROKES: dict[str, Path] = {}
"""Folders with a file `<character>.json` for each character, whose `medians` are the middle lines of its strokes, in order,
in a square of 1024 with y upwards from -124: as in the npm package hanzi-writer-data."""


def hands_of(faces: Sequence[str], rng: np.random.Generator) -> tuple[Hand, Hand]:
    """Two people: who fills in, and who signs."""
    return _hand(faces, rng), _hand(faces, rng)


def _hand(faces: Sequence[str], rng: np.random.Generator) -> Hand:
    return Hand(
        face=pick(rng, faces),
        thick=float(rng.uniform(0.055, 0.13)),
        size=float(rng.uniform(0.85, 1.25)),
        slant=float(rng.uniform(-0.12, 0.25)),
        wobble=float(rng.uniform(0.01, 0.055)),
        step=float(rng.uniform(0.78, 1.0)),
        colour=pick(rng, INKS),
        pressure=float(rng.uniform(0.65, 0.98)),
        joined=float(pick(rng, (0.0, 0.1, 0.35, 0.6))),
    )


def _character(char: str, size: int, hand: Hand, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """One character, written once, in the middle of a square of 1.6 sizes; 1 is full ink."""
    side = round(size * 1.6)
    if (medians := _medians(hand.face, char)) is not None:
        return _warped(_stroked(medians, size, hand, rng), size, hand, rng)
    square = np.zeros((side, side), np.uint8)
    ink, left, top = glyph(hand.face, size, char)
    if not ink.size:
        return square.astype(np.float32)
    x, y = min(max(0, round(size * 0.3) + left), side - 1), min(max(0, round(size * 0.3) + top), side - 1)
    part = ink[: side - y, : side - x]
    square[y : y + part.shape[0], x : x + part.shape[1]] = part
    depth = cv2.distanceTransform((square > 127).astype(np.uint8), cv2.DIST_L2, 5)
    thick = 2 * float(np.percentile(depth[depth > 0], 85)) if (depth > 0).any() else 1.0
    reach = (thick - hand.thick * size) / 2
    thin = np.clip(depth - max(0.0, reach) * 0.85, 0, 1) if reach > 0 else np.clip(square / np.float32(255), 0, 1)
    return _warped(thin.astype(np.float32), size, hand, rng)


@cache
def _medians(face: str, char: str) -> tuple[npt.NDArray[np.float64], ...] | None:
    file = STROKES[face] / f"{char}.json" if face in STROKES else None
    if file is None or not file.exists():
        return None
    return tuple(np.array(each, np.float64) for each in json.loads(file.read_text(encoding="utf-8"))["medians"])


BALL = 0.65
"""A ball pen's line is thinner than what is left of a face."""


def _stroked(
    medians: Sequence[npt.NDArray[np.float64]], size: int, hand: Hand, rng: np.random.Generator
) -> npt.NDArray[np.float32]:
    """A character as a ball pen draws its strokes: of one width, each a little off, some run into the next."""
    fine, side = 4, round(size * 1.6)
    layer = np.zeros((side * fine, side * fine), np.uint8)
    thick, last = max(2, round(hand.thick * BALL * size * fine)), None
    for stroke in medians:
        points = np.stack([stroke[:, 0], 900 - stroke[:, 1]], axis=1) / 1024 + 0.3
        points = points + rng.normal(0, hand.wobble * 0.6, 2) + rng.normal(0, hand.wobble * 0.25, points.shape)
        line = (points * size * fine).round().astype(np.int32)
        if last is not None and rng.random() < hand.joined:
            cv2.line(layer, last, tuple(line[0].tolist()), 200, max(1, thick // 2), cv2.LINE_AA)
        cv2.polylines(layer, [line], False, 255, thick, cv2.LINE_AA)
        last = tuple(line[-1].tolist())
    small = cv2.resize(layer, (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / np.float32(255)


def _warped(ink: npt.NDArray[np.float32], size: int, hand: Hand, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    side = ink.shape[0]
    rows, columns = np.indices(ink.shape, dtype=np.float32)
    for grid in (4, 7):
        waves = rng.normal(0, hand.wobble * size, (2, grid, grid)).astype(np.float32)
        columns += cv2.resize(waves[0], (side, side), interpolation=cv2.INTER_CUBIC)
        rows += cv2.resize(waves[1], (side, side), interpolation=cv2.INTER_CUBIC)
    warped = cv2.remap(ink, columns, rows, cv2.INTER_LINEAR)
    slant, turn = hand.slant + float(rng.normal(0, 0.05)), float(rng.normal(0, 0.05))
    grow = rng.uniform(0.85, 1.12, 2)
    matrix = np.array([[grow[0], -slant + turn, 0], [-turn, grow[1], 0]], np.float32)
    matrix[:, 2] = side / 2 - matrix[:, :2] @ np.array([side / 2, side / 2], np.float32)
    return np.asarray(cv2.warpAffine(warped, matrix, (side, side)), np.float32)


def write(page: Picture, line: Pen, hand: Hand, rng: np.random.Generator) -> None:
    size = max(12, round(line.size * hand.size))
    steps = [max(size * 0.5, advance(hand.face, size, char)) * hand.step for char in line.text]
    squeeze = min(1.0, line.room / sum(steps)) if line.room and steps else 1.0
    x, fading = line.x, 1.0
    for char, step in zip(line.text, steps, strict=True):
        if not char.isspace():
            ink = _character(char, size, hand, rng)
            y = line.y + (line.size - size) / 2 - size * 0.3 + float(rng.normal(0, size * 0.05))
            fading = float(np.clip(fading + rng.normal(0, 0.08), 0.75, 1.0))
            _blend(page, ink * hand.pressure * fading, round(x - size * 0.3), round(y), hand.colour)
        x += step * squeeze * float(rng.uniform(0.92, 1.08))


def _blend(page: Picture, ink: npt.NDArray[np.float32], x: int, y: int, colour: tuple[int, int, int]) -> None:
    left, top = max(0, x), max(0, y)
    right, bottom = min(page.shape[1], x + ink.shape[1]), min(page.shape[0], y + ink.shape[0])
    if right <= left or bottom <= top:
        return
    share = ink[top - y : bottom - y, left - x : right - x, None]
    window = page[top:bottom, left:right]
    window[:] = (window * (1 - share * (1 - np.array(colour, np.float32) / 255))).astype(np.uint8)
