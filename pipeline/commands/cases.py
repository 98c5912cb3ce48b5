"""`juanzong case`: cases are registered, listed, shown; the registration workbook; void numbers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.acting import By, acting, office_settings, opened_registry
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.assigning import GivenCase
    from pipeline.settings import Settings
    from schemas.entry import RowOutcome

app = typer.Typer(help="案件登记和编号。", no_args_is_help=True)

Number = Annotated[str, typer.Argument(help="案件编号")]

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
        wrong = [sentence for case in given if (sentence := _registered(case, settings, acting(by)))]
    if wrong:
        raise UsageError("\n".join(wrong))


def _registered(case: GivenCase, settings: Settings, who: str) -> str:
    """Registers one case and says so; gives the sentence instead where it is there already."""
    from pipeline import registry

    try:
        record = registry.register_case(
            case.registration, who=who, number=case.number or None, numbering=settings.numbers
        )
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


@app.command("list")
def list_() -> None:
    """列出已经登记的案件。"""
    from pipeline import registry
    from pipeline.commands.cases_console import print_cases

    with opened_registry(office_settings()):
        records = registry.list_cases()
        lawyers = {each.case_number: each.lawyer for each in registry.all_assignments()}
    print_cases(records, lawyers)


@app.command()
def show(number: Number) -> None:
    """显示一件案件的登记内容、指派和所用编号。"""
    from pipeline import registry
    from pipeline.commands.cases_console import print_case

    with opened_registry(office_settings()):
        record = registry.find_case(number)
        if record is None:
            raise UsageError(f"台账中没有编号为“{number}”的案件，可用 juanzong case list 列出全部案件。")
        assignments = registry.assignments(record.number)
    print_case(record, assignments)


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
    word: Annotated[str, typer.Argument(help="字号，例如 虚法援指字；不写则列出全部")] = "",
) -> None:
    """列出已经使用的编号，包括作废的编号。"""
    from pipeline import registry
    from pipeline.commands.cases_console import print_numbers

    with opened_registry(office_settings()):
        drawn = registry.drawn_numbers(word=word or None)
    print_numbers(drawn)


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
