"""The 送达回证 for what goes out after an audit: the same form as for an assignment's letters."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.drafting.notice import addressee
from pipeline.drafting.rendering import Values
from pipeline.drafting.subsidy_letters import suspending_findings
from pipeline.drafting.wording import BLANK, SHORT_BLANK
from schemas.draft import DRAFT_TITLES, DraftKind, Office
from schemas.report import AuditReport


def notice_receipt_values(report: AuditReport, office: Office) -> Values:
    """The placeholders of `送达回证.docx` for the notice and what goes out with it."""
    papers = [DraftKind.DEFICIENCY_NOTICE]
    if suspending_findings(report):
        papers.append(DraftKind.SUBSIDY_SUSPENSION)
    return receipt_values(report, office, papers)


def receipt_values(report: AuditReport, office: Office, papers: Sequence[DraftKind]) -> Values:
    """The placeholders of `送达回证.docx`. The letters get their numbers when they are issued: until then a blank."""
    case = addressee(report)
    return {
        "机构名称": office.name,
        "案件编号": case["案件编号"],
        "受援人": case["受援人"],
        "案件": f"{case['受援人']}{case['案由']}一案",
        "受送达人": case["承办单位"],
        "受送达人电话": BLANK,
        "送达地点": BLANK,
        "送达文书": [
            {"序号": str(number), "名称": DRAFT_TITLES[kind], "文号": SHORT_BLANK, "份数": "1"}
            for number, kind in enumerate(papers, start=1)
        ],
    }
