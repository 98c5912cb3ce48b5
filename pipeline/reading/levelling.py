"""A page laid level (校正倾斜) for the search for marks: rooms to sign in and rulings of forms are told by rows and columns.

Lines are read as they slope; what is found comes back as boxes of the page as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.engine import RawLine
from pipeline.reading.marks import Marks, Sheet
from pipeline.reading.page_image import Pixels
from schemas.base import Box
from schemas.reading import Line, Seal, SignaturePlace

SLOPES = 1.0
"""Degrees from which a page is laid level. By less, the ends of a row differ by less than half a line."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Level:
    """A sheet laid level, with its lines and seals on it."""

    sheet: Sheet
    lines: tuple[Line, ...]
    seals: tuple[Seal, ...]
    own: tuple[Seal, ...]
    """The seals as they stand on the page."""
    back: Matrix
    """From pixels of the level sheet to those of the page."""
    page: tuple[int, int]
    """Width and height of the page in pixels."""

    def marks(self, found: Marks) -> Marks:
        """What was found on the level sheet, on the page as it was."""
        return Marks(
            seals=tuple(
                seal.model_copy(update={"box": own.box}) for seal, own in zip(found.seals, self.own, strict=True)
            ),
            signature_places=tuple(self._place(place) for place in found.signature_places),
            tick_boxes=tuple(each.model_copy(update={"box": self._box(each.box)}) for each in found.tick_boxes),
            codes=tuple(each.model_copy(update={"box": self._box(each.box)}) for each in found.codes),
            foot=None if found.foot is None else self._place(found.foot),
        )

    def _place(self, place: SignaturePlace) -> SignaturePlace:
        boxes = {"box": self._box(place.box), "label_box": self._box(place.label_box)}
        return place.model_copy(update=boxes)

    def _box(self, box: Box) -> Box:
        return _moved(box, self.back, self.sheet.image.shape[1::-1], self.page)


def _at_edge(image: Pixels) -> tuple[float, ...]:
    """The colour of the picture's edge: what is laid around a darker paper is no step, which would be taken for ink."""
    edge = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
    return tuple(float(value) for value in np.median(edge, axis=0))


def laid_level(
    sheet: Sheet, raw: Sequence[RawLine], lines: Sequence[Line], seals: Sequence[Seal], degrees: float
) -> Level:
    """The sheet turned by as much as its lines slope. `raw`: the lines as the engine read them, one for each of `lines`."""
    height, width = sheet.image.shape[:2]
    forth = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), np.float64)
    rise, run = abs(forth[0, 1]), abs(forth[0, 0])
    size = round(width * run + height * rise), round(height * run + width * rise)
    forth[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    image = cv2.warpAffine(
        sheet.image,
        forth,
        size,
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=_at_edge(sheet.image),
    )
    corners = [(line.corners @ forth[:, :2].T + forth[:, 2]) / size for line in raw]
    return Level(
        Sheet(np.asarray(image, np.uint8), sheet.dpi),
        tuple(line.model_copy(update={"box": _around(each)}) for line, each in zip(lines, corners, strict=True)),
        tuple(seal.model_copy(update={"box": _moved(seal.box, forth, (width, height), size)}) for seal in seals),
        tuple(seals),
        np.asarray(cv2.invertAffineTransform(forth), np.float64),
        (width, height),
    )


def _around(corners: NDArray[np.float64]) -> Box:
    left, top = np.clip(corners.min(axis=0), 0.0, 1.0).tolist()
    right, bottom = np.clip(corners.max(axis=0), 0.0, 1.0).tolist()
    return left, top, right, bottom


def _moved(box: Box, matrix: Matrix, before: Sequence[int], after: Sequence[int]) -> Box:
    """The box of the same size around where its middle goes: marks are small, and their corners need not turn with them."""
    middle = np.array(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)) * before
    half = np.array(((box[2] - box[0]) / 2, (box[3] - box[1]) / 2)) * before
    centre = matrix[:, :2] @ middle + matrix[:, 2]
    return _around(np.stack([centre - half, centre + half]) / after)
