"""`juanzong papers`: papers about an audited case that no audit calls for by itself: a person asks for them."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.acting import By, acting, office_settings, opened_registry, tell_open_grounds
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from schemas.draft import Draft, Office, Refusal
    from schemas.report import AuditReport

app = typer.Typer(help="审查之后按需制作的文书：典型案例、不予发放补贴告知书。", no_args_is_help=True)

Report = Annotated[Path, typer.Argument(help="审查报告.json，在该案发件箱文件夹的“第n次审查”中")]
Out = Annotated[Path | None, typer.Option("--out", help="输出文件夹；不填为审查报告所在的文件夹")]


@app.command("typical-case")
def typical_case(report: Report, out: Out = None) -> None:
    """典型案例：人名、地名、单位、号码作匿名处理，发布前须由专人逐句核对。"""
    from pipeline.drafting import draft_typical_case

    _write(draft_typical_case(_read(report), _office()), out or report.parent)


@app.command()
def refusal(
    report: Report,
    why: Annotated[list[str], typer.Option("--why", help="不予发放的事由，可以重复")],
    basis: Annotated[str, typer.Option("--basis", help="依据的文件和条款；不填留空白")] = "",
    decided_on: Annotated[str, typer.Option("--date", help="决定日期，例如 2026-04-20；不填为当天")] = "",
    round_number: Annotated[
        int | None, typer.Option("--round", min=1, help="据以决定的是第几次审查；不填以台账为准")
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="只写出草稿供核对：不编号，不记入台账")] = False,
    by: By = "",
    out: Out = None,
) -> None:
    """不予发放补贴告知书：只依据工作人员的决定制作，编号、签发并记入台账；程序不作此决定。"""
    from schemas.draft import Refusal

    reasons = tuple(reason.strip() for reason in why if reason.strip())
    if not reasons:
        raise UsageError("请用 --why 写明不予发放的事由。")
    decision = Refusal(decided_by=acting(by), decided_on=_day(decided_on), reasons=reasons, basis=basis)
    if draft:
        from pipeline.drafting import draft_refusal

        _write(draft_refusal(_read(report), _office(), decision, round_number or 1), out or report.parent)
        return
    _issue(_read(report), decision, round_number, out or report.parent)


def _issue(report: AuditReport, decision: Refusal, round_number: int | None, folder: Path) -> None:
    """Decision, number and letter in one act; says where the letter lies."""
    from pipeline.desk.issuing import demand_last_round, issue_refusal, told
    from schemas.life import STATE_TITLES

    settings, today = office_settings(), date.today()  # noqa: DTZ011 - the office's own day
    if decision.decided_on > today:
        raise UsageError(f"决定日期{decision.decided_on}晚于今天，请核对。")
    with opened_registry(settings):
        record = demand_last_round(report)
        if round_number not in (None, record.number):
            raise UsageError(f"这是第{record.number}次审查的报告，--round 写的是{round_number}，请核对。")
        done = issue_refusal(report, decision, folder, settings, today)
    verb = "已签发" if done.anew else "此前已经签发，没有重复编号，现补写文书"
    state = STATE_TITLES[done.life.state] if done.life.state is not None else ""
    sys.stdout.write(f"{verb}：{told(done.papers)}，据第{record.number}次审查，决定人{decision.decided_by}。\n")
    sys.stdout.write(f"文书：{done.folder}\n请核对、打印、盖章后送达。该案目前：{state}。\n")
    case = done.life.number or done.life.folder
    tell_open_grounds(done.open_grounds, f"执行 juanzong review again {case} 重新审查出稿，再用新的审查报告签发")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()  # noqa: DTZ011 - the office's own day
    except ValueError as error:
        raise UsageError(f"日期应当写作 2026-04-20 的形式，不能识别“{text}”。") from error


def _read(path: Path) -> AuditReport:
    """The report at `path`. Raises UsageError for anything else."""
    from pydantic import ValidationError

    from schemas.report import AuditReport

    try:
        report = AuditReport.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(f"无法读取 {path}，请核对路径。") from error
    except ValidationError as error:
        raise UsageError(f"{path.name} 不是本程序写出的审查报告（审查报告.json）。") from error
    if report.status != "audited":
        raise UsageError("该卷宗未能审查，没有可供制作文书的内容。")
    return report


def _office() -> Office:
    from pipeline.desk.papers import office_of

    return office_of(office_settings())


def _write(draft: Draft, folder: Path) -> None:
    """Writes beside what stands there: a paper that somebody has worked on is never overwritten."""
    from pipeline.desk.outbox import demand_outbox

    demand_outbox(office_settings(), folder)
    name = Path(draft.file_name)
    names = (name.name, *(f"{name.stem}（{number}）{name.suffix}" for number in range(2, 100)))
    target = next((folder / free for free in names if not (folder / free).exists()), None)
    if target is None:
        raise UsageError(f"{folder} 中同名的文书过多，请整理后再试。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_bytes(draft.content)
    except OSError as error:
        raise UsageError(f"无法写入 {target}，请核对路径和权限。") from error
    sys.stdout.write(f"已写入：{target}\n")
