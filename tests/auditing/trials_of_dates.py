"""Trials of the rules about dates."""

from __future__ import annotations

from datetime import date, timedelta

from auditing_changes import APPLIED, CIVIL, PROSECUTION, TRIAL
from auditing_forms import progress
from auditing_trials import File, Trial, unread
from auditing_volumes import Paper, found

from schemas.base import State
from schemas.case import KnownCase
from schemas.standard import Checklist

NOON = date(2025, 3, 12)


def on(day: date, name: str = "date") -> dict[str, object]:
    return {"fields": {name: found(day.isoformat())}}


def order(checklist: Checklist, before: str, after: str, **facts: bool) -> Trial:
    """`before` three days after `after`; in order; and with a date that was not surely read."""
    late = NOON + timedelta(days=3)
    wrong = File(checklist, {before: on(late), after: on(NOON)}, facts)
    return Trial(wrong, File(checklist, {before: on(NOON), after: on(late)}, facts), unread(wrong, after))


def term(checklist: Checklist, start: str, end: str, days: tuple[int, int | None, int]) -> Trial:
    """Days from `start` to `end`: within the term, within delivery (None: no delivery), beyond both."""
    in_time, soon, late = days

    def after(passed: int) -> File:
        return File(checklist, {start: on(NOON), end: on(NOON + timedelta(days=passed))})

    unsure = unread(after(late), end) if soon is None else after(soon)
    return Trial(after(late), after(in_time), unsure, asked=soon is not None)


def hearing(notice: str, *records: str) -> File:
    """A day of the hearing in the notice, and days in records of it."""
    first, *more = (Paper("hearing_record", fields={"hearing_date": found(day)}) for day in records)
    papers = {
        "hearing_notice": {"fields": {"hearing_date": found(notice)}},
        "hearing_record": {"fields": dict(first.fields)},
    }
    return File(TRIAL, papers, more=tuple(more))


def closed(on_day: str, received: str, state: State = State.FOUND) -> File:
    papers = {
        "closing_report": {"fields": {"closed_on": found(on_day)}},
        "outcome_receipt": {"fields": {"date": found(received, state=state)}},
    }
    return File(CIVIL, papers)


def filed(submitted: date, state: State = State.FOUND) -> File:
    return File(CIVIL, fields={"closed_on": found("2025-04-22", state=state)}, known=KnownCase(submitted_on=submitted))


def handed_in(reported: str, state: State = State.FOUND) -> File:
    papers = {"closing_report": {"fields": {"date": found(reported, state=state)}}}
    return File(CIVIL, papers, known=KnownCase(submitted_on=date(2025, 5, 6)))


def closing_day(day: str, state: State = State.FOUND) -> File:
    return File(CIVIL, {"closing_report": on(date(2025, 4, 28))}, fields={"closed_on": found(day, state=state)})


RESTING = ("approval_form", "grant_decision", "assignment_notice", "official_letter")


def office_papers(day: str, state: State = State.FOUND) -> File:
    return File(CIVIL, {type_: {"fields": {"date": found(day, state=state)}} for type_ in RESTING})


def opinion(day: str) -> File:
    """No hearing, told on 4 March by an entry of the record; the opinion of `day`."""
    rows = (
        ("1", "2025.3.5", "直接", "接受指派"),
        ("2", "2025.3.10", "电话", "法院告知本案不开庭审理"),
        ("3", "2025.4.20", "直接", "领取判决书"),
    )
    record = progress(rows)
    papers = {
        "progress_record": {"text": record.text, "reading": record.reading},
        "advocacy_statement": {"fields": {"date": found(day)}},
    }
    return File(CIVIL, papers, {"hearing_held": False})


def note_of(day: str, state: State = State.FOUND) -> File:
    return File(TRIAL, {"volume_note": {"fields": {"date": found(day, state=state)}}})


DATES = {
    "sequence.application_before_grant": order(APPLIED, "application_form", "grant_decision"),
    "sequence.application_before_approval": order(APPLIED, "application_form", "approval_form"),
    "sequence.approval_before_grant": order(APPLIED, "approval_form", "grant_decision"),
    "sequence.grant_before_assignment": order(APPLIED, "grant_decision", "assignment_notice"),
    "sequence.notice_before_assignment": order(TRIAL, "defence_notice", "assignment_notice"),
    "sequence.assignment_before_letter": order(TRIAL, "assignment_notice", "official_letter"),
    "sequence.assignment_before_agreement": order(CIVIL, "assignment_notice", "representation_agreement"),
    "sequence.assignment_before_mandate": order(TRIAL, "assignment_notice", "power_of_attorney"),
    "sequence.assignment_before_meeting": order(TRIAL, "assignment_notice", "meeting_record"),
    "sequence.assignment_before_interview": order(CIVIL, "assignment_notice", "interview_record"),
    "sequence.meeting_before_hearing": order(TRIAL, "meeting_record", "hearing_record"),
    "sequence.meeting_before_advocacy": order(TRIAL, "meeting_record", "advocacy_statement"),
    "sequence.interview_before_hearing": order(CIVIL, "interview_record", "hearing_record"),
    "sequence.mandate_before_hearing": order(CIVIL, "power_of_attorney", "hearing_record"),
    "sequence.mandate_before_advocacy": order(CIVIL, "power_of_attorney", "advocacy_statement", hearing_held=False),
    "sequence.review_before_hearing": order(TRIAL, "file_review_note", "hearing_record"),
    "sequence.indictment_before_review": order(TRIAL, "indictment", "file_review_note"),
    "sequence.opinion_before_review": order(PROSECUTION, "prosecution_opinion", "file_review_note"),
    "sequence.notice_before_hearing": order(TRIAL, "hearing_notice", "hearing_record"),
    "sequence.hearing_before_outcome": order(TRIAL, "hearing_record", "outcome_document"),
    "sequence.advocacy_before_outcome": order(TRIAL, "advocacy_statement", "outcome_document"),
    "sequence.outcome_before_receipt": order(CIVIL, "outcome_document", "outcome_receipt"),
    "sequence.outcome_before_closing": order(CIVIL, "outcome_document", "closing_report"),
    "sequence.plea_before_indictment": order(PROSECUTION, "plea_affidavit", "indictment"),
    "sequence.closing_report_before_review": order(CIVIL, "closing_report", "file_check_form"),
    "sequence.review_before_payment": order(CIVIL, "file_check_form", "subsidy_form"),
    "sequence.closing_day_before_closing_report": Trial(
        closing_day("2025-05-06"), closing_day("2025-04-22"), closing_day("2025-05-06", State.UNCERTAIN)
    ),
    "sequence.closing_report_before_submission": Trial(
        handed_in("2025-05-09"), handed_in("2025-05-06"), handed_in("2025-05-09", State.UNCERTAIN)
    ),
    "same_day.hearing": Trial(
        hearing("2025-04-02", "2025-04-01"),
        hearing("2025-04-01", "2025-04-01", "2025-04-08"),
        hearing("2025-04-02", "2025-04-01", "2025-04-08"),
        asked=True,
    ),
    "same_day.closing": Trial(
        closed("2025-04-20", "2025-04-22"),
        closed("2025-04-22", "2025-04-22"),
        closed("2025-04-20", "2025-04-22", State.UNCERTAIN),
    ),
    "future_date": Trial(note_of("2026-05-01"), note_of("2025-05-06"), note_of("2026-05-01", State.UNCERTAIN), certain=False),
    "rest_day": Trial(
        office_papers("2025-03-08"), office_papers("2025-03-07"), office_papers("2025-03-08", State.UNCERTAIN), certain=False
    ),
    "term.approval": term(APPLIED, "application_form", "grant_decision", (7, 12, 30)),
    "term.assignment_after_grant": term(APPLIED, "grant_decision", "assignment_notice", (2, None, 10)),
    "term.assignment_after_notice": term(TRIAL, "defence_notice", "assignment_notice", (2, 8, 20)),
    "term.agreement": term(CIVIL, "assignment_notice", "power_of_attorney", (7, 12, 30)),
    "term.meeting": term(TRIAL, "assignment_notice", "meeting_record", (7, 20, 60)),
    "term.written_opinion": Trial(opinion("2025-05-20"), opinion("2025-03-20"), opinion("2025-03-25"), asked=True),
    "filing_term": Trial(
        filed(date(2025, 5, 23)), filed(date(2025, 5, 22)), filed(date(2025, 5, 23), State.UNCERTAIN)
    ),
}  # fmt: skip
"""Rule to its trial."""
