"""Pages made by hand: text laid out from top to bottom, as reading would hand them over."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from schemas.base import State
from schemas.reading import (
    Line,
    PageKind,
    PageReading,
    Seal,
    SealColour,
    SealShape,
    SignaturePlace,
    TextSource,
    TickBox,
)
from schemas.volume import Page

ROW = 0.026


def line(  # noqa: PLR0913 - all that a line can be
    text: str, top: float, *, left: float = 0.1, height: float = 0.015, score: float = 0.98, pen: bool = False
) -> Line:
    width = min(0.86, len(text) * height * 0.72)
    return Line(text=text, box=(left, top, min(1.0, left + width), top + height), score=score, handwritten=pen)


def title(text: str, top: float = 0.08, height: float = 0.023, score: float = 0.98) -> Line:
    width = min(0.86, len(text) * height * 0.72)
    return Line(text=text, box=(0.5 - width / 2, top, 0.5 + width / 2, top + height), score=score)


def page(
    number: int,
    heading: str | Sequence[str] | None,
    body: Sequence[str | Line | Sequence[str]] = (),
    *,
    score: float = 0.98,
    **reading: Any,
) -> Page:
    """A page with a centred, larger heading (or several lines of one) and a body; a nested sequence is one row of cells."""
    lines: list[Line] = []
    top = 0.06
    for words in [heading] if isinstance(heading, str) else list(heading or ()):
        lines.append(title(words, top, score=score))
        top += 0.04
    for entry in body:
        if isinstance(entry, Line):
            lines.append(entry)
        elif isinstance(entry, str):
            lines.append(line(entry, top, score=score))
        else:
            lines.extend(
                line(cell, top, left=0.1 + 0.2 * column, score=score) for column, cell in enumerate(entry) if cell
            )
        top += ROW
    return raw_page(number, lines, quality=score if lines else 0.0, **reading)


def raw_page(number: int, lines: Sequence[Line] = (), *, kind: PageKind = PageKind.CONTENT, **reading: Any) -> Page:
    digest = hashlib.sha256(f"{number}{[entry.text for entry in lines]}".encode()).hexdigest()
    source = TextSource.OCR if lines else TextSource.NONE
    return Page(
        number=number,
        reading=PageReading(
            sha256=digest, engine="made by hand", kind=kind, text_source=source, lines=tuple(lines), **reading
        ),
    )


def seal(
    text: str = "",
    box: tuple[float, float, float, float] = (0.6, 0.7, 0.8, 0.84),
    state: State = State.FOUND,
    **more: Any,
) -> Seal:
    return Seal(box=box, colour=SealColour.RED, shape=SealShape.ROUND, state=state, score=0.97, text=text, **more)


def place(label: str, state: State, top: float = 0.8) -> SignaturePlace:
    return SignaturePlace(
        label=label, label_box=(0.1, top, 0.3, top + 0.02), box=(0.3, top, 0.5, top + 0.03), state=state, score=0.95
    )


def tick(label: str, state: State = State.FOUND) -> TickBox:
    return TickBox(label=label, box=(0.1, 0.4, 0.12, 0.42), state=state, score=0.95)


LETTER = "我国法律规定的有关事项如上，具体情况以原件为准，承办单位应当妥善保管。" * 2
"""Running text without a word that any paper is known by."""
