"""The audit opinion (审查意见书): what was held against what, what was found, what a person has to look at."""

from __future__ import annotations

from datetime import date

from pipeline.drafting.rendering import Row, Values
from pipeline.drafting.wording import (
    BLANK,
    NUMERALS,
    basis_text,
    case_value,
    class_text,
    finding_material,
    finding_pages,
    long_date,
    page_numbers,
    standard_text,
    standing_text,
    subsidy_sentence,
    subsidy_text,
    uncertain_text,
    value_text,
)
from schemas.base import State
from schemas.case import FACT_TITLES, KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES, Fact
from schemas.decision import VERDICT_TITLES
from schemas.draft import Office
from schemas.materials import material_title
from schemas.progress import Progress
from schemas.report import (
    ITEM_STATE_TITLES,
    PROBLEM_TITLES,
    AuditReport,
    Certainty,
    ChecklistResult,
    Decision,
    Effect,
    Finding,
    ItemState,
    Standing,
)

FACT_VALUES: dict[str, dict[str, str]] = {
    "kind": {kind.value: title for kind, title in KIND_TITLES.items()},
    "stage": {stage.value: title for stage, title in STAGE_TITLES.items()},
    "origin": {origin.value: title for origin, title in ORIGIN_TITLES.items()},
    "custody": {"detained": "羁押", "bail": "取保候审", "residential": "监视居住", "none": "未被采取强制措施"},
    "means_check": {
        "check": "核查", "commitment": "个人诚信承诺", "exempt_check": "免予核查", "no_condition": "不受经济困难条件限制",
    },
    "result": {
        "judgment": "判决", "ruling": "裁定", "mediation": "调解", "settlement": "和解", "withdrawal": "撤诉",
        "award": "裁决", "indicted": "提起公诉", "not_indicted": "不起诉", "transferred": "移送审查起诉",
        "dismissed": "撤销案件", "terminated": "终止法律援助", "other": "其他",
    },
    "representation": {
        "victim": "被害人代理", "private_prosecutor": "自诉人代理", "petitioner": "申诉代理",
        "compulsory_treatment": "强制医疗代理",
    },
}  # fmt: skip

PAGE_FAULTS = {"unreadable": "无法识读", "black": "页面全黑，可能扫描时未合盖或者重张"}


def opinion_values(
    report: AuditReport, office: Office, day: date, round_number: int, progress: Progress | None = None
) -> Values:
    """The placeholders of `审查意见书.docx`. `progress`: what became of what the round before had found."""
    certain = [finding for finding in report.findings if finding.state is Certainty.CERTAIN]
    uncertain = [finding for finding in report.findings if finding.state is Certainty.UNCERTAIN]
    tables: dict[str, list[Row]] = {
        "审查表": _checklist_rows(report, certain, uncertain),
        "审查发现": [_certain_row(report, number, finding) for number, finding in enumerate(certain, start=1)],
        "待核事项": [_uncertain_row(report, number, finding) for number, finding in enumerate(uncertain, start=1)],
        "补正情况": _progress_rows(report, progress),
        "人工认定": _ruling_rows(report),
        "补贴核定": amount_rows(report),
        "重扫页面": _rescan_rows(report),
        "案件事实": _fact_rows(report),
    }
    return {
        **_head(report, office, round_number),
        "审查结论": verdict(report),
        "补贴金额": subsidy_sentence(report),
        "补贴标准表": _rate_table(report),
        "略去项数": str(_left_out(report)) if _left_out(report) else "",
        "有待核依据": any(item.standing is Standing.RECONSTRUCTED and item.basis for item in certain),
        "制作日期": long_date(day),
        **_section_numbers(tables),
        **tables,
    }


def _head(report: AuditReport, office: Office, round_number: int) -> dict[str, str]:
    fields = {
        "案件编号": "case_number", "受援人": "recipient_name", "案由": "cause", "承办单位": "firm_name",
        "承办人": "lawyer_name", "办案机关": "organ_name", "办案机关案号": "organ_case_number",
        "指派日期": "assigned_on", "结案日期": "closed_on",
    }  # fmt: skip
    return {
        "机构名称": office.name,
        **{title: value_text(case_value(report, name)) for title, name in fields.items()},
        "案件类别": class_text(report, "kind"),
        "办案阶段": class_text(report, "stage"),
        "案件来源": class_text(report, "origin"),
        "收卷页数": f"{report.source.pages}页",
        "审查次数": str(round_number),
        "扫描件名称": report.source.name,
        "审查标准": standard_text(report),
        "依据状态": standing_text(report),
    }


def _progress_rows(report: AuditReport, progress: Progress | None) -> list[Row]:
    """What the round before had found, and whether it was put right; what is new stands among the findings."""
    if progress is None:
        return []
    told = [(finding, "已补正") for finding in progress.cured]
    told += [(finding, "尚未补正") for finding in progress.remaining]
    return [
        {"序号": str(number), "材料": _subject(report, finding), "问题": finding.message, "情况": state}
        for number, (finding, state) in enumerate(told, start=1)
    ]


def _subject(report: AuditReport, finding: Finding) -> str:
    """The paper by its type: the documents of an earlier round have other numbers."""
    if finding in report.findings:
        return finding_material(report, finding)
    return material_title(finding.document_type) if finding.document_type else "全卷"


def _ruling_rows(report: AuditReport) -> list[Row]:
    """Whose word the report rests on, where it was not the program's."""
    rows: list[Row] = []
    for finding in (*report.findings, *report.dismissed):
        ruling = finding.ruling
        if ruling is not None:
            why = f"。理由：{ruling.why}" if ruling.why else ""
            rows.append(
                {
                    "序号": str(len(rows) + 1),
                    "材料": _subject(report, finding),
                    "事项": finding.message,
                    "认定": VERDICT_TITLES[ruling.verdict].removeprefix("认定"),
                    "说明": f"{ruling.by}，{long_date(ruling.at.astimezone().date())}{why}",
                }
            )
    return rows


def _section_numbers(tables: dict[str, list[Row]]) -> dict[str, str]:
    """`审查表节号: 二` and so on: a section that has no rows is left out, and the others close up."""
    present = [name for name, rows in tables.items() if rows]
    numbers = {name: NUMERALS[index] for index, name in enumerate(present, start=1)}
    return {f"{name}节号": numbers.get(name, "") for name in tables}


def verdict(report: AuditReport) -> str:
    """The conclusion in one paragraph. A person decides: the program proposes."""
    certain = [finding for finding in report.findings if finding.state is Certainty.CERTAIN]
    blocking = sum(finding.effect is Effect.BLOCKS for finding in certain)
    correcting = sum(finding.effect is Effect.CORRECT for finding in certain)
    open_ = len(report.findings) - len(certain)
    decision = report.subsidy.decision if report.subsidy is not None else Decision.UNDETERMINED
    notes = len(certain) - blocking - correcting
    parts = [_decision_sentence(decision, blocking, len(report.findings))]
    if correcting:
        parts.append(f"{'另有' if blocking else '有'}{correcting}项问题应当在归档前补正。")
    if open_:
        parts.append(f"{'另有' if blocking or correcting else '有'}{open_}项事项程序未能确认，应当由审查人核实。")
    if notes:
        parts.append(f"附{notes}项提示，供整理归档时参考。")
    parts.append(_grounds_sentence(certain))
    return "".join(parts)


def _decision_sentence(decision: Decision, blocking: int, findings: int) -> str:
    if decision is Decision.BLOCKED:
        return f"经审查，该卷有{blocking}项问题影响补贴发放，建议补正前暂缓发放补贴。"
    if decision is Decision.UNDETERMINED:
        return "经审查，该卷现有材料尚不足以确定是否符合补贴发放条件，待人工核实后提出意见。"
    if findings:
        return "经审查，该卷未发现影响补贴发放的问题，建议按规定发放补贴。"
    return "经审查，该卷材料齐全、规范，建议按规定发放补贴。"


def _grounds_sentence(certain: list[Finding]) -> str:
    """That what holds up the subsidy rests on grounds which nobody has held against the official text."""
    blocking = [finding for finding in certain if finding.effect is Effect.BLOCKS]
    open_ = sum(finding.standing is Standing.RECONSTRUCTED for finding in blocking)
    if not open_:
        return ""
    which = "均" if open_ == len(blocking) else f"有{open_}项"
    return f"影响补贴的问题{which}依据待核，签发前应当核对正式文本。"


def amount_rows(report: AuditReport) -> list[Row]:
    """How the amount came about, step by step."""
    amount = report.subsidy.amount if report.subsidy is not None else None
    return [
        {
            "步骤": step.title,
            "计算": step.explanation,
            "金额": f"{step.amount:,.2f}" if step.amount is not None else "待核",
            "依据": step.basis or "—",
        }
        for step in (amount.steps if amount is not None else ())
    ]


def _rate_table(report: AuditReport) -> str:
    amount = report.subsidy.amount if report.subsidy is not None else None
    return amount.table if amount is not None else ""


def _left_out(report: AuditReport) -> int:
    return sum(row.state is ItemState.NOT_REQUIRED for row in report.checklist)


def _checklist_rows(report: AuditReport, certain: list[Finding], uncertain: list[Finding]) -> list[Row]:
    """What this case needs or holds, under the number that the standard gives it."""
    labels = {item.id: f"问题{number}：{PROBLEM_TITLES[item.problem]}" for number, item in enumerate(certain, start=1)}
    labels |= {
        item.id: f"待核{number}：{PROBLEM_TITLES[item.problem]}" for number, item in enumerate(uncertain, start=1)
    }
    return [
        _checklist_row(number, row, labels)
        for number, row in enumerate(report.checklist, start=1)
        if row.state is not ItemState.NOT_REQUIRED
    ]


def _checklist_row(number: int, row: ChecklistResult, labels: dict[str, str]) -> Row:
    return {
        "序号": str(number),
        "材料": row.title,
        "要求": row.need,
        "结果": ITEM_STATE_TITLES[row.state],
        "页码": page_numbers(row.pages) or "—",
        "说明": "；".join(labels[finding] for finding in row.findings if finding in labels),
    }


def _certain_row(report: AuditReport, number: int, finding: Finding) -> Row:
    return {
        "序号": str(number),
        "材料": finding_material(report, finding),
        "问题": finding.message,
        "页码": finding_pages(finding),
        "依据": basis_text(finding.basis, finding.standing),
        "处理要求": finding.remedy or "—",
        "影响补贴": subsidy_text(finding.effect),
    }


def _uncertain_row(report: AuditReport, number: int, finding: Finding) -> Row:
    return {
        "序号": str(number),
        "材料": finding_material(report, finding),
        "事项": finding.message,
        "页码": page_numbers(place.page for place in finding.evidence) or "全卷",
        "核实要点": finding.reason or "请对照原件核实。",
        "影响补贴": subsidy_text(finding.effect),
    }


def _rescan_rows(report: AuditReport) -> list[Row]:
    """Pages that should be scanned again, put together by what is wrong with them."""
    faults: dict[str, list[int]] = {}
    for page in report.pages:
        fault = PAGE_FAULTS.get(page.kind, "扫描质量过低，文字不能可靠识读" if page.low_quality else "")
        if fault:
            faults.setdefault(fault, []).append(page.number)
    return [{"页码": page_numbers(pages), "原因": fault} for fault, pages in faults.items()]


def _fact_rows(report: AuditReport) -> list[Row]:
    """The facts that the audit rests on, in the vocabulary's order; what nobody knows anything about is left out."""
    facts = report.case.facts if report.case is not None else {}
    return [
        {
            "事实": title,
            "认定": _fact_value(name, facts[name]),
            "来源": _fact_source(facts[name]),
            "页码": page_numbers(place.page for place in facts[name].evidence) or "—",
        }
        for name, title in FACT_TITLES.items()
        if name in facts and (facts[name].state is State.FOUND or facts[name].source)
    ]


def fact_text(report: AuditReport, name: str) -> str:
    """What a fact was found to be; a blank for a person where it was not."""
    fact = report.case.facts.get(name) if report.case is not None else None
    if fact is None or fact.value is None:
        return BLANK
    if fact.state is not State.FOUND:
        return uncertain_text(fact.evidence[0].page if fact.evidence else None)
    return _fact_value(name, fact)


def _fact_value(name: str, fact: Fact) -> str:
    if fact.state is not State.FOUND or fact.value is None:
        return "待核"
    if isinstance(fact.value, bool):
        return "是" if fact.value else "否"
    return FACT_VALUES.get(name, {}).get(fact.value, fact.value)


def _fact_source(fact: Fact) -> str:
    if fact.given:
        return fact.source or "由本机构提供"
    return fact.source or "—"
