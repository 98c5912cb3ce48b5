"""PDF pages: a scan as its image object, everything else rendered; born-digital text from the text layer.

pypdfium2 is not thread-safe: only a worker's single thread may come here.
"""

# ruff: noqa: PLR2004 - grey levels, millimetres and shares are said where they are used

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations, islice
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from pipeline.errors import InputError
from pipeline.reading.page_image import PageImage, Pixels, guessed_dpi, plausible_dpi, shrunk, turned, working_size
from pipeline.reading.pdf_text import PageText, page_text, to_fractions
from schemas.base import Box

RENDER_DPI = 200
SCAN_DPI = (150, 300)
"""A scan that must be rendered is rendered at its own resolution within these bounds."""
RENDER_PIXELS = 20_000_000
OBJECTS = 20_000
"""Objects of a page that are looked at; drawings may have millions."""
COVERS = 0.98
SCAN_SHARE = 0.7
PICTURE_SHARE = 0.05
"""An identity card copied at its size takes 7 % of an A4 page, a seal 3 %."""
FEW_LETTERS = 30
LAYERS = 200
"""Images of a page that are held against each other."""


@dataclass(frozen=True)
class Content:
    """What stands on a page, as far as it decides how to read it."""

    images: tuple[pdfium.PdfImage, ...]
    boxes: tuple[Box, ...]
    """Of the images, as fractions of the page as shown."""
    drawn: bool
    """Anything visible that is not an image: text, lines, shadings, annotations."""
    stamps: tuple[Box, ...]
    """Annotations and form fields that may carry text of their own."""


@contextmanager
def opened_page(path: Path, index: int) -> Iterator[pdfium.PdfPage]:
    """A page of a PDF. Raises `InputError` (`encrypted`, `corrupt`)."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        code = "encrypted" if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD else "corrupt"
        raise InputError(code, str(error)) from error
    try:
        document.init_forms()
        page = document[index]
        yield page
    except (pdfium.PdfiumError, IndexError, OSError) as error:
        raise InputError("corrupt", str(error)) from error
    finally:
        document.close()


def open_pdf_page(path: Path, index: int, sha256: str, page_pixels: int) -> PageImage:
    """One page of a PDF as a picture, with its text layer if that can be trusted."""
    with opened_page(path, index) as page:
        content = _content(page)
        _check_size(content, page_pixels)
        scan = _plain_scan(page, content)
        if scan is not None:
            return scan
        key = hashlib.sha256(f"{sha256}:{index}".encode()).hexdigest()
        text = _usable_text(page, content)
        pixels, dpi = _rendered(page, content)
    if text is None:
        return PageImage(sha256=key, source=path.name, pixels=pixels, dpi=dpi)
    return PageImage(
        sha256=key,
        source=path.name,
        pixels=turned(pixels, text.turn),
        dpi=dpi,
        layer=text.lines,
        pictures=_unsaid(text, content),
        turn=text.turn,
    )


def _content(page: pdfium.PdfPage) -> Content:
    images, boxes, drawn = [], [], False
    for item in islice(page.get_objects(max_depth=4), OBJECTS):
        if isinstance(item, pdfium.PdfImage):
            images.append(item)
            boxes.append(to_fractions(page, item.get_bounds()) if item.level == 0 else (0.0, 0.0, 1.0, 1.0))
        elif item.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            drawn = drawn or pdfium_c.FPDFTextObj_GetTextRenderMode(item) != pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
        elif item.type in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_SHADING):
            drawn = True
    stamps = tuple(_annotations(page))
    return Content(tuple(images), tuple(boxes), drawn or bool(stamps), stamps)


def _annotations(page: pdfium.PdfPage) -> Iterator[Box]:
    """Boxes of the annotations that show something; links and notes show nothing."""
    silent = {pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_POPUP, pdfium_c.FPDF_ANNOT_TEXT}
    for index in range(min(pdfium_c.FPDFPage_GetAnnotCount(page), 500)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        rect = pdfium_c.FS_RECTF()
        subtype = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        known = pdfium_c.FPDFAnnot_GetRect(annotation, rect)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if known and subtype not in silent:
            yield to_fractions(page, (rect.left, rect.bottom, rect.right, rect.top))


def _check_size(content: Content, page_pixels: int) -> None:
    """Raises `InputError("too_large")` before pdfium decodes anything."""
    for image in content.images:
        width, height = image.get_px_size()
        if width * height > page_pixels:
            raise InputError("too_large", f"{width}x{height}")


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _usable_text(page: pdfium.PdfPage, content: Content) -> PageText | None:
    """The text layer, unless the page is a scan (whatever text lies over or under it) or the layer is garbage."""
    if sum(map(_area, content.boxes)) >= SCAN_SHARE:
        return None
    return page_text(page)


def _unsaid(text: PageText, content: Content) -> tuple[Box, ...]:
    """Areas where the picture may say more than the layer. A page with hardly any text may be drawn as outlines."""
    if sum(len(line.text) for line in text.lines) < FEW_LETTERS:
        return ((0.0, 0.0, 1.0, 1.0),)
    pictures = [box for box in content.boxes if _area(box) >= PICTURE_SHARE]
    return tuple(_turned_box(box, text.turn) for box in (*pictures, *content.stamps))


def _turned_box(box: Box, degrees: int) -> Box:
    for _ in range(degrees // 90 % 4):
        left, top, right, bottom = box
        box = (1 - bottom, left, 1 - top, right)
    return box


def _plain_scan(page: pdfium.PdfPage, content: Content) -> PageImage | None:
    """The page's single image, if it is the whole page and stands straight; its bytes are the page's identity."""
    if len(content.images) != 1 or content.drawn or _area(content.boxes[0]) < COVERS:
        return None
    image = content.images[0]
    matrix = image.get_matrix()
    straight = abs(matrix.b) + abs(matrix.c) < 0.01 * abs(matrix.a) and matrix.a > 0 and matrix.d > 0
    if image.level or not straight or not _is_simple(image):
        return None
    left, bottom, right, top = page.get_bbox()
    if abs(matrix.a - (right - left)) > 0.02 * matrix.a or abs(matrix.d - (top - bottom)) > 0.02 * matrix.d:
        return None  # the image is larger than the page: only a part of it is shown
    pixels = _image_pixels(image)
    if pixels is None or not _agrees(page, pixels):
        return None
    rotation = page.get_rotation()
    key = hashlib.sha256(bytes(image.get_data()) + f":{rotation}".encode()).hexdigest()
    pixels, dpi = working_size(turned(pixels, rotation), _scan_dpi(image, matrix.a))
    return PageImage(sha256=key, source="scan", pixels=pixels, dpi=dpi)


def _is_simple(image: pdfium.PdfImage) -> bool:
    """Colour spaces that pdfium hands out as they look on the page."""
    simple = (
        pdfium_c.FPDF_COLORSPACE_DEVICEGRAY,
        pdfium_c.FPDF_COLORSPACE_DEVICERGB,
        pdfium_c.FPDF_COLORSPACE_CALGRAY,
        pdfium_c.FPDF_COLORSPACE_CALRGB,
        pdfium_c.FPDF_COLORSPACE_ICCBASED,
    )
    return image.get_metadata().colorspace in simple


def _image_pixels(image: pdfium.PdfImage) -> Pixels | None:
    try:
        bitmap = image.get_bitmap(render=False)
    except pdfium.PdfiumError:
        return None
    return _bgr(bitmap)


def _bgr(bitmap: pdfium.PdfBitmap) -> Pixels | None:
    values = bitmap.to_numpy()
    if values.ndim == 2 or values.shape[2] == 1:
        return np.asarray(cv2.cvtColor(np.ascontiguousarray(values), cv2.COLOR_GRAY2BGR), np.uint8)
    if bitmap.mode in ("BGR", "BGRX"):
        return np.ascontiguousarray(values[:, :, :3])
    return None


def _agrees(page: pdfium.PdfPage, pixels: Pixels) -> bool:
    """Whether the image looks like the page it is on: masks, inverted decoding and colour profiles may differ."""
    shown = _bgr(page.render(scale=24 / 72, may_draw_forms=False))
    if shown is None:
        return False
    pixels = turned(pixels, page.get_rotation())
    small = shrunk(pixels, (shown.shape[1], shown.shape[0]))
    return float(np.abs(small.astype(np.int16) - shown.astype(np.int16)).mean()) < 12


def _scan_dpi(image: pdfium.PdfImage, points: float) -> float | None:
    """Resolution of an image that is `points` wide on the page, if that size can be true."""
    width, height = image.get_px_size()
    return plausible_dpi(width / max(points, 1e-3) * 72, width, height) or guessed_dpi(width, height)


def _rendered(page: pdfium.PdfPage, content: Content) -> tuple[Pixels, float | None]:
    """The page drawn at a working resolution, and that resolution if the page's stated size can be true."""
    width, height = page.get_size()
    if width < 1 or height < 1:
        raise InputError("corrupt", f"page of {width}x{height} points")
    dpi = float(RENDER_DPI)
    if sum(map(_area, content.boxes)) >= SCAN_SHARE:
        dpi = _native_dpi(content, width, height)
    dpi = min(dpi, 72 * (RENDER_PIXELS / (width * height)) ** 0.5)
    pixels = _bgr(page.render(scale=dpi / 72, prefer_bgrx=True))
    if pixels is None:
        raise InputError("corrupt", "no bitmap")
    return pixels, plausible_dpi(dpi, pixels.shape[1], pixels.shape[0]) or guessed_dpi(pixels.shape[1], pixels.shape[0])


def _native_dpi(content: Content, width: float, height: float) -> float:
    """Pixels per inch of the finest images that make up a part of the page, within bounds.

    Scanners that compress a page split it: its paper at a third of the resolution, its letters as masks over that.
    """
    long_side = max(width, height) / 72
    low, high = SCAN_DPI
    if not 3 <= long_side <= 18:
        # A page of wrong size: what counts is the number of pixels on an A4 sheet.
        low, high = (int(bound * 11.7 / long_side) or 1 for bound in SCAN_DPI)
    if _is_layered(content):
        return float(high)  # the mask of an image may be finer than the image, and does not say so
    sizes = [(_image_dpi(*each, width, height), _area(each[1])) for each in _placed(content)]
    sizes.sort(reverse=True)
    covered = np.cumsum([area for _, area in sizes])
    native = sizes[min(int(np.searchsorted(covered, PICTURE_SHARE)), len(sizes) - 1)][0]
    return min(max(native, low), high)


def _placed(content: Content) -> Iterator[tuple[pdfium.PdfImage, Box]]:
    return zip(content.images, content.boxes, strict=True)


def _image_dpi(image: pdfium.PdfImage, box: Box, width: float, height: float) -> float:
    shown = max(width * (box[2] - box[0]), height * (box[3] - box[1])) / 72
    return float(max(image.get_px_size()) / max(shown, 1e-3))


def _is_layered(content: Content) -> bool:
    """Whether images lie over images, but for edges and stamps. Of those inside a form the place is not known."""
    boxes = [box for image, box in _placed(content) if image.level == 0][:LAYERS]
    shared = sum(_area(_common(one, other)) for one, other in combinations(boxes, 2))
    return shared >= PICTURE_SHARE


def _common(one: Box, other: Box) -> Box:
    left, top = max(one[0], other[0]), max(one[1], other[1])
    return left, top, max(left, min(one[2], other[2])), max(top, min(one[3], other[3]))
