"""The audit bench's closing files: what they share, what is wrong with them, and how they fare with an unerring reader."""

from datetime import date

import pytest

from bench.comparing import compared
from bench.corpus import COMMON, RARE, families, sort_of
from bench.injecting import SINGLES, Turns, fits
from bench.readings import newest, pages_of
from bench.unerring import unerring_pages
from pipeline.auditing import audit, load_standard
from pipeline.cataloguing import catalogue
from pipeline.demo import make_case, truth_of
from pipeline.demo.defects import parse_defect
from pipeline.demo.proceedings import PROCEEDINGS
from schemas.base import State
from schemas.case import Kind, KnownCase, Origin, Stage
from schemas.report import Decision, Source

TRIAL = (Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)
SHORT = (Kind.PLEA_HELP, Stage.PROSECUTION, Origin.NOTIFIED)
STANDARD = load_standard("gd", None)


def _audited(case):
    pages = unerring_pages(case)
    source = Source(name=case.name, sha256="", pages=len(pages))
    report = audit(catalogue(pages, KnownCase()), STANDARD, source, KnownCase(), date(2026, 1, 5))
    return report, compared(report, truth_of(case, "unerring"), case.name)


def test_every_kind_of_case_is_among_the_files():
    """Fifty families hold every kind and stage that the generator can tell."""
    assert {sort_of(number)[:2] for number in range(50)} == set(PROCEEDINGS)
    assert len({*COMMON, *RARE}) == len(COMMON) + len(RARE)


def test_a_family_is_one_case_complete_and_with_defects():
    """The first file is complete, the next two have one defect, the last has two; another call gives the same."""
    first, second = families(8, 3)
    for family in (first, second):
        assert [len(case.defects) for case in family.cases] == [0, 1, 1, 2]
        assert len({case.story.recipient.id_number for case in family.cases}) == 1
    again, _ = families(8, 3)
    assert again == first
    assert [len(family.cases) for family in families(6, 3)] == [4, 2]
    assert {family.sort[0] for family in families(8, 3, "duty_help")} == {Kind.DUTY_HELP}
    with pytest.raises(ValueError, match="burnt"):
        next(families(8, 3, "burnt"))


@pytest.mark.parametrize("defect", ["missing:meeting_record", "unsigned:power_of_attorney", "misplaced:closing_report"])
def test_files_of_one_case_share_the_pictures_that_a_defect_leaves_alone(defect):
    """What a defect does not touch is the same page, although others have moved: all but a fifth is shared."""
    whole, broken = make_case("a", *TRIAL, "nanzhu"), make_case("a", *TRIAL, "nanzhu", (defect,))
    known = {page.key for page in whole.pages}
    assert sum(page.key not in known for page in broken.pages) <= 0.2 * len(broken.pages)


def test_a_sheet_that_lies_twice_in_a_file_has_two_pictures():
    """A duplicate was scanned once more: no two pages of a file are the very same."""
    case = make_case("a", *TRIAL, "nanzhu", ("duplicate:assignment_notice",))
    assert len({page.key for page in case.pages}) == len(case.pages)


def test_each_defect_is_one_that_the_generator_knows():
    """Every defect of the bench can be put into some file, and is one of the contract's problems."""
    for text in SINGLES:
        assert parse_defect(text).type
    case = make_case("a", *TRIAL, "nanzhu")
    fitting = [text for text in SINGLES if fits(text, case)]
    assert "missing:defence_notice" in fitting
    assert not {"missing:application_form", "missing:pleading", "missing:duty_help_register"} & set(fitting)
    assert "missing:cover" not in [text for text in SINGLES if fits(text, make_case("b", *SHORT, "nanzhu"))]


def test_defects_take_turns():
    """No defect comes up twice before every other that fits came up once."""
    turns, case = Turns(1), make_case("a", *SHORT, "ronghai")
    fitting = {text for text in SINGLES if fits(text, case)}
    assert {turns.some(case, 1)[0] for _ in fitting} == fitting
    one, other = turns.some(make_case("a", *TRIAL, "ronghai"), 2)
    assert one.split(":")[1] != other.split(":")[1]


def test_an_unerring_reader_reads_what_was_put_on_the_page():
    """Lines, seals and signatures stand in the readings as the truth tells them."""
    case = make_case("a", *TRIAL, "ronghai", ("unsigned:power_of_attorney",))
    truth, pages = truth_of(case, "unerring"), unerring_pages(case)
    mandate = next(each for each in truth.documents if each.type == "power_of_attorney")
    notice = next(each for each in truth.documents if each.type == "assignment_notice")
    reading = pages[mandate.first_page - 1].reading
    assert "授权委托书" in reading.text
    assert [place.state for place in reading.signature_places] == [State.MISSING]
    assert [seal.text for seal in pages[notice.first_page - 1].reading.seals] == [case.story.style.office]


@pytest.mark.parametrize(("kind", "stage"), list(PROCEEDINGS))
def test_a_complete_file_of_each_kind_is_not_blocked(kind, stage):
    """Read without errors, a complete file has no certain finding that blocks, whatever its kind."""
    notified = kind in {Kind.CRIMINAL_DEFENCE, Kind.DUTY_HELP, Kind.PLEA_HELP}
    case = make_case("whole", kind, stage, Origin.NOTIFIED if notified else Origin.APPLIED, "ronghai")
    report, score = _audited(case)
    assert report.subsidy is not None
    assert report.subsidy.decision is not Decision.BLOCKED, score.remarks


def test_a_missing_paper_is_counted_as_found():
    """The comparison counts the one defect, the decision, and no wrong claim."""
    report, score = _audited(make_case("whole", *TRIAL, "ronghai", ("missing:hearing_record",)))
    assert report.subsidy is not None
    assert report.subsidy.decision is Decision.BLOCKED
    assert score.counts["missing_found_certain"] == 1
    assert score.counts["missing_wrong_certain"] == 0
    assert score.defects == {"missing:hearing_record": {"certain": 1}}
    assert score.counts["boundaries_right"] > 20


def test_what_nobody_found_is_counted_as_missed():
    """A report of the complete file held against the truth of the one without a paper misses it."""
    whole = make_case("whole", *TRIAL, "ronghai")
    lacking = make_case("whole", *TRIAL, "ronghai", ("missing:hearing_record",))
    report, _ = _audited(whole)
    score = compared(report, truth_of(lacking, "unerring"), "x")
    assert score.counts["missing_missed"] == 1
    assert score.counts["page_count_wrong"] == 1
    assert score.counts["pages_wrong_confident"] > 0


def test_kept_readings_are_named_by_the_code_that_made_them(tmp_path):
    """The newest folder of readings is found; a page that was not read is said, not invented."""
    (tmp_path / "aaa").mkdir()
    with pytest.raises(FileNotFoundError):
        newest(tmp_path)
    (tmp_path / "aaa" / "page.json").write_text("{}")
    assert newest(tmp_path) == "aaa"
    with pytest.raises(FileNotFoundError):
        pages_of(make_case("b", *SHORT, "nanzhu"), tmp_path / "aaa")
