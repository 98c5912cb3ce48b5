"""`juanzong mail`: notices go out, and what could not be sent is settled by a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.acting import By, acting, office_settings, opened_registry
from pipeline.commands.review import CaseName, Why
from pipeline.errors import UsageError

app = typer.Typer(help="以电子邮件送达补正通知书（须先在设置中启用）。", no_args_is_help=True)

MailKey = Annotated[str, typer.Argument(help="邮件编号（juanzong mail list 所列）")]

_SHORTEST_KEY = 6


@app.command()
def notice(
    case: CaseName,
    attach: Annotated[
        list[Path] | None, typer.Option("--attach", help="发件箱内签发后的通知书；不写则自动查找")
    ] = None,
    by: By = "",
) -> None:
    """将签发的补正通知书发给承办人及其单位（邮箱取自律师名册），由 juanzong run 发出。"""
    from pipeline.desk.mailing import queue_notice

    settings = office_settings()
    with opened_registry(settings):
        queued = queue_notice(case, settings, attached=tuple(attach or ()), by=acting(by))
    if not queued:
        sys.stdout.write("同一通知书此前已发往上述邮箱，未重复发送。\n")
        return
    sys.stdout.write(f"已列入待发邮件：{'、'.join(queued)}。\n")


@app.command("list")
def list_() -> None:
    """列出待发送、被拒收和是否送达待核实的邮件。"""
    from pipeline import registry
    from pipeline.commands.review_console import print_mails

    with opened_registry(office_settings()):
        lines = registry.all_mails()
    print_mails(lines)


@app.command()
def again(key: MailKey, why: Why = "", by: By = "") -> None:
    """重新发送一封被拒收，或者经核实没有送达的邮件。"""
    _settle(key, again=True, why=why, by=by)
    sys.stdout.write("已重新列入待发邮件。\n")


@app.command()
def drop(key: MailKey, why: Why = "", by: By = "") -> None:
    """不再发送一封被拒收的邮件，或者确认一封待核实的邮件已经送达。"""
    _settle(key, again=False, why=why, by=by)
    sys.stdout.write("已处理，不再发送。\n")


def _settle(key: str, *, again: bool, why: str, by: str) -> None:
    from pipeline import registry

    if len(key) < _SHORTEST_KEY or not why.strip():
        raise UsageError("请写明邮件编号（至少六位），并以 --why 写明理由。")
    with opened_registry(office_settings()):
        registry.settle_mail(key, again=again, by=acting(by), why=why.strip())
