"""Hunan's fixed directory, Zhejiang's two volumes and steps with reasons, and what Henan forbids."""

from __future__ import annotations

import pytest
from auditing_jurisdictions import CASES, CIVIL, TRIAL, of, papers_of, standard
from auditing_volumes import Paper, complete, found, mark, run, volume

from schemas.base import State
from schemas.case import Binding, Kind, KnownCase, Origin, Stage
from schemas.report import Certainty, Decision, Effect, Problem, Standing
from schemas.standard import Duty, Need


def test_hunans_directory_has_its_lines_in_its_words():
    """Twenty-one lines, numbered, official; the order of every list follows them."""
    lines = [slot for slot in standard("hn").slots if not slot.unlisted]
    assert [slot.number for slot in lines] == list(range(1, 22))
    assert (
        lines[8].title
        == "委托代理/辩护协议、授权委托书、犯罪嫌疑人/被告人/上诉人接受/拒绝法律援助确认书、受援人权利义务风险告知书"
    )
    assert lines[20].title == "案件质量管理材料"
    for checklist in standard("hn").checklists:
        slots = [item.slot for item in checklist.items]
        if checklist.kind in CASES:
            assert slots == sorted(slots)
            assert [item.order for item in checklist.items] == sorted(item.order for item in checklist.items)
        else:
            assert set(slots) == {None}


def test_hunan_is_official_where_its_directory_was_read():
    """A paper that a line names rests on the directory; its signature and seal do not."""
    items = {item.key: item for item in of("hn", *CIVIL).items}
    mandate = items["power_of_attorney"]
    assert (mandate.standing, mandate.basis) == (Standing.OFFICIAL, "《湖南省法律援助案卷归档目录》第9项")
    assert {mandate.standing_of(required) for required in mandate.marks} == {Standing.RECONSTRUCTED}
    assert all("归档目录" not in (required.basis or "") for required in mandate.marks)
    assert items["hearing_record"].standing is Standing.RECONSTRUCTED  # when it is due, the directory does not say
    assert items["file_review_note"].standing is Standing.OFFICIAL  # the form's filling note was read
    assert items["cover"].standing is Standing.RECONSTRUCTED


def test_a_line_without_papers_stays_in_the_directory():
    """The notified sample of the form: no application, no means, no hearing, and all lines in the report."""
    papers, case = papers_of(of("hn", *TRIAL), hearing_held=False)
    report = run(volume(papers, case), standard=standard("hn"))
    lines = {line.number: line for line in report.directory}
    assert list(lines) == list(range(1, 22))
    empty = {number for number, line in lines.items() if not line.documents}
    assert {2, 3, 4, 5, 7, 12, 16, 21} <= empty
    assert {1, 6, 8, 9, 10, 11, 14, 15, 17, 18}.isdisjoint(empty)
    assert run(volume(*papers_of(of("hn", Kind.DRAFTING))), standard=standard("hn")).directory == ()


def test_hunan_tells_a_gap_by_its_line():
    """The number in the message is the directory's."""
    papers, case = papers_of(of("hn", *TRIAL), without="power_of_attorney")
    (finding,) = run(volume(papers, case), standard=standard("hn")).findings
    assert finding.message.startswith("第9项《授权委托书》缺失")
    papers, case = papers_of(of("hn", *TRIAL), without="cover")
    (finding,) = run(volume(papers, case), standard=standard("hn")).findings
    assert finding.message.startswith("《卷宗封面》缺失")


def test_hunans_order_is_fixed_between_lines_and_free_within():
    """The review note may stand behind the meeting, both being line 11; the judgment not before them."""
    papers, case = papers_of(of("hn", *TRIAL))
    by_type = {paper.type: paper for paper in papers}

    def misplaced(*types: str) -> bool:
        report = run(volume([by_type[type_] for type_ in types], case), standard=standard("hn"))
        return any(finding.problem is Problem.MISPLACED for finding in report.findings)

    assert not misplaced("power_of_attorney", "meeting_record", "file_review_note", "outcome_document")
    assert misplaced("power_of_attorney", "outcome_document", "meeting_record", "file_review_note")


# 浙江

OFFICE_PAPERS = {
    item.key for item in of("zj", *CIVIL).items if standard("zj").volume_title(item) == "审批卷"
}  # fmt: skip


def conduct_volume(**changes: str | bool):
    rows, case = complete(of("zj", *CIVIL), **changes)
    return [paper for item, paper in rows if item.key not in OFFICE_PAPERS], case


def test_zhejiang_tells_findings_with_their_volume():
    """Two volumes in one: what lacks is told as 审批卷 or 承办卷, with the volume's own number."""
    papers, case = papers_of(of("zj", *CIVIL), without="grant_decision")
    (finding,) = run(volume(papers, case), standard=standard("zj")).findings
    assert finding.message.startswith("审批卷第6项《给予法律援助决定书》缺失")
    papers, case = papers_of(of("zj", *CIVIL), without="power_of_attorney")
    report = run(volume(papers, case), standard=standard("zj"))
    (finding,) = report.findings
    assert finding.message.startswith("承办卷第1项《授权委托书》缺失")
    assert {row.volume for row in report.checklist} == {"审批卷", "承办卷"}


def test_the_lawyers_volume_alone_is_not_asked_for_the_offices():
    """Without one paper of the office's volume, it is bound apart: a word, once, and no gap."""
    report = run(volume(*conduct_volume()), standard=standard("zj"))
    (finding,) = report.findings
    assert finding.rule.endswith("/volumes")
    assert (finding.effect, finding.state, finding.duty) == (Effect.NOTE, Certainty.UNCERTAIN, Duty.OFFICE)
    assert "审批卷" in finding.message
    assert report.subsidy is not None
    assert report.subsidy.decision is Decision.PAYABLE


def test_an_office_says_how_it_binds():
    """Bound apart by setting: nothing is said. Bound together: what the office's volume lacks is missing."""
    file = volume(*conduct_volume())
    apart = standard("zj").model_copy(update={"binding": Binding.SEPARATE})
    assert run(file, standard=apart).findings == ()
    together = run(file, KnownCase(binding=Binding.COMBINED), standard("zj"))
    assert {finding.document_type for finding in together.findings} >= {"application_form", "grant_decision"}
    assert together.subsidy is not None
    assert together.subsidy.decision is Decision.BLOCKED


def test_a_page_that_may_be_the_offices_keeps_the_volumes_together():
    """An unsure page that could be the application speaks against two volumes."""
    papers, case = conduct_volume()
    loose = Paper("other", state=State.UNCERTAIN, score=0.3, certain=False, candidates=("other", "application_form"))
    report = run(volume([*papers, loose], case), standard=standard("zj"))
    assert not any(finding.rule.endswith("/volumes") for finding in report.findings)


@pytest.mark.parametrize(
    ("key", "list_", "reason"),
    [
        ("file_review_note", TRIAL, "本案未阅卷，原因为案件适用速裁程序，未及阅卷。"),
        ("meeting_record", TRIAL, "因疫情管控未能会见，未制作会见笔录。"),
        ("power_of_attorney", TRIAL, "受援人拒绝，未办理委托手续。"),
        ("interview_record", CIVIL, "受援人在外地，未制作询问笔录。"),
        ("progress_record", CIVIL, "受援人失去联系，未能通报承办情况。"),
    ],
)
def test_a_step_not_taken_needs_its_reason(key, list_, reason):
    """未…原因: with the reason a person decides; without it the paper is missing. Elsewhere the reason is a question too."""
    papers, case = papers_of(of("zj", *list_), without=key)
    (missing,) = run(volume(papers, case), standard=standard("zj")).findings
    assert (missing.problem, missing.state) == (Problem.MISSING, Certainty.CERTAIN)
    explained = [*papers, Paper("explanation", text=reason)]
    findings = run(volume(explained, case), standard=standard("zj")).findings
    assert [(finding.problem, finding.state) for finding in findings] == [(Problem.MISSING, Certainty.UNCERTAIN)]
    assert "替代理由" in findings[0].reason


def test_taking_evidence_is_a_step_that_may_be_explained():
    """Wenzhou's 调查取证情况说明 does for the evidence, without a question."""
    papers, case = papers_of(of("zj", *TRIAL), without="evidence")
    (finding,) = run(volume(papers, case), standard=standard("zj")).findings
    assert (finding.state, finding.effect) == (Certainty.CERTAIN, Effect.CORRECT)
    told = [*papers, Paper("explanation", text="调查取证情况说明：本案未调查取证。")]
    assert run(volume(told, case), standard=standard("zj")).findings == ()


def test_zhejiangs_lists_by_stage():
    """No defence opinion is due before trial, no file review in labour arbitration; both are in Guangdong as before."""
    early = {item.key: item for item in of("zj", Kind.CRIMINAL_DEFENCE, Stage.INVESTIGATION, Origin.NOTIFIED).items}
    assert early["advocacy_statement"].need is Need.OPTIONAL
    assert "file_review_note" not in early
    labour = {item.key: item for item in of("zj", Kind.LABOUR_ARBITRATION).items}
    assert labour["file_review_note"].need is Need.OPTIONAL
    own = {item.key: item for item in of("gd", Kind.CRIMINAL_DEFENCE, Stage.INVESTIGATION, Origin.NOTIFIED).items}
    assert own["advocacy_statement"].need is Need.REQUIRED


# 河南

STUB = "给予法律援助决定书（存根）援助字第12号 经审查决定给予法律援助"


def with_decision(text: str):
    rows, case = complete(of("ha", *CIVIL))
    papers = [
        Paper("grant_decision", text=text, marks={"office_seal": mark()}, fields={"date": found("2025-03-05")})
        if item.key == "grant_decision"
        else paper
        for item, paper in rows
    ]
    return volume(papers, case)


def test_henan_forbids_stubs():
    """A stub has to come out; being a stub, it is no decision, so that the decision is missing. Guangdong takes it."""
    report = run(with_decision(STUB), standard=standard("ha"))
    found_ = {(finding.problem, finding.document_type): finding for finding in report.findings}
    forbidden = found_[Problem.FORBIDDEN, "grant_decision"]
    assert (forbidden.state, forbidden.effect, forbidden.standing) == (
        Certainty.CERTAIN, Effect.CORRECT, Standing.OFFICIAL,
    )  # fmt: skip
    assert forbidden.evidence
    assert "河南" in forbidden.basis
    assert found_[Problem.MISSING, "grant_decision"].state is Certainty.CERTAIN
    assert Problem.FOREIGN not in {finding.problem for finding in report.findings}
    assert run(with_decision(STUB), standard=standard("gd")).findings == ()


def test_stub_and_decision_on_one_sheet_are_a_question():
    """Two titles on one sheet: perhaps the decision is there as well."""
    report = run(with_decision(STUB + " 给予法律援助决定书 张某某："), standard=standard("ha"))
    (finding,) = report.findings
    assert (finding.problem, finding.state) == (Problem.FORBIDDEN, Certainty.UNCERTAIN)
    assert finding.reason


def test_henan_forbids_a_firms_own_forms():
    """A firm's letter must not be filed in Henan; an office's visiting letter of the same type may."""
    rows, case = complete(of("ha", *TRIAL))
    papers = [paper for _, paper in rows]

    def forbidden(text: str) -> bool:
        file = volume([*papers, Paper("firm_letter", text=text)], case)
        findings = run(file, standard=standard("ha")).findings
        return any(finding.problem is Problem.FORBIDDEN for finding in findings)

    assert forbidden("某某律师事务所函 人民法院：")
    letter = volume([*papers, Paper("firm_letter", text="某某律师事务所函 人民法院：")], case)
    decision = run(letter, standard=standard("ha")).subsidy
    assert decision is not None
    assert decision.decision is Decision.PAYABLE
    assert not forbidden("法律援助会见专用证明 看守所：")
    unread = Paper("firm_letter", text="某某律师事务所函", reading={"quality": 0.4, "low_quality": True})
    report = run(volume([*papers, unread], case), standard=standard("ha"))
    assert Problem.FORBIDDEN not in {finding.problem for finding in report.findings}


def test_henan_says_what_a_person_checks_on_paper():
    """Seam seals and page numbers in pencil are on no scan: they are notes, not findings."""
    texts = "".join(note.text for note in standard("ha").notes)
    assert "骑缝章" in texts
    assert "页号" in texts


# 江苏、期限
