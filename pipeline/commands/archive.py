"""`juanzong archive`: audits closing files and writes their archive copies."""

from __future__ import annotations

import errno
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.acting import office_settings, opened_registry
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.desk.archiving import ArchivedCase
    from pipeline.flow import Progress
    from pipeline.settings import Settings
    from schemas.archive import ArchiveCopy
    from schemas.report import AuditReport

UNREADABLE, INCOMPLETE = 3, 1
_FULL = frozenset((errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)))


def archive(
    paths: Annotated[
        list[Path], typer.Argument(help="卷宗：一个路径一件卷宗；或者台账中的案件编号，连同补正材料和人工认定")
    ],
    out: Annotated[Path, typer.Option("--out", help="归档副本输出文件夹，每件卷宗一个文件夹")],
    standard: Annotated[str | None, typer.Option("--standard", help="归档标准，例如 gd")] = None,
    case: Annotated[Path | None, typer.Option("--case", help="已知案情（JSON 或者 YAML）")] = None,
) -> None:
    """制作归档副本：每卷一份双层 PDF/A，附目录、页号、书签和校验清单。"""
    from pipeline.case_file import load_case
    from pipeline.console import AuditProgress
    from pipeline.desk.archiving import ArchivedCase, archive_audited
    from pipeline.desk.outbox import demand_outbox
    from pipeline.flow import Auditor, Memory
    from pipeline.state import confirmations_of

    settings = office_settings()
    known = load_case(case)
    if case is not None and len(paths) != 1:
        raise UsageError("写明已知案情（--case）时，一次只能制作一件卷宗的归档副本。")
    if (case is not None or standard is not None) and any(_is_case(path, settings) for path in paths):
        raise UsageError("台账中的案件以台账所载为准，不能另外写明已知案情（--case）或者归档标准（--standard）。")
    demand_outbox(settings, out)
    acts = confirmations_of(settings)
    statuses = []
    with (
        Auditor(settings, standard=standard, memory=Memory(confirmations=lambda: acts)) as auditor,
        AuditProgress(len(paths)) as bar,
    ):
        for path in paths:
            try:
                if _is_case(path, settings):
                    done = _of_case(path, settings, out, bar.start(path.name))
                else:
                    audited = auditor.audit(path, known, progress=bar.start(path.name))
                    done = ArchivedCase(
                        audited.report, archive_audited(auditor, audited, path, out, _today()), lacking=()
                    )
            except OSError as error:
                raise UsageError(_disk_words(out, error)) from error
            bar.pause()
            statuses.append(_told(path, done.report, done.copy))
            for sentence in done.lacking:
                sys.stderr.write(f"{path.name}：{sentence}\n")
    if any(statuses):
        raise typer.Exit(max(statuses))


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the office's own day


def _is_case(path: Path, settings: Settings) -> bool:
    """Whether it is the name of a case: nothing lies there, and the office keeps a registry, or has lost it."""
    from pipeline import registry
    from pipeline.desk.same_office import demand_same_office

    if path.exists() or path.suffix:
        return False
    demand_same_office(settings)
    return registry.is_kept(settings.state)


def _of_case(case: Path, settings: Settings, out: Path, progress: Progress) -> ArchivedCase:
    from pipeline.desk.archiving import archive_case

    with opened_registry(settings):
        return archive_case(str(case), settings, out, _today(), progress)


def _told(path: Path, report: AuditReport, copy: ArchiveCopy | None) -> int:
    """Says what was written; the exit status of this closing file."""
    if copy is None:
        sys.stderr.write(f"{path.name}：{report.error.message if report.error is not None else '无法审查。'}\n")
        return UNREADABLE
    done = "已制作归档副本" if copy.written else "归档副本已经存在，核对无误"
    pages = "，".join(f"{volume.title or '卷宗'}{volume.numbered}页" for volume in copy.manifest.volumes)
    sys.stdout.write(f"{path.name}：{done}：{copy.folder}{f'（{pages}）' if pages else ''}\n")
    for problem in copy.manifest.problems:
        sys.stderr.write(f"{path.name}：{problem}\n")
    return INCOMPLETE if copy.manifest.problems else 0


def _disk_words(out: Path, error: OSError) -> str:
    if error.errno in _FULL:
        return f"磁盘空间不足，未能写入 {out}，没有留下不完整的归档副本。请腾出空间后重新执行。"
    return f"无法写入 {out}（{error.strerror or type(error).__name__}）。请核对路径、权限和磁盘后重新执行。"
