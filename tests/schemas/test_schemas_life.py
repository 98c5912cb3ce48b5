"""The life of a case: which act may follow which, and that nobody approves what he has checked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.life import ACT_TITLES, STATE_TITLES, Act, CaseState, Event, objection, standing_events, state_of

NOON = datetime(2026, 3, 9, 4, tzinfo=UTC)


def events(*acts: Act, by: str = "周某") -> list[Event]:
    return [Event(act=act, by=by, at=NOON) for act in acts]


TO_THE_MONEY = (Act.REGISTER, Act.ASSIGN, Act.AUDIT_BLOCKED, Act.ISSUE_NOTICE, Act.AUDIT_COMPLETE, Act.CHECK)


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ((), None),
        ((Act.REGISTER,), CaseState.REGISTERED),
        ((Act.AUDIT_OPEN,), CaseState.TO_REVIEW),
        ((Act.REGISTER, Act.ASSIGN, Act.AUDIT_BLOCKED), CaseState.TO_NOTIFY),
        (TO_THE_MONEY, CaseState.CHECKED),
        ((*TO_THE_MONEY, Act.APPROVE, Act.PAY, Act.SAMPLE), CaseState.PAID),
        ((Act.AUDIT_BLOCKED, Act.ISSUE_NOTICE, Act.AUDIT_BLOCKED, Act.REFUSE, Act.ARCHIVE), CaseState.ARCHIVED),
        ((*TO_THE_MONEY, Act.UNDO), CaseState.COMPLETE),
        ((*TO_THE_MONEY, Act.UNDO, Act.UNDO), CaseState.CURING),
    ],
)
def test_state_follows_from_the_events(acts: tuple[Act, ...], state: CaseState | None) -> None:
    """Nothing else is kept: the events are the case's state."""
    assert state_of(events(*acts)) is state


def test_who_checked_does_not_approve() -> None:
    """核卷人 and 审批人 are two persons; once the check is undone and done by another, the first may approve."""
    done = events(*TO_THE_MONEY, by="周某")
    assert objection(Act.APPROVE, "周某", done) == "周某已办理本案核卷，补贴应当由另一人审批。"
    assert objection(Act.APPROVE, "吴某", done) == ""
    again = [*done, *events(Act.UNDO, by="吴某"), *events(Act.CHECK, by="吴某")]
    assert objection(Act.APPROVE, "周某", again) == ""


def test_refusal_needs_a_notice_first() -> None:
    """The lawyer has had the chance to put things right before the subsidy is refused."""
    blocked = events(Act.AUDIT_BLOCKED)
    assert "补正的机会" in objection(Act.REFUSE, "周某", blocked)
    assert objection(Act.REFUSE, "周某", [*blocked, *events(Act.ISSUE_NOTICE, Act.AUDIT_BLOCKED)]) == ""


def test_act_out_of_turn_is_refused_with_the_state_named() -> None:
    """A clerk reads where the case stands, not a code."""
    assert objection(Act.PAY, "周某", events(Act.AUDIT_OPEN)) == "该案目前“已审查，待人工复核”，不能发放补贴。"
    assert objection(Act.ASSIGN, "周某", ()) == "该案目前“尚未登记”，不能指派。"
    assert objection(Act.UNDO, "周某", ()) == "该案没有可以撤销的事项。"


def test_no_new_audit_moves_a_case_that_somebody_answers_for() -> None:
    """After the check a late paper does not silently change what is paid."""
    assert objection(Act.AUDIT_BLOCKED, "周某", events(*TO_THE_MONEY))


def test_everything_has_its_chinese_title() -> None:
    """What users see is told in Chinese."""
    assert set(STATE_TITLES) == set(CaseState)
    assert set(ACT_TITLES) == set(Act)


@given(st.lists(st.sampled_from(list(Act)), max_size=25))
def test_only_admitted_acts_lead_anywhere(acts: list[Act]) -> None:
    """Whatever is tried, no case is paid without a check and an approval by two persons."""
    done: list[Event] = []
    for number, act in enumerate(acts):
        by = "周某" if number % 2 else "吴某"
        if not objection(act, by, done):
            done.append(Event(act=act, by=by, at=NOON))
    standing = standing_events(done)
    if state_of(done) is CaseState.PAID:
        checked = [event.by for event in standing if event.act is Act.CHECK]
        approved = [event.by for event in standing if event.act is Act.APPROVE]
        assert approved
        assert set(approved).isdisjoint(checked)
