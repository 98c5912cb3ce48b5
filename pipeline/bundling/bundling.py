"""Makes the bundle: fetch all of it first, and only then write the folder, by one rename."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path

from pipeline.bundling.scripts import INSTALL_BAT, INSTALL_SH, README
from pipeline.bundling.target import Target, needed
from pipeline.bundling.wheels import build_own, fetch
from pipeline.errors import UsageError
from schemas.base import Frozen

Progress = Callable[[str], None]

SOURCE = Path(__file__).resolve().parents[2]
LOCK = "requirements.txt"
WHEELS = "wheels"
LICENCES = "许可证清单.txt"


class Bundled(Frozen):
    """What was written."""

    wheels: int
    bytes: int


class _Wheel(Frozen):
    path: Path
    name: str
    version: str
    licence: str


def bundle(folder: Path, target: Target, *, source: Path = SOURCE, progress: Progress = print) -> Bundled:
    """Writes a new folder with everything that installing on the target needs, except Python itself.

    Raises UsageError, before anything is written, for what cannot be had for the target, all by name.
    """
    target.demand_known()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"安装包文件夹必须是空的：{folder}")
    if not (source / LOCK).is_file() or not (source / "pyproject.toml").is_file():
        raise UsageError("生成离线安装包需要源码文件夹（含 requirements.txt），请在源码安装的程序中运行。")
    with tempfile.TemporaryDirectory(prefix="juanzong-bundle-") as temporary:
        whole = Path(temporary) / "bundle"
        (whole / WHEELS).mkdir(parents=True)
        fetch(needed(source / LOCK, target), target, whole / WHEELS, progress)
        progress("本程序")
        own = build_own(source, whole / WHEELS)
        wheels = tuple(_wheel(path) for path in sorted((whole / WHEELS).glob("*.whl")))
        _write_papers(whole, wheels, own, target)
        progress("写入")
        _move(whole, folder)
    return Bundled(wheels=len(wheels), bytes=sum(path.stat().st_size for path in (folder / WHEELS).iterdir()))


def _move(whole: Path, folder: Path) -> None:
    """Beside its place first: the temporary folder may be on another disk."""
    stage = folder.with_name(f".{folder.name}.未完成")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(stage, ignore_errors=True)
        shutil.copytree(whole, stage)
        if folder.exists():
            folder.rmdir()
        stage.rename(folder)
    except OSError as error:
        shutil.rmtree(stage, ignore_errors=True)
        raise UsageError(f"无法写入安装包，请核对路径、权限和磁盘空间：{folder}（{error.strerror}）") from error


def _wheel(path: Path) -> _Wheel:
    with zipfile.ZipFile(path) as archive:
        (name,) = (name for name in archive.namelist() if name.count("/") == 1 and name.endswith(".dist-info/METADATA"))
        metadata = HeaderParser().parsestr(archive.read(name).decode("utf-8", errors="replace"))
    return _Wheel(path=path, name=metadata["Name"], version=metadata["Version"], licence=_licence(metadata))


def _licence(metadata: Message) -> str:
    """As the package states it; the texts lie inside the wheels."""
    if metadata["License-Expression"]:
        return str(metadata["License-Expression"])
    classifiers = [str(line) for line in metadata.get_all("Classifier", ()) if str(line).startswith("License ::")]
    if classifiers:
        return "、".join(line.rsplit("::", 1)[1].strip() for line in classifiers)
    stated = str(metadata["License"] or "").strip()
    return stated.splitlines()[0] if stated else "安装包未注明，见其中的许可证文件"


def _write_papers(whole: Path, wheels: tuple[_Wheel, ...], own: Path, target: Target) -> None:
    lines = [f"{wheel.name}=={wheel.version} --hash=sha256:{_sha256(wheel.path)}\n" for wheel in wheels]
    (whole / LOCK).write_text("".join(lines), encoding="utf-8", newline="\n")
    listed = [f"{wheel.name}\t{wheel.version}\t{wheel.licence}\n" for wheel in wheels]
    heading = "本安装包所含软件及其许可证（名称、版本、许可证；许可证全文在各安装包内）\n\n"
    (whole / LICENCES).write_text(heading + "".join(listed), encoding="utf-8", newline="\n")
    pip = next((wheel.path.name for wheel in wheels if wheel.name == "pip"), "")
    known = {
        "python": target.python,
        "pip": pip,
        "version": own.name.split("-")[1],
        "where": target.platform or "本机所用平台",
    }
    (whole / "说明.txt").write_text(README.substitute(known), encoding="utf-8-sig", newline="\r\n")
    if target.is_windows:
        (whole / "安装.bat").write_text(INSTALL_BAT.substitute(known), encoding="utf-8", newline="\r\n")
    else:
        script = whole / "安装.sh"
        script.write_text(INSTALL_SH.substitute(known), encoding="utf-8", newline="\n")
        script.chmod(0o755)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
