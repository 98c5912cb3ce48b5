"""Putting a picture into a drafted letter: it takes the place of the one that the template shows.

A template has the picture where the office wants it, as large as the office wants it, and tells which it is by its
alternative text (替换文字). An office that removes it from its template gets letters without it.
"""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from pipeline.drafting.rendering import same_bytes

CODE_PICTURE = "卷宗识别码"
"""Alternative text of the picture that is replaced by the code of case and round."""

_W = "http://schemas.openxmlformats.org/drawingml/2006"
_NAMES = {
    "wp": f"{_W}/wordprocessingDrawing",
    "a": f"{_W}/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_BODY, _RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"


def with_picture(letter: bytes, called: str, picture: bytes) -> bytes:
    """The DOCX `letter` with the PNG `picture` in place of each picture of its body that is `called` so."""
    with zipfile.ZipFile(io.BytesIO(letter)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    targets = _targets(parts, called) & parts.keys()
    if not targets:
        return letter
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, picture if name in targets else content)
    return same_bytes(packed.getvalue())


def _targets(parts: dict[str, bytes], called: str) -> set[str]:
    """Names of the parts that hold those pictures."""
    if called.encode() not in parts.get(_BODY, b"") or _RELATIONS not in parts:
        return set()
    body = etree.fromstring(parts[_BODY])
    shown = body.xpath(".//*[wp:docPr[@descr=$called]]//a:blip/@r:embed", namespaces=_NAMES, called=called)
    relations = {entry.get("Id"): entry.get("Target") for entry in etree.fromstring(parts[_RELATIONS])}
    return {posixpath.normpath(posixpath.join("word", relations[key])) for key in shown if relations.get(key)}
