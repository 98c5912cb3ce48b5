"""How values, pages, dates and grounds are put into words in every letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from schemas.base import State
from schemas.case import KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES, STAGELESS_KINDS
from schemas.materials import material_title
from schemas.report import AuditReport, Decision, Effect, Finding, ItemState, Problem, Standing, SubsidyAmount
from schemas.volume import FieldValue

BLANK = "＿＿＿＿＿＿"
"""A place that a person fills in."""
SHORT_BLANK = "＿＿＿＿"

DATE_BLANK = "＿＿＿＿年＿＿月＿＿日"

UNVERIFIED = "※"
"""Stands behind a ground that is a reconstruction (依据待核)."""

_FEW_PAPERS = 4
"""More than these are called the whole volume: a cell is narrow."""

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")


def value_text(value: FieldValue | None) -> str:
    """A value as a letter may print it: as a fact only if it was found, else a blank for a person."""
    if value is None or value.state is State.MISSING:
        return BLANK
    if value.state is State.UNCERTAIN or not value.value:
        return uncertain_text(value.page)
    return date_text(value.value)


def uncertain_text(page: int | None = None) -> str:
    """A blank that says where to look, short enough for a cell."""
    return f"{SHORT_BLANK}（待核，见第{page}页）" if page else f"{SHORT_BLANK}（待核）"


def case_value(report: AuditReport, name: str) -> FieldValue | None:
    return report.case.fields.get(name) if report.case is not None else None


def found(value: FieldValue | None) -> str:
    """The value if it was found, else nothing."""
    return value.value if value is not None and value.state is State.FOUND and value.value else ""


def class_text(report: AuditReport, name: str) -> str:
    """The title of the case's kind, stage or origin; a blank where it is not certain."""
    case = report.case
    if case is None:
        return BLANK
    titles: Mapping[str, str] = {"kind": KIND_TITLES, "stage": STAGE_TITLES, "origin": ORIGIN_TITLES}[name]  # type: ignore[assignment]
    value: StrEnum | None = {"kind": case.kind, "stage": case.stage, "origin": case.origin}[name]
    if name == "stage" and value is None and case.kind in STAGELESS_KINDS:
        return "—"
    fact = case.facts.get(name)
    if fact is not None and fact.state is not State.FOUND:
        return uncertain_text(fact.evidence[0].page if fact.evidence else None)
    return titles[value] if value is not None else uncertain_text()


def date_text(text: str) -> str:
    """An ISO date in Chinese; any other text as it is."""
    try:
        return long_date(date.fromisoformat(text)) if len(text) == len("2024-03-05") else text
    except ValueError:
        return text


def long_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def page_numbers(pages: Iterable[int]) -> str:
    """`3、5—7`; empty for no page."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return "、".join(_run_text(run) for run in runs)


def _run_text(run: list[int]) -> str:
    if len(run) == 1:
        return str(run[0])
    return f"{run[0]}{'—' if run[-1] - run[0] > 1 else '、'}{run[-1]}"


def finding_pages(finding: Finding) -> str:
    """The pages to look at for a finding; what is missing stands on no page."""
    pages = page_numbers(place.page for place in finding.evidence)
    if pages:
        return pages
    return "卷内未见" if finding.problem is Problem.MISSING else "—"


def finding_material(report: AuditReport, finding: Finding) -> str:
    """The paper a finding is about, by the name it bears in the file, else by the name the checklist gives it."""
    if finding.document is not None and 0 <= finding.document < len(report.documents):
        return report.documents[finding.document].title
    rows = [row for row in report.checklist if finding.id in row.findings]
    key = finding.rule.rpartition("/")[2]
    # 一项审查发现可以涉及清单的几项，名称取它自己的那一项
    own = [row for row in rows if row.item == key] or (rows if len(rows) == 1 else [])
    if own:
        return own[0].title
    return material_title(finding.document_type) if finding.document_type else _several(report, finding)


def _several(report: AuditReport, finding: Finding) -> str:
    """The papers on a finding's pages, where it is about more than one."""
    pages = {place.page for place in finding.evidence}
    titles = [paper.title for paper in report.documents if pages & set(range(paper.first_page, paper.last_page + 1))]
    return "、".join(dict.fromkeys(titles)) if 0 < len(titles) <= _FEW_PAPERS else "全卷"


def basis_text(basis: str, standing: Standing) -> str:
    """The ground, marked where it is a reconstruction."""
    if not basis:
        return "—"
    return f"{basis}{UNVERIFIED}" if standing is Standing.RECONSTRUCTED else basis


def subsidy_text(effect: Effect) -> str:
    return "是" if effect is Effect.BLOCKS else "否"


def standard_text(report: AuditReport) -> str:
    """The standard's title and version."""
    standard = report.standard
    if standard is None:
        return BLANK
    title = standard.title or standard.id
    title = title if title.startswith("《") else f"《{title}》"
    return f"{title}（{standard.version.removesuffix('版')}版）"


STANDING_TEXTS: dict[Standing, str] = {
    Standing.OFFICIAL: "条款系正式文本",
    Standing.RECONSTRUCTED: "清单系据公开资料整理，尚未经本机构核对正式文本（依据待核）",
    Standing.CONFIRMED: "条款已经本机构核对确认",
}


def standing_text(report: AuditReport) -> str:
    """What the checklist rests on, item by item, and what follows from it for the subsidy."""
    rows = [row for row in report.checklist if row.state is not ItemState.NOT_REQUIRED]
    if report.standard is None:
        return BLANK
    if not rows:
        return STANDING_TEXTS[report.standard.standing]
    counts = {standing: sum(row.standing is standing for row in rows) for standing in Standing}
    parts = [text.format(counts[standing]) for standing, text in _STANDING_COUNTS.items() if counts[standing]]
    text = f"下列审查表所列{len(rows)}项中，{'，'.join(parts)}"
    if counts[Standing.RECONSTRUCTED] and not report.standard.reconstructed_blocks:
        text += "；按本机构设置，依据待核的项目不影响补贴发放"
    return text


_STANDING_COUNTS = {
    Standing.OFFICIAL: "{}项的依据系正式文本",
    Standing.CONFIRMED: "{}项的依据已经本机构核对确认",
    Standing.RECONSTRUCTED: "{}项系据公开资料整理、尚未经本机构核对正式文本（依据待核）",
}


def amount_text(amount: SubsidyAmount) -> str:
    """The amount in capitals and figures, or what it waits for."""
    if amount.amount is None:
        return f"待核。{''.join(amount.needed)}"
    sample = "（按示例标准表试算，不得据以发放）" if amount.sample else ""
    return f"{amount.capitals}（￥{amount.amount:,.2f}）{sample}"


def subsidy_sentence(report: AuditReport) -> str:
    """The amount of the subsidy as a paragraph of the opinion; empty where it was not reckoned at all."""
    subsidy = report.subsidy
    if subsidy is None or subsidy.amount is None:
        return ""
    amount = subsidy.amount
    text = f"补贴金额：{amount_text(amount)}"
    if amount.amount is None:
        return text
    conditions = {Decision.BLOCKED: "补正合格后", Decision.UNDETERMINED: "待核事项核实无误后"}
    condition = conditions.get(subsidy.decision)
    text += f"，系{condition}的应发金额" if condition else ""
    unverified = amount.standing is Standing.RECONSTRUCTED and not amount.sample
    return f"{text}{'；标准表尚未经本机构核对正式文本（依据待核）' if unverified else ''}。"
