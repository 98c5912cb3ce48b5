"""What a person is asked: only what the papers leave open, and only where the answer matters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from auditing_sheets import line, problems
from auditing_volumes import Paper, complete, found, list_of, run, volume

from schemas.base import State
from schemas.case import Kind, Origin, Stage
from schemas.reading import PageKind
from schemas.report import Effect, ItemState, Problem

CIVIL = list_of(Kind.CIVIL, Stage.TRIAL_FIRST)
TRIAL = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)


def without(checklist, type_, *more, **changes):
    """A complete file that lacks the papers of one type, with others behind."""
    rows, facts = complete(checklist, **changes)
    return run(volume([*(paper for _, paper in rows if paper.type != type_), *more], facts))


def loose(type_):
    """A page that may be a paper of the type, and that nobody is sure of."""
    return Paper("other", state=State.UNCERTAIN, score=0.2, certain=False, candidates=(type_,))


def test_a_doubt_about_what_would_only_be_noted_is_not_asked():
    """The checklist shows it open; surely missing, it is noted; what would be put right is asked."""
    item = next(item for item, _ in complete(CIVIL, appealable=True)[0] if item.effect is Effect.NOTE)
    type_ = item.materials[0]
    assert [finding.problem for finding in without(CIVIL, type_, appealable=True).findings] == [Problem.MISSING]
    report = without(CIVIL, type_, loose(type_), appealable=True)
    assert report.findings == ()
    assert {row.state for row in report.checklist if row.item == item.key} == {ItemState.UNCERTAIN}
    assert len(without(CIVIL, "power_of_attorney", loose("power_of_attorney")).findings) == 1


def test_an_explained_absence_names_the_explanation_before_a_page_that_nobody_knows():
    """The reason that the lawyer gave is what a person has to weigh."""
    explained = Paper("explanation", text="庭审笔录法院不予复制，承办人已到庭核对。")
    report = without(TRIAL, "hearing_record", explained, loose("hearing_record"))
    (finding,) = report.findings
    assert "情况说明" in finding.message
    assert len(finding.evidence) == 2, "the unknown page is named as well"


@pytest.mark.parametrize(
    ("assigned", "expected"),
    [("2025-03-06", []), ("2025-03-07", []), ("2025-03-10", ["uncertain"]), ("2025-03-11", ["certain"])],
)
def test_a_day_or_two_on_the_way_is_not_asked_about(assigned, expected):
    """A notice is not received on the day that it bears."""
    rows, facts = complete(TRIAL)
    days = {"defence_notice": "2025-03-03", "assignment_notice": assigned}
    papers = [
        replace(paper, fields={"date": found(days[paper.type])}) if paper.type in days else paper for _, paper in rows
    ]
    report = run(volume(papers, facts))
    assert [state for _, state, _ in problems(report, "term.assignment_after_notice")] == expected


WORDS = "今欠陈小明人民币贰万叁仟元整，定于年底前付清，逾期按照年利率百分之六计付利息，空口无凭，特立此据为证，欠款人王大力。"


@pytest.mark.parametrize(
    ("kind", "dpi", "expected"),
    [
        (PageKind.HANDWRITTEN, 200, []),
        (PageKind.HANDWRITTEN, None, []),
        (PageKind.HANDWRITTEN, 150, ["uncertain"]),
        (PageKind.CONTENT, 200, ["certain"]),
    ],
)
def test_a_pen_that_is_hard_to_read_is_no_poor_scan(kind, dpi, expected):
    """A note by hand reads badly off the best of scans; print that does not is the scanner's doing."""
    rows, facts = complete(CIVIL)
    pen = kind is PageKind.HANDWRITTEN
    lines = tuple(line(WORDS, 0.1 + 0.1 * number, score=0.7, pen=pen) for number in range(2))
    reading = {"kind": kind, "dpi": dpi, "low_quality": True, "quality": 0.7, "lines": lines}
    papers = [replace(paper, reading=reading) if paper.type == "evidence" else paper for _, paper in rows]
    assert [state for _, state, _ in problems(run(volume(papers, facts)), "illegible")] == expected


OPEN = {"result": None, "settled": None}


@pytest.mark.parametrize(
    ("settled", "outcome", "asked"),
    [
        ({"result": "judgment", "settled": False}, "there", False),
        (OPEN, "there", True),
        (OPEN, "gone", False),
        (OPEN, "doubtful", True),
    ],
)
def test_how_the_case_ended_is_asked_where_a_paper_could_tell(settled, outcome, asked):
    """Without any judgment that one finding says enough; a page that may be the judgment leaves the question open."""
    rows, facts = complete(CIVIL, **settled)
    papers = [paper for _, paper in rows if outcome == "there" or paper.type != "outcome_document"]
    report = run(volume([*papers, *([loose("outcome_document")] if outcome == "doubtful" else [])], facts))
    assert any(finding.rule.endswith(("/settlement", "/withdrawal_request")) for finding in report.findings) is asked


@pytest.mark.parametrize(("held", "state"), [(True, ItemState.NOT_REQUIRED), (False, ItemState.COMPLETE)])
def test_a_paper_stands_in_only_for_what_is_needed(held, state):
    """A record of the hearing is no statement that there was none; a judgment that says so is, where there was none."""
    rows, facts = complete(TRIAL, hearing_held=held)
    item = "no_hearing_explanation"
    words = "" if held else "本院依法不开庭审理，审判长"
    papers = [replace(paper, text=words or paper.text) if paper.type == "outcome_document" else paper for _, paper in rows if paper.type != "explanation"]  # fmt: skip
    report = run(volume(papers, facts))
    (row,) = [row for row in report.checklist if row.item == item]
    assert row.state is state
    assert bool(row.documents) is not held


def test_a_paper_that_may_stand_in_is_a_question():
    """The judgment was not read well enough to say whether there was a hearing."""
    rows, facts = complete(TRIAL, hearing_held=False)
    poor = {"quality": 0.6, "kind": PageKind.CONTENT}
    papers = [replace(paper, reading=poor) if paper.type == "outcome_document" else paper for _, paper in rows if paper.type != "explanation"]  # fmt: skip
    report = run(volume(papers, facts))
    assert [finding.state.value for finding in report.findings if finding.rule.endswith("no_hearing_explanation")] == [
        "uncertain"
    ]
