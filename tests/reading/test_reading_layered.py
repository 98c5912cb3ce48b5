"""Pages made of several images: at which resolution they are drawn."""

from __future__ import annotations

import pikepdf
import pytest
from PIL import Image, ImageDraw
from reading_samples import images_pdf, jpeg_stream, part_of, raw_stream

from pipeline.reading import PageImage, open_page
from schemas.submission import PartFormat

GREY = "/DeviceGray"
MANY = 120_000_000


def opened(path) -> PageImage:
    return open_page(part_of(path, PartFormat.PDF), 0, MANY)


def test_a_page_split_into_paper_and_letters_is_drawn_at_the_resolution_of_its_letters(tmp_path):
    """Compact scans keep the paper at 75 dpi and the letters as a mask of 300 over it, or as many small ones."""
    paper = jpeg_stream(Image.new("RGB", (620, 877), "white"))
    letters = Image.new("1", (2480, 3508), 1)
    ImageDraw.Draw(letters).rectangle((300, 400, 310, 3000), fill=0)
    mask = raw_stream(letters.tobytes(), letters.size, pikepdf.Name(GREY), 1)
    whole = opened(images_pdf(tmp_path / "a.pdf", [(paper, (0, 0, 595, 842)), (mask, (0, 0, 595, 842))]))
    assert whole.dpi == 300
    line = raw_stream(b"\xff" * 250 * 80, (2000, 80), pikepdf.Name(GREY), 1)
    lines = [(line, (50, 100 + 60 * row, 480, 19)) for row in range(6)]
    assert opened(images_pdf(tmp_path / "b.pdf", [(paper, (0, 0, 595, 842)), *lines])).dpi == 300


def test_strips_of_a_scan_are_drawn_at_their_own_resolution(tmp_path):
    """Four strips of 200 dpi, one under the other, make a page of 200 dpi."""
    strip = jpeg_stream(Image.new("RGB", (1653, 585), "white"))
    page = opened(images_pdf(tmp_path / "a.pdf", [(strip, (0, 210.5 * row, 595, 210.5)) for row in range(4)]))
    assert page.dpi == pytest.approx(200, abs=1)
