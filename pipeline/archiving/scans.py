"""PDF pages that are nothing but pictures: their images, and where each lies, so that they can be kept bit by bit.

Invisible text (an older text layer) does not count: the archive copy brings its own. A page with anything else that can
be seen is drawn as a picture instead (`pipeline.archiving.rendering`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name, Object, Page, Pdf

from pipeline.archiving.geometry import IDENTITY, Matrix, times

_STREAM_BYTES = 2_000_000
"""A content stream beyond this is a drawing, not a scan."""
_DEPTH = 4
_IMAGES = 400
_SILENT = frozenset(
    [
        "w",
        "J",
        "j",
        "M",
        "d",
        "ri",
        "i",
        "rg",
        "RG",
        "g",
        "G",
        "k",
        "K",
        "cs",
        "CS",
        "sc",
        "scn",
        "SC",
        "SCN",
        "BT",
        "ET",
        "Tf",
        "Tz",
        "Tc",
        "Tw",
        "TL",
        "Ts",
        "Td",
        "TD",
        "Tm",
        "T*",
        "BMC",
        "EMC",
        "MP",
        "DP",
        "BX",
        "EX",
    ]
)
"""Operators that leave no mark."""
_TEXT = frozenset(("Tj", "TJ", "'", '"'))
_INVISIBLE = 3
_KEPT = frozenset(
    [
        "/Type",
        "/Subtype",
        "/Width",
        "/Height",
        "/ColorSpace",
        "/BitsPerComponent",
        "/Filter",
        "/DecodeParms",
        "/Decode",
        "/Mask",
        "/SMask",
        "/Length",
    ]
)
"""What makes up an image; the rest (/Alternates, /OPI, /Metadata …) PDF/A forbids or nobody sees."""
_UNSEEN = frozenset(("/Link", "/Popup", "/Text"))
"""Annotations that do not belong to the page's picture."""


@dataclass(frozen=True)
class Box:
    """What of a page is shown, in its own units, before it is turned."""

    left: float
    bottom: float
    width: float
    height: float

    def covered_by(self, left: float, bottom: float, right: float, top: float) -> bool:
        slack = 0.01 * max(self.width, self.height)
        return (
            left <= self.left + slack
            and bottom <= self.bottom + slack
            and right >= self.left + self.width - slack
            and top >= self.bottom + self.height - slack
        )


class _Drawn(Exception):  # noqa: N818 - no error: the page is not a scan
    """Something can be seen on the page that is not an image."""


def shown_box(page: Page) -> Box:
    """The crop box within the media box. Raises ValueError where there is none to speak of."""
    media, crop = _edges(page.mediabox), _edges(page.cropbox)
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right - left < 1 or top - bottom < 1:
        left, bottom, right, top = media
    if right - left < 1 or top - bottom < 1:
        raise ValueError("a page without area")
    return Box(left, bottom, right - left, top - bottom)


def _edges(box: Any) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(value) for value in box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def scanned_images(page: Page, box: Box) -> list[tuple[Object, Matrix]] | None:
    """The page's images with their matrices, in the order of painting; None where it shows anything else, or nothing."""
    try:
        if _annotated(page) or _content_bytes(page) > _STREAM_BYTES:
            return None
        walk = _Walk(box)
        walk.through(page, page.resources, IDENTITY, 0)
    except _Drawn:
        return None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        return None  # a content stream that does not hold together is for a renderer that forgives
    return walk.images or None


def _content_bytes(page: Page) -> int:
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents] if contents is not None else []
    return sum(len(stream.read_bytes()) for stream in streams)


def _annotated(page: Page) -> bool:
    return any(str(annotation.get("/Subtype", "")) not in _UNSEEN for annotation in page.obj.get("/Annots", ()))


class _Walk:
    """Goes through a page's operators and collects its images. Raises `_Drawn` at anything else that shows."""

    def __init__(self, box: Box) -> None:
        self.images: list[tuple[Object, Matrix]] = []
        self._box = box

    def through(self, holder: Page | Object, resources: Object, matrix: Matrix, depth: int) -> None:
        if depth > _DEPTH:
            raise _Drawn
        stack: list[tuple[Matrix, int]] = []
        mode, clip = 0, _Clip(self._box)
        for instruction in pikepdf.parse_content_stream(holder):
            operands, name = instruction.operands, str(instruction.operator)
            if name == "q":
                stack.append((matrix, mode))
            elif name == "Q":
                matrix, mode = stack.pop() if stack else (matrix, mode)
            elif name == "cm":
                matrix = times(_matrix(operands), matrix)
            elif name == "Do":
                self._placed(resources.XObject[str(operands[0])], resources, matrix, depth)
            elif name == "Tr":
                mode = int(operands[0])
            elif not clip.takes(name, operands, matrix):
                _demand_silent(name, operands, resources, mode)

    def _placed(self, placed: Object, resources: Object, matrix: Matrix, depth: int) -> None:
        _demand("/OC" not in placed and len(self.images) < _IMAGES)
        if placed.Subtype == Name.Form:
            own = _matrix(placed.Matrix) if "/Matrix" in placed else IDENTITY
            self.through(placed, placed.get("/Resources", resources), times(own, matrix), depth + 1)
            return
        _demand(placed.Subtype == Name.Image and not bool(placed.get("/ImageMask", False)))
        self.images.append((placed, matrix))


class _Clip:
    """Follows paths: a rectangle around the whole page hides nothing, every other path may."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._path: list[tuple[float, float, float, float]] = []
        self._clips = False

    def takes(self, name: str, operands: Any, matrix: Matrix) -> bool:
        """Whether the operator belongs to a path that leaves no mark."""
        if name == "re":
            self._path.append(_corners(tuple(float(value) for value in operands), matrix))
        elif name in {"W", "W*"}:
            self._clips = True
        elif name == "n":
            _demand(not self._clips or (len(self._path) == 1 and self._box.covered_by(*self._path[0])))
            self._path, self._clips = [], False
        else:
            return False
        return True


def _corners(rectangle: tuple[float, ...], matrix: Matrix) -> tuple[float, float, float, float]:
    left, bottom, width, height = rectangle
    a, b, c, d, e, f = matrix
    _demand(min(abs(a) + abs(d), abs(b) + abs(c)) < 1e-6 * max(1.0, abs(a) + abs(b)))
    points = [(x * a + y * c + e, x * b + y * d + f) for x in (left, left + width) for y in (bottom, bottom + height)]
    return min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)


def _demand_silent(name: str, operands: Any, resources: Object, mode: int) -> None:
    """The operator leaves no mark, given the mode in which text is shown."""
    if name == "gs":
        _demand_plain(resources.ExtGState[str(operands[0])])
    elif name == "BDC":
        _demand(str(operands[0]) != "/OC")
    else:
        _demand(name in _SILENT or (name in _TEXT and mode == _INVISIBLE))


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _demand(holds: bool) -> None:
    if not holds:
        raise _Drawn


def _demand_plain(state: Object) -> None:
    """A graphics state that neither blends nor lets anything shine through."""
    mode = state.get("/BM", Name.Normal)
    _demand(mode in (Name.Normal, Name.Compatible))
    _demand(state.get("/SMask", Name("/None")) == Name("/None"))
    _demand(all(float(state.get(key, 1)) == 1 for key in ("/ca", "/CA")))


def copied_image(pdf: Pdf, image: Object) -> Object:
    """The image in another PDF, its data untouched, without what PDF/A does not allow beside it."""
    copy = pdf.copy_foreign(image)
    for key in [str(key) for key in copy.keys()]:  # noqa: SIM118 - a PDF object is no mapping
        if key not in _KEPT:
            del copy[key]
    for key in ("/SMask", "/Mask"):
        mask = copy.get(key)
        if isinstance(mask, pikepdf.Stream):
            for inner in [str(name) for name in mask.keys()]:  # noqa: SIM118
                if inner not in {*_KEPT, "/ImageMask", "/Matte"}:
                    del mask[inner]
    return copy


def turn_of(page: Page) -> int:
    """Degrees clockwise by which the page is shown turned."""
    return int(page.obj.get("/Rotate", 0)) // 90 * 90 % 360


def unit_of(page: Page) -> float:
    """Points in one of the page's units."""
    value = page.obj.get("/UserUnit", 1)
    return float(value) if 0 < float(value) <= 1e4 else 1.0  # noqa: PLR2004
