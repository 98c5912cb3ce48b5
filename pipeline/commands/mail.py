"""`juanzong mail`: notices go out, and what could not be sent is settled by a person."""

from __future__ import annotations

import sys
from datetime import datetime, time
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.acting import LISTED, By, Limit, acting, given_day, office_settings, opened_registry
from pipeline.commands.review import CaseName, Why
from pipeline.errors import UsageError
from schemas.mail import UNSETTLED_MAIL

app = typer.Typer(help="以电子邮件送达补正通知书、结案材料报送提醒函（须先在设置中启用）。", no_args_is_help=True)

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
        sys.stdout.write("同一通知书此前已经列入待发邮件或者发出，没有重复发送。\n")
        return
    sys.stdout.write(f"已列入待发邮件：{'、'.join(queued)}。\n")


@app.command()
def reminders(
    folder: Annotated[Path, typer.Argument(help="提醒函所在的文件夹，例如 outbox/结案材料报送提醒函/2026-03-09")],
    by: By = "",
) -> None:
    """将一个文件夹中盖章的结案材料报送提醒函发给各承办人及其单位，由 juanzong run 发出；同一提醒函只发一次。"""
    from pipeline.desk.mailing import queue_reminders

    settings = office_settings()
    with opened_registry(settings):
        done = queue_reminders(folder, settings, by=acting(by))
    for letter, address in done.queued:
        sys.stdout.write(f"已列入待发邮件：{letter.firm_name}{letter.lawyer_name}，{address}。\n")
    for letter in done.before:
        sys.stdout.write(
            f"致{letter.firm_name}{letter.lawyer_name}的提醒函此前已经列入待发邮件或者发出，没有重复发送。\n"
        )
    if done.held:
        raise UsageError("\n".join(done.held))


@app.command("list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help="包括已经发送和撤回的邮件")] = False,
    since: Annotated[str, typer.Option("--since", help="只列自该日起列入的邮件，例如 2026-03-01")] = "",
    limit: Limit = LISTED,
) -> None:
    """列出未了的邮件：待发送、被拒收和是否送达待核实的，最近的50封；--all 包括已经发送和撤回的。"""
    from pipeline import registry
    from pipeline.commands.review_console import print_mails

    day = given_day(since, "--since")
    first = datetime.combine(day, time()).astimezone() if day is not None else None  # by the office's own clock
    states = () if all_ else UNSETTLED_MAIL
    with opened_registry(office_settings()):
        count = registry.mails_in(*states, since=first)
        shown = min(count, limit or count)
        print_mails(registry.listed_mails(*states, since=first, most=limit), shown)
    if not count:
        sys.stdout.write("没有邮件。\n" if all_ else "没有未了的邮件；已经发送的用 --all 列出。\n")
    elif shown < count:
        sys.stdout.write(
            f"共{count}封，以上是最近列入的{shown}封。用 --since 缩小范围，或者用 --limit 写明封数（0 为全部）。\n"
        )


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
