"""Image files (图片): JPEG, PNG, TIFF with any number of frames, BMP, WebP."""

# ruff: noqa: PLR2004 - grey levels, millimetres and shares are said where they are used

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.Image import DecompressionBombError, DecompressionBombWarning

from pipeline.errors import InputError
from pipeline.reading.page_image import PageImage, Pixels, guessed_dpi, plausible_dpi, working_size

SIXTEEN_BIT = ("I;16", "I;16L", "I;16B", "I;16N", "I", "F")


@contextmanager
def opened_picture(file: Path | BinaryIO, page_pixels: int) -> Iterator[Image.Image]:
    """The picture, opened but not decoded. Raises `InputError` (`corrupt`, `too_large`)."""
    try:
        with warnings.catch_warnings():
            # The limit is the office's own (`page_pixels`), checked below before a pixel is decoded.
            warnings.simplefilter("ignore", DecompressionBombWarning)
            with Image.open(file) as image:
                check_size(image, page_pixels)
                yield image
    except DecompressionBombError as error:
        raise InputError("too_large", str(error)) from error
    except InputError:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError) as error:
        # Pillow's decoders raise all of these on files that end early or lie about themselves.
        raise InputError("corrupt", str(error)) from error


def open_picture(path: Path, index: int, sha256: str, page_pixels: int) -> PageImage:
    """One frame of an image file, upright by its EXIF orientation."""
    with opened_picture(path, page_pixels) as image:
        if index:
            image.seek(index)
            check_size(image, page_pixels)
        stated = stated_dpi(image)
        pixels = decoded(image)
    height, width = pixels.shape[:2]
    dpi = plausible_dpi(stated, width, height) or guessed_dpi(width, height)
    pixels, dpi = working_size(pixels, dpi)
    key = hashlib.sha256(f"{sha256}:{index}".encode()).hexdigest()
    return PageImage(sha256=key, source=path.name, pixels=pixels, dpi=dpi)


def check_size(image: Image.Image, page_pixels: int) -> None:
    """Raises `InputError("too_large")` before anything is decoded."""
    if image.width * image.height > page_pixels:
        raise InputError("too_large", f"{image.width}x{image.height}")


def stated_dpi(image: Image.Image) -> float | None:
    """The resolution in the file's metadata, if both directions agree."""
    stated = image.info.get("dpi")
    try:
        horizontal, vertical = (float(value) for value in stated)  # type: ignore[union-attr]
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return horizontal if horizontal > 0 and abs(horizontal - vertical) < 0.05 * horizontal else None


def decoded(image: Image.Image) -> Pixels:
    """Blue-green-red pixels of the current frame, upright, on white where it is transparent."""
    image.load()
    image = ImageOps.exif_transpose(image)
    if image.mode in SIXTEEN_BIT:
        return _from_deep_grey(image)
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        sheet = Image.new("RGBA", layered.size, "white")
        image = Image.alpha_composite(sheet, layered)
    return np.ascontiguousarray(np.asarray(image.convert("RGB"), dtype=np.uint8)[:, :, ::-1])


def _from_deep_grey(image: Image.Image) -> Pixels:
    """Pillow clips 16-bit grey instead of scaling it: a scan of that kind would come out white."""
    values = np.asarray(image).astype(np.float32)
    top = 65535.0 if values.max() > 255 else 255.0
    if image.mode == "F" and values.max() <= 1.0:
        top = 1.0
    grey = np.clip(values / top * 255.0, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.repeat(grey[:, :, None], 3, axis=2))
