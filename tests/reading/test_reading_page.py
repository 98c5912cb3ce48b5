"""One page in, one reading out: turns, kinds, layers, order. With engines that say what the test wants."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw
from reading_samples import letter_page, pixels

from pipeline.reading import PageImage, RawLine, read_page
from pipeline.reading.layer import Glyph, is_trustworthy, lines_of
from pipeline.reading.order import in_order, skew_degrees
from pipeline.reading.orientation import _busiest_part
from pipeline.reading.seal_text import without_red_seals
from schemas.base import State
from schemas.reading import Line, PageKind, Seal, SealColour, SealShape, TextSource


class ScriptedEngine:
    """Says the same lines of every picture, at places given as fractions."""

    name = "scripted/1"

    def __init__(self, *lines: tuple[str, float, tuple[float, float, float, float]]):
        self.lines = lines

    def read(self, image, dpi=None):
        height, width = image.shape[:2]
        return [
            RawLine(text, score, _corners((left * width, top * height, right * width, bottom * height)))
            for text, score, (left, top, right, bottom) in self.lines
        ]

    def read_line(self, image):
        return RawLine("", 0.0, _corners((0, 0, 1, 1)))


def _corners(box):
    left, top, right, bottom = box
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def image_of(picture: Image.Image, dpi: float | None = 200.0, **keys) -> PageImage:
    return PageImage(sha256="0" * 64, source="test", pixels=pixels(picture), dpi=dpi, **keys)


def blank(level: int = 250, size=(827, 1169)) -> Image.Image:
    noise = np.random.default_rng(7).normal(level, 3, (size[1], size[0], 1)).clip(0, 255)
    return Image.fromarray(np.repeat(noise, 3, axis=2).astype(np.uint8))


SILENT = ScriptedEngine()


def test_white_paper_is_blank():
    """Paper with scanner noise holds nothing, and is not read."""
    assert read_page(image_of(blank()), SILENT).kind is PageKind.BLANK


def test_a_dark_page_is_black():
    """An open lid: dark all over, nothing to read."""
    assert read_page(image_of(blank(20)), SILENT).kind is PageKind.BLACK


def test_dust_and_binder_holes_do_not_make_a_page():
    """Specks and shadows at the edge are not content."""
    page = blank()
    pen = ImageDraw.Draw(page)
    for x, y in ((100, 200), (400, 700), (600, 300)):
        pen.ellipse((x, y, x + 2, y + 2), fill="black")
    pen.rectangle((0, 0, 10, 1169), fill="grey")
    assert read_page(image_of(page, 100.0), SILENT).kind is PageKind.BLANK


def test_a_back_with_show_through_and_binder_holes_is_blank():
    """Three punched holes are the only dark thing on a back through which the front shines; they are no content."""
    page = blank()
    pen = ImageDraw.Draw(page)
    for y in (260, 585, 910):
        pen.ellipse((24, y, 45, y + 21), fill="black")
    for row in range(12):
        pen.rectangle((150, 200 + 40 * row, 600, 206 + 40 * row), fill=(236, 236, 233))
    junk = ScriptedEngine(("●", 0.36, (0.03, 0.22, 0.05, 0.24)))
    assert read_page(image_of(page, 100.0), junk).kind is PageKind.BLANK


def test_a_page_number_on_a_back_leaves_it_blank():
    """The number stamped on an empty back is no content; a line of text is."""
    page = blank()
    ImageDraw.Draw(page).rectangle((760, 60, 790, 80), fill="black")
    where = (760 / 827, 60 / 1169, 790 / 827, 80 / 1169)
    assert read_page(image_of(page, 100.0), ScriptedEngine(("35", 0.99, where))).kind is PageKind.BLANK
    assert read_page(image_of(page, 100.0), ScriptedEngine(("附件", 0.99, where))).kind is PageKind.CONTENT


def test_ink_that_nobody_can_read_is_not_blank():
    """Strong ink without a legible line, as in a photograph, is content of low quality: it may be any paper."""
    page = blank()
    pen = ImageDraw.Draw(page)
    for step in range(12):
        pen.ellipse((150 + 20 * step, 200 + 30 * step, 420 + 20 * step, 420 + 30 * step), outline="black", width=6)
    reading = read_page(image_of(page, 100.0), SILENT)
    assert reading.kind is PageKind.CONTENT
    assert reading.low_quality
    assert reading.text_source is TextSource.NONE


def _blurred(by: float, strength: float = 1.0):
    """A full page of text, out of focus by so many pixels and as pale as told, on the paper of a scanner."""
    page = blank(255)
    pen = ImageDraw.Draw(page)
    for row in range(30):
        for letter in range(25):
            left, top = 100 + 25 * letter, 120 + 30 * row
            pen.rectangle((left, top, left + 16, top + 16), outline="black", width=5)
    ink = 255 - cv2.GaussianBlur(pixels(page), (0, 0), by).astype(np.float32)
    noise = np.random.default_rng(3).normal(0, 2, ink.shape)
    return Image.fromarray(np.clip(250 - strength * ink + noise, 0, 255).astype(np.uint8))


def test_a_page_out_of_focus_is_not_blank():
    """Nobody can read it, but a page it is, and may be any paper."""
    reading = read_page(image_of(_blurred(5), 100.0), SILENT)
    assert (reading.kind, reading.low_quality) == (PageKind.CONTENT, True)


@pytest.mark.parametrize(("strength", "inked"), [(0.2, False), (0.45, True)])
def test_ink_that_shines_through_strongly_may_be_a_page(strength, inked):
    """A back stays blank; where its ink is as strong as that of a page out of focus, it is not surely one."""
    reading = read_page(image_of(_blurred(4, strength), 100.0), SILENT)
    assert (reading.kind, reading.inked) == (PageKind.BLANK, inked)


def test_lines_below_half_are_junk():
    """Pieces of seals and signatures that read as letters do not become text."""
    engine = ScriptedEngine(("会见笔录", 0.99, (0.3, 0.1, 0.7, 0.14)), ("彡", 0.3, (0.3, 0.2, 0.7, 0.24)))
    reading = read_page(image_of(letter_page()), engine)
    assert reading.text == "会见笔录"


def test_a_layer_is_taken_as_it_is():
    """A page that brings its own text is not read by the engine."""
    own = (Line(text="指派通知书", box=(0.3, 0.1, 0.7, 0.14), score=1.0),)
    engine = ScriptedEngine(("别的文字", 0.99, (0.3, 0.5, 0.7, 0.54)))
    reading = read_page(image_of(letter_page(), layer=own), engine)
    assert reading.lines == own
    assert reading.text_source is TextSource.LAYER
    assert reading.quality == 1.0


def test_pasted_pictures_on_a_layer_page_are_read():
    """What the layer does not say is read where the pictures are, and nowhere else."""
    own = (Line(text="身份证复印件", box=(0.3, 0.1, 0.7, 0.14), score=1.0),)
    engine = ScriptedEngine(
        ("身份证复印件", 0.99, (0.3, 0.1, 0.7, 0.14)),
        ("公民身份号码", 0.99, (0.3, 0.5, 0.6, 0.53)),
        ("页脚", 0.99, (0.4, 0.95, 0.6, 0.98)),
    )
    reading = read_page(image_of(letter_page(), layer=own, pictures=((0.2, 0.4, 0.8, 0.7),)), engine)
    assert [line.text for line in reading.lines] == ["身份证复印件", "公民身份号码"]


def test_a_page_without_picture_keeps_its_text():
    """A Word page has text and nothing to look at."""
    own = (Line(text="办案小结", box=(0.3, 0.1, 0.7, 0.14), score=1.0),)
    reading = read_page(PageImage(sha256="0" * 64, source="test", pixels=None, layer=own), SILENT)
    assert (reading.text, reading.width, reading.seals) == ("办案小结", 0, ())


def tilted(text, x, y, width, slope):
    corners = [[x, y], [x + width, y + slope * width], [x + width, y + slope * width + 30], [x, y + 30]]
    return RawLine(text, 0.99, np.array(corners, np.float32))


@pytest.mark.parametrize("slope", [-0.06, 0.0, 0.06])
def test_a_skewed_table_reads_row_by_row(slope):
    """The cells of one row stay together although the right one lies higher or lower than the next row's left one."""
    cells = [
        tilted(f"{row}{column}", 100 + 500 * column, 300 + 60 * row + slope * 500 * column, 300, slope)
        for row in range(4)
        for column in range(3)
    ]
    shuffled = [cells[index] for index in np.random.default_rng(3).permutation(len(cells))]
    expected = [f"{row}{column}" for row in range(4) for column in range(3)]
    assert [line.text for line in in_order(shuffled)] == expected
    assert skew_degrees(shuffled) == pytest.approx(np.degrees(np.arctan(slope)), abs=0.1)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("根据《中华人民共和国法律援助法》第二十五条的规定，现指派你所律师担任辩护人，请依法办理。", True),
        ("2024年3月5日", True),
        ("(cid:12)(cid:345)(cid:9)", False),
        ("\ue001\ue002\ue003指派", False),
        ("ÖÐ»ªÈËÃñ¹²ºÍ¹ú·¨ÂÉÔ®Öú·¨µÚ¶þÊ®ÎåÌõµÄ¹æ¶¨", False),
        ("锘夸腑鍗庝汉姘戝叡鍜屽浗娉曞緥鎻村姪娉曠浜屽崄浜旀潯鐨勮瀹氱幇鎸囨淳浣犳墍寰嬪笀", False),
        ("!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOP", False),
        ("", False),
        ("   ", False),
    ],
)
def test_which_layers_are_trusted(text, good):
    """Text that a font without a map to Unicode left behind is not taken for text."""
    assert is_trustworthy(text) is good


def glyphs(text, x, y, size=0.02, aspect=0.7):
    wide = size / aspect
    return [Glyph(letter, (x + i * wide, y, x + (i + 1) * wide, y + size)) for i, letter in enumerate(text)]


def test_letters_join_to_lines_and_cells():
    """Letters set next to each other are a line; a wide gap between cells ends it."""
    found = lines_of([*glyphs("陈某某", 0.5, 0.1), *glyphs("姓名", 0.1, 0.101), *glyphs("案由", 0.1, 0.15)], 0.7)
    assert [line.text for line in found] == ["姓名", "陈某某", "案由"]


def test_bold_letters_set_twice_count_once():
    """Some programs print bold by setting each letter twice, a hair apart."""
    found = lines_of([*glyphs("公告", 0.1, 0.1), *glyphs("公告", 0.101, 0.1)], 0.7)
    assert [line.text for line in found] == ["公告"]


def test_doubled_letters_stay_doubled():
    """The same letter twice in a row is two letters."""
    found = lines_of(glyphs("陈某某", 0.1, 0.1), 0.7)
    assert found[0].text == "陈某某"


def test_red_turns_pale_inside_a_seal_only():
    """The letterhead's red stays; the seal's red goes; black under the seal stays."""
    page = Image.new("RGB", (1000, 1400), "white")
    pen = ImageDraw.Draw(page)
    pen.rectangle((100, 100, 900, 140), fill=(220, 20, 20))
    pen.ellipse((500, 1000, 800, 1300), outline=(220, 20, 20), width=10)
    pen.rectangle((550, 1140, 750, 1160), fill="black")
    seal = Seal(
        box=(0.5, 1000 / 1400, 0.8, 1300 / 1400),
        colour=SealColour.RED,
        shape=SealShape.ROUND,
        state=State.FOUND,
        score=1.0,
    )
    cleaned = without_red_seals(pixels(page), [seal])
    assert tuple(cleaned[120, 500]) == (20, 20, 220)
    assert cleaned[1150, 503].min() > 200
    assert cleaned[1150, 650].max() == 0


def test_a_column_of_the_other_side_is_no_line():
    """The detector draws one box around what shines through, and two figures are read in it: letters of a poster."""
    page = blank()
    ImageDraw.Draw(page).rectangle((640, 400, 660, 404), fill=(205, 205, 203))
    shadow = ScriptedEngine(("30", 0.55, (0.76, 0.13, 0.94, 0.95)))
    assert read_page(image_of(page, 100.0), shadow).kind is PageKind.BLANK
    poster = ScriptedEngine(("30", 0.99, (0.76, 0.13, 0.94, 0.95)))
    assert read_page(image_of(page, 100.0), poster).kind is PageKind.CONTENT


def test_a_blank_back_photographed_on_a_desk_is_blank():
    """The desk around the sheet is no ink, nor is the edge where they meet; what stands on the sheet is."""
    desk = Image.new("RGB", (827, 1169), (62, 52, 45))
    pen = ImageDraw.Draw(desk)
    pen.polygon(((25, 15), (795, 12), (810, 1120), (12, 1125)), fill=(226, 216, 200))
    assert read_page(image_of(desk), SILENT).kind is PageKind.BLANK
    for step in range(12):
        pen.ellipse((150 + 20 * step, 200 + 30 * step, 420 + 20 * step, 420 + 30 * step), outline="black", width=6)
    assert read_page(image_of(desk), SILENT).kind is PageKind.CONTENT


def test_a_shadow_is_not_the_busiest_part_of_a_page():
    """Which way up a sheet lies is told by its few lines of print, and not by the shade of its lower half."""
    page = Image.linear_gradient("L").resize((827, 1169)).point(lambda level: 250 - level // 4).convert("RGB")
    for row in range(3):
        ImageDraw.Draw(page).rectangle((150, 130 + 30 * row, 500, 142 + 30 * row), fill="black")
    assert _busiest_part(np.asarray(page)).min() == 0


def test_a_photograph_that_fills_the_page_is_not_blank():
    """A dark wall and a pale sky: nothing of it is a desk around a sheet."""
    scene = Image.new("RGB", (827, 1169), (205, 212, 220))
    ImageDraw.Draw(scene).polygon(((0, 1169), (0, 500), (420, 640), (827, 560), (827, 1169)), fill=(48, 45, 52))
    assert read_page(image_of(scene), SILENT).kind is PageKind.CONTENT
