"""Boxes left open, blank forms, results ticked, and the record of what was done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from auditing_changes import CIVIL, TRIAL
from auditing_forms import (
    PROGRESS,
    REPORT,
    form,
    progress,
    ticks,
    without,
)
from auditing_sheets import audited, line, problems
from auditing_volumes import Paper, complete, found, run, volume

from schemas.base import State
from schemas.reading import PageKind, TextSource


def test_a_form_that_is_filled_in():
    """Every label has its value beside it."""
    assert problems(audited(CIVIL, form()), "form_filled") == []


@pytest.mark.parametrize(
    ("reading", "expected"),
    [({}, ["uncertain"]), ({"text_source": TextSource.LAYER}, ["certain"]), ({"quality": 0.5}, [])],
)
def test_a_box_left_open(reading, expected):
    """On a scan a pen may have been overlooked; in a Word file nothing hides; on a poor page nothing is said."""
    report = audited(CIVIL, form({"案由"}, **reading))
    assert [state for _, state, _ in problems(report, "form_filled")] == expected


def test_a_label_set_upright_beside_its_rows_is_no_box():
    """`受援人` at the side of `姓名` and `案由` heads them; the name stands at `姓名`."""
    paper = form()
    upright = line("受援人", 0.6, 0.02).model_copy(update={"box": (0.02, 0.6, 0.05, 0.66)})
    rest = [one for one in paper.reading["lines"] if not one.text.startswith("受援人")]
    lines = (*rest, upright, line("姓名", 0.6, 0.1), line("陈志强", 0.6, 0.2))
    assert problems(audited(CIVIL, replace(paper, reading={"lines": lines})), "form_filled") == []


def test_a_form_that_someone_wrote_on_by_pen_has_no_open_box():
    """What a pen wrote may not have been read."""
    paper = form({"案由"})
    paper = replace(paper, reading={"lines": (*paper.reading["lines"], line("离婚", 0.5, 0.4, pen=True))})
    assert problems(audited(CIVIL, paper), "form_filled") == []


def test_a_pen_that_ticked_a_printed_choice_fills_no_box():
    """The line of choices is by pen for its ticks, and says nothing of the boxes above it."""
    paper = form({"案由"})
    ticked = line("民事案件：☑判决结案 □调解 □撤诉", 0.5, 0.4, pen=True)
    paper = replace(paper, reading={"lines": (*paper.reading["lines"], ticked)})
    assert problems(audited(CIVIL, paper), "form_filled") == [("incomplete", "uncertain", "correct")]


def test_a_blank_form_in_the_file():
    """Labels and nothing else: not one finding a box, but that the form is blank."""
    rows, facts = complete(CIVIL)
    blank = form({label for label, _ in REPORT})
    report = run(volume([*(paper for _, paper in rows), blank], facts))
    assert problems(report, "blank_form") == [("forbidden", "uncertain", "correct")]
    assert problems(report, "form_filled") == []


def test_a_form_that_is_signed_and_otherwise_empty():
    """Its boxes are open; that someone signed it by pen does not fill them."""
    rows, facts = complete(CIVIL)
    empty = form({label for label, _ in REPORT})
    signed = line("承办人（签名）：李强", 0.8, 0.5, pen=True)
    empty = replace(empty, reading={"lines": (*empty.reading["lines"], signed)})
    papers = [
        replace(empty, marks=paper.marks, fields=paper.fields) if paper.type == "closing_report" else paper
        for _, paper in rows
    ]
    report = run(volume(papers, facts))
    assert problems(report, "form_filled") == [("incomplete", "uncertain", "correct")]
    assert problems(report, "blank_form") == []


def test_a_label_that_stands_twice_is_answered_once():
    """Where the form is signed off its label says who signs, and is no open box."""
    paper = form()
    paper = replace(paper, reading={"lines": (*paper.reading["lines"], line("案由", 0.9, 0.1))})
    assert problems(audited(CIVIL, paper), "form_filled") == []


FOUND, MISSING, UNSURE = State.FOUND, State.MISSING, State.UNCERTAIN


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({"判决/裁决结案": FOUND, "调解": MISSING, "和解": MISSING, "撤诉": MISSING}, []),
        ({"判决/裁决结案": MISSING, "调解": FOUND, "和解": MISSING, "撤诉": MISSING}, [("inconsistent", "uncertain", "correct")]),
        ({"判决/裁决结案": MISSING, "调解": MISSING, "和解": MISSING, "撤诉": MISSING}, [("incomplete", "uncertain", "correct")]),
        ({"判决/裁决结案": MISSING, "调解": MISSING, "和解": MISSING}, []),
        ({"判决/裁决结案": UNSURE, "调解": FOUND, "和解": MISSING, "撤诉": MISSING}, []),
        ({"判决/裁决结案": FOUND, "调解": FOUND, "和解": MISSING, "撤诉": MISSING}, []),
    ],
)  # fmt: skip
def test_the_result_that_is_ticked(states, expected):
    """One tick against another result, or none at all, is a question; a box that was not seen surely settles nothing."""
    assert problems(audited(CIVIL, ticks(**states)), "result_ticked") == expected


@pytest.mark.parametrize(
    "rows",
    [
        tuple(row for row in PROGRESS if "受援人" not in row[3]),
        tuple((*row[:3], "" if "受援人" in row[3] else row[3]) for row in PROGRESS),
    ],
)
def test_a_record_with_an_unread_row_or_cell_lacks_nothing(rows):
    """A number that is passed over, or a row without its text: what stood there is not known."""
    report = audited(CIVIL, progress(rows))
    assert [finding for finding in report.findings if "progress_acts" in finding.rule] == []


def test_a_record_that_speaks_of_everything_is_no_finding():
    """The rows are read, and what must stand in them does."""
    report = audited(CIVIL, progress())
    assert [finding.message for finding in report.findings] == []


def test_nobody_told_the_recipient():
    """No entry of a talk or a report to the recipient: put right before archiving."""
    rows = without("受援人")
    assert problems(audited(CIVIL, progress(rows)), "progress_acts.notification") == [
        ("incomplete", "certain", "correct")
    ]


@pytest.mark.parametrize("reading", [{"quality": 0.6}, {"kind": PageKind.HANDWRITTEN}])
def test_a_record_that_was_not_read_well_lacks_nothing(reading):
    """What could not be read is not missing."""
    rows = without("受援人")
    assert problems(audited(CIVIL, progress(rows, **reading)), "progress_acts.notification") == []


def test_a_record_with_a_lost_character_lacks_nothing():
    """A gap inside a line may have held the word."""
    rows = (*without("受援人"), ("5", "2025.4.21", "电话", "向受 人通 案件结果"))
    assert problems(audited(CIVIL, progress(rows)), "progress_acts.notification") == []


def test_a_loose_page_may_be_the_rest_of_the_record():
    """With a page that nobody knows, the gap is a question."""
    rows, facts = complete(CIVIL)
    record = progress(without("受援人"))
    papers = [replace(record, marks=paper.marks) if paper.type == "progress_record" else paper for _, paper in rows]
    loose = Paper("other", state=State.UNCERTAIN, score=0.2, certain=False)
    report = run(volume([*papers, loose], facts))
    assert problems(report, "progress_acts.notification") == [("incomplete", "uncertain", "correct")]


def test_the_hearing_is_not_recorded():
    """Other steps that the record passes over are noted."""
    assert problems(audited(CIVIL, progress(without("出庭"))), "progress_acts.steps") == [
        ("incomplete", "certain", "note")
    ]


def test_an_entry_that_runs_backwards():
    """One day before the entry above is a slip; a table in no order of days says nothing."""
    slip = [list(row) for row in PROGRESS]
    slip[3][1] = "2025.3.6"
    assert problems(audited(CIVIL, progress(slip)), "progress_dates") == [("out_of_sequence", "certain", "correct")]
    jumbled = [PROGRESS[index] for index in (2, 0, 4, 1, 3)]
    assert problems(audited(CIVIL, progress(jumbled)), "progress_dates") == []


def test_the_hearing_on_another_day_than_the_record_of_it():
    """Two days for one hearing: a question. Two hearings: nothing to compare."""
    moved = [list(row) for row in PROGRESS]
    moved[2][1] = "2025.4.3"
    assert problems(audited(CIVIL, progress(moved)), "progress_dates") == [("inconsistent", "uncertain", "correct")]
    twice = [*PROGRESS[:3], ("3", "2025.4.3", "直接", "出庭参加第二次庭审"), *PROGRESS[3:]]
    assert problems(audited(CIVIL, progress(twice)), "progress_dates") == []


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([("2025.3.9", "到看守所会见被告人")], [("inconsistent", "uncertain", "correct")]),
        ([("2025.3.7", "到看守所会见被告人")], []),
        ([("2025.3.7", "到看守所会被告人"), ("2025.3.12", "会见被告人")], []),
        ([("2025.3.6", "到看守所会被告人"), ("2025.3.12", "再次会见被告人")], []),
        ([("2025.3.6", "申请会见"), ("2025.3.7", "见被告人")], []),
    ],
)
def test_the_meeting_on_another_day_than_the_record_of_it(entries, expected):
    """A day of the meeting record that the table has too is that of the meeting, whatever was read of the words."""
    rows, facts = complete(TRIAL)
    kept = (("2025.3.5", "接受指派"), *entries, ("2025.4.1", "出庭参加庭审"))
    record = progress(tuple((str(at), day, "直接", said) for at, (day, said) in enumerate(kept, start=1)))
    papers = [replace(record, marks=paper.marks) if paper.type == "progress_record" else paper for _, paper in rows]
    assert problems(run(volume(papers, facts)), "progress_dates") == expected


def test_an_entry_before_the_assignment():
    """Nobody works on a case before it is assigned, unless the paper of that day tells it already."""
    early = (("1", "2025.3.2", "直接", "约见受援人"), *PROGRESS)
    fields = {"assigned_on": found("2025-03-05")}
    assert problems(audited(CIVIL, progress(early), fields=fields), "progress_dates") == [
        ("out_of_sequence", "uncertain", "correct")
    ]
    told = (("1", "2025.3.3", "直接", "约见受援人"), *PROGRESS)
    assert problems(audited(CIVIL, progress(told), fields=fields), "progress_dates") == []
