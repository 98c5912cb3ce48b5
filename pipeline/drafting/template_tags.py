"""The placeholders and commands in one paragraph of a template: which names they ask for, and how they are broken."""

from __future__ import annotations

import re
from typing import NamedTuple

from jinja2 import TemplateSyntaxError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from pipeline.drafting.template_text import Piece

_TAG = re.compile(r"\{\{(?P<print>.*?)\}\}|\{%(?P<command>.*?)%\}|\{#.*?#\}")
_PREFIX = re.compile(r"^(?:tr|tc|p|r)\s+")
_ALONE = re.compile(r"\{%\s*p\s")
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_WIDE = re.compile("｛|｝|\\{％|％\\}")
_FOR = re.compile(r"^for\s+(\w+)\s+in\s+(.+)$")
_BLOCKS = {"for", "if"}
_LOOP = "loop"
_ENVIRONMENT = SandboxedEnvironment()


class Wanted(NamedTuple):
    """One name that a template asks for, and how."""

    name: str
    column: str = ""
    printed: bool = False
    looped: bool = False


class Block(NamedTuple):
    """A command that waits for its end."""

    word: str
    place: str
    text: str
    variable: str = ""
    table: str = ""


class Scopes:
    """The blocks that are open at a place of the template, innermost last."""

    def __init__(self) -> None:
        self.open_blocks: list[Block] = []

    def table_of(self, variable: str) -> str | None:
        """The table whose rows `variable` stands for here."""
        for block in reversed(self.open_blocks):
            if block.variable == variable:
                return block.table
        return None


def wanted_of(piece: Piece, scopes: Scopes) -> tuple[list[Wanted], list[str]]:
    """The names that a paragraph asks for, and what is wrong with how it does. Changes `scopes` as the blocks run."""
    wanted: list[Wanted] = []
    complaints: list[str] = []
    rest = _TAG.sub("", piece.text)
    if _LOOSE.search(rest):
        complaints.append("花括号、百分号不成对：占位符写作“{{ 名称 }}”，命令写作“{% … %}”，须在同一段内。")
    if _WIDE.search(rest):
        complaints.append("使用了全角的花括号或者百分号，请改用半角的“{{ }}”“{% %}”。")
    if _ALONE.search(piece.text) and rest.strip():
        complaints.append("“{%p … %}”应当单独成段，同一段的其他文字会被删去。")
    for match in _TAG.finditer(piece.text):
        try:
            if match["print"] is not None:
                text = re.sub(r"^r\s+", "", _bare(match["print"]))
                wanted += _names(f"{{{{ {text} }}}}", scopes, printed=True)
            elif match["command"] is not None:
                command = _PREFIX.sub("", _bare(match["command"]))
                wanted += _of_command(command, piece, scopes, complaints)
        except TemplateSyntaxError:
            complaints.append(f"“{match[0]}”书写有误，请对照说明改正。")
        except _LooseColumn as fault:
            complaints.append(fault.message)
    return wanted, complaints


def _bare(tag: str) -> str:
    """What stands in a tag, without the signs that close up the space around it (`{%-`, `-%}`)."""
    return re.sub(r"^[-+]|[-+]$", "", tag).strip()


def _of_command(command: str, piece: Piece, scopes: Scopes, complaints: list[str]) -> list[Wanted]:
    word = command.split(maxsplit=1)[0] if command.split() else ""
    if word.startswith("end"):
        _close(word.removeprefix("end"), scopes, complaints)
        return []
    if word in ("else", "elif"):
        if not scopes.open_blocks:
            complaints.append(f"“{word}”不在 if 之内。")
        return [] if word == "else" else _names(f"{{% if {command[4:]} %}}{{% endif %}}", scopes)
    if word not in _BLOCKS:
        complaints.append(f"不能使用命令“{word or '（空）'}”，只能使用 for、if、elif、else、endfor、endif。")
        return []
    if word == "if":
        wanted = _names(f"{{% {command} %}}{{% endif %}}", scopes)
        scopes.open_blocks.append(Block("if", piece.place, piece.text))
        return wanted
    return _open_loop(command, piece, scopes)


def _open_loop(command: str, piece: Piece, scopes: Scopes) -> list[Wanted]:
    parsed = _FOR.match(command)
    if parsed is None:
        scopes.open_blocks.append(Block("for", piece.place, piece.text))
        raise TemplateSyntaxError("for", 1)
    wanted = [item._replace(looped=True) for item in _names(f"{{{{ {parsed[2]} }}}}", scopes)]
    table = wanted[0].name if wanted else ""
    scopes.open_blocks.append(Block("for", piece.place, piece.text, parsed[1], table))
    return wanted


def _close(word: str, scopes: Scopes, complaints: list[str]) -> None:
    if scopes.open_blocks and scopes.open_blocks[-1].word == word:
        scopes.open_blocks.pop()
    else:
        complaints.append(f"“end{word}”没有对应的“{word}”。")


class _LooseColumn(Exception):  # noqa: N818 - not an error of the program: a fault of the template, told where it stands
    def __init__(self, variable: str) -> None:
        super().__init__(variable)
        self.message = f"“{variable}”只能用在相应的 for 与 endfor 之间。"


def _names(source: str, scopes: Scopes, *, printed: bool = False) -> list[Wanted]:
    """The names in an expression: a column where a row of a table is asked for, else the placeholder itself."""
    tree = _ENVIRONMENT.parse(source)
    columns = {
        (node.node.name, node.attr) for node in tree.find_all(nodes.Getattr) if isinstance(node.node, nodes.Name)
    }
    rows = {variable for variable, _ in columns}
    found = [Wanted(name, printed=printed) for name in sorted(meta.find_undeclared_variables(tree)) if name not in rows]
    found = [item for item in found if item.name != _LOOP and scopes.table_of(item.name) is None]
    for variable, column in sorted(columns):
        table = scopes.table_of(variable)
        if table is None and variable != _LOOP:
            raise _LooseColumn(variable)
        if table:
            found.append(Wanted(table, column))
    return found
