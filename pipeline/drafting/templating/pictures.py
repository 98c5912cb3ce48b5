"""Pictures that a template shows where a letter will have its own."""

from __future__ import annotations

import base64
import io
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from pipeline.drafting.pictures import CODE_PICTURE

CODE_MM = 24.0
"""A square of the code is then more than half a millimetre wide: three dots of a scan at 150 dpi."""
_ABOVE_TEXT_MM = 11.0
"""From the top of the page: the code stands in the margin, beside the running head."""

_FRAME = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAACkAAAApAQAAAACAGz1bAAAAWUlEQVR42r2OsRGAIBTF8h8FdjICbuJouJmb6AjaScF9CzuO2ipNLhdzgE0A0OE2"
    "swnFw9uFWoHcK6HAieqKJxRPwsU49htqBlDcge+a0TWoLmYJze7+jGMvMXAW0iyAQMwAAAAASUVORK5CYII="
)
"""The outline of a code, for whoever edits the template; a constant, so that building twice gives the same bytes."""


def add_code_in_margin(paragraph: Paragraph) -> None:
    """The code in the upper right corner of the paragraph's page, above the type area."""
    _add_code(paragraph, 101, ("page", _ABOVE_TEXT_MM), wraps=False)


def add_code_beside(paragraph: Paragraph) -> None:
    """The code at the right edge of the type area; the text from `paragraph` on runs beside it."""
    _add_code(paragraph, 102, ("paragraph", 0.0), wraps=True)


def _add_code(paragraph: Paragraph, number: int, below: tuple[str, float], *, wraps: bool) -> None:
    run = paragraph.add_run()
    inline = run.add_picture(io.BytesIO(_FRAME), Mm(CODE_MM), Mm(CODE_MM))._inline  # noqa: SLF001 - it has to float
    named = inline.find(qn("wp:docPr"))
    named.set("id", str(number))
    named.set("name", f"{CODE_PICTURE}{number}")
    named.set("descr", CODE_PICTURE)
    anchor = OxmlElement("wp:anchor")
    settings = {
        "distT": "0", "distB": "0", "distL": "114300", "distR": "0", "simplePos": "0", "relativeHeight": "2",
        "behindDoc": "0", "locked": "0", "layoutInCell": "1", "allowOverlap": "1",
    }  # fmt: skip
    for name, value in settings.items():
        anchor.set(name, value)
    anchor.append(_element("wp:simplePos", x="0", y="0"))
    anchor.append(_placed("wp:positionH", "margin", _element("wp:align"), "right"))
    anchor.append(_placed("wp:positionV", below[0], _element("wp:posOffset"), str(Mm(below[1]))))
    anchor.append(inline.find(qn("wp:extent")))
    anchor.append(_element("wp:effectExtent", l="0", t="0", r="0", b="0"))
    anchor.append(_element("wp:wrapSquare", wrapText="bothSides") if wraps else _element("wp:wrapNone"))
    for name in ("wp:docPr", "wp:cNvGraphicFramePr", "a:graphic"):
        anchor.append(inline.find(qn(name)))
    inline.getparent().replace(inline, anchor)


def _placed(name: str, relative_to: str, how: Any, text: str) -> Any:
    place = _element(name, relativeFrom=relative_to)
    how.text = text
    place.append(how)
    return place


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(key, value)
    return element
