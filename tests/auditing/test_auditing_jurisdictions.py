"""The jurisdictions' standards at work: what each demands, forbids, excuses, and how it tells it."""

from __future__ import annotations

from datetime import date

import pytest
from auditing_jurisdictions import CIVIL, OTHERS, SHIPPED, TRIAL, lawyers, of, papers_of, standard
from auditing_volumes import case_facts, run, volume

from pipeline.auditing import list_standards
from pipeline.auditing.conditions import parse
from schemas.case import Kind, KnownCase, Origin, Stage
from schemas.report import Decision, Effect, Problem, Standing
from schemas.standard import Duty, Need


def test_all_jurisdictions_ship():
    """Seven jurisdictions and the example for offices, each with a list for every kind, stage and origin."""
    assert list_standards() == SHIPPED
    for name in SHIPPED:
        assert {checklist.kind for checklist in standard(name).checklists} == set(Kind)
        for stage in Stage:
            for origin in Origin:
                assert standard(name).checklist(Kind.CRIMINAL_DEFENCE, stage, origin) is not None


@pytest.mark.parametrize("name", SHIPPED)
def test_everything_says_what_it_rests_on(name):
    """Every item, rule, term and note has a basis, every item a source, and no placeholder is left in a text."""
    for checklist in standard(name).checklists:
        for item in checklist.items:
            texts = (item.basis, item.source, item.title or "", item.remedy or "")
            assert item.basis.strip(), item.key
            assert item.source.strip(), item.key
            assert not any("{" in text for text in texts), item
            assert all("{" not in (required.basis or "") for required in (*item.marks, *item.fields))
    grounds = [*standard(name).rules, *standard(name).deadlines.values(), *standard(name).notes]
    assert all(ground.basis.strip() and "{" not in ground.basis for ground in grounds)


@pytest.mark.parametrize("name", OTHERS)
def test_no_other_jurisdiction_cites_guangdong(name):
    """What is inherited cites the jurisdiction's own norms; only the source says that a list came from Guangdong."""
    own = standard(name)
    bases = [item.basis for checklist in own.checklists for item in checklist.items]
    bases += [ground.basis for ground in (*own.rules, *own.deadlines.values())]
    assert not [basis for basis in bases if "广东" in basis]
    sources = [item.source for checklist in own.checklists for item in checklist.items]
    assert any("广东" in source for source in sources)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_complete_file_of_its_own_is_payable(name):
    """Every list can be met, and meeting it asks nothing of the lawyer."""
    for checklist in standard(name).checklists:
        report = run(volume(*papers_of(checklist)), standard=standard(name))
        assert [finding.message for finding in lawyers(report)] == [], checklist.title
        assert report.subsidy is not None
        assert report.subsidy.decision is Decision.PAYABLE


@pytest.mark.parametrize("name", [*OTHERS, "gd-example"])
def test_a_complete_guangdong_file_is_not_blocked_elsewhere(name):
    """Another province's order and extras may be put right; they are no reason to keep the money back."""
    for checklist in standard("gd").checklists:
        report = run(volume(*papers_of(checklist)), standard=standard(name))
        assert report.subsidy is not None
        assert report.subsidy.blocking == (), [finding.message for finding in report.findings]


def test_the_nation_has_guangdongs_lists_without_guangdongs_own_headings():
    """Only the family contact record and the outline of the hearing are Guangdong's."""
    for checklist in standard("gd").checklists:
        keys = {item.key for item in checklist.items}
        national = standard("cn").checklist(checklist.kind, checklist.stages[0], checklist.origins[0])
        assert national is not None
        assert keys - {item.key for item in national.items} <= {"family_contact_record", "hearing_outline"}


def test_conditions_are_weighed_against_the_list_they_stand_in():
    """A notified defence needs no agreement but may have one; an applied one needs it without any condition."""
    applied = {item.key: item for item in of("gd", Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST).items}
    notified = {item.key: item for item in of("gd", *TRIAL).items}
    assert (applied["representation_agreement"].need, applied["representation_agreement"].when) == (Need.REQUIRED, None)
    assert notified["representation_agreement"].need is Need.OPTIONAL
    assert notified["acceptance_confirmation"].need is Need.REQUIRED
    for name in SHIPPED:
        for checklist in standard(name).checklists:
            for item in checklist.items:
                assert item.when is None or parse(item.when)


# 湖南


def test_jiangsu_wants_a_visit_and_an_assessment_of_the_office():
    """One case, one assessment: the office's own duty, never the lawyer's, and no reason to keep the money back."""
    report = run(volume(*papers_of(of("js", *CIVIL))), standard=standard("js"))
    assert {finding.document_type for finding in report.findings} == {"return_visit", "quality_assessment"}
    assert {finding.duty for finding in report.findings} == {Duty.OFFICE}
    assert report.subsidy is not None
    assert report.subsidy.decision is Decision.PAYABLE


@pytest.mark.parametrize(
    ("name", "filed", "late"),
    [
        ("zj", date(2025, 5, 7), True),
        ("zj", date(2025, 4, 30), False),
        ("gd", date(2025, 5, 7), False),
        ("gd", date(2025, 6, 3), True),
        ("hn", date(2025, 6, 3), True),
        ("ha", date(2025, 6, 3), False),
        ("ha", date(2025, 7, 16), False),
        ("ha", date(2025, 7, 17), True),
        ("gd-example", date(2025, 5, 12), True),
    ],
)
def test_each_jurisdiction_has_its_own_term(name, filed, late):
    """Closed on 16 April 2025: fifteen days, twenty, thirty, or three months to file."""
    papers, case = papers_of(of(name, *CIVIL))
    known = KnownCase(closed_on=date(2025, 4, 16), submitted_on=filed)
    report = run(volume(papers, case), known, standard(name))
    told = [finding for finding in report.findings if finding.problem is Problem.LATE]
    assert bool(told) is late
    if told:
        assert told[0].basis == standard(name).deadlines["filing"].basis
        assert told[0].standing is standard(name).deadlines["filing"].standing


# 样例


def test_the_example_adds_relaxes_moves_and_removes():
    """What the example says differs from Guangdong, and nothing else does."""
    old = {item.key: item for item in of("gd", *CIVIL).items}
    new = {item.key: item for item in of("gd-example", *CIVIL).items}
    assert set(new) - set(old) == {"integrity_card"}
    assert set(old) - set(new) == {"outcome_receipt"}
    assert (old["rights_notice"].effect, new["rights_notice"].effect) == (Effect.CORRECT, Effect.NOTE)
    keys = list(new)
    assert keys.index("closing_report") == keys.index("contents_list") + 1
    assert keys.index("integrity_card") == keys.index("rights_notice") + 1
    accepted = [substitute.material for substitute in new["case_acceptance_notice"].substitutes]
    assert accepted == [
        *(substitute.material for substitute in old["case_acceptance_notice"].substitutes),
        "explanation",
    ]
    changed = {"rights_notice", "case_acceptance_notice"}
    for key in set(old) & set(new) - changed:
        assert old[key].model_copy(update={"order": 0}) == new[key].model_copy(update={"order": 0})
    assert "rest_day" not in {rule.rule for rule in standard("gd-example").rules}


def test_the_examples_own_card_is_asked_for():
    """The added item is audited like any other."""
    papers, case = papers_of(of("gd-example", *CIVIL), without="integrity_card")
    (finding,) = run(volume(papers, case), standard=standard("gd-example")).findings
    assert (finding.problem, finding.rule) == (Problem.MISSING, "gd-example/civil.trial_first/integrity_card")
    assert finding.standing is Standing.CONFIRMED
    assert case_facts(of("gd-example", *CIVIL)).certain("kind") == "civil"
