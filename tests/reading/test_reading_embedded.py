"""Images as scanners really embed them: JPEG 2000, JBIG2, strips, cropped and turned pages. All files are built here."""

from __future__ import annotations

import io
import struct
import zlib

import cv2
import numpy as np
import pikepdf
import pytest
from PIL import Image

from pipeline.reading.pdf import open_pdf_page

WIDTH, HEIGHT = 826, 1170
LIMIT = 10**8


def sheet() -> np.ndarray:
    """A white A4 page at 100 dpi (RGB) on which no two turns look alike."""
    page = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    page[60:200, 60:400] = (200, 40, 40)
    page[900:1100, 500:760] = 0
    return page


def as_pdf(path, images, content, *, rotate=0, crop=None):
    """A page of 595 by 842 points that shows `images` (name to data and dictionary) by `content`."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    objects = pikepdf.Dictionary()
    for name, (data, entries) in images.items():
        stream = pikepdf.Stream(pdf, data)
        stream["/Type"], stream["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
        for key, value in entries.items():
            stream[key] = value
        objects[f"/{name}"] = stream
    page.Resources = pikepdf.Dictionary(XObject=objects)
    page.Contents = pikepdf.Stream(pdf, content.encode())
    if rotate:
        page.Rotate = rotate
    if crop:
        page.CropBox = crop
    pdf.save(path)
    return path


def entries(height=HEIGHT, *, coding=pikepdf.Name.FlateDecode, bits=8, space=pikepdf.Name.DeviceRGB):
    return {
        "/Width": WIDTH,
        "/Height": height,
        "/BitsPerComponent": bits,
        "/ColorSpace": space,
        "/Filter": coding,
    }


def alike(pixels, expected) -> bool:
    """Whether blue-green-red `pixels` show what RGB `expected` shows, looked at small."""
    height, width = expected.shape[:2]
    assert abs(pixels.shape[1] / pixels.shape[0] - width / height) < 0.01
    small = [cv2.resize(each, (120, 160), interpolation=cv2.INTER_AREA) for each in (pixels[:, :, ::-1], expected)]
    return float(np.abs(small[0].astype(int) - small[1].astype(int)).mean()) < 3


WHOLE = "q 595 0 0 842 0 0 cm /I Do Q"


def flat(page: np.ndarray) -> bytes:
    return zlib.compress(np.ascontiguousarray(page).tobytes())


def test_jpeg_2000_is_read(tmp_path):
    """JPXDecode, as some scanners and court systems write it."""
    stream = io.BytesIO()
    Image.fromarray(sheet()).save(stream, "JPEG2000")
    path = as_pdf(tmp_path / "a.pdf", {"I": (stream.getvalue(), entries(coding=pikepdf.Name.JPXDecode))}, WHOLE)
    assert alike(open_pdf_page(path, 0, "a", LIMIT).pixels, sheet())


def jbig2(black: np.ndarray) -> bytes:
    """One bilevel page as an embedded JBIG2 stream: page information and one generic region coded as fax group 4."""
    stream = io.BytesIO()
    Image.fromarray(np.where(black, 255, 0).astype(np.uint8)).convert("1").save(  # one is black in JBIG2
        stream, "TIFF", compression="group4", strip_size=1 << 30
    )
    tiff = Image.open(io.BytesIO(stream.getvalue()))
    offset, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    fax = stream.getvalue()[offset : offset + length]
    height, width = black.shape
    about = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + fax
    segments = ((0, 48, about), (1, 38, region))
    return b"".join(struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data for number, kind, data in segments)


def test_jbig2_is_read(tmp_path):
    """JBIG2Decode, as copiers write black and white scans; black stays black."""
    black = sheet().min(axis=2) < 128
    described = entries(coding=pikepdf.Name.JBIG2Decode, bits=1, space=pikepdf.Name.DeviceGray)
    path = as_pdf(tmp_path / "a.pdf", {"I": (jbig2(black), described)}, WHOLE)
    image = open_pdf_page(path, 0, "a", LIMIT)
    assert image.source == "scan"
    assert alike(image.pixels, np.repeat(np.where(black, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2))


@pytest.mark.parametrize("rotate", [0, 90])
def test_a_page_of_strips_is_one_picture(tmp_path, rotate):
    """Ten images, one below the other, as old scanners cut their pages."""
    images, content = {}, ""
    for index in range(10):
        images[f"S{index}"] = (flat(sheet()[index * 117 : (index + 1) * 117]), entries(117))
        content += f"q 595 0 0 84.2 0 {842 - 84.2 * (index + 1):.2f} cm /S{index} Do Q "
    path = as_pdf(tmp_path / "a.pdf", images, content, rotate=rotate)
    image = open_pdf_page(path, 0, "a", LIMIT)
    assert image.layer is None
    assert alike(image.pixels, np.ascontiguousarray(np.rot90(sheet(), -rotate // 90)))


@pytest.mark.parametrize("rotate", [0, 270])
def test_only_the_crop_box_is_shown(tmp_path, rotate):
    """A scan of which the page shows the upper half, also turned."""
    images = {"I": (flat(sheet()), entries())}
    path = as_pdf(tmp_path / "a.pdf", images, WHOLE, rotate=rotate, crop=[0, 421, 595, 842])
    half = np.ascontiguousarray(np.rot90(sheet()[: HEIGHT // 2], -rotate // 90))
    assert alike(open_pdf_page(path, 0, "a", LIMIT).pixels, half)


def test_a_rotated_page_whose_image_is_turned_back_is_upright(tmp_path):
    """/Rotate 90 over an image that its matrix turns the other way: the picture as every viewer shows it."""
    turned = np.ascontiguousarray(np.rot90(sheet(), 1))
    described = {**entries(WIDTH), "/Width": HEIGHT}
    path = as_pdf(tmp_path / "a.pdf", {"I": (flat(turned), described)}, "q 0 -842 595 0 0 842 cm /I Do Q")
    assert alike(open_pdf_page(path, 0, "a", LIMIT).pixels, sheet())
