"""Pages of which a person has said what they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from auditing_volumes import Paper, complete, list_of, run, volume
from pydantic import ValidationError

from pipeline.auditing.pointing import as_told
from pipeline.case_file import with_papers
from pipeline.errors import UsageError
from schemas.base import State
from schemas.case import Kind, KnownCase, Stage
from schemas.report import Certainty, Problem
from schemas.volume import Mark

CIVIL = list_of(Kind.CIVIL, Stage.TRIAL_FIRST)
LOOSE = Paper("other", text="看不清", state=State.UNCERTAIN, score=0.2, certain=False)


def without(type_):
    rows, facts = complete(CIVIL)
    return [paper for _, paper in rows if paper.type != type_], facts


def test_a_page_that_is_named_settles_the_question():
    """A loose page makes the missing judgment a question that names the page; the clerk's word answers it."""
    papers, facts = without("outcome_document")
    file = volume([*papers, LOOSE], facts)
    last = len(file.pages)
    (question,) = [finding for finding in run(file).findings if finding.problem is Problem.MISSING]
    assert question.state is Certainty.UNCERTAIN
    assert [place.page for place in question.evidence] == [last]
    answered = run(file, KnownCase(papers={last: "outcome_document"}))
    assert [finding for finding in answered.findings if finding.problem is Problem.MISSING] == []
    assert answered.documents[-1].type == "outcome_document"


def test_a_page_that_is_something_else_makes_the_gap_certain():
    """Told what the loose page is, the paper is surely not there."""
    papers, facts = without("outcome_document")
    file = volume([*papers, LOOSE], facts)
    report = run(file, KnownCase(papers={len(file.pages): "evidence"}))
    (gap,) = [finding for finding in report.findings if finding.problem is Problem.MISSING]
    assert (gap.document_type, gap.state) == ("outcome_document", Certainty.CERTAIN)


def test_a_page_in_the_middle_parts_the_paper():
    """What stood on it goes with it; the rest stays, in order, and every page knows its document."""
    marks = {"recipient_signature": Mark(state=State.FOUND, page=2, score=0.9)}
    record = Paper("meeting_record", texts=("甲", "乙", "丙"), marks=marks)
    file = volume([record, replace(LOOSE, type="evidence")], complete(CIVIL)[1])
    told = as_told(file, KnownCase(papers={2: "evidence"}))
    assert [(one.type, one.first_page, one.last_page, one.texts) for one in told.documents] == [
        ("meeting_record", 1, 1, ("甲",)),
        ("evidence", 2, 2, ("乙",)),
        ("meeting_record", 3, 3, ("丙",)),
        ("evidence", 4, 4, ("看不清",)),
    ]
    assert [page.document for page in told.pages] == [0, 1, 2, 3]
    assert [bool(one.marks) for one in told.documents] == [False, True, False, False]


def test_pages_in_a_row_are_one_paper():
    """Two loose pages named alike become one; a page that the file does not have is passed over."""
    file = volume([LOOSE, LOOSE], complete(CIVIL)[1])
    told = as_told(file, KnownCase(papers={1: "evidence", 2: "evidence", 99: "cover"}))
    assert [(one.first_page, one.last_page, one.state) for one in told.documents] == [(1, 2, State.FOUND)]
    assert as_told(file, KnownCase()) is file


def test_pages_are_named_by_title_or_range():
    """`12=会见笔录` and `8-9=阅卷笔录`; what is no page or no paper is refused in words."""
    known = with_papers(KnownCase(), ["12=会见笔录", "8-9=阅卷笔录", "3=other"])
    assert known.papers == {12: "meeting_record", 8: "file_review_note", 9: "file_review_note", 3: "other"}
    for wrong in ("会见笔录", "12", "12=天书", "0=会见笔录"):
        with pytest.raises(UsageError):
            with_papers(KnownCase(), [wrong])
    with pytest.raises(ValidationError):
        KnownCase.model_validate({"papers": {1: "天书"}})


def test_what_the_case_file_gives_stays():
    """The command adds to the case file, and wins over it."""
    known = with_papers(KnownCase(kind=Kind.CIVIL, papers={1: "cover", 2: "evidence"}), ["2=情况说明"])
    assert known.kind is Kind.CIVIL
    assert known.papers == {1: "cover", 2: "explanation"}
