"""The yardstick itself: what the reading bench counts as an error, and what it takes for the truth."""

from __future__ import annotations

import pytest

from bench import reading_names, reading_under_seals
from bench.reading import Clock, times_as_many
from bench.reading_pages import bench_pages
from bench.reading_scoring import Tally, edit_distance, folded, score_reading, score_text
from schemas.reading import Line, PageKind, PageReading, TextSource


@pytest.mark.parametrize(
    ("needle", "text", "edits"),
    [
        ("辩护词", "关于辩护词的", 0),
        ("辩护词", "关于辨护词的", 1),
        ("二〇二五年", "二二五年", 1),
        ("2025年", "日期22025年止", 0),
        ("甲乙丙", "", 3),
        ("甲乙丙", "子丑", 3),
    ],
)
def test_edits_are_counted_at_the_best_place(needle, text, edits):
    """Letters before and behind the best place cost nothing; wrong, missing and added ones cost one each."""
    assert edit_distance(needle, text)[0] == edits


def test_kinds_of_brackets_and_blanks_are_no_errors():
    """〔2024〕 and (2024) are the same number; boxes and dashes of page numbers are not counted."""
    assert folded("湛法援〔2024〕 12 号") == folded("湛法援（2024）12号")
    assert folded("□同意 — 3 —") == "同意3"


def test_the_same_arguments_give_the_same_pages():
    """Pages have print, and their exact values stand in it."""
    pages = bench_pages(4, 7)
    assert pages == bench_pages(4, 7)
    for page in pages:
        assert page.printed
        assert all(any(value in line for line in page.printed) for _, value in page.values)


def test_a_perfect_reading_has_no_errors_and_a_wrong_sure_date_is_one():
    """The truth read back counts as right; one digit changed in a sure line is a confident error."""
    page = next(each for each in bench_pages(12, 7) if any(kind == "date" for kind, _ in each.values))
    date = next(value for kind, value in page.values if kind == "date")
    tally = Tally()
    score_text("\n".join(page.printed), page, tally, "own")
    assert tally.counts["own/wrong"] == 0
    assert tally.counts["own/date_exact"] == tally.counts["own/date"] > 0
    score_reading(_reading("2031年1月1日", page.page.rotation), page, tally, "page")
    assert tally.counts["sure_date_wrong"] == 1
    right = Tally()
    score_reading(_reading(date, page.page.rotation), page, right, "page")
    assert right.counts["sure_date"] == 1
    assert right.counts["sure_date_wrong"] == 0


def test_pages_a_minute_are_held_against_those_of_the_rivals_that_ran():
    """80 pages a minute against one page in three seconds: four times as many. Who did not run is not named."""
    clock = Clock()
    clock.wall["rapidocr"] = 36.0
    assert times_as_many(80.0, clock, 12) == {"rapidocr": 4.0}


def _reading(text: str, turn: int) -> PageReading:
    line = Line(text=text, box=(0.1, 0.1, 0.5, 0.2), score=0.99)
    return PageReading(
        sha256="0" * 64,
        engine="test/1",
        kind=PageKind.CONTENT,
        text_source=TextSource.OCR,
        rotation=turn,
        lines=(line,),
    )


def test_a_date_in_pieces_is_taken_as_a_rule_would_take_it():
    """Pieces of a row are joined, and are as sure as the worst of them; text elsewhere is none of the date."""
    pieces = (("三十日", 0.31, 0.94), ("二〇二四年三月", 0.2, 0.99), ("2024年1月1日", 0.7, 0.99))
    lines = tuple(Line(text=text, box=(x, 0.5, x + 0.1, 0.514), score=score) for text, x, score in pieces)
    reading = _reading("", 0).model_copy(update={"lines": lines})
    true = reading_under_seals.TrueDate(0.2, 0.5, "二〇二四年三月三十日")
    assert reading_under_seals.read_date(reading, true) == (true.text, 0.94)


@pytest.mark.parametrize(("number", "told"), [(3, "三"), (10, "十"), (12, "十二"), (20, "二十"), (31, "三十一")])
def test_days_are_written_as_on_paper(number, told):
    """The numerals of the dates that the bench draws."""
    assert reading_under_seals.in_chinese(number) == told


def test_sheets_of_the_reading_benches_come_again():
    """The same arguments give the same sheets, and every name stands behind its label."""
    assert reading_under_seals.sheet(5, 0, bare=False) == reading_under_seals.sheet(5, 0, bare=False)
    assert len(reading_under_seals.sheet(5, 0, bare=True)[1]) == 6
    _, truth = reading_names.sheet(5, 0, [])
    assert truth == reading_names.sheet(5, 0, [])[1]
    assert all(text.endswith(name) for _, _, text, name in truth)
