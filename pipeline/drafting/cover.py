"""The cover (卷宗封面) of a closing file."""

from __future__ import annotations

from pipeline.drafting.contents import numbered_text
from pipeline.drafting.opinion import fact_text
from pipeline.drafting.rendering import Values
from pipeline.drafting.wording import case_value, class_text, value_text
from schemas.base import State
from schemas.case import Origin
from schemas.draft import Office
from schemas.report import AuditReport

_FIELDS = {
    "案件编号": "case_number", "案由": "cause", "受援人": "recipient_name", "承办单位": "firm_name",
    "承办人": "lawyer_name", "办案机关": "organ_name", "办案机关案号": "organ_case_number",
    "指派日期": "assigned_on", "结案日期": "closed_on",
}  # fmt: skip


def cover_values(report: AuditReport, office: Office) -> Values:
    """The placeholders of `卷宗封面.docx`. What no paper tells for certain is a blank for whoever files the volume."""
    return {
        "机构名称": office.name,
        **{title: value_text(case_value(report, name)) for title, name in _FIELDS.items()},
        "案件类别": class_text(report, "kind"),
        "办案阶段": class_text(report, "stage"),
        "案件来源": class_text(report, "origin"),
        "通知辩护": _notified(report),
        "办理结果": fact_text(report, "result"),
        "卷内页数": numbered_text(report),
        "有待核事项": any(_is_open(report, name) for name in _FIELDS.values()),
    }


def _is_open(report: AuditReport, name: str) -> bool:
    value = case_value(report, name)
    return value is None or value.state is not State.FOUND


def _notified(report: AuditReport) -> str:
    """Whether an organ asked for the defence: by the origin, where that is certain."""
    case = report.case
    fact = case.facts.get("origin") if case is not None else None
    if case is None or case.origin is None or (fact is not None and fact.state is not State.FOUND):
        return class_text(report, "origin")
    return "是" if case.origin is Origin.NOTIFIED else "否"
