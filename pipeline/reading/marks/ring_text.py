"""The words on a seal's ring as a straight strip that a line reader can read."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.planes import MM_PER_INCH
from schemas.reading import Seal, SealColour

STRIP_HEIGHT = 48
"""The line reader's input height."""
INNER, OUTER = 0.52, 0.95
"""The band of the radius that holds the words; the ring itself begins at 0.95."""


def unwrap_ring(image: NDArray[np.uint8], seal: Seal, dpi: float) -> NDArray[np.uint8]:
    """The band of words, unrolled clockwise and cut where it is emptiest, dark on white, `STRIP_HEIGHT` pixels high.

    `image` is the upright page, `seal` one of its seals. An oval seal is unrolled along its own outline.
    """
    crop, centre, radii = _cut_out(image, seal, dpi)
    ink = _ink(crop, seal.colour)
    along = int(2 * np.pi * (INNER + OUTER) / 2 * max(radii) * STRIP_HEIGHT / ((OUTER - INNER) * max(radii)))
    angles = np.linspace(0, 2 * np.pi, along, endpoint=False, dtype=np.float32)
    shares = np.linspace(OUTER, INNER, STRIP_HEIGHT, dtype=np.float32)
    map_x = centre[0] + shares[:, None] * radii[0] * np.cos(angles)[None, :]
    map_y = centre[1] + shares[:, None] * radii[1] * np.sin(angles)[None, :]
    strip = cv2.remap(ink, map_x.astype(np.float32), map_y.astype(np.float32), cv2.INTER_LINEAR, borderValue=255)
    return _cut_at_gap(np.asarray(strip, np.uint8))


def _cut_out(
    image: NDArray[np.uint8], seal: Seal, dpi: float
) -> tuple[NDArray[np.uint8], tuple[float, float], tuple[float, float]]:
    height, width = image.shape[:2]
    left, top, right, bottom = seal.box
    centre = ((left + right) / 2 * width, (top + bottom) / 2 * height)
    radii = ((right - left) / 2 * width, (bottom - top) / 2 * height)
    margin = int(dpi / MM_PER_INCH)
    x0, y0 = max(0, int(left * width) - margin), max(0, int(top * height) - margin)
    x1, y1 = min(width, int(right * width) + margin), min(height, int(bottom * height) + margin)
    return image[y0:y1, x0:x1], (centre[0] - x0, centre[1] - y0), radii


def _ink(crop: NDArray[np.uint8], colour: SealColour) -> NDArray[np.uint8]:
    """Dark seal ink on white. The print under a red seal is dark in red too and drops out of the difference."""
    if crop.ndim == 2:  # noqa: PLR2004 - a grey image has two axes
        return crop
    blue, green, red = cv2.split(crop)
    if colour is SealColour.RED:
        strength = cv2.subtract(red, cv2.max(green, blue))
    elif colour is SealColour.BLUE:
        strength = cv2.subtract(blue, cv2.max(green, red))
    else:
        strength = cv2.bitwise_not(np.asarray(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), np.uint8))
    top = float(np.percentile(strength, 98)) or 1.0
    return np.asarray(255 - np.clip(strength.astype(np.float32) * (230.0 / top), 0, 255), np.uint8)


def _cut_at_gap(strip: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Roll the strip so that it begins in the middle of the widest stretch without ink: no character is cut."""
    empty = strip.min(axis=0) > 150  # noqa: PLR2004 - paper
    if empty.all() or not empty.any():
        return strip
    twice = np.concatenate([empty, empty])
    ends = np.flatnonzero(np.diff(np.concatenate([[0], twice.astype(np.int8), [0]])))
    starts, stops = ends[::2], ends[1::2]
    widest = int((stops - starts).argmax())
    middle = int((starts[widest] + stops[widest]) // 2) % strip.shape[1]
    return np.ascontiguousarray(np.roll(strip, -middle, axis=1))
