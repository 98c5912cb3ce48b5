"""A standard by what a clerk calls it: its id, its file, or its folder."""

from __future__ import annotations

from pathlib import Path

from pipeline.auditing.standards import load_standard
from pipeline.errors import UsageError
from schemas.standard import Standard


def load_reference(reference: str, folder: Path | None = None) -> Standard:
    """The standard that an id, a YAML file or a folder names; a file inside a standard's folder names that standard."""
    path = Path(reference)
    if path.is_dir() and (path / "standard.yaml").is_file():
        return load_standard(path.resolve().name, path.resolve().parent)
    if path.is_file():
        whole = path.resolve()
        if (whole.parent / "standard.yaml").is_file():
            return load_standard(whole.parent.name, whole.parent.parent)
        return load_standard(whole.stem, whole.parent)
    if path.suffix in (".yaml", ".yml") or len(path.parts) > 1:
        raise UsageError(f"找不到归档标准文件：{reference}。请核对路径。")
    return load_standard(reference, folder)
