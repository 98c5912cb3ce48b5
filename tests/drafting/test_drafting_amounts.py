"""The amount of the subsidy and the standing of grounds, as the opinion and the notice tell them."""

from __future__ import annotations

from datetime import date

import pytest
from drafting_documents import of_kind, table_under, text_of
from drafting_reports import AMOUNT, CERTAIN, paid, report

from pipeline.drafting import draft
from schemas.base import State
from schemas.draft import Draft, DraftKind, Office
from schemas.report import AuditReport, Decision, Standing, SubsidyAmount

OFFICE = Office(name="湛江市霞山区法律援助处", phone="0759-2200000")
DAY = date(2026, 3, 9)


def opinion(audited: AuditReport) -> Draft:
    return of_kind(draft(audited, OFFICE, DAY, 1), DraftKind.AUDIT_OPINION)


def test_the_derivation_stands_in_the_opinion_step_by_step() -> None:
    """Each step with its arithmetic, its sum and its article; the amount in capitals and figures."""
    letter = opinion(paid(report()))
    rows = table_under(letter, "金额（元）")
    assert [row[2] for row in rows[1:]] == ["1,800.00", "1,440.00"]
    assert rows[2][1] == "1800.00×80%＝1440.00"
    assert rows[1][3] == "某办法第七条"
    assert "补贴金额：人民币壹仟肆佰肆拾元整（￥1,440.00）。" in text_of(letter)
    assert "《某市补贴标准表（2024）》" in text_of(letter)


@pytest.mark.parametrize(
    ("decision", "condition"),
    [(Decision.BLOCKED, "补正合格后的应发金额"), (Decision.UNDETERMINED, "核实无误后的应发金额")],
)
def test_an_amount_that_is_not_due_yet_says_so(decision: Decision, condition: str) -> None:
    """The amount never speaks louder than the decision."""
    assert condition in text_of(opinion(paid(report(CERTAIN, decision=decision))))


def test_an_open_amount_is_told_with_what_it_waits_for() -> None:
    """Without a rate the decision stands and the amount waits; no table, no figure."""
    open_ = SubsidyAmount(state=State.UNCERTAIN, needed=("本机构尚未设置补贴标准表。",))
    text = text_of(opinion(paid(report(), open_)))
    assert "补贴金额：待核。本机构尚未设置补贴标准表。" in text
    assert "建议按规定发放补贴" in text
    assert "￥" not in text
    assert "补贴核定" not in text


def test_a_sample_table_is_no_ground_to_pay() -> None:
    """Whoever tries a sample sees it beside the figure."""
    assert "不得据以发放" in text_of(opinion(paid(report(), AMOUNT.model_copy(update={"sample": True}))))


def test_an_unconfirmed_rate_table_is_marked() -> None:
    """A figure from a table that nobody has held against its norm says so."""
    unchecked = AMOUNT.model_copy(update={"standing": Standing.RECONSTRUCTED})
    assert "标准表尚未经本机构核对正式文本（依据待核）" in text_of(opinion(paid(report(), unchecked)))


def test_a_report_without_an_amount_prints_no_line_about_it() -> None:
    """Reports of earlier versions are drafted as they were."""
    assert "补贴金额" not in text_of(opinion(report()))


def _with_standing(audited: AuditReport, standing: Standing) -> AuditReport:
    rows = tuple(row.model_copy(update={"standing": standing}) for row in audited.checklist)
    return audited.model_copy(update={"checklist": rows})


def test_the_opinion_counts_what_rests_on_what() -> None:
    """Unconfirmed until the office confirms; then the mark is gone."""
    open_ = text_of(opinion(report()))
    assert "10项系据公开资料整理、尚未经本机构核对正式文本（依据待核）" in open_
    done = text_of(opinion(_with_standing(report(), Standing.CONFIRMED)))
    assert "10项的依据已经本机构核对确认" in done
    assert "依据待核" not in done


def test_what_blocks_on_unconfirmed_grounds_says_so_in_the_conclusion() -> None:
    """Whoever signs has to hold those grounds against the official text first."""
    assert "影响补贴的问题均依据待核" in text_of(opinion(report(CERTAIN, decision=Decision.BLOCKED)))
    half = (CERTAIN[0].model_copy(update={"standing": Standing.CONFIRMED}), *CERTAIN[1:])
    assert "影响补贴的问题有1项依据待核" in text_of(opinion(report(half, decision=Decision.BLOCKED)))
    none = tuple(finding.model_copy(update={"standing": Standing.CONFIRMED}) for finding in CERTAIN)
    assert "影响补贴的问题" not in text_of(opinion(report(none, decision=Decision.BLOCKED)))


def test_an_office_that_lets_nothing_unconfirmed_block_reads_that() -> None:
    """The setting is told where the standing is told."""
    audited = report()
    assert audited.standard is not None
    lenient = audited.standard.model_copy(update={"reconstructed_blocks": False})
    assert "依据待核的项目不影响补贴发放" in text_of(opinion(audited.model_copy(update={"standard": lenient})))


def test_an_unconfirmed_term_is_marked_in_the_notice() -> None:
    """The days that a lawyer is given rest on a ground, too; the office's own days are its own."""
    audited = report(CERTAIN[2:3])
    assert audited.standard is not None
    unconfirmed = audited.standard.model_copy(update={"cure_standing": Standing.RECONSTRUCTED})
    audited = audited.model_copy(update={"standard": unconfirmed})
    text = text_of(of_kind(draft(audited, OFFICE, DAY, 1), DraftKind.DEFICIENCY_NOTICE))
    assert "10个工作日※内" in text
    assert "（依据待核）" in text
    own = OFFICE.model_copy(update={"cure_days": 15})
    assert "※" not in text_of(of_kind(draft(audited, own, DAY, 1), DraftKind.DEFICIENCY_NOTICE))
