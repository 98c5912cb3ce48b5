"""OFD pages (版式文档, GB/T 33190): their own text with positions, their pictures, and the seals they declare."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import ofdkit  # type: ignore[import-untyped]
from PIL import Image

from pipeline.errors import InputError
from pipeline.reading.layer import Glyph, is_trustworthy, lines_of
from pipeline.reading.ofd_parts import declared_seals, has_other_content, page_pictures
from pipeline.reading.page_image import PageImage, Pixels, plausible_dpi, working_size
from schemas.base import Box
from schemas.reading import Line

CANVAS_DPI = 200.0
BIG = 0.05
MAX_PICTURES = 200


@contextmanager
def opened_ofd(path: Path) -> Iterator[ofdkit.OFDDocument]:
    """The document. Raises `InputError` (`corrupt`, `too_large`)."""
    try:
        with ofdkit.open(path) as document:
            yield document
    except ofdkit.OFDLimitError as error:
        raise InputError("too_large", str(error)) from error
    except (ofdkit.OFDError, OSError) as error:
        raise InputError("corrupt", str(error)) from error


def count_ofd_pages(path: Path) -> int:
    """Pages of the document; at least one, so that an empty one is seen."""
    with opened_ofd(path) as document:
        return max(1, len(document.pages))


def open_ofd_page(path: Path, index: int, sha256: str, page_pixels: int) -> PageImage:
    """One page: its text as a layer, its pictures on a white sheet."""
    key = hashlib.sha256(f"{sha256}:{index}".encode()).hexdigest()
    with opened_ofd(path) as document:
        if not 0 <= index < len(document.pages):
            raise InputError("corrupt", f"no page {index + 1}")
        page = document.pages[index]
        frame = page.box
        if not all(math.isfinite(side) and side > 0 for side in frame[2:]):
            raise InputError("corrupt", f"page box {frame}")
        lines = _lines(page, frame)
    pixels, dpi, pictures = _picture(path, index, frame, page_pixels)
    if pixels is None and not lines and has_other_content(path, index):
        # Text as outlines cannot be drawn here; calling the page blank would be a confident error.
        raise InputError("unsupported", "OFD page of outlines only")
    return PageImage(
        sha256=key,
        source=path.name,
        pixels=pixels,
        dpi=dpi,
        layer=lines or None,
        pictures=pictures,
        seals=declared_seals(path, index, frame),
    )


def _lines(page: ofdkit.Page, frame: tuple[float, float, float, float]) -> tuple[Line, ...]:
    glyphs = []
    for run in page.runs:
        size = run.size if run.size > 0 else 3.7
        box = _fraction((run.x, run.y - 0.88 * size, run.x + max(run.width, 0.1), run.y + 0.12 * size), frame)
        if run.text.strip() and box[2] > box[0] and box[3] > box[1]:
            glyphs.append(Glyph(run.text.strip(), box))
    if not is_trustworthy("".join(glyph.text for glyph in glyphs)):
        return ()
    return lines_of(glyphs, frame[2] / frame[3])


def _fraction(box: tuple[float, float, float, float], frame: tuple[float, float, float, float]) -> Box:
    left, top, width, height = frame
    edges = ((box[0] - left) / width, (box[1] - top) / height, (box[2] - left) / width, (box[3] - top) / height)
    return tuple(min(1.0, max(0.0, edge)) for edge in edges)  # type: ignore[return-value]


def _picture(
    path: Path, index: int, frame: tuple[float, float, float, float], page_pixels: int
) -> tuple[Pixels | None, float | None, tuple[Box, ...]]:
    """The page's pictures on white, its resolution, and the boxes of those that may hold text."""
    dpi = min(CANVAS_DPI, math.sqrt(min(page_pixels, 20_000_000) / (frame[2] * frame[3])) * 25.4)
    size = max(1, round(frame[2] / 25.4 * dpi)), max(1, round(frame[3] / 25.4 * dpi))
    canvas, boxes, drawn = Image.new("RGB", size, "white"), [], False
    for number, (image, millimetres) in enumerate(page_pictures(path, index, page_pixels)):
        if number >= MAX_PICTURES:
            break
        box = _fraction(millimetres, frame)
        corner = round(box[0] * size[0]), round(box[1] * size[1])
        shown = max(1, round((box[2] - box[0]) * size[0])), max(1, round((box[3] - box[1]) * size[1]))
        scaled = image.resize(shown)
        canvas.paste(scaled, corner, scaled if scaled.mode == "RGBA" else None)
        drawn = True
        if (box[2] - box[0]) * (box[3] - box[1]) >= BIG:
            boxes.append(box)
    if not drawn:
        return None, None, ()
    pixels = np.ascontiguousarray(np.asarray(canvas, np.uint8)[:, :, ::-1])
    pixels, working = working_size(pixels, plausible_dpi(dpi, *size))
    return pixels, working, tuple(boxes)
