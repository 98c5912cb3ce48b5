"""`juanzong bundle`: what a machine without internet installs from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def bundle(
    folder: Annotated[Path, typer.Argument(help="安装包输出文件夹，必须是空的")],
    platform: Annotated[
        str, typer.Option("--platform", help="目标平台，例如 win_amd64、manylinux_2_28_x86_64；不填为本机")
    ] = "",
    python_version: Annotated[str, typer.Option("--python-version", help="目标机器的 Python 版本，例如 3.11")] = "",
) -> None:
    """生成离线安装包：在没有互联网的机器上安装所需的全部文件。"""
    from pipeline.bundling import Target
    from pipeline.bundling import bundle as made
    from pipeline.console import step_progress

    target = Target(platform=platform, python=python_version) if python_version else Target(platform=platform)
    with step_progress("离线安装包") as progress:
        done = made(folder, target, progress=progress)
    sys.stdout.write(f"已生成离线安装包：{folder}（{done.wheels}个安装包，{done.bytes / 1e6:.0f} MB）\n")
    sys.stdout.write("安装方法见其中的“说明.txt”。\n")
