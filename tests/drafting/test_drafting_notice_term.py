"""When the term of a notice ends, and what a person's decision on the subsidy says."""

from __future__ import annotations

from datetime import date

import pytest
from drafting_audit_samples import OFFICE, REFUSAL, TERMS
from drafting_documents import of_kind, table_under, text_of
from drafting_reports import AMOUNT, BASIS, CERTAIN, UNCERTAIN, paid, report

from pipeline.drafting import draft, draft_refusal
from pipeline.drafting.notice import notice_values
from pipeline.drafting.rendering import render
from pipeline.drafting.review_form import review_values
from pipeline.drafting.subsidy_form import approval_values
from pipeline.drafting.volume_note import note_values
from schemas.base import State
from schemas.draft import CureTerm, Draft, DraftKind
from schemas.report import AuditReport, Certainty, Decision, Duty, Effect, Standing, SubsidyAmount

DAY = date(2026, 3, 9)
SERVED = CureTerm(received_on=DAY, ends_on=date(2026, 3, 23), served=True)


def notice(*terms: CureTerm) -> str:
    content = render(DraftKind.DEFICIENCY_NOTICE, notice_values(report(CERTAIN), OFFICE, 1, terms), None)
    return text_of(Draft(kind=DraftKind.DEFICIENCY_NOTICE, file_name="", content=content))


def test_unknown_day_of_receipt_gets_a_list_of_last_days() -> None:
    """The term runs from receipt: the letter states no single day that it could not defend."""
    text = notice(*TERMS)
    assert "自收到本通知之日起10个工作日内" in text
    assert (
        "2026年3月9日收到的，至2026年3月23日；2026年3月10日收到的，至2026年3月24日；在此之后收到的，依次顺延。" in text
    )
    assert "届满。" not in text


def test_known_day_of_receipt_gets_its_last_day() -> None:
    """Once it is known when the notice was received, there is one last day."""
    text = notice(SERVED)
    assert "你单位于2026年3月9日收到本通知，补正期限至2026年3月23日届满。" in text
    assert "收到的，至" not in text


@pytest.mark.parametrize(
    "terms",
    [
        (CureTerm(received_on=date(2026, 12, 30), ends_on=None),),
        (TERMS[0], CureTerm(received_on=date(2026, 12, 30), ends_on=None)),
    ],
)
def test_unannounced_holidays_leave_a_blank(terms: tuple[CureTerm, ...]) -> None:
    """A year whose holidays nobody knows is not reckoned into."""
    text = notice(*terms)
    assert "工作日历尚未载入，由本机构核定后填写：＿＿＿＿年＿＿月＿＿日。" in text
    assert "依次顺延" not in text


def test_known_receipt_in_an_unannounced_year_leaves_a_blank() -> None:
    """The day of receipt alone does not make up a last day."""
    assert "补正期限至＿＿＿＿年＿＿月＿＿日届满" in notice(SERVED.model_copy(update={"ends_on": None}))


def test_without_a_term_nothing_is_said_of_its_end() -> None:
    """No list, no empty note."""
    assert "次日起算" not in notice()


def drafted(audited: AuditReport) -> tuple[Draft, ...]:
    return draft(audited, OFFICE, DAY, 1, TERMS)


def test_suspension_names_what_blocks_and_nothing_else() -> None:
    """Only the findings that hold up the subsidy, and only where the decision says that it waits."""
    letter = of_kind(drafted(report(CERTAIN, decision=Decision.BLOCKED)), DraftKind.SUBSIDY_SUSPENSION)
    assert [row[0] for row in table_under(letter, "存在问题")[1:]] == ["1", "2"]
    assert "暂缓发放该案补贴" in text_of(letter)
    kinds = {draft_.kind for draft_ in drafted(report(CERTAIN))}
    assert DraftKind.SUBSIDY_SUSPENSION not in kinds


def test_what_the_office_owes_suspends_no_lawyer() -> None:
    """A blocking paper of the office itself is not told to the firm."""
    own = tuple(finding.model_copy(update={"duty": Duty.OFFICE}) for finding in CERTAIN)
    kinds = {draft_.kind for draft_ in drafted(report(own, decision=Decision.BLOCKED))}
    assert not kinds & {DraftKind.SUBSIDY_SUSPENSION, DraftKind.DEFICIENCY_NOTICE, DraftKind.SERVICE_RECEIPT}


@pytest.mark.parametrize("decision", list(Decision))
def test_no_audit_refuses_the_subsidy(decision: Decision) -> None:
    """That a case is not paid is a person's decision."""
    assert DraftKind.SUBSIDY_REFUSAL not in {draft_.kind for draft_ in drafted(report(CERTAIN, decision=decision))}


def test_refusal_is_drafted_from_the_decision() -> None:
    """Reasons, basis and day as they were decided; what was not said is left blank."""
    letter = draft_refusal(report(CERTAIN), OFFICE, REFUSAL, 2)
    assert [row[1] for row in table_under(letter, "情形")[1:]][1] == "会见笔录仍没有受援人签名"
    assert "依据某办法第十九条，本机构于2026年4月20日决定不予发放" in text_of(letter)
    bare = draft_refusal(report(CERTAIN), OFFICE, REFUSAL.model_copy(update={"basis": ""}), 2)
    assert "依据＿＿＿＿＿＿，" in text_of(bare)


def test_refusal_names_what_still_holds_the_subsidy_up() -> None:
    """Each with paper, pages and basis, marked where nobody has confirmed that; what does not block is not among them."""
    letter = draft_refusal(report(CERTAIN, decision=Decision.BLOCKED), OFFICE, REFUSAL, 2)
    rows = table_under(letter, "存在问题")[1:]
    blocking = [finding for finding in CERTAIN if finding.effect is Effect.BLOCKS]
    assert [row[2] for row in rows] == [finding.message for finding in blocking]
    assert rows[1][3] == "7、8"
    assert rows[1][4] == f"{BASIS}※"
    text = text_of(letter)
    assert "至该次审查仍有下列2项影响补贴发放的问题没有补正" in text
    assert "依据待核" in text


@pytest.mark.parametrize("decision", [Decision.UNDETERMINED, Decision.PAYABLE])
def test_refusal_of_a_file_without_certain_findings_states_none(decision: Decision) -> None:
    """What is not certain is no fact of a letter; then it rests on the person's reasons alone."""
    uncertain = tuple(finding.model_copy(update={"state": Certainty.UNCERTAIN}) for finding in CERTAIN)
    text = text_of(draft_refusal(report(uncertain, decision=decision), OFFICE, REFUSAL, 2))
    assert "没有补正" not in text
    assert "依据待核" not in text
    assert "会见笔录仍没有受援人签名" in text


def test_receipt_lists_what_goes_out() -> None:
    """The notice, and the suspension where there is one; numbers stay blank until they are given."""
    letter = of_kind(drafted(report(CERTAIN, decision=Decision.BLOCKED)), DraftKind.SERVICE_RECEIPT)
    text = text_of(letter)
    assert "补正通知书" in text
    assert "暂缓发放补贴告知书" in text


@pytest.mark.parametrize(
    ("amount", "small", "capitals", "remark"),
    [
        (AMOUNT, "￥1,440.00", "人民币壹仟肆佰肆拾元整", ""),
        (AMOUNT.model_copy(update={"sample": True}), "￥＿＿＿＿＿＿", "人民币＿＿＿＿＿＿", "示例标准表只供试算"),
        (AMOUNT.model_copy(update={"standing": Standing.RECONSTRUCTED}), "￥1,440.00", "人民币壹仟肆佰肆拾元整", "依据待核"),
        (
            SubsidyAmount(state=State.UNCERTAIN, needed=("请核实案件类别。",)),
            "￥＿＿＿＿＿＿", "人民币＿＿＿＿＿＿", "补贴金额待核：请核实案件类别。",
        ),
    ],
)  # fmt: skip
def test_approval_form_shows_an_amount_only_if_it_is_one(
    amount: SubsidyAmount, small: str, capitals: str, remark: str
) -> None:
    """An open amount is a blank, and the form says what it waits for."""
    values = approval_values(paid(report(), amount), OFFICE, 1)
    assert (values["补贴金额小写"], values["补贴金额大写"]) == (small, capitals)
    assert remark in str(values["金额说明"])


def test_blocked_case_has_no_approval_form() -> None:
    """Nobody signs a payment that a certain finding holds up; a doubt is named on the form."""
    kinds = {draft_.kind for draft_ in drafted(report(CERTAIN, decision=Decision.BLOCKED))}
    assert DraftKind.SUBSIDY_APPROVAL not in kinds
    doubtful = approval_values(report(UNCERTAIN, decision=Decision.UNDETERMINED), OFFICE, 1)
    assert "尚有1项可能影响补贴的事项待核实" in str(doubtful["金额说明"])


def test_review_form_counts_every_item_once() -> None:
    """Each item that is due stands with its result; the others are named apart."""
    values = review_values(report(CERTAIN + UNCERTAIN, decision=Decision.BLOCKED), OFFICE, 1)
    items = values["审查项目"]
    assert isinstance(items, list)
    assert [row["结果"] for row in items].count("齐全") == 4
    assert values["结果统计"] == "本案应审查10项：齐全4项，缺失1项，不规范3项，待核2项。"
    assert values["不需要项目"] == "11.受援人回访记录表"


def test_closing_note_tells_the_volume_and_not_the_conduct() -> None:
    """What is missing, double or illegible stands in it; a late report does not."""
    values = note_values(report(CERTAIN, poor_pages=(9,)), OFFICE, 1)
    remarks = values["情况说明"]
    assert isinstance(remarks, list)
    assert [row["说明"] for row in remarks] == ["缺少", "重复装订（扫描件第11、14页）", "扫描质量低"]
    assert (values["卷内页数"], values["未编页号"]) == ("25", "封面、卷内目录、卷内备考表3页未编页号，")
