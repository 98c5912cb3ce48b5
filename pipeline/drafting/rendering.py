"""Filling in a Word template.

A template is a DOCX with placeholders such as `{{ 受援人 }}`. It is rendered in a sandbox, because an office's template
is a file like any other; with escaping, because without it a text is cut off at `<`; and strictly, because a
placeholder that nobody fills must not print as a gap.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # the library has no types
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]  # the library has no types

from pipeline.errors import StandardError
from schemas.draft import DRAFT_TITLES, DraftKind

Row = dict[str, str]
Values = Mapping[str, str | bool | list[Row]]
"""Placeholder to text, to a condition, or to the rows of a table."""

_HERE = Path(__file__).resolve().parent
_SHIPPED = (_HERE / "templates", _HERE.parents[1] / "templates")
"""Inside an installed wheel, and at the top of a source tree."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s*[\r\n\t\u2028\u2029\x85]+\s*")
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)

_TEMPLATE_FAULTS = (
    TemplateError, XMLSyntaxError, OpcError, zipfile.BadZipFile, OSError, LookupError, TypeError, ValueError,
    AttributeError, ArithmeticError, NotImplementedError,
)  # fmt: skip
"""What a template that is no template, or asks for the impossible, ends in."""


def render(kind: DraftKind, values: Values, own_templates: Path | None) -> bytes:
    """The letter `kind` as DOCX. Raises `StandardError` with the template's name if it cannot be used."""
    return render_file(find_template(kind, own_templates), values)


def render_file(path: Path, values: Values) -> bytes:
    """The template at `path`, filled in. Raises `StandardError` with its name if it cannot be used."""
    filled = io.BytesIO()
    try:
        template = DocxTemplate(path)
        template.render(_printable(values), jinja_env=_ENVIRONMENT)
        template.save(filled)
    except _TEMPLATE_FAULTS as error:
        raise StandardError(f"文书模板“{path}”无法使用：{_fault(error)}") from error
    return same_bytes(filled.getvalue())


class _Compiling(SandboxedEnvironment):
    """Compiles each part of a template once: an office writes the same letters all day."""

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - the signature is the library's
        template_class: type[Template] | None = None,
    ) -> Template:
        if isinstance(source, nodes.Template):
            return super().from_string(source, globals, template_class)
        return (template_class or self.template_class).from_code(self, _code(source), self.make_globals(globals), None)


_ENVIRONMENT = _Compiling(autoescape=True, undefined=StrictUndefined)


@lru_cache(maxsize=256)
def _code(source: str) -> CodeType:
    return _ENVIRONMENT.compile(source)


def find_template(kind: DraftKind, own_templates: Path | None) -> Path:
    """The office's own template if it has one, else the one that comes with the program."""
    name = f"{DRAFT_TITLES[kind]}.docx"
    folders = (own_templates, *_SHIPPED) if own_templates is not None else _SHIPPED
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise StandardError(f"找不到文书模板“{name}”。请重新安装程序，或者将该模板放入本机构的模板文件夹。")


def find_guide() -> Path:
    """The guide to the templates that come with the program."""
    for folder in _SHIPPED:
        if (folder / "说明.md").is_file():
            return folder / "说明.md"
    raise StandardError("找不到模板说明“说明.md”。请重新安装程序。")


def _fault(error: Exception) -> str:
    """What is wrong with a template, in one sentence for whoever edits it."""
    if isinstance(error, UndefinedError):
        names = re.findall(r"'([^']+)'", str(error))
        return f"占位符“{names[-1] if names else '（未知）'}”没有对应的内容，请核对占位符名称。"
    if isinstance(error, TemplateSyntaxError):
        return f"第{error.lineno}段附近的占位符书写有误，请核对花括号、百分号和“for/endfor、if/endif”是否成对。"
    if isinstance(error, TemplateError):
        return "模板中含有不允许的操作，请只使用说明中列出的占位符。"
    if isinstance(error, (OpcError, zipfile.BadZipFile, OSError, KeyError)):
        return "不是完好的 Word 文档（DOCX），请用 Word 或者 WPS 重新另存。"
    return "模板内容有误，请对照随程序提供的模板修改。"


def _printable(values: Values) -> dict[str, object]:
    return {name: _clean(value) for name, value in values.items()}


def _clean(value: str | bool | list[Row]) -> object:
    if isinstance(value, list):
        return [{name: clean_text(text) for name, text in row.items()} for row in value]
    return clean_text(value) if isinstance(value, str) else value


def clean_text(text: str) -> str:
    """`text` without what a Word document cannot hold, on one line: a letter has no stray breaks from a scan."""
    return _SPACES.sub(" ", _NOT_XML.sub("", text))


def same_bytes(content: bytes) -> bytes:
    """The document with the clock taken out of its ZIP container, so that the same letter is the same file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return packed.getvalue()
