"""YAML that remembers where it stands, so that every complaint about a standard can name file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import yaml

from pipeline.errors import StandardError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where it was built: ten times as fast."""


_TEXT = "tag:yaml.org,2002:str"


class Block(dict[str, Any]):
    """A YAML mapping with the file and the lines of its keys."""

    def __init__(self, file: Path, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.origin = file
        """The file that says where the block's content comes from, also after another file has changed it."""
        self.lines: dict[str, int] = {}

    def line_of(self, path: Sequence[object]) -> int:
        """The line of the value at `path` (keys and indexes), or of the nearest thing above it."""
        line, here = self.line, self
        node: object = here
        for step in path:
            if isinstance(node, Block) and isinstance(step, str) and step in node:
                line, node = node.lines.get(step, line), node[step]
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                break
            if isinstance(node, Block):
                line = node.line
        return line

    def derived(self, changes: dict[str, Any]) -> Block:
        """A copy with `changes` on top, standing at the same place."""
        copy = Block(self.file, self.line)
        copy.origin = self.origin
        copy.update(self)
        copy.lines.update(self.lines)
        copy.update(changes)
        if isinstance(changes, Block):
            copy.lines.update(changes.lines)
        return copy

    def overlaid(self, changes: Block) -> Block:
        """A copy with `changes` on top, standing where the changes stand: whoever wrote them can put them right."""
        copy = Block(changes.file, changes.line)
        copy.origin = changes.origin if "source" in changes else self.origin
        copy.update(self)
        copy.update(changes)
        copy.lines.update(changes.lines)
        return copy


def refuse(block: Block, problem: str, path: Sequence[object] = ()) -> NoReturn:
    """Raises a `StandardError` that says where."""
    raise StandardError(f"{block.file}第{block.line_of(path)}行：{problem}。")


def load_block(file: Path) -> Block:
    """The mapping that a YAML file holds."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, Loader=_Loader)
    except (OSError, UnicodeDecodeError) as error:
        raise StandardError(f"{file}：无法读取，请确认文件存在且为 UTF-8 编码。") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, hint = _hint(text, mark.line + 1 if mark is not None else 1)
        raise StandardError(f"{file}第{line}行：不是有效的 YAML，{hint}。") from error
    if not isinstance(node, yaml.MappingNode):
        raise StandardError(f"{file}第1行：应当是键值结构。")
    loader = yaml.SafeLoader("")
    try:
        return _mapping(node, file, loader)
    finally:
        loader.dispose()


def _hint(text: str, line: int) -> tuple[int, str]:
    """What is most often wrong where a clerk has edited, and in which line: tabs, and punctuation typed in Chinese.

    The parser stumbles over the line behind a key without a proper colon.
    """
    lines = text.splitlines()
    for number in (line, line - 1):
        here = lines[number - 1].split("#")[0] if 1 <= number <= len(lines) else ""
        if "\t" in here:
            return number, "该行含有制表符，请改用空格缩进"
        if "：" in here and ":" not in here:
            return number, "该行含有全角冒号，键与值之间请用半角冒号加空格"
    return line, "请检查缩进、冒号和引号"


def _mapping(node: yaml.MappingNode, file: Path, loader: yaml.SafeLoader) -> Block:
    block = Block(file, node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key = str(key_node.value)
        line = key_node.start_mark.line + 1
        if key in block:
            raise StandardError(f"{file}第{line}行：键“{key}”重复。")
        block[key] = _value(value_node, file, loader)
        block.lines[key] = line
    return block


def _value(node: yaml.Node, file: Path, loader: yaml.SafeLoader) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file, loader)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, file, loader) for child in node.value]
    if node.tag == _TEXT:
        return str(node.value)
    try:
        return loader.construct_object(node, deep=True)
    except (ValueError, yaml.YAMLError) as error:
        raise StandardError(f"{file}第{node.start_mark.line + 1}行：取值“{node.value}”无效。") from error


def blocks(block: Block, key: str) -> Iterator[Block]:
    """The mappings in the list under `key`, none where the key is absent."""
    rows = block.get(key)
    if rows is None:
        return
    if not isinstance(rows, list):
        refuse(block, f"“{key}”应当是列表", [key])
    for index, row in enumerate(rows):
        if not isinstance(row, Block):
            refuse(block, f"“{key}”的第{index + 1}项应当是键值结构", [key])
        yield row
