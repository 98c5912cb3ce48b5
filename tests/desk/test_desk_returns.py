"""Which case a returned scan belongs to, and when its term ends."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.desk.returns import returned_case
from pipeline.desk.terms import cure_terms, served_term
from pipeline.drafting.codes import encode
from schemas.draft import CaseCode, Office
from schemas.reading import Code, PageKind, PageReading, TextSource
from schemas.report import AuditReport, ReportStandard, Source, Standing
from schemas.volume import Page

OURS = CaseCode(case_number="湛法援刑字〔2024〕112号", file="0123456789ab", round_number=2)
OTHER = CaseCode(case_number="", file="ba9876543210", round_number=1)
FOREIGN = "https://example.invalid/court"


def page(number: int, *texts: str, kind: PageKind = PageKind.CONTENT) -> Page:
    codes = tuple(Code(text=text, format="QR Code", box=(0.7, 0.05, 0.85, 0.15)) for text in texts)
    reading = PageReading(sha256="", engine="", kind=kind, text_source=TextSource.NONE, codes=codes)
    return Page(number=number, reading=reading)


def test_code_on_the_first_page_names_case_and_round() -> None:
    """A scan that starts with the notice or its receipt needs no reading to be matched."""
    assert returned_case([page(1, FOREIGN, encode(OURS)), page(2)]) == OURS
    assert returned_case([page(1, encode(OURS), encode(OURS))]) == OURS


def test_blank_pages_before_it_are_passed_over() -> None:
    """The feeder's blank sheet in front does not hide the notice."""
    assert returned_case([page(1, kind=PageKind.BLANK), page(2, encode(OURS))]) == OURS


@pytest.mark.parametrize(
    "pages",
    [
        [],
        [page(1, kind=PageKind.BLANK)],
        [page(1, FOREIGN), page(2, encode(OURS))],
        [page(1), page(2, encode(OURS))],
        [page(1, encode(OURS), encode(OTHER))],
    ],
)
def test_anything_else_names_no_case(pages: list[Page]) -> None:
    """A notice filed inside a closing file, another's code, or two cases at once decide nothing."""
    assert returned_case(pages) is None


def audited(days: int | None, *, working: bool = True) -> AuditReport:
    standard = ReportStandard(
        id="x", version="1", standing=Standing.OFFICIAL, cure_days=days, cure_working_days=working
    )
    return AuditReport(source=Source(name="甲.pdf", sha256="0" * 64, pages=1), status="audited", standard=standard)


def test_term_is_worked_out_for_each_day_of_receipt() -> None:
    """Ten working days over the National Day holiday of 2026, for the five working days after drafting."""
    terms = cure_terms(audited(10), Office(name="某"), date(2026, 9, 22))
    assert [(term.received_on.isoformat(), term.ends_on and term.ends_on.isoformat()) for term in terms] == [
        ("2026-09-22", "2026-10-13"),
        ("2026-09-23", "2026-10-14"),
        ("2026-09-24", "2026-10-15"),
        ("2026-09-28", "2026-10-16"),
        ("2026-09-29", "2026-10-19"),
    ]
    assert not any(term.served for term in terms)


def test_offices_own_term_wins_and_calendar_days_are_counted_as_such() -> None:
    """The setting is in working days; a standard may count calendar days, ending on a working day."""
    own = cure_terms(audited(10), Office(name="某", cure_days=1), date(2026, 3, 9))
    assert own[0].ends_on == date(2026, 3, 10)
    calendar = served_term(audited(10, working=False), Office(name="某"), date(2026, 3, 4))
    assert (calendar[0].ends_on, calendar[0].served) == (date(2026, 3, 16), True)


def test_no_date_into_a_year_without_a_calendar() -> None:
    """The holidays of a year that nobody has announced are not guessed."""
    terms = cure_terms(audited(10), Office(name="某"), date(2099, 12, 24))
    assert [term.ends_on for term in terms] == [None]
    (served,) = served_term(audited(10), Office(name="某"), date(2099, 12, 24))
    assert served.ends_on is None


def test_no_term_no_dates() -> None:
    """Where neither office nor standard sets a term there is nothing to work out."""
    assert cure_terms(audited(None), Office(name="某"), date(2026, 3, 9)) == ()
    assert served_term(audited(None), Office(name="某"), date(2026, 3, 9)) == ()
