"""`juanzong roster`: the roster of lawyers, in from Excel and out to Excel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.acting import By, acting, office_settings, opened_registry
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.assigning import RosterSheet
    from schemas.roster import Lawyer

app = typer.Typer(help="律师名册。", no_args_is_help=True)

Workbook = Annotated[Path, typer.Argument(help="Excel 工作簿（.xlsx）")]


@app.command("import")
def import_(
    file: Workbook,
    by: By = "",
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接保存变动")] = False,
) -> None:
    """导入名册：整份替换，先说明变动再保存；有一处错误就全部不导入。"""
    from datetime import date

    from pipeline import registry
    from pipeline.assigning import read_roster, roster_changes
    from pipeline.commands.roster_console import print_changes

    sheet = read_roster(_read(file), date.today())  # noqa: DTZ011 - the office's own day
    _refuse_wrong(sheet)
    with opened_registry(office_settings()):
        changes = roster_changes(registry.roster(), sheet.lawyers, registry.open_cases())
        print_changes(changes, sheet)
        if not changes.any:
            sys.stdout.write("名册没有变动。\n")
            return
        if not yes and not _agreed():
            raise UsageError("名册未保存。")
        registry.keep_roster(sheet.lawyers, who=acting(by))
    sys.stdout.write(f"名册已保存，共{len(sheet.lawyers)}人。\n")


def _refuse_wrong(sheet: RosterSheet) -> None:
    if sheet.problems:
        listed = "\n".join(f"  {problem}" for problem in sheet.problems)
        raise UsageError(f"名册有{len(sheet.problems)}处错误，没有导入：\n{listed}\n请改正后重新导入。")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise UsageError("名册未保存：请核对上列变动，再加 --yes 保存。")
    return typer.confirm("是否保存以上变动？", default=False)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"无法读取 {file}，请核对路径和权限。") from error


@app.command()
def export(file: Workbook) -> None:
    """导出名册，附各人在办案件数；修改后可以再导入。"""
    from pipeline import registry
    from pipeline.assigning import roster_workbook

    settings = office_settings()
    with opened_registry(settings):
        lawyers, open_cases = registry.roster(), registry.open_cases()
    _write(file, roster_workbook(lawyers, open_cases, settings.office_name))
    sys.stdout.write(f"已写入：{file}（{len(lawyers)}人）\n")


@app.command()
def template(file: Workbook) -> None:
    """生成空白名册，附填写说明。"""
    from pipeline.assigning import roster_template

    _write(file, roster_template(office_settings().office_name))
    sys.stdout.write(f"已写入：{file}\n")


def _write(file: Path, content: bytes) -> None:
    if file.suffix.lower() != ".xlsx":
        raise UsageError("文件名应当以 .xlsx 结尾。")
    try:
        file.write_bytes(content)
    except OSError as error:
        raise UsageError(f"无法写入 {file}，请核对路径和权限，并关闭已经打开的同名文件。") from error


@app.command("list")
def list_(
    output_format: Annotated[str, typer.Option("--format", help="text（给人看）或者 json（一行一人）")] = "text",
) -> None:
    """列出名册和各人在办案件数。"""
    from pipeline import registry
    from pipeline.commands.roster_console import print_roster

    if output_format not in ("text", "json"):
        raise UsageError("--format 只能是 text 或者 json。")
    with opened_registry(office_settings()):
        lawyers, open_cases = registry.roster(), registry.open_cases()
    if output_format == "json":
        for lawyer in lawyers:
            sys.stdout.write(_json(lawyer, open_cases.get(lawyer.licence, 0)) + "\n")
    else:
        print_roster(lawyers, open_cases)


def _json(lawyer: Lawyer, open_cases: int) -> str:
    import json

    return json.dumps({**lawyer.model_dump(mode="json"), "open_cases": open_cases}, ensure_ascii=False)
