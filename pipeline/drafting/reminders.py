"""The reminder of terms (结案材料报送提醒函): one letter to a lawyer about all the papers that he still owes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.drafting.rendering import Row, Values, render
from pipeline.drafting.wording import BLANK, DATE_BLANK, SHORT_BLANK, basis_text, long_date
from schemas.draft import DRAFT_TITLES, Draft, DraftKind, Office
from schemas.due import Due, DueState, RunningTerm
from schemas.report import Standing

_OWED: dict[str, tuple[str, str]] = {
    "filing": ("结案归档材料", "结案之日起"),
    "cure": ("补正材料", "收到补正通知书之日起"),
}
"""What is to be handed in within the term, and from when the norm lets it run."""

REMINDED_TERMS = frozenset(_OWED)
"""The terms within which a lawyer hands something in."""


def draft_reminder(terms: Sequence[RunningTerm], office: Office, day: date) -> Draft:
    """The letter about `terms`, which are one lawyer's, in their order. Raises `StandardError` for a bad template."""
    first = terms[0]
    whom = "_".join(name for name in (first.firm_name, first.lawyer_name) if name)
    content = render(DraftKind.FILING_REMINDER, reminder_values(terms, office, day), office.templates_dir)
    title = DRAFT_TITLES[DraftKind.FILING_REMINDER]
    return Draft(kind=DraftKind.FILING_REMINDER, file_name=f"{title}（草稿）_{whom}.docx", content=content)


def reminder_values(terms: Sequence[RunningTerm], office: Office, day: date) -> Values:
    """The placeholders of `结案材料报送提醒函.docx`."""
    late = [term.due.state is DueState.LATE for term in terms]
    first = terms[0]
    bases = {(term.due.name, term.due.length, term.due.basis): term.due for term in terms}
    return {
        "机构名称": office.name,
        "联系电话": office.phone or BLANK,
        "办公地址": office.address or BLANK,
        "承办单位": first.firm_name or BLANK,
        "承办人": first.lawyer_name or BLANK,
        "起草日期": long_date(day),
        "件数": str(len({term.key for term in terms})),
        "报送事项": [_row(number, term) for number, term in enumerate(terms, start=1)],
        "期限依据": [_basis(due) for due in bases.values()],
        "有逾期": any(late),
        "有临近": not all(late),
        "有补正": any(term.due.name == "cure" for term in terms),
        "有待核依据": any(due.standing is Standing.RECONSTRUCTED for due in bases.values()),
    }


def _row(number: int, term: RunningTerm) -> Row:
    due = term.due
    return {
        "序号": str(number),
        "案件编号": term.case_number or SHORT_BLANK,
        "受援人": term.recipient_name or SHORT_BLANK,
        "材料": _OWED[due.name][0],
        "起算日期": long_date(due.since),
        "届满日期": long_date(due.ends_on) if due.ends_on is not None else DATE_BLANK,
        "目前": _standing_today(due),
    }


def _standing_today(due: Due) -> str:
    if due.days_left is None:
        return "届满日待核"
    if due.days_left < 0:
        return f"已逾期{-due.days_left}日"
    return f"尚余{due.days_left}日" if due.days_left else "当日届满"


def _basis(due: Due) -> Row:
    owed, since = _OWED[due.name]
    return {"材料": owed, "起算": since, "期限": due.length, "依据": basis_text(due.basis, due.standing)}
