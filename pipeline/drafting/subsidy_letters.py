"""Letters about the subsidy: that it waits (暂缓发放), and that it is not paid (不予发放)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.drafting.notice import addressee, cure_term, notice_findings
from pipeline.drafting.rendering import Row, Values
from pipeline.drafting.wording import (
    BLANK,
    basis_text,
    finding_material,
    finding_pages,
    long_date,
    standard_text,
)
from schemas.draft import Office, Refusal
from schemas.report import AuditReport, Decision, Effect, Finding, Standing


def suspending_findings(report: AuditReport) -> tuple[Finding, ...]:
    """What the lawyer has to mend before the subsidy is paid; none unless the audit says that it waits."""
    if report.subsidy is None or report.subsidy.decision is not Decision.BLOCKED:
        return ()
    return tuple(finding for finding in notice_findings(report) if finding.effect is Effect.BLOCKS)


def suspension_values(report: AuditReport, office: Office, round_number: int) -> Values:
    """The placeholders of `暂缓发放补贴告知书.docx`."""
    findings = suspending_findings(report)
    return {
        **_head(report, office, round_number),
        "问题项数": str(len(findings)),
        "暂缓事由": [_row(report, number, finding) for number, finding in enumerate(findings, start=1)],
        "补正期限": cure_term(report, office),
        "有待核依据": _rests_on_open_ground(findings) or "※" in cure_term(report, office),
    }


def refusal_values(report: AuditReport, office: Office, refusal: Refusal, round_number: int) -> Values:
    """The placeholders of `不予发放补贴告知书.docx`: what a person has decided, in that person's words, and what certainly
    still holds the subsidy up.
    """
    findings = suspending_findings(report)
    return {
        **_head(report, office, round_number),
        "决定日期": long_date(refusal.decided_on),
        "决定依据": refusal.basis or BLANK,
        "不予发放事由": [
            {"序号": str(number), "事由": reason.rstrip("。；;. ")}
            for number, reason in enumerate(refusal.reasons, start=1)
        ],
        "问题项数": str(len(findings)),
        "尚未补正": [_row(report, number, finding) for number, finding in enumerate(findings, start=1)],
        "有待核依据": _rests_on_open_ground(findings),
    }


def _rests_on_open_ground(findings: Sequence[Finding]) -> bool:
    return any(item.standing is Standing.RECONSTRUCTED and bool(item.basis) for item in findings)


def _head(report: AuditReport, office: Office, round_number: int) -> dict[str, str]:
    return {
        "机构名称": office.name,
        "联系电话": office.phone or BLANK,
        "办公地址": office.address or BLANK,
        **addressee(report),
        "页数": str(report.source.pages),
        "审查次数": str(round_number),
        "审查标准": standard_text(report),
    }


def _row(report: AuditReport, number: int, finding: Finding) -> Row:
    return {
        "序号": str(number),
        "材料": finding_material(report, finding),
        "问题": finding.message,
        "页码": finding_pages(finding),
        "依据": basis_text(finding.basis, finding.standing),
    }
