"""`juanzong due`: the terms that run, and with `--letters` the reminders to the lawyers."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.acting import By, acting, office_settings, opened_registry
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.desk.reminding import Reminded
    from pipeline.settings import Settings
    from schemas.due import RunningTerm

_DAYS_BEFORE = 3


def due(
    letters: Annotated[
        bool, typer.Option("--letters", help="起草结案材料报送提醒函：承办人逾期未报和即将到期的，每人一份")
    ] = False,
    days: Annotated[int, typer.Option("--days", min=0, max=365, help="届满前几日起提醒")] = _DAYS_BEFORE,
    lawyer: Annotated[str, typer.Option("--lawyer", help="只列该承办人的期限")] = "",
    again: Annotated[bool, typer.Option("--again", help="已经提醒过的再次提醒")] = False,
    by: By = "",
) -> None:
    """列出正在计算的期限：报送、审查、补正、发放补贴，先届满的在前；--letters 起草提醒函。"""
    from pipeline.commands.due_console import print_dues
    from pipeline.desk.deadlines import office_standard, running_terms

    if again and not letters:
        raise UsageError("--again 只能与 --letters 一起使用。")
    settings, today = office_settings(), date.today()  # noqa: DTZ011 - the office's own day
    with opened_registry(settings):
        terms = running_terms(office_standard(settings), today)
        if lawyer:
            terms = tuple(term for term in terms if term.lawyer_name == lawyer.strip())
        if not letters:
            print_dues(terms)
            return
        reminded = _remind(terms, settings, today, days=days, by=acting(by), again=again)
    _tell(reminded)
    if reminded.folder is not None and settings.mail.enabled:
        sys.stdout.write(
            "以电子邮件送达的，将盖章扫描件（PDF 或者 OFD，与草稿同名，去掉“（草稿）”）放入该文件夹，"
            f"再执行 juanzong mail reminders {reminded.folder}。\n"
        )


def _remind(
    terms: Sequence[RunningTerm], settings: Settings, today: date, *, days: int, by: str, again: bool
) -> Reminded:
    from pipeline.desk.reminding import due_for_reminding, remind

    try:
        return remind(due_for_reminding(terms, days), settings, today, by=by, again=again)
    except OSError as error:
        raise UsageError(f"无法写入 {settings.outbox}，请核对路径和权限。没有记录任何提醒。") from error


def _tell(reminded: Reminded) -> None:
    for letter in reminded.letters:
        whom = f"{letter[0].firm_name}{letter[0].lawyer_name}"
        late = sum(1 for term in letter if (term.due.days_left or 0) < 0)
        sys.stdout.write(f"已起草：{whom}（{len(letter)}件{f'，其中逾期{late}件' if late else ''}）\n")
    if reminded.before:
        sys.stdout.write(f"此前已经提醒的{len(reminded.before)}件没有再次列入；需要再次提醒的，加 --again。\n")
    if reminded.unaddressed:
        cases = "、".join(term.case_number or term.folder for term in reminded.unaddressed)
        sys.stdout.write(f"承办人未能确认的{len(reminded.unaddressed)}件没有列入，请先更正承办人：{cases}。\n")
    if reminded.folder is not None:
        sys.stdout.write(f"提醒函已写入：{reminded.folder}\n")
    elif not reminded.before and not reminded.unaddressed:
        sys.stdout.write("没有需要提醒承办人的期限。\n")
