"""What sample pages look like once drawn, scanned and written."""

import io
import json
import zipfile

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from pipeline.demo import make_case, make_samples, write_folder, write_pdf, write_zip
from pipeline.demo.chance import chance
from pipeline.demo.drawing import blank_page, draw
from pipeline.demo.handwriting import handwriting
from pipeline.demo.ink import Print, Stamp
from pipeline.demo.rendering import render_page
from pipeline.demo.sample import SampleCase
from pipeline.demo.scanner import QUALITIES, show_through, smeared
from pipeline.demo.truth import Truth
from pipeline.errors import UsageError
from schemas.case import Kind, Origin, Stage

CASE = make_case(1, Kind.CRIMINAL_DEFENCE, Stage.INVESTIGATION, Origin.NOTIFIED, "ronghai", untidy=True)
SHORT = SampleCase(CASE.name, CASE.story, CASE.papers[:2], CASE.pages[:2], CASE.defects)


@pytest.mark.parametrize("quality", QUALITIES)
def test_page_has_the_size_of_its_resolution(quality):
    """An A4 page at the quality's resolution, neither empty nor black."""
    scan = render_page(SHORT.pages[0], QUALITIES[quality], chance(1))
    height, width = scan.image.shape[:2]
    assert abs(width / scan.dpi * 25.4 - 210) < 1
    assert abs(height / scan.dpi * 25.4 - 297) < 1
    assert 150 < scan.image.mean() < 255
    picture = Image.open(io.BytesIO(scan.encoded()[0]))
    assert picture.size == (width, height)
    assert (picture.mode == "1") == QUALITIES[quality].bilevel


def test_unknown_quality_is_refused(tmp_path):
    """A quality that does not exist is an error of usage."""
    with pytest.raises(UsageError):
        write_pdf(SHORT, "gold", tmp_path / "a.pdf")


def test_hand_differs_from_print_and_from_itself():
    """Two signatures of one name by different people, or on different papers, are not the same ink."""
    first, again, other = (handwriting("陈喆", 60, seed) for seed in ("a|1", "a|2", "b|1"))
    assert np.array_equal(first, handwriting("陈喆", 60, "a|1"))
    for second in (again, other):
        assert first.shape != second.shape or not np.array_equal(first, second)
    assert 0.03 < (first > 128).mean() < 0.4


def test_seal_is_red_over_the_text_and_leaves_it_readable():
    """A seal tints; the print below stays darker than the seal."""
    page = blank_page()
    draw(page, (Stamp(400, 400, 318, "某某市某某区法律援助处", "", True, "s"),))
    red = (page[:, :, 0].astype(int) - page[:, :, 1] > 60).mean()
    assert red > 0.002
    printed = blank_page()
    draw(
        printed,
        (
            Print(300, 380, "某某市法律援助处", "serif", 39),
            Stamp(400, 400, 318, "某某市某某区法律援助处", "", True, "s"),
        ),
    )
    assert printed[360:440, 300:600, 0].min() < 80


def test_back_shows_through_faintly():
    """A blank back is nearly white, and not quite."""
    page = blank_page()
    draw(page, CASE.pages[3].sheet.operations)
    back = show_through(page)
    assert 252 < back.mean() < 255
    assert back.min() < 250


def test_smeared_page_has_no_edges_left():
    """An illegible page keeps its grey but loses its strokes."""
    page = blank_page()
    draw(page, CASE.pages[3].sheet.operations)
    sharp, blurred = (cv2.Laplacian(each, cv2.CV_32F).var() for each in (page, smeared(page)))
    assert blurred < sharp / 1000


def test_containers_hold_one_picture_a_page(tmp_path):
    """PDF, folder and ZIP hold the same pages in order, and twice the same bytes."""
    pdf = write_pdf(SHORT, "office", tmp_path / "a.pdf")
    with pikepdf.open(pdf) as opened:
        assert len(opened.pages) == 2
    folder = write_folder(SHORT, "office", tmp_path / "a")
    assert sorted(each.name for each in folder.iterdir()) == ["001.jpg", "002.jpg"]
    archive = write_zip(SHORT, "office", tmp_path / "a.zip")
    with zipfile.ZipFile(archive) as opened:
        assert opened.read("001.jpg") == (folder / "001.jpg").read_bytes()
    assert write_pdf(SHORT, "office", tmp_path / "b.pdf").read_bytes() == pdf.read_bytes()


def test_served_paper_is_a_pdf_with_its_own_text(tmp_path):
    """A born-digital page carries its title as text, and a seal as a picture."""
    pages = tuple(
        page for page in CASE.pages if page.document is not None and CASE.papers[page.document].type == "defence_notice"
    )
    notice = SampleCase(CASE.name, CASE.story, CASE.papers, pages, CASE.defects)
    folder = write_folder(notice, "office", tmp_path / "a", digital="defence_notice")
    assert [each.name for each in folder.iterdir()] == ["001.pdf"]
    opened = pypdfium2.PdfDocument(folder / "001.pdf")
    page = opened[0]
    assert "通知辩护公函" in page.get_textpage().get_text_range()
    assert len(list(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]))) == 1
    opened.close()


@pytest.mark.slow
def test_samples_come_with_truth_and_guide(tmp_path):
    """One sample: the file, its truth as valid JSON, and the guide that names it."""
    told = []
    (written,) = make_samples(tmp_path, count=1, quality="clean", progress=told.append)
    assert told == [written.name]
    truth = Truth.model_validate(json.loads(written.truth.read_text(encoding="utf-8")))
    with pikepdf.open(written.path) as opened:
        assert len(opened.pages) == len(truth.pages)
    assert written.path.name in (tmp_path / "说明.txt").read_text(encoding="utf-8")
