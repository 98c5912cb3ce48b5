"""The closing note of a volume (卷内备考表): how many pages it has, and what whoever opens it later has to know."""

from __future__ import annotations

from pipeline.drafting.contents import numbered_text
from pipeline.drafting.opinion import PAGE_FAULTS
from pipeline.drafting.rendering import Row, Values
from pipeline.drafting.wording import case_value, finding_material, page_numbers, value_text
from schemas.arrangement import UNNUMBERED
from schemas.draft import Office
from schemas.report import AuditReport, Certainty, Finding, Problem

_TOLD = (
    (Problem.MISSING, "缺少"),
    (Problem.INCOMPLETE, "不完整"),
    (Problem.DUPLICATE, "重复装订"),
    (Problem.FOREIGN, "混有他案材料"),
    (Problem.FORBIDDEN, "不应入卷"),
    (Problem.ILLEGIBLE, "不清晰"),
)
"""What is said of the volume itself; what is said of the case's conduct stands in the opinion."""


def note_values(report: AuditReport, office: Office, round_number: int) -> Values:
    """The placeholders of `卷内备考表.docx`."""
    return {
        "机构名称": office.name,
        "案件编号": value_text(case_value(report, "case_number")),
        "受援人": value_text(case_value(report, "recipient_name")),
        "卷内页数": numbered_text(report),
        "扫描页数": str(report.source.pages),
        "未编页号": _unnumbered_text(report),
        "文件件数": str(sum(document.type not in UNNUMBERED for document in report.documents)),
        "审查次数": str(round_number),
        "情况说明": _remarks(report),
    }


def _unnumbered_text(report: AuditReport) -> str:
    """Which pages bear no number, and how many; empty where every page bears one."""
    blank = sum(page.kind == "blank" for page in report.pages)
    unnumbered = _unnumbered(report)
    told = [f"封面、卷内目录、卷内备考表{unnumbered}页"] if unnumbered else []
    told += [f"空白页{blank}页"] if blank else []
    return f"{'和'.join(told)}未编页号，" if told else ""


def _unnumbered(report: AuditReport) -> int:
    """Pages of cover, contents list and closing note."""
    held = {
        page
        for document in report.documents
        if document.type in UNNUMBERED
        for page in range(document.first_page, document.last_page + 1)
    }
    return sum(page.number in held and page.kind != "blank" for page in report.pages)


def _remarks(report: AuditReport) -> list[Row]:
    """What is surely wrong with the volume as it lies there, then the pages that cannot be read well."""
    certain = [finding for finding in report.findings if finding.state is Certainty.CERTAIN]
    remarks = [
        (finding_material(report, finding), f"{words}{_pages(finding)}")
        for problem, words in _TOLD
        for finding in certain
        if finding.problem is problem
    ]
    remarks += [(f"第{pages}页", fault) for pages, fault in _poor_pages(report)]
    return [
        {"序号": str(number), "材料": material, "说明": words}
        for number, (material, words) in enumerate(dict.fromkeys(remarks), start=1)
    ]


def _pages(finding: Finding) -> str:
    pages = page_numbers(place.page for place in finding.evidence)
    return f"（扫描件第{pages}页）" if pages and finding.problem is not Problem.MISSING else ""


def _poor_pages(report: AuditReport) -> list[tuple[str, str]]:
    faults: dict[str, list[int]] = {}
    for page in report.pages:
        fault = PAGE_FAULTS.get(page.kind, "扫描质量低" if page.low_quality else "")
        if fault:
            faults.setdefault(fault, []).append(page.number)
    return [(page_numbers(pages), fault) for fault, pages in faults.items()]
