"""Words across the page are none of its lines, in a text layer and on a picture."""

from __future__ import annotations

import numpy as np
from fpdf import FPDF
from reading_samples import FONT, LETTER, part_of, text_pdf

from pipeline.reading import RawLine
from pipeline.reading.sources import open_page
from pipeline.reading.watermarks import without_watermarks
from schemas.submission import PartFormat


def turned(text: str, angle: float, height: float) -> RawLine:
    """A line whose baseline rises by so many degrees."""
    wide, turn = height * len(text), np.radians(-angle)
    across = np.array([np.cos(turn), np.sin(turn)]) * wide
    down = np.array([-np.sin(turn), np.cos(turn)]) * height
    start = np.array([400.0, 900.0])
    return RawLine(text, 0.98, np.array([start, start + across, start + across + down, start + down], np.float32))


def test_large_words_across_the_page_are_left_out() -> None:
    """A system prints its name behind its forms; a small stamp set down askew, and a slope of the scan, stay."""
    body = [turned(text, 2.0, 30.0) for text in LETTER]
    stamp = turned("与原件核对无异", 20.0, 28.0)
    kept = without_watermarks([*body, turned("广东省司法厅", 30.0, 60.0), turned("法律援助", -40.0, 60.0), stamp])
    assert [line.text for line in kept] == [*LETTER, "与原件核对无异"]


def test_a_page_of_slanted_words_alone_keeps_them() -> None:
    """Nothing tells what is usual on it."""
    assert len(without_watermarks([turned("法律援助", 30.0, 60.0)])) == 1


def test_a_watermark_of_a_text_layer_does_not_mix_with_its_lines(tmp_path) -> None:
    """Its letters stand among those of the lines that it crosses: `0073号` would come out as `00法73号`."""
    plain = open_page(part_of(text_pdf(tmp_path / "a.pdf"), PartFormat.PDF), 0, 100_000_000)
    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.add_font("serif", fname=str(FONT))
    pdf.set_font("serif", size=14)
    for number, line in enumerate(LETTER):
        pdf.text(20, 60 + 12 * number, line)
    pdf.set_font("serif", size=36)
    with pdf.rotation(30, x=60, y=90):
        pdf.text(20, 90, "法律援助法律援助")
    pdf.output(str(tmp_path / "b.pdf"))
    marked = open_page(part_of(tmp_path / "b.pdf", PartFormat.PDF), 0, 100_000_000)
    assert [line.text for line in marked.layer] == [line.text for line in plain.layer]
