"""The deficiency notice (补正通知书): what the lawyer certainly has to put right. Nothing uncertain stands in it."""

from __future__ import annotations

from pipeline.drafting.rendering import Row, Values
from pipeline.drafting.wording import (
    BLANK,
    DATE_BLANK,
    UNVERIFIED,
    basis_text,
    case_value,
    finding_material,
    finding_pages,
    long_date,
    standard_text,
    subsidy_text,
    value_text,
)
from schemas.base import State
from schemas.draft import CureTerm, Office
from schemas.report import AuditReport, Certainty, Duty, Effect, Finding, Standing


def notice_findings(report: AuditReport) -> tuple[Finding, ...]:
    """The findings that a notice states: certain ones that the lawyer has to act on, those that block first."""
    asked = [
        finding
        for finding in report.findings
        if finding.state is Certainty.CERTAIN and finding.effect is not Effect.NOTE and finding.duty is Duty.LAWYER
    ]
    return tuple(sorted(asked, key=lambda finding: finding.effect is not Effect.BLOCKS))


def notice_values(report: AuditReport, office: Office, round_number: int, terms: tuple[CureTerm, ...] = ()) -> Values:
    """The placeholders of `补正通知书.docx`. `terms`: when the term ends, for the days on which it may be received."""
    findings = notice_findings(report)
    return {
        "机构名称": office.name,
        "联系电话": office.phone or BLANK,
        "办公地址": office.address or BLANK,
        **addressee(report),
        "审查次数": str(round_number),
        "页数": str(report.source.pages),
        "审查标准": standard_text(report),
        "问题概述": _summary(findings),
        "补正事项": [_row(report, number, finding) for number, finding in enumerate(findings, start=1)],
        "有待核依据": any(item.standing is Standing.RECONSTRUCTED and item.basis for item in findings)
        or _unverified_term(report, office),
        "补正期限": cure_term(report, office),
        "期限届满": _end_of_term(terms),
        "期限推算": ends_by_receipt(terms),
        "逾期后果": _consequence(findings),
    }


def _end_of_term(terms: tuple[CureTerm, ...]) -> str:
    """The last day, where it is known on which day the notice was received; until then the term has none."""
    if len(terms) != 1 or not terms[0].served:
        return ""
    received, ends = long_date(terms[0].received_on), terms[0].ends_on
    last = long_date(ends) if ends is not None else DATE_BLANK
    return f"你单位于{received}收到本通知，补正期限至{last}届满。"


def ends_by_receipt(terms: tuple[CureTerm, ...]) -> str:
    """A note with the last day for each day on which the notice may be received; empty where the day is known."""
    if not terms or terms[0].served:
        return ""
    known = [(term.received_on, term.ends_on) for term in terms if term.ends_on is not None]
    clauses = [f"{long_date(received)}收到的，至{long_date(ends)}" for received, ends in known]
    if len(known) == len(terms):
        clauses.append("在此之后收到的，依次顺延")
    else:
        other = "其他日期收到的，" if known else ""
        clauses.append(f"{other}因相应年度的工作日历尚未载入，由本机构核定后填写：{DATE_BLANK}")
    return f"补正期限自收到本通知的次日起算，届满日期为：{'；'.join(clauses)}。"


def cure_term(report: AuditReport, office: Office) -> str:
    """The office's own term in working days, else the standard's; a blank where neither sets one."""
    if office.cure_days is not None:
        return f"{office.cure_days}个工作日"
    standard = report.standard
    if standard is None or standard.cure_days is None:
        return f"{BLANK}个工作日"
    mark = UNVERIFIED if _unverified_term(report, office) else ""
    return f"{standard.cure_days}{'个工作日' if standard.cure_working_days else '日'}{mark}"


def _unverified_term(report: AuditReport, office: Office) -> bool:
    """Whether the term is the standard's, and a reconstruction."""
    standard = report.standard
    if office.cure_days is not None or standard is None or standard.cure_days is None:
        return False
    return standard.cure_standing is Standing.RECONSTRUCTED


def addressee(report: AuditReport) -> dict[str, str]:
    names = {
        "案件编号": "case_number",
        "受援人": "recipient_name",
        "案由": "cause",
        "承办单位": "firm_name",
        "承办人": "lawyer_name",
    }
    return {title: _outward(report, name) for title, name in names.items()}


def _outward(report: AuditReport, name: str) -> str:
    """A value in a letter that leaves the house: page references of a doubtful reading are for the file only."""
    value = case_value(report, name)
    return f"{BLANK}（待核）" if value is not None and value.state is State.UNCERTAIN else value_text(value)


def _row(report: AuditReport, number: int, finding: Finding) -> Row:
    return {
        "序号": str(number),
        "材料": finding_material(report, finding),
        "问题": finding.message,
        "页码": finding_pages(finding),
        "依据": basis_text(finding.basis, finding.standing),
        "补正要求": finding.remedy or BLANK,
        "影响补贴": subsidy_text(finding.effect),
    }


def _summary(findings: tuple[Finding, ...]) -> str:
    blocking = sum(finding.effect is Effect.BLOCKS for finding in findings)
    if not blocking:
        return f"存在{len(findings)}项需要补正的问题"
    if blocking == len(findings):
        return f"存在{len(findings)}项需要补正的问题，补正前暂缓发放补贴"
    return f"存在{len(findings)}项需要补正的问题，其中{blocking}项在补正前暂缓发放补贴"


def _consequence(findings: tuple[Finding, ...]) -> str:
    late = "逾期不补正或者补正后仍不符合要求的"
    if any(finding.effect is Effect.BLOCKS for finding in findings):
        return f"{late}，本机构将按照法律援助补贴管理的有关规定不予发放补贴。"
    return f"{late}，本机构将按照法律援助案件归档和质量管理的有关规定处理。"
