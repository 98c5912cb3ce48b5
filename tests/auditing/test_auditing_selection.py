"""Which checklist applies, and what is asked where that is open."""

from __future__ import annotations

from auditing_volumes import case_facts, complete, fact, facts, list_of, run, volume

from schemas.base import State
from schemas.case import CaseFacts, Kind, KnownCase, Origin, Stage
from schemas.report import Certainty, Decision, Effect

TRIAL = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)


def unsure(case: CaseFacts, **values):
    """The facts with some of them uncertain: a likely value, or none."""
    return CaseFacts(facts={**case.facts, **{name: fact(value, State.UNCERTAIN) for name, value in values.items()}})


def built(without=()):
    rows, case = complete(TRIAL)
    return [paper for item, paper in rows if item.key not in without], case


def test_what_was_given_wins():
    """`--case` decides over what the papers seem to say."""
    papers, case = built()
    wrong = unsure(case, kind="civil", stage="trial_second", origin="applied")
    known = KnownCase(kind=Kind.CRIMINAL_DEFENCE, stage=Stage.TRIAL_FIRST, origin=Origin.NOTIFIED)
    report = run(volume(papers, wrong), known)
    assert report.findings == ()
    assert report.case is not None
    assert (report.case.kind, report.case.stage, report.case.origin) == (
        Kind.CRIMINAL_DEFENCE,
        Stage.TRIAL_FIRST,
        Origin.NOTIFIED,
    )
    assert report.case.facts["kind"].given


def test_an_unknown_kind_is_the_only_question():
    """Without kind there is no checklist; the clerk is asked once and nothing is called missing."""
    papers, _ = built()
    report = run(volume(papers, facts()))
    (finding,) = report.findings
    assert finding.rule == "gd/case/kind"
    assert (finding.state, finding.effect) == (Certainty.UNCERTAIN, Effect.BLOCKS)
    assert report.subsidy is not None
    assert report.subsidy.decision is Decision.UNDETERMINED
    assert report.checklist == ()


def test_a_likely_kind_asks_about_every_paper_that_would_lack():
    """The file is held against the likely list; each paper that lacks is a question that says what is open."""
    papers, case = built(without=("indictment", "assignment_notice"))
    report = run(volume(papers, unsure(case, kind="criminal_defence")))
    rules = {finding.rule.rsplit("/", 1)[1]: finding for finding in report.findings}
    assert set(rules) == {"indictment", "assignment_notice"}
    assert {finding.state for finding in rules.values()} == {Certainty.UNCERTAIN}
    assert "案件类别" in rules["indictment"].reason
    assert report.case is not None
    assert report.case.kind is None


def either(case: CaseFacts, value: str, *rivals: str) -> CaseFacts:
    """The facts with a kind that is surely one of a few."""
    kind = fact(value, State.UNCERTAIN).model_copy(update={"rivals": rivals})
    return CaseFacts(facts={**case.facts, "kind": kind})


def duty_file(without=()):
    rows, case = complete(list_of(Kind.PLEA_HELP))
    return [paper for item, paper in rows if item.key not in without], case


def test_what_every_possible_kind_wants_is_certainly_missing():
    """Help on duty or the witnessing of a plea: either wants the organ's notice."""
    papers, case = duty_file(without=("duty_help_notice",))
    report = run(volume(papers, either(case, "duty_help", "plea_help")))
    lacking = [finding for finding in report.findings if finding.document_type == "duty_help_notice"]
    assert [finding.state for finding in lacking] == [Certainty.CERTAIN]


def test_what_only_one_possible_kind_wants_is_asked_about():
    """Only the witnessing of a plea wants the affidavit: a question that names the kind, and none about the kind itself."""
    papers, case = duty_file(without=("plea_affidavit",))
    report = run(volume(papers, unsure(either(case, "duty_help", "plea_help"), plea=None)))
    (finding,) = [each for each in report.findings if each.effect is Effect.BLOCKS]
    assert (finding.document_type, finding.state) == ("plea_affidavit", Certainty.UNCERTAIN)
    assert "案件类别" in finding.reason


def test_a_file_that_is_complete_for_every_possible_kind_raises_no_question():
    """Nothing depends on whether help on duty or the witnessing of a plea is told."""
    papers, case = duty_file()
    assert run(volume(papers, either(case, "duty_help", "plea_help"))).findings == ()


def test_a_likely_stage_under_which_the_file_is_complete_is_not_asked_about():
    """A probable stage and a file that is complete for it agree: no question."""
    papers, case = built()
    assert run(volume(papers, unsure(case, stage="trial_first"))).findings == ()
    assert run(volume(papers, unsure(case, origin="notified"))).findings == ()


def test_an_unknown_stage_is_one_question_and_common_papers_stay_certain():
    """The assignment is due at every stage; what only some stages need hangs on the answer."""
    papers, case = built(without=("assignment_notice",))
    report = run(volume(papers, unsure(case, stage=None)))
    rules = [(finding.rule.rsplit("/", 1)[1], finding.state) for finding in report.findings]
    assert rules == [("assignment_notice", Certainty.CERTAIN), ("stage", Certainty.UNCERTAIN)]
    assert report.subsidy is not None
    assert report.subsidy.decision is Decision.BLOCKED


def test_an_unknown_origin_is_one_question():
    """The list with the fewest gaps is the one that is compared."""
    papers, case = built()
    report = run(volume(papers, unsure(case, origin=None)))
    (finding,) = report.findings
    assert finding.rule == "gd/case/origin"
    assert "案件来源" in finding.message
    assert "缺" not in finding.message


def test_a_kind_without_stages_needs_none():
    """Labour arbitration has one list whatever the stage."""
    checklist = list_of(Kind.LABOUR_ARBITRATION)
    rows, _ = complete(checklist)
    report = run(volume([paper for _, paper in rows], case_facts(checklist, stage=None)))
    assert report.findings == ()
    assert {row.item for row in report.checklist} >= {"arbitration_application"}


def test_rules_carry_kind_and_stage():
    """The contract's form of a rule: standard, kind and stage, item."""
    papers, case = built(without=("hearing_record",))
    (finding,) = run(volume(papers, case)).findings
    assert finding.rule == "gd/criminal_defence.trial_first/hearing_record"
