"""A picture of what was read (叠加图): lines green, seals red, places to sign and ink at the foot blue; `juanzong read --overlay`."""

# ruff: noqa: PLR2004 - grey levels, millimetres and shares are said where they are used

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pipeline.errors import InputError
from pipeline.reading.page_image import Pixels, turned
from pipeline.reading.sources import open_page
from schemas.base import Box, State
from schemas.reading import PageReading
from schemas.submission import Part
from schemas.volume import Page

GREEN, RED, BLUE, ORANGE, GREY = (0, 140, 60), (210, 30, 30), (30, 70, 210), (200, 120, 0), (120, 120, 120)
SIGNS = {State.FOUND: "有", State.MISSING: "无", State.UNCERTAIN: "疑"}
Colour = tuple[int, int, int]


def draw_overlay(image: Pixels, reading: PageReading) -> Pixels:
    """A copy of the upright page (blue-green-red) with every line, seal, place and code drawn on it."""
    picture = Image.fromarray(np.ascontiguousarray(image[:, :, ::-1]))
    pen = ImageDraw.Draw(picture)
    for line in reading.lines:
        _frame(pen, picture.size, line.box, ORANGE if line.score < 0.9 else GREEN, f"{line.text} {line.score:.2f}")
    for seal in reading.seals:
        text = f"{SIGNS[seal.state]} {seal.colour} {seal.shape} {seal.score:.2f} {seal.text}"
        _frame(pen, picture.size, seal.box, RED, text)
    for place in (*reading.signature_places, *((reading.foot,) if reading.foot is not None else ())):
        text = f"{SIGNS[place.state]} {place.label} {place.score:.2f}{' 指印' if place.fingerprint else ''}"
        _frame(pen, picture.size, place.box, BLUE, text)
    for tick in reading.tick_boxes:
        _frame(pen, picture.size, tick.box, BLUE, f"{SIGNS[tick.state]} {tick.label}")
    for code in reading.codes:
        _frame(pen, picture.size, code.box, GREY, f"{code.format} {code.text}"[:60])
    return np.ascontiguousarray(np.asarray(picture, np.uint8)[:, :, ::-1])


def overlay_page(part: Part, page: Page, page_pixels: int) -> Pixels | None:
    """The overlay of a page that was read, opened once more; None where the page has no picture or does not open.

    Opens PDFs, so it belongs to one thread at a time.
    """
    try:
        image = open_page(part, page.part_page - 1, page_pixels)
    except InputError:
        return None
    if image.pixels is None:
        return None
    # A page with a text layer comes turned already.
    degrees = page.reading.rotation if image.layer is None else 0
    return draw_overlay(turned(image.pixels, degrees), page.reading)


def _frame(pen: ImageDraw.ImageDraw, size: tuple[int, int], box: Box, colour: Colour, text: str) -> None:
    width, height = size
    left, top, right, bottom = box[0] * width, box[1] * height, box[2] * width, box[3] * height
    pen.rectangle((left, top, right, bottom), outline=colour, width=max(1, width // 800))
    letters = max(10, min(width, height) // 110)
    pen.text((left, max(0.0, top - 1.2 * letters)), text, fill=colour, font=_font(letters))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Noto Sans SC from the fonts package; without it Chinese labels cannot be drawn, and boxes still can."""
    spec = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    path = Path(spec.origin).parent / "NotoSansSC-Regular.otf" if spec and spec.origin else None
    if path is None or not path.is_file():
        return ImageFont.load_default()
    return ImageFont.truetype(str(path), size)
