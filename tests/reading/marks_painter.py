"""Paints pages with seals, signatures and baits, and knows what it painted. All names and texts are invented."""

# ruff: noqa: PLR0913, PLR0917 - a painter has many brushes

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

from schemas.reading import Line

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
SONG, HEI = FONTS / "NotoSerifSC-Regular.otf", FONTS / "NotoSansSC-Regular.otf"
RED, BLACK, BLUE = (205, 38, 42), (28, 28, 30), (30, 52, 150)
WORDS = (
    "本院受理后依法组成合议庭公开开庭审理了本案现已审理终结经审查申请人的情况符合法律援助条件决定给予指派律师担任辩护人"
    "会见时告知其诉讼权利和义务对起诉书指控的事实没有异议请求从轻处罚办案机关提供的证据材料经当庭出示质证予以确认双方"
    "于二〇二四年签订劳动合同约定工资按月支付被申请人未依法缴纳社会保险费应当承担相应的法律责任以上情况属实特此说明"
)
ORGANS = (
    "某某市某某区法律援助处",
    "某某省临江市人民检察院",
    "广东某某律师事务所",
    "临江市某某区人民法院",
    "某某县公安局看守所",
)
NAMES = ("陈某山", "李小兰", "赵国平", "何志远", "周文静", "吴大海", "欧阳明", "林秋月", "王某", "郑成林")


@cache
def font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@dataclass
class PaintedSeal:
    box: tuple[float, float, float, float]
    """Pixels of the finished image."""
    kind: str
    at_edge: bool = False


@dataclass
class Sheet:
    """An A4 page being painted; lengths in millimetres, `px` converts them."""

    dpi: int
    rng: np.random.Generator
    paper: tuple[int, int, int] = (250, 249, 246)
    size_mm: tuple[float, float] = (210.0, 297.0)
    lines: list[Line] = field(default_factory=list)
    seals: list[PaintedSeal] = field(default_factory=list)

    def __post_init__(self) -> None:
        width, height = (round(self.px(side)) for side in self.size_mm)
        self.image = np.full((height, width, 3), self.paper, np.uint8)

    def px(self, mm: float) -> float:
        return mm * self.dpi / 25.4

    def box(self, x: float, y: float, w: float, h: float) -> tuple[float, float, float, float]:
        return x / self.size_mm[0], y / self.size_mm[1], (x + w) / self.size_mm[0], (y + h) / self.size_mm[1]

    def blend(self, ink: np.ndarray, x: float, y: float, colour: tuple[int, int, int]) -> None:
        """Lay ink (0 to 1) over the page with its corner at x, y pixels; what lies outside is lost."""
        x0, y0 = round(x), round(y)
        h, w = ink.shape
        left, top = max(0, -x0), max(0, -y0)
        right, bottom = min(w, self.image.shape[1] - x0), min(h, self.image.shape[0] - y0)
        if right <= left or bottom <= top:
            return
        view = self.image[y0 + top : y0 + bottom, x0 + left : x0 + right]
        share = ink[top:bottom, left:right, None]
        paint = np.minimum(np.array(colour, np.float32), 255.0) / 255.0
        view[:] = np.clip(view * (1 - share + share * paint), 0, 255).astype(np.uint8)

    def text(
        self, x: float, y: float, words: str, size: float = 4.2, face: Path = SONG, colour: tuple[int, int, int] = BLACK
    ) -> float:
        """Print words with the top of the characters at x, y; record the line as OCR would; return its width in mm."""
        glyphs = font(face, max(6, round(self.px(size))))
        box = glyphs.getbbox(words)
        pad = 4
        mask = Image.new("L", (int(box[2]) + 2 * pad, int(box[3]) + 2 * pad))
        ImageDraw.Draw(mask).text((pad, pad), words, 255, font=glyphs)
        self.blend(np.asarray(mask, np.float32) / 255 * 0.97, self.px(x) - pad, self.px(y) - pad, colour)
        mm = 25.4 / self.dpi
        top, height, width = y + box[1] * mm, (box[3] - box[1]) * mm, box[2] * mm
        if words.strip("_ 　"):
            self.record(words, x, top, width, height)
        return width

    def record(
        self, words: str, x: float, y: float, w: float, h: float, score: float | None = None, *, hand: bool = False
    ) -> None:
        """Note a line as OCR reports it: the box a quarter larger than the ink."""
        grow = 0.14 * h
        score = float(self.rng.uniform(0.95, 0.995)) if score is None else score
        box = self.box(x - grow, y - grow, w + 2 * grow, h + 2 * grow)
        self.lines.append(Line(text=words, box=box, score=score, handwritten=hand))

    def rule(
        self, x0: float, y0: float, x1: float, y1: float, wide: float = 0.25, colour: tuple[int, int, int] = BLACK
    ) -> None:
        cv2.line(
            self.image,
            (round(self.px(x0)), round(self.px(y0))),
            (round(self.px(x1)), round(self.px(y1))),
            colour,
            max(1, round(self.px(wide))),
            cv2.LINE_AA,
        )

    def prose(
        self, y: float, rows: int, size: float = 4.2, left: float = 28.0, right: float = 26.0, pitch: float = 8.0
    ) -> float:
        """Rows of running text; returns the y below them."""
        per_row = int((self.size_mm[0] - left - right) / size)
        for row in range(rows):
            start = int(self.rng.integers(0, len(WORDS)))
            words = (WORDS[start:] + WORDS)[:per_row]
            if row == rows - 1:
                words = words[: int(self.rng.integers(4, per_row))] + "。"
            self.text(left, y, words, size)
            y += pitch
        return y

    def table(
        self, y: float, rows: int, columns: int = 4, left: float = 22.0, right: float = 22.0, pitch: float = 10.0
    ) -> float:
        width = self.size_mm[0] - left - right
        for row in range(rows + 1):
            self.rule(left, y + row * pitch, left + width, y + row * pitch)
        for column in range(columns + 1):
            x = left + width * column / columns
            self.rule(x, y, x, y + rows * pitch)
        for row in range(rows):
            for column in range(columns):
                start = int(self.rng.integers(0, len(WORDS) - 8))
                self.text(
                    left + width * column / columns + 2,
                    y + row * pitch + 3,
                    WORDS[start : start + int(self.rng.integers(2, 7))],
                    3.7,
                )
        return y + rows * pitch


def seal_ink(
    dpi: int,
    rng: np.random.Generator,
    wide: float,
    tall: float,
    kind: str,
    words: str,
    *,
    star: bool,
    below: str,
    close: bool = False,
) -> np.ndarray:
    """A seal upright, as ink 0 to 1. `kind` is round, oval or square; `close`: tall words that all but touch the ring."""
    up = 2
    unit = dpi * up / 25.4
    w, h = round((wide + 3) * unit), round((tall + 3) * unit)
    mask = Image.new("L", (w, h))
    draw = ImageDraw.Draw(mask)
    cx, cy = w / 2, h / 2
    rim = max(2, round((1.1 if wide > 34 else 0.8) * unit))
    a, b = wide / 2 * unit, tall / 2 * unit
    if kind == "square":
        draw.rectangle((cx - a, cy - b, cx + a, cy + b), outline=255, width=rim)
        half = math.ceil(len(words) / 2)
        size = int(min(2 * a / half, b) * 0.9) if half else 10
        for row, part in enumerate((words[:half], words[half:])):
            for column, char in enumerate(part):
                at = (cx - a * 0.88 + (column + 0.5) * 1.76 * a / half, cy + b * (0.44 if row else -0.44))
                draw.text(at, char, 255, font=font(SONG, int(size * 0.9)), anchor="mm")
    else:
        draw.ellipse((cx - a, cy - b, cx + a, cy + b), outline=255, width=rim)
        sweep = math.radians(min(300, 18 * len(words) + 60))
        size = int(min(a, b) * (0.30 if len(words) < 14 else 0.25) * (1.1 if close else 1.0))
        inset = (0.19 if close else 0.27) * min(a, b)
        for index, char in enumerate(words):
            angle = -math.pi / 2 - sweep / 2 + sweep * index / max(1, len(words) - 1)
            glyph = Image.new("L", (size * 2, size * 2))
            ImageDraw.Draw(glyph).text(
                (size, size), char, 255, font=font(SONG if len(words) % 2 else HEI, size), anchor="mm"
            )
            glyph = glyph.rotate(-math.degrees(angle) - 90, resample=Image.Resampling.BICUBIC)
            gx, gy = cx + (a - inset) * math.cos(angle), cy + (b - inset) * math.sin(angle)
            mask.paste(255, (round(gx - size), round(gy - size)), glyph)
        if star:
            points = []
            for corner in range(10):
                radius = min(a, b) * (0.33 if corner % 2 == 0 else 0.13)
                angle = -math.pi / 2 + corner * math.pi / 5
                points.append((cx + radius * math.cos(angle), cy + radius * math.sin(angle)))
            draw.polygon(points, fill=255)
        if below:
            draw.text(
                (cx, cy + b * (0.55 if star else 0.0)), below, 255, font=font(SONG, int(min(a, b) * 0.22)), anchor="mm"
            )
    return np.asarray(mask.resize((w // up, h // up), Image.Resampling.BOX), np.float32) / 255


def wear(ink: np.ndarray, rng: np.random.Generator, strength: float, blotch: float) -> np.ndarray:
    """Uneven pressure and missing specks."""
    h, w = ink.shape
    clouds = cv2.resize(
        rng.random((max(2, h // 40), max(2, w // 40))).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC
    )
    specks = cv2.GaussianBlur(rng.random((h, w)).astype(np.float32), (0, 0), 1.0)
    specks = (specks - specks.mean()) / (specks.std() + 1e-6)
    worn = ink * (1 - blotch * np.clip(clouds, 0, 1)) * np.clip(1.0 + 0.35 * blotch * specks, 0, 1.2)
    return np.clip(worn * strength, 0, 1)


def spin(ink: np.ndarray, degrees: float) -> np.ndarray:
    """Turned about its middle on a canvas that holds it."""
    h, w = ink.shape
    side = int(math.hypot(h, w)) + 2
    matrix = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1.0)
    matrix[:, 2] += ((side - w) / 2, (side - h) / 2)
    return np.asarray(cv2.warpAffine(ink, matrix, (side, side), flags=cv2.INTER_LINEAR), np.float32)


def stamp_seal(
    sheet: Sheet,
    x: float,
    y: float,
    *,
    wide: float = 42.0,
    tall: float | None = None,
    kind: str = "round",
    colour: tuple[int, int, int] = RED,
    strength: float = 0.85,
    blotch: float = 0.25,
    turn: float = 0.0,
    double: float = 0.0,
    star: bool = True,
    below: str = "",
    words: str | None = None,
    close: bool = False,
) -> None:
    """Stamp a seal with its middle at x, y and note it."""
    rng = sheet.rng
    tall = wide if tall is None else tall
    words = ORGANS[int(rng.integers(len(ORGANS)))] if words is None else words
    fresh = seal_ink(sheet.dpi, rng, wide, tall, kind, words, star=star, below=below, close=close)
    ink = wear(fresh, rng, strength, blotch)
    ink = spin(ink, turn)
    px, py = sheet.px(x) - ink.shape[1] / 2, sheet.px(y) - ink.shape[0] / 2
    sheet.blend(ink, px, py, colour)
    if double:
        angle = rng.uniform(0, 2 * math.pi)
        sheet.blend(ink * 0.6, px + sheet.px(double) * math.cos(angle), py + sheet.px(double) * math.sin(angle), colour)
    radians = math.radians(turn)
    half_w = half_h = wide / 2
    if kind == "square":
        half_w = (wide * abs(math.cos(radians)) + tall * abs(math.sin(radians))) / 2
        half_h = (wide * abs(math.sin(radians)) + tall * abs(math.cos(radians))) / 2
    elif kind == "oval":
        half_w = math.hypot(wide * math.cos(radians), tall * math.sin(radians)) / 2
        half_h = math.hypot(wide * math.sin(radians), tall * math.cos(radians)) / 2
    box = (sheet.px(x - half_w), sheet.px(y - half_h), sheet.px(x + half_w), sheet.px(y + half_h))
    height, width = sheet.image.shape[:2]
    at_edge = box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height
    clipped = (max(0.0, box[0]), max(0.0, box[1]), min(float(width), box[2]), min(float(height), box[3]))
    sheet.seals.append(PaintedSeal(clipped, kind, at_edge))


# Baits: red or round things that are not seals.


def red_head(sheet: Sheet) -> None:
    """A red letterhead (红头) with its double rule."""
    size = float(sheet.rng.uniform(9, 16))
    words = ORGANS[int(sheet.rng.integers(len(ORGANS)))][:9]
    sheet.text((sheet.size_mm[0] - size * len(words)) / 2, 22, words, size, HEI, RED)
    sheet.rule(25, 48, 185, 48, 1.2, RED)
    sheet.rule(25, 50.2, 185, 50.2, 0.4, RED)


def fingerprint(
    sheet: Sheet, x: float, y: float, colour: tuple[int, int, int] = (200, 40, 48), strength: float = 0.8
) -> None:
    """An inked thumb: an oval of curved ridges 11-16 mm wide and 15-20 mm tall."""
    rng = sheet.rng
    wide, tall = rng.uniform(11, 16), rng.uniform(15, 20)
    w, h = round(sheet.px(wide)), round(sheet.px(tall))
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float32)
    u, v = (xs - w / 2) / (w / 2), (ys - h / 2) / (h / 2)
    phase = (
        np.hypot(u * 1.1 + 0.15 * np.sin(3 * v), v + 0.25 * u * u - rng.uniform(-0.2, 0.3))
        * tall
        / 2
        / 0.5
        * 2
        * np.pi
        / 2
    )
    ridges = np.clip(0.55 + 0.6 * np.sin(phase), 0, 1)
    inside = np.clip((1 - np.hypot(u, v)) * 8, 0, 1)
    ink = wear((ridges * inside).astype(np.float32), rng, strength, 0.5)
    ink = spin(ink, float(rng.uniform(-40, 40)))
    sheet.blend(ink, sheet.px(x) - ink.shape[1] / 2, sheet.px(y) - ink.shape[0] / 2, colour)


def emblem(sheet: Sheet, x: float, y: float, wide: float = 14.0) -> None:
    """A red and gold emblem like that of an identity card."""
    size = round(sheet.px(wide))
    ys, xs = np.mgrid[0:size, 0:size].astype(np.float32)
    radius = np.hypot(xs - size / 2, ys - size / 2) / (size / 2)
    sheet.blend(
        (radius < 0.95).astype(np.float32) * 0.85, sheet.px(x) - size / 2, sheet.px(y) - size / 2, (215, 70, 50)
    )
    for _ in range(26):
        angle, r = sheet.rng.uniform(0, 2 * np.pi), sheet.rng.uniform(0.2, 0.85) * size / 2
        centre = (round(sheet.px(x) + r * math.cos(angle)), round(sheet.px(y) + r * math.sin(angle)))
        cv2.circle(sheet.image, centre, max(1, size // 16), (235, 200, 90), -1, cv2.LINE_AA)


def hand_circle(sheet: Sheet, x: float, y: float, wide: float, colour: tuple[int, int, int] = BLACK) -> None:
    """A circle drawn round something with a pen: wobbly, not closed."""
    rng = sheet.rng
    angles = np.linspace(0, 2 * np.pi * rng.uniform(0.93, 1.1), 90) + rng.uniform(0, 6)
    wobble = 1 + sum(rng.uniform(0.02, 0.07) * np.sin(k * angles + rng.uniform(0, 6)) for k in (1, 2, 3))
    a, b = sheet.px(wide / 2) * wobble, sheet.px(wide / 2 * rng.uniform(0.75, 1.0)) * wobble
    points = np.stack([sheet.px(x) + a * np.cos(angles), sheet.px(y) + b * np.sin(angles)], 1)
    cv2.polylines(
        sheet.image, [np.rint(points).astype(np.int32)], False, colour, max(1, round(sheet.px(0.5))), cv2.LINE_AA
    )


def coffee_ring(sheet: Sheet, x: float, y: float, wide: float) -> None:
    """The brown mark of a cup."""
    size = round(sheet.px(wide + 8))
    ys, xs = np.mgrid[0:size, 0:size].astype(np.float32)
    radius = np.hypot(xs - size / 2, ys - size / 2) - sheet.px(wide / 2)
    ink = np.exp(-((radius / sheet.px(0.9)) ** 2)).astype(np.float32)
    sheet.blend(wear(ink, sheet.rng, 0.5, 0.8), sheet.px(x) - size / 2, sheet.px(y) - size / 2, (150, 105, 60))


def punch_holes(sheet: Sheet) -> None:
    """Binding holes at the left edge, dark from the scanner's lid."""
    for y in (108.0, 188.0):
        cv2.circle(
            sheet.image, (round(sheet.px(11)), round(sheet.px(y))), round(sheet.px(3)), (40, 40, 40), -1, cv2.LINE_AA
        )


def logo(sheet: Sheet, x: float, y: float, wide: float, colour: tuple[int, int, int]) -> None:
    """A round logo of a firm: a ring with letters, printed."""
    centre = (round(sheet.px(x)), round(sheet.px(y)))
    cv2.circle(sheet.image, centre, round(sheet.px(wide / 2)), colour, max(1, round(sheet.px(0.5))), cv2.LINE_AA)
    glyphs = font(HEI, round(sheet.px(wide * 0.4)))
    mask = Image.new("L", (round(sheet.px(wide)), round(sheet.px(wide))))
    ImageDraw.Draw(mask).text((mask.width / 2, mask.height / 2), "LF", 255, font=glyphs, anchor="mm")
    sheet.blend(np.asarray(mask, np.float32) / 255, centre[0] - mask.width / 2, centre[1] - mask.height / 2, colour)


def text_stamp(sheet: Sheet, x: float, y: float, *, frame: bool) -> None:
    """A red stamp of words: 本件与原本核对无异, with or without a frame."""
    width = sheet.text(x, y, "本件与原本核对无异", 5.0, HEI, (214, 50, 60))
    if frame:
        for x0, y0, x1, y1 in (
            (-2, -2, width + 2, -2),
            (-2, 9, width + 2, 9),
            (-2, -2, -2, 9),
            (width + 2, -2, width + 2, 9),
        ):
            sheet.rule(x + x0, y + y0, x + x1, y + y1, 0.6, (214, 50, 60))


# Handwriting.


def pen_name(sheet: Sheet, words: str, size: float, slant: float, pen: float, face: Path = HEI) -> np.ndarray:
    """A name written by pen: glyphs warped, sheared, of uneven size, thinned to a pen's width, joined by strokes."""
    rng = sheet.rng
    em = round(sheet.px(size))
    height = round(em * 1.7)
    ink = np.zeros((height, round(em * (len(words) * 1.0 + 1.0))), np.float32)
    x = em * 0.3
    previous: tuple[int, int] | None = None
    for char in words:
        grow = rng.uniform(0.8, 1.15)
        side = round(em * 1.3)
        glyph = Image.new("L", (side, side))
        ImageDraw.Draw(glyph).text(
            (side / 2, side / 2), char, 255, font=font(face, max(8, round(em * grow * 0.95))), anchor="mm"
        )
        piece = _pen_strokes(np.asarray(glyph, np.float32) / 255, sheet.px(pen), em)
        piece = _elastic(piece, rng, em * 0.045)
        shear = slant + rng.uniform(-0.12, 0.12)
        turn = rng.uniform(-0.09, 0.09)
        matrix = np.array(
            [[1, -shear + turn, shear * side / 2], [turn + 0.08, rng.uniform(0.88, 1.08), -0.04 * side]], np.float32
        )
        piece = cv2.warpAffine(piece, matrix, (side, side))
        top = round((height - side) / 2 + rng.uniform(-0.1, 0.1) * em)
        left = round(x - side * 0.15)
        area = ink[max(0, top) : top + side, max(0, left) : left + side]
        np.maximum(area, piece[: area.shape[0], : area.shape[1]], out=area)
        here = (round(x + em * 0.2), round(height / 2 + rng.uniform(-0.2, 0.2) * em))
        if previous is not None and rng.random() < 0.4:
            cv2.line(ink, previous, here, 1.0, max(1, round(sheet.px(pen) * 0.6)), cv2.LINE_AA)
        previous = (round(x + em * 0.8 * grow), round(height / 2 + rng.uniform(0, 0.4) * em))
        x += em * rng.uniform(0.72, 0.98)
    return ink


def _pen_strokes(glyph: np.ndarray, pen: float, em: float) -> np.ndarray:
    """Thin the strokes of a glyph towards the width of a pen, in pixels."""
    solid = (glyph > 0.5).astype(np.uint8)
    depth = cv2.distanceTransform(solid, cv2.DIST_L2, 5)
    thick = float(np.percentile(depth[solid > 0], 80)) if solid.any() else 1.0
    cut = max(0.0, thick - pen / 2) * 0.8
    del em
    return np.clip(depth - cut, 0, 1).astype(np.float32)


def _elastic(piece: np.ndarray, rng: np.random.Generator, reach: float) -> np.ndarray:
    h, w = piece.shape
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float32)
    for grid in (4, 7):
        dx = cv2.resize(rng.normal(0, reach, (grid, grid)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
        dy = cv2.resize(rng.normal(0, reach, (grid, grid)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
        xs, ys = xs + dx, ys + dy
    return np.asarray(cv2.remap(piece, xs, ys, cv2.INTER_LINEAR), np.float32)


def scrawl(sheet: Sheet, width: float, height: float, pen: float) -> np.ndarray:
    """A signature of pure curves: loops, hooks and a closing stroke."""
    rng = sheet.rng
    w, h = round(sheet.px(width)), round(sheet.px(height))
    ink = np.zeros((h + 8, w + 8), np.float32)
    strokes = int(rng.integers(2, 5))
    for stroke in range(strokes):
        count = int(rng.integers(5, 10))
        x0, x1 = w * stroke / strokes * 0.8, w * (0.35 + 0.65 * (stroke + 1) / strokes)
        anchors = np.stack(
            [np.linspace(x0, x1, count) + rng.normal(0, w * 0.05, count), rng.uniform(0.08, 0.92, count) * h], 1
        )
        t = np.linspace(0, count - 1, count * 14)
        index = np.clip(t.astype(int), 0, count - 2)
        f = (t - index)[:, None]
        f = f * f * (3 - 2 * f)
        points = anchors[index] * (1 - f) + anchors[index + 1] * f
        points[:, 0] += np.sin(t * 2.2) * w * 0.03
        for one, two in pairwise(points):
            wide = max(1, round(sheet.px(pen) * rng.uniform(0.7, 1.2)))
            cv2.line(
                ink,
                (round(one[0]) + 4, round(one[1]) + 4),
                (round(two[0]) + 4, round(two[1]) + 4),
                1.0,
                wide,
                cv2.LINE_AA,
            )
    return ink


# The scanner.


@dataclass(frozen=True)
class Scan:
    """How a sheet becomes a scan."""

    dpi: int = 200
    skew: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    jpeg: int = 0
    mode: str = "colour"
    """colour, grey or bilevel."""
    shade: float = 0.0
    threshold: int = 150


def scan(sheet: Sheet, how: Scan) -> tuple[np.ndarray, list[Line], list[PaintedSeal]]:
    """The sheet as a BGR scan, with its lines and seals where they lie now."""
    rng = sheet.rng
    image = cv2.cvtColor(sheet.image, cv2.COLOR_RGB2BGR)
    matrix = cv2.getRotationMatrix2D((image.shape[1] / 2, image.shape[0] / 2), how.skew, 1.0)
    if how.skew:
        image = cv2.warpAffine(image, matrix, image.shape[1::-1], flags=cv2.INTER_LINEAR, borderValue=sheet.paper[::-1])
    scale = how.dpi / sheet.dpi
    if scale != 1.0:
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if how.blur:
        image = cv2.GaussianBlur(image, (0, 0), how.blur * how.dpi / 200)
    image = _soil(image, rng, how)
    lines = [line.model_copy(update={"box": _turned(line.box, matrix, sheet.image.shape)}) for line in sheet.lines]
    seals = []
    for seal in sheet.seals:
        middle = matrix @ np.array([(seal.box[0] + seal.box[2]) / 2, (seal.box[1] + seal.box[3]) / 2, 1.0])
        dx, dy = (seal.box[2] - seal.box[0]) / 2, (seal.box[3] - seal.box[1]) / 2
        box = (middle[0] - dx, middle[1] - dy, middle[0] + dx, middle[1] + dy)
        seals.append(PaintedSeal(tuple(float(side) * scale for side in box), seal.kind, seal.at_edge))  # type: ignore[arg-type]
    return image, lines, seals


def _soil(image: np.ndarray, rng: np.random.Generator, how: Scan) -> np.ndarray:
    if how.mode != "colour":
        image = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    if how.shade:
        slope = np.linspace(1 - how.shade, 1, image.shape[1], dtype=np.float32)[None, :, None]
        image = np.clip(image * slope, 0, 255).astype(np.uint8)
    if how.noise:
        grain = rng.standard_normal(image.shape[:2], np.float32)[..., None] * np.float32(how.noise)
        if how.mode == "colour":
            grain = grain + rng.standard_normal(image.shape, np.float32) * np.float32(how.noise * 0.4)
        image = cv2.convertScaleAbs(np.maximum(image + grain, 0))
    if how.mode == "bilevel":
        grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        return cv2.cvtColor(np.where(grey > how.threshold, np.uint8(255), np.uint8(0)), cv2.COLOR_GRAY2BGR)
    if how.jpeg:
        image = cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, how.jpeg])[1], cv2.IMREAD_COLOR)
    return image


def _turned(
    box: tuple[float, float, float, float], matrix: np.ndarray, shape: tuple[int, ...]
) -> tuple[float, float, float, float]:
    height, width = shape[:2]
    corners = np.array([[box[i] * width, box[j] * height, 1.0] for i in (0, 2) for j in (1, 3)]) @ matrix.T
    (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
    return (max(0.0, x0 / width), max(0.0, y0 / height), min(1.0, x1 / width), min(1.0, y1 / height))
