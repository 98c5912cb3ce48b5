"""The scanner and the years before it: skew, noise, uneven light, grey copies, holes, JPEG."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.errors import UsageError

Image = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Quality:
    """How well an office scans."""

    key: str
    dpi: int = 200
    skew: float = 0
    noise: float = 0
    blur: float = 0
    light: float = 0
    contrast: float = 1
    jpeg: int = 88
    grey_share: float = 0
    flaws: float = 0
    """Chance of a hole row, a shadow or dirt on a page."""
    bilevel: bool = False


QUALITIES: dict[str, Quality] = {
    quality.key: quality
    for quality in (
        Quality("clean"),
        Quality(
            "office", skew=1.0, noise=4.0, blur=0.5, light=0.07, contrast=0.96, jpeg=75, grey_share=0.15, flaws=0.5
        ),
        Quality(
            "poor",
            dpi=150,
            skew=3.0,
            noise=9.0,
            blur=1.0,
            light=0.16,
            contrast=0.78,
            jpeg=40,
            grey_share=0.3,
            flaws=0.8,
        ),
        Quality("fax", skew=1.0, noise=14.0, blur=0.6, light=0.03, bilevel=True, flaws=0.4),
    )
}


def quality_of(key: str) -> Quality:
    if key not in QUALITIES:
        raise UsageError(f"不认识的扫描质量：{key}。可以选择 {'、'.join(QUALITIES)}。")
    return QUALITIES[key]


@cache
def _noise(height: int, width: int) -> npt.NDArray[np.float32]:
    return np.random.default_rng(20240305).standard_normal((height, width), dtype=np.float32)


def show_through(page: Image) -> Image:
    """The blank back of `page`: its ink shines through, mirrored and pale."""
    faded = 255 - (255 - cv2.GaussianBlur(page[:, ::-1], (0, 0), 4).astype(np.float32)) * 0.07
    return np.asarray(faded, np.uint8)


def smeared(page: Image) -> Image:
    """A page that moved in the scanner: nobody can read it."""
    return cv2.GaussianBlur(cv2.blur(page, (41, 9)), (0, 0), 7).astype(np.uint8)


def photocopied(page: Image, rng: np.random.Generator) -> Image:
    """A grey copy: colour gone, contrast up, dirt from the glass."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    grey = np.clip((grey.astype(np.float32) - 128) * 1.12 + 134, 18, 252).astype(np.uint8)
    for _ in range(int(rng.integers(0, 14))):
        x, y = int(rng.integers(0, page.shape[1])), int(rng.integers(0, page.shape[0]))
        cv2.circle(grey, (x, y), int(rng.integers(1, 3)), int(rng.integers(40, 140)), -1, cv2.LINE_AA)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)


def scanned(page: Image, quality: Quality, rng: np.random.Generator) -> Image:
    """`page` (RGB at 200 dpi) as the scanner delivers it, at `quality.dpi`."""
    if quality.flaws and rng.random() < quality.flaws:
        page = _flawed(page, rng)
    page = _skewed(page, quality, rng)
    if quality.blur:
        page = cv2.GaussianBlur(page, (0, 0), quality.blur).astype(np.uint8)
    if quality.dpi != QUALITIES["clean"].dpi:
        share = quality.dpi / QUALITIES["clean"].dpi
        page = cv2.resize(page, None, fx=share, fy=share, interpolation=cv2.INTER_AREA).astype(np.uint8)
    if quality.light or quality.noise:
        page = _lit(page, quality, rng)
    if quality.bilevel:
        return _bilevel(page)
    if rng.random() < quality.grey_share:
        return cv2.cvtColor(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB).astype(np.uint8)
    return page


def _skewed(page: Image, quality: Quality, rng: np.random.Generator) -> Image:
    angle = float(np.clip(rng.normal(0, quality.skew / 2), -quality.skew, quality.skew))
    if not angle:
        return page
    height, width = page.shape[:2]
    shift = np.array([[0, 0, each] for each in rng.uniform(-8, 8, 2)])
    matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)) + shift
    edge = int(rng.integers(222, 252))
    return cv2.warpAffine(page, matrix, (width, height), borderValue=(edge, edge, edge)).astype(np.uint8)


def _flawed(page: Image, rng: np.random.Generator) -> Image:
    page = page.copy()
    height, width = page.shape[:2]
    kind = int(rng.integers(3))
    if kind == 0:
        for share in (0.3, 0.5, 0.7):
            cv2.circle(page, (int(52 + rng.uniform(-5, 5)), int(height * share)), 17, (72, 70, 68), -1, cv2.LINE_AA)
    elif kind == 1:
        depth = int(rng.integers(30, 90))
        shade = np.linspace(0.55, 1, depth, dtype=np.float32)[None, :, None]
        page[:, :depth] = (page[:, :depth] * shade).astype(np.uint8)
    else:
        for _ in range(int(rng.integers(2, 9))):
            x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
            cv2.circle(page, (x, y), int(rng.integers(1, 5)), (90, 84, 76), -1, cv2.LINE_AA)
    return page


def _lit(page: Image, quality: Quality, rng: np.random.Generator) -> Image:
    height, width = page.shape[:2]
    coarse = 1 - quality.light * rng.random((3, 3), dtype=np.float32)
    light = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
    noise = np.roll(_noise(height, width), (int(rng.integers(height)), int(rng.integers(width))), (0, 1))
    lifted: npt.NDArray[np.float32] = 255 - (255 - page.astype(np.float32)) * np.float32(quality.contrast)
    lifted *= light[:, :, None]
    lifted += np.asarray(noise * quality.noise, np.float32)[:, :, None]
    return np.clip(lifted, 0, 255).astype(np.uint8)


def _bilevel(page: Image) -> Image:
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    black = np.where(grey < 168, 0, 255).astype(np.uint8)  # noqa: PLR2004 - a fax's fixed threshold
    return cv2.cvtColor(black, cv2.COLOR_GRAY2RGB).astype(np.uint8)
