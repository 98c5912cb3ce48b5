"""Small audit reports and drafts, all names and numbers invented."""

from __future__ import annotations

import hashlib

from schemas.base import State
from schemas.case import Kind, Origin, Stage
from schemas.draft import Draft, DraftKind
from schemas.report import (
    AuditReport,
    Certainty,
    ChecklistResult,
    Decision,
    Effect,
    Finding,
    ItemState,
    Problem,
    ReportCase,
    Source,
    Subsidy,
)
from schemas.volume import FieldValue


def found(value: str) -> FieldValue:
    return FieldValue(value=value, state=State.FOUND, page=1, score=0.99)


def uncertain(value: str) -> FieldValue:
    return FieldValue(value=value, state=State.UNCERTAIN, page=1, score=0.5)


NUMBER, RECIPIENT = found("湛法援刑字〔2024〕12号"), found("陈小满")


def report(
    number: FieldValue | None = NUMBER,
    recipient: FieldValue | None = RECIPIENT,
    *,
    scan: str = "甲",
    seconds: float = 1.0,
) -> AuditReport:
    """A blocked file; `scan` tells one closing file from another."""
    fields = {"case_number": number, "recipient_name": recipient, "cause": uncertain("盗窃")}
    return AuditReport(
        source=Source(name=f"{scan}.pdf", sha256=hashlib.sha256(scan.encode()).hexdigest(), pages=23),
        status="audited",
        case=ReportCase(
            kind=Kind.CRIMINAL_DEFENCE, stage=Stage.TRIAL_FIRST, origin=Origin.NOTIFIED,
            fields={name: value for name, value in fields.items() if value is not None},
        ),
        findings=(
            _finding("F1", Problem.MISSING, Certainty.CERTAIN, Effect.BLOCKS, "卷内未见庭审笔录。"),
            _finding("F2", Problem.UNDATED, Certainty.CERTAIN, Effect.CORRECT, "授权委托书未注明日期。"),
            _finding("F3", Problem.MISSING, Certainty.UNCERTAIN, Effect.BLOCKS, "可能缺少阅卷笔录。"),
        ),
        checklist=(
            ChecklistResult(item="hearing", title="庭审笔录或者情况说明", need="required", state=ItemState.MISSING, findings=("F1",)),
        ),
        subsidy=Subsidy(decision=Decision.BLOCKED, blocking=("F1",)),
        seconds=seconds,
    )  # fmt: skip


def _finding(id_: str, problem: Problem, state: Certainty, effect: Effect, message: str) -> Finding:
    return Finding(
        id=id_, rule=f"gd/x/{id_}", problem=problem, document_type="hearing_record", state=state, effect=effect,
        message=message, basis="", remedy="",
    )  # fmt: skip


def drafts(text: str = "初稿") -> tuple[Draft, ...]:
    return (
        Draft(kind=DraftKind.AUDIT_OPINION, file_name="审查意见书.docx", content=f"意见 {text}".encode()),
        Draft(kind=DraftKind.DEFICIENCY_NOTICE, file_name="补正通知书（草稿）.docx", content=f"通知 {text}".encode()),
    )
