"""What persons have said of findings (人工认定), put into a report.

A finding is known again in a later round by its identity: the rule, the problem, the paper's type and, unless the paper
is missing altogether, the pages it is about. A page that was exchanged makes a new finding, which is asked anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from pipeline.auditing.deciding import subsidy_decision
from schemas.decision import VERDICT_TITLES, Decisions, Ruling, Verdict
from schemas.report import AuditReport, Certainty, ChecklistResult, Finding, ItemState, Problem

IDENTITY_LENGTH = 16


def identified(finding: Finding, pages: Mapping[int, str]) -> Finding:
    """The finding with its identity; `pages` gives each page's SHA-256."""
    about = [] if finding.problem is Problem.MISSING else sorted({pages[place.page] for place in finding.evidence})
    rule = finding.rule.rpartition("/")[2]
    told = "\n".join((rule, finding.problem.value, finding.document_type or "", *about))
    return finding.model_copy(update={"identity": hashlib.sha256(told.encode()).hexdigest()[:IDENTITY_LENGTH]})


def with_rulings(report: AuditReport, decisions: Decisions) -> AuditReport:
    """The report as persons have settled it.

    A confirmed finding is certain; a dismissed one stands apart, in `dismissed`, and holds up nothing. Whoever reads the
    report sees who said so and when.
    """
    said = {finding.identity: decisions.ruling_on(finding.identity) for finding in report.findings}
    if not any(said.values()):
        return report
    findings, dismissed = [], []
    for finding in report.findings:
        ruling = said[finding.identity]
        if ruling is None:
            findings.append(finding)
        elif ruling.verdict is Verdict.DISMISSED:
            dismissed.append(finding.model_copy(update={"ruling": ruling}))
        else:
            findings.append(_confirmed(finding, ruling))
    gone = {finding.id for finding in dismissed}
    return report.model_copy(
        update={
            "findings": tuple(findings),
            "dismissed": tuple(dismissed),
            "checklist": tuple(_row(row, gone, tuple(findings)) for row in report.checklist),
            "subsidy": subsidy_decision(tuple(findings)),
        }
    )


def _confirmed(finding: Finding, ruling: Ruling) -> Finding:
    update: dict[str, object] = {"ruling": ruling}
    if finding.state is Certainty.UNCERTAIN:
        update.update(state=Certainty.CERTAIN, reason="")
    return finding.model_copy(update=update)


def _row(row: ChecklistResult, gone: set[str], findings: tuple[Finding, ...]) -> ChecklistResult:
    """The line of the checklist with what is left to say about it."""
    left = tuple(found for found in row.findings if found not in gone)
    about = [finding for finding in findings if finding.id in left]
    if any(finding.ruling is not None for finding in about):
        missing = any(finding.problem is Problem.MISSING and finding.state is Certainty.CERTAIN for finding in about)
        state = ItemState.MISSING if missing else ItemState.IRREGULAR
        return row.model_copy(update={"findings": left, "state": state})
    if left == row.findings:
        return row
    return row.model_copy(update={"findings": left, "state": row.state if left else ItemState.SETTLED})


def ruling_text(ruling: Ruling) -> str:
    """Who said what and when, as the opinion tells it."""
    day = ruling.at.astimezone().date()
    why = f"：{ruling.why}" if ruling.why else ""
    return f"{ruling.by}于{day.year}年{day.month}月{day.day}日{VERDICT_TITLES[ruling.verdict]}{why}"
