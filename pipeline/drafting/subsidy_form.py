"""The approval form for the subsidy (补贴审批表): the amount with its derivation, for those who check and approve it."""

from __future__ import annotations

from decimal import Decimal

from pipeline.drafting.opinion import amount_rows, verdict
from pipeline.drafting.rendering import Values
from pipeline.drafting.wording import BLANK, case_value, class_text, value_text
from schemas.base import State
from schemas.draft import Office
from schemas.report import AuditReport, Certainty, Decision, Effect, Standing, SubsidyAmount

_FIELDS = {
    "案件编号": "case_number", "受援人": "recipient_name", "案由": "cause", "承办单位": "firm_name",
    "承办人": "lawyer_name", "指派日期": "assigned_on", "结案日期": "closed_on",
}  # fmt: skip


def calls_for_approval(report: AuditReport) -> bool:
    """Whether there is a payment to approve: not while something certain holds it up."""
    return report.subsidy is not None and report.subsidy.decision is not Decision.BLOCKED


def approval_values(report: AuditReport, office: Office, round_number: int) -> Values:
    """The placeholders of `补贴审批表.docx`. An amount that is open is a blank, and the form says what it waits for."""
    amount = report.subsidy.amount if report.subsidy is not None else None
    due = payable(amount)
    return {
        "机构名称": office.name,
        **{title: value_text(case_value(report, name)) for title, name in _FIELDS.items()},
        "案件类别": class_text(report, "kind"),
        "办案阶段": class_text(report, "stage"),
        "收卷页数": str(report.source.pages),
        "审查次数": str(round_number),
        "审查结论": verdict(report),
        "补贴核定": amount_rows(report),
        "补贴标准表": amount.table if amount is not None else "",
        "补贴金额小写": f"￥{due:,.2f}" if due is not None else f"￥{BLANK}",
        "补贴金额大写": amount.capitals if amount is not None and due is not None else f"人民币{BLANK}",
        "金额说明": _remark(report, amount),
    }


def payable(amount: SubsidyAmount | None) -> Decimal | None:
    """The amount if it is known and no mere sample."""
    if amount is None or amount.state is not State.FOUND or amount.sample:
        return None
    return amount.amount


def _remark(report: AuditReport, amount: SubsidyAmount | None) -> str:
    """What has to be settled before anybody signs."""
    parts: list[str] = []
    open_ = sum(item.state is Certainty.UNCERTAIN and item.effect is Effect.BLOCKS for item in report.findings)
    if report.subsidy is not None and report.subsidy.decision is Decision.UNDETERMINED:
        parts.append(
            f"尚有{open_}项可能影响补贴的事项待核实，核实无误后方可审批。"
            if open_
            else "尚有事项待核实，核实无误后方可审批。"
        )
    if amount is None or (amount.amount is None and not amount.needed):
        parts.append("补贴金额待核，由工作人员核定后填写。")
    elif amount.amount is None:
        parts.append(f"补贴金额待核：{''.join(amount.needed)}")
    elif amount.sample:
        parts.append("示例标准表只供试算，不得据以发放；补贴金额由工作人员核定后填写。")
    elif amount.standing is Standing.RECONSTRUCTED:
        parts.append("补贴标准表尚未经本机构核对正式文本（依据待核），审批前应当核对。")
    return "".join(parts)
