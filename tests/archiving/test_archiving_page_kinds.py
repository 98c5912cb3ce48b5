"""Every kind of page comes into the archive copy: upright, looking as it did, in a file that is a PDF/A-2b."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pikepdf.pdfa
import pytest
from archiving_files import (
    FULL_PAGE,
    OpenedPage,
    add_page,
    closed_file,
    image_stream,
    jpeg,
    manner,
    part_of,
    picture,
    pixels_of,
    reading,
    scan_pdf,
)
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageOps

from pipeline.archiving import write_archive
from schemas.archive import Treatment
from schemas.reading import Line, PageKind, PageReading, TextSource

U, L, C, R = Treatment.UNCHANGED, Treatment.LOSSLESS, Treatment.CONVERTED, Treatment.RENDERED
FIRST_PAGE = 2
"""Index of the first page of the scan: behind the cover and the contents list."""


def flate(pdf: Pdf, image: Image.Image, bits: int = 8, **entries: object) -> pikepdf.Object:
    """An image of raw pixels; `ColorSpace` must be among the entries."""
    stream = pdf.make_stream(
        image.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
        BitsPerComponent=bits,
    )  # fmt: skip
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return stream


def group_four(image: Image.Image) -> bytes:
    """The bits of a black and white picture as a fax machine packs them (CCITT group 4)."""
    stream = BytesIO()
    image.save(stream, "TIFF", compression="group4", tiffinfo={278: image.height})
    with Image.open(stream) as tiff:
        place, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    return stream.getvalue()[place : place + length]


def fax(pdf: Pdf) -> pikepdf.Object:
    image = picture().convert("1")
    parameters = Dictionary(K=-1, Columns=image.width, Rows=image.height)
    return pdf.make_stream(
        group_four(image), Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
        BitsPerComponent=1, ColorSpace=Name.DeviceGray, Filter=Name.CCITTFaxDecode, DecodeParms=parameters,
    )  # fmt: skip


def jbig2(pdf: Pdf) -> pikepdf.Object:
    """A JBIG2 image: one region, coded as a fax is."""
    image = picture().convert("1")
    wide, high = (side.to_bytes(4, "big") for side in image.size)
    page = wide + high + bytes(8) + b"\x00" + b"\x00\x00"
    region = wide + high + bytes(8) + b"\x00" + b"\x01" + group_four(image)
    segments = [(0, 48, page), (1, 38, region), (2, 49, b"")]
    data = b"".join(
        number.to_bytes(4, "big") + bytes([kind, 0, 1]) + len(body).to_bytes(4, "big") + body
        for number, kind, body in segments
    )
    return pdf.make_stream(
        data, Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
        BitsPerComponent=1, ColorSpace=Name.DeviceGray, Filter=Name.JBIG2Decode,
    )  # fmt: skip


def jpeg2000(pdf: Pdf) -> pikepdf.Object:
    stream, image = BytesIO(), picture()
    image.save(stream, "JPEG2000")
    return pdf.make_stream(
        stream.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
        Filter=Name.JPXDecode,
    )  # fmt: skip


def palette(pdf: Pdf) -> pikepdf.Object:
    image = picture().quantize(16)
    table = bytes(image.getpalette() or [])[: 16 * 3]
    space = Array([Name.Indexed, Name.DeviceRGB, len(table) // 3 - 1, pikepdf.String(table)])
    return flate(pdf, image, ColorSpace=space)


def profiled(pdf: Pdf) -> pikepdf.Object:
    """A colour profile that is none."""
    profile = pdf.make_stream(b"not a profile", N=3, Alternate=Name.DeviceRGB)
    return image_stream(pdf, picture(), ColorSpace=Array([Name.ICCBased, profile]))


IMAGES: dict[str, tuple[Callable[[Pdf], pikepdf.Object], Treatment]] = {
    "colour JPEG": (lambda pdf: image_stream(pdf, picture()), U),
    "grey JPEG": (lambda pdf: image_stream(pdf, picture(mode="L")), U),
    "CMYK JPEG": (lambda pdf: image_stream(pdf, picture(mode="CMYK")), C),
    "fax": (fax, U),
    "JBIG2": (jbig2, U),
    "JPEG 2000": (jpeg2000, C),
    "palette": (palette, U),
    "CMYK": (lambda pdf: flate(pdf, picture(mode="CMYK"), ColorSpace=Name.DeviceCMYK), C),
    "broken profile": (profiled, C),
    "interpolated": (lambda pdf: image_stream(pdf, picture(), Interpolate=True), U),
    "alternates": (lambda pdf: image_stream(pdf, picture(), Alternates=Array([])), U),
}


@pytest.mark.parametrize("name", IMAGES)
def test_a_scanned_page_keeps_its_image_data_where_pdfa_allows(tmp_path: Path, name: str) -> None:
    """The image's bytes are the scan's own; only colours and codings that PDF/A refuses are converted."""
    make, treatment = IMAGES[name]
    source = tmp_path / "扫描.pdf"
    with Pdf.new() as pdf:
        add_page(pdf, FULL_PAGE, {"A": make(pdf)})
        pdf.save(source)
        raw = pdf.pages[0].Resources.XObject.A.read_raw_bytes()
    file, treated = archived(source)
    assert treated == [treatment]
    if treatment is U and name != "palette":
        with pikepdf.open(file) as copy:
            assert copy.pages[FIRST_PAGE].Resources.XObject.I0.read_raw_bytes() == raw
    alike(pixels_of(source, 0), pixels_of(file, FIRST_PAGE))


def archived(source: Path, read: PageReading | None = None, pages: int = 1) -> tuple[Path, list[Treatment | None]]:
    """The volume of a closing file of one part, checked, and how its pages came into it."""
    part = part_of(source, pages=pages)
    readings = [(part.name, place, read or reading()) for place in range(1, pages + 1)]
    closed = closed_file(source, [part], readings)
    copy = write_archive(closed, source.parent / "归档", manner())
    assert copy.manifest.problems == ()
    volume = copy.manifest.volumes[0]
    file = copy.folder / volume.file
    assert pikepdf.pdfa.validate_written(file, "2b").verdict == "pass"
    return file, [page.treatment for page in volume.pages if page.scan_page is not None]


def alike(one: np.ndarray, other: np.ndarray, *, stamped: bool = True) -> None:
    """Two pages look the same, but for the page number in the upper right corner."""
    assert abs(one.shape[0] - other.shape[0]) <= 2
    high = min(one.shape[0], other.shape[0])
    difference = np.abs(one[:high] - other[:high]).mean(axis=2)
    if stamped:
        difference[: high // 12, one.shape[1] * 3 // 4 :] = 0
    assert difference.mean() < 4
    assert np.percentile(difference, 98) < 40


TURNS = {
    "turned page": (FULL_PAGE, {"Rotate": 90}, U),
    "upside down": (FULL_PAGE, {"Rotate": 180}, U),
    "cropped": (FULL_PAGE, {"CropBox": Array([100, 100, 400, 700])}, U),
    "large units": (FULL_PAGE, {"UserUnit": 2}, U),
    "mirrored image": ("q 595.3 0 0 -841.9 0 841.9 cm /A Do Q", {}, U),
    "two images": ("q 595.3 0 0 420 0 421 cm /A Do Q q 300 0 0 300 100 50 cm /A Do Q", {}, U),
    "slanted image": ("q 560 40 -40 800 30 10 cm /A Do Q", {}, U),
    "invisible text": (f"{FULL_PAGE} BT 3 Tr /F 10 Tf 50 50 Td (old) Tj ET", {}, U),
    "clipped to the page": ("q 0 0 595.3 841.9 re W n 595.3 0 0 841.9 0 0 cm /A Do Q", {}, U),
    "clipped": ("q 0 0 300 400 re W n 595.3 0 0 841.9 0 0 cm /A Do Q", {}, R),
    "visible text": (f"{FULL_PAGE} BT /F 40 Tf 50 500 Td (stamp) Tj ET", {}, R),
    "drawn lines": (f"{FULL_PAGE} 8 w 50 50 m 500 800 l S", {}, R),
    "empty": ("", {}, R),
    "broken content": (f"{FULL_PAGE} Q Q Q ] >> (", {}, None),
}


@pytest.mark.parametrize("name", TURNS)
def test_a_page_looks_as_the_file_shows_it(tmp_path: Path, name: str) -> None:
    """Turned, cropped, mirrored, slanted or drawn over: the archive copy shows what a viewer shows of the scan."""
    content, entries, treatment = TURNS[name]
    source = tmp_path / "扫描.pdf"
    with Pdf.new() as pdf:
        page = add_page(pdf, content, {"A": image_stream(pdf, picture())}, **entries)
        page.Resources.Font = Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        pdf.save(source)
    file, treated = archived(source)
    assert treatment is None or treated == [treatment]
    alike(pixels_of(source, 0), pixels_of(file, FIRST_PAGE))


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_was_read_turned_stands_upright(tmp_path: Path, degrees: int) -> None:
    """The reading's rotation turns the picture clockwise, for kept images and for drawn pages."""
    upright = picture()
    lying = upright.rotate(degrees, expand=True)
    source = tmp_path / "扫描.pdf"
    box = (841.9, 595.3) if degrees != 180 else (595.3, 841.9)
    place = f"q {box[0]} 0 0 {box[1]} 0 0 cm /A Do Q"
    with Pdf.new() as pdf:
        for extra in ("", " 1 w 2 2 m 3 3 l S"):
            add_page(pdf, place + extra, {"A": image_stream(pdf, lying)}, size=box)
        pdf.save(source)
    file, treated = archived(source, reading(rotation=degrees), pages=2)
    assert treated == [U, R]
    for index in (FIRST_PAGE, FIRST_PAGE + 1):
        alike(small(upright), pixels_of(file, index))


def small(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB").resize((200, 283)), dtype=np.int16)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_shown_as_its_exif_says(tmp_path: Path, orientation: int) -> None:
    """The JPEG stays as it is; the page turns and mirrors it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    source = tmp_path / "照片.jpg"
    source.write_bytes(jpeg(picture(), exif=exif))
    with Image.open(source) as image:
        shown = ImageOps.exif_transpose(image)
    size = shown.size
    file, treated = archived(source, reading(size=size))
    assert treated == [U]
    expected = np.asarray(shown.convert("RGB").resize((200, round(200 * size[1] / size[0]))), dtype=np.int16)
    alike(expected, pixels_of(file, FIRST_PAGE))
    with pikepdf.open(file) as copy:
        assert copy.pages[FIRST_PAGE].Resources.XObject.I0.read_raw_bytes() == source.read_bytes()


FILES: dict[str, tuple[str, Image.Image, dict[str, object], Treatment]] = {
    "CMYK JPEG": (".jpg", picture(mode="CMYK"), {"quality": 95}, C),
    "PNG": (".png", picture(), {}, L),
    "grey PNG": (".png", picture(mode="L"), {}, L),
    "palette PNG": (".png", picture().quantize(32), {}, L),
    "black and white TIFF": (".tif", picture().convert("1"), {"compression": "group4"}, L),
    "deep grey PNG": (".png", Image.fromarray(np.asarray(picture(mode="L")).astype(np.uint16) * 257), {}, L),
    "BMP": (".bmp", picture(), {}, L),
    "WebP": (".webp", picture(), {"lossless": True}, L),
}


@pytest.mark.parametrize("name", FILES)
def test_an_image_file_keeps_its_pixels(tmp_path: Path, name: str) -> None:
    """Whatever the format, the page shows the same picture; without loss where the file had none."""
    ending, image, options, treatment = FILES[name]
    source = tmp_path / f"扫描{ending}"
    image.save(source, **options)  # type: ignore[arg-type]
    file, treated = archived(source)
    assert treated == [treatment]
    expected = picture(mode="L").convert("RGB") if "grey" in name else image.convert("RGB")
    alike(small(expected), pixels_of(file, FIRST_PAGE))


def test_what_is_transparent_lies_on_white(tmp_path: Path) -> None:
    """A PNG with transparency has no transparency in the archive copy."""
    source = tmp_path / "章.png"
    layered = picture().convert("RGBA")
    layered.putalpha(Image.new("L", layered.size, 0))
    layered.save(source)
    file, _ = archived(source)
    shown = pixels_of(file, FIRST_PAGE)
    assert shown[100:].mean() > 253


def test_each_frame_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    """A TIFF of three frames gives three pages, in order."""
    source = tmp_path / "多页.tif"
    frames = [picture(mode="L").point(lambda value, less=less: value - less) for less in (0, 60, 120)]
    frames[0].save(source, save_all=True, append_images=frames[1:], compression="tiff_lzw")
    file, treated = archived(source, pages=3)
    assert treated == [L, L, L]
    levels = [pixels_of(file, FIRST_PAGE + index)[150, 100:140].mean() for index in range(3)]
    assert levels[0] > levels[1] > levels[2]


def test_a_photographs_own_colours_are_kept(tmp_path: Path) -> None:
    """A JPEG with a colour profile brings it along."""
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = tmp_path / "照片.jpg"
    source.write_bytes(jpeg(picture(), icc_profile=profile))
    file, treated = archived(source)
    assert treated == [U]
    with pikepdf.open(file) as copy:
        assert copy.pages[FIRST_PAGE].Resources.XObject.I0.ColorSpace[0] == Name.ICCBased


@pytest.mark.parametrize(
    ("size", "millimetres"),
    [((595.3, 841.9), 297), ((841.9, 1190.6), 420), ((243, 153), 85.7), ((2480, 3508), 297)],
    ids=["A4", "A3", "identity card", "pixels for points"],
)
def test_a_page_has_its_real_size(tmp_path: Path, size: tuple[float, float], millimetres: float) -> None:
    """As the file states it where that can be true; else by the resolution that was read."""
    source = tmp_path / "扫描.pdf"
    with Pdf.new() as pdf:
        place = f"q {size[0]} 0 0 {size[1]} 0 0 cm /A Do Q"
        add_page(pdf, place, {"A": image_stream(pdf, picture())}, size=size)
        pdf.save(source)
    file, _ = archived(source)
    with pikepdf.open(file) as copy:
        longest = max(float(side) for side in copy.pages[FIRST_PAGE].MediaBox) / 72 * 25.4
    assert longest == pytest.approx(millimetres, rel=0.01)


def test_a_very_large_page_is_within_what_pdfa_allows(tmp_path: Path) -> None:
    """A roll of paper forty metres long is still a page of a valid PDF/A."""
    source = tmp_path / "长图.png"
    Image.new("L", (40, 4000), 255).save(source)
    file, _ = archived(source, reading(size=(40, 4000)))
    with pikepdf.open(file) as copy:
        assert min(float(side) for side in list(copy.pages[FIRST_PAGE].MediaBox)[2:]) >= 3


def test_a_file_that_only_restricts_printing_is_archived(tmp_path: Path) -> None:
    """An encrypted PDF that opens without a password loses its encryption, not its pages."""
    plain, source = scan_pdf(tmp_path / "明.pdf"), tmp_path / "密.pdf"
    with pikepdf.open(plain) as pdf:
        pdf.save(source, encryption=pikepdf.Encryption(owner="secret", user=""))
    file, treated = archived(source)
    assert treated == [U]
    alike(pixels_of(plain, 0), pixels_of(file, FIRST_PAGE))


def test_a_word_page_is_typeset_from_its_text(tmp_path: Path) -> None:
    """A DOCX part has no picture: its text is printed in its places, can be searched, and the foot says so."""
    source = tmp_path / "说明.docx"
    source.write_bytes(b"PK\x03\x04 stands for a Word document")
    box = (0.1, 0.1, 0.6, 0.12)
    line = Line(text="情况说明：本案未开庭", box=box, score=1.0)
    part = part_of(source)
    closed = closed_file(source, [part], [(part.name, 1, reading([(line.text, box)], source=TextSource.LAYER))])
    copy = write_archive(closed, tmp_path / "归档", manner(lambda _part, _index: OpenedPage(layer=(line,))))
    volume = copy.manifest.volumes[0]
    assert [page.treatment for page in volume.pages if page.scan_page] == [Treatment.TYPESET]
    file = copy.folder / volume.file
    assert (pixels_of(file, FIRST_PAGE)[25:40, 20:120] < 128).any()
    text = text_of(file, FIRST_PAGE)
    assert text.count("情况说明：本案未开庭") == 1
    assert "版式以原件为准" in text


def test_a_picture_in_a_word_file_is_a_page(tmp_path: Path) -> None:
    """A photocopy in a DOCX is shown turned as it was read."""
    source = tmp_path / "附件.docx"
    source.write_bytes(b"PK\x03\x04 stands for a Word document")
    lying = np.ascontiguousarray(np.asarray(picture().rotate(90, expand=True), dtype=np.uint8)[:, :, ::-1])
    part = part_of(source)
    closed = closed_file(source, [part], [(part.name, 1, reading(rotation=90))])
    copy = write_archive(closed, tmp_path / "归档", manner(lambda _part, _index: OpenedPage(pixels=lying)))
    file = copy.folder / copy.manifest.volumes[0].file
    alike(small(picture()), pixels_of(file, FIRST_PAGE))


def text_of(file: Path, index: int) -> str:
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(file) as document:
        return document[index].get_textpage().get_text_range()


LOST: dict[str, tuple[str, bytes]] = {
    "no image": (".jpg", b"\xff\xd8\xff this was a photograph"),
    "no PDF": (".pdf", b"%PDF-1.4 and nothing else"),
    "Word file that does not open": (".docx", b"PK\x03\x04"),
}


@pytest.mark.parametrize("name", LOST)
def test_a_page_that_cannot_be_opened_has_a_sheet_that_says_so(tmp_path: Path, name: str) -> None:
    """It keeps its place and its number, and names the file in which it was."""
    ending, content = LOST[name]
    source = tmp_path / f"损坏{ending}"
    source.write_bytes(content)
    file, treated = archived(source, reading((), kind=PageKind.UNREADABLE, reason="timeout"))
    assert treated == [Treatment.ABSENT]
    text = text_of(file, FIRST_PAGE)
    assert "无法打开" in text
    assert source.name in text


def test_a_part_that_could_not_be_taken_in_has_a_sheet(tmp_path: Path) -> None:
    """A damaged file inside a folder is a page of the volume, too."""
    source = scan_pdf(tmp_path / "扫描.pdf")
    part = part_of(source)
    lost = reading((), kind=PageKind.UNREADABLE, reason="encrypted", source=TextSource.NONE)
    closed = closed_file(source, [part], [(part.name, 1, reading()), ("加密.pdf", 1, lost)])
    copy = write_archive(closed, tmp_path / "归档", manner())
    pages = copy.manifest.volumes[0].pages
    assert [page.treatment for page in pages if page.scan_page] == [U, Treatment.ABSENT]
    assert "密码" in text_of(copy.folder / copy.manifest.volumes[0].file, FIRST_PAGE + 1)


def test_a_torn_photograph_shows_what_there_is(tmp_path: Path) -> None:
    """A JPEG that ends early, of which enough arrived to be read, is shown as far as it goes."""
    source = tmp_path / "残.jpg"
    whole = jpeg(picture(), progressive=False)
    source.write_bytes(whole[: len(whole) * 3 // 5])
    part = part_of(source, damaged=True)
    closed = closed_file(source, [part], [(part.name, 1, reading())])
    copy = write_archive(closed, tmp_path / "归档", manner())
    assert copy.manifest.problems == ()
    treated = [page.treatment for page in copy.manifest.volumes[0].pages if page.scan_page]
    assert treated == [C]
    shown = pixels_of(copy.folder / copy.manifest.volumes[0].file, FIRST_PAGE)
    assert shown[10, 10, 0] > shown[10, 10, 1] + 60
