"""The real engine on drawn pages. Slow: it loads the networks."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw
from reading_samples import LETTER, jpeg_stream, letter_page, part_of, pixels, scan_pdf, submission_of, text_pdf

from pipeline.reading import PageImage, Reader, load_engine, open_page, read_page, turned
from pipeline.reading.marks import find_seals
from pipeline.reading.orientation import by_reading
from pipeline.reading.ppocr import PaddleEngine
from pipeline.settings import Settings
from schemas.reading import PageKind, TextSource
from schemas.submission import PartFormat

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def engine():
    return load_engine("ppocr")


def image_of(picture: np.ndarray, dpi: float = 200.0) -> PageImage:
    return PageImage(sha256="0" * 64, source="test", pixels=picture, dpi=dpi)


def texts(reading):
    return [line.text for line in reading.lines]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_fed_in_any_way_is_read_upright(engine, turn):
    """Every turn gives the same lines in the same order, and says by how much the page was turned."""
    reading = read_page(image_of(turned(pixels(letter_page()), turn)), engine)
    assert texts(reading) == ["指派通知书", *LETTER]
    assert reading.rotation == -turn % 360
    assert (reading.width, reading.height) == (1654, 2339)
    assert not reading.low_quality
    assert all(line.score > 0.9 for line in reading.lines)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_reading_finds_the_turn_without_the_network(engine, turn):
    """Where the orientation network is missing, what can be read decides."""
    found = by_reading(turned(pixels(letter_page()), turn), engine)
    assert found.turn == -turn % 360
    assert found.score > 0.3


def test_both_runtimes_read_the_same(engine):
    """ONNX Runtime stands in for OpenVINO where that does not exist, with the same text."""
    other = PaddleEngine("onnx", openvino=False)
    picture = pixels(letter_page())
    assert sorted(line.text for line in other.read(picture, 200)) == sorted(
        line.text for line in engine.read(picture, 200)
    )


def test_a_negative_is_read(engine):
    """White on black, as a wrongly decoded fax: the text counts."""
    reading = read_page(image_of(np.asarray(255 - pixels(letter_page()), np.uint8)), engine)
    assert texts(reading) == ["指派通知书", *LETTER]


@pytest.mark.parametrize("strength", [0.12, 0.3])
def test_a_back_with_show_through_is_blank(engine, strength):
    """The front's text shines through, mirrored and pale: there is nothing on this page."""
    ghost = cv2.GaussianBlur(pixels(letter_page())[:, ::-1], (0, 0), 1.5).astype(np.float32)
    noise = np.random.default_rng(5).normal(0, 2, ghost.shape)
    picture = np.clip(250 - (255 - ghost) * strength + noise, 0, 255).astype(np.uint8)
    reading = read_page(image_of(np.ascontiguousarray(picture)), engine)
    assert reading.kind is PageKind.BLANK
    assert reading.lines == ()


def test_a_back_with_a_seal_shining_through_is_blank(engine):
    """The front's seal shines through with its text, as pale as that."""
    front = pixels(letter_page())
    for radius, thick in ((165, 10), (40, -1)):
        cv2.circle(front, (900, 1400), radius, (40, 40, 220), thick)
    ghost = cv2.GaussianBlur(front[:, ::-1], (0, 0), 1.5).astype(np.float32)
    picture = np.clip(250 - (255 - ghost) * 0.15, 0, 255).astype(np.uint8)
    assert find_seals(picture, 200)
    assert read_page(image_of(np.ascontiguousarray(picture)), engine).kind is PageKind.BLANK


def test_a_pale_front_is_not_taken_for_a_back(engine):
    """Weak toner is still text."""
    pale = pixels(letter_page()).astype(np.float32)
    picture = np.clip(250 - (255 - pale) * 0.3, 0, 255).astype(np.uint8)
    reading = read_page(image_of(picture), engine)
    assert reading.kind is PageKind.CONTENT
    assert "440803199003124511" in reading.text


def test_a_sheet_of_a3_keeps_small_letters(engine):
    """Two A4 pages on one A3 sheet are read as well as one."""
    sheet = np.concatenate([pixels(letter_page()), pixels(letter_page("会见笔录"))], axis=1)
    reading = read_page(image_of(sheet), engine)
    assert reading.text.count("440803199003124511") == 2
    assert "会见笔录" in reading.text


def test_a_seal_over_the_date_is_read_or_doubted(engine):
    """Red ink over black letters goes before reading. What its rim still spoils is not read with confidence."""
    page = letter_page()
    pen = ImageDraw.Draw(page)
    pen.ellipse((250, 830, 580, 1160), outline=(225, 35, 45), width=9)
    for offset in range(0, 330, 14):
        pen.line((250, 830 + offset, 580, 836 + offset), fill=(225, 35, 45), width=3)
    reading = read_page(image_of(pixels(page)), engine)
    assert LETTER[-2] in reading.text
    date = reading.lines[-1]
    assert date.text == LETTER[-1] or date.score < 0.8


def test_a_scan_beyond_rescue_says_so(engine):
    """At 60 dpi nothing can be trusted, and the page says that it must be scanned again."""
    small = cv2.resize(pixels(letter_page()), None, fx=0.2, fy=0.2, interpolation=cv2.INTER_AREA)
    blurred = cv2.GaussianBlur(small, (0, 0), 0.8)
    reading = read_page(image_of(np.asarray(blurred, np.uint8), 40.0), engine)
    assert reading.low_quality


def test_born_digital_and_scanned_pages_agree(engine, tmp_path):
    """The same letter as text layer and as a scan gives the same lines."""
    page = read_page(open_page(part_of(text_pdf(tmp_path / "a.pdf"), PartFormat.PDF), 0, 10**8), engine)
    assert page.text_source is TextSource.LAYER
    scan = scan_pdf(tmp_path / "b.pdf", jpeg_stream(letter_page()))
    read = read_page(open_page(part_of(scan, PartFormat.PDF), 0, 10**8), engine)
    assert texts(page) == texts(read)[1:]


def test_workers_read_with_the_default_engine(tmp_path):
    """From a file on disk to pages, through real worker processes."""
    buffer = io.BytesIO()
    pages: list[Image.Image] = [letter_page(), letter_page("会见笔录")]
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200))
    path = tmp_path / "a.tif"
    path.write_bytes(buffer.getvalue())
    settings = Settings(state=tmp_path / "state", workers=2)
    with Reader(settings) as reader:
        read = list(reader.read(submission_of(part_of(path, PartFormat.IMAGE, pages=2))))
    assert [page.reading.lines[0].text for page in read] == ["指派通知书", "会见笔录"]
    assert {page.reading.engine for page in read} == {reader.engine_name}
