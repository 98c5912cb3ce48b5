"""Seals of all shapes, and red or round things that are none, as ink on a page of 200 dpi (RGB).

Round seals are those of the sample papers (`pipeline.demo.stamps`); oval and square ones are drawn here.
"""

# ruff: noqa: PLR0913, PLR0917 - a painter has many brushes

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.demo.faces import SANS, SERIF, glyph
from pipeline.demo.stamps import fingerprint

Image = npt.NDArray[np.uint8]
Layer = npt.NDArray[np.float32]
Colour = tuple[int, int, int]

PIXELS_MM = 200 / 25.4
RED, DARK_RED, ORANGE, BLUE, COPY = (212, 34, 40), (176, 30, 48), (222, 70, 46), (44, 62, 168), (104, 104, 104)
BLACK: Colour = (30, 30, 32)
UP = 2
"""Drawn twice as large and shrunk."""


def px(mm: float) -> int:
    return round(mm * PIXELS_MM)


def press(page: Image, ink: Layer, x: float, y: float, colour: Colour) -> None:
    """Ink (0 to 1) around x, y millimetres; what lies outside the page is lost."""
    left, top = px(x) - ink.shape[1] // 2, px(y) - ink.shape[0] // 2
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(page.shape[1], left + ink.shape[1]), min(page.shape[0], top + ink.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    share = ink[y0 - top : y1 - top, x0 - left : x1 - left, None]
    window = page[y0:y1, x0:x1]
    window[:] = (window * (1 - share * (1 - np.array(colour, np.float32) / 255))).astype(np.uint8)


def worn(ink: Layer, rng: np.random.Generator, strength: float = 0.85) -> Layer:
    """Uneven pressure and specks without ink."""
    height, width = ink.shape
    clouds = cv2.resize(rng.random((5, 5), dtype=np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    grain = rng.random((height, width), dtype=np.float32) > 0.93
    return np.clip(ink * strength * (0.72 + 0.36 * clouds - 0.35 * grain), 0, 1).astype(np.float32)


def spun(ink: Layer, degrees: float) -> Layer:
    """Turned about its middle on a square that holds it."""
    side = int(np.hypot(*ink.shape)) + 2
    matrix = cv2.getRotationMatrix2D((ink.shape[1] / 2, ink.shape[0] / 2), degrees, 1.0)
    matrix[:, 2] += ((side - ink.shape[1]) / 2, (side - ink.shape[0]) / 2)
    return np.asarray(cv2.warpAffine(ink, matrix, (side, side)), np.float32)


def _lay(canvas: Image, char: str, size: int, at: tuple[float, float], degrees: float = 0.0) -> None:
    ink = glyph(SERIF, max(6, size), char, 1)[0]
    if degrees:
        ink = (spun(ink.astype(np.float32), degrees)).astype(np.uint8)
    left, top = int(at[0] - ink.shape[1] / 2), int(at[1] - ink.shape[0] / 2)
    view = canvas[max(0, top) : top + ink.shape[0], max(0, left) : left + ink.shape[1]]
    view[:] = np.maximum(view, ink[: view.shape[0], : view.shape[1]])


def _shrunk(canvas: Image) -> Layer:
    size = (canvas.shape[1] // UP, canvas.shape[0] // UP)
    return cv2.resize(canvas, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def oval(words: str, number: str, wide: float, tall: float) -> Layer:
    """An oval seal (发票专用章 and the like), `wide` × `tall` mm: a double or single rim, words above, a number across."""
    a, b = wide / 2 * PIXELS_MM * UP, tall / 2 * PIXELS_MM * UP
    canvas = np.zeros((int(2 * b) + 12, int(2 * a) + 12), np.uint8)
    middle = (canvas.shape[1] / 2, canvas.shape[0] / 2)
    rim = px(0.9) * UP
    centre = (round(middle[0]), round(middle[1]))
    cv2.ellipse(canvas, centre, (int(a - rim / 2), int(b - rim / 2)), 0, 0, 360, 255, rim, cv2.LINE_AA)
    size = int(b * 0.34)
    for index, char in enumerate(words):
        turn = np.radians(-100 + 200 * index / max(1, len(words) - 1))
        at = (middle[0] + (a - b * 0.3) * np.sin(turn), middle[1] - (b - b * 0.3) * np.cos(turn))
        lean = np.degrees(np.arctan2(np.sin(turn) / a, np.cos(turn) / b))
        _lay(canvas, char, size, at, -float(lean))
    for index, char in enumerate(number):
        _lay(canvas, char, int(b * 0.26), (middle[0] + (index - (len(number) - 1) / 2) * b * 0.17, middle[1]))
    for index, char in enumerate("专用章"):
        _lay(canvas, char, int(b * 0.3), (middle[0] + (index - 1) * b * 0.36, middle[1] + b * 0.5))
    return _shrunk(canvas)


def square(words: str, side: float, *, white: bool = False) -> Layer:
    """A square seal (方章, 名章) with four characters; `white`: the ground is inked, the characters are not."""
    edge = int(side * PIXELS_MM * UP)
    canvas = np.zeros((edge + 12, edge + 12), np.uint8)
    size = int(edge * 0.4)
    for index, char in enumerate(words[:4]):
        # Read from the right column down, then the left one.
        at = (edge * (0.73 if index < 2 else 0.27) + 6, edge * (0.28 if index % 2 == 0 else 0.73) + 6)
        _lay(canvas, char, size, at)
    if white:
        canvas[8:-8, 8:-8] = 255 - canvas[8:-8, 8:-8]
    else:
        cv2.rectangle(canvas, (8, 8), (edge + 3, edge + 3), 255, px(0.8) * UP, cv2.LINE_AA)
    return _shrunk(canvas)


# Baits: what must not be taken for a seal.


def _text(page: Image, words: str, x: float, y: float, size: float, colour: Colour, face: str = SANS) -> None:
    for index, char in enumerate(words):
        ink = glyph(face, px(size), char, 1)[0].astype(np.float32) / 255
        press(page, ink, x + (index + 0.5) * size, y, colour)


def letterhead(page: Image, rng: np.random.Generator) -> None:
    """红头: large red characters and a red double rule."""
    size = float(rng.uniform(10, 17))
    words = "临江市望洲区法律援助中心"[: int(170 / size)]
    _text(page, words, (210 - size * len(words)) / 2, 26, size, RED)
    for y, thick in ((44, 1.2), (46, 0.4)):
        cv2.line(page, (px(24), px(y)), (px(186), px(y)), RED, max(1, px(thick)), cv2.LINE_AA)


def red_lines(page: Image, rng: np.random.Generator) -> None:
    """Red underlines, and the red grid of old manuscript paper."""
    for _ in range(6):
        x, y = float(rng.uniform(25, 90)), float(rng.uniform(60, 260))
        cv2.line(page, (px(x), px(y)), (px(x + rng.uniform(20, 90)), px(y + rng.uniform(-2, 2))), RED, 4, cv2.LINE_AA)
    if rng.random() < 0.5:
        for row in range(12):
            cv2.line(page, (px(24), px(150 + 9 * row)), (px(186), px(150 + 9 * row)), (226, 120, 118), 2)
        for column in range(19):
            cv2.line(page, (px(24 + 9 * column), px(150)), (px(24 + 9 * column), px(249)), (226, 120, 118), 2)


def fingers(page: Image, rng: np.random.Generator) -> None:
    """One to four fingerprints, also over each other."""
    x, y = float(rng.uniform(60, 160)), float(rng.uniform(120, 250))
    for index in range(int(rng.integers(1, 5))):
        ink = fingerprint(f"bait {rng.integers(10**6)}")
        press(page, ink * 1.1, x + index * rng.uniform(5, 18), y + rng.uniform(-8, 8), DARK_RED)


def emblem(page: Image, rng: np.random.Generator) -> None:
    """The red and gold emblem of an identity card, at the card's size or enlarged."""
    wide = float(rng.choice([13.0, 20.0, 26.0]))
    x, y = float(rng.uniform(40, 160)), float(rng.uniform(70, 220))
    cv2.circle(page, (px(x), px(y)), px(wide / 2), (206, 52, 44), -1, cv2.LINE_AA)
    for _ in range(40):
        turn, reach = rng.uniform(0, 2 * np.pi), rng.uniform(0.1, 0.9) * wide / 2
        at = (px(x + reach * np.cos(turn)), px(y + reach * np.sin(turn)))
        cv2.circle(page, at, px(wide / 28), (238, 205, 96), -1, cv2.LINE_AA)


def logo(page: Image, rng: np.random.Generator) -> None:
    """A firm's or a bank's printed logo: a ring with large letters or bars, 8 to 20 mm wide."""
    wide, colour = float(rng.uniform(8, 20)), (RED, BLUE, BLACK)[int(rng.integers(3))]
    x, y = float(rng.uniform(25, 60)), float(rng.uniform(18, 34))
    cv2.circle(page, (px(x), px(y)), px(wide / 2), colour, px(wide / 18), cv2.LINE_AA)
    for index, char in enumerate("LF"):
        ink = glyph(SANS, px(wide * 0.45), char, 2)[0].astype(np.float32) / 255
        press(page, ink, x + (index - 0.5) * wide * 0.32, y, colour)


def qr_code(page: Image, rng: np.random.Generator) -> None:
    """A square of modules with three finder squares, in black or red."""
    side, x, y = float(rng.uniform(18, 32)), float(rng.uniform(30, 150)), float(rng.uniform(200, 250))
    cells = (rng.random((29, 29)) < 0.5).astype(np.uint8)
    for row, column in ((0, 0), (0, 22), (22, 0)):
        cells[row : row + 7, column : column + 7] = 1
        cells[row + 1 : row + 6, column + 1 : column + 6] = 0
        cells[row + 2 : row + 5, column + 2 : column + 5] = 1
    ink = cv2.resize(cells.astype(np.float32), (px(side), px(side)), interpolation=cv2.INTER_NEAREST)
    page[px(y - side / 2) - 8 : px(y + side / 2) + 8, px(x - side / 2) - 8 : px(x + side / 2) + 8] = 255
    press(page, ink, x, y, BLACK if rng.random() < 0.7 else DARK_RED)


def cup_mark(page: Image, rng: np.random.Generator) -> None:
    """The brown ring of a cup over the text, 60 to 85 mm or, of a small glass, 40 mm wide."""
    radius = float(rng.choice([20.0, 32.0, 41.0]))
    side = px(2 * radius + 12)
    rows, columns = np.indices((side, side), dtype=np.float32)
    away = np.hypot(rows - side / 2, columns - side / 2) - px(radius)
    ink = np.exp(-((away / px(1.1)) ** 2)).astype(np.float32)
    press(page, worn(ink, rng, 0.5), rng.uniform(60, 150), rng.uniform(80, 220), (150, 108, 66))


def drawn_circles(page: Image, rng: np.random.Generator) -> None:
    """Words circled by hand, in red, blue or black."""
    for _ in range(3):
        wide, squeeze = rng.uniform(18, 44), rng.uniform(0.45, 1.0)
        x, y = rng.uniform(50, 160), rng.uniform(60, 240)
        turns = np.linspace(0, 2 * np.pi * rng.uniform(0.94, 1.1), 100) + rng.uniform(0, 6)
        wobble = 1 + sum(rng.uniform(0.02, 0.06) * np.sin(k * turns + rng.uniform(0, 6)) for k in (1, 2, 3))
        points = np.stack(
            [x + wide / 2 * wobble * np.cos(turns), y + wide / 2 * squeeze * wobble * np.sin(turns)], axis=1
        )
        colour = (DARK_RED, BLUE, BLACK)[int(rng.integers(3))]
        cv2.polylines(page, [np.rint(points * PIXELS_MM).astype(np.int32)], False, colour, px(0.5), cv2.LINE_AA)


def holes(page: Image, rng: np.random.Generator) -> None:
    """Binding holes with the dark of the lid, and round stickers."""
    for share in (0.25, 0.5, 0.75):
        at = (px(11 + rng.uniform(-2, 2)), px(297 * share))
        cv2.circle(page, at, px(rng.uniform(2.5, 4)), (40, 40, 42), -1, cv2.LINE_AA)
    cv2.circle(page, (px(190), px(20)), px(9), (226, 60, 50), -1, cv2.LINE_AA)


def photo(page: Image, rng: np.random.Generator) -> None:
    """A portrait and a plate with round things, as on copies of cards and in photographs used as evidence."""
    x, y, wide, tall = px(rng.uniform(20, 90)), px(rng.uniform(60, 140)), px(80), px(60)
    ground = cv2.resize(rng.integers(60, 220, (5, 6, 3), dtype=np.uint8), (wide, tall), interpolation=cv2.INTER_CUBIC)
    cv2.ellipse(ground, (wide // 3, tall // 2), (px(11), px(15)), 0, 0, 360, (206, 160, 134), -1, cv2.LINE_AA)
    for _ in range(3):
        at = (int(rng.integers(wide)), int(rng.integers(tall)))
        cv2.circle(ground, at, px(rng.uniform(8, 18)), rng.integers(20, 235, 3).tolist(), px(1.5), cv2.LINE_AA)
    page[y : y + tall, x : x + wide] = ground[: page.shape[0] - y, : page.shape[1] - x]


def text_stamp(page: Image, rng: np.random.Generator) -> None:
    """A red line of words, 本件与原本核对无异, without a frame; red remarks by hand beside it."""
    _text(page, "本件与原本核对无异", float(rng.uniform(60, 120)), float(rng.uniform(200, 260)), 5.0, RED)
    _text(page, "已阅同意归档", float(rng.uniform(30, 90)), float(rng.uniform(80, 180)), 9.0, DARK_RED, SERIF)


def nothing(page: Image, rng: np.random.Generator) -> None:
    """The page as it is."""


BAITS: dict[str, Callable[[Image, np.random.Generator], None]] = {
    "letterhead": letterhead,
    "red_lines": red_lines,
    "fingers": fingers,
    "emblem": emblem,
    "logo": logo,
    "qr_code": qr_code,
    "cup_mark": cup_mark,
    "drawn_circles": drawn_circles,
    "holes": holes,
    "photo": photo,
    "text_stamp": text_stamp,
    "nothing": nothing,
}
