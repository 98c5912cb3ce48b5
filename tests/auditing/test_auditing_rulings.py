"""What a person says of a finding: it settles the finding, in this round and in every later one."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.auditing.progress import progress
from pipeline.auditing.rulings import identified, ruling_text, with_rulings
from schemas.base import Place
from schemas.decision import Decisions, Ruling, Verdict
from schemas.report import (
    AuditReport,
    Certainty,
    ChecklistResult,
    Decision,
    Effect,
    Finding,
    ItemState,
    Problem,
    Source,
    Subsidy,
)

PAGES = {1: "a" * 64, 2: "b" * 64, 3: "c" * 64}
NOON = datetime(2026, 3, 9, 4, tzinfo=UTC)


def finding(
    number: int = 1,
    problem: Problem = Problem.MISSING,
    state: Certainty = Certainty.UNCERTAIN,
    *,
    pages: tuple[int, ...] = (),
    hashes: dict[int, str] = PAGES,
) -> Finding:
    made = Finding(
        id=f"F{number}",
        rule="gd/civil.trial_first/hearing_record",
        problem=problem,
        document_type="hearing_record",
        state=state,
        effect=Effect.BLOCKS,
        message="未见《庭审笔录》。",
        basis="",
        remedy="请补交。",
        evidence=tuple(Place(page=page) for page in pages),
        reason="第2页未能辨认。" if state is Certainty.UNCERTAIN else "",
    )
    return identified(made, hashes)


def report(*findings: Finding, state: ItemState = ItemState.UNCERTAIN) -> AuditReport:
    row = ChecklistResult(
        item="hearing_record", title="庭审笔录", need="必备", state=state, findings=tuple(one.id for one in findings)
    )
    return AuditReport(
        source=Source(name="a.pdf", sha256="0" * 64, pages=3),
        status="audited",
        findings=findings,
        checklist=(row,),
        subsidy=Subsidy(decision=Decision.UNDETERMINED, undetermined=tuple(one.id for one in findings)),
    )


def said(about: Finding, verdict: Verdict) -> Decisions:
    return Decisions(rulings=(Ruling(finding=about.identity, verdict=verdict, by="周某", at=NOON, why="已核对原件"),))


def test_dismissed_finding_stands_apart_and_holds_up_nothing() -> None:
    """A person has looked: the question is settled, the subsidy may be paid, and the report says who said so."""
    asked = finding()
    settled = with_rulings(report(asked), said(asked, Verdict.DISMISSED))
    assert settled.findings == ()
    assert [one.ruling.by for one in settled.dismissed if one.ruling] == ["周某"]
    assert settled.subsidy is not None
    assert settled.subsidy.decision is Decision.PAYABLE
    assert settled.checklist[0].state is ItemState.SETTLED


def test_confirmed_question_is_certain_and_blocks() -> None:
    """What a person has confirmed is as good as read for certain."""
    asked = finding()
    settled = with_rulings(report(asked), said(asked, Verdict.CONFIRMED))
    assert settled.findings[0].state is Certainty.CERTAIN
    assert settled.subsidy is not None
    assert settled.subsidy.blocking == ("F1",)
    assert settled.checklist[0].state is ItemState.MISSING


def test_withdrawn_ruling_leaves_the_finding_as_it_was() -> None:
    """Taking a word back is a word too: the last one counts."""
    asked = finding()
    decisions = said(asked, Verdict.DISMISSED)
    back = Ruling(finding=asked.identity, verdict=Verdict.WITHDRAWN, by="周某", at=NOON)
    decisions = decisions.model_copy(update={"rulings": (*decisions.rulings, back)})
    assert with_rulings(report(asked), decisions) == report(asked)


def test_line_of_the_checklist_keeps_what_was_not_dismissed() -> None:
    """Of two questions about one item the one that nobody settled stays."""
    first, second = finding(1), finding(2, Problem.UNDATED, pages=(2,))
    settled = with_rulings(report(first, second), said(first, Verdict.DISMISSED))
    assert settled.checklist[0].findings == ("F2",)
    assert settled.checklist[0].state is ItemState.UNCERTAIN


def test_identity_does_not_hang_on_page_numbers() -> None:
    """A supplement put in front moves the pages; the question about them is the same."""
    before = finding(problem=Problem.UNDATED, pages=(2,))
    after = finding(problem=Problem.UNDATED, pages=(3,), hashes={3: PAGES[2]})
    other = finding(problem=Problem.UNDATED, pages=(3,))
    assert before.identity == after.identity != other.identity


def test_ruling_is_told_with_name_and_day() -> None:
    """Whoever reads the opinion sees whose word it rests on."""
    ruling = said(finding(), Verdict.DISMISSED).rulings[0]
    assert ruling_text(ruling) == "周某于2026年3月9日认定不成立：已核对原件"


def test_progress_sorts_what_became_of_the_findings() -> None:
    """Cured, remaining and new are told apart; a page scanned anew does not make a new question of an old one."""
    missing, undated = finding(1), finding(2, Problem.UNDATED, pages=(2,))
    rescanned = finding(1, Problem.UNDATED, pages=(2,), hashes={2: "d" * 64})
    foreign = finding(2, Problem.FOREIGN, pages=(3,))
    told = progress(report(missing, undated), report(rescanned, foreign))
    assert (told.cured, told.remaining, told.new) == ((missing,), (rescanned,), (foreign,))


def test_of_two_of_a_kind_the_one_that_is_left_remains() -> None:
    """Each finding is matched once."""
    first, second = (finding(n, Problem.UNSIGNED, pages=(n,)) for n in (1, 2))
    left = finding(1, Problem.UNSIGNED, pages=(2,))
    told = progress(report(first, second), report(left))
    assert (told.cured, told.remaining, told.new) == ((first,), (left,), ())


def test_dismissed_finding_was_not_cured() -> None:
    """Nobody handed anything in: a person said that it does not matter."""
    asked = finding()
    later = with_rulings(report(asked), said(asked, Verdict.DISMISSED))
    told = progress(report(asked), later)
    assert (told.cured, told.remaining, told.new) == ((), (), ())


def test_reports_without_identities_are_matched_by_what_they_say() -> None:
    """A round that was recorded before findings had identities can still be compared."""
    old = finding().model_copy(update={"identity": ""})
    told = progress(report(old), report(finding()))
    assert (len(told.cured), len(told.remaining), len(told.new)) == (0, 1, 0)
