"""The page taken apart into dark, red and blue ink, small enough to be searched in milliseconds.

Strength is 0 to 255 above the paper, so that a yellowed sheet or a pink form does not look inked all over.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.levels import levels

MM_PER_INCH = 25.4
WORK_DPI = 75.0
"""A seal's ring is 1-1.2 mm wide: three pixels at 75 dpi. Noise and JPEG chroma blocks average out at this scale."""
THICK_DPI, THICK_MM = 150.0, 0.65
"""Rings are 0.8 to 1.2 mm wide, strokes of running print and of pens 0.15 to 0.5 mm."""
SAMPLES = 61
"""Rows and columns looked at to tell the paper's colour and whether the page has colour at all."""


@dataclass(frozen=True)
class Planes:
    """Ink strengths of one page at working scale."""

    scale: float
    """Working pixels a page pixel."""
    mm: float
    """Working pixels a millimetre."""
    dark: NDArray[np.float32]
    red: NDArray[np.float32] | None
    """None on a grey page."""
    blue: NDArray[np.float32] | None
    thick: NDArray[np.float32]
    """Dark ink without the strokes of print, pens and tables, which are thinner than a seal's ring."""
    picture: NDArray[np.bool_]
    """Where no paper is to be seen: photographs, dark fields. A seal lets paper through everywhere but in its star."""

    @property
    def height(self) -> int:
        return int(self.dark.shape[0])

    @property
    def width(self) -> int:
        return int(self.dark.shape[1])


@dataclass(frozen=True, eq=False)
class Sheet:
    """An upright page on which marks are looked for. What several searches need is made once, when first asked for."""

    image: NDArray[np.uint8]
    """BGR or grey."""
    dpi: float

    @cached_property
    def plain(self) -> NDArray[np.uint8]:
        """The page, grey where its channels are alike throughout: a third of the work. Not to be written to."""
        image = self.image
        if image.ndim == 2 or not _alike(image[::SAMPLES]) or not _alike(image):  # noqa: PLR2004 - a grey image has two axes
            return image
        return self.red

    @cached_property
    def small(self) -> NDArray[np.uint8]:
        """The page, grey if it is plain, at `WORK_DPI`; not to be written to."""
        return shrink(self.plain, self.dpi, WORK_DPI)[0]

    @cached_property
    def thick(self) -> NDArray[np.uint8]:
        """The page in grey at `WORK_DPI`, what is narrower than `THICK_MM` painted over with what lies around it."""
        fine, scale = shrink(red_of(self.plain), self.dpi, THICK_DPI)
        side = max(2, round(THICK_MM * self.dpi * scale / MM_PER_INCH))
        kernel = np.ones((side, side), np.uint8)
        coarse = cv2.resize(
            cv2.erode(cv2.dilate(fine, kernel), kernel), self.small.shape[1::-1], interpolation=cv2.INTER_AREA
        )
        return np.asarray(coarse, np.uint8)

    @cached_property
    def red(self) -> NDArray[np.uint8]:
        """The page's own pixels in the red channel, in which red ink is pale; not to be written to."""
        return red_of(self.image)

    @property
    def scale(self) -> float:
        """Pixels of `small` a page pixel."""
        return min(1.0, WORK_DPI / self.dpi)

    @property
    def mm(self) -> float:
        """Pixels of `small` a millimetre."""
        return self.dpi * self.scale / MM_PER_INCH


def _alike(image: NDArray[np.uint8]) -> bool:
    blue, green, red = cv2.split(image)
    return np.array_equal(blue, green) and np.array_equal(green, red)


def red_of(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The red channel of a BGR page, or the grey page itself."""
    return image if image.ndim == 2 else np.asarray(cv2.extractChannel(image, 2), np.uint8)  # noqa: PLR2004


def shrink(image: NDArray[np.uint8], dpi: float, work_dpi: float) -> tuple[NDArray[np.uint8], float]:
    """The page at `work_dpi` (never enlarged) and the scale that was applied."""
    scale = min(1.0, work_dpi / dpi)
    if scale == 1.0:
        return image, 1.0
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8), scale


def has_colour(small: NDArray[np.uint8]) -> bool:
    """False for a grey or 1-bit page stored as BGR, whose channels differ nowhere by more than JPEG's rounding."""
    if small.ndim == 2:  # noqa: PLR2004 - a grey image has two axes
        return False
    blue, green, red = cv2.split(small)
    chroma = np.maximum(cv2.absdiff(red, green), cv2.absdiff(green, blue))
    return bool((chroma > GREY_TOLERANCE).mean() > COLOUR_SHARE)


GREY_TOLERANCE = 8
COLOUR_SHARE = 0.0003
"""A faint 30 mm seal covers 0.1 % of an A4 page with its strokes."""


def take_apart(sheet: Sheet) -> Planes:
    """Split the upright page into its inks."""
    small, scale, mm = sheet.small, sheet.scale, sheet.mm
    if not has_colour(small):
        grey = small if small.ndim == 2 else np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)  # noqa: PLR2004
        return Planes(scale, mm, _darkness(grey, mm), None, None, _darkness(sheet.thick, mm), _picture(grey, mm))
    channels = cv2.split(small)
    blue, green, red = (channel.astype(np.int16) for channel in channels)
    redness = np.where(_brown(red, green, blue), np.int16(0), red - np.maximum(green, blue))
    blueness = blue - np.maximum(green, red)
    brightest = np.asarray(cv2.max(cv2.max(channels[2], channels[1]), channels[0]), np.uint8)
    faintest = np.asarray(cv2.min(cv2.min(channels[2], channels[1]), channels[0]), np.uint8)
    chroma = _above_paper(np.asarray(cv2.subtract(brightest, faintest), np.uint8))
    dark, thick = (_neutral(_darkness(grey, mm), chroma) for grey in (brightest, sheet.thick))
    return Planes(scale, mm, dark, _above_paper(redness), _above_paper(blueness), thick, _picture(faintest, mm))


def _neutral(darkness: NDArray[np.float32], chroma: NDArray[np.float32]) -> NDArray[np.float32]:
    """The ink that has no colour. Of a pale mark, a cup's, the colour is pale too, but not next to its darkness."""
    coloured = (chroma > NEUTRAL) | (chroma > PALE_NEUTRAL + darkness / 2)
    return np.where(coloured, np.float32(0), darkness)


def _picture(faintest: NDArray[np.uint8], mm: float) -> NDArray[np.bool_]:
    """Patches of at least `SOLID_MM` without a pixel as light as paper."""
    paper = float(np.median(faintest[:: max(1, faintest.shape[0] // SAMPLES), :: max(1, faintest.shape[1] // SAMPLES)]))
    small = cv2.resize(faintest, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    side, solid = int(STROKE_MM * mm / 2) | 1, int((SOLID_MM - STROKE_MM) * mm / 2) | 1
    dark = (cv2.dilate(small, np.ones((side, side), np.uint8)) < PAPER * paper).astype(np.uint8)
    patches = cv2.dilate(cv2.erode(dark, np.ones((solid, solid), np.uint8)), np.ones((solid + side,) * 2, np.uint8))
    return np.asarray(cv2.resize(patches, faintest.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0, np.bool_)


STROKE_MM, SOLID_MM, PAPER = 3.0, 8.0, 0.74
"""A star's core is 6 mm wide. Shadows at the edge of a scan darken paper to about four fifths."""


def _brown(red: NDArray[np.int16], green: NDArray[np.int16], blue: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Coffee, rust and wood: as far from blue as from red. Seal paste lies close to blue, brown does not."""
    yellow = green - blue
    (usual,) = levels(yellow + np.int16(WHITE), 50)
    beyond = np.int16(BROWN[1]) * yellow - np.int16(BROWN[1] * (usual - WHITE))
    return np.asarray(beyond > np.int16(BROWN[0]) * (red - green), np.bool_)


WHITE = 255
NEUTRAL, PALE_NEUTRAL = 28, 8
"""A photocopied seal in a colour scan has no colour of its own; a cup's mark and a pen have."""
BROWN = (13, 20)
"""0.65 as a fraction. Yellow over red: seal paste 0-0.35 (also orange-red, also in a yellowed scan), coffee 1."""


def _above_paper(plane: NDArray[np.int16] | NDArray[np.uint8]) -> NDArray[np.float32]:
    paper = np.median(plane[:: max(1, plane.shape[0] // SAMPLES), :: max(1, plane.shape[1] // SAMPLES)])
    return np.asarray(np.clip(plane.astype(np.float32) - np.float32(paper), 0, 255), np.float32)


def _darkness(grey: NDArray[np.uint8], mm: float) -> NDArray[np.float32]:
    """How much darker than the paper around it: shadows of the fold and grey backgrounds drop out."""
    side = int(4 * mm) | 1
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((side // 2 | 1, side // 2 | 1), np.uint8)), 5)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.subtract(paper, grey), np.float32)
