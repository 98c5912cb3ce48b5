"""The case summary (案件摘要): what the file says of the case, each statement with its page. Nothing is put in.

Values stand as they were found, papers speak in their own words, and what is not certain says so.
"""

from __future__ import annotations

from pipeline.drafting.masking import masked_name, masked_number, masked_text
from pipeline.drafting.opinion import FACT_VALUES, verdict
from pipeline.drafting.rendering import Row, Values
from pipeline.drafting.wording import (
    case_value,
    date_text,
    finding_material,
    finding_pages,
    found,
    page_numbers,
    subsidy_sentence,
)
from schemas.base import State
from schemas.case import FACT_TITLES
from schemas.draft import Office
from schemas.passage import TOPIC_TITLES, Passage
from schemas.report import ITEM_STATE_TITLES, AuditReport, Certainty, ItemState, ReportDocument

UNSURE = "待核"

_FIELDS = {
    "案件编号": "case_number", "受援人": "recipient_name", "身份证号码": "recipient_id_number", "案由": "cause",
    "承办单位": "firm_name", "承办人": "lawyer_name", "办案机关": "organ_name", "办案机关案号": "organ_case_number",
    "指派日期": "assigned_on", "结案日期": "closed_on",
}  # fmt: skip
_FACTS = ("kind", "stage", "origin", "custody", "minor", "plea", "hearing_held", "result")

EVENTS: dict[str, str] = {
    "application_form": "提出法律援助申请", "transfer_letter": "转交法律援助申请", "defence_notice": "办案机关通知提供法律援助",
    "duty_help_notice": "办案机关通知提供法律帮助", "duty_help_application": "申请法律帮助", "approval_form": "审批法律援助申请",
    "grant_decision": "决定给予法律援助", "assignment_notice": "指派承办单位", "official_letter": "向办案机关发出法律援助公函",
    "representation_agreement": "签订委托协议", "power_of_attorney": "签署授权委托书", "interview_record": "与受援人谈话",
    "meeting_record": "会见受援人", "file_review_note": "阅卷", "investigation_record": "调查取证", "motion": "提出申请",
    "discussion_record": "集体讨论", "prosecution_opinion": "侦查机关移送审查起诉", "indictment": "检察机关提起公诉",
    "non_prosecution_decision": "检察机关决定不起诉", "plea_affidavit": "签署认罪认罚具结书", "pleading": "起诉",
    "arbitration_application": "申请仲裁", "reconsideration_application": "申请行政复议", "hearing_notice": "通知开庭",
    "hearing_record": "开庭", "advocacy_statement": "提交辩护、代理意见", "settlement": "达成调解、和解",
    "outcome_document": "作出裁判或者处理决定", "outcome_receipt": "收到结案文书", "change_notice": "更换法律援助人员",
    "termination_decision": "终止法律援助", "closing_report": "填写结案报告", "return_visit": "回访受援人",
}  # fmt: skip
"""What the date of a paper dates, in the words of the timeline."""


def summary_values(report: AuditReport, office: Office, round_number: int) -> Values:
    """The placeholders of `案件摘要.docx`."""
    return {
        "机构名称": office.name,
        "审查次数": str(round_number),
        "扫描页数": str(report.source.pages),
        "基本信息": [*_field_rows(report), *_fact_rows(report)],
        "时间轴": [row for row, _ in timeline(report)],
        "摘录": _passage_rows(report),
        "审查结论": verdict(report),
        "缺项和不规范": _wanting_rows(report),
        "补贴核定": subsidy_sentence(report) or "补贴金额待核。",
        "待核事项": _open_rows(report),
    }


def recipient(report: AuditReport) -> str:
    """The recipient's name as it was read, certain or not: what has to be masked."""
    value = case_value(report, "recipient_name")
    return value.value if value is not None and value.value else ""


def _field_rows(report: AuditReport) -> list[Row]:
    rows: list[Row] = []
    for title, name in _FIELDS.items():
        value = case_value(report, name)
        if value is None or value.state is State.MISSING:
            continue
        text = found(value)
        if name == "recipient_name":
            text = masked_name(text)
        elif name == "recipient_id_number":
            text = masked_number(text)
        rows.append(_row(title, date_text(text) if text else UNSURE, str(value.page or "")))
    return rows


def _fact_rows(report: AuditReport) -> list[Row]:
    """Facts that a page tells, or the office itself; what was only concluded from silence is no statement of the file."""
    facts = report.case.facts if report.case is not None else {}
    rows: list[Row] = []
    for name in _FACTS:
        fact = facts.get(name)
        if fact is None or fact.value is None or not (fact.evidence or fact.given):
            continue
        value = fact.value
        text = ("是" if value else "否") if isinstance(value, bool) else FACT_VALUES.get(name, {}).get(value, value)
        pages = page_numbers(place.page for place in fact.evidence)
        rows.append(_row(FACT_TITLES[name], text if fact.state is State.FOUND else UNSURE, pages or "由本机构提供"))
    return rows


def _row(title: str, text: str, pages: str) -> Row:
    return {"项目": title, "内容": text, "页码": pages or "—"}


def timeline(report: AuditReport) -> list[tuple[Row, str]]:
    """What happened on which day by the dates of the papers, each with its ISO date; undated papers say 待核, last."""
    events = [entry for document in report.documents if (entry := _event(document)) is not None]
    closed = case_value(report, "closed_on")
    if closed is not None and found(closed):
        row = {"日期": date_text(found(closed)), "事项": "结案", "页码": str(closed.page or "—")}
        events.append((row, found(closed)))
    unique = {(row["日期"], row["事项"], row["页码"]): (row, day) for row, day in events}
    return sorted(unique.values(), key=lambda event: event[1] or "9999")


def _event(document: ReportDocument) -> tuple[Row, str] | None:
    what = EVENTS.get(document.type or "")
    value = document.fields.get("date")
    if not what or document.state is not State.FOUND or value is None or value.state is State.MISSING:
        return None
    day = found(value)
    page = str(value.page or document.first_page)
    return {"日期": date_text(day) if day else UNSURE, "事项": f"{what}（《{document.title}》）", "页码": page}, day


def _passage_rows(report: AuditReport) -> list[Row]:
    """A row for what one paper says on one topic on the same pages."""
    name = recipient(report)
    rows: list[Row] = []
    for passage in report.passages:
        text = masked_text(passage.text, name) + ("" if passage.state is State.FOUND else "（待核）")
        pages = page_numbers(range(passage.first_page, passage.last_page + 1))
        row = {
            "项目": TOPIC_TITLES[passage.topic],
            "内容": text,
            "出处": f"《{paper_title(report, passage)}》第{pages}页",
        }
        if rows and (rows[-1]["项目"], rows[-1]["出处"]) == (row["项目"], row["出处"]):
            rows[-1]["内容"] += text
        else:
            rows.append(row)
    return rows


def paper_title(report: AuditReport, passage: Passage) -> str:
    """The title of the paper that speaks."""
    known = 0 <= passage.document < len(report.documents)
    return report.documents[passage.document].title if known else "卷内材料"


def _wanting_rows(report: AuditReport) -> list[Row]:
    """What surely lacks or is not in order."""
    states = {finding: row.state for row in report.checklist for finding in row.findings}
    certain = [finding for finding in report.findings if finding.state is Certainty.CERTAIN]
    return [
        {
            "序号": str(number),
            "材料": finding_material(report, finding),
            "结果": ITEM_STATE_TITLES[states.get(finding.id, ItemState.IRREGULAR)],
            "内容": masked_text(finding.message, recipient(report)),
            "页码": finding_pages(finding),
        }
        for number, finding in enumerate(certain, start=1)
    ]


def _open_rows(report: AuditReport) -> list[Row]:
    name = recipient(report)
    return [
        {
            "序号": str(number),
            "内容": masked_text(finding.message, name),
            "页码": page_numbers(place.page for place in finding.evidence) or "全卷",
        }
        for number, finding in enumerate(
            (item for item in report.findings if item.state is Certainty.UNCERTAIN), start=1
        )
    ]
