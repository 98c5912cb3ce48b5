"""What every sample case holds to, whatever its kind, office and defects."""

import re
from datetime import date
from functools import cache

import pytest
from demo_sorts import ALL, SORTS

from pipeline.demo import make_case, truth_of
from pipeline.demo.blocks import FILL_END, FILL_START
from pipeline.demo.faces import DRAWN, SANS, coverage
from pipeline.demo.ink import PAGE_HEIGHT, PAGE_WIDTH, Area, Pen, Print, Stroke
from pipeline.demo.people import homophone, with_check_digit
from pipeline.demo.story import make_story
from pipeline.errors import UsageError
from schemas.case import Kind, Origin, Stage
from schemas.materials import OTHER, load_materials

DEFENCE = Kind.CRIMINAL_DEFENCE
TRIAL = (DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)
CIVIL = (Kind.CIVIL, Stage.TRIAL_FIRST, Origin.APPLIED)
case_of = cache(make_case)


@pytest.mark.parametrize("sort", SORTS)
def test_days_keep_their_order_and_terms(sort):
    """Decision within 7 days, assignment within 3, agreement within 5, filing within 30, each after what it follows."""
    for seed in range(60):
        story = make_story(seed, *sort, "ronghai")
        days, heard = story.days, story.heard
        line = [days.act, days.measure, days.opinion, days.indictment] if sort[1] is Stage.TRIAL_FIRST else []
        line += [
            days.applied,
            days.approved,
            days.granted,
            days.assigned,
            days.signed,
            days.review,
            days.second_meeting,
        ]
        line += [days.summons, days.hearing] if heard else []
        line += [days.advocacy, days.outcome, days.received, days.told, days.reported, days.filed]
        assert line == sorted(line)
        assert (days.granted - days.applied).days <= 7
        assert (days.assigned - days.granted).days <= 3
        assert (days.signed - days.assigned).days <= 5
        assert (days.filed - days.received).days <= 30


@pytest.mark.parametrize(("sort", "style"), ALL)
def test_nothing_is_drawn_off_the_page_or_without_a_glyph(sort, style):
    """All ink lies on the sheet, and each character has an outline in the faces that are always there."""
    for page in case_of(3, *sort, style).pages:
        for each in page.sheet.operations:
            if isinstance(each, Print | Pen):
                assert 0 <= each.x < PAGE_WIDTH
                assert 0 <= each.y < PAGE_HEIGHT - each.size
                assert FILL_START not in each.text
                assert FILL_END not in each.text
                assert not [char for char in each.text if char not in DRAWN and ord(char) not in coverage(SANS)]
            elif isinstance(each, Stroke | Area):
                assert 0 <= each.x0 <= each.x1 <= PAGE_WIDTH
                assert 0 <= each.y0 <= each.y1 <= PAGE_HEIGHT


@pytest.mark.parametrize(("sort", "style"), ALL)
def test_truth_covers_each_page_and_speaks_the_vocabulary(sort, style):
    """Documents are consecutive pages of a known type, and the volume note counts the pages between the covers."""
    case = case_of(3, *sort, style)
    truth = truth_of(case, "office")
    known = set(load_materials()) | {OTHER}
    assert {document.type for document in truth.documents} <= known
    covered = [page for document in truth.documents for page in range(document.first_page, document.last_page + 1)]
    assert covered == [page.number for page in truth.pages]
    note = "".join(truth.pages[-1].lines) + "".join(
        each.text for each in case.pages[-1].sheet.operations if isinstance(each, Pen)
    )
    if truth.documents[-1].type != "volume_note":
        return  # a duty lawyer's file that nobody binds
    outside = sum(page.type in {"cover", "contents_list", "volume_note"} for page in truth.pages)
    assert str(len(truth.pages) - outside) in re.findall(r"\d+", note)


def test_same_arguments_give_the_same_case():
    """A case depends on its arguments only."""
    assert make_case(1, *SORTS[0], "ronghai") == make_case(1, *SORTS[0], "ronghai")
    assert make_case(1, *SORTS[0], "ronghai").story.recipient != make_case(2, *SORTS[0], "ronghai").story.recipient


def test_identity_numbers_carry_a_right_check_digit():
    """The eighteenth digit follows GB 11643 for a number computed by hand."""
    assert with_check_digit("11010519491231002") == "11010519491231002X"
    person = make_case(1, *SORTS[0], "ronghai").story.recipient
    assert with_check_digit(person.id_number[:17]) == person.id_number
    assert person.id_number[6:14] == f"{person.born:%Y%m%d}"


def test_homophone_is_another_name_of_the_same_length():
    """A misheard name differs in one character."""
    for seed in range(30):
        name = make_story(seed, *TRIAL, "yunling").recipient.name
        assert sum(a != b for a, b in zip(name, homophone(name), strict=True)) == 1


def _documents(defect, sort=TRIAL, style="ronghai"):
    truth = truth_of(make_case(1, *sort, style, (defect,)), "office")
    assert not truth.complete
    assert len(truth.defects) == 1
    return truth, [document for document in truth.documents if document.type == truth.defects[0].document_type]


def test_missing_paper_is_gone():
    """A missing paper has no page and is not in the contents list."""
    truth, found = _documents("missing:hearing_record")
    assert not found
    assert not [page for page in truth.pages if "庭审笔录" in page.lines]


@pytest.mark.parametrize(
    ("defect", "mark"),
    [
        ("unsigned:power_of_attorney", "recipient_signature"),
        ("unsigned:meeting_record", "recipient_signature"),
        ("unsigned:closing_report", "lawyer_signature"),
        ("unsealed:assignment_notice", "office_seal"),
        ("unsealed:outcome_document", "organ_seal"),
    ],
)
def test_mark_taken_away_is_missing_in_the_truth_and_on_the_sheet(defect, mark):
    """The mark is reported missing, and no pen or seal of that kind is drawn."""
    _, found = _documents(defect)
    assert {document.marks[mark] for document in found} == {"missing"}
    whole = truth_of(case_of(1, *TRIAL, "ronghai"), "office")
    assert {document.marks[mark] for document in whole.documents if document.type == found[0].type} == {"found"}


def test_undated_paper_has_no_date():
    """The date is None in the truth and a gap on the sheet."""
    truth, found = _documents("undated:power_of_attorney")
    assert found[0].fields["date"] is None
    assert "年月日" in truth.pages[found[0].first_page - 1].lines


def test_wrong_name_is_the_papers_own_truth():
    """The paper's truth states the wrong name, the case's truth the right one."""
    truth, found = _documents("inconsistent:advocacy_statement:recipient_name")
    assert found[0].fields["recipient_name"] == homophone(truth.case.fields["recipient_name"] or "")


def test_meeting_before_assignment():
    """The first meeting is dated before the day of assignment."""
    truth, found = _documents("out_of_sequence:meeting_record")
    assigned = date.fromisoformat(truth.case.fields["assigned_on"] or "")
    assert min(date.fromisoformat(document.fields["date"] or "") for document in found) < assigned


def test_late_file_was_handed_in_after_thirty_days():
    """The volume note is dated more than thirty days after the end of the case."""
    truth, _ = _documents("late:closing_report")
    closed = date.fromisoformat(truth.case.fields["closed_on"] or "")
    filed = next(document.fields["date"] for document in truth.documents if document.type == "volume_note")
    assert (date.fromisoformat(filed or "") - closed).days > 30


def test_page_missing_inside_a_paper():
    """The judgment has one page less than it says."""
    _, found = _documents("incomplete:outcome_document")
    whole = truth_of(case_of(1, *TRIAL, "ronghai"), "office")
    full = next(document for document in whole.documents if document.type == "outcome_document")
    assert found[0].last_page - found[0].first_page == full.last_page - full.first_page - 1


def test_duplicate_and_foreign_papers_stand_twice():
    """A duplicate repeats the paper; a foreign one names somebody else."""
    _, twice = _documents("duplicate:assignment_notice")
    assert len(twice) == 2
    assert twice[0].fields == twice[1].fields
    _, strange = _documents("foreign:identity_document", CIVIL)
    assert strange[0].fields["recipient_name"] != strange[1].fields["recipient_name"]


def test_misplaced_paper_lies_elsewhere():
    """The closing report no longer lies where the standard wants it."""
    truth, found = _documents("misplaced:closing_report")
    whole = truth_of(case_of(1, *TRIAL, "ronghai"), "office")
    assert [each.type for each in truth.documents] != [each.type for each in whole.documents]
    assert sorted(each.type for each in truth.documents) == sorted(each.type for each in whole.documents)
    assert len(found) == 1


@pytest.mark.parametrize(
    "defect", ["missing", "missing:reconsideration_application", "burnt:cover", "inconsistent:cover:taste"]
)
def test_unknown_defect_is_refused(defect):
    """A defect that cannot be made is an error of usage, not a complete file in disguise."""
    with pytest.raises(UsageError):
        make_case(1, *TRIAL, "ronghai", (defect,))


def test_untidy_file_has_turned_and_blank_pages():
    """Truth tells the turn of each page, and blank backs belong to no document."""
    truth = truth_of(make_case(1, *TRIAL, "ronghai", untidy=True), "office")
    assert sum(page.rotation != 0 for page in truth.pages) == 3
    assert sum(page.type is None for page in truth.pages) == 2
