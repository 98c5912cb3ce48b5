"""The amount of the subsidy: its derivation, and the three states of whatever could change it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from pipeline.auditing import load_standard
from pipeline.auditing.capitals import in_capitals
from pipeline.auditing.subsidy import subsidy_amount
from schemas.base import State
from schemas.case import Fact, Kind, KnownCase, KnownSubsidy, Stage
from schemas.rate import Modifier, Part, Rate, RateReference, RateTable, Situation
from schemas.report import (
    AuditReport,
    Certainty,
    Decision,
    Effect,
    Finding,
    Problem,
    ReportCase,
    Source,
    Standing,
    Subsidy,
    SubsidyAmount,
)
from schemas.standard import Standard
from schemas.volume import FieldValue


@cache
def gd() -> Standard:
    return load_standard("gd")


def fact(value: str | bool | None, state: State = State.FOUND) -> Fact:
    return Fact(value=value, state=state)


def report(
    kind: Kind | None = Kind.CRIMINAL_DEFENCE,
    stage: Stage | None = Stage.TRIAL_FIRST,
    findings: tuple[Finding, ...] = (),
    closed_on: FieldValue | None = None,
    **facts: Fact,
) -> AuditReport:
    fields = {} if closed_on is None else {"closed_on": closed_on}
    return AuditReport(
        source=Source(name="a.pdf", sha256="0", pages=3),
        status="audited",
        case=ReportCase(kind=kind, stage=stage, origin=None, facts=facts, fields=fields),
        findings=findings,
        subsidy=Subsidy(decision=Decision.PAYABLE),
    )


def table(*modifiers: Modifier, **changes: Any) -> RateTable:
    rates = (
        Rate(
            kind=Kind.CRIMINAL_DEFENCE, stages=(Stage.PROSECUTION,),
            direct=Decimal(200), labour=Decimal(1000), basis="第七条",
        ),
        Rate(
            kind=Kind.CRIMINAL_DEFENCE, stages=(Stage.TRIAL_FIRST,),
            direct=Decimal(300), labour=Decimal(1500), basis="第七条",
        ),
        Rate(kind=Kind.CIVIL, undivided=Decimal(2000), basis="第八条"),
    )  # fmt: skip
    values: dict[str, Any] = {
        "table": "t", "title": "某市标准", "version": "1", "region": "某市", "standing": Standing.CONFIRMED,
        "basis": "某办法", "rates": rates, "modifiers": modifiers,
    }  # fmt: skip
    return RateTable(**(values | changes))


def modifier(situation: Situation, **values: Any) -> Modifier:
    return Modifier(situation=situation, title=situation.value, basis="第九条", **values)


def amount(report_: AuditReport, table_: RateTable | None, **told: Any) -> SubsidyAmount:
    return subsidy_amount(report_, KnownCase(subsidy=KnownSubsidy(**told)), gd(), table_)


def test_the_rate_of_the_stage_is_the_amount_with_its_derivation() -> None:
    """Direct cost and labour stand apart, with their article, and the sum is written out."""
    paid = amount(report(), table())
    assert paid.state is State.FOUND
    assert paid.amount == Decimal("1800.00")
    assert paid.capitals == "人民币壹仟捌佰元整"
    assert "直接费用300.00元＋基本劳务费用1500.00元＝1800.00元" in paid.steps[0].explanation
    assert paid.steps[0].basis == "第七条"


def test_without_a_table_the_amount_waits() -> None:
    """No setting, no amount: the decision does not depend on it."""
    paid = amount(report(), None)
    assert paid.state is State.UNCERTAIN
    assert paid.amount is None
    assert paid.needed


def test_an_empty_table_names_no_amount() -> None:
    """The tables that ship for Guangdong and Zhanjiang say what has to be entered."""
    paid = amount(report(), table(rates=()))
    assert paid.amount is None
    assert "尚未录入" in paid.needed[0]


@pytest.mark.parametrize(
    ("kind", "stage", "told"), [(None, None, "案件类别"), (Kind.CRIMINAL_DEFENCE, None, "办案阶段"), (Kind.PLEA_HELP, None, "没有")]
)  # fmt: skip
def test_an_unknown_kind_stage_or_rate_waits(kind: Kind | None, stage: Stage | None, told: str) -> None:
    """What the rate depends on has to be certain, and the rate has to stand in the table."""
    paid = amount(report(kind, stage), table())
    assert paid.amount is None
    assert told in paid.needed[0]


def test_a_stage_that_does_not_matter_is_not_asked_for() -> None:
    """A kind with one rate for all stages is paid without knowing the stage."""
    assert amount(report(Kind.CIVIL, None), table()).amount == Decimal("2000.00")


_EXTRA = modifier(Situation.EXTRA_RECIPIENTS, share=Decimal("0.2"), most=Decimal(1000))
_BATCH = modifier(Situation.BATCH, factor=Decimal("0.5"))
_CROSS = modifier(Situation.CROSS_REGION, actual=True, most=Decimal(500))
_DONE = modifier(
    Situation.TERMINATED,
    by={"none": Decimal(0), "some": Decimal("0.3"), "most": Decimal("0.5"), "all": Decimal(1)},
)
_STAFF = modifier(Situation.OFFICE_STAFF, factor=Decimal(0), part=Part.LABOUR)
_QUALITY = modifier(Situation.QUALITY, by={"优秀": Decimal("1.1"), "合格": Decimal(1)})
_SUMMARY = modifier(
    Situation.SUMMARY_PROCEDURE, rate_of=RateReference(kind=Kind.CRIMINAL_DEFENCE, stage=Stage.PROSECUTION)
)
_SAME = modifier(Situation.SAME_LAWYER, amount=Decimal(100))


@pytest.mark.parametrize(
    ("change", "told", "paid"),
    [
        (_EXTRA, {"recipients": 3}, "2520.00"),
        (_EXTRA, {"recipients": 9}, "2800.00"),
        (_EXTRA, {"recipients": 1}, "1800.00"),
        (_EXTRA, {}, None),
        (_BATCH, {"batch_position": 2}, "900.00"),
        (_BATCH, {"batch_position": 1}, "1800.00"),
        (_BATCH, {"batch": False}, "1800.00"),
        (_BATCH, {"batch": True}, None),
        (_BATCH, {}, None),
        (_CROSS, {"cross_region": True, "travel_cost": Decimal("312.50")}, "2112.50"),
        (_CROSS, {"cross_region": True, "travel_cost": Decimal(900)}, "2300.00"),
        (_CROSS, {"cross_region": True}, None),
        (_CROSS, {"cross_region": False}, "1800.00"),
        (_CROSS, {}, None),
        (_STAFF, {"office_staff": True}, "300.00"),
        (_STAFF, {"office_staff": False}, "1800.00"),
        (_STAFF, {}, None),
        (_QUALITY, {"quality_grade": "优秀"}, "1980.00"),
        (_QUALITY, {"quality_grade": "甲"}, None),
        (_QUALITY, {}, None),
        (_SUMMARY, {"summary_procedure": True}, "1200.00"),
        (_SUMMARY, {"summary_procedure": False}, "1800.00"),
        (_SUMMARY, {}, None),
        (_SAME, {"same_lawyer": True}, "1900.00"),
        (_SAME, {"same_lawyer": False}, "1800.00"),
        (_SAME, {}, None),
    ],
)
def test_a_situation_counts_only_where_it_is_known(change: Modifier, told: dict[str, Any], paid: str | None) -> None:
    """It holds, it does not hold, or the amount waits and says what has to be settled."""
    found = amount(report(), table(change), **told)
    assert found.amount == (None if paid is None else Decimal(paid))
    assert (found.state is State.UNCERTAIN) == (paid is None) == bool(found.needed)


@pytest.mark.parametrize(
    ("change", "facts", "told", "paid"),
    [
        (_DONE, {"aid_terminated": fact(value=True)}, {"work_done": "some"}, "540.00"),
        (_DONE, {"aid_terminated": fact(value=True)}, {"work_done": "none"}, "0.00"),
        (_DONE, {"aid_terminated": fact(value=True)}, {"work_done": "half"}, None),
        (_DONE, {"aid_terminated": fact(value=True)}, {}, None),
        (_DONE, {"aid_terminated": fact(value=False)}, {}, "1800.00"),
        (_DONE, {"aid_terminated": fact(value=True, state=State.UNCERTAIN)}, {"work_done": "some"}, None),
        (_DONE, {}, {}, None),
        (modifier(Situation.NOT_HEARD, factor=Decimal("0.7")), {"hearing_held": fact(value=False)}, {}, "1260.00"),
        (modifier(Situation.NOT_HEARD, factor=Decimal("0.7")), {"hearing_held": fact(value=True)}, {}, "1800.00"),
        (modifier(Situation.NOT_HEARD, factor=Decimal("0.7")), {}, {}, None),
        (modifier(Situation.WITHDRAWN, factor=Decimal("0.5")), {"withdrawn": fact(value=True)}, {}, "900.00"),
        (modifier(Situation.WITHDRAWN, factor=Decimal("0.5")), {"withdrawn": fact(value=False)}, {}, "1800.00"),
        (modifier(Situation.WITHDRAWN, factor=Decimal("0.5")), {}, {}, None),
        (modifier(Situation.INTERPRETER, actual=True), {"interpreter": fact(value=True)}, {"interpreter_cost": Decimal(200)}, "2000.00"),
        (modifier(Situation.INTERPRETER, actual=True), {"interpreter": fact(value=True)}, {}, None),
        (modifier(Situation.INTERPRETER, actual=True), {"interpreter": fact(value=False)}, {}, "1800.00"),
        (modifier(Situation.INTERPRETER, actual=True), {}, {}, None),
    ],
)  # fmt: skip
def test_facts_of_the_papers_count_only_if_certain(
    change: Modifier, facts: dict[str, Fact], told: dict[str, Any], paid: str | None
) -> None:
    """What was read without doubt decides; what is doubtful or unknown makes the amount wait."""
    found = amount(report(**facts), table(change), **told)
    assert found.amount == (None if paid is None else Decimal(paid))


_LATE = modifier(Situation.LATE_FILING, factor=Decimal("0.8"))


@pytest.mark.parametrize(
    ("submitted", "excused", "paid"),
    [
        (date(2024, 7, 10), None, "1800.00"),
        (date(2024, 9, 10), False, "1440.00"),
        (date(2024, 9, 10), True, "1800.00"),
        (date(2024, 9, 10), None, None),
        (None, False, None),
    ],
)
def test_late_filing_lowers_the_amount_only_where_dates_and_reason_are_known(
    submitted: date | None, excused: bool | None, paid: str | None
) -> None:
    """Thirty days from closing; a reason that nobody has judged makes the amount wait."""
    known = KnownCase(
        closed_on=date(2024, 6, 20), submitted_on=submitted, subsidy=KnownSubsidy(late_excused=excused)
    )  # fmt: skip
    found = subsidy_amount(report(), known, gd(), table(_LATE))
    assert found.amount == (None if paid is None else Decimal(paid))


def test_a_certain_finding_of_lateness_is_known_lateness() -> None:
    """What the audit has found late need not be proven again; a doubtful finding proves nothing."""
    late = Finding(
        id="F1", rule="gd/criminal_defence.trial_first/filing_term", problem=Problem.LATE, document_type=None,
        state=Certainty.CERTAIN, effect=Effect.CORRECT, message="", basis="", remedy="",
    )  # fmt: skip
    doubtful = late.model_copy(update={"state": Certainty.UNCERTAIN})
    assert amount(report(findings=(late,)), table(_LATE), late_excused=False).amount == Decimal("1440.00")
    assert amount(report(findings=(doubtful,)), table(_LATE), late_excused=False).amount is None


def test_a_table_may_presume_that_an_unknown_situation_is_absent() -> None:
    """With `unknown: no` nobody is asked, and the derivation says that it was presumed."""
    found = amount(report(), table(_BATCH.model_copy(update={"unknown": "no"})))
    assert found.amount == Decimal("1800.00")
    assert "推定" in found.steps[1].explanation


def test_a_modifier_for_other_cases_is_no_step() -> None:
    """A situation of trials is not asked of a civil case."""
    change = modifier(Situation.NOT_HEARD, factor=Decimal("0.5"), kinds=(Kind.CRIMINAL_DEFENCE,))
    found = amount(report(Kind.CIVIL), table(change))
    assert found.amount == Decimal("2000.00")
    assert len(found.steps) == 1


def test_an_undivided_rate_cannot_lose_its_labour_part() -> None:
    """Where the norm gives one sum, nobody can say what the labour is."""
    found = amount(report(Kind.CIVIL), table(_STAFF), office_staff=True)
    assert found.amount is None
    assert "未分" in found.needed[0]


def test_steps_follow_each_other_in_the_order_of_the_table() -> None:
    """Each step starts from the sum before it, and the last is the amount."""
    found = amount(report(), table(_SUMMARY, _EXTRA, _BATCH), summary_procedure=True, recipients=2, batch_position=4)
    assert [step.amount for step in found.steps] == [
        Decimal(text) for text in ("1800.00", "1200.00", "1440.00", "720.00")
    ]
    assert found.steps[2].explanation == "受援人2人：1200.00＋1200.00×20%＝1440.00"
    assert found.amount == Decimal("720.00")


def test_after_an_open_step_no_amount_is_named() -> None:
    """What follows an unknown is told, but not reckoned."""
    found = amount(report(), table(_BATCH, _EXTRA), recipients=2)
    assert found.amount is None
    assert [step.amount for step in found.steps] == [Decimal("1800.00"), None, None]
    assert found.steps[2].state is State.FOUND
    assert len(found.needed) == 1


def test_the_period_is_that_of_the_closing_day() -> None:
    """Old and new rates stand side by side; without a certain day the amount waits."""
    rates = (
        Rate(kind=Kind.CIVIL, valid_to=date(2023, 12, 31), undivided=Decimal(1000), basis="旧"),
        Rate(kind=Kind.CIVIL, valid_from=date(2024, 1, 1), undivided=Decimal(1200), basis="新"),
    )

    def paid(value: str, state: State = State.FOUND) -> SubsidyAmount:
        return amount(report(Kind.CIVIL, closed_on=FieldValue(value=value, state=state)), table(rates=rates))

    assert paid("2023-12-31").amount == Decimal("1000.00")
    assert paid("2024-01-01").amount == Decimal("1200.00")
    assert "结案日期" in paid("2024-01-01", State.UNCERTAIN).needed[0]
    assert "结案日期" in amount(report(Kind.CIVIL), table(rates=rates)).needed[0]


def test_a_day_outside_the_table_has_no_rate() -> None:
    """A table that has run out pays nothing by itself."""
    closed = FieldValue(value="2027-01-01", state=State.FOUND)
    found = amount(report(Kind.CIVIL, closed_on=closed), table(valid_to=date(2026, 12, 31)))
    assert found.amount is None
    assert "期间" in found.needed[0]


def test_the_region_decides_where_rates_differ_by_it() -> None:
    """The case's own region, else the office's; else the amount waits."""
    rates = tuple(
        Rate(kind=Kind.CIVIL, region=region, undivided=Decimal(sum_), basis="第八条")
        for region, sum_ in (("一类", 1000), ("二类", 800))
    )
    case = report(Kind.CIVIL)
    assert amount(case, table(rates=rates), region="二类").amount == Decimal("800.00")
    assert amount(case, table(rates=rates, own_region="一类")).amount == Decimal("1000.00")
    assert amount(case, table(rates=rates)).amount is None
    assert amount(case, table(rates=rates), region="三类").amount is None


def test_the_result_is_rounded_as_the_table_says() -> None:
    """Half a yuan goes up, and the rounding is a step of its own."""
    found = amount(report(), table(modifier(Situation.BATCH, factor=Decimal("0.3336")), round_to="1"), batch_position=2)
    assert [step.amount for step in found.steps[1:]] == [Decimal("600.48"), Decimal("600.00")]
    assert found.steps[-1].title == "取整"


def test_a_sample_is_marked_in_the_report() -> None:
    """Whoever tries a sample table sees that it is none to pay by."""
    assert amount(report(), table(sample=True)).sample


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "零元整"), ("0.05", "伍分"), ("0.50", "伍角整"), ("10", "壹拾元整"), ("10.05", "壹拾元零伍分"),
        ("1001", "壹仟零壹元整"), ("10001.10", "壹万零壹元壹角整"), ("1010101", "壹佰零壹万零壹佰零壹元整"),
        ("100010001", "壹亿零壹万零壹元整"), ("1680.32", "壹仟陆佰捌拾元叁角贰分"), ("20000500", "贰仟万零伍佰元整"),
    ],
)  # fmt: skip
def test_amounts_are_written_in_capitals(value: str, text: str) -> None:
    """One zero for a run of zeros; 整 unless there are hundredths."""
    assert in_capitals(Decimal(value)) == f"人民币{text}"


@pytest.mark.parametrize("value", ["-0.01", "1000000000000"])
def test_amounts_out_of_range_are_refused(value: str) -> None:
    """Nobody pays less than nothing, or a trillion."""
    with pytest.raises(ValueError, match="out of range"):
        in_capitals(Decimal(value))
