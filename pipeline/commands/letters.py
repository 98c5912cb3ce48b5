"""`juanzong letter`: the papers that a case may need on its way, each with its number, in a folder of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from pipeline.commands.acting import By, acting, office_settings, opened_registry
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pydantic import ValidationError

    from pipeline.desk.letters import Drafter
    from schemas.base import Frozen
    from schemas.draft import DraftKind
    from schemas.registration import CaseRecord
    from schemas.roster import Assignment

Request = TypeVar("Request", bound="Frozen")

app = typer.Typer(help="办案过程中的文书：补充材料、会见、终止。", no_args_is_help=True)

Number = Annotated[str, typer.Argument(help="案件编号")]
Day = Annotated[str, typer.Option("--date", help="成文日期，例如 2026-03-09；不填为当天")]


@app.command()
def supplement(
    case: Number,
    material: Annotated[list[str] | None, typer.Option("--material", help="需要补充的材料，可以重复")] = None,
    point: Annotated[list[str] | None, typer.Option("--point", help="需要说明的事项，可以重复")] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=365, help="期限（工作日）")] = 10,
    day: Day = "",
    by: By = "",
) -> None:
    """补充材料（说明）通知书。"""
    from pipeline.drafting.assignment import draft_supplement
    from schemas.draft import DraftKind
    from schemas.letter_requests import Supplement

    request = _request(Supplement, materials=tuple(material or ()), points=tuple(point or ()), days=days)
    kind = DraftKind.SUPPLEMENT_NOTICE

    def drafter(record: CaseRecord, _: tuple[Assignment, ...]) -> Drafter:
        return lambda office, on, numbers: draft_supplement(record, request, office, on, numbers[kind])

    parts = (("补充", request.materials), ("说明", request.points))
    said = "；".join(f"{verb}：{'、'.join(texts)}" for verb, texts in parts if texts)
    _issue(case, (kind,), drafter, _day(day), by, f"{said}；期限{days}个工作日")


@app.command()
def meeting(case: Number, day: Day = "", by: By = "") -> None:
    """会见公函：受援人被羁押的刑事辩护案件。"""
    from pipeline.drafting.assignment import draft_meeting_letter
    from schemas.draft import DraftKind

    kind = DraftKind.MEETING_LETTER

    def drafter(record: CaseRecord, assigned: tuple[Assignment, ...]) -> Drafter:
        lawyer = _standing(assigned).lawyer
        return lambda office, on, numbers: (draft_meeting_letter(record, lawyer, office, on, numbers[kind]),)

    _issue(case, (kind,), drafter, _day(day), by)


@app.command()
def terminate(
    case: Number,
    ground: Annotated[int, typer.Option("--ground", min=1, max=8, help="《法律援助法》第四十八条第一款第几项")],
    finding: Annotated[str, typer.Option("--finding", help="查明的事实，例如 受援人已于2026年5月6日自行委托律师")],
    from_: Annotated[str, typer.Option("--from", help="自何日起终止；不填为成文日期")] = "",
    day: Day = "",
    by: By = "",
) -> None:
    """终止法律援助决定书，有办案机关的另有终止法律援助公函。"""
    from pipeline.drafting.assignment import draft_termination
    from schemas.draft import DraftKind
    from schemas.letter_requests import TERMINATION_GROUND_TITLES, Termination, TerminationGround

    on_paper = _day(day)
    ends_on = _date(from_) if from_ else on_paper
    request = _request(Termination, ground=list(TerminationGround)[ground - 1], finding=finding, ends_on=ends_on)

    def drafter(record: CaseRecord, assigned: tuple[Assignment, ...]) -> Drafter:
        standing = _standing(assigned)
        return lambda office, on, numbers: draft_termination(
            record, standing.lawyer, request, office, on, {**standing.numbers, **numbers}
        )

    kinds = (DraftKind.TERMINATION_DECISION, DraftKind.TERMINATION_LETTER)
    said = f"{TERMINATION_GROUND_TITLES[request.ground]}；{request.finding}"
    _issue(case, kinds, drafter, on_paper, by, said, ends_on)
    sys.stdout.write(
        f"案件已自{ends_on}起终止，不再计入在办案件；承办人应当报送结案材料。"
        "终止有误的，用 juanzong case reopen 恢复办理。\n"
    )


def _issue(
    case: str,
    kinds: tuple[DraftKind, ...],
    drafter: Callable[[CaseRecord, tuple[Assignment, ...]], Drafter],
    day: date,
    by: str,
    said: str = "",
    ends_on: date | None = None,
) -> None:
    """Issues the letters and says what was written, under which number."""
    from pipeline.desk.letters import LetterRequest, issue_letters

    settings, who = office_settings(), acting(by)
    with opened_registry(settings):
        done = issue_letters(LetterRequest(case, kinds, drafter, day, said, ends_on), settings, who)
    numbers = {paper.kind: paper.number for paper in done.papers}
    if not done.anew:
        sys.stdout.write("此前已经出具，没有重复编号，现补写文书。\n")
    for made in done.drafts:
        number = numbers.get(made.kind, "")
        sys.stdout.write(f"已起草：{made.file_name.removesuffix('.docx')}{f'（{number}）' if number else ''}\n")
    sys.stdout.write(f"文书已写入：{done.folder}\n")


def _standing(assigned: tuple[Assignment, ...]) -> Assignment:
    if not assigned:
        raise UsageError("本案尚未指派承办人，请先指派。")
    return assigned[-1]


def _day(text: str) -> date:
    return _date(text) if text else date.today()  # noqa: DTZ011 - a letter bears the office's own day


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"日期“{text}”写法有误，请写作 2026-03-09。") from error


def _request(model: type[Request], **values: object) -> Request:
    """What was decided, as a value. Raises UsageError with a sentence for each option that is wrong."""
    from pydantic import ValidationError

    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise UsageError(_sentence(error)) from error


_LENGTHS = {"string_too_short": "不能为空", "string_too_long": "过长，不得超过500字"}
_OPTIONS = {
    "materials": "--material",
    "points": "--point",
    "finding": "--finding",
}  # fmt: skip


def _sentence(error: ValidationError) -> str:
    said = []
    for each in error.errors():
        option = _OPTIONS.get(str(each["loc"][0]), "") if each["loc"] else ""
        cause = each.get("ctx", {}).get("error")
        text = _LENGTHS.get(each["type"]) or (str(cause) if cause is not None else "填写有误")
        said.append(f"{option}{text}。")
    return "".join(said)
