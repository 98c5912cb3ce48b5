"""Known case facts from a file (`--case FILE`, JSON or YAML)."""

from __future__ import annotations

import re
from collections.abc import Iterable
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


_SAID = re.compile(r"^(\d{1,4})(?:[-—–~～至](\d{1,4}))?[=＝:：](.+)$")


def with_papers(known: KnownCase, said: Iterable[str]) -> KnownCase:
    """`known` with what a person said of pages, each like `12=会见笔录` or `8-9=阅卷笔录`. Raises `UsageError`."""
    papers: dict[int, str] = dict(known.papers)
    for text in said:
        match = _SAID.match(text.strip())
        if match is None:
            raise UsageError(f"--as 应当写作“页码=材料”，例如 12=会见笔录 或者 8-9=阅卷笔录；不能识别“{text}”。")
        first, last = int(match.group(1)), int(match.group(2) or match.group(1))
        papers.update(dict.fromkeys(range(first, last + 1), match.group(3).strip()))
    try:
        return KnownCase.model_validate({**known.model_dump(exclude_none=True), "papers": papers})
    except ValidationError as error:
        raise UsageError(f"--as 有误：{error.errors()[0]['msg'].removeprefix('Value error, ')}。") from error


def _without_nulls(content: object) -> object:
    """A key given as null is a key not given."""
    if content is None:
        return {}
    if isinstance(content, dict):
        return {key: _without_nulls(value) for key, value in content.items() if value is not None}
    return content
