"""`juanzong review` and `juanzong due`: what a person says is kept, and what he may not do is refused with a sentence."""

from __future__ import annotations

import pytest
from commanding import Run, refused

from pipeline import registry
from pipeline.auditing.rulings import identified
from schemas.base import Place
from schemas.life import CaseState
from schemas.report import (
    AuditReport,
    Certainty,
    Decision,
    Effect,
    Finding,
    Problem,
    ReportCase,
    ReportPage,
    Source,
    Subsidy,
)
from schemas.volume import FieldValue

NUMBER = "虚法援民字〔2024〕31号"
PAGES = {1: "a" * 64, 2: "b" * 64}


def finding(number: int, problem: Problem, state: Certainty, *pages: int) -> Finding:
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
    )
    return identified(made, PAGES)


def report(*findings: Finding, decision: Decision = Decision.UNDETERMINED) -> AuditReport:
    fields = {
        "case_number": FieldValue(value=NUMBER, state="found"),
        "recipient_name": FieldValue(value="某乙", state="found"),
    }
    pages = (
        ReportPage(number=number, document=None, kind="content", rotation=0, text_source="ocr", sha256=sha256)
        for number, sha256 in PAGES.items()
    )
    return AuditReport(
        source=Source(name="卷.pdf", sha256="1" * 64, pages=2),
        status="audited",
        case=ReportCase(kind=None, stage=None, origin=None, fields=fields),
        pages=tuple(pages),
        findings=findings,
        subsidy=Subsidy(decision=decision),
    )


def audited(made: AuditReport, digit: str = "1") -> None:
    drop = registry.register_drop("卷.pdf", "f" * 64, sha256=digit * 64, original=f"originals/{digit}")
    registry.record_left(drop.drop_id)
    claim = registry.claim_next("tests")
    assert claim is not None
    record = registry.record_report(claim.submission_id, made)
    registry.record_delivered(record.submission_id, f"案件甲/第{record.number}次审查")


def test_ruling_is_kept_and_the_case_waits_to_be_audited_again(run: Run) -> None:
    """The person is named, and the next look at the file knows what was said."""
    missing = finding(1, Problem.MISSING, Certainty.UNCERTAIN)
    audited(report(missing))
    told = run("review", "rule", NUMBER, "f1", "--dismiss", "--why", "本案未开庭", "--by", "周某")
    assert told.exit_code == 0, told.output
    decisions = registry.decisions_of(registry.life(NUMBER).key)
    ruling = decisions.ruling_on(missing.identity)
    assert ruling is not None
    assert (ruling.by, ruling.why) == ("周某", "本案未开庭")
    assert registry.claim_next("tests") is not None


def test_a_long_finding_is_shown_whole(run: Run) -> None:
    """Chinese has no spaces at which a cell could be broken; cut off, it would not say what is wrong."""
    message = "".join(f"第{number}页的签名未能确认，" for number in range(1, 30))
    told = finding(1, Problem.UNSIGNED, Certainty.UNCERTAIN).model_copy(update={"message": message})
    audited(report(told))
    shown = run("review", "show", NUMBER).output
    column = [line.split("│")[5].strip() for line in shown.splitlines() if line.count("│") == 7]
    assert "".join(column).replace(" ", "").startswith(message)
    assert "程序" in shown


def test_ruling_needs_one_verdict_and_a_reason_to_dismiss(run: Run) -> None:
    """What holds money up or lets it go is not said by half."""
    audited(report(finding(1, Problem.MISSING, Certainty.UNCERTAIN)))
    assert "三者择一" in refused(run("review", "rule", NUMBER, "F1"))
    assert "三者择一" in refused(run("review", "rule", NUMBER, "F1", "--confirm", "--dismiss", "--why", "无"))
    assert "理由" in refused(run("review", "rule", NUMBER, "F1", "--dismiss"))
    assert "F9" in refused(run("review", "rule", NUMBER, "F9", "--confirm"))
    assert registry.decisions_of(registry.life(NUMBER).key).rulings == ()


def test_correction_names_page_or_field_and_can_be_taken_back(run: Run) -> None:
    """By the titles that a clerk knows; the reading itself stays as it was."""
    audited(report())
    told = run("review", "correct", NUMBER, "--as", "2=庭审笔录", "--field", "案由=盗窃罪", "--by", "周某")
    assert told.exit_code == 0, told.output
    key = registry.life(NUMBER).key
    assert registry.decisions_of(key).paper_of(PAGES[2]) == "hearing_record"
    assert registry.decisions_of(key).field_value("cause") == "盗窃罪"
    run("review", "correct", NUMBER, "--as", "2=", "--field", "案由=", "--by", "周某")
    assert registry.decisions_of(key).paper_of(PAGES[2]) is None
    assert registry.decisions_of(key).field_value("cause") is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "写明要更正的内容"),
        (("--as", "9=庭审笔录"), "没有第9页"),
        (("--as", "2=无此材料"), "不是材料的名称"),
        (("--field", "天气=晴"), "要素可以是"),
        (("--field", "结案日期=2024年13月"), "不是日期"),
    ],
)
def test_correction_that_cannot_be_is_refused(run: Run, arguments: tuple[str, ...], said: str) -> None:
    """Nothing is kept of it."""
    audited(report())
    assert said in refused(run("review", "correct", NUMBER, *arguments))


def test_case_goes_on_step_by_step(run: Run) -> None:
    """Two persons for the money; each step answers with where the case stands now."""
    audited(report(decision=Decision.PAYABLE))
    assert "已核卷" in run("review", "step", NUMBER, "核卷", "--by", "周某").output
    assert "另一人" in refused(run("review", "step", NUMBER, "审批", "--by", "周某"))
    assert "待发放" in run("review", "step", NUMBER, "审批", "--by", "吴某").output
    assert registry.life(NUMBER).state is CaseState.APPROVED
    assert "没有“付款”这一步" in refused(run("review", "step", NUMBER, "付款", "--by", "周某"))


def test_show_tells_state_history_findings_and_corrections(run: Run) -> None:
    """Everything that a person needs before the next step."""
    audited(report(finding(1, Problem.MISSING, Certainty.UNCERTAIN), finding(2, Problem.UNDATED, Certainty.CERTAIN, 2)))
    run("review", "correct", NUMBER, "--as", "2=庭审笔录", "--by", "周某")
    shown = run("review", "show", NUMBER)
    assert shown.exit_code == 0, shown.output
    for told in (NUMBER, "某乙", "待人工复核", "F1", "待核", "未注明日期", "第 2 页系《庭审笔录》"):
        assert told in shown.output


def test_due_lists_what_runs(run: Run) -> None:
    """A file that was just received is to be reviewed within the standard's term."""
    assert "没有正在计算的期限" in run("due").output
    audited(report())
    listed = run("due").output
    assert NUMBER in listed
    assert "法律援助机构审查" in listed
