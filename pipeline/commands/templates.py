"""`juanzong templates`: lists the letters' Word templates and checks those that an office has made its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from schemas.template_check import TemplateCheck

app = typer.Typer(help="文书模板。", no_args_is_help=True)


@app.command("list")
def list_() -> None:
    """列出各种文书所用的模板：本机构的，或者随程序提供的。"""
    from pipeline.drafting.guide import guide
    from pipeline.drafting.rendering import find_template
    from pipeline.settings import load_settings
    from schemas.draft import DRAFT_TITLES

    own = load_settings().templates_dir
    for kind, title in DRAFT_TITLES.items():
        asked = guide(kind)
        if not asked:
            continue
        path = find_template(kind, own)
        whose = "本机构" if own is not None and path.parent == own else "随附"
        sys.stdout.write(f"{title}：{whose}模板 {path}，可用占位符{len(asked)}个\n")


@app.command()
def check(
    path: Annotated[
        Path | None, typer.Argument(help="模板文件（.docx），或者模板文件夹；不填则检查本机构的模板文件夹")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="只列出问题，不列占位符")] = False,
) -> None:
    """检查文书模板：要求填写哪些内容，缺少哪些，哪一段书写有误。有误的，以状态 2 结束。"""
    from pipeline.drafting import check_template

    checks = [check_template(file) for file in _files(path)]
    for result in checks:
        sys.stdout.write(_told(result, quiet=quiet))
    faulty = sum(1 for result in checks if result.faults)
    if faulty:
        raise UsageError(f"{faulty}份模板有误，请按上列说明改正。")
    sys.stdout.write(f"{len(checks)}份模板可以使用。\n")


def _files(path: Path | None) -> list[Path]:
    """The templates to look at; a document that Word has open leaves a lock file beside it, which is none."""
    from pipeline.settings import load_settings

    path = path or load_settings().templates_dir
    if path is None:
        raise UsageError("没有设置本机构的模板文件夹（templates_dir）。请写明模板文件或者文件夹。")
    if not path.exists():
        raise UsageError(f"找不到：{path}。请核对路径。")
    files = [path] if path.is_file() else sorted(path.glob("*.docx"))
    found = [file for file in files if not file.name.startswith(("~$", "."))]
    if not found:
        raise UsageError(f"{path} 中没有模板（.docx）。")
    return found


def _told(result: TemplateCheck, *, quiet: bool) -> str:
    lines = [f"{result.path.name}：{f'有{len(result.faults)}处错误' if result.faults else '可以使用'}"]
    for fault in result.faults:
        where = f"{fault.place}“{_short(fault.text)}”：" if fault.place else ""
        lines.append(f"  错误：{where}{fault.message}")
    lines += [f"  提示：{remark}" for remark in result.remarks]
    if not quiet:
        for item in result.placeholders:
            columns = f"（逐行：{'、'.join(item.columns)}）" if item.columns else ""
            meaning = "" if item.columns else f"：{item.meaning}"
            lines.append(f"  {'已用' if item.used else '未用'}　{item.name}{columns}{meaning}")
    return "\n".join(lines) + "\n"


_LONGEST = 40


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
