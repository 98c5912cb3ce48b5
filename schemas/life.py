"""The life of a case (案件流程): the states it goes through, the acts that move it, and who may act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from schemas.base import Frozen
from schemas.issuing import IssuedPaper
from schemas.registration import Name
from schemas.report import Decision


class CaseState(StrEnum):
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    TO_REVIEW = "to_review"
    TO_NOTIFY = "to_notify"
    CURING = "curing"
    COMPLETE = "complete"
    CHECKED = "checked"
    APPROVED = "approved"
    PAID = "paid"
    REFUSED = "refused"
    ARCHIVED = "archived"


STATE_TITLES: dict[CaseState, str] = {
    CaseState.REGISTERED: "已登记，待指派",
    CaseState.ASSIGNED: "已指派，承办中",
    CaseState.TO_REVIEW: "已审查，待人工复核",
    CaseState.TO_NOTIFY: "材料不齐，待签发补正通知",
    CaseState.CURING: "已通知补正，待承办人补正",
    CaseState.COMPLETE: "材料齐全，待核卷",
    CaseState.CHECKED: "已核卷，补贴待审批",
    CaseState.APPROVED: "补贴已审批，待发放",
    CaseState.PAID: "补贴已发放，待归档",
    CaseState.REFUSED: "不予发放补贴，待归档",
    CaseState.ARCHIVED: "已归档",
}


class Act(StrEnum):
    """What happened to a case."""

    REGISTER = "register"
    ASSIGN = "assign"
    AUDIT_COMPLETE = "audit_complete"
    AUDIT_OPEN = "audit_open"
    AUDIT_BLOCKED = "audit_blocked"
    ISSUE_NOTICE = "issue_notice"
    CHECK = "check"
    APPROVE = "approve"
    PAY = "pay"
    REFUSE = "refuse"
    TELL_REFUSAL = "tell_refusal"
    ARCHIVE = "archive"
    SAMPLE = "sample"
    UNDO = "undo"


ACT_TITLES: dict[Act, str] = {
    Act.REGISTER: "登记",
    Act.ASSIGN: "指派",
    Act.AUDIT_COMPLETE: "审查（材料齐全）",
    Act.AUDIT_OPEN: "审查（有待核事项）",
    Act.AUDIT_BLOCKED: "审查（材料不齐）",
    Act.ISSUE_NOTICE: "签发补正通知",
    Act.CHECK: "核卷",
    Act.APPROVE: "审批补贴",
    Act.PAY: "发放补贴",
    Act.REFUSE: "决定不予发放补贴",
    Act.TELL_REFUSAL: "签发不予发放补贴告知书",
    Act.ARCHIVE: "归档",
    Act.SAMPLE: "抽评",
    Act.UNDO: "撤销",
}

STEPS: dict[str, Act] = {
    "签发": Act.ISSUE_NOTICE,
    "核卷": Act.CHECK,
    "审批": Act.APPROVE,
    "发放": Act.PAY,
    "不予发放": Act.REFUSE,
    "归档": Act.ARCHIVE,
    "抽评": Act.SAMPLE,
    "撤销": Act.UNDO,
}
"""The acts that persons do after an audit, by the short names that a clerk types."""

AUDIT_ACTS: dict[Decision, Act] = {
    Decision.PAYABLE: Act.AUDIT_COMPLETE,
    Decision.UNDETERMINED: Act.AUDIT_OPEN,
    Decision.BLOCKED: Act.AUDIT_BLOCKED,
}
"""What an audit round, or a person's ruling on its findings, does to the case."""


class Event(Frozen):
    """One act: who, when, why, and from which audit round (None before the first)."""

    act: Act
    by: Name
    at: datetime
    why: str = ""
    round: int | None = None
    papers: tuple[IssuedPaper, ...] = ()
    """The letters that were issued with it."""


class _Move(NamedTuple):
    before: frozenset[CaseState | None]
    after: CaseState | None
    """None: the state stays."""


_OPEN = frozenset(
    {
        CaseState.REGISTERED, CaseState.ASSIGNED, CaseState.TO_REVIEW, CaseState.TO_NOTIFY, CaseState.CURING,
        CaseState.COMPLETE,
    }
)  # fmt: skip
"""Before anybody has answered for the money: a new audit moves the case."""

_MOVES: dict[Act, _Move] = {
    Act.REGISTER: _Move(frozenset({None}), CaseState.REGISTERED),
    Act.ASSIGN: _Move(frozenset({CaseState.REGISTERED, CaseState.ASSIGNED}), CaseState.ASSIGNED),
    Act.AUDIT_COMPLETE: _Move(frozenset({None, *_OPEN}), CaseState.COMPLETE),
    Act.AUDIT_OPEN: _Move(frozenset({None, *_OPEN}), CaseState.TO_REVIEW),
    Act.AUDIT_BLOCKED: _Move(frozenset({None, *_OPEN}), CaseState.TO_NOTIFY),
    Act.ISSUE_NOTICE: _Move(frozenset({CaseState.TO_NOTIFY}), CaseState.CURING),
    Act.CHECK: _Move(frozenset({CaseState.COMPLETE}), CaseState.CHECKED),
    Act.APPROVE: _Move(frozenset({CaseState.CHECKED}), CaseState.APPROVED),
    Act.PAY: _Move(frozenset({CaseState.APPROVED}), CaseState.PAID),
    Act.REFUSE: _Move(frozenset({CaseState.TO_NOTIFY, CaseState.CURING}), CaseState.REFUSED),
    Act.TELL_REFUSAL: _Move(frozenset({CaseState.REFUSED}), None),
    # a case that public staff handled is checked and archived without a subsidy
    Act.ARCHIVE: _Move(frozenset({CaseState.CHECKED, CaseState.PAID, CaseState.REFUSED}), CaseState.ARCHIVED),
    Act.SAMPLE: _Move(frozenset({CaseState.PAID, CaseState.REFUSED, CaseState.ARCHIVED}), None),
}


def standing_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that still count: an undo takes back the last one that counted before it."""
    standing: list[Event] = []
    for event in events:
        if event.act is Act.UNDO:
            if standing:
                standing.pop()
        else:
            standing.append(event)
    return tuple(standing)


def state_of(events: Iterable[Event]) -> CaseState | None:
    """Where the case stands after all its events, oldest first; None for a case of which nothing is known."""
    state: CaseState | None = None
    for event in standing_events(events):
        state = _MOVES[event.act].after or state
    return state


def objection(act: Act, by: str, events: Iterable[Event]) -> str:
    """Why `by` may not do `act` now, a Chinese sentence; empty if it may be done."""
    standing = standing_events(events)
    state = state_of(standing)
    if act is Act.UNDO:
        return "" if standing else "该案没有可以撤销的事项。"
    if state not in _MOVES[act].before:
        now = STATE_TITLES[state] if state is not None else "尚未登记"
        return f"该案目前“{now}”，不能{ACT_TITLES[act]}。"
    if act is Act.APPROVE and by in {event.by for event in standing if event.act is Act.CHECK}:
        return f"{by}已办理本案核卷，补贴应当由另一人审批。"
    if act is Act.REFUSE and not any(event.act is Act.ISSUE_NOTICE for event in standing):
        return "尚未签发补正通知，承办人没有补正的机会，不能决定不予发放补贴。"
    return ""
