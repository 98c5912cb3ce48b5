"""The review form (结案材料审查表): every item of the checklist and how it fared, to be signed and filed."""

from __future__ import annotations

from pipeline.drafting.opinion import verdict
from pipeline.drafting.rendering import Row, Values
from pipeline.drafting.wording import (
    case_value,
    class_text,
    finding_material,
    finding_pages,
    page_numbers,
    standard_text,
    standing_text,
    subsidy_text,
    value_text,
)
from schemas.draft import Office
from schemas.report import (
    ITEM_STATE_TITLES,
    PROBLEM_TITLES,
    AuditReport,
    Certainty,
    ChecklistResult,
    Finding,
    ItemState,
)

_FIELDS = {
    "案件编号": "case_number", "受援人": "recipient_name", "案由": "cause", "承办单位": "firm_name",
    "承办人": "lawyer_name", "指派日期": "assigned_on", "结案日期": "closed_on",
}  # fmt: skip
_COUNTED = (ItemState.COMPLETE, ItemState.MISSING, ItemState.IRREGULAR, ItemState.UNCERTAIN)


def review_values(report: AuditReport, office: Office, round_number: int) -> Values:
    """The placeholders of `结案材料审查表.docx`."""
    due = [(number, row) for number, row in enumerate(report.checklist, start=1) if _is_due(row)]
    return {
        "机构名称": office.name,
        **{title: value_text(case_value(report, name)) for title, name in _FIELDS.items()},
        "案件类别": class_text(report, "kind"),
        "办案阶段": class_text(report, "stage"),
        "案件来源": class_text(report, "origin"),
        "收卷页数": str(report.source.pages),
        "审查次数": str(round_number),
        "审查标准": standard_text(report),
        "依据状态": standing_text(report),
        "审查项目": [_row(report, number, row) for number, row in due],
        "结果统计": _counts([row for _, row in due]),
        "其他事项": _other_rows(report),
        "不需要项目": _left_out(report),
        "审查建议": verdict(report),
    }


def _is_due(row: ChecklistResult) -> bool:
    return row.state is not ItemState.NOT_REQUIRED


def _row(report: AuditReport, number: int, row: ChecklistResult) -> Row:
    about = [finding for finding in report.findings if finding.id in row.findings]
    return {
        "序号": str(number),
        "材料": row.title,
        "要求": row.need,
        "结果": ITEM_STATE_TITLES[row.state],
        "页码": page_numbers(row.pages) or "—",
        "说明": "；".join(dict.fromkeys(_problem(finding) for finding in about)),
    }


def _problem(finding: Finding) -> str:
    """What is wrong in a word or two; a doubt is called one."""
    title = PROBLEM_TITLES[finding.problem]
    return f"{title}（待核）" if finding.state is Certainty.UNCERTAIN else title


def _counts(rows: list[ChecklistResult]) -> str:
    """`应审查12项：齐全9项，缺失1项，…`; a result that no item has is not named."""
    if not rows:
        return "没有适用于本案的审查项目清单，由审查人逐项核对。"
    counts = {state: sum(row.state is state for row in rows) for state in _COUNTED}
    parts = "，".join(f"{ITEM_STATE_TITLES[state]}{count}项" for state, count in counts.items() if count)
    return f"本案应审查{len(rows)}项：{parts}。"


def _other_rows(report: AuditReport) -> list[Row]:
    """Findings that no item of the checklist shows: dates, numbers, persons, the volume as a whole."""
    shown = {finding for row in report.checklist if _is_due(row) for finding in row.findings}
    rest = [finding for finding in report.findings if finding.id not in shown]
    rest.sort(key=lambda finding: finding.state is Certainty.UNCERTAIN)
    return [
        {
            "序号": str(number),
            "材料": finding_material(report, finding),
            "问题": finding.message,
            "页码": finding_pages(finding),
            "结果": "不规范" if finding.state is Certainty.CERTAIN else "待核",
            "影响补贴": subsidy_text(finding.effect),
        }
        for number, finding in enumerate(rest, start=1)
    ]


def _left_out(report: AuditReport) -> str:
    """Titles of the items that this case does not need, with their numbers."""
    titles = [f"{number}.{row.title}" for number, row in enumerate(report.checklist, start=1) if not _is_due(row)]
    return "；".join(titles)
