"""Pages and files that reading is tested with: drawn here, with invented names and numbers."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
import pikepdf
import pylopdf_fonts_zh_cn
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from schemas.submission import Part, PartFormat, Submission

FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSerifSC-Regular.otf"
A4 = (1654, 2339)
"""A4 at 200 dpi."""
LETTER = (
    "湛法援刑字〔2024〕12号",
    "广东某某律师事务所：",
    "根据《中华人民共和国法律援助法》第二十五条的规定，现指派你所",
    "律师李某担任犯罪嫌疑人陈某某的辩护人，请依法办理。",
    "身份证号码：440803199003124511",
    "联系电话：0759-1234567",
    "二〇二四年三月五日",
)


def face(size: int) -> ImageFont.FreeTypeFont:
    """The face of the samples, laid out in the same way on every machine: kerning hangs on a system's library."""
    return ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.BASIC)


def letter_page(title: str = "指派通知书", lines: tuple[str, ...] = LETTER) -> Image.Image:
    """A letter as an office prints it."""
    page = Image.new("RGB", A4, "white")
    pen = ImageDraw.Draw(page)
    pen.text((560, 220), title, font=face(72), fill="black")
    for number, line in enumerate(lines):
        pen.text((200, 420 + number * 90), line, font=face(42), fill="black")
    return page


def grey_page(level: int, size: tuple[int, int] = (420, 594)) -> Image.Image:
    """A page of one grey with a black bar, so that it is neither blank nor black."""
    page = Image.new("RGB", size, (level, level, level))
    ImageDraw.Draw(page).rectangle((60, 60, size[0] - 60, 90), fill="black")
    return page


def pixels(image: Image.Image) -> np.ndarray:
    return np.ascontiguousarray(np.asarray(image.convert("RGB"), np.uint8)[:, :, ::-1])


def part_of(path: Path, kind: PartFormat, pages: int = 1) -> Part:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Part(name=path.name, path=path, format=kind, sha256=digest, pages=pages)


def submission_of(*parts: Part) -> Submission:
    digest = hashlib.sha256("".join(part.sha256 for part in parts).encode()).hexdigest()
    return Submission(name="案卷", sha256=digest, parts=parts)


def picture_parts(folder: Path, *levels: int) -> tuple[Part, ...]:
    parts = []
    for number, level in enumerate(levels, start=1):
        path = folder / f"{number:03}.png"
        grey_page(level).save(path)
        parts.append(part_of(path, PartFormat.IMAGE))
    return tuple(parts)


def image_object(pdf: pikepdf.Pdf, data: bytes, width: int, height: int, **keys: object) -> pikepdf.Stream:
    stream = pikepdf.Stream(pdf, data)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = width, height
    for name, value in keys.items():
        stream[f"/{name}"] = value
    return stream


def scan_pdf(  # noqa: PLR0913 - each is one way in which scanners differ
    path: Path,
    stream_of,
    *,
    rotate: int = 0,
    matrix: str = "595 0 0 842 0 0",
    extra: bytes = b"",
    media: tuple[int, int] = (595, 842),
    font: bool = False,
) -> Path:
    """A PDF of one page that shows one image. `stream_of(pdf)` gives the image object."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=media)
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=pdf.make_indirect(stream_of(pdf))))
    if font:
        page.Resources.Font = pikepdf.Dictionary(
            F0=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
    page.Contents = pikepdf.Stream(pdf, f"q {matrix} cm /Im0 Do Q\n".encode() + extra)
    if rotate:
        page.Rotate = rotate
    pdf.save(path)
    return path


def images_pdf(path: Path, images) -> Path:
    """A PDF of one A4 page that shows several images, each at its (left, bottom, width, height) in points."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    shown, drawn = {}, b""
    for number, (stream_of, (left, bottom, width, height)) in enumerate(images):
        shown[f"/Im{number}"] = pdf.make_indirect(stream_of(pdf))
        drawn += f"q {width} 0 0 {height} {left} {bottom} cm /Im{number} Do Q\n".encode()
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(shown))
    pdf.pages[0].Contents = pikepdf.Stream(pdf, drawn)
    pdf.save(path)
    return path


def jpeg_stream(image: Image.Image):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=90)
    space = {"RGB": "/DeviceRGB", "L": "/DeviceGray", "CMYK": "/DeviceCMYK"}[image.mode]

    def make(pdf: pikepdf.Pdf) -> pikepdf.Stream:
        return image_object(
            pdf,
            buffer.getvalue(),
            *image.size,
            ColorSpace=pikepdf.Name(space),
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )

    return make


def raw_stream(data: bytes, size: tuple[int, int], space: object, bits: int, **keys: object):
    """An uncompressed image object in any colour space; `space` may be a function of the PDF."""

    def make(pdf: pikepdf.Pdf) -> pikepdf.Stream:
        colours = space(pdf) if callable(space) else space
        return image_object(pdf, data, *size, ColorSpace=colours, BitsPerComponent=bits, **keys)

    return make


def text_pdf(
    path: Path, lines: tuple[str, ...] = LETTER, *, picture: Image.Image | None = None, angle: int = 0
) -> Path:
    """A born-digital PDF, with a text layer, as a word processor exports it."""
    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.add_font("serif", fname=str(FONT))
    pdf.set_font("serif", size=14)
    if angle:
        with pdf.rotation(angle, x=105, y=148):
            _write(pdf, lines)
    else:
        _write(pdf, lines)
    if picture is not None:
        pdf.image(picture, x=40, y=150, w=90)
    pdf.output(str(path))
    return path


def _write(pdf: FPDF, lines: tuple[str, ...]) -> None:
    for number, line in enumerate(lines):
        pdf.text(20, 60 + 12 * number, line)
