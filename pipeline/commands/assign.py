"""`juanzong assign`: proposes lawyers for a case; with `--to` records whom a person chose, and writes the papers."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.acting import By, acting, office_settings, opened_registry
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.desk.assignments import Choice, Outcome, Proposed
    from pipeline.settings import Settings
    from schemas.letter_requests import LawyerChange

_HAND_OVER_DAYS = 3


def assign(
    case: Annotated[str, typer.Argument(help="案件编号")],
    to: Annotated[str, typer.Option("--to", help="指派给谁：执业证号或者姓名；不写则只列出拟指派人选")] = "",
    why: Annotated[str, typer.Option("--why", help="指派理由，记入日志；更换时为更换理由，写入更换通知书")] = "",
    by: By = "",
    override: Annotated[str, typer.Option("--override", help="人选有排除情形仍予指派的理由，记入日志")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="更换承办人")] = False,
    on: Annotated[str, typer.Option("--on", help="指派日期，例如 2026-03-05；不写为今天")] = "",
    requested_by: Annotated[str, typer.Option("--requested-by", help="更换时：谁申请更换，例如 受援人、承办单位")] = "",
    requested_on: Annotated[str, typer.Option("--requested-on", help="更换时：收到更换申请的日期")] = "",
    within: Annotated[int, typer.Option("--within", help="更换时：几个工作日内办理移交", min=1, max=60)] = (
        _HAND_OVER_DAYS
    ),
    shown: Annotated[int, typer.Option("--show", help="列出几名人选，0 为全部", min=0)] = 10,
    output_format: Annotated[str, typer.Option("--format", help="text（给人看）或者 json")] = "text",
) -> None:
    """提出拟指派人选及理由；以 --to 指派，同时写出指派文书。"""
    if output_format not in ("text", "json"):
        raise UsageError("--format 只能是 text 或者 json。")
    settings = office_settings()
    today = date.today()  # noqa: DTZ011 - the office's own day
    day = _day("--on", on) or today
    if not to:
        _refuse_useless({"--why": why, "--override": override, "--replace": replace})
        _propose(case, day, settings, shown, output_format)
        return
    if not why.strip():
        raise UsageError("请以 --why 写明指派理由，理由记入日志。")
    if not replace:
        _refuse_useless({"--requested-by": requested_by, "--requested-on": requested_on}, "--replace")
    change = _change(why, requested_by, _day("--requested-on", requested_on), within) if replace else None
    from pipeline.desk.assignments import Choice

    choice = Choice(to, day, acting(by), " ".join(why.split()), " ".join(override.split()), change)
    _assign(case, choice, settings, today, output_format)


def _refuse_useless(options: dict[str, object], needed: str = "--to") -> None:
    useless = [name for name, value in options.items() if value]
    if useless:
        raise UsageError(f"{'、'.join(useless)} 只能与 {needed} 一起使用。")


def _day(option: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} 应当写作 2026-03-05 的形式：{text}。") from error


def _change(why: str, requested_by: str, requested_on: date | None, days: int) -> LawyerChange:
    """What the notice of the change states: who asked for it and when is nothing to be guessed."""
    if not requested_by.strip() or requested_on is None:
        raise UsageError(
            "更换承办人请以 --requested-by、--requested-on 写明谁申请更换、何时收到申请，更换通知书据此填写。"
        )
    from pydantic import ValidationError

    from schemas.letter_requests import LawyerChange

    try:
        return LawyerChange(requested_on=requested_on, requested_by=requested_by.strip(), reason=why.strip(), days=days)
    except ValidationError as error:
        raise UsageError("更换理由、申请人应当各写一句话，不超过500字。") from error


def _propose(case: str, day: date, settings: Settings, shown: int, output_format: str) -> None:
    from pipeline.commands.assign_console import print_proposal
    from pipeline.desk.assignments import papers_missing, proposal

    with opened_registry(settings):
        proposed = proposal(case, day, settings)
        standing = proposed.standing
        missing = standing is not None and papers_missing(proposed.record, standing, settings)
    if output_format == "json":
        sys.stdout.write(_json(proposed) + "\n")
        return
    print_proposal(proposed, shown)
    if missing and standing is not None:
        sys.stdout.write(
            f"指派文书尚未写出，请重新执行：juanzong assign {case} --to {standing.lawyer.licence} --why 补写文书\n"
        )


def _json(proposed: Proposed) -> str:
    import json

    content = {
        "case": proposed.record.number,
        "standing": proposed.standing.model_dump(mode="json") if proposed.standing else None,
        "remarks": proposed.remarks,
        "candidates": [candidate.model_dump(mode="json") for candidate in proposed.candidates],
    }
    return json.dumps(content, ensure_ascii=False)


def _assign(case: str, choice: Choice, settings: Settings, today: date, output_format: str) -> None:
    from pipeline.desk.assignments import assign as assign_case

    with opened_registry(settings):
        outcome = assign_case(case, choice, settings, today)
    if output_format == "json":
        sys.stdout.write(outcome.assignment.model_dump_json() + "\n")
    else:
        _tell(outcome)


def _tell(outcome: Outcome) -> None:
    made = outcome.assignment
    who = f"{made.lawyer.firm}{made.lawyer.name}"
    if outcome.anew:
        verb = "更换承办人为" if made.replaces else "指派"
        sys.stdout.write(f"案件 {made.case_number} 已于{made.assigned_on}{verb}{who}，经办人{made.chosen_by}。\n")
    else:
        sys.stdout.write(
            f"案件 {made.case_number} 此前已于{made.assigned_on}由{made.chosen_by}指派{who}，没有重复指派、编号。\n"
        )
    for sentence in made.despite if outcome.anew else ():
        sys.stdout.write(f"  请留意：{sentence}\n")
    if outcome.folder is not None:
        sys.stdout.write(f"指派文书：{outcome.folder}\n")
