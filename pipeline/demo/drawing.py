"""A sheet's operations onto white paper."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.demo.chance import chance
from pipeline.demo.faces import DRAWN, advance, glyph
from pipeline.demo.handwriting import handwriting
from pipeline.demo.ink import PAGE_HEIGHT, PAGE_WIDTH, Area, Operation, Pen, Print, Stamp, Stroke, Thumb
from pipeline.demo.stamps import fingerprint, seal

Image = npt.NDArray[np.uint8]
"""Height × width × 3, RGB."""

COLOURS: dict[str, tuple[int, int, int]] = {
    "black": (24, 24, 26),
    "red": (205, 28, 30),
    "seal": (212, 34, 40),
    "grey": (96, 96, 96),
    "rule": (60, 60, 60),
    "light": (205, 208, 212),
    "pale": (238, 240, 243),
    "green": (158, 222, 120),
    "blue": (150, 180, 205),
    "sky": (214, 228, 238),
    "white": (255, 255, 255),
    "pen_black": (38, 38, 46),
    "pen_blue": (34, 50, 128),
}


def blank_page() -> Image:
    return np.full((PAGE_HEIGHT, PAGE_WIDTH, 3), 255, np.uint8)


def draw(page: Image, operations: Iterable[Operation]) -> None:
    """Puts `operations` onto `page`: areas and print first, then the pen, then what is pressed on top."""
    layers: dict[type[Operation], int] = {Area: 0, Stroke: 1, Print: 1, Pen: 2, Thumb: 3, Stamp: 4}
    for operation in sorted(operations, key=lambda each: layers[type(each)]):
        _draw_one(page, operation)


def _draw_one(page: Image, operation: Operation) -> None:
    match operation:
        case Print():
            _print(page, operation)
        case Pen():
            _pen(page, operation)
        case Stroke():
            start, end = (round(operation.x0), round(operation.y0)), (round(operation.x1), round(operation.y1))
            cv2.line(page, start, end, COLOURS[operation.colour], operation.width)
        case Area():
            start, end = (round(operation.x0), round(operation.y0)), (round(operation.x1), round(operation.y1))
            cv2.rectangle(page, start, end, COLOURS[operation.colour], -1)
        case Stamp():
            layer = seal(operation.ring, operation.bottom, operation.star, operation.diameter, operation.seed)
            _press(page, layer, operation.x, operation.y, grey=operation.grey)
        case Thumb():
            _press(page, fingerprint(operation.seed), operation.x, operation.y, grey=operation.grey)


def _blend(page: Image, ink: npt.NDArray[np.float32], x: int, y: int, colour: tuple[int, int, int]) -> None:
    """Ink between 0 and 1 over what is there: inks darken, they never cover."""
    left, top = max(0, x), max(0, y)
    right, bottom = min(page.shape[1], x + ink.shape[1]), min(page.shape[0], y + ink.shape[0])
    if right <= left or bottom <= top:
        return
    share = ink[top - y : bottom - y, left - x : right - x, None]
    window = page[top:bottom, left:right]
    tint = 1 - share * (1 - np.array(colour, np.float32) / 255)
    window[:] = (window * tint).astype(np.uint8)


def _print(page: Image, line: Print) -> None:
    x, colour = line.x, COLOURS[line.colour]
    stroke = max(1, line.size // 40) if line.bold else 0
    for char in line.text:
        if char in DRAWN:
            _tick_box(page, round(x), round(line.y), line.size, ticked=char == "☑")
        elif not char.isspace():
            ink, left, top = glyph(line.face, line.size, char, stroke)
            if ink.size:
                _blend(page, (ink / 255).astype(np.float32), round(x) + left, round(line.y) + top, colour)
        x += advance(line.face, line.size, char) + line.spacing


def _tick_box(page: Image, x: int, y: int, size: int, *, ticked: bool) -> None:
    side, gap = int(size * 0.78), int(size * 0.11)
    top = y + int(size * 0.1)
    cv2.rectangle(page, (x + gap, top), (x + gap + side, top + side), COLOURS["black"], 2)
    if ticked:
        rng = chance("tick", x, y)
        wobble = rng.integers(-4, 5, 6)
        points = [
            (x + gap + 4, top + side // 2),
            (x + gap + side // 2 - 2, top + side - 4),
            (x + gap + side + 8, top - 6),
        ]
        moved = [(px + int(wobble[2 * i]), py + int(wobble[2 * i + 1])) for i, (px, py) in enumerate(points)]
        cv2.polylines(page, [np.array(moved, np.int32)], False, COLOURS["pen_black"], 4, cv2.LINE_AA)


def _pen(page: Image, line: Pen) -> None:
    ink = handwriting(line.text, line.size, line.seed, int(line.room))
    colour = COLOURS["pen_blue" if line.colour == "blue" else "pen_black"]
    _blend(page, (ink * (0.95 / 255)).astype(np.float32), round(line.x), round(line.y - line.size * 0.35), colour)


def _press(page: Image, layer: npt.NDArray[np.float32], x: float, y: float, *, grey: bool) -> None:
    colour = COLOURS["grey" if grey else "seal"]
    _blend(page, layer, round(x - layer.shape[1] / 2), round(y - layer.shape[0] / 2), colour)
