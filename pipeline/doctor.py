"""What is there, what is not, and what that means for the user (`juanzong doctor`)."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.errors import UsageError
from pipeline.settings import Settings

_FREE_GIGABYTES = 2.0
_TOOL_SECONDS = 20


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    name: str
    present: bool
    needed: bool
    """True where nothing works without it."""
    detail: str
    """What is there, or what its absence means and how to get it."""


def examine(settings: Settings) -> tuple[Check, ...]:
    """Everything that the program may use on this machine, needed things first."""
    checks: list[Callable[[], Check]] = [
        lambda: Check("Python", present=True, needed=True, detail=platform.python_version()),
        _models,
        _orientation,
        _openvino,
        lambda: _standard(settings),
        lambda: _folder("收件箱", settings.inbox),
        lambda: _outbox(settings),
        lambda: _folder("台账文件夹", settings.state),
        lambda: _database(settings),
        lambda: _disk(settings.state),
        _tesseract,
        _libreoffice,
    ]
    return tuple(check() for check in checks)


def _models() -> Check:
    from pipeline.reading.models import DETECTION, RECOGNITION, require_model  # noqa: PLC0415 - heavy

    try:
        require_model(DETECTION)
        require_model(RECOGNITION)
    except UsageError as error:
        return Check("文字识别模型", present=False, needed=True, detail=error.message)
    return Check("文字识别模型", present=True, needed=True, detail="PP-OCRv6，校验无误")


def _orientation() -> Check:
    from pipeline.reading.models import ORIENTATION, require_model  # noqa: PLC0415 - heavy

    try:
        require_model(ORIENTATION)
    except UsageError:
        detail = "未安装：页面方向改由文字识别结果判断，速度较慢"
        return Check("页面方向模型", present=False, needed=False, detail=detail)
    return Check("页面方向模型", present=True, needed=False, detail="校验无误")


def _openvino() -> Check:
    present = find_spec("openvino") is not None
    detail = "用于加速识读" if present else "未安装：改用 ONNX Runtime，识读速度约为七成"
    return Check("OpenVINO", present=present, needed=False, detail=detail)


def _standard(settings: Settings) -> Check:
    from pipeline.auditing import load_standard  # noqa: PLC0415 - heavy

    try:
        standard = load_standard(settings.standard, settings.standards_dir)
    except UsageError as error:
        return Check("归档标准", present=False, needed=True, detail=error.message)
    return Check("归档标准", present=True, needed=True, detail=f"{standard.title}（{standard.version}）")


def _folder(name: str, folder: Path) -> Check:
    nearest = folder
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    writable = os.access(nearest, os.W_OK)
    detail = str(folder) if writable else f"{folder} 不可写，请检查权限"
    return Check(name, present=writable, needed=True, detail=detail)


def _outbox(settings: Settings) -> Check:
    from pipeline.desk.outbox import demand_connected  # noqa: PLC0415 - heavy

    try:
        demand_connected(settings)
    except UsageError as error:
        return Check("发件箱", present=False, needed=True, detail=error.message)
    return _folder("发件箱", settings.outbox)


def _database(settings: Settings) -> Check:
    from pipeline import registry  # noqa: PLC0415 - heavy
    from pipeline.desk.same_office import demand_same_office  # noqa: PLC0415 - heavy

    address = settings.database.get_secret_value()
    try:
        demand_same_office(settings)
        if not address:
            return Check("台账数据库", present=True, needed=True, detail="SQLite，在台账文件夹中")
        version = registry.server_version(address)
    except UsageError as error:
        return Check("台账数据库", present=False, needed=True, detail=error.message)
    return Check("台账数据库", present=True, needed=True, detail=f"PostgreSQL {version}")


def _disk(folder: Path) -> Check:
    nearest = folder.absolute()
    while not nearest.exists():
        nearest = nearest.parent
    free = shutil.disk_usage(nearest).free / 1e9
    enough = free >= _FREE_GIGABYTES
    detail = f"剩余 {free:.0f} GB" if enough else f"仅剩 {free:.1f} GB，原件可能无法保存，请清理磁盘"
    return Check("磁盘空间", present=enough, needed=True, detail=detail)


def _tesseract() -> Check:
    name = "Tesseract（chi_sim）"
    program = shutil.which("tesseract")
    if program is None:
        return Check(
            name, present=False, needed=False, detail="未安装：不能使用备用引擎（--engine tesseract），其他不受影响"
        )
    listed = subprocess.run(  # noqa: S603 - the program was found by name, the arguments are fixed
        [program, "--list-langs"], capture_output=True, text=True, timeout=_TOOL_SECONDS, check=False
    ).stdout
    if "chi_sim" not in listed:
        return Check(name, present=False, needed=False, detail="已安装，但是缺少简体中文数据（tesseract-ocr-chi-sim）")
    return Check(name, present=True, needed=False, detail=program)


def _libreoffice() -> Check:
    from pipeline.delivering import find_soffice  # noqa: PLC0415 - heavy

    program = find_soffice()
    detail = (
        f"{program}；在设置中打开 pdf_copies 即另出 PDF 副本" if program else "未安装：文书只有 Word 格式，不能另出 PDF"
    )
    return Check("LibreOffice", present=program is not None, needed=False, detail=detail)


def print_examination(checks: tuple[Check, ...]) -> None:
    """The checks as a table."""
    table = Table(header_style="bold")
    for heading in ("项目", "状态", "说明"):
        table.add_column(heading, overflow="fold")
    for check in checks:
        state = "[green]有[/]" if check.present else "[red]缺（必需）[/]" if check.needed else "[yellow]无（可选）[/]"
        table.add_row(check.name, state, escape(check.detail))
    Console().print(table)
