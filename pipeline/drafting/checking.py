"""Holding a Word template against what the program fills in: what it asks for, what it misses, where it is broken."""

from __future__ import annotations

import zipfile
from difflib import get_close_matches
from pathlib import Path

from docx.opc.exceptions import OpcError
from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]  # the library has no types

from pipeline.drafting.guide import Asked, guide
from pipeline.drafting.rendering import Values, find_template, render_file
from pipeline.drafting.template_tags import Scopes, Wanted, wanted_of
from pipeline.drafting.template_text import Piece, pieces
from pipeline.errors import StandardError
from schemas.draft import DRAFT_TITLES, DraftKind
from schemas.template_check import TemplateCheck, TemplateFault, TemplateUse

_NO_DOCUMENT = "不是完好的 Word 文档（DOCX），请用 Word 或者 WPS 重新另存。"
_UNREADABLE = (OpcError, zipfile.BadZipFile, XMLSyntaxError, OSError, KeyError, ValueError)


def check_template(path: Path) -> TemplateCheck:
    """What the template at `path` asks for, misses, and has wrong. Its file name says which letter it is."""
    kind = next((kind for kind, title in DRAFT_TITLES.items() if title == path.stem), None)
    if kind is None or path.suffix.lower() != ".docx" or not guide(kind):
        return TemplateCheck(path=path, kind=None, faults=(_whole(_unknown_name(path)),))
    try:
        found = pieces(path)
    except _UNREADABLE:
        return TemplateCheck(path=path, kind=kind, faults=(_whole(_NO_DOCUMENT),))
    asked = guide(kind)
    faults, used = _examined(found, asked)
    if not faults:
        faults = [*_trial(path, asked)]
    return TemplateCheck(
        path=path,
        kind=kind,
        faults=tuple(faults),
        remarks=_left_out(kind, path, used),
        placeholders=tuple(_use(name, what, name in used) for name, what in asked.items()),
    )


def _use(name: str, what: Asked, used: bool) -> TemplateUse:
    return TemplateUse(name=name, meaning=what.meaning, columns=what.columns, used=used)


def _whole(message: str) -> TemplateFault:
    return TemplateFault(place="", text="", message=message)


def _unknown_name(path: Path) -> str:
    titles = [title for kind, title in DRAFT_TITLES.items() if guide(kind)]
    near = get_close_matches(path.stem, titles, n=1)
    hint = f"是否应为“{near[0]}.docx”？" if near else "可用的名称见 juanzong templates list。"
    return f"程序没有名为“{path.name}”的文书，该文件不会被使用。{hint}"


def _examined(found: list[Piece], asked: dict[str, Asked]) -> tuple[list[TemplateFault], set[str]]:
    """What is wrong paragraph by paragraph, and the placeholders that are asked for."""
    faults: list[TemplateFault] = []
    used: set[str] = set()
    for part in dict.fromkeys(piece.part for piece in found):
        scopes = Scopes()
        for piece in (piece for piece in found if piece.part == part):
            wanted, complaints = wanted_of(piece, scopes)
            complaints += [said for item in wanted if (said := _complaint(item, asked))]
            used |= {item.name for item in wanted}
            faults += [TemplateFault(place=piece.place, text=piece.text, message=said) for said in complaints]
        faults += [
            TemplateFault(place=block.place, text=block.text, message=f"“{block.word}”没有对应的“end{block.word}”。")
            for block in scopes.open_blocks
        ]
    return faults, used


def _complaint(wanted: Wanted, asked: dict[str, Asked]) -> str:
    """What is wrong with asking for this; empty if nothing is."""
    what = asked.get(wanted.name)
    if what is None:
        near = get_close_matches(wanted.name, list(asked), n=1)
        hint = f"是否应为“{near[0]}”？" if near else "请对照 juanzong templates check 列出的占位符。"
        return f"占位符“{wanted.name}”没有对应的内容。{hint}"
    if wanted.column and wanted.column not in what.columns:
        return f"表“{wanted.name}”没有“{wanted.column}”一栏，可用：{'、'.join(what.columns)}。"
    if wanted.looped and not what.columns:
        return f"“{wanted.name}”不是表，不能用于 for。"
    if wanted.printed and what.columns:
        return f"“{wanted.name}”是表，应当用 for 逐行填写，可用的栏：{'、'.join(what.columns)}。"
    if wanted.printed and what.condition_only:
        return f"“{wanted.name}”只能用于 if，不能作为文字填写。"
    return ""


def _trial(path: Path, asked: dict[str, Asked]) -> list[TemplateFault]:
    """The template filled in twice for trial: with everything, and with everything that may be empty empty."""
    full: dict[str, str | bool | list[dict[str, str]]] = {}
    bare: dict[str, str | bool | list[dict[str, str]]] = {}
    for name, what in asked.items():
        row = {column: column for column in what.columns}
        full[name] = [row] if what.columns else True if what.condition_only else name
        bare[name] = [] if what.columns else False if what.condition_only else ""
    return [fault for values in (full, bare) for fault in _tried(path, values)][:1]


def _tried(path: Path, values: Values) -> list[TemplateFault]:
    try:
        render_file(path, values)
    except StandardError as error:
        return [_whole(error.message.partition("无法使用：")[2] or error.message)]
    return []


def _left_out(kind: DraftKind, path: Path, used: set[str]) -> tuple[str, ...]:
    """The placeholders that the program's own template asks for and this one does not."""
    own = find_template(kind, None)
    if own == path:
        return ()
    _, usual = _examined(pieces(own), guide(kind))
    return tuple(
        f"没有使用占位符“{name}”（{what.meaning}），随附的模板有此项。"
        for name, what in guide(kind).items()
        if name in usual - used
    )
