"""Dates out of order, terms that ran out, days that must be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from auditing_changes import CERTAIN, CIVIL, TRIAL, UNCERTAIN, day, file_with, report, told
from auditing_forms import progress
from auditing_sheets import problems
from auditing_volumes import Paper, case_facts, complete, found, list_of, run, volume

from schemas.base import State
from schemas.case import CaseFacts, Fact, Kind, KnownCase, Origin, Stage
from schemas.reading import Line
from schemas.report import Duty, Effect, Problem
from schemas.volume import FieldValue


def test_a_gap_of_years_is_rather_a_misread_year():
    """2025 read as 2020 is a question; read as 2015 or 2035 it is not even that."""
    result = report(TRIAL, {"meeting_record": day("2020-03-07")})
    assert told(result) == [("sequence.assignment_before_meeting", Problem.OUT_OF_SEQUENCE, UNCERTAIN, Effect.BLOCKS)]
    assert told(report(TRIAL, {"meeting_record": day("2015-03-07")})) == []
    assert told(report(TRIAL, {"hearing_notice": day("2035-03-07")})) == []


def test_a_second_meeting_after_the_hearing_is_no_finding():
    """The first meeting counts."""
    rows, case = complete(TRIAL)
    papers = [paper for _, paper in rows]
    place = next(index for index, paper in enumerate(papers) if paper.type == "meeting_record")
    papers.insert(place + 1, replace(papers[place], fields=day("2025-04-10")))
    assert told(run(volume(papers, case))) == []
    unsure = FieldValue(value="2025-03-12", state=State.UNCERTAIN, page=1)
    papers[place] = replace(papers[place], fields={"date": unsure})
    unread = told(run(volume(papers, case)))
    assert [problem for _, problem, *_ in unread] == [Problem.LATE], "nor where the first one's day is not sure"


def test_the_day_of_the_hearing_in_notice_and_record():
    """One contradicting pair is certain; with two hearings it is a question; one day in common is enough."""
    notice = {"hearing_notice": {"hearing_date": found("2025-04-02")}}
    record = {"hearing_record": {"hearing_date": found("2025-04-01")}}
    assert told(report(TRIAL, {**notice, **record})) == [
        ("same_day.hearing", Problem.INCONSISTENT, CERTAIN, Effect.CORRECT)
    ]
    same = {"hearing_notice": {"hearing_date": found("2025-04-01")}}
    assert told(report(TRIAL, {**same, **record})) == []


def test_a_day_after_the_audit_is_a_question():
    """A year misread upwards is likelier than a paper from the future."""
    result = report(TRIAL, {"volume_note": day("2026-05-01")})
    assert told(result) == [("future_date", Problem.OUT_OF_SEQUENCE, UNCERTAIN, Effect.CORRECT)]


@pytest.mark.parametrize(
    ("assigned", "expected"), [("2025-03-06", []), ("2025-03-10", [UNCERTAIN]), ("2025-03-20", [CERTAIN])]
)
def test_assignment_within_three_days_of_the_notice(assigned, expected):
    """Delivery takes its time: a few days more are a question, many are late; the office has to answer for it."""
    later = {type_: day("2025-03-24") for type_ in ("meeting_record", "power_of_attorney", "official_letter")}
    later["file_review_note"] = day("2025-03-25")
    result = report(TRIAL, {**later, "assignment_notice": day(assigned)})
    late = [finding for finding in result.findings if finding.rule.endswith("term.assignment_after_notice")]
    assert [finding.state for finding in late] == expected
    assert all(finding.duty is Duty.OFFICE and finding.effect is Effect.CORRECT for finding in late)


def test_a_term_in_a_year_without_calendar_is_no_finding():
    """Whoever cannot count working days does not call anyone late."""
    changes = {"defence_notice": day("2016-03-01"), "assignment_notice": day("2016-04-20")}
    assert not any(rule.startswith("term.") for rule, *_ in told(report(TRIAL, changes)))


@pytest.mark.parametrize(
    ("closed", "submitted", "expected"),
    [
        ("2025-04-22", "2025-05-20", 0),
        ("2025-04-22", "2025-05-22", 0),
        ("2025-04-22", "2025-05-23", 1),
        ("2025-04-22", None, 0),
        ("2025-03-25", None, 1),
    ],
)
def test_filing_within_thirty_days(closed, submitted, expected):
    """From the closing day to the day of handing in, or, at the earliest, to the date of the closing report."""
    known = KnownCase(submitted_on=date.fromisoformat(submitted) if submitted else None)
    changes = {
        "outcome_document": day("2025-03-24"),
        "advocacy_statement": day("2025-03-20"),
        "hearing_record": day("2025-03-15"),
    }
    result = report(CIVIL, changes, known=known, closed_on=found(closed))
    late = [finding for finding in result.findings if finding.problem is Problem.LATE]
    assert len(late) == expected
    assert all(finding.state is CERTAIN and finding.effect is Effect.CORRECT for finding in late)


@pytest.mark.parametrize(("read", "expected"), [("2025-10-20", [UNCERTAIN]), ("2025-05-06", [])])
def test_a_closing_report_whose_day_was_read_in_two_ways_may_be_late(read, expected):
    """What can be made of it is months after the closing day: a person looks."""
    changes = {
        "outcome_document": day("2025-03-24"),
        "advocacy_statement": day("2025-03-20"),
        "hearing_record": day("2025-03-15"),
        "closing_report": {"date": found(read, 0.55, state=State.UNCERTAIN)},
    }
    result = report(CIVIL, changes, closed_on=found("2025-04-22"))
    assert [finding.state for finding in result.findings if finding.problem is Problem.LATE] == expected


def test_the_note_of_who_bound_the_file_later_is_a_worse_witness_than_the_report():
    """The office binds a file when it gets to it; the report's day, read in two ways, was in time."""
    changes = {
        "outcome_document": day("2025-03-24"),
        "advocacy_statement": day("2025-03-20"),
        "hearing_record": day("2025-03-15"),
        "closing_report": {"date": found("2025-05-06", 0.55, state=State.UNCERTAIN)},
        "volume_note": day("2025-06-20"),
    }
    result = report(CIVIL, changes, closed_on=found("2025-04-22"))
    assert [finding.state for finding in result.findings if finding.problem is Problem.LATE] == []


@pytest.mark.parametrize(("stated", "expected"), [("2025-05-10", 0), ("2025-04-10", 1)])
def test_the_term_of_filing_runs_from_the_later_closing_day(stated, expected):
    """The form says when the work was done, the cover when the case was closed."""
    known = KnownCase(submitted_on=date(2025, 5, 30))
    changes = {
        "outcome_document": day("2025-03-24"),
        "advocacy_statement": day("2025-03-20"),
        "hearing_record": day("2025-03-15"),
        "cover": {"closed_on": found(stated)},
    }
    result = report(CIVIL, changes, known=known, closed_on=found("2025-04-22"))
    assert len([finding for finding in result.findings if finding.problem is Problem.LATE]) == expected


def test_an_explained_delay_is_no_finding():
    """An explanation in the file answers the lateness."""
    rows, case = complete(CIVIL)
    papers = [paper for _, paper in rows]
    explained = [*papers, Paper("explanation", text="因住院治疗，逾期归档。")]
    known = KnownCase(submitted_on=date(2025, 5, 30))
    fields = {"closed_on": found("2025-04-22")}
    assert [finding.problem for finding in run(volume(papers, case, fields), known).findings] == [Problem.LATE]
    assert run(volume(explained, case, fields), known).findings == ()


def test_office_papers_on_rest_days():
    """Four of them on rest days are worth a question; one is a busy office; without a calendar nobody knows."""
    types = ("approval_form", "grant_decision", "assignment_notice", "official_letter")
    resting = {type_: {"fields": {"date": found("2025-03-08")}} for type_ in types}
    assert problems(run(file_with(CIVIL, resting)), "rest_day") == [("out_of_sequence", "uncertain", "note")]
    assert problems(run(file_with(CIVIL, {"approval_form": resting["approval_form"]})), "rest_day") == []
    unknown = {type_: {"fields": {"date": found("2016-03-05")}} for type_ in types}
    assert problems(run(file_with(CIVIL, unknown)), "rest_day") == []


def test_what_only_likely_applies_is_asked():
    """A rule whose condition the papers make no more than likely puts a question instead of a finding."""
    rows, _ = complete(TRIAL)

    facts = dict(case_facts(TRIAL).facts)
    late = [
        replace(paper, fields={**paper.fields, "date": found("2025-04-02")})
        if paper.type == "meeting_record"
        else paper
        for _, paper in rows
    ]
    rule = "sequence.meeting_before_hearing"
    assert problems(run(volume(late, CaseFacts(facts=facts))), rule) == [("out_of_sequence", "certain", "blocks")]
    likely = {**facts, "hearing_held": Fact(value=True, state=State.UNCERTAIN, score=0.6)}
    report = run(volume(late, CaseFacts(facts=likely)))
    assert problems(report, rule) == [("out_of_sequence", "uncertain", "blocks")]
    assert "已开庭审理" in next(finding for finding in report.findings if finding.rule.endswith(rule)).reason


@pytest.mark.parametrize(
    ("number", "expected"), [("（2025）粤08刑终12号", ["certain"]), ("（2025）粤0803刑初12号", [])]
)
def test_a_speech_is_not_held_against_the_judgment_that_is_appealed(number, expected):
    """In the second instance the first's judgment is older than every speech; its own number tells it."""
    second = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_SECOND, Origin.NOTIFIED)
    words = f"某某市人民法院\n刑事判决书\n{number}\n原审（2024）粤0803刑初9号\n审判长\n书记员"
    judgment = {"text": words, "fields": {"date": found("2025-04-01")}}
    speech = {"fields": {"date": found("2025-04-10")}}
    result = run(file_with(second, {"outcome_document": judgment, "advocacy_statement": speech}))
    assert [state for _, state, _ in problems(result, "sequence.advocacy_before_outcome")] == expected


def test_the_judgment_that_is_appealed_leaves_no_doubt_of_the_own_ones_day():
    """It is none of the papers whose day counts, so that it counts for none that was not read either."""
    second = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_SECOND, Origin.NOTIFIED)
    file = file_with(
        second,
        {
            "outcome_document": {
                "text": "刑事判决书\n（2025）粤08刑终12号\n审判长\n书记员",
                "fields": {"date": found("2025-04-01")},
            },
            "advocacy_statement": {"fields": {"date": found("2025-04-10")}},
        },
    )
    assert [state for _, state, _ in problems(run(file), "sequence.advocacy_before_outcome")] == ["certain"]
    rows, facts = complete(second)
    papers = [
        replace(paper, text="刑事判决书\n（2025）粤08刑终12号", fields={"date": found("2025-04-01")})
        if paper.type == "outcome_document"
        else replace(paper, fields={**paper.fields, "date": found("2025-04-10")})
        if paper.type == "advocacy_statement"
        else paper
        for _, paper in rows
    ]
    appealed = Paper("outcome_document", text="刑事判决书\n（2024）粤0803刑初9号", fields={"date": found("2024-12-01")})
    report_ = run(volume([papers[0], appealed, *papers[1:]], facts))
    assert [state for _, state, _ in problems(report_, "sequence.advocacy_before_outcome")] == ["certain"]


def pen_dated(day):
    """A plea's date, written by hand over the line that stands at its place."""
    line = Line(text=day, box=(0.5, 0.8, 0.8, 0.82), score=0.97, handwritten=True)
    value = FieldValue(value=day, state=State.FOUND, score=0.97, box=(0.5, 0.8, 0.8, 0.82))
    return {"advocacy_statement": {"fields": {"date": value}, "reading": {"lines": (line,)}}}


def test_a_date_by_pen_out_of_order_is_a_question():
    """A digit by hand may be another; in order it is no question."""
    rows, facts = complete(TRIAL)
    at = next(number for number, (_, paper) in enumerate(rows, start=1) if paper.type == "advocacy_statement")
    for written, expected in (("2025-04-25", [("out_of_sequence", "uncertain", "blocks")]), ("2025-04-10", [])):
        changes = pen_dated(written)["advocacy_statement"]
        dated = changes["fields"]["date"].model_copy(update={"page": at})
        papers = [
            replace(paper, fields={"date": dated}, reading=changes["reading"])
            if paper.type == "advocacy_statement"
            else paper
            for _, paper in rows
        ]
        report = run(volume(papers, facts))
        assert problems(report, "sequence.advocacy_before_outcome") == expected
        assert all("手写" in finding.reason for finding in report.findings)


def test_a_date_that_is_out_of_order_is_not_asked_about_as_well():
    """That the record of what was done has another day follows from the meeting's wrong date."""
    rows, facts = complete(TRIAL)
    entries = (("2025.3.5", "接受指派"), ("2025.3.7", "到看守所会见被告人"), ("2025.4.1", "出庭参加庭审"))
    record = progress(tuple((str(at), day_, "直接", said) for at, (day_, said) in enumerate(entries, start=1)))
    at = next(number for number, (_, paper) in enumerate(rows, start=1) if paper.type == "meeting_record")
    for met, expected in (("2025-03-03", []), ("2025-03-10", [("inconsistent", "uncertain", "correct")])):
        dated = found(met).model_copy(update={"page": at, "box": (0.5, 0.8, 0.7, 0.82)})
        changes = {"meeting_record": {"fields": {"date": dated}}}
        papers = [
            replace(record, marks=paper.marks)
            if paper.type == "progress_record"
            else replace(paper, **changes.get(paper.type, {}))
            for _, paper in rows
        ]
        result = run(volume(papers, facts))
        assert problems(result, "progress_dates") == expected
        assert bool(problems(result, "sequence.assignment_before_meeting")) is not bool(expected)


def test_one_wrong_date_is_told_once():
    """A closing report before the judgment is before the closing day as well."""
    changes = {"closing_report": {"fields": {"date": found("2025-04-10")}}}
    report = run(file_with(CIVIL, changes, closed_on=found("2025-04-22")))
    assert [finding.rule.rsplit("/", 1)[1] for finding in report.findings] == ["sequence.outcome_before_closing"]


def test_the_receipt_of_the_judgment_closes_the_case():
    """A closing day that is not the day of receipt is noted."""
    receipt = Paper("outcome_receipt", fields={"date": found("2025-04-22")})
    rows, facts = complete(CIVIL)
    for closed, expected in (("2025-04-22", []), ("2025-04-20", [("inconsistent", "certain", "note")])):
        papers = [
            replace(paper, fields={**paper.fields, "closed_on": found(closed)})
            if paper.type == "closing_report"
            else paper
            for _, paper in rows
        ]
        at = next(index for index, paper in enumerate(papers) if paper.type == "outcome_document") + 1
        report = run(volume([*papers[:at], receipt, *papers[at:]], facts))
        assert problems(report, "same_day.closing") == expected


def test_a_day_is_a_day_in_any_dress():
    """Dots, dashes, characters; what is no day is none."""
    from pipeline.auditing.daywords import days_in

    for text in ("2024.3.5", "2024-03-05", "2024年3月5日", "二〇二四年三月五日", "二○二四年三月五日"):
        assert [day for day, _, _ in days_in(text)] == [date(2024, 3, 5)], text
    assert [day for day, _, _ in days_in("二〇二四年十二月三十一日")] == [date(2024, 12, 31)]
    assert list(days_in("2024.13.5，2024年2月30日，二〇二四年十十月三日")) == []
