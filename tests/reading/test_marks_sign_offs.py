"""Signatures where papers end: below a typed firm, in the upper half of a page, in a form's cell, in rows not read."""

from __future__ import annotations

import numpy as np
import pytest
from marks_painter import BLACK, BLUE, Scan, Sheet, fingerprint, pen_name, scan, stamp_seal

from pipeline.reading.marks import find_marks, find_seals
from pipeline.reading.marks.geometry import Scale
from pipeline.reading.marks.places import find_spots
from pipeline.reading.marks.rooms import Layout
from schemas.base import State
from schemas.reading import Line, SignaturePlace

OFFICE = Scan(skew=0.5, blur=0.5, noise=3, jpeg=75)
GREY = Scan(skew=-0.5, blur=0.5, noise=3, jpeg=75, mode="grey")
PALE = (105, 105, 105)


def paper(rows: int, seed: int = 1) -> Sheet:
    sheet = Sheet(dpi=200, rng=np.random.default_rng(seed))
    sheet.text(85, 20, "情况说明", 7)
    sheet.prose(40, rows)
    return sheet


def pen(sheet: Sheet, x: float, y: float, colour: tuple[int, int, int] = BLACK) -> None:
    ink = pen_name(sheet, "陈某山", 7.0, 0.2, 0.5)
    sheet.blend(ink * 0.85, sheet.px(x), sheet.px(y + 2) - ink.shape[0] / 2, colour)


def places(sheet: Sheet, how: Scan = OFFICE) -> tuple[SignaturePlace, ...]:
    image, lines, _ = scan(sheet, how)
    return find_marks(image, how.dpi, lines, find_seals(image, how.dpi)).signature_places


@pytest.mark.parametrize("how", [OFFICE, GREY])
@pytest.mark.parametrize("signed", [True, False])
def test_name_below_a_typed_firm_is_looked_for(how: Scan, signed: bool) -> None:
    """`辩护人：某某律师事务所`, the name on the next line, then the date."""
    sheet = paper(12)
    end = 100 + sheet.text(100, 200, "辩护人：")
    sheet.text(end, 200, "广东某某律师事务所")
    sheet.lines = sheet.lines[:-2]
    sheet.record("辩护人：广东某某律师事务所", 100, 200, end - 100 + 9 * 4.2, 4.2)
    if signed:
        pen(sheet, 118, 210, BLUE)
    sheet.text(118, 222, "2024年3月5日")
    (place,) = places(sheet, how)
    assert (place.state is State.FOUND) == signed


@pytest.mark.parametrize("signed", [True, False])
def test_short_paper_is_signed_in_the_upper_half(signed: bool) -> None:
    """A mandate of three lines ends at a third of its page."""
    sheet = paper(4)
    end = 115 + sheet.text(115, 82, "委托人：")
    if signed:
        pen(sheet, end + 2, 82)
    sheet.text(120, 94, "2024年3月5日")
    (place,) = places(sheet)
    assert place.state is (State.FOUND if signed else State.MISSING)


def test_the_last_answer_alone_on_the_next_page_is_signed_below() -> None:
    """However short what is asked and answered, it is the record's text, and no head with fields."""
    sheet = Sheet(dpi=200, rng=np.random.default_rng(2))
    for row, words in enumerate(("答：没有了。", "以上笔录我看过，和我说的相符")):
        sheet.text(25, 22 + 8 * row, words)
    end = 25 + sheet.text(25, 44, "被谈话人：")
    pen(sheet, end + 2, 44)
    (place,) = places(sheet)
    assert place.state is State.FOUND


def test_text_that_runs_over_is_signed_at_the_top_of_the_next_page() -> None:
    """Two lines of the last paragraph, then the label."""
    sheet = Sheet(dpi=200, rng=np.random.default_rng(2))
    sheet.prose(22, 2)
    end = 130 + sheet.text(130, 40, "阅卷人：")
    pen(sheet, end + 2, 40)
    sheet.text(135, 52, "2024年3月5日")
    (place,) = places(sheet)
    assert place.state is State.FOUND


@pytest.mark.parametrize("signed", [True, False])
def test_cell_of_a_role_without_a_colon_is_signed_beside_it(signed: bool) -> None:
    """`送达人` in a form's left column, the name in the cell to its right."""
    sheet = paper(3)
    sheet.text(32, 120, "送达人")
    for x in (28, 56, 180):
        sheet.rule(x, 114, x, 131)
    for y in (114, 131):
        sheet.rule(28, y, 180, y)
    if signed:
        pen(sheet, 62, 121)
    (place,) = places(sheet)
    assert (place.label, place.state) == ("送达人", State.FOUND if signed else State.MISSING)


def test_a_cell_with_a_label_of_its_own_is_one_place() -> None:
    """`签收人 | 签名：`: the cell's own label says where to sign; the words beside it ask for no second name."""
    sheet = paper(3)
    sheet.text(32, 120, "签收人")
    for x in (28, 56, 180):
        sheet.rule(x, 114, x, 131)
    for y in (114, 131):
        sheet.rule(28, y, 180, y)
    end = 58 + sheet.text(58, 123, "签名：")
    pen(sheet, end + 3, 122)
    assert [(place.label, place.state) for place in places(sheet)] == [("签名：", State.FOUND)]


def test_label_broken_over_two_lines_of_a_cell_is_one_label() -> None:
    """`受送达人签` / `收`."""
    sheet = paper(3)
    sheet.text(30, 118, "受送达人签")
    sheet.text(38, 123.5, "收")
    for x in (28, 56, 180):
        sheet.rule(x, 113, x, 133)
    for y in (113, 133):
        sheet.rule(28, y, 180, y)
    pen(sheet, 62, 120)
    found = {place.label: place.state for place in places(sheet)}
    assert found == {"受送达人签收": State.FOUND}


def test_pen_darker_than_the_print_is_a_pen() -> None:
    """A grey scan of pale print signed with a gel pen."""
    sheet = paper(12)
    end = 100 + sheet.text(100, 200, "承办律师：", colour=PALE)
    pen(sheet, end + 2, 200)
    (place,) = places(sheet, GREY)
    assert place.state is State.FOUND


def test_row_that_was_not_read_is_read_again_for_its_label() -> None:
    """A fingerprint over the name hides the whole row from line detection."""
    sheet = paper(12)
    end = 100 + sheet.text(100, 200, "受援人（签名）：")
    sheet.lines.pop()
    pen(sheet, end + 2, 200, BLUE)
    fingerprint(sheet, end + 20, 200)
    image, lines, _ = scan(sheet, OFFICE)
    strips = []

    def read_strip(strip: np.ndarray) -> tuple[str, float]:
        strips.append(strip.shape)
        return ("受援人（签名）：", 0.9) if strip.shape[1] > 250 else ("陈某山", 0.7)

    (place,) = find_marks(image, 200, lines, (), read_strip).signature_places
    assert place.state is State.FOUND
    assert all(shape[0] == 48 for shape in strips)


def test_rows_that_were_read_are_not_read_again() -> None:
    """Reading costs time."""
    sheet = paper(12)
    image, lines, _ = scan(sheet, Scan())

    def read_strip(strip: np.ndarray) -> tuple[str, float]:
        raise AssertionError(strip.shape)

    assert find_marks(image, 200, lines, (), read_strip).signature_places == ()


@pytest.mark.parametrize("closing", ["以上笔录我看过，与我讲的一样。", "以上笔录本人已阅，与所述相符。"])
def test_a_record_that_runs_over_is_signed_below_its_closing_words(closing: str) -> None:
    """Its last page begins with the closing words; two roles of one form follow, and the system's own line at the foot."""
    lines = (
        Line(text=closing, box=(0.13, 0.052, 0.43, 0.075), score=0.99),
        Line(text="被会见（谈话）人：", box=(0.09, 0.101, 0.3, 0.141), score=0.99),
        Line(text="律师：", box=(0.42, 0.102, 0.5, 0.142), score=0.99),
        Line(text="浦阳县法律援助处 系统生成 2025/6/3 10:22 2/2", box=(0.345, 0.963, 0.663, 0.979), score=0.99),
    )
    spots = find_spots(Layout(lines, Scale(210.0, 297.0, 4.2), lambda _box, expected, _behind: expected))
    assert [spot.label for spot in spots] == ["被会见（谈话）人：", "律师："]
    assert find_spots(Layout(lines[1:], Scale(210.0, 297.0, 4.2), lambda _box, expected, _behind: expected)) == []


@pytest.mark.parametrize("signed", [True, False])
def test_a_name_behind_role_and_firm_in_one_line(signed: bool) -> None:
    """`代理人：广东某某律师事务所律师　陈某山`, read as one line: what is typed is the firm, and the pen's is behind it."""
    sheet = paper(12)
    words = "代理人：广东某某律师事务所律师"
    end = 60 + sheet.text(60, 200, words)
    name = "陈某山"
    if signed:
        pen(sheet, end + 3, 200, BLUE)
        sheet.lines.pop()
        sheet.record(f"{words} {name}", 60, 200, end + 26 - 60, 4.2)
    else:
        sheet.text(end + 3, 200, name)
        sheet.lines = sheet.lines[:-2]
        sheet.record(f"{words} {name}", 60, 200, end + 3 + 3 * 4.2 - 60, 4.2)
    sheet.text(130, 212, "2024年3月29日")
    (place,) = places(sheet)
    assert (place.state is State.FOUND) == signed


@pytest.mark.parametrize("signed", [True, False])
def test_a_sign_off_alone_on_a_page_of_its_own(signed: bool) -> None:
    """A pleading's last page may begin with who signs it: the day stands right below."""
    sheet = Sheet(dpi=200, rng=np.random.default_rng(4))
    end = 130 + sheet.text(130, 20, "具状人：")
    if signed:
        pen(sheet, end + 2, 20)
    sheet.text(130, 32, "2024年3月21日")
    sheet.text(28, 46, "附：1.本诉状副本一份；2.证据材料一套。")
    (place,) = places(sheet)
    assert (place.state is State.FOUND) == signed


@pytest.mark.parametrize(("offset", "expected"), [(-30.0, State.FOUND), (4.0, State.UNCERTAIN)])
def test_a_name_beside_a_grey_seal_is_told(offset: float, expected: State) -> None:
    """Where the seal reaches over the place and not over the name; in the seal nobody can tell a pen from its words."""
    sheet = paper(12)
    end = 100 + sheet.text(100, 200, "辩护人：")
    pen(sheet, end + 24, 200)
    stamp_seal(sheet, end + 36 + offset, 202)
    (place,) = places(sheet, GREY)
    assert place.state is expected
