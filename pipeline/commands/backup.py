"""`juanzong backup`, `restore`, `verify`: nothing of the office is lost, and nobody changes it unseen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.safekeeping import Verification

CHANGED = 1
"""Exit status of `verify` where something was changed."""

_PLACES = {
    "originals": "原件",
    "outbox": "发件箱",
    "office": "设置",
    "standards": "本机构标准",
    "templates": "本机构模板",
    "rates": "补贴标准表",
}


def backup(
    folder: Annotated[Path, typer.Argument(help="备份所在文件夹，最好在另一块磁盘上；已有备份的，只补充新增内容")],
    outbox: Annotated[bool, typer.Option("--outbox/--no-outbox", help="是否备份发件箱")] = True,
    keep: Annotated[int, typer.Option("--keep", help="保留最近几次的台账副本；原件和文书一律保留", min=1)] = 7,
) -> None:
    """备份台账、原件、文书和设置。程序运行时也可以备份。"""
    from pipeline.console import step_progress
    from pipeline.safekeeping import back_up
    from pipeline.settings import checked_settings

    with step_progress("备份") as progress:
        done = back_up(checked_settings(), folder, outbox=outbox, keep_last=keep, progress=progress)
    counts = "、".join(f"{_PLACES[place]}{count}个文件" for place, count in done.manifest.counts.items())
    _say(f"备份完成：{done.generation}")
    _say(f"台账（日志{done.manifest.journal.events}个事件）{f'、{counts}' if counts else ''}，已经校验。")
    _say(f"新增{done.new_files}个文件，{done.new_bytes / 1e6:.1f} MB。")
    for name in done.manifest.skipped:
        _say(f"未能备份（正被其他程序使用，或者名称无法识别）：{name}")
    if done.manifest.journal.broken_at is not None:
        _say(f"注意：台账的日志在第{done.manifest.journal.broken_at}个事件处已经不完整，请运行 juanzong verify。")
        raise typer.Exit(CHANGED)


def restore(
    folder: Annotated[Path, typer.Argument(help="备份所在文件夹（恢复最近一次），或者其中某一次的文件夹")],
    into: Annotated[Path, typer.Option("--into", help="恢复到哪个文件夹，必须是空的")],
    database: Annotated[
        str, typer.Option("--database", help="恢复到空的 PostgreSQL 数据库：postgresql://…；不填则恢复为 SQLite")
    ] = "",
    even_broken: Annotated[bool, typer.Option("--even-broken", help="备份时日志即已不完整的，仍然恢复")] = False,
) -> None:
    """从备份恢复。先校验全部内容，再写入空文件夹，最后再次校验。"""
    from pipeline.console import step_progress
    from pipeline.desk.outbox import MEMORY
    from pipeline.safekeeping import restore as restored_from

    with step_progress("恢复") as progress:
        done = restored_from(folder, into, database=database, even_broken=even_broken, progress=progress)
    _say(f"已从 {done.generation.name}（{done.manifest.made_at.astimezone():%Y-%m-%d %H:%M}）恢复到：{into}")
    _tell(done.verification)
    if done.to_change:
        _say("原设置指向其他位置，现已恢复到工作文件夹之内。请将 juanzong.toml 的以下各项改为：")
        for line in done.to_change:
            _say(f"  {line}")
    if done.awaited is not None:
        _say(f"备份中没有发件箱。请先连接原发件箱 {done.awaited}，或者将其全部内容（连同隐藏文件夹）复制到该处；")
        _say(f"不再使用原发件箱的，请删除 {done.state / MEMORY}。")
    _say(f"请在 {into} 中运行 juanzong run。备份以后放入收件箱的卷宗，请重新放入；已有的会自动识别，不会重复审查。")
    if not done.verification.whole:
        raise typer.Exit(CHANGED)


def verify(
    backed_up: Annotated[Path | None, typer.Option("--backup", help="校验备份，不校验台账")] = None,
    against: Annotated[Path | None, typer.Option("--against", help="另与备份比对：此后日志有无删改")] = None,
) -> None:
    """校验：证明日志和原件没有被改动；有改动的，指明最先的一处。"""
    from pipeline.console import step_progress
    from pipeline.desk.same_office import demand_same_office
    from pipeline.safekeeping import check_backup, verify_against, verify_office
    from pipeline.settings import checked_settings

    with step_progress("校验") as progress:
        if backed_up is not None:
            generation, manifest = check_backup(backed_up, progress)
            _say(
                f"备份完好：{generation}（{sum(manifest.counts.values())}个文件，日志{manifest.journal.events}个事件）。"
            )
            return
        settings = checked_settings()
        demand_same_office(settings)
        state = settings.state
        found = verify_office(state, progress)
        differs = verify_against(against, state) if against is not None else None
    _tell(found)
    if differs is not None:
        raise UsageError(f"与备份不符：{differs}")
    if against is not None:
        _say("与备份一致：备份时的日志全部仍在，没有改动。")
    if not found.whole:
        raise typer.Exit(CHANGED)


def _tell(found: Verification) -> None:
    journal = found.journal
    if journal.whole:
        _say(f"日志：{journal.events}个事件，首尾相连，没有改动。最后一个事件的校验值：{journal.head}")
    else:
        _say(f"日志：第{journal.broken_at}个事件已被改动或者删除（共{journal.events}个事件）。")
    if not (found.changed or found.missing or found.retold):
        _say(f"原件：{found.originals}件，没有改动。")
        return
    for paths, what in ((found.changed, "已被改动"), (found.missing, "已经不在"), (found.retold, "台账与日志所记不符")):
        if paths:
            _say(f"原件：{len(paths)}件{what}，最先的一件：{paths[0]}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
