"""Files to page images: what is on the page must be in the picture, whatever way the file says it."""

from __future__ import annotations

import io

import docx
import img2pdf
import numpy as np
import pikepdf
import pytest
from docx.enum.text import WD_BREAK
from docx.shared import Mm
from PIL import Image, ImageDraw
from reading_samples import (
    LETTER,
    grey_page,
    jpeg_stream,
    letter_page,
    part_of,
    pixels,
    raw_stream,
    scan_pdf,
    text_pdf,
)

from pipeline.errors import InputError
from pipeline.reading import count_pages, open_page, turned
from schemas.submission import PartFormat

MANY = 120_000_000
SMALL = (210, 297)


def corner_page(mode: str = "RGB", size: tuple[int, int] = (827, 1169)) -> Image.Image:
    """White, with a red block top left and a black one bottom right: no two turns look alike."""
    page = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, size[0] // 3, size[1] // 4), fill=(220, 30, 30))
    pen.rectangle((2 * size[0] // 3, 3 * size[1] // 4, size[0], size[1]), fill="black")
    return page.convert(mode)


def opened(path, kind=PartFormat.PDF, index=0, limit=MANY):
    return open_page(part_of(path, kind), index, limit)


def alike(one: np.ndarray, other: np.ndarray, tolerance: float = 14.0) -> bool:
    """Whether two pictures show the same, looked at small."""
    small = [np.asarray(Image.fromarray(each[:, :, ::-1]).resize((40, 56)), np.int16) for each in (one, other)]
    return float(np.abs(small[0] - small[1]).mean()) < tolerance


def test_a_scan_is_taken_at_its_own_resolution(tmp_path):
    """A page that is one image gives that image pixel by pixel, with the resolution of the paper."""
    page = corner_page()
    image = opened(scan_pdf(tmp_path / "a.pdf", jpeg_stream(page)))
    assert image.pixels.shape == (1169, 827, 3)
    assert image.layer is None
    assert image.dpi == pytest.approx(100, abs=1)
    assert alike(image.pixels, pixels(page))


def test_the_same_scan_in_another_file_is_the_same_page(tmp_path):
    """A page's identity is its image, so that a second round reads only the new pages."""
    first = opened(scan_pdf(tmp_path / "a.pdf", jpeg_stream(corner_page())))
    second = opened(scan_pdf(tmp_path / "b.pdf", jpeg_stream(corner_page()), extra=b"% other bytes\n"))
    other = opened(scan_pdf(tmp_path / "c.pdf", jpeg_stream(grey_page(200))))
    assert first.sha256 == second.sha256 != other.sha256


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_page_s_rotation_is_obeyed(tmp_path, rotate):
    """/Rotate turns the picture clockwise, as every viewer does."""
    page = corner_page()
    image = opened(scan_pdf(tmp_path / "a.pdf", jpeg_stream(page), rotate=rotate))
    assert alike(image.pixels, turned(pixels(page), rotate))


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        ("595 0 0 -842 0 842", lambda picture: picture[::-1]),
        ("-595 0 0 842 595 0", lambda picture: picture[:, ::-1]),
        ("0 842 -595 0 595 0", lambda picture: turned(picture, 270)),
    ],
)
def test_a_mirrored_or_turned_image_looks_as_on_the_page(tmp_path, matrix, expected):
    """The image's matrix is obeyed: flipped upside down, mirrored, turned."""
    page = corner_page()
    image = opened(scan_pdf(tmp_path / "a.pdf", jpeg_stream(page), matrix=matrix))
    assert alike(image.pixels, np.ascontiguousarray(expected(pixels(page))))


def test_an_image_larger_than_the_page_is_cut_to_the_page(tmp_path):
    """What hangs over the page's edge is not part of the page."""
    page = corner_page()
    image = opened(scan_pdf(tmp_path / "a.pdf", jpeg_stream(page), matrix="1190 0 0 1684 0 -842"))
    cut = pixels(page)[: 1169 // 2, : 827 // 2]
    assert alike(image.pixels, np.ascontiguousarray(cut))


def _bits(page: Image.Image, inverted: bool = False) -> bytes:
    grey = page.convert("L").point(lambda value: 255 if value > 128 else 0)
    return (grey.point(lambda value: 255 - value) if inverted else grey).convert("1").tobytes()


def _palette(pdf: pikepdf.Pdf) -> pikepdf.Array:
    return pikepdf.Array(
        [pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 2, pikepdf.String(bytes([255, 255, 255, 220, 30, 30, 0, 0, 0]))]
    )


def _indexed() -> bytes:
    values = np.asarray(corner_page(size=SMALL))
    red = (values[:, :, 0] > 150) & (values[:, :, 1] < 100)
    black = values.max(axis=2) < 60
    return np.select([red, black], [1, 2], 0).astype(np.uint8).tobytes()


def _sixteen() -> bytes:
    return np.repeat(np.asarray(corner_page("L", SMALL))[:, :, None], 2, axis=2).astype(np.uint8).tobytes()


GREY, RGB, CMYK = "/DeviceGray", "/DeviceRGB", "/DeviceCMYK"
SPACES = {
    "1-bit": (lambda: raw_stream(_bits(corner_page(size=SMALL)), SMALL, pikepdf.Name(GREY), 1), "L"),
    "1-bit inverted": (
        lambda: raw_stream(
            _bits(corner_page(size=SMALL), inverted=True), SMALL, pikepdf.Name(GREY), 1, Decode=pikepdf.Array([1, 0])
        ),
        "L",
    ),
    "palette": (lambda: raw_stream(_indexed(), SMALL, _palette, 8), "RGB"),
    "16-bit": (lambda: raw_stream(_sixteen(), SMALL, pikepdf.Name(GREY), 16), "L"),
    "CMYK": (
        lambda: raw_stream(corner_page("CMYK", SMALL).tobytes(), SMALL, pikepdf.Name(CMYK), 8),
        "RGB",
    ),
    "grey": (lambda: raw_stream(corner_page("L", SMALL).tobytes(), SMALL, pikepdf.Name(GREY), 8), "L"),
}


@pytest.mark.parametrize("space", SPACES)
def test_every_colour_space_looks_as_on_the_page(tmp_path, space):
    """Bi-level, inverted, palette, 16-bit and CMYK images come out in their true colours."""
    stream, mode = SPACES[space]
    image = opened(scan_pdf(tmp_path / "a.pdf", stream()))
    expected = corner_page(mode, SMALL)
    if space.startswith("1-bit"):
        expected = expected.point(lambda value: 255 if value > 128 else 0)
    assert alike(image.pixels, pixels(expected), 25.0)


def test_fax_compression_is_read(tmp_path):
    """CCITT group 4, as office copiers write it."""
    page = corner_page("L").point(lambda value: 255 if value > 128 else 0).convert("1")
    buffer = io.BytesIO()
    page.save(buffer, "TIFF", compression="group4", dpi=(100, 100))
    path = tmp_path / "a.pdf"
    path.write_bytes(img2pdf.convert(buffer.getvalue()))
    assert b"CCITTFaxDecode" in path.read_bytes()
    assert alike(opened(path).pixels, pixels(page))


def test_huge_images_are_refused_before_they_are_decoded(tmp_path):
    """35,000 × 35,000 pixels claimed in a few bytes cost nothing but a message."""
    stream = raw_stream(b"\0" * 100, (35_000, 35_000), pikepdf.Name(GREY), 1)
    with pytest.raises(InputError) as refused:
        opened(scan_pdf(tmp_path / "a.pdf", stream))
    assert refused.value.code == "too_large"
    bomb = tmp_path / "b.png"
    Image.new("1", (20_000, 20_000)).save(bomb)
    with pytest.raises(InputError) as refused:
        opened(bomb, PartFormat.IMAGE)
    assert refused.value.code == "too_large"
    grey_page(250).save(tmp_path / "c.png")
    with pytest.raises(InputError) as refused:
        opened(tmp_path / "c.png", PartFormat.IMAGE, limit=1000)
    assert refused.value.code == "too_large"


def test_a_page_of_giant_size_is_drawn_small(tmp_path):
    """A page of three metres is drawn with as many pixels as can be read, not more."""
    image = opened(
        scan_pdf(tmp_path / "a.pdf", jpeg_stream(corner_page()), media=(8400, 11880), matrix="400 0 0 500 0 0")
    )
    assert image.pixels.shape[0] * image.pixels.shape[1] < 21_000_000


def test_born_digital_text_is_taken_as_it_stands(tmp_path):
    """A PDF from a word processor needs no OCR: its lines come exactly, in order, with their places."""
    image = opened(text_pdf(tmp_path / "a.pdf"))
    assert [line.text for line in image.layer] == list(LETTER)
    tops = [line.box[1] for line in image.layer]
    assert tops == sorted(tops)
    assert image.layer[0].box[0] == pytest.approx(20 / 210, abs=0.02)
    assert image.layer[0].box[3] == pytest.approx(60 / 297, abs=0.03)
    assert image.pixels is not None


@pytest.mark.parametrize(
    ("angle", "rotate", "turn"), [(90, 0, 90), (270, 0, 270), (180, 0, 180), (90, 90, 0), (0, 90, 270)]
)
def test_sideways_text_is_turned_upright(tmp_path, angle, rotate, turn):
    """A page on which the text itself lies sideways is turned, picture and lines alike."""
    path = text_pdf(tmp_path / "a.pdf", angle=angle)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = rotate
        pdf.save(path)
    image = opened(path)
    assert image.turn == turn
    assert [line.text for line in image.layer] == list(LETTER)
    ink = [_has_ink(image.pixels, line.box) for line in image.layer]
    assert all(ink)


def _has_ink(picture: np.ndarray, box: tuple[float, float, float, float]) -> bool:
    height, width = picture.shape[:2]
    area = picture[int(box[1] * height) : int(box[3] * height) + 1, int(box[0] * width) : int(box[2] * width) + 1]
    return bool((area < 100).any())


def test_a_hidden_layer_under_a_scan_is_not_believed(tmp_path):
    """Invisible text over a full-page scan is another program's OCR: the picture is read instead."""
    hidden = b"BT /F0 12 Tf 3 Tr 72 700 Td (some old recognised text that nobody can see) Tj ET\n"
    image = opened(scan_pdf(tmp_path / "a.pdf", jpeg_stream(corner_page()), extra=hidden, font=True))
    assert image.layer is None
    assert alike(image.pixels, pixels(corner_page()))


def test_a_stamped_scan_keeps_its_stamp(tmp_path):
    """Visible text over a scan is part of the picture."""
    stamp = b"BT /F0 60 Tf 0 Tr 150 400 Td (STAMPED) Tj ET\n"
    image = opened(scan_pdf(tmp_path / "a.pdf", jpeg_stream(corner_page()), extra=stamp, font=True))
    assert image.layer is None
    height, width = image.pixels.shape[:2]
    middle = image.pixels[int(0.45 * height) : int(0.55 * height), int(0.25 * width) : int(0.7 * width)]
    assert (middle < 100).mean() > 0.02


def test_a_pasted_photocopy_is_named_for_ocr(tmp_path):
    """A word-processor page with a large picture: the layer says nothing of the picture's text."""
    image = opened(text_pdf(tmp_path / "a.pdf", picture=grey_page(220)))
    assert image.layer
    assert len(image.pictures) == 1
    left, top, right, bottom = image.pictures[0]
    assert (left, right) == (pytest.approx(40 / 210, abs=0.01), pytest.approx(130 / 210, abs=0.01))
    assert 0.45 < top < bottom < 1


def test_images_stand_on_white_and_upright(tmp_path):
    """Transparent parts become white; the camera's orientation is obeyed."""
    clear = Image.new("RGBA", (300, 400), (0, 0, 0, 0))
    clear.save(tmp_path / "a.png")
    assert opened(tmp_path / "a.png", PartFormat.IMAGE).pixels.min() == 255
    page = corner_page()
    exif = Image.Exif()
    exif[0x0112] = 6
    page.save(tmp_path / "b.jpg", exif=exif)
    assert alike(opened(tmp_path / "b.jpg", PartFormat.IMAGE).pixels, turned(pixels(page), 90))


@pytest.mark.parametrize("suffix", ["png", "jpg", "bmp", "webp", "tif"])
def test_every_image_format_opens(tmp_path, suffix):
    """JPEG, PNG, BMP, WebP and TIFF show the same page."""
    page = corner_page()
    path = tmp_path / f"a.{suffix}"
    page.save(path)
    assert alike(opened(path, PartFormat.IMAGE).pixels, pixels(page))


def test_deep_grey_and_print_colours_are_scaled_not_clipped(tmp_path):
    """16-bit grey and CMYK images come out as they look."""
    deep = np.asarray(corner_page("L")).astype(np.uint16) * 257
    Image.fromarray(deep).save(tmp_path / "a.tif")
    assert alike(opened(tmp_path / "a.tif", PartFormat.IMAGE).pixels, pixels(corner_page("L")))
    corner_page("CMYK").save(tmp_path / "b.tif")
    assert alike(opened(tmp_path / "b.tif", PartFormat.IMAGE).pixels, pixels(corner_page()), 25.0)


def test_each_frame_of_a_tiff_is_a_page(tmp_path):
    """A multi-page TIFF is read frame by frame."""
    first, second = corner_page(), grey_page(180)
    first.save(tmp_path / "a.tif", save_all=True, append_images=[second])
    part = part_of(tmp_path / "a.tif", PartFormat.IMAGE, pages=2)
    assert alike(open_page(part, 1, MANY).pixels, pixels(second))
    with pytest.raises(InputError):
        open_page(part, 2, MANY)


@pytest.mark.parametrize(
    ("stated", "expected"), [((300, 300), 300), ((72, 72), 100), ((96, 96), 100), ((5000, 5000), 100)]
)
def test_an_implausible_resolution_is_not_believed(tmp_path, stated, expected):
    """What a screen or a phone writes gives way to the size of A4."""
    size = (2480, 3508) if expected == 300 else (827, 1169)
    Image.new("RGB", size, "white").save(tmp_path / "a.jpg", dpi=stated)
    assert opened(tmp_path / "a.jpg", PartFormat.IMAGE).dpi == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize("keep", [10, 200, 3000])
def test_truncated_images_are_corrupt(tmp_path, keep):
    """A file that ends early is refused with its reason, wherever it ends."""
    path = tmp_path / "a.png"
    noise = np.random.default_rng(1).integers(0, 255, (200, 150, 3), np.uint8)
    Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(InputError) as refused:
        opened(path, PartFormat.IMAGE)
    assert refused.value.code == "corrupt"


def word_file(path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "湛江市法律援助处"
    document.add_paragraph("会见笔录")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("姓名", "陈某某", "案由", "盗窃"), strict=True):
        cell.text = text
    document.add_paragraph("以上笔录我看过。").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("第二页内容")
    buffer = io.BytesIO()
    corner_page().save(buffer, "PNG")
    document.add_picture(buffer, width=Mm(160), height=Mm(220))
    document.add_paragraph("照片之后")
    document.save(path)


def test_word_pages_keep_order_tables_and_breaks(tmp_path):
    """Paragraphs and table cells come in document order; a page break starts a page, a large picture is a page."""
    path = tmp_path / "a.docx"
    word_file(path)
    part = part_of(path, PartFormat.DOCX)
    assert count_pages(part) == 4
    first, second, photo, last = (open_page(part, index, MANY) for index in range(4))
    assert [line.text for line in first.layer] == [
        "湛江市法律援助处",
        "会见笔录",
        "姓名",
        "陈某某",
        "案由",
        "盗窃",
        "以上笔录我看过。",
    ]
    assert first.layer[3].box[0] > first.layer[2].box[2]
    assert first.layer[3].box[1] == first.layer[2].box[1]
    assert "第二页内容" in [line.text for line in second.layer]
    assert photo.layer is None
    assert alike(photo.pixels, pixels(corner_page()))
    assert "照片之后" in [line.text for line in last.layer]


@pytest.mark.parametrize(("paragraphs", "lengths"), [(60, [60]), (100, [46, 46, 8])])
def test_a_long_word_text_without_breaks_is_cut_into_pages(tmp_path, paragraphs, lengths):
    """Nothing is lost at the cuts, and a text that one page may hold stays whole."""
    document = docx.Document()
    for number in range(paragraphs):
        document.add_paragraph(f"第{number}段")
    document.save(tmp_path / "a.docx")
    part = part_of(tmp_path / "a.docx", PartFormat.DOCX)
    pages = [open_page(part, index, MANY).layer for index in range(count_pages(part))]
    assert [len(page) for page in pages] == lengths
    assert [line.text for page in pages for line in page] == [f"第{number}段" for number in range(paragraphs)]


def test_a_seal_pasted_into_word_can_be_seen(tmp_path):
    """Small pictures stand on the page's picture, where seals and signatures are looked for."""
    document = docx.Document()
    document.add_paragraph("承办律师：")
    buffer = io.BytesIO()
    Image.new("RGB", (300, 300), (220, 30, 30)).save(buffer, "PNG")
    document.add_paragraph().add_run().add_picture(buffer, width=Mm(40))
    document.save(tmp_path / "a.docx")
    image = opened(tmp_path / "a.docx", PartFormat.DOCX)
    assert image.layer[0].text == "承办律师："
    red = (image.pixels[:, :, 2] > 150) & (image.pixels[:, :, 1] < 100)
    assert red.mean() == pytest.approx(40 * 40 / (210 * 297), rel=0.1)


def test_letters_drawn_at_full_size_survive(tmp_path):
    """A scan at 200 dpi keeps its 200 dpi on every way into the program."""
    page = letter_page()
    page.save(tmp_path / "a.png", dpi=(200, 200))
    image = opened(tmp_path / "a.png", PartFormat.IMAGE)
    assert image.pixels.shape == (2339, 1654, 3)
    assert image.dpi == pytest.approx(200, abs=1)
