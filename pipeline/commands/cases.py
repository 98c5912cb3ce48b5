"""`juanzong case`: cases are registered, listed, shown; the registration workbook; void numbers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.acting import LISTED, By, Limit, acting, given_day, office_settings, opened_registry
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.assigning import GivenCase
    from pipeline.registry import RegisteredState
    from pipeline.settings import Settings
    from schemas.entry import RowOutcome
    from schemas.registration import CaseRecord

app = typer.Typer(help="案件登记和编号。", no_args_is_help=True)

Number = Annotated[str, typer.Argument(help="案件编号")]
Why = Annotated[str, typer.Option("--why", help="理由，记入日志")]

_WORKBOOK = ".xlsx"


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="案件登记文件（YAML、JSON），或者受理登记表（.xlsx）")],
    number: Annotated[str, typer.Option("--number", help="此前已有的案件编号；不写则由程序编号")] = "",
    by: By = "",
) -> None:
    """登记案件：有错误的指明项目和行，全部改正后再登记。"""
    from datetime import date

    from pipeline.assigning import read_registrations

    settings = office_settings()
    if file.suffix.lower() == _WORKBOOK:
        _add_workbook(file, settings, number, by)
        return
    given = read_registrations(file, date.today())  # noqa: DTZ011 - the office's own day
    if number:
        if len(given) != 1:
            raise UsageError("--number 只能用于一件案件；多件案件请在文件中逐件写明 number。")
        given = (given[0].model_copy(update={"number": number}),)
    with opened_registry(settings):
        wrong = [sentence for case in given if (sentence := _registered(case, file.name, settings, acting(by)))]
    if wrong:
        raise UsageError("\n".join(wrong))


def _registered(case: GivenCase, file: str, settings: Settings, who: str) -> str:
    """Registers one case and says so; gives the sentence instead where it is there already, and how the two differ."""
    from pipeline import registry
    from pipeline.assigning import difference_text

    try:
        record = registry.register_case(
            case.registration, who=who, number=case.number or None, numbering=settings.numbers
        )
    except registry.AlreadyRegisteredError as error:
        return f"{error.message}{difference_text(error.record, case.registration, file)}"
    except UsageError as error:
        return error.message
    sys.stdout.write(f"已登记：{record.number}（受援人{record.registration.recipient.name}）。\n")
    return ""


def _add_workbook(file: Path, settings: Settings, number: str, by: str) -> None:
    from datetime import date

    from pipeline.desk import read_sheet, register_rows
    from pipeline.errors import InputError

    if number:
        raise UsageError("--number 不用于受理登记表；此前已有的编号请填写在“案件编号”列。")
    try:
        sheet = read_sheet(file, date.today())  # noqa: DTZ011 - the office's own day
    except InputError as error:
        raise UsageError(f"{file.name}：{error.message}") from error
    except OSError as error:
        raise UsageError(f"{file.name} 无法读取，请核对路径和权限，并关闭已经打开的文件。") from error
    if sheet is None:
        raise UsageError(f"{file.name} 不是受理登记表。空白的受理登记表用 juanzong case template 生成。")
    with opened_registry(settings):
        outcomes = register_rows(sheet.rows, who=acting(by), numbering=settings.numbers)
    _say(outcomes)


def _say(outcomes: Iterable[RowOutcome]) -> None:
    wrong = []
    for outcome in outcomes:
        line = f"第{outcome.row}行：{outcome.message}"
        if outcome.registered:
            sys.stdout.write(f"{line}\n")
        else:
            wrong.append(line)
    if wrong:
        raise UsageError("\n".join(wrong))


@app.command()
def correct(
    number: Number,
    given: Annotated[
        list[str], typer.Argument(help="项目=内容，例如 案由=盗窃罪；或者写有正确内容的文件（YAML、JSON、受理登记表）")
    ],
    why: Why,
    by: By = "",
) -> None:
    """更正登记：写错的项目改正过来，原来的内容、理由和经办人留在记录中。"""
    from datetime import date

    from pipeline.commands.cases_console import print_correction
    from pipeline.desk.correcting import correct as corrected

    settings, today = office_settings(), date.today()  # noqa: DTZ011 - the office's own day
    with opened_registry(settings):
        done = corrected(number, given, settings, today, who=acting(by), why=" ".join(why.split()))
    print_correction(done)


@app.command()
def close(
    number: Number,
    why: Why,
    on: Annotated[str, typer.Option("--on", help="结案日期，例如 2026-03-05；不写为今天")] = "",
    by: By = "",
) -> None:
    """结案：收到结案文书、撤回申请、重复登记等，不再计入在办案件。终止法律援助用 juanzong letter terminate。"""
    from datetime import date

    from pipeline import registry

    try:
        day = date.fromisoformat(on) if on else date.today()  # noqa: DTZ011 - the office's own day
    except ValueError as error:
        raise UsageError(f"--on 应当写作 2026-03-05 的形式：{on}。") from error
    if day > date.today():  # noqa: DTZ011 - the office's own day
        raise UsageError(f"结案日期{day}晚于今天，请核对。")
    with opened_registry(office_settings()):
        record = _case(number)
        if day < record.registration.received_on:
            raise UsageError(f"结案日期{day}早于受理日期{record.registration.received_on}，请核对。")
        registry.record_closed(record.number, on=day, why=" ".join(why.split()), who=acting(by))
        assigned = registry.assignments(record.number)
    waits = "，待承办人报送结案材料" if assigned else ""
    sys.stdout.write(f"案件{record.number}已自{day}起结案{waits}。\n")


@app.command()
def reopen(number: Number, why: Why, by: By = "") -> None:
    """恢复办理：结案、终止有误或者已经撤回的，重新计入在办案件。"""
    from pipeline import registry

    with opened_registry(office_settings()):
        record = _case(number)
        closed = registry.closing_of(record.number)
        registry.record_reopened(record.number, why=" ".join(why.split()), who=acting(by))
    sys.stdout.write(f"案件{record.number}已恢复办理。\n")
    if closed is not None and closed.terminated:
        sys.stdout.write(
            "此前的终止法律援助决定书不因此失效，应当另行书面撤回；其编号需要作废的，用 juanzong case void。\n"
        )


def _case(number: str) -> CaseRecord:
    from pipeline import registry

    record = registry.find_case(number)
    if record is None:
        raise UsageError(f"台账中没有编号为“{number}”的案件，可用 juanzong case list 列出全部案件。")
    return record


@app.command("list")
def list_(
    state: Annotated[str, typer.Option("--state", help="只列：待指派、承办中、已结案、已报送")] = "",
    lawyer: Annotated[str, typer.Option("--lawyer", help="只列该承办人或者承办单位（现在的）的案件")] = "",
    since: Annotated[str, typer.Option("--since", help="只列自该日起受理的，例如 2026-03-01")] = "",
    until: Annotated[str, typer.Option("--until", help="只列至该日止受理的")] = "",
    limit: Limit = LISTED,
) -> None:
    """列出已经登记的案件：最近登记的50件；可以按状态、承办人、受理日期筛选。"""
    from pipeline import registry
    from pipeline.commands.cases_console import print_cases

    wanted = registry.Wanted(
        state=_state(state), lawyer=lawyer, since=given_day(since, "--since"), until=given_day(until, "--until")
    )
    with opened_registry(office_settings()):
        rows = registry.wanted_cases(wanted)
        shown = rows[-limit:] if limit else rows
        print_cases(registry.listed_cases(shown), len(shown))
    if not rows:
        sys.stdout.write("尚未登记案件。\n" if wanted == registry.Wanted() else "没有符合条件的案件。\n")
    elif len(shown) < len(rows):
        sys.stdout.write(
            f"共{len(rows)}件，以上是最近登记的{len(shown)}件。用 --state、--lawyer、--since、--until 缩小范围，"
            "或者用 --limit 写明件数（0 为全部）。\n"
        )
    else:
        sys.stdout.write(f"共{len(rows)}件。\n")


def _state(said: str) -> RegisteredState | None:
    from pipeline.registry import RegisteredState

    if not said.strip():
        return None
    try:
        return RegisteredState(said.strip())
    except ValueError as error:
        titles = "、".join(RegisteredState)
        raise UsageError(
            f"--state 应当是{titles}之一，不能识别“{said}”。审查以后办到哪一步，见发件箱中的 台账.xlsx。"
        ) from error


@app.command()
def show(number: Number) -> None:
    """显示一件案件的登记内容、更正和结案记录、指派和所用编号。"""
    from pipeline import registry
    from pipeline.commands.cases_console import print_case

    with opened_registry(office_settings()):
        record = _case(number)
        events = registry.registration_events(record.number)
        print_case(record, registry.assignments(record.number), events, registry.numbers_of(record.number))


@app.command()
def template(file: Annotated[Path, typer.Argument(help="受理登记表文件名（.xlsx）")]) -> None:
    """生成空白的受理登记表，填好后放入收件箱即可登记。"""
    from pipeline.assigning import registration_template

    if file.suffix.lower() != _WORKBOOK:
        raise UsageError("文件名应当以 .xlsx 结尾。")
    if file.exists():
        raise UsageError(f"{file} 已经存在，请另取文件名。")
    try:
        file.write_bytes(registration_template(office_settings().office_name))
    except OSError as error:
        raise UsageError(f"无法写入 {file}，请核对路径和权限。") from error
    sys.stdout.write(f"已写入：{file}\n")


@app.command()
def numbers(
    word: Annotated[str, typer.Argument(help="字号，例如 虚法援指字；不写则各种字号")] = "",
    year: Annotated[int | None, typer.Option("--year", help="只列该年的编号")] = None,
    limit: Limit = LISTED,
) -> None:
    """列出已经使用的编号，包括作废的编号，最近使用的50个。"""
    from pipeline import registry
    from pipeline.commands.cases_console import print_numbers

    with opened_registry(office_settings()):
        count = registry.numbers_given(word=word or None, year=year)
        shown = min(count, limit or count)
        print_numbers(registry.drawn_numbers(word=word or None, year=year, most=limit), shown)
    if not count:
        sys.stdout.write("没有这样的编号。\n" if word or year else "尚未使用编号。\n")
    elif shown < count:
        sys.stdout.write(
            f"共{count}个，以上是最近使用的{shown}个。写明字号、--year 缩小范围，或者用 --limit 写明个数（0 为全部）。\n"
        )
    else:
        sys.stdout.write(f"共{count}个。\n")


@app.command()
def void(
    word: Annotated[str, typer.Argument(help="字号，例如 虚法援指字")],
    year: Annotated[int, typer.Argument(help="年份")],
    sequence: Annotated[int, typer.Argument(help="顺序号")],
    why: Annotated[str, typer.Option("--why", help="作废原因")],
    by: By = "",
) -> None:
    """作废一个编号：写明原因，记入日志，不再使用。"""
    from pipeline import registry

    with opened_registry(office_settings()):
        registry.void_number(word, year, sequence, why=why, who=acting(by))
    sys.stdout.write(f"“{word}”{year}年第{sequence}号已作废。\n")


@app.command()
def book(
    word: Annotated[str, typer.Argument(help="字号，例如 虚法援正字")],
    year: Annotated[int, typer.Argument(help="年份", min=1990, max=2999)],
    sequence: Annotated[int, typer.Argument(help="顺序号", min=1)],
    why: Why,
    by: By = "",
) -> None:
    """登记一个已经用过、台账中没有的编号（手工编号的，从较早的备份恢复的），以后从其后续编。"""
    from pipeline import registry

    if not why.strip() or not word.strip():
        raise UsageError("请写明字号，并以 --why 写明理由。")
    with opened_registry(office_settings()):
        is_new = next(registry.drawn_numbers(word=word.strip()), None) is None
        registry.take_number(word.strip(), year, sequence, who=acting(by), about=f"补登记：{why.strip()}")
    sys.stdout.write(f"“{word.strip()}”{year}年第{sequence}号已登记在册，此后自动编号从其后续编。\n")
    if is_new:
        sys.stdout.write("该字号此前没有用过，请核对是否写错；写错的，用 juanzong case void 作废后另行登记。\n")
