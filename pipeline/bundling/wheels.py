"""Fetches the wheels, by the pip that is installed: the indexes and certificates of this machine hold."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.bundling.target import Locked, Target
from pipeline.errors import UsageError

Progress = Callable[[str], None]


class FetchError(Exception):
    """pip has not brought it; the text is pip's last line."""


def fetch(packages: Sequence[Locked], target: Target, folder: Path, progress: Progress) -> None:
    """All wheels into a folder, each checked by the lock's hash.

    Raises UsageError that names every package that cannot be had for the target, not only the first.
    """
    try:
        progress(f"下载{len(packages)}个安装包")
        _download(packages, target, folder)
    except FetchError:
        lacking = {}
        for number, package in enumerate(packages, start=1):
            progress(f"{package.name}（{number}／{len(packages)}）")
            try:
                _one(package, target, folder)
            except FetchError as error:
                lacking[f"{package.name} {package.version}"] = str(error)
        if lacking:
            listed = "\n".join(f"  {name}：{said}" for name, said in lacking.items())
            where = target.platform or "本机"
            raise UsageError(
                f"以下{len(lacking)}个安装包没有适用于{where}（Python {target.python}）的版本，或者无法下载，未生成安装包：\n{listed}"
            ) from None


def _one(package: Locked, target: Target, folder: Path) -> None:
    """A package that has no wheel is built here if what comes out runs everywhere."""
    try:
        _download([package], target, folder)
    except FetchError as error:
        before = set(folder.iterdir())
        try:
            _pip("wheel", "--no-deps", "--require-hashes", "-w", folder, "-r", _listed([package], folder))
        except FetchError:
            raise error from None
        for made in set(folder.iterdir()) - before:
            if made.suffix == ".whl" and not made.name.endswith("-none-any.whl"):
                made.unlink()
                raise FetchError("只有源码，须在目标平台上编译") from None


def _download(packages: Sequence[Locked], target: Target, folder: Path) -> None:
    options: list[object] = ["--no-deps", "--require-hashes", "--only-binary=:all:"]
    for tag in target.tags():
        options += ["--platform", tag]
    if target.platform:
        options += ["--python-version", target.python, "--implementation", "cp"]
    _pip("download", *options, "-d", folder, "-r", _listed(packages, folder))


def _listed(packages: Sequence[Locked], folder: Path) -> Path:
    """A requirements file, outside of the bundle."""
    path = folder.parent.with_name("fetching.txt")
    path.write_text("".join(f"{package.line()}\n" for package in packages), encoding="utf-8")
    return path


def build_own(source: Path, folder: Path) -> Path:
    """The project's own wheel, from its source folder. Raises UsageError where it cannot be built."""
    before = set(folder.glob("*.whl"))
    try:
        _pip("wheel", "--no-deps", "--no-build-isolation", "-w", folder, source)
    except FetchError as error:
        raise UsageError(f"无法生成本程序的安装包：{error}") from error
    (own,) = set(folder.glob("*.whl")) - before
    return own


def _pip(*arguments: object) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)  # noqa: S603 - our own interpreter, arguments that are no shell's
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
        raise FetchError(lines[-1].removeprefix("ERROR: ") if lines else f"pip ended with status {done.returncode}")
