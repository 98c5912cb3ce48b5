"""Fingerprints (指印): a red or black oval of ridges, 9-24 mm tall, in a signature's place; and small name seals (私章)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.geometry import Scale, covered
from pipeline.reading.marks.patches import Patch
from schemas.base import Box, State
from schemas.reading import Seal, SealShape

JOIN_MM = 1.2
LEAST_MM, MOST_MM = 6.0, 26.0
LEAST_AREA_MM2 = 40.0
FULLNESS = 0.5
"""Area over the box's: an oval fills 0.6 to 0.8, a piece of a ring a tenth."""
LEAST_INKED = 0.3
"""Share of a print that its ridges cover."""
BLACK_WIDE_MM, BLACK_TALL_MM = (8.0, 20.0), (11.0, 26.0)
OVAL = (0.8, 1.2)
BLACK_INKED = 0.4
NAME_SEAL_MM = 22.0
"""A person's seal is 10 to 20 mm wide; a body's is larger."""
EDGE = 0.995
WITHIN = 0.6
"""Mostly inside a seal: its star, or words that run together."""


def find_fingerprint(patch: Patch, region: Box, scale: Scale, seals: Sequence[Seal]) -> Box | None:
    """The box of a red or black fingerprint in the patch of `region`, outside the page's seals."""
    for ink, told in ((patch.red, _is_red_thumb), (patch.ink, _is_black_thumb)):
        for x, y, wide, tall in _blots(ink, patch.mm, told):
            box = (
                region[0] + scale.across(x),
                region[1] + scale.down(y),
                region[0] + scale.across(x + wide),
                region[1] + scale.down(y + tall),
            )
            in_seal = any(covered(box, seal.box) > WITHIN for seal in seals if seal.state is State.FOUND)
            if not in_seal and not _is_cut(box):
                return box
    return None


def _is_cut(box: Box) -> bool:
    """Whether the picture's own edge cuts it: a finger that held the sheet, or the desk beside it."""
    return min(box[:2]) <= 0.0 or max(box[2:]) >= EDGE


def find_name_seal(region: Box, scale: Scale, seals: Sequence[Seal]) -> Box | None:
    """The box of a person's own small seal (私章) in the region: in a signature's place it signs."""
    for seal in seals:
        left, top, right, bottom = seal.box
        x, y = (left + right) / 2, (top + bottom) / 2
        small = max((right - left) * scale.width_mm, (bottom - top) * scale.height_mm) <= NAME_SEAL_MM
        within = region[0] <= x <= region[2] and region[1] <= y <= region[3]
        if small and within and seal.state is State.FOUND and seal.shape is SealShape.SQUARE:
            return seal.box
    return None


def _blots(
    ink: NDArray[np.bool_], mm: float, told: Callable[[float, float, float, float], bool]
) -> Iterator[tuple[float, float, float, float]]:
    """Left, top, width and height, in millimetres, of what ridges that lie close together cover."""
    if ink.sum() < LEAST_AREA_MM2 * LEAST_INKED * mm * mm:
        return
    side = int(JOIN_MM * mm) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    solid = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    for index in range(1, count):
        x, y, wide, tall, area = (float(value) / mm for value in stats[index])
        inked = float((ink & (labels == index)).sum()) / mm / mm
        if told(wide, tall, area / mm, inked):
            yield x, y, wide, tall


def _is_red_thumb(wide: float, tall: float, area: float, inked: float) -> bool:
    sized = LEAST_MM <= max(wide, tall) <= MOST_MM and area >= LEAST_AREA_MM2
    return sized and area >= FULLNESS * wide * tall and inked > 0


def _is_black_thumb(wide: float, tall: float, area: float, inked: float) -> bool:
    """Told from writing by its outline, an oval taller than any character, and by how full of ink it is."""
    sized = BLACK_WIDE_MM[0] <= wide <= BLACK_WIDE_MM[1] and BLACK_TALL_MM[0] <= tall <= BLACK_TALL_MM[1]
    oval = np.pi / 4 * wide * tall
    return bool(sized and OVAL[0] <= area / oval <= OVAL[1] and inked >= BLACK_INKED * area)
