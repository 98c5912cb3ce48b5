"""Pages that slope, and tables of days and figures: what stands in one row belongs together."""

from __future__ import annotations

from cataloguing_pages import page
from test_cataloguing_fields import assignment, closing, mandate

from pipeline.auditing.layout import _in_one_row
from pipeline.cataloguing import catalogue
from pipeline.cataloguing.layout import PageView
from pipeline.cataloguing.signing import placed_dates
from schemas.base import Box
from schemas.reading import Line, PageKind, PageReading, TextSource
from schemas.volume import Page

CELL = 0.1
FALL = 0.07 * 1654 / 2339
"""What a page that slopes by four degrees falls in its own width, as a share of its height."""


def sloping(*rows: tuple[str, ...], skew: float = 4.0) -> Page:
    """Rows of cells on a page whose right side lies lower, told to slope by `skew` degrees."""
    lines = [
        Line(text=text, box=_cell(row, column), score=0.99)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    ]
    reading = PageReading(
        sha256="0" * 64, engine="hand", kind=PageKind.CONTENT, text_source=TextSource.OCR, lines=tuple(lines),
        skew=skew, width=1654, height=2339, quality=0.99,
    )  # fmt: skip
    return Page(number=1, reading=reading)


def _cell(row: int, column: int) -> Box:
    left, top = 0.1 + 0.2 * column, 0.2 + 0.03 * row
    shift = FALL * (left + CELL / 2)
    return left, top + shift, left + CELL, top + 0.022 + shift


ROWS = (("受指派日", "2024年3月15日", "结案日", "2024年5月14日"), ("填报日期:", "年月", "", "日"))


def test_the_rows_of_a_sloping_page_are_those_of_its_table() -> None:
    """By four degrees the last cell of a row lies lower than the first of the next."""
    view = PageView(sloping(*ROWS))
    assert [[segment.text for segment in row] for row in view.rows] == [[text for text in row if text] for row in ROWS]
    assert [date.alone for date in placed_dates((view,)) if date.hit.value] == [False, False]


def test_rows_of_a_level_page_stay_as_they_are() -> None:
    """Without a slope nothing is moved."""
    reading = sloping(*ROWS, skew=0.3).reading
    assert all(reading.level(line.box) == line.box for line in reading.lines)


def test_the_place_of_what_was_found_is_not_moved() -> None:
    """Rows are told as if the page were level; boxes are those of the page."""
    view = PageView(sloping(*ROWS))
    assert {segment.box for segment in view.segments} == {line.box for line in view.reading.lines}


def test_a_day_and_the_page_number_behind_it_are_two() -> None:
    """`2024.05.09` in one cell of a contents list and `6` in the next."""
    view = PageView(sloping(("6", "给予法律援助决定书", "2024.05.09", "6"), skew=0.0))
    assert [date.hit.value for date in placed_dates((view,))] == ["2024-05-09"]


def test_a_day_broken_between_two_lines_is_one() -> None:
    """`2024年5月1` and `3日`: the first half is no day by itself that fills its cell."""
    view = PageView(sloping(("", "2024年5月1", "3日"), skew=0.0))
    assert [date.hit.value for date in placed_dates((view,))] == ["2024-05-13"]


def test_words_written_downwards_are_in_no_row() -> None:
    """The title of a list that runs down its side does not make one row of ten."""
    side, upper, lower = (0.1, 0.1, 0.13, 0.4), (0.2, 0.12, 0.3, 0.14), (0.2, 0.16, 0.3, 0.18)
    assert not _in_one_row(side, upper)
    assert not _in_one_row(side, lower)
    assert _in_one_row(upper, (0.4, 0.121, 0.5, 0.139))


def test_a_card_with_a_note_of_whose_father_it_is_is_the_agents() -> None:
    """`周海波系陈志强父亲` names the recipient, whose card it is not."""
    card = page(4, None, ["姓名 周海波", "性别 男 民族 汉", "出生 1968年2月1日", "签发机关 湛江市公安局", "{}"])
    for note, type_ in (("周海波系陈志强父亲", "agent_identity"), ("此件由陈志强提供", "identity_document")):
        lines = [each.model_copy(update={"text": each.text.format(note)}) for each in card.reading.lines]
        noted = card.model_copy(update={"reading": card.reading.model_copy(update={"lines": tuple(lines)})})
        assert catalogue([assignment(1), mandate(2), closing(3), noted]).documents[-1].type == type_
