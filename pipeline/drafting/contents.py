"""The contents list (卷内目录): the papers of the volume with their numbers, authors, dates and pages."""

from __future__ import annotations

from pipeline.drafting.rendering import Row, Values
from pipeline.drafting.wording import case_value, found, value_text
from schemas.base import State
from schemas.draft import Office
from schemas.report import AuditReport, ReportDocument

UNNUMBERED = frozenset({"cover", "contents_list", "volume_note"})
"""Cover, contents list and closing note bear no page number and do not stand in the list."""

_BY_OFFICE = frozenset({
    "materials_receipt", "supplement_notice", "cooperation_letter", "approval_form", "grant_decision",
    "refusal_decision", "assignment_notice", "official_letter", "introduction_letter", "change_notice",
    "termination_decision", "termination_letter", "objection_decision", "return_visit", "hearing_observation",
    "file_check_form", "deficiency_notice", "quality_assessment", "subsidy_form", "rights_notice",
})  # fmt: skip
_BY_RECIPIENT = frozenset({
    "application_form", "application_proxy", "means_statement", "power_of_attorney", "acceptance_confirmation",
    "change_application", "appeal_petition", "pleading", "arbitration_application", "reconsideration_application",
    "duty_help_application",
})  # fmt: skip
_BY_LAWYER = frozenset({
    "progress_record", "meeting_record", "interview_record", "family_contact_record", "file_review_note",
    "investigation_record", "motion", "hearing_outline", "advocacy_statement", "post_outcome_advice",
    "handling_summary", "closing_report", "explanation",
})  # fmt: skip
_BY_FIRM = frozenset({"firm_letter", "discussion_record", "representation_agreement"})


def contents_values(report: AuditReport, office: Office) -> Values:
    """The placeholders of `卷内目录.docx`."""
    numbers = volume_numbers(report)
    rows = _prescribed_rows(report, numbers) if report.directory else _listed_rows(report, office, numbers)
    return {
        "机构名称": office.name,
        "案件编号": value_text(case_value(report, "case_number")),
        "受援人": value_text(case_value(report, "recipient_name")),
        "卷内页数": str(len(numbers)),
        "卷内文件": rows,
        "有待核页面": any("待核" in row["备注"] for row in rows) or _doubtful_numbering(report),
    }


def _listed_rows(report: AuditReport, office: Office, numbers: dict[int, int]) -> list[Row]:
    """One line a paper, in the order of the volume."""
    rows = [_row(report, office, document, numbers) for document in report.documents if document.type not in UNNUMBERED]
    rows += [_unsorted_row(numbers, pages) for pages in _unsorted_pages(report, numbers)]
    rows.sort(key=lambda row: int(row.pop("起始扫描页")))
    for index, row in enumerate(rows, start=1):
        row["序号"] = str(index)
    return rows


def _prescribed_rows(report: AuditReport, numbers: dict[int, int]) -> list[Row]:
    """The lines that the standard prescribes, in its words; one without papers stays, its page column empty."""
    rows: list[Row] = []
    for line in report.directory:
        papers = [report.documents[index] for index in line.documents]
        spans = [_span(numbers, range(paper.first_page, paper.last_page + 1)) for paper in papers]
        doubtful = any(paper.state is not State.FOUND for paper in papers)
        rows.append({
            "序号": str(line.number),
            "文号": "",
            "责任者": "",
            "题名": f"〔{line.volume}〕{line.title}" if line.volume else line.title,
            "日期": "",
            "页号": "，".join(span for span in spans if span),
            "备注": "归类待核" if doubtful else "",
        })  # fmt: skip
    unsorted = [_unsorted_row(numbers, pages) for pages in _unsorted_pages(report, numbers)]
    for row in unsorted:
        row.pop("起始扫描页")
        row["序号"] = ""
    return [*rows, *unsorted]


def volume_numbers(report: AuditReport) -> dict[int, int]:
    """Scan page to volume page number (页号): every page with content is numbered, except cover, contents and note."""
    skipped = {
        page
        for document in report.documents
        if document.type in UNNUMBERED
        for page in range(document.first_page, document.last_page + 1)
    }
    counted = [page.number for page in report.pages if page.kind != "blank" and page.number not in skipped]
    return {page: number for number, page in enumerate(counted, start=1)}


def _doubtful_numbering(report: AuditReport) -> bool:
    return any(document.type in UNNUMBERED and document.state is not State.FOUND for document in report.documents)


def _row(report: AuditReport, office: Office, document: ReportDocument, numbers: dict[int, int]) -> Row:
    doubts = [title for name, title in (("number", "文号"), ("date", "日期")) if _is_doubtful(document, name)]
    if document.state is not State.FOUND:
        doubts.insert(0, "题名")
    return {
        "文号": found(document.fields.get("number")) or found(document.fields.get("organ_case_number")),
        "责任者": _author(report, office, document),
        "题名": document.title,
        "日期": found(document.fields.get("date")).replace("-", ""),
        "页号": _span(numbers, range(document.first_page, document.last_page + 1)),
        "备注": f"{'、'.join(doubts)}待核" if doubts else "",
        "起始扫描页": str(document.first_page),
    }


def _is_doubtful(document: ReportDocument, name: str) -> bool:
    value = document.fields.get(name)
    return value is not None and value.state is State.UNCERTAIN


def _author(report: AuditReport, office: Office, document: ReportDocument) -> str:
    """Who made the paper (责任者), where its type or its own words say so for certain; else a person fills it in."""
    if document.state is not State.FOUND or document.type is None:
        return ""
    if document.type in _BY_OFFICE:
        return office.name
    for types, name in ((_BY_RECIPIENT, "recipient_name"), (_BY_LAWYER, "lawyer_name"), (_BY_FIRM, "firm_name")):
        if document.type in types:
            return found(document.fields.get(name)) or found(case_value(report, name))
    return found(document.fields.get("organ_name"))


def _span(numbers: dict[int, int], pages: range) -> str:
    own = [numbers[page] for page in pages if page in numbers]
    if not own:
        return ""
    return str(own[0]) if own[0] == own[-1] else f"{own[0]}-{own[-1]}"


def _unsorted_pages(report: AuditReport, numbers: dict[int, int]) -> list[range]:
    """Runs of pages with content that belong to no paper."""
    sorted_ = {page for document in report.documents for page in range(document.first_page, document.last_page + 1)}
    runs: list[range] = []
    for page in (page for page in numbers if page not in sorted_):
        if runs and runs[-1].stop == page:
            runs[-1] = range(runs[-1].start, page + 1)
        else:
            runs.append(range(page, page + 1))
    return runs


def _unsorted_row(numbers: dict[int, int], pages: range) -> Row:
    return {
        "文号": "",
        "责任者": "",
        "题名": "（未能归类的页面）",
        "日期": "",
        "页号": _span(numbers, pages),
        "备注": "题名待核",
        "起始扫描页": str(pages.start),
    }
