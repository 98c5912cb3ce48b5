"""Known case facts from a file (`--case FILE`, JSON or YAML)."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import ValidationError

from pipeline.errors import UsageError
from schemas.case import KnownCase


def load_case(path: Path | None) -> KnownCase:
    """The facts in `path`; none without a file. Raises `UsageError` with the key that is wrong."""
    if path is None:
        return KnownCase()
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"案情文件 {path.name} 无法读取，请核对路径和权限。") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"案情文件 {path.name} 不是有效的 JSON 或者 YAML（UTF-8 编码）：{error}") from error
    try:
        return KnownCase.model_validate(_without_nulls(content))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"案情文件 {path.name} 的 {key or '内容'} 有误：{first['msg']}") from error


def _without_nulls(content: object) -> object:
    """A key given as null is a key not given."""
    if content is None:
        return {}
    if isinstance(content, dict):
        return {key: _without_nulls(value) for key, value in content.items() if value is not None}
    return content
