"""Signatures, seals and dates on the papers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from auditing_volumes import Paper, complete, lacking, list_of, mark, run, volume

from schemas.base import State
from schemas.case import Kind, Origin, Stage
from schemas.reading import Line, PageKind
from schemas.report import Certainty, Decision, Effect, ItemState, Problem
from schemas.volume import TYPED, Mark

CIVIL = list_of(Kind.CIVIL, Stage.TRIAL_FIRST)
TRIAL = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)


def changed(checklist, type_, **changes):
    rows, case = complete(checklist)
    return volume([replace(paper, **changes) if paper.type == type_ else paper for _, paper in rows], case)


def with_mark(checklist, type_, name, state):
    rows, case = complete(checklist)
    papers = []
    for _, paper in rows:
        marks = dict(paper.marks)
        if paper.type == type_:
            if state is None:
                del marks[name]
            else:
                marks[name] = mark(state)
        papers.append(replace(paper, marks=marks))
    return volume(papers, case)


CASES = [
    (CIVIL, "application_form", "recipient_signature", Problem.UNSIGNED, Effect.BLOCKS),
    (CIVIL, "assignment_notice", "office_seal", Problem.UNSEALED, Effect.BLOCKS),
    (CIVIL, "representation_agreement", "firm_seal", Problem.UNSEALED, Effect.BLOCKS),
    (CIVIL, "power_of_attorney", "recipient_signature", Problem.UNSIGNED, Effect.BLOCKS),
    (CIVIL, "closing_report", "lawyer_signature", Problem.UNSIGNED, Effect.BLOCKS),
    (CIVIL, "progress_record", "lawyer_signature", Problem.UNSIGNED, Effect.CORRECT),
    (CIVIL, "rights_notice", "recipient_signature", Problem.UNSIGNED, Effect.CORRECT),
    (TRIAL, "defence_notice", "organ_seal", Problem.UNSEALED, Effect.BLOCKS),
    (TRIAL, "outcome_document", "organ_seal", Problem.UNSEALED, Effect.BLOCKS),
    (TRIAL, "meeting_record", "recipient_signature", Problem.UNSIGNED, Effect.BLOCKS),
]


@pytest.mark.parametrize(("checklist", "type_", "name", "problem", "effect"), CASES)
def test_a_mark_that_is_surely_absent_is_a_certain_finding(checklist, type_, name, problem, effect):
    """The paper is named with its page, the item is irregular, the effect is the mark's."""
    report = run(with_mark(checklist, type_, name, State.MISSING))
    (finding,) = report.findings
    assert (finding.problem, finding.state, finding.effect) == (problem, Certainty.CERTAIN, effect)
    assert finding.document is not None
    assert report.documents[finding.document].type == type_
    assert f"第{finding.evidence[0].page}页" in finding.message
    row = next(row for row in report.checklist if finding.id in row.findings)
    assert row.state is ItemState.IRREGULAR


@pytest.mark.parametrize("state", [State.UNCERTAIN, None])
@pytest.mark.parametrize("case", CASES)
def test_a_mark_that_cannot_be_told_is_a_question(case, state):
    """Grey, unclear or not looked at: never a certain finding."""
    checklist, type_, name, problem, effect = case
    report = run(with_mark(checklist, type_, name, state))
    (finding,) = report.findings
    assert (finding.problem, finding.state) == (problem, Certainty.UNCERTAIN)
    assert finding.reason
    assert report.subsidy is not None
    expected = Decision.UNDETERMINED if effect is Effect.BLOCKS else Decision.PAYABLE
    assert report.subsidy.decision is expected


def test_many_doubtful_seals_are_one_question():
    """A grey scan is one cause: the clerk is asked once, with all the pages."""
    rows, case = complete(CIVIL)
    papers = [
        replace(
            paper, marks={name: mark(State.UNCERTAIN if name.endswith("seal") else State.FOUND) for name in paper.marks}
        )
        for _, paper in rows
    ]
    (finding,) = run(volume(papers, case)).findings
    assert finding.state is Certainty.UNCERTAIN
    assert finding.problem is Problem.UNSEALED
    assert len(finding.evidence) >= 5


def test_a_mark_on_a_poor_scan_is_never_certainly_absent():
    """What was not seen well cannot be said to lack."""
    rows, case = complete(CIVIL)
    papers = [
        replace(paper, marks={"recipient_signature": mark(State.MISSING)}, reading={"low_quality": True})
        if paper.type == "power_of_attorney"
        else paper
        for _, paper in rows
    ]
    findings = run(volume(papers, case)).findings
    unsigned = [finding for finding in findings if finding.problem is Problem.UNSIGNED]
    assert [finding.state for finding in unsigned] == [Certainty.UNCERTAIN]


def test_a_loose_page_behind_the_paper_may_carry_the_mark():
    """The signature may stand on the next page, which is not sure to be another paper."""
    rows, case = complete(CIVIL)
    papers: list[Paper] = []
    for _, paper in rows:
        unsigned = paper.type == "power_of_attorney"
        papers.append(replace(paper, marks={"recipient_signature": mark(State.MISSING)}) if unsigned else paper)
        if unsigned:
            papers.append(Paper("other", state=State.UNCERTAIN, score=0.3, certain=False))
    unsigned = [finding for finding in run(volume(papers, case)).findings if finding.problem is Problem.UNSIGNED]
    assert [finding.state for finding in unsigned] == [Certainty.UNCERTAIN]


@pytest.mark.parametrize(("type_", "asked"), [("outcome_document", True), ("settlement", False)])
def test_a_mark_of_one_of_several_papers_is_asked_of_that_one(type_, asked):
    """What ends an enforcement is a court's ruling, under its seal, or an agreement of the parties, under none."""
    rows, case = complete(list_of(Kind.ENFORCEMENT, None))
    changes = {
        "type": type_,
        "text": "执行裁定书 执行和解 审判长\n书记员",
        "marks": {"organ_seal": mark(State.MISSING)},
    }
    papers = [replace(paper, **changes) if item.key == "outcome_document" else paper for item, paper in rows]
    unsealed = [finding for finding in run(volume(papers, case)).findings if finding.problem is Problem.UNSEALED]
    assert [finding.effect for finding in unsealed] == ([Effect.BLOCKS] if asked else [])


def record(states: dict[int, State], first: int) -> dict[str, dict[int, object]]:
    return {"recipient_signature": {first + offset: mark(state) for offset, state in states.items()}}


@pytest.mark.parametrize(
    ("states", "pages"),
    [
        ({0: State.FOUND, 1: State.FOUND, 2: State.FOUND}, []),
        ({0: State.MISSING, 1: State.FOUND, 2: State.FOUND}, [0]),
        ({0: State.MISSING, 1: State.MISSING, 2: State.FOUND}, [0, 1]),
        ({0: State.UNCERTAIN, 1: State.FOUND, 2: State.FOUND}, []),
    ],
)
def test_a_record_is_signed_on_each_page(states, pages):
    """The pages that surely lack the signature are named; a page that cannot be told is not worth a question."""
    rows, case = complete(TRIAL)
    place = next(index for index, (_, paper) in enumerate(rows) if paper.type == "meeting_record")
    papers = [paper for _, paper in rows]
    papers[place] = replace(papers[place], texts=("会见", "会见", "会见"), page_marks=record(states, place + 1))
    findings = run(volume(papers, case)).findings
    assert [[each.page - place - 1 for each in finding.evidence] for finding in findings] == ([pages] if pages else [])
    assert all(finding.effect is Effect.CORRECT and finding.state is Certainty.CERTAIN for finding in findings)


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("2024.2", Certainty.UNCERTAIN),
        ("2024年 2月", Certainty.UNCERTAIN),
        ("2024年", Certainty.CERTAIN),
        ("年 月 日", Certainty.CERTAIN),
        ("2024年度第2号", Certainty.CERTAIN),
    ],
)
def test_a_date_that_breaks_off_is_a_question(line, state):
    """A year and a month stand there: the day may lie under the signature. A form's own blank is none."""
    lines = (Line(text=line, box=(0.6, 0.8, 0.8, 0.83), score=0.97),)
    made = changed(CIVIL, "closing_report", fields={"date": lacking()}, reading={"lines": lines})
    (finding,) = run(made).findings
    assert (finding.problem, finding.state) == (Problem.UNDATED, state)


@pytest.mark.parametrize(
    ("type_", "effect"),
    [("power_of_attorney", Effect.BLOCKS), ("closing_report", Effect.BLOCKS), ("assignment_notice", Effect.CORRECT)],
)
def test_an_open_date_is_undated(type_, effect):
    """A date that the paper surely leaves open; a date that could not be read is no finding."""
    (finding,) = run(changed(CIVIL, type_, fields={"date": lacking()})).findings
    assert (finding.problem, finding.state, finding.effect) == (Problem.UNDATED, Certainty.CERTAIN, effect)
    unread = lacking().model_copy(update={"state": State.UNCERTAIN, "score": 0.5})
    assert run(changed(CIVIL, type_, fields={"date": unread})).findings == ()


@pytest.mark.parametrize(("type_", "asked"), [("closing_report", [Certainty.UNCERTAIN]), ("assignment_notice", [])])
def test_a_dates_place_that_looks_empty_on_a_page_by_pen_is_a_question(type_, asked):
    """`年 月 日` with nothing between: figures of a faint pen may have been overlooked. Asked only where the date blocks."""
    open_place = lacking().model_copy(update={"state": State.UNCERTAIN})
    made = changed(CIVIL, type_, fields={"date": open_place}, reading={"kind": PageKind.HANDWRITTEN})
    told = [finding.state for finding in run(made).findings if finding.problem is Problem.UNDATED]
    assert told == asked


def test_an_open_date_on_a_poor_scan_is_no_finding():
    """Nothing is said about what was not read well."""
    report = run(changed(CIVIL, "power_of_attorney", fields={"date": lacking()}, reading={"quality": 0.5}))
    assert report.findings == ()


def test_a_second_copy_with_the_mark_softens_the_finding():
    """An unsigned copy beside the signed original does not block."""
    rows, case = complete(CIVIL)
    papers = [paper for _, paper in rows]
    place = next(index for index, paper in enumerate(papers) if paper.type == "power_of_attorney")
    papers.insert(place, replace(papers[place], marks={"recipient_signature": mark(State.MISSING)}))
    report = run(volume(papers, case))
    assert [(finding.problem, finding.effect) for finding in report.findings] == [(Problem.UNSIGNED, Effect.CORRECT)]


def test_a_typed_name_is_told_as_the_reason():
    """A name in print where somebody should sign is no signature, and the finding says why."""
    typed = Mark(state=State.MISSING, score=0.95, detail=f"签名处“委托人（签名）”{TYPED}")
    file = changed(CIVIL, "power_of_attorney", marks={"recipient_signature": typed})
    messages = [finding.message for finding in run(file).findings if finding.problem is Problem.UNSIGNED]
    assert [message.endswith(f"缺受援人签名（签名处{TYPED}）。") for message in messages] == [True]
