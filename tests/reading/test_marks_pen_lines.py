"""Lines by pen told from print without colour, character by character, on drawn pages."""

from __future__ import annotations

from copy import deepcopy
from functools import cache

import numpy as np
import pytest
from marks_painter import BLACK, HEI, SONG, Scan, Sheet, pen_name, scan

from pipeline.reading import PageImage, RawLine, read_page
from pipeline.reading.marks.pen_lines import PenPart, find_pen, least_odds
from schemas.reading import Line, PageKind

OFFICE = Scan(skew=0.3, blur=0.5, noise=3, jpeg=75)
GREY = Scan(skew=-0.3, blur=0.5, noise=3, jpeg=75, mode="grey")
SCANS = [OFFICE, GREY]
WORDS = "今天上午我到看守所会见了他"


@cache
def _printed() -> Sheet:
    sheet = Sheet(dpi=200, rng=np.random.default_rng(6))
    sheet.text(80, 20, "会见笔录", 7)
    sheet.prose(40, 14)
    return sheet


def printed() -> Sheet:
    return deepcopy(_printed())


def write(sheet: Sheet, x: float, y: float, words: str = WORDS) -> Line:
    """Black words by pen; the line as detection would frame them."""
    ink = pen_name(sheet, words, 6.0, 0.15, 0.5)
    sheet.blend(ink * 0.9, sheet.px(x), sheet.px(y) - ink.shape[0] / 2, BLACK)
    right = x + np.flatnonzero(ink.any(axis=0))[-1] / sheet.dpi * 25.4
    line = Line(text=words, box=(x / 210, (y - 4.2) / 297, right / 210, (y + 4.2) / 297), score=0.97)
    sheet.lines.append(line)
    return line


def corners(image: np.ndarray, lines: list[Line]) -> list[np.ndarray]:
    height, width = image.shape[:2]
    boxes = [(box[0] * width, box[1] * height, box[2] * width, box[3] * height) for box in (line.box for line in lines)]
    return [np.array([[a, b], [c, b], [c, d], [a, d]], np.float32) for a, b, c, d in boxes]


def parts(sheet: Sheet, how: Scan) -> list[tuple[PenPart, ...]]:
    image, lines, _ = scan(sheet, how)
    return find_pen(np.ascontiguousarray(image[:, :, 2]), corners(image, lines))


@pytest.mark.parametrize("how", SCANS)
def test_print_is_no_pen(how: Scan) -> None:
    """Prose, a bold title, a subtitle in another face, a number."""
    sheet = printed()
    sheet.text(60, 170, "第二章　权利义务告知", 5.5, HEI)
    sheet.text(60, 185, "（2024）粤0893刑初第152号", 5.0, SONG)
    assert not any(parts(sheet, how))


@pytest.mark.parametrize("how", SCANS)
def test_a_line_in_black_by_pen_is_told(how: Scan) -> None:
    """A written line among printed ones, without colour."""
    sheet = printed()
    write(sheet, 40, 180)
    *others, last = parts(sheet, how)
    assert last
    assert sum(part.right - part.left for part in last) > 0.6
    assert not any(others)


@pytest.mark.parametrize("how", SCANS)
def test_the_fill_in_behind_a_printed_label_is_told_from_it(how: Scan) -> None:
    """Label and fill-in framed as one line: the pen's part is the right one."""
    sheet = printed()
    end = 40 + sheet.text(40, 177.5, "受援人基本情况：", 5.0)
    label = sheet.lines.pop()
    written = write(sheet, end + 3, 180)
    sheet.lines[-1] = written.model_copy(
        update={"box": (label.box[0], min(label.box[1], written.box[1]), *written.box[2:])}
    )
    *_, last = parts(sheet, how)
    assert last
    middle = (end + 3 - 40) / (written.box[2] * 210 - 40)
    assert last[0].left > middle - 0.12
    assert last[-1].right > 0.8


@pytest.mark.parametrize("bilevel", [False, True])
def test_less_is_asked_of_a_line_where_others_are_surely_by_pen(bilevel: bool) -> None:
    """Two cells of a form filled in by pen speak for a third; one does not, nor do many that are unsure."""
    sure, unsure, printed_line = np.full(6, 4.0), np.full(6, 1.0), np.full(9, -3.0)
    alone = least_odds([printed_line, sure, *[unsure] * 5], bilevel=bilevel)
    among = least_odds([printed_line, sure, sure, unsure], bilevel=bilevel)
    assert among < alone
    assert alone == least_odds([printed_line], bilevel=bilevel) == least_odds([], bilevel=bilevel)
    assert least_odds([sure, sure], bilevel=True) > least_odds([sure, sure], bilevel=False)


def test_a_page_mostly_by_pen_is_handwritten() -> None:
    """A printed title over written lines; the same lines in print are content."""
    by_hand, typed = (Sheet(dpi=200, rng=np.random.default_rng(3)) for _ in range(2))
    for sheet in (by_hand, typed):
        sheet.text(80, 20, "阅卷笔录", 7)
    for row in range(10):
        write(by_hand, 30, 50 + 14 * row)
        typed.text(30, 47 + 14 * row, WORDS, 6.0)
    assert kind(by_hand) is PageKind.HANDWRITTEN
    assert kind(typed) is PageKind.CONTENT


class Scripted:
    """Says the lines that it was given."""

    name = "scripted/1"

    def __init__(self, lines: list[RawLine]):
        self.lines = lines

    def read(self, image, dpi=None):
        return self.lines

    def read_line(self, image):
        return RawLine("", 0.0, self.lines[0].corners)


def kind(sheet: Sheet) -> PageKind:
    image, lines, _ = scan(sheet, GREY)
    raw = [RawLine(line.text, 0.97, at) for line, at in zip(lines, corners(image, lines), strict=True)]
    page = PageImage(sha256="0" * 64, source="test", pixels=image, dpi=200.0)
    return read_page(page, Scripted(raw)).kind
