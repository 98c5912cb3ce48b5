"""`juanzong standards`: lists, checks, compares and confirms what closing files are audited against."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from pipeline.commands.acting import opened_registry
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from schemas.checklist import ChecklistSheet
    from schemas.confirmation import Confirmation, Ground
    from schemas.standard import Standard

app = typer.Typer(help="归档标准。", no_args_is_help=True)

Reference = Annotated[str, typer.Argument(help="归档标准名（例如 gd），或者标准文件、文件夹的路径")]
KindOption = Annotated[str | None, typer.Option("--kind", help="案件类别，例如 刑事辩护（criminal_defence）")]
StageOption = Annotated[str | None, typer.Option("--stage", help="办案阶段，例如 一审（trial_first）")]
OriginOption = Annotated[str | None, typer.Option("--origin", help="案件来源，例如 通知类（notified）")]

Choice = TypeVar("Choice", bound=StrEnum)


def _settings() -> Settings:
    from pipeline.settings import checked_settings

    return checked_settings()


@app.command("list")
def list_() -> None:
    """列出可用的归档标准和补贴标准表。"""
    from pipeline.commands.standards_console import print_standards

    print_standards(_settings().standards_dir)


@app.command()
def show(
    standard: Reference,
    kind: KindOption = None,
    stage: StageOption = None,
    origin: OriginOption = None,
    to: Annotated[Path | None, typer.Option("--to", help="另存为 Word（.docx）或者 Excel（.xlsx）文件")] = None,
) -> None:
    """显示某类案件的归档材料清单，可以另存为 Word、Excel 张贴。"""
    from pipeline.auditing import checklist_sheets, confirmed, in_force, load_reference
    from pipeline.commands.standards_console import print_sheets
    from schemas.case import KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES

    settings = _settings()
    acts = _confirmations(settings)
    loaded = confirmed(load_reference(standard, settings.standards_dir), acts)
    sheets = checklist_sheets(
        loaded,
        _choice("案件类别", kind, KIND_TITLES),
        _choice("办案阶段", stage, STAGE_TITLES),
        _choice("案件来源", origin, ORIGIN_TITLES),
        in_force(acts),
    )
    if not sheets:
        raise UsageError(f"标准“{loaded.id}”没有符合所选类别、阶段、来源的清单。")
    if to is None:
        print_sheets(sheets)
    else:
        _save(sheets, to, settings.office_name)


def _choice(what: str, text: str | None, titles: Mapping[Choice, str]) -> Choice | None:
    """The value that a clerk means: by its name in the data, its title, or the title's beginning."""
    if text is None:
        return None
    exact = [value for value, title in titles.items() if text in (value.value, title)]
    found = exact or [value for value, title in titles.items() if title.startswith(text)]
    if len(found) != 1:
        options = "、".join(f"{title}（{value.value}）" for value, title in titles.items())
        raise UsageError(f"没有这样的{what}：{text}。可用：{options}。")
    return found[0]


def _save(sheets: tuple[ChecklistSheet, ...], to: Path, office_name: str) -> None:
    from pipeline.drafting import checklists_in_excel, checklists_in_word

    writers: dict[str, Callable[[tuple[ChecklistSheet, ...], str], bytes]] = {
        ".docx": checklists_in_word,
        ".xlsx": checklists_in_excel,
    }
    writer = writers.get(to.suffix.lower())
    if writer is None:
        raise UsageError("--to 的文件名应当以 .docx 或者 .xlsx 结尾。")
    try:
        to.write_bytes(writer(sheets, office_name))
    except OSError as error:
        raise UsageError(f"无法写入 {to}，请核对路径和权限，并关闭已经打开的同名文件。") from error
    sys.stdout.write(f"已写入：{to}（{len(sheets)}份清单）\n")


@app.command()
def check(file: Annotated[Path, typer.Argument(help="标准文件、标准文件夹或者补贴标准表（YAML）")]) -> None:
    """校验一份归档标准或者补贴标准表，错误指明文件和行。"""
    from pipeline.auditing import is_rate_table, load_reference, open_grounds, read_rates

    if file.is_file() and is_rate_table(file):
        table = read_rates(file)
        amounts = f"{len(table.rates)}项标准、{len(table.modifiers)}项调整" if table.rates else "尚未录入金额"
        sys.stdout.write(f"{file.name}：补贴标准表有效，{amounts}。\n")
        return
    if not file.exists():
        raise UsageError(f"找不到文件：{file}。请核对路径。")
    standard = load_reference(str(file))
    items = sum(len(checklist.items) for checklist in standard.checklists)
    sys.stdout.write(
        f"{file.name}：有效，标准“{standard.id}”，共{len(standard.checklists)}份材料清单、{items}项材料、"
        f"{len(standard.rules)}项核对规则；其中{len(open_grounds(standard))}处依据待核。\n"
    )


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="原标准：名称、文件或者文件夹")],
    new: Annotated[str, typer.Argument(help="新标准：名称、文件或者文件夹")],
) -> None:
    """说明由一份标准改为另一份标准意味着什么。"""
    from pipeline.auditing import differences, load_reference
    from pipeline.commands.standards_console import print_differences

    folder = _settings().standards_dir
    before, after = load_reference(old, folder), load_reference(new, folder)
    print_differences(differences(before, after), _called(before), _called(after))


def _called(standard: Standard) -> str:
    return f"{standard.title}（{standard.version}）"


@app.command()
def confirm(
    standard: Reference,
    by: Annotated[str, typer.Option("--by", help="确认人姓名")],
    item: Annotated[list[str] | None, typer.Option("--item", help="清单项目（材料的标识或者名称），可以重复")] = None,
    rule: Annotated[list[str] | None, typer.Option("--rule", help="核对规则，可以重复")] = None,
    deadline: Annotated[list[str] | None, typer.Option("--deadline", help="期限，可以重复")] = None,
    all_: Annotated[bool, typer.Option("--all", help="全部依据待核的项目、规则和期限")] = False,
    kind: KindOption = None,
    stage: StageOption = None,
    origin: OriginOption = None,
    note: Annotated[str, typer.Option("--note", help="说明，例如所核对的正式文本")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="撤回此前的确认")] = False,
) -> None:
    """确认依据：本机构已经对照正式文本核对。记入日志，注明姓名和时间。"""
    from pipeline.auditing import load_reference
    from pipeline.grounds import Wanted, chosen_grounds
    from schemas.case import KIND_TITLES, ORIGIN_TITLES, STAGE_TITLES
    from schemas.confirmation import Confirmation

    if not by.strip():
        raise UsageError("请以 --by 写明确认人姓名。")
    settings = _settings()
    loaded = load_reference(standard, settings.standards_dir)
    case = (
        _choice("案件类别", kind, KIND_TITLES),
        _choice("办案阶段", stage, STAGE_TITLES),
        _choice("案件来源", origin, ORIGIN_TITLES),
    )
    wanted = Wanted(item or (), rule or (), deadline or (), everything=all_, case=case)
    grounds = chosen_grounds(loaded, wanted)
    at = datetime.now(UTC)
    acts = [
        Confirmation(ground=ground, by=by.strip(), at=at, note=note.strip(), withdrawn=withdraw) for ground in grounds
    ]
    recorded = _record(settings, acts)
    done = "撤回确认" if withdraw else "确认"
    same = len(acts) - recorded
    already = f"，另有{same}处此前{'未经确认' if withdraw else '已经确认'}" if same else ""
    sys.stdout.write(f"已{done}{recorded}处依据{already}。确认人：{by.strip()}。\n")
    _say_what_is_left(loaded, settings)
    if recorded:
        sys.stdout.write(
            "此后起草的文书照此注明。已经起草、尚未签发的，用 juanzong review again 案件编号 重新审查出稿。\n"
        )


def _record(settings: Settings, acts: list[Confirmation]) -> int:
    from pipeline import registry

    with opened_registry(settings):
        return registry.record_confirmations(acts)


def _say_what_is_left(standard: Standard, settings: Settings) -> None:
    from pipeline.auditing import confirmed, open_grounds

    left: Iterable[Ground] = open_grounds(confirmed(standard, _confirmations(settings)))
    count = len(tuple(left))
    sys.stdout.write(f"标准“{standard.id}”{f'尚有{count}处依据待核' if count else '的依据已经全部确认'}。\n")


def _confirmations(settings: Settings) -> tuple[Confirmation, ...]:
    from pipeline.state import confirmations_of

    return confirmations_of(settings)
