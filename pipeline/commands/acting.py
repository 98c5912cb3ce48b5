"""What every command about cases needs: the settings, the name of whoever acts, the open registry."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.settings import Settings

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
