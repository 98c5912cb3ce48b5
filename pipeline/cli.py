"""The command line, `juanzong`. Heavy things are imported inside the command that needs them.

Exit statuses of `audit` (the contract fixes them): see `ExitStatus`.
"""

from __future__ import annotations

import sys
import tempfile
import traceback
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import structlog
import typer

from pipeline.commands.archive import archive as archive_command
from pipeline.commands.assign import assign as assign_command
from pipeline.commands.backup import backup, restore, verify
from pipeline.commands.bundle import bundle
from pipeline.commands.cases import app as case_app
from pipeline.commands.due import due
from pipeline.commands.letters import app as letter_app
from pipeline.commands.mail import app as mail_app
from pipeline.commands.papers import app as papers_app
from pipeline.commands.review import app as review_app
from pipeline.commands.roster import app as roster_app
from pipeline.commands.standards import app as standards_app
from pipeline.commands.templates import app as templates_app
from pipeline.errors import InputError, JuanzongError, UsageError

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from schemas.report import AuditReport


class ExitStatus(IntEnum):
    """What the command ends with."""

    COMPLETE = 0
    BLOCKED = 1
    USAGE = 2
    UNREADABLE = 3
    UNDETERMINED = 4


app = typer.Typer(
    name="juanzong",
    help="卷宗：法律援助结案卷宗审查。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (backup, restore, verify, bundle):
    app.command()(command)
app.add_typer(standards_app, name="standards")
app.add_typer(case_app, name="case")
app.add_typer(roster_app, name="roster")
app.add_typer(letter_app, name="letter")
app.add_typer(papers_app, name="papers")
app.add_typer(templates_app, name="templates")
app.command("assign")(assign_command)
app.command("archive")(archive_command)
app.add_typer(review_app, name="review")
app.add_typer(mail_app, name="mail")
app.command()(due)

Paths = Annotated[list[Path], typer.Argument(help="卷宗：PDF、图片、DOCX、OFD、ZIP 或者文件夹，一个路径一件卷宗")]
Engine = Annotated[str | None, typer.Option("--engine", help="识读引擎：ppocr 或者 tesseract")]


def _settings(engine: str | None = None, **changes: object) -> Settings:
    from pipeline.settings import checked_settings

    settings = checked_settings()
    if engine is not None:
        changes["engine"] = engine
    return settings.model_copy(update={key: value for key, value in changes.items() if value is not None})


@app.command()
def audit(
    paths: Paths,
    output_format: Annotated[str, typer.Option("--format", help="text（给人看）或者 json（一行一件）")] = "text",
    standard: Annotated[str | None, typer.Option("--standard", help="归档标准，例如 gd")] = None,
    case: Annotated[Path | None, typer.Option("--case", help="已知案情（JSON 或者 YAML）")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="文书输出文件夹")] = None,
    engine: Engine = None,
    papers: Annotated[
        list[str] | None, typer.Option("--as", help="指明某页是何材料，例如 12=会见笔录，可以多次使用")
    ] = None,
) -> None:
    """审查卷宗：一个路径是一件卷宗。"""
    from pipeline.case_file import load_case, with_papers
    from pipeline.console import AuditProgress, print_report
    from pipeline.flow import Auditor, Memory
    from pipeline.state import confirmations_of

    if output_format not in ("text", "json"):
        raise UsageError("--format 只能是 text 或者 json。")
    settings = _settings(engine)
    known = with_papers(load_case(case), papers or ())
    if known.papers and len(paths) != 1:
        raise UsageError("指明页码所属材料（--as，或者案情文件的 papers）时，一次只能审查一件卷宗。")
    if out is not None:
        _demand_outbox(settings, out)
    reports: list[AuditReport] = []
    acts = confirmations_of(settings)
    with (
        Auditor(settings, standard=standard, memory=Memory(confirmations=lambda: acts)) as auditor,
        AuditProgress(len(paths)) as progress,
    ):
        for path in paths:
            report = auditor.audit(path, known, progress=progress.start(path.name)).report
            progress.pause()
            reports.append(report)
            if output_format == "json":
                sys.stdout.write(report.model_dump_json(by_alias=True) + "\n")
                sys.stdout.flush()
            else:
                print_report(report)
            if out is not None:
                _write_drafts(report, settings, out)
    raise typer.Exit(_status(reports))


def _status(reports: list[AuditReport]) -> ExitStatus:
    """The contract's exit status for a whole run; what could not be read outweighs what is blocked."""
    from schemas.report import Decision

    decisions = {report.subsidy.decision for report in reports if report.subsidy is not None}
    if any(report.status == "unreadable" for report in reports):
        return ExitStatus.UNREADABLE
    if Decision.BLOCKED in decisions:
        return ExitStatus.BLOCKED
    if Decision.UNDETERMINED in decisions:
        return ExitStatus.UNDETERMINED
    return ExitStatus.COMPLETE


def _demand_outbox(settings: Settings, out: Path) -> None:
    from pipeline.desk.outbox import demand_outbox

    demand_outbox(settings, out)


def _write_drafts(report: AuditReport, settings: Settings, out: Path) -> None:
    from pipeline.desk import write_drafts

    folder = write_drafts(report, settings, out)
    sys.stderr.write(f"文书已写入：{folder}\n")


@app.command()
def run(
    inbox: Annotated[Path | None, typer.Option(help="收件箱")] = None,
    outbox: Annotated[Path | None, typer.Option(help="发件箱")] = None,
    state: Annotated[Path | None, typer.Option(help="台账、原件所在文件夹")] = None,
    once: Annotated[bool, typer.Option("--once", help="处理完收件箱现有卷宗即结束")] = False,
    engine: Engine = None,
) -> None:
    """看守收件箱：放入的卷宗自动审查，结果写入发件箱。"""
    from pipeline.desk import run_desk

    run_desk(_settings(engine, inbox=inbox, outbox=outbox, state=state), once=once)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="样卷输出文件夹")],
    count: Annotated[int | None, typer.Option(help="件数")] = None,
    seed: Annotated[int, typer.Option(help="随机种子；同一种子生成相同的样卷")] = 1,
    quality: Annotated[str, typer.Option(help="扫描质量：clean、office、poor、fax")] = "office",
) -> None:
    """生成样卷（人名、案情、印章全部虚构）及其标准答案。"""
    from pipeline.console import step_progress
    from pipeline.demo import make_samples

    with step_progress("生成样卷") as progress:
        made = make_samples(folder, count=count, seed=seed, quality=quality, progress=progress)
    sys.stdout.write(f"已生成 {len(made)} 件样卷：{folder / 'closing-files'}\n")
    sys.stdout.write(f"标准答案：{folder / 'truth'}\n")


@app.command()
def doctor(engine: Engine = None) -> None:
    """检查运行环境：有什么、缺什么、缺了影响什么。"""
    from pipeline.doctor import examine, print_examination

    checks = examine(_settings(engine))
    print_examination(checks)
    if any(check.needed and not check.present for check in checks):
        raise typer.Exit(ExitStatus.USAGE)


@app.command()
def read(
    path: Annotated[Path, typer.Argument(help="卷宗")],
    overlay: Annotated[Path | None, typer.Option(help="输出文件夹：在每页上画出文字行、印章、签名处")] = None,
    engine: Engine = None,
) -> None:
    """识读卷宗各页，不作审查。"""
    from pipeline.console import AuditProgress, print_pages
    from pipeline.flow import Auditor

    with Auditor(_settings(engine)) as auditor, AuditProgress(1) as progress:
        if overlay is None:
            pages = auditor.read(path, progress=progress.start(path.name))
        else:
            pages = auditor.read_with_overlays(path, overlay, progress=progress.start(path.name))
    print_pages(pages)


@app.command()
def explain(
    path: Annotated[Path, typer.Argument(help="卷宗")],
    page: Annotated[int, typer.Option("--page", help="页码，从 1 开始", min=1)],
    engine: Engine = None,
) -> None:
    """说明某一页为什么归入某种材料。"""
    from pipeline.cataloguing import explain as explain_page
    from pipeline.console import AuditProgress
    from pipeline.flow import Auditor

    with Auditor(_settings(engine)) as auditor, AuditProgress(1) as progress:
        audited = auditor.audit(path, progress=progress.start(path.name))
    if audited.volume is None:
        raise UsageError(audited.report.error.message if audited.report.error else "无法审查。")
    if page > len(audited.volume.pages):
        raise UsageError(f"该卷宗只有 {len(audited.volume.pages)} 页。")
    sys.stdout.write(explain_page(audited.volume, page) + "\n")


@app.command()
def version() -> None:
    """显示版本。"""
    from importlib.metadata import version as installed

    sys.stdout.write(f"juanzong {installed('juanzong')}\n")


def main() -> None:
    """The entry point: expected errors end with a Chinese sentence, never with a traceback."""
    _log_to_standard_error()
    try:
        app()
    except InputError as error:
        _say(error.message)
        sys.exit(ExitStatus.UNREADABLE)
    except JuanzongError as error:
        _say(error.message)
        sys.exit(ExitStatus.USAGE)
    except Exception:  # noqa: BLE001 - the last resort: what nobody expected is kept whole in a file, not thrown at the clerk
        _say(f"程序遇到意外错误，已记入 {_keep_traceback()}，请将该文件交给管理员。")
        sys.exit(ExitStatus.UNREADABLE)


def _log_to_standard_error() -> None:
    """One JSON line an outcome; standard output belongs to the reports."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=False),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


def _keep_traceback() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="juanzong-error-"))
    (folder / "error.txt").write_text(traceback.format_exc(), encoding="utf-8")
    return folder / "error.txt"


def _say(message: str) -> None:
    sys.stderr.write(f"juanzong：{message}\n")
