"""What `juanzong review` and `juanzong mail` show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.markup import escape

from pipeline.console import TABLE_ROWS, folded_table, make_console, print_lines
from pipeline.registry import PROGRAM, CaseLife, MailLine
from schemas.decision import VERDICT_TITLES, Decisions
from schemas.draft import DRAFT_TITLES
from schemas.life import ACT_TITLES, STATE_TITLES, standing_events
from schemas.mail import MAIL_STATE_TITLES
from schemas.report import EFFECT_TITLES, PROBLEM_TITLES, AuditReport, Certainty, Finding
from schemas.volume import FIELD_TITLES


def print_life(life: CaseLife, report: AuditReport, decisions: Decisions) -> None:
    """Where the case stands, how it came there, what is open, what persons said."""
    console = make_console()
    state = STATE_TITLES[life.state] if life.state is not None else "尚未审查"
    console.print(f"[bold]{escape(life.number or life.folder)}[/]　{escape(life.recipient_name)}　{state}")
    standing = standing_events(life.events)
    history = folded_table("时间", "事项", "经办人", "轮次", "理由", title="经过")
    for event in life.events:
        undone = "" if event in standing or event.act.value == "undo" else "（已撤销）"
        number = "" if event.round is None else f"第{event.round}次"
        issued = "".join(f"\n{DRAFT_TITLES[paper.kind]} {paper.number}".rstrip() for paper in event.papers)
        what = f"{ACT_TITLES[event.act]}{undone}{issued}"
        history.add_row(_moment(event.at), escape(what), escape(_who(event.by)), number, escape(event.why))
    console.print(history)
    _print_findings(report.findings, "审查发现")
    _print_findings(report.dismissed, "认定不成立的事项")
    said = [f"第 {page} 页系{title}" for page, title in _papers(report, decisions)]
    said += [
        f"{FIELD_TITLES.get(name, name)}：{value}"
        for name in dict.fromkeys(told.field for told in decisions.fields)
        if (value := decisions.field_value(name)) is not None
    ]
    if said:
        console.print(f"人工更正：{escape('；'.join(said))}")


def _papers(report: AuditReport, decisions: Decisions) -> Iterable[tuple[int, str]]:
    from schemas.materials import material_title

    for page in report.pages:
        type_ = decisions.paper_of(page.sha256)
        if type_ is not None:
            yield page.number, f"《{material_title(type_)}》"


def _print_findings(findings: Sequence[Finding], title: str) -> None:
    if not findings:
        return
    table = folded_table("编号", "问题", "影响", "确定", "内容", "人工认定", title=title)
    for finding in findings:
        ruling = finding.ruling
        table.add_row(
            finding.id,
            PROBLEM_TITLES[finding.problem],
            EFFECT_TITLES[finding.effect],
            "" if finding.state is Certainty.CERTAIN else "待核",
            escape(finding.message),
            "" if ruling is None else escape(f"{VERDICT_TITLES[ruling.verdict]}（{ruling.by}）"),
        )
    make_console().print(table)


_MAIL_HEADINGS = ("编号", "案件", "收件人", "地址", "列入时间", "次数", "状态", "说明")


def print_mails(some: Iterable[Sequence[MailLine]], count: int) -> None:
    """Mails that were queued, and what became of them: in tables, or where they are too many for that, in lines."""
    if count > TABLE_ROWS:
        print_lines(_MAIL_HEADINGS, (_mail_cells(line) for lines in some for line in lines))
        return
    console = make_console()
    for lines in some:
        table = folded_table(*_MAIL_HEADINGS)
        for line in lines:
            table.add_row(*(escape(cell) for cell in _mail_cells(line)))
        console.print(table)


def _mail_cells(line: MailLine) -> tuple[str, ...]:
    return (
        line.key[:8],
        line.case_number,
        line.mail.addressee,
        line.mail.to,
        _moment(line.queued_at),
        str(line.attempts),
        MAIL_STATE_TITLES[line.state],
        line.reason,
    )


def _who(name: str) -> str:
    return "程序" if name == PROGRAM else name


def _moment(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
