"""A volume of the archive copy: the standard's order, page numbers that fit its contents list, text, bookmarks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from archiving_files import OFFICE, Paper, closed_file, found, manner, part_of, pixels_of, reading, report_of, scan_pdf

from pipeline.archiving import Closed, write_archive
from pipeline.drafting.contents import contents_values
from schemas.archive import ArchiveCopy, ArchivedVolume
from schemas.arrangement import arranged
from schemas.base import State
from schemas.contents import contents_lines
from schemas.reading import PageKind, PageReading
from schemas.report import AuditReport, Source
from schemas.volume import Page

PAPERS = (
    Paper("cover", "卷宗封面", 1, 1),
    Paper("closing_report", "结案报告表", 2, 3, fields={"date": found("2026-02-01")}),
    Paper("assignment_notice", "指派通知书", 4, 4, fields={"number": found("虚法援指字〔2026〕1号")}),
    Paper("meeting_record", "会见笔录", 5, 7),
    Paper("other", "照片", 8, 8, State.UNCERTAIN),
    Paper("volume_note", "备考表", 10, 10),
)
ORDER = ("assignment_notice", "meeting_record", "closing_report")
"""Page 6 is blank, page 9 belongs to no paper."""


def closed(tmp_path: Path, **more: object) -> Closed:
    source = scan_pdf(tmp_path / "扫描.pdf", 10)
    readings = [reading([(f"第{number}页文字", (0.2, 0.3, 0.6, 0.33))]) for number in range(1, 11)]
    readings[5] = reading((), kind=PageKind.BLANK)
    part = part_of(source, pages=10)
    places = [(part.name, number, read) for number, read in enumerate(readings, start=1)]
    options: dict[str, object] = {"order": ORDER, "fields": {"case_number": found("虚法援刑字〔2026〕1号")}} | more
    return closed_file(source, [part], places, PAPERS, **options)  # type: ignore[arg-type]


@pytest.fixture(name="copy")
def _copy(tmp_path: Path) -> ArchiveCopy:
    return write_archive(closed(tmp_path), tmp_path / "归档", manner())


def volume_of(copy: ArchiveCopy) -> tuple[ArchivedVolume, Path]:
    volume = copy.manifest.volumes[0]
    return volume, copy.folder / volume.file


def texts_of(file: Path) -> list[str]:
    with pdfium.PdfDocument(file) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_papers_stand_in_the_standards_order(copy: ArchiveCopy) -> None:
    """What is sure moves to its place; what is not, and what no paper claims, stays behind what it follows."""
    volume, file = volume_of(copy)
    scan = [page.scan_page for page in volume.pages if page.scan_page is not None]
    assert scan == [1, 4, 5, 6, 7, 8, 9, 2, 3, 10]
    texts = texts_of(file)
    for page in volume.pages:
        if page.scan_page not in {None, 6}:
            assert f"第{page.scan_page}页文字" in texts[page.page - 1]


def test_every_page_is_there_once(copy: ArchiveCopy) -> None:
    """No page of the scan is dropped, none stands twice."""
    volume, file = volume_of(copy)
    assert sorted(page.scan_page for page in volume.pages if page.scan_page) == list(range(1, 11))
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == len(volume.pages)


def test_numbers_are_stamped_and_equal_the_contents_list(tmp_path: Path) -> None:
    """Upper right stands the number under which the contents list has the page; cover, list, note and blanks have none."""
    file_ = closed(tmp_path)
    volume, file = volume_of(write_archive(file_, tmp_path / "归档", manner()))
    (arranged_volume,) = arranged(file_.report)
    lines = contents_lines(file_.report, arranged_volume, OFFICE.name)
    assert [(line.title, line.pages) for line in lines] == [
        ("指派通知书", "1"),
        ("会见笔录", "2-3"),
        ("照片", "4"),
        ("（未能归类的页面）", "5"),
        ("结案报告表", "6-7"),
    ]
    with pdfium.PdfDocument(file) as document:
        for page in volume.pages:
            if page.scan_page is None:
                continue
            shown = document[page.page - 1]
            wide, high = shown.get_size()
            corner = shown.get_textpage().get_text_bounded(wide * 0.85, high * 0.92, wide, high).strip()
            assert corner == ("" if page.number is None else str(page.number))
    text = texts_of(file)[1 + 1]
    assert "2-3" in text
    assert "结案报告表" in text


def test_a_number_can_be_read_on_black(tmp_path: Path) -> None:
    """Where the scan is dark the number has a white edge."""
    source = tmp_path / "黑.png"
    from PIL import Image

    Image.new("L", (827, 1169), 0).save(source)
    part = part_of(source)
    file_ = closed_file(source, [part], [(part.name, 1, reading(()))], [Paper("other", "照片", 1, 1)])
    volume, file = volume_of(write_archive(file_, tmp_path / "归档", manner()))
    corner = pixels_of(file, 2, 827)[20:70, 740:800]
    assert (corner > 200).any()
    assert volume.pages[2].number == 1


@pytest.mark.parametrize("order", [ORDER, (), tuple(reversed(ORDER))])
def test_the_drafted_list_says_the_same_as_the_copy(order: tuple[str, ...]) -> None:
    """What is bound in front of the paper volume has the copy's lines, order and numbers, whatever the scan's order."""
    report = report_over(order)
    (volume,) = arranged(report)
    values = contents_values(report, OFFICE, volume)
    rows = values["卷内文件"]
    assert isinstance(rows, list)
    printed = [tuple(row[name] for name in ("序号", "文号", "责任者", "题名", "日期", "页号")) for row in rows]
    lines = contents_lines(report, volume, OFFICE.name)
    assert printed == [(line.number, line.reference, line.author, line.title, line.date, line.pages) for line in lines]
    assert values["卷内页数"] == str(volume.numbered)
    scanned = [page for line in lines for page in line.scan_pages]
    assert values["次序不同"] is (scanned != sorted(scanned))
    assert all(("扫描件第" in row["备注"]) is values["次序不同"] for row in rows)


def report_over(order: tuple[str, ...]) -> AuditReport:
    pages = [
        Page(number=number, reading=reading((), kind=PageKind.BLANK if number == 6 else PageKind.CONTENT))
        for number in range(1, 11)
    ]
    return report_of(pages, PAPERS, order=order, source=Source(name="x", sha256="0" * 64, pages=10))


def test_bookmarks_lead_to_the_papers(copy: ArchiveCopy) -> None:
    """One bookmark a paper, with its pages, at the paper's first page."""
    volume, file = volume_of(copy)
    with pdfium.PdfDocument(file) as document:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert marks[0] == ("卷宗封面", 0)
    assert marks[1] == ("卷宗封面（原件）", 1)
    assert marks[2] == ("卷内目录", 2)
    assert marks[-1] == ("卷内备考表", len(volume.pages) - 1)
    first = {page.paper: page.page - 1 for page in reversed(volume.pages) if page.scan_page}
    for title in ("指派通知书（第1页）", "会见笔录（第2-3页）", "结案报告表（第6-7页）"):
        assert (title, first[title.split("（")[0]]) in marks


def test_viewers_name_pages_by_their_numbers(copy: ArchiveCopy) -> None:
    """The page labels are the stamped numbers."""
    volume, file = volume_of(copy)
    with pdfium.PdfDocument(file) as document:
        labels = [document.get_page_label(index) for index in range(len(document))]
    assert labels == [str(page.number) if page.number else page.paper for page in volume.pages]


LINES = (
    ("虚构市人民法院（2026）虚0101刑初1号", (0.15, 0.2, 0.8, 0.225)),
    ("被告人：王喆玥", (0.15, 0.4, 0.4, 0.42)),
    ("竖排的一行字", (0.9, 0.5, 0.92, 0.7)),
)


def test_text_is_found_where_it_stands(tmp_path: Path) -> None:
    """A search hits the line, and the hit's box is the line's."""
    _, file = volume_of(one_page(tmp_path, reading(LINES)))
    with pdfium.PdfDocument(file) as document:
        page = document[2]
        wide, high = page.get_size()
        text = page.get_textpage()
        for words, box in LINES:
            start, count = text.search(words).get_next()
            corners = np.array([text.get_charbox(index) for index in range(start, start + count)])
            left, bottom, right, top = *corners.min(axis=0)[:2], *corners.max(axis=0)[2:]
            hit = (left / wide, 1 - top / high, right / wide, 1 - bottom / high)
            assert hit == pytest.approx(box, abs=0.012)


def one_page(tmp_path: Path, read: PageReading) -> ArchiveCopy:
    source = scan_pdf(tmp_path / "扫描.pdf")
    part = part_of(source)
    fields = {"recipient_name": found("𠮷𬱖喆"), "case_number": found("虚法援民字〔2026〕2号")}
    file_ = closed_file(source, [part], [(part.name, 1, read)], [Paper("other", "照片", 1, 1)], fields=fields)
    return write_archive(file_, tmp_path / "归档", manner())


def test_the_text_layer_leaves_no_mark(tmp_path: Path) -> None:
    """The page with its text layer looks like the page without."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    _, with_text = volume_of(one_page(tmp_path / "a", reading(LINES)))
    _, without = volume_of(one_page(tmp_path / "b", reading(())))
    assert np.array_equal(pixels_of(with_text, 2, 600), pixels_of(without, 2, 600))


def test_rare_names_are_seen_and_found(tmp_path: Path) -> None:
    """A name with characters beyond the basic plane, one of them in no font, is in the text of cover and page, and drawn."""
    copy = one_page(tmp_path, reading([("受援人：𠮷𬱖喆", (0.2, 0.3, 0.6, 0.33))]))
    _, file = volume_of(copy)
    texts = texts_of(file)
    assert "𠮷𬱖喆" in texts[0]
    assert "受援人：𠮷𬱖喆" in texts[2]
    with pdfium.PdfDocument(file) as document:
        page = document[0]
        text = page.get_textpage()
        index = text.get_text_range().index("𠮷")
        shown = page.render(scale=4).to_numpy()
        left, bottom, right, top = text.get_charbox(index)
        high = page.get_height()
        glyph = shown[int((high - top) * 4) : int((high - bottom) * 4), int(left * 4) : int(right * 4)]
    assert (glyph < 128).any()


def test_control_characters_in_a_reading_do_no_harm(tmp_path: Path) -> None:
    """What is no text is left out of the text layer; the file stays valid."""
    copy = one_page(tmp_path, reading([("甲\x00\x07乙\ufffe丙", (0.2, 0.3, 0.6, 0.33)), ("\u200b", (0, 0, 0, 0))]))
    _, file = volume_of(copy)
    assert "甲乙丙" in texts_of(file)[2]


DIRECTORY = (
    ("甲卷", "指派", ("assignment_notice",)),
    ("甲卷", "审批", ("approval_form",)),
    ("乙卷", "会见", ("meeting_record",)),
    ("乙卷", "结案", ("closing_report",)),
)


def test_a_standard_of_two_volumes_gives_two_files(tmp_path: Path) -> None:
    """Each volume has its papers, its own numbers from 1, its own cover, list and note, and its name in the file's."""
    copy = write_archive(closed(tmp_path, order=(), directory=DIRECTORY), tmp_path / "归档", manner())
    first, second = copy.manifest.volumes
    assert (first.title, second.title) == ("甲卷", "乙卷")
    assert [page.number for page in first.pages if page.number] == [1]
    assert [page.number for page in second.pages if page.number] == list(range(1, 7))
    scan = sorted(page.scan_page for volume in copy.manifest.volumes for page in volume.pages if page.scan_page)
    assert scan == list(range(1, 11))
    for volume in copy.manifest.volumes:
        assert volume.title in volume.file
        assert volume.title in texts_of(copy.folder / volume.file)[0]
        assert (copy.folder / f"00_封面_{volume.title}.pdf").is_file()
    assert "审批" in "".join(texts_of(copy.folder / first.file))
    assert "审批" not in "".join(texts_of(copy.folder / second.file))


def test_a_prescribed_line_without_papers_stays(tmp_path: Path) -> None:
    """The directory is printed in the standard's words; a line without papers has no pages."""
    report = closed(tmp_path, order=(), directory=DIRECTORY).report
    first, second = arranged(report)
    assert [(line.number, line.title, line.pages) for line in contents_lines(report, first, "某处")] == [
        ("1", "指派", "1"),
        ("2", "审批", ""),
    ]
    assert [line.pages for line in contents_lines(report, second, "某处")] == ["1-2", "5-6", "3", "4"]


def test_a_long_contents_list_takes_several_sheets(tmp_path: Path) -> None:
    """Sixty papers with long titles: every line is printed, none runs off the sheet."""
    source = scan_pdf(tmp_path / "扫描.pdf", 60)
    part = part_of(source, pages=60)
    papers = [
        Paper("other", f"关于第{number}次会见的情况说明以及有关材料的清单", number, number) for number in range(1, 61)
    ]
    file_ = closed_file(source, [part], [(part.name, number, reading(())) for number in range(1, 61)], papers)
    copy = write_archive(file_, tmp_path / "归档", manner())
    texts = texts_of(copy.folder / "01_卷内目录.pdf")
    assert len(texts) > 2
    listed = "".join(texts).replace("\r\n", "")
    assert all(f"第{number}次会见" in listed for number in range(1, 61))
    for index in range(len(texts)):
        shown = pixels_of(copy.folder / "01_卷内目录.pdf", index, 400)
        assert shown[-40:].min() > 200


def test_what_is_not_sure_is_not_printed(tmp_path: Path) -> None:
    """An uncertain value stays blank on the cover."""
    fields = {"recipient_name": found("甲某").model_copy(update={"state": State.UNCERTAIN})}
    copy = write_archive(closed(tmp_path, fields=fields), tmp_path / "归档", manner())
    assert "甲某" not in "".join(texts_of(copy.folder / copy.manifest.volumes[0].file)[:1])


def test_the_note_says_what_a_reader_must_know(tmp_path: Path) -> None:
    """Pages, another order than the scan's, blank pages, pages that nobody could read."""
    text = texts_of(write_archive(closed(tmp_path), tmp_path / "归档", manner()).folder / "07_备考表.pdf")[0]
    text = text.replace("\r\n", "")
    assert "本卷共 7 页" in text
    assert "与原扫描件不同" in text
    assert "空白页1页" in text


def test_the_original_order_stands_in_the_properties(copy: ArchiveCopy) -> None:
    """The PDF itself says which page of the scan each page was."""
    _, file = volume_of(copy)
    with pikepdf.open(file) as pdf, pdf.open_metadata() as metadata:
        assert "1，4-9，2-3，10" in str(metadata["dc:description"])
        assert "虚法援刑字〔2026〕1号" in str(metadata["dc:title"])
