"""Image files and pixels as image streams of a PDF: a JPEG as it is, everything else without loss.

What PDF/A cannot hold is turned into what it can: ink colours (CMYK) into light, sixteen bits into eight, transparency
onto white paper.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, Object, Pdf
from PIL import Image, ImageFile, UnidentifiedImageError
from PIL.Image import DecompressionBombError

from pipeline.errors import InputError
from schemas.archive import Treatment

_ORIENTATION = 0x0112
_DEEP = ("I;16", "I;16L", "I;16B", "I;16N", "I", "F")
_PROFILE_BYTES = 1_000_000
_PHOTO_BYTES = 3_000_000
"""A rendered page that takes more without loss is a photograph, and is kept as a JPEG of high quality."""
_QUALITY = 92
_JPEG = ("JPEG", "MPO")
_COMPONENTS = {"L": (Name.DeviceGray, b"GRAY", 1), "RGB": (Name.DeviceRGB, b"RGB ", 3)}


@dataclass(frozen=True)
class Shown:
    """An image stream in a PDF: its pixels, its stated resolution, and how a photograph wants to be turned."""

    image: Object
    width: int
    height: int
    treatment: Treatment
    dpi: float | None = None
    orientation: int = 1


def from_file(pdf: Pdf, path: Path, frame: int, page_pixels: int, *, keep: bool = True) -> Shown:
    """One frame of an image file. With `keep` false a JPEG's pixels are taken anew, for a stream that PDF/A refuses.

    Raises `InputError` (`corrupt`, `too_large`).
    """
    with _opened(path, page_pixels) as image:
        if frame:
            image.seek(frame)
        orientation = int(image.getexif().get(_ORIENTATION, 1))
        size = (image.width, image.height)
        if keep and not frame and image.format in _JPEG and image.mode in _COMPONENTS:
            stream, treatment = _jpeg(pdf, path.read_bytes(), image), Treatment.UNCHANGED
        else:
            lossy = image.format in _JPEG
            with _forgiving():
                image.load()
            plain = _plain(image)
            stream = _as_jpeg(pdf, plain) if lossy else without_loss(pdf, plain)
            treatment = Treatment.CONVERTED if lossy else Treatment.LOSSLESS
        return Shown(stream, *size, treatment, _stated_dpi(image), orientation)


@contextmanager
def _opened(path: Path, page_pixels: int) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the office's own limit is checked below
            with Image.open(path) as image:
                _demand_size(image, page_pixels)
                yield image
    except DecompressionBombError as error:
        raise InputError("too_large", str(error)) from error
    except InputError:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError) as error:
        # Pillow's decoders raise all of these on files that end early or lie about themselves.
        raise InputError("corrupt", type(error).__name__) from error


@contextmanager
def _forgiving() -> Iterator[None]:
    """Decodes what there is of a file that ends early: it was read that way, too."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _demand_size(image: Image.Image, page_pixels: int) -> None:
    if image.width * image.height > page_pixels:
        raise InputError("too_large", f"{image.width}x{image.height}")


def _stated_dpi(image: Image.Image) -> float | None:
    try:
        dpi = float(image.info["dpi"][0])
    except (KeyError, TypeError, IndexError, ValueError, ZeroDivisionError):
        return None
    return dpi if dpi > 0 else None


def _jpeg(pdf: Pdf, data: bytes, image: Image.Image) -> Object:
    device, signature, components = _COMPONENTS[image.mode]
    space: Object = device
    profile = image.info.get("icc_profile")
    if isinstance(profile, bytes) and len(profile) <= _PROFILE_BYTES and profile[16:20] == signature:
        space = Array([Name.ICCBased, pdf.make_stream(profile, N=components, Alternate=device)])
    return _image(pdf, data, image.size, space, Filter=Name.DCTDecode)


def _plain(image: Image.Image) -> Image.Image:
    """Black and white, grey or colour in eight bits, on white where it is transparent."""
    if image.mode in _DEEP:
        values = np.asarray(image).astype(np.float32)
        top = max(1.0, float(values.max()))
        top = 65535.0 if top > 255 else 255.0 if top > 1 or image.mode != "F" else 1.0  # noqa: PLR2004 - 8 and 16 bits
        return Image.fromarray(np.clip(values / top * 255, 0, 255).astype(np.uint8))
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("RGB")
    return image if image.mode in {"1", "L", "RGB"} else image.convert("RGB")


def _as_jpeg(pdf: Pdf, image: Image.Image) -> Object:
    image = image if image.mode in _COMPONENTS else image.convert("L")
    stream = BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY, subsampling=0)
    return _image(pdf, stream.getvalue(), image.size, _COMPONENTS[image.mode][0], Filter=Name.DCTDecode)


def without_loss(pdf: Pdf, image: Image.Image) -> Object:
    """The picture (modes 1, L, RGB) as a compressed stream, row by row as PNG has it."""
    stream = BytesIO()
    image.save(stream, "PNG", compress_level=4)
    colours = 3 if image.mode == "RGB" else 1
    bits = 1 if image.mode == "1" else 8
    parameters = Dictionary(Predictor=15, Colors=colours, BitsPerComponent=bits, Columns=image.width)
    space = Name.DeviceRGB if colours > 1 else Name.DeviceGray
    made = _image(pdf, _png_data(stream.getvalue()), image.size, space, Filter=Name.FlateDecode, DecodeParms=parameters)
    made.BitsPerComponent = bits
    return made


def of_pixels(pdf: Pdf, pixels: NDArray[np.uint8]) -> Object:
    """A drawn page (blue-green-red, or grey): grey where nothing is coloured, without loss unless that is too large."""
    if pixels.ndim == 3 and (pixels[:, :, 0] == pixels[:, :, 1]).all() and (pixels[:, :, 1] == pixels[:, :, 2]).all():  # noqa: PLR2004 - rows, columns, colours
        pixels = pixels[:, :, 0]
    colours = pixels if pixels.ndim == 2 else pixels[:, :, ::-1]  # noqa: PLR2004
    image = Image.fromarray(np.ascontiguousarray(colours))
    made = without_loss(pdf, image)
    return made if len(made.read_raw_bytes()) <= _PHOTO_BYTES else _as_jpeg(pdf, image)


def _png_data(png: bytes) -> bytes:
    """The compressed rows of a PNG."""
    rows, at = [], 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            rows.append(png[at + 8 : at + 8 + length])
        at += length + 12
    return b"".join(rows)


def _image(pdf: Pdf, data: bytes, size: tuple[int, int], space: Object, **entries: Object) -> Object:
    stream = pdf.make_stream(
        data, Type=Name.XObject, Subtype=Name.Image, Width=size[0], Height=size[1], BitsPerComponent=8, **entries
    )
    stream.ColorSpace = space
    return stream
