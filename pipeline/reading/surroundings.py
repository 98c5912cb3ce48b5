"""What lies around a photographed sheet (照片中纸张以外的部分): a desk, a hand, the dark of an open scanner.

Brown wood holds as much red as a fingerprint does. So marks are looked for on the sheet alone; text is read everywhere,
because a screen's dark bar at the edge of a picture bears letters.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.page_image import A4_LONG_INCHES, Pixels, shrunk

WORK_LONG = 1000
"""Pixels of the long side at which a page is looked at: about 85 dpi for A4."""
DARK = 100
BACKDROP = 0.15
"""Share of the picture's long side: a shorter dark spot at its edge is a hole, or print that was cut."""
RIM, INTRUDES = 0.15, 0.02
"""What lies around a sheet stays in the rim of the picture; of its middle it takes less than this share."""
LETTER = 7
"""Pixels of a page 1,000 high: strokes are thinner."""
GUESSED = 0.01
SHAPE = (1.3, 1.6)
SMALLEST = 0.75
"""Share of the picture's long side; a smaller sheet on the dark is rather a card than A4."""
MOSTLY = 0.5
"""Share of a row or column that is paper where the sheet lies."""
MARGIN = 9
"""Pixels of a page 1,000 high, the sheet's edge in their middle: a millimetre of the sheet goes with its surroundings."""


def beyond_sheet(grey: NDArray[np.uint8], margin: int) -> NDArray[np.bool_]:
    """Dark areas at the edge of a picture 1,000 pixels high, and half of `margin` pixels where they meet the paper."""
    nothing = np.zeros(grey.shape, np.bool_)
    if not _is_dark_at_edge(grey):
        return nothing  # nearly every scan
    _, labels, found, _ = cv2.connectedComponentsWithStats((grey < DARK).astype(np.uint8))
    stats = np.asarray(found, np.int32)
    long = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) >= BACKDROP * max(grey.shape)
    border = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    around = [int(label) for label in border if label and long[label]]
    if not around:
        return nothing
    backdrop = np.isin(labels, around).astype(np.uint8)
    height, width = grey.shape
    middle = backdrop[int(RIM * height) : int((1 - RIM) * height), int(RIM * width) : int((1 - RIM) * width)]
    if middle.mean() > INTRUDES:  # a photograph that fills the page
        return nothing
    return np.asarray(cv2.dilate(backdrop, np.ones((margin, margin), np.uint8)) > 0, np.bool_)


def sheet_alone(image: Pixels, dpi: float) -> tuple[Pixels, float]:
    """The picture with paper where its surroundings are, and its resolution; both as they are where it has none.

    A photograph's resolution is a guess, that the picture is as high as A4; where desk is seen, the sheet is.
    """
    if not _is_dark_at_edge(image):
        return image, dpi
    height, width = image.shape[:2]
    scale = WORK_LONG / max(height, width)
    small = shrunk(image, (max(1, round(width * scale)), max(1, round(height * scale))))
    beyond = beyond_sheet(np.ascontiguousarray(small.min(axis=2)), MARGIN)
    if not beyond.any():
        return image, dpi
    mask = cv2.resize(beyond.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    paper = cv2.resize(_continued(small, beyond), (width, height), interpolation=cv2.INTER_LINEAR)
    painted = image.copy()
    cv2.copyTo(paper, mask, painted)
    guessed = abs(dpi - max(height, width) / A4_LONG_INCHES) < GUESSED * dpi
    return painted, dpi * _share(beyond) if guessed else dpi


def _share(beyond: NDArray[np.bool_]) -> float:
    """The sheet's long side over the picture's, by its area, where it has the shape of paper and desk around it; else 1."""
    rows, columns = (np.flatnonzero((~beyond).mean(axis=axis) > MOSTLY) for axis in (1, 0))
    if not (rows.size and columns.size):
        return 1.0
    high, wide = (int(each[-1] - each[0]) + 1 for each in (rows, columns))
    share = float((np.count_nonzero(~beyond) * 2**0.5) ** 0.5) / max(beyond.shape)
    shaped = SHAPE[0] <= max(high, wide) / max(1, min(high, wide)) <= SHAPE[1]
    return share if shaped and SMALLEST <= share <= 1.0 else 1.0


def _continued(image: Pixels, beyond: NDArray[np.bool_]) -> Pixels:
    """The picture in which everything `beyond` has the colour of the paper nearest to it: light falls off, and no step is seen."""
    paper = cv2.medianBlur(cv2.dilate(image, np.ones((LETTER, LETTER), np.uint8)), LETTER)
    _, nearest = cv2.distanceTransformWithLabels(
        beyond.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    at = np.zeros(int(nearest.max()) + 1, np.intp)
    at[nearest[~beyond]] = np.flatnonzero(~beyond)
    return np.asarray(paper.reshape(-1, 3)[at[nearest]], np.uint8)


def _is_dark_at_edge(image: NDArray[np.uint8]) -> bool:
    """Whether any pixel at the edge is as dark as what lies around a sheet, in one colour at least."""
    return bool(min(image[0].min(), image[-1].min(), image[:, 0].min(), image[:, -1].min()) < DARK)
