"""The contents list and the count of pages, held against the volume."""

from __future__ import annotations

from dataclasses import replace

import pytest
from auditing_changes import CIVIL
from auditing_forms import (
    LISTED,
    all_titles,
    contents,
    note,
    stamped,
)
from auditing_sheets import audited, line, problems, sheet
from auditing_volumes import complete, run, volume

from pipeline.auditing.rules.contents import Entry, _is_misread
from schemas.base import Place
from schemas.reading import TextSource


def test_a_list_that_names_every_paper():
    """Nothing to say of it."""
    assert problems(audited(CIVIL, contents(all_titles())), "contents") == []


def test_a_list_that_names_a_paper_too_many():
    """A paper that is listed and that no page can be is a question."""
    report = audited(CIVIL, contents([*all_titles(), "庭前会议记录"]))
    assert problems(report, "contents") == [("inconsistent", "uncertain", "correct")]
    assert any("庭前会议记录" in finding.message for finding in report.findings)


def test_a_missing_paper_is_told_once():
    """Where the checklist misses the listed paper, its own finding says so."""
    rows, facts = complete(CIVIL)
    listed = replace(contents(all_titles()), marks={})
    papers = [
        listed if paper.type == "contents_list" else paper for _, paper in rows if paper.type != "assignment_notice"
    ]
    assert [finding.document_type for finding in run(volume(papers, facts)).findings] == ["assignment_notice"]


def test_a_list_that_leaves_a_paper_out():
    """A paper of ours that the list passes over; one of a kind that lists pass over is none."""
    titles = [title for title in all_titles() if title != "授权委托书"]
    report = audited(CIVIL, contents(titles))
    assert problems(report, "contents") == [("inconsistent", "uncertain", "correct")]
    assert "授权委托书" in report.findings[0].message
    loose = [title for title in all_titles() if title not in ("证据目录", "身份证明")]
    assert problems(audited(CIVIL, contents(loose)), "contents") == []


def test_a_list_that_names_a_paper_in_brackets_lists_it():
    """`委托手续（授权委托书）` names the paper, under a word of the office's own."""
    titles = ["委托手续（授权委托书）" if title == "授权委托书" else title for title in all_titles()]
    assert problems(audited(CIVIL, contents(titles)), "contents") == []


def in_two_columns(titles):
    """The list's first half at the left, its second at the right of one page."""
    half = (len(titles) + 1) // 2
    lines = [line("卷内目录", 0.05, 0.45)]
    lines += [
        line(word, 0.1, left)
        for left, word in (
            (0.1, "序号"),
            (0.16, "材料名称"),
            (0.42, "页码"),
            (0.5, "序号"),
            (0.56, "材料名称"),
            (0.84, "页码"),
        )
    ]
    for at, title in enumerate(titles):
        left, top = (0.1, 0.14 + 0.03 * at) if at < half else (0.5, 0.14 + 0.03 * (at - half))
        lines += [line(str(at + 1), top, left), line(title, top, left + 0.06), line(str(at + 1), top, left + 0.33)]
    return sheet("contents_list", tuple(lines))


def test_a_list_in_two_columns():
    """Every row names two papers, also by a short word of its own."""
    titles = ["委托手续（授权委托书）" if title == "授权委托书" else title for title in all_titles()]
    assert problems(audited(CIVIL, in_two_columns(titles)), "contents") == []
    short = [title.removeprefix("法律援助") for title in all_titles()]
    assert problems(audited(CIVIL, in_two_columns(short)), "contents") == []
    left_out = [title for title in all_titles() if title != "授权委托书"]
    assert problems(audited(CIVIL, in_two_columns(left_out)), "contents") == [("inconsistent", "uncertain", "correct")]


def test_a_paper_that_stands_for_another_is_named_in_brackets():
    """`经济困难证明（授权委托书）` is in the volume, as what stands in its brackets."""
    report = audited(CIVIL, contents([*all_titles(), "庭前会议记录（授权委托书）"]))
    assert problems(report, "contents") == []


def test_a_list_with_an_unread_row_leaves_nothing_out():
    """A number without a title is a row that was not read: the paper may stand there."""
    report = audited(CIVIL, contents(["" if title == "授权委托书" else title for title in all_titles()]))
    assert problems(report, "contents") == []


def test_a_list_that_calls_a_paper_by_its_own_words_lists_it():
    """What the sheet is headed counts, not what papers of its type are called."""
    rows, facts = complete(CIVIL)
    papers = [paper for _, paper in rows]
    named = [title for title in all_titles() if title != "授权委托书"]
    own = "农民工身份情况承诺书"
    papers = [
        contents([*named, own])
        if paper.type == "contents_list"
        else replace(paper, text=f"{own}\n{paper.text}")
        if paper.type == "power_of_attorney"
        else paper
        for paper in papers
    ]
    assert problems(run(volume(papers, facts)), "contents") == []


def test_a_page_far_beyond_the_volume_was_misread():
    """`415` is what was read of `14-15`: no list of forty pages gives that number."""
    from auditing_volumes import material_title

    rows, facts = complete(CIVIL)
    papers = [paper for _, paper in rows]
    pages = {material_title(paper.type): number for number, paper in enumerate(papers, start=1)}
    pages["结案报告表"] = 415
    papers = [contents(all_titles(), pages) if paper.type == "contents_list" else paper for paper in papers]
    assert problems(run(volume(stamped(papers), facts)), "contents") == []


@pytest.mark.parametrize("reading", [{"quality": 0.7}, {"low_quality": True}])
def test_a_list_that_was_not_read_says_nothing(reading):
    """Nor does one of which only a few rows could be read."""
    assert problems(audited(CIVIL, contents(LISTED, **reading)), "contents") == []
    assert problems(audited(CIVIL, contents(LISTED[:3])), "contents") == []


@pytest.mark.parametrize(("listed", "expected"), [(0, []), (1, []), (5, [("inconsistent", "uncertain", "correct")])])
def test_a_wrong_page_in_the_list(listed, expected):
    """Pages are held against the numbers stamped on the sheets; one more or less may be a title sheet."""
    rows, facts = complete(CIVIL)
    papers = [paper for _, paper in rows]
    from auditing_volumes import material_title

    pages = {material_title(paper.type): number for number, paper in enumerate(papers, start=1)}
    pages["结案报告表"] += listed
    papers = [contents(all_titles(), pages) if paper.type == "contents_list" else paper for paper in papers]
    assert problems(run(volume(stamped(papers), facts)), "contents") == expected


@pytest.mark.parametrize(
    ("words", "expected"), [("与办案机关往来一览", []), (None, [("inconsistent", "uncertain", "correct")])]
)
def test_a_paper_is_listed_by_its_page_whatever_it_is_called(words, expected):
    """The office's own words, and the number that is stamped on the sheet; a range holds what lies in it."""
    from auditing_volumes import material_title

    rows, facts = complete(CIVIL)
    papers = [paper for _, paper in rows]
    pages = {material_title(paper.type): number for number, paper in enumerate(papers, start=1)}
    own = pages["授权委托书"]
    pages["结案报告表"] = f"{pages['结案报告表'] - 4}-{pages['结案报告表']}"
    titles = [title for title in all_titles() if title != "授权委托书"] + ([words] if words else [])
    listed = contents(titles, pages | {words: own})
    papers = [listed if paper.type == "contents_list" else paper for paper in papers]
    assert problems(run(volume(stamped(papers), facts)), "contents") == expected


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (("1", "2", "3-4", "7", "8", "9"), [("inconsistent", "uncertain", "correct")]),
        (("1", "2", "3-4", "5", "6", "7"), []),
        (("1", "3", "5-6", "9", "12", "14"), []),
    ],
)
def test_a_list_that_passes_pages_over(pages, expected):
    """One gap in a list that gives its papers' ends is a paper left out; many gaps are another way to count."""
    titles = ["法律援助申请表", "指派通知书", "谈话笔录", "代理词", "民事判决书", "结案报告表"]
    more = [title for title in all_titles() if title not in titles]
    last = int(pages[-1])
    numbers = dict(zip(titles, pages, strict=True)) | {title: str(last + at) for at, title in enumerate(more, start=1)}
    assert problems(audited(CIVIL, contents([*titles, *more], numbers)), "contents") == expected


@pytest.mark.parametrize(
    ("pages", "stamp", "misread"),
    [
        ((22, 23, 21, 25), 24, True),  # the thin bar of a 4 was lost
        ((22, 23, 21, 25), 27, False),  # the paper is no more in the list's order there
        ((18, 19, 21, 25), 24, False),  # as it is told it keeps the order
        ((22, 23, 12, 25), 24, False),  # two figures are others
    ],
)
def test_a_page_out_of_the_lists_order_was_misread(pages, stamp, misread):
    """One figure off, between a page before and a page behind that the true one fits."""
    place = Place(page=2, box=None)
    entries = [Entry("结案报告表", page, None, 0.99, handwritten=False, place=place) for page in pages]
    assert _is_misread(entries, 2, stamp) is misread


def test_a_stamp_of_which_a_figure_was_lost_is_no_wrong_page():
    """`2` between 21 and 23 is what was read of `22`."""
    from auditing_volumes import material_title

    rows, facts = complete(CIVIL)
    papers = [paper for _, paper in rows]
    pages = {material_title(paper.type): number for number, paper in enumerate(papers, start=1)}
    papers = [contents(all_titles(), pages) if paper.type == "contents_list" else paper for paper in papers]
    whole = stamped(papers)
    at = next(place for place, paper in enumerate(papers) if paper.type == "closing_report")
    short = replace(papers[at], reading={**papers[at].reading, "lines": (line("2", 0.03, 0.92),)})
    assert problems(run(volume([*whole[:at], short, *whole[at + 1 :]], facts)), "contents") == []


@pytest.mark.parametrize(
    ("offset", "pen", "expected"),
    [
        (0, False, []),
        (-3, False, []),
        (9, False, ["certain"]),
        (-9, False, ["certain"]),
        (9, True, []),
    ],
)
def test_the_number_of_pages_on_the_last_sheet(offset, pen, expected):
    """It may leave out cover, list and note; a number by pen is misread too often to be asked about."""
    pages = len(complete(CIVIL)[0])
    report = audited(CIVIL, note(f"本卷共{pages + offset}页，已按相关规定立卷归档。", pen=pen))
    assert [state for _, state, _ in problems(report, "page_count")] == expected


@pytest.mark.parametrize(("width", "expected"), [(4958, []), (3508, [("inconsistent", "certain", "correct")])])
def test_two_leaves_on_one_sheet_may_be_counted_as_two(width, expected):
    """A3 lying, at 300 dpi; a table on a lying A4 is one leaf."""
    rows, facts = complete(CIVIL)
    whole = note(f"本卷共{len(rows) + 3}页，已按相关规定立卷归档。")
    papers = [whole if paper.type == "volume_note" else paper for _, paper in rows]
    lying = {"width": width, "height": width * 7 // 10, "dpi": 300}
    papers = [
        replace(paper, reading={**paper.reading, **lying}) if at in (4, 5, 6) else paper
        for at, paper in enumerate(papers)
    ]
    assert problems(run(volume(papers, facts)), "page_count") == expected


def test_a_count_that_may_have_lost_a_figure_says_nothing():
    """`3` is what was read of `30`: nobody counts three pages in a volume of thirty."""
    pages = len(complete(CIVIL)[0])
    report = audited(CIVIL, note(f"本卷共{str(pages)[0]}页，已按相关规定立卷归档。"))
    assert problems(report, "page_count") == []


def test_pages_of_a_word_file_are_not_counted():
    """A text has no sheets."""
    rows, facts = complete(CIVIL)
    papers = [note("本卷共99页") if paper.type == "volume_note" else paper for _, paper in rows]
    papers[0] = replace(papers[0], reading={"text_source": TextSource.LAYER})
    assert problems(run(volume(papers, facts)), "page_count") == []
