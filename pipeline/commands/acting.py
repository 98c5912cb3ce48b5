"""What every command about cases needs: the settings, the name of whoever acts, the open registry."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.settings import Settings

LISTED = 50
"""Lines of a list, unless more are asked for."""
Limit = Annotated[int, typer.Option("--limit", help="最多列出多少，最近的在内；0 为全部", min=0)]
By = Annotated[str, typer.Option("--by", help="经办人姓名，记入日志；不填为本机登录的用户名")]


def office_settings() -> Settings:
    """The settings of this process. Raises UsageError where they are wrong."""
    from pipeline.settings import checked_settings

    return checked_settings()


def acting(by: str) -> str:
    """Who acts: the name given, else the name by which this machine knows its user."""
    name = " ".join(by.split())
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("请以 --by 写明经办人姓名。") from error


def given_day(text: str, option: str) -> date | None:
    """A day given on the command line; None where none is."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{option} 应当写作 2026-03-01 的形式：{text}。") from error


@contextmanager
def opened_registry(settings: Settings) -> Iterator[None]:
    """The registry, open for the time of a command. Raises UsageError where it is not the one that has worked here."""
    from pipeline import registry
    from pipeline.desk.same_office import demand_same_office, remember_office

    demand_same_office(settings)
    registry.open_registry(settings.state)
    try:
        yield
        with suppress(OSError):  # whoever needs the outbox has asked for it himself
            remember_office(settings)
    finally:
        registry.close_registry()


def tell_open_grounds(grounds: Sequence[str], anew: str) -> None:
    """Says which grounds of letters that were issued nobody has confirmed; `anew`: what to do to have them without the mark."""
    if not grounds:
        return
    sys.stdout.write(f"请留意：文书中有{len(grounds)}处依据或者期限尚未核对正式文本（依据待核，标“※”）：\n")
    for ground in grounds:
        sys.stdout.write(f"  {ground}\n")
    sys.stdout.write(
        f"请对照正式文本核定，盖章前删去“※”和文末的注；或者撤销签发，用 juanzong standards confirm 确认后，{anew}。\n"
    )
