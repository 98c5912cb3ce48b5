"""Papers against the Guangdong checklists: complete, one missing, one that cannot be read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from auditing_volumes import (
    Paper,
    case_facts,
    complete,
    fact,
    facts,
    gd,
    list_of,
    mark,
    paper_for,
    run,
    volume,
)

from schemas.base import State
from schemas.case import CaseFacts, Kind, Origin, Stage
from schemas.reading import PageKind
from schemas.report import Certainty, Decision, Effect, ItemState, Problem
from schemas.standard import Checklist, Duty

CHECKLISTS = gd().checklists
SATISFIED_BY_OTHERS = {"case_basis", "disputed_act", "request", "case_acceptance_notice", "process_record"}
"""Items that another paper of a complete file may satisfy too, as a receipt does the register of a drafted paper."""

REMOVALS = [
    pytest.param(checklist, item.key, id=f"{checklist.title}-{item.key}")
    for checklist in CHECKLISTS
    for item, _ in complete(checklist)[0]
    if item.key not in SATISFIED_BY_OTHERS and (checklist.kind, item.key) != (Kind.DRAFTING, "closing_report")
]


def built(checklist: Checklist, without: str = "", **changes: str | bool | None):
    rows, case = complete(checklist, **changes)
    return [paper for item, paper in rows if item.key != without], case


@pytest.mark.parametrize("checklist", CHECKLISTS, ids=lambda checklist: checklist.title)
def test_a_complete_file_is_payable_without_a_finding(checklist):
    """Every checklist can be met, and meeting it raises nothing."""
    report = run(volume(*built(checklist)))
    assert [finding.message for finding in report.findings] == []
    assert report.subsidy is not None
    assert report.subsidy.decision is Decision.PAYABLE
    assert all(row.state in (ItemState.COMPLETE, ItemState.NOT_REQUIRED) for row in report.checklist)


@pytest.mark.parametrize(("checklist", "key"), REMOVALS)
def test_each_paper_removed_is_one_certain_finding(checklist, key):
    """One cause, one finding, with the item's effect; the subsidy is blocked if and only if the item blocks."""
    item = next(item for item in checklist.items if item.key == key)
    report = run(volume(*built(checklist, without=key)))
    assert len(report.findings) == 1, [finding.message for finding in report.findings]
    (finding,) = report.findings
    assert finding.state is Certainty.CERTAIN
    assert finding.problem is Problem.MISSING
    assert finding.effect is item.effect
    assert finding.document_type == item.materials[0]
    assert finding.rule.endswith(f"/{key}")
    assert finding.basis
    assert finding.remedy
    assert report.subsidy is not None
    blocked = item.effect is Effect.BLOCKS
    assert report.subsidy.decision is (Decision.BLOCKED if blocked else Decision.PAYABLE)
    assert report.subsidy.blocking == (("F1",) if blocked else ())


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("法院答复庭审笔录由其内部存档，不予复印，故无法提供庭审笔录。", Certainty.UNCERTAIN),
        ("本案未调取新的证据。庭审笔录已随卷提交。", Certainty.CERTAIN),
        ("庭审笔录已向法院申请查阅，法院不予复制。", Certainty.UNCERTAIN),
        ("承办人已核对庭审笔录，故卷内没有出庭通知书。", Certainty.CERTAIN),
    ],
)
def test_an_explained_absence_is_a_question(text, state):
    """What the lawyer has explained is not called certainly missing; an explanation of something else changes nothing."""
    checklist = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)
    papers, case = built(checklist, without="hearing_record")
    report = run(volume([*papers, Paper("explanation", text=text)], case))
    (finding,) = [each for each in report.findings if each.document_type == "hearing_record"]
    assert finding.state is state


@pytest.mark.parametrize("kind", [PageKind.UNREADABLE, PageKind.BLACK])
def test_a_page_without_alibi_makes_what_is_missing_a_question(kind):
    """The unreadable page may be the missing indictment: nothing blocks, and the page is named."""
    papers, case = built(list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED), without="indictment")
    papers.insert(9, Paper("other", certain=False, state=State.UNCERTAIN, score=0.2, reading={"kind": kind}))
    report = run(volume(papers, case))
    missing = [finding for finding in report.findings if finding.problem is Problem.MISSING]
    assert [finding.state for finding in missing] == [Certainty.UNCERTAIN]
    assert "第10页" in missing[0].reason
    assert missing[0].evidence[0].page == 10
    assert report.subsidy is not None
    assert report.subsidy.decision is Decision.UNDETERMINED


def test_a_certain_page_that_might_be_the_missing_paper_is_no_alibi():
    """A page that lists the missing type among its candidates speaks for nobody."""
    papers, case = built(list_of(Kind.CIVIL, Stage.TRIAL_FIRST), without="evidence")
    papers = [
        paper if paper.type != "case_basis" else Paper("case_basis", candidates=("case_basis", "evidence"))
        for paper in papers
    ]
    (finding,) = run(volume(papers, case)).findings
    assert (finding.state, finding.document_type) == (Certainty.UNCERTAIN, "evidence")


def test_blank_pages_are_an_alibi():
    """Backs of sheets do not turn a missing paper into a question."""
    papers, case = built(list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED), without="indictment")
    papers.insert(4, Paper("blank", reading={"kind": PageKind.BLANK}))
    (finding,) = run(volume(papers, case)).findings
    assert finding.state is Certainty.CERTAIN


@pytest.mark.parametrize(("score", "findings"), [(0.9, 0), (0.5, 1)])
def test_a_probable_paper_counts_and_a_doubtful_one_is_a_question(score, findings):
    """Above 0.8 the clerk is not asked, but the checklist says 待核."""
    papers, case = built(list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED), without="indictment")
    papers.insert(8, Paper("indictment", state=State.UNCERTAIN, score=score, certain=False))
    report = run(volume(papers, case))
    assert [finding.state for finding in report.findings] == [Certainty.UNCERTAIN] * findings
    row = next(row for row in report.checklist if row.item == "indictment")
    assert row.state is ItemState.UNCERTAIN
    if findings:
        assert "第9页" in report.findings[0].reason


def test_a_notified_case_is_not_asked_for_application_papers():
    """No application form, no means, no grant decision where an organ notified."""
    checklist = list_of(Kind.CRIMINAL_DEFENCE, Stage.INVESTIGATION, Origin.NOTIFIED)
    keys = {item.key for item in checklist.items}
    assert not keys & {"application_form", "means_statement", "means_exemption", "grant_decision"}
    assert {"file_review_note", "hearing_record", "hearing_notice"}.isdisjoint(keys)


def test_office_papers_are_never_asked_of_the_lawyer():
    """The return visit, the check form and the subsidy form are the office's."""
    report = run(volume(*built(list_of(Kind.CIVIL, Stage.TRIAL_FIRST))))
    office = [item.key for item in list_of(Kind.CIVIL, Stage.TRIAL_FIRST).items if item.duty is Duty.OFFICE]
    assert {"return_visit", "subsidy_form", "file_check_form", "quality_assessment"} <= set(office)
    assert all(row.state is ItemState.NOT_REQUIRED for row in report.checklist if row.item in office)


def test_consent_in_the_meeting_record_stands_for_the_confirmation():
    """A notified recipient who agreed in the record of the first meeting need not sign the confirmation."""
    checklist = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)
    papers, case = built(checklist, without="acceptance_confirmation")
    said = "问：你是否同意由我担任你的辩护人？\n答：同意。"
    papers = [replace_text(paper, said) if paper.type == "meeting_record" else paper for paper in papers]
    assert run(volume(papers, case)).findings == ()


def test_a_refusal_in_the_meeting_record_is_no_consent():
    """`不同意` is not `同意`."""
    checklist = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)
    papers, case = built(checklist, without="acceptance_confirmation")
    said = "问：你是否同意由我担任你的辩护人？\n答：不同意，我要自己请律师。"
    papers = [replace_text(paper, said) if paper.type == "meeting_record" else paper for paper in papers]
    (finding,) = run(volume(papers, case)).findings
    assert finding.rule.endswith("/acceptance_confirmation")


def test_a_meeting_record_that_cannot_be_read_may_hold_the_consent():
    """What the record says is unknown, so the confirmation is a question."""
    checklist = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)
    papers, case = built(checklist, without="acceptance_confirmation")
    papers = [
        Paper(
            paper.type, fields=paper.fields, marks=paper.marks, reading={"kind": PageKind.HANDWRITTEN, "quality": 0.4}
        )
        if paper.type == "meeting_record"
        else paper
        for paper in papers
    ]
    (finding,) = run(volume(papers, case)).findings
    assert (finding.state, finding.rule.rsplit("/", 1)[1]) == (Certainty.UNCERTAIN, "acceptance_confirmation")


def replace_text(paper: Paper, text: str) -> Paper:
    return Paper(paper.type, text=text, fields=paper.fields, marks=paper.marks)


def test_what_the_missing_paper_would_have_held_is_told_with_it():
    """Without closing report the summary inside it lacks too: one finding."""
    checklist = list_of(Kind.CIVIL, Stage.TRIAL_FIRST)
    rows, case = complete(checklist)
    papers = [paper for item, paper in rows if item.key not in ("closing_report", "handling_summary")]
    (finding,) = run(volume(papers, case)).findings
    assert finding.document_type == "closing_report"
    assert "承办情况小结" in finding.remedy


def test_the_summary_may_stand_in_the_closing_report():
    """No separate summary is asked for where the report has one."""
    papers, case = built(list_of(Kind.CIVIL, Stage.TRIAL_FIRST), without="handling_summary")
    papers = [replace_text(paper, "承办情况小结：……") if paper.type == "closing_report" else paper for paper in papers]
    assert run(volume(papers, case)).findings == ()


@pytest.mark.parametrize(
    ("means_check", "paper", "missing"),
    [
        ("check", None, "means_statement"),
        ("exempt_check", None, "means_exemption"),
        (None, None, "means_statement"),
        ("check", "means_exemption", None),
        ("exempt_check", "means_statement", None),
        (None, "means_exemption", None),
    ],
)
def test_means_are_shown_or_the_exemption_is(means_check, paper, missing):
    """One of the two papers is always needed; which one is named follows the case."""
    checklist = list_of(Kind.CIVIL, Stage.TRIAL_FIRST)
    rows, _ = complete(checklist)
    papers = []
    for item, each in rows:
        if item.key == "means_statement":
            if paper is not None:
                papers.append(Paper(paper, marks={"recipient_signature": mark()}))
        else:
            papers.append(each)
    report = run(volume(papers, case_facts(checklist, means_check=means_check)))
    assert [(finding.document_type, finding.state) for finding in report.findings] == (
        [(missing, Certainty.CERTAIN)] if missing else []
    )


def test_unknown_whether_there_was_a_hearing_is_one_question():
    """Neither record nor explanation, and nothing tells: one question for both papers."""
    papers, case = built(list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED))
    papers = [paper for paper in papers if paper.type not in ("hearing_record", "hearing_notice")]
    unknown = CaseFacts(facts={**case.facts, "hearing_held": fact(None, State.UNCERTAIN)})
    (finding,) = run(volume(papers, unknown)).findings
    assert finding.state is Certainty.UNCERTAIN
    assert finding.effect is Effect.BLOCKS
    assert "已开庭审理" in finding.message


def test_a_hearing_record_answers_the_question_itself():
    """With the record in the file nobody is asked for an explanation, whatever the facts say."""
    papers, case = built(list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED))
    unknown = CaseFacts(facts={**case.facts, "hearing_held": fact(None, State.UNCERTAIN)})
    assert run(volume(papers, unknown)).findings == ()


def test_presumed_facts_are_not_asked_about():
    """Nothing in the file speaks of a change of lawyer, a plea or a termination: nobody is asked."""
    checklist = list_of(Kind.CRIMINAL_DEFENCE, Stage.PROSECUTION, Origin.NOTIFIED)
    papers, _ = built(checklist)
    known = facts(kind="criminal_defence", stage="prosecution", origin="notified", minor=False)
    assert run(volume(papers, known)).findings == ()


def test_a_likely_fact_is_asked_about():
    """A plea that is likely and not certain makes the missing bond a question, not a certain finding."""
    checklist = list_of(Kind.CRIMINAL_DEFENCE, Stage.PROSECUTION, Origin.NOTIFIED)
    papers, case = built(checklist)
    likely = CaseFacts(facts={**case.facts, "plea": fact(True, State.UNCERTAIN)})
    (finding,) = run(volume(papers, likely)).findings
    assert (finding.state, finding.document_type) == (Certainty.UNCERTAIN, "plea_affidavit")


@pytest.mark.parametrize(
    ("indictment", "outcome", "expected"),
    [
        ("犯罪嫌疑人对指控没有异议，并自愿认罪认罚。", "审判长", []),
        ("已告知认罪认罚可能导致的法律后果", "被告人自愿认罪认罚。审判长", [Certainty.UNCERTAIN]),
        ("已告知认罪认罚可能导致的法律后果", "审判长", [Certainty.CERTAIN]),
    ],
)
def test_a_bond_that_was_signed_before_the_trial_is_not_asked_of_it(indictment, outcome, expected):
    """The charge says that the plea was made before it; a judgment alone leaves open when."""
    checklist = list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED)
    says = {"indictment": indictment, "outcome_document": outcome}
    papers, case = built(checklist)
    told = [replace(paper, text=says.get(paper.type, paper.text)) for paper in papers if paper.type != "plea_affidavit"]
    pleaded = CaseFacts(facts={**case.facts, "plea": fact(True)})
    assert [finding.state for finding in run(volume(told, pleaded)).findings] == expected


def test_a_notified_representation_rests_on_the_notice_and_not_on_an_agreement():
    """Whoever represents on the court's notice was assigned by the office; a victim who applied signs an agreement."""
    for origin, expected in ((Origin.NOTIFIED, set()), (Origin.APPLIED, {"representation_agreement"})):
        checklist = list_of(Kind.CRIMINAL_REPRESENTATION, Stage.TRIAL_FIRST, origin)
        papers, case = built(checklist, without="representation_agreement")
        found = run(volume(papers, case)).findings
        assert {entry.document_type for entry in found if entry.problem is Problem.MISSING} == expected


def test_conditions_that_hold_ask_for_their_papers():
    """A minor's case needs the guardian's papers; a terminated one the decision instead of the result."""
    checklist = list_of(Kind.CIVIL, Stage.TRIAL_FIRST)
    rows, _ = complete(checklist)
    papers = [paper for _, paper in rows]
    report = run(volume(papers, case_facts(checklist, minor=True)))
    assert [finding.document_type for finding in report.findings] == ["agent_identity"]
    rows, case = complete(checklist, aid_terminated=True)
    keys = {item.key for item, _ in rows}
    assert "termination_decision" in keys
    assert "outcome_document" not in keys
    assert run(volume([paper for _, paper in rows], case)).findings == ()


def test_an_investigation_may_end_with_an_explanation():
    """Police give no copy: the lawyer's explanation of what was told stands for the result."""
    papers, case = built(list_of(Kind.CRIMINAL_DEFENCE, Stage.INVESTIGATION, Origin.NOTIFIED), without="outcome")
    papers.append(Paper("explanation", text="本案已于2025年4月20日移送审查起诉，办案机关未提供文书。"))
    assert run(volume(papers, case)).findings == ()


def test_a_substitute_that_needs_agreement_is_a_question():
    """An explanation in place of the power of attorney is for a person to accept."""
    papers, case = built(
        list_of(Kind.CRIMINAL_DEFENCE, Stage.INVESTIGATION, Origin.NOTIFIED), without="power_of_attorney"
    )
    papers.append(Paper("explanation", text="受援人口头同意，但拒绝签署授权委托书。"))
    (finding,) = run(volume(papers, case)).findings
    assert finding.state is Certainty.UNCERTAIN
    assert "替代" in finding.message


def test_an_empty_volume_lacks_everything_and_says_so():
    """No pages at all: every required paper is certainly missing, and nothing breaks."""
    checklist = list_of(Kind.CIVIL, Stage.TRIAL_FIRST)
    report = run(volume([], case_facts(checklist)))
    assert report.subsidy is not None
    assert report.subsidy.decision is Decision.BLOCKED
    assert {finding.problem for finding in report.findings} == {Problem.MISSING}


def test_findings_are_numbered_certain_first_and_heaviest_first():
    """The notice begins with what blocks."""
    checklist = list_of(Kind.CIVIL, Stage.TRIAL_FIRST)
    rows, case = complete(checklist)
    gone = {"cover", "closing_report", "rights_notice", "assignment_notice", "handling_summary"}
    report = run(volume([paper for item, paper in rows if item.key not in gone], case))
    assert [finding.id for finding in report.findings] == [f"F{n}" for n in range(1, len(report.findings) + 1)]
    effects = [finding.effect for finding in report.findings]
    assert effects == sorted(effects, key=list(Effect).index)


def test_a_paper_for_every_item_is_known():
    """The builder of these tests makes a paper for each item of each checklist."""
    assert all(paper_for(item).type for checklist in CHECKLISTS for item in checklist.items)


@pytest.mark.parametrize(
    ("said", "findings"),
    [("法院以电话方式通知开庭，未送达书面通知。", 0), ("本案无需另行调查取证，特此说明，请通知归档。", 1)],
)
def test_an_explanation_stands_for_what_it_explains_only(said, findings):
    """A hearing told by phone replaces the written notice; an explanation about something else does not."""
    papers, case = built(list_of(Kind.CRIMINAL_DEFENCE, Stage.TRIAL_FIRST, Origin.NOTIFIED), without="hearing_notice")
    report = run(volume([*papers, Paper("explanation", text=said)], case))
    assert [finding.document_type for finding in report.findings] == ["hearing_notice"] * findings


@pytest.mark.parametrize("beside", [True, False])
def test_a_paper_beside_another_on_one_sheet_is_there(beside):
    """Two leaves scanned side by side are filed as one paper; the other one is not called missing, nor its marks."""
    rows, case = complete(list_of(Kind.CIVIL, Stage.TRIAL_FIRST))
    papers = [paper for _, paper in rows if paper.type != "rights_notice"]
    whole = volume(papers, case)
    at = next(place for place, paper in enumerate(papers) if paper.type == "power_of_attorney")
    pages = [
        page.model_copy(update={"also": ("rights_notice",)}) if beside and place == at else page
        for place, page in enumerate(whole.pages)
    ]
    report = run(whole.model_copy(update={"pages": tuple(pages)}))
    assert ["rights_notice"] * (not beside) == [finding.document_type for finding in report.findings]
