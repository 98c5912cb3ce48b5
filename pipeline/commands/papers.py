"""`juanzong papers`: papers about an audited case that no audit calls for by itself: a person asks for them."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.acting import By, acting, office_settings
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from schemas.draft import Draft, Office
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
    round_number: Annotated[int, typer.Option("--round", min=1, help="据以决定的是第几次审查")] = 1,
    by: By = "",
    out: Out = None,
) -> None:
    """不予发放补贴告知书：只依据工作人员的决定制作，程序不作此决定。"""
    from pipeline.drafting import draft_refusal
    from schemas.draft import Refusal

    reasons = tuple(reason.strip() for reason in why if reason.strip())
    if not reasons:
        raise UsageError("请用 --why 写明不予发放的事由。")
    decision = Refusal(decided_by=acting(by), decided_on=_day(decided_on), reasons=reasons, basis=basis)
    _write(draft_refusal(_read(report), _office(), decision, round_number), out or report.parent)


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
