"""Boxes to tick, codes, and the front door."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import zxingcpp
from marks_painter import HEI, Scan, Sheet, scan, stamp_seal

from pipeline.reading import load_engine
from pipeline.reading.marks import find_marks, find_seals
from pipeline.reading.marks.tick_frames import _is_box
from schemas.base import State
from schemas.reading import SealColour, TickBox

OFFICE = Scan(skew=0.4, blur=0.5, noise=3, jpeg=75)
POOR = Scan(dpi=150, skew=0.8, blur=0.8, noise=6, jpeg=50, mode="grey")


def option(sheet: Sheet, y: float, words: str, read_as: str, tick: str) -> None:
    """At 40 mm from the left a printed box of 3.4 mm with its option; `read_as` is the character the line reader made of the box."""
    x = 40.0
    for x0, y0, x1, y1 in ((0, 0, 3.4, 0), (0, 3.4, 3.4, 3.4), (0, 0, 0, 3.4), (3.4, 0, 3.4, 3.4)):
        sheet.rule(x + x0, y + y0, x + x1, y + y1, 0.25)
    if tick == "check":
        sheet.rule(x + 0.6, y + 1.6, x + 1.5, y + 3.0, 0.5)
        sheet.rule(x + 1.5, y + 3.0, x + 4.2, y - 1.0, 0.5)
    elif tick == "cross":
        sheet.rule(x + 0.4, y + 0.4, x + 3.0, y + 3.0, 0.5)
        sheet.rule(x + 3.0, y + 0.4, x + 0.4, y + 3.0, 0.5)
    elif tick == "low":
        sheet.rule(x - 1.6, y + 2.4, x + 0.9, y + 5.2, 0.5)
        sheet.rule(x + 0.9, y + 5.2, x + 5.0, y - 1.4, 0.5)
    elif tick == "near":
        sheet.rule(x - 2.0, y + 4.4, x + 1.0, y + 4.4, 0.5)
    elif tick == "black":
        sheet.rule(x + 0.3, y + 1.7, x + 3.1, y + 1.7, 3.0)
    width = sheet.text(x + 4.4, y - 0.6, words)
    sheet.lines.pop()
    left = x if read_as else x + 4.4
    sheet.record(read_as + words, left, y - 0.4, x + width + 4.4 - left, 4.2)


def form() -> Sheet:
    sheet = Sheet(dpi=200, rng=np.random.default_rng(3))
    sheet.prose(40, 6)
    return sheet


def ticks(sheet: Sheet, how: Scan) -> dict[str, TickBox]:
    image, lines, _ = scan(sheet, how)
    return {box.label: box for box in find_marks(image, how.dpi, lines, ()).tick_boxes}


def thin_box(sheet: Sheet, x: float, words: str, level: int, *, ticked: bool, y: float = 130.0) -> None:  # noqa: PLR0913 - a place, words and a state
    for x0, y0, x1, y1 in ((0, 0, 3.4, 0), (0, 3.4, 3.4, 3.4), (0, 0, 0, 3.4), (3.4, 0, 3.4, 3.4)):
        sheet.rule(x + x0, y + y0, x + x1, y + y1, 0.2, (level, level, level))
    if ticked:
        sheet.rule(x + 0.6, y + 1.6, x + 1.5, y + 2.8, 0.4)
        sheet.rule(x + 1.5, y + 2.8, x + 3.6, y - 0.6, 0.4)
    sheet.text(x + 4.4, y - 0.4, words)


def test_a_box_drawn_thin_is_seen_beside_one_that_is_printed_plainly() -> None:
    """The line of the one comes out too pale for ink; its row has another."""
    sheet = form()
    thin_box(sheet, 40, "直接送达", 165, ticked=True)
    thin_box(sheet, 80, "邮寄送达", 60, ticked=False)
    sheet.lines[-1] = sheet.lines[-1].model_copy(update={"text": "□邮寄送达"})
    found = {label: box.state for label, box in ticks(sheet, OFFICE).items()}
    assert found == {"直接送达": State.FOUND, "邮寄送达": State.MISSING}


def test_a_thin_box_beside_two_that_stand_a_hair_apart_is_told_once() -> None:
    """Boxes of one row differ in height by a pixel; the row is searched once."""
    sheet = form()
    thin_box(sheet, 40, "直接送达", 165, ticked=True)
    thin_box(sheet, 80, "邮寄送达", 60, ticked=False)
    thin_box(sheet, 120, "留置送达", 60, ticked=False, y=130.4)
    sheet.lines[-1] = sheet.lines[-1].model_copy(update={"text": "□留置送达"})
    assert sorted(box.label for box in find_all(sheet)) == sorted(["直接送达", "邮寄送达", "留置送达"])


def find_all(sheet: Sheet) -> list[TickBox]:
    image, lines, _ = scan(sheet, OFFICE)
    return list(find_marks(image, OFFICE.dpi, lines, ()).tick_boxes)


@pytest.mark.parametrize(
    ("strokes", "box"),
    [
        ((), True),
        (((36, 22, 44, 24),), True),  # a tick that runs out at the top
        (((20, 48, 40, 50),), False),  # 县: the frame stands on another stroke
        (((10, 25, 20, 27), (10, 35, 20, 37), (12, 20, 15, 44)), False),  # 援: a stroke joins it on its left
    ],
)
def test_a_frame_inside_a_letter_is_no_ticked_box(strokes: tuple[tuple[int, int, int, int], ...], box: bool) -> None:
    """Four sides with ink between them are a box where nothing stands close below, nor joined to them on the left."""
    ink = np.zeros((80, 80), np.uint8)
    for x0, y0, x1, y1 in (
        (20, 20, 44, 22),
        (20, 42, 44, 44),
        (20, 20, 22, 44),
        (42, 20, 44, 44),
        (26, 30, 38, 33),
        *strokes,
    ):
        ink[y0:y1, x0:x1] = 1
    assert _is_box(ink, 20, 20, 24, in_row=False) is box


def test_the_tip_of_a_tick_may_reach_below_a_box_that_stands_beside_an_empty_one() -> None:
    """A pen's tick turns below the bottom line as often as above it; alone, ink below may be a letter's."""
    ink = np.zeros((80, 80), np.uint8)
    cv2.rectangle(ink, (20, 20), (43, 43), 1, 2)
    cv2.line(ink, (24, 36), (30, 48), 1, 3)
    cv2.line(ink, (30, 48), (50, 12), 1, 3)
    assert _is_box(ink, 20, 20, 24, in_row=True)
    assert not _is_box(ink, 20, 20, 24, in_row=False)


def test_solid_ink_amid_bold_strokes_is_no_filled_box() -> None:
    """Part of a name written with a broad pen: strokes go on below it and beside it."""
    ink = np.zeros((80, 80), np.uint8)
    ink[10:70, 8:60] = 1
    assert not _is_box(ink, 20, 20, 24, in_row=True)


@pytest.mark.parametrize("how", [OFFICE, POOR])
def test_ticked_and_empty_boxes_are_told_apart(how: Scan) -> None:
    """By the ink in the frame, whatever the reader took the box for."""
    sheet = form()
    for row, (words, read_as, tick) in enumerate(
        [
            ("一般代理", "□", ""),
            ("特别授权", "口", "check"),
            ("法律咨询", "□", "cross"),
            ("代拟文书", "■", "black"),
            ("刑事辩护", "口", ""),
        ]
    ):
        option(sheet, 120 + 12 * row, words, read_as, tick)
    found = {words: box.state for words, box in ticks(sheet, how).items()}
    assert found == {
        "一般代理": State.MISSING,
        "特别授权": State.FOUND,
        "法律咨询": State.FOUND,
        "代拟文书": State.FOUND,
        "刑事辩护": State.MISSING,
    }


def test_boxes_that_the_line_reader_dropped_are_found() -> None:
    """Most boxes leave no trace in the text of their line: their shape tells where they are."""
    sheet = form()
    for row, (words, tick) in enumerate(
        [("一般代理", ""), ("特别授权", "check"), ("法律咨询", "cross"), ("代拟文书", "")]
    ):
        option(sheet, 120 + 12 * row, words, "", tick)
    found = {words: box.state for words, box in ticks(sheet, OFFICE).items()}
    assert found == {
        "一般代理": State.MISSING,
        "特别授权": State.FOUND,
        "法律咨询": State.FOUND,
        "代拟文书": State.MISSING,
    }


@pytest.mark.parametrize("how", [OFFICE, POOR])
def test_a_tick_that_misses_the_middle_is_a_tick(how: Scan) -> None:
    """Pens are quick: the hook hangs below the box and the long stroke cuts a corner of it."""
    sheet = form()
    for row, (words, tick) in enumerate([("全部采纳", "low"), ("部分采纳", ""), ("未采纳", ""), ("其他情形", "near")]):
        option(sheet, 120 + 12 * row, words, "□", tick)
    found = {words: box.state for words, box in ticks(sheet, how).items()}
    assert found == {
        "全部采纳": State.FOUND,
        "部分采纳": State.MISSING,
        "未采纳": State.MISSING,
        "其他情形": State.MISSING,
    }


def test_cells_for_single_digits_are_no_boxes_to_tick() -> None:
    """A row of squares for the digits of an identity number, some of them still empty."""
    sheet = form()
    sheet.table(120, 1, columns=18, left=40, right=80, pitch=5)
    sheet.text(20, 121, "公民身份号码")
    assert ticks(sheet, OFFICE) == {}


@pytest.mark.parametrize(
    "words",
    ["日　　期：二〇二四年三月五日", "因　　由：口头申请，已回复", "户　　口：田某某　固定电话", "四、原因：国有"],
)
def test_characters_with_a_frame_are_no_boxes_to_tick(words: str) -> None:
    """日, 因, 口, 回, 田, 固 and 国, in labels set wide as in words, on a page that has boxes."""
    sheet = form()
    option(sheet, 120, "一般代理", "□", "")
    option(sheet, 135, "特别授权", "□", "check")
    sheet.text(30, 160, words)
    sheet.text(30, 175, words, 3.6, HEI)
    image, lines, _ = scan(sheet, OFFICE)

    engine = load_engine("ppocr")

    def read_strip(strip: np.ndarray) -> tuple[str, float]:
        line = engine.read_line(strip)
        return line.text, line.score

    found = find_marks(image, OFFICE.dpi, lines, (), read_strip).tick_boxes
    assert [box.label for box in found if box.box[1] > 0.5] == []


def test_page_without_boxes_has_no_options() -> None:
    """口 in a name or a word is not a box."""
    sheet = form()
    sheet.text(30, 120, "口头申请的情况")
    sheet.text(30, 130, "日期：2024年3月5日")
    assert ticks(sheet, OFFICE) == {}


def test_box_that_is_read_but_not_seen_is_in_doubt() -> None:
    """The reading says □, the picture shows nothing."""
    sheet = form()
    sheet.record("□一般代理", 40, 150, 24, 4.2)
    assert ticks(sheet, OFFICE)["一般代理"].state is State.UNCERTAIN


@pytest.mark.parametrize("how", [OFFICE, POOR])
def test_qr_code_is_read_with_its_place(how: Scan) -> None:
    """A court's QR code of 25 mm."""
    sheet = form()
    code = np.asarray(
        zxingcpp.create_barcode("https://example.invalid/a?id=20240305", zxingcpp.BarcodeFormat.QRCode).to_image(
            scale=1
        )
    )
    side = round(sheet.px(25))
    big = cv2.resize(code, (side, side), interpolation=cv2.INTER_NEAREST)
    sheet.blend((255 - big).astype(np.float32) / 255, sheet.px(150), sheet.px(20), (20, 20, 20))
    image, lines, _ = scan(sheet, how)
    (found,) = find_marks(image, how.dpi, lines, ()).codes
    assert found.text == "https://example.invalid/a?id=20240305"
    assert found.box[0] == pytest.approx(150 / 210, abs=0.03)
    assert found.box[1] == pytest.approx(20 / 297, abs=0.03)


@pytest.mark.parametrize("ink", [(170, 30, 36), (20, 20, 20)], ids=["red", "black"])
def test_a_code_is_no_square_seal(ink: tuple[int, int, int]) -> None:
    """Its three finder squares tell it from characters in a frame, though it cannot be read."""
    sheet = form()
    modules = (np.random.default_rng(5).random((29, 29)) < 0.5).astype(np.float32)
    for row, column in ((0, 0), (0, 22), (22, 0)):
        modules[row : row + 7, column : column + 7] = 1
        modules[row + 1 : row + 6, column + 1 : column + 6] = 0
        modules[row + 2 : row + 5, column + 2 : column + 5] = 1
    side = round(sheet.px(24))
    sheet.blend(cv2.resize(modules, (side, side), interpolation=cv2.INTER_NEAREST), sheet.px(150), sheet.px(20), ink)
    image, _, _ = scan(sheet, OFFICE)
    assert find_seals(image, OFFICE.dpi) == ()


def test_page_of_text_has_no_codes() -> None:
    """Print alone is not searched to the end, and holds none."""
    image, lines, _ = scan(form(), OFFICE)
    assert find_marks(image, OFFICE.dpi, lines, ()).codes == ()


@pytest.mark.parametrize(("score", "text"), [(0.9, "某某市某某区法律援助处"), (0.3, "")])
def test_words_on_the_ring_are_kept_if_read_well(score: float, text: str) -> None:
    """The reader is given a strip of the line reader's height; a doubtful reading is dropped."""
    sheet = form()
    stamp_seal(sheet, 150, 180)
    image, lines, _ = scan(sheet, OFFICE)
    heights: list[int] = []

    def read_strip(strip: np.ndarray) -> tuple[str, float]:
        heights.append(strip.shape[0])
        return "某某市某某区法律援助处", score

    (seal,) = find_marks(image, OFFICE.dpi, lines, find_seals(image, OFFICE.dpi), read_strip).seals
    assert seal.text == text
    assert seal.colour is SealColour.RED
    assert heights == [48]
