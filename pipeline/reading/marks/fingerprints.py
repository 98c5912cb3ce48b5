"""Fingerprints (指印): a red or black oval of ridges, 9-24 mm tall, in a signature's place."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from pipeline.reading.marks.geometry import Scale, covered
from pipeline.reading.marks.patches import Patch
from schemas.base import Box, State
from schemas.reading import Seal

JOIN_MM = 1.2
LEAST_MM, MOST_MM = 6.0, 26.0
LEAST_AREA_MM2 = 40.0
FULLNESS = 0.5
"""Area over the box's: an oval fills 0.6 to 0.8, a piece of a ring a tenth."""
WITHIN = 0.6
"""Mostly inside a seal: its star, or words that run together."""


def find_fingerprint(patch: Patch, region: Box, scale: Scale, seals: Sequence[Seal]) -> Box | None:
    """The box of a red fingerprint in the patch of `region`, outside the page's seals."""
    red = patch.red.astype(np.uint8)
    if not red.any():
        return None
    side = int(JOIN_MM * patch.mm) | 1
    solid = cv2.morphologyEx(red, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    count, _, stats, _ = cv2.connectedComponentsWithStats(solid)
    for index in range(1, count):
        x, y, w, h, area = (float(value) / patch.mm for value in stats[index])
        area /= patch.mm
        if not (LEAST_MM <= max(w, h) <= MOST_MM) or area < LEAST_AREA_MM2 or area < FULLNESS * w * h:
            continue
        box = (
            region[0] + scale.across(x),
            region[1] + scale.down(y),
            region[0] + scale.across(x + w),
            region[1] + scale.down(y + h),
        )
        if not any(covered(box, seal.box) > WITHIN for seal in seals if seal.state is State.FOUND):
            return box
    return None
