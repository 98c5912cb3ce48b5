"""The press: where the setting of a paper stands, and the pieces every block is set from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.demo.blocks import FILL_END, FILL_START, Paper, Seal, Signature, SignOff
from pipeline.demo.faces import advance, width
from pipeline.demo.ink import PAGE_HEIGHT, PAGE_WIDTH, Operation, Pen, Print, Stamp, Stroke, Thumb
from pipeline.demo.styles import Style

NEVER_FIRST = "，。；：、！？）〕】》”’％%,.;:)"
NEVER_LAST = "（〔《“"
SEAL_DIAMETER = 318
SIGNING_ROOM = 230
PEN_SIZE = 1.2
"""People write larger than the form is printed."""
BLANK_DATE = "　　年　　月　　日"

Run = tuple[str, bool]
"""Characters, and whether they are a fill-in."""


@dataclass(frozen=True)
class Sheet:
    """One page of a paper: what is drawn on it, and its printed lines."""

    operations: tuple[Operation, ...]
    lines: tuple[str, ...]


@dataclass
class Press:
    """Where the setting of one paper stands: the pages so far, and the height reached on the last of them."""

    paper: Paper
    style: Style
    seed: str
    y: float = 0
    operations: list[Operation] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)

    @property
    def left(self) -> float:
        return self.paper.margins[0]

    @property
    def right(self) -> float:
        return PAGE_WIDTH - self.paper.margins[2]

    @property
    def bottom(self) -> float:
        return PAGE_HEIGHT - self.paper.margins[3] - (90 if self.paper.each_page else 0)

    @property
    def face(self) -> str:
        return self.paper.face or self.style.face

    @property
    def by_hand(self) -> bool:
        return self.paper.form and self.style.handwritten

    def need(self, height: float) -> None:
        """Turns the page if `height` does not fit on it."""
        if self.y + height > self.bottom and self.operations:
            self.turn()

    def turn(self) -> None:
        self.sheets.append(Sheet(tuple(self.operations), tuple(self.lines)))
        self.operations, self.lines, self.y = [], [], self.paper.margins[1]


def paragraphs(text: str) -> list[str]:
    """`text` at its line breaks, a fill-in that runs over a break cut in two."""
    parts, open_ = [], False
    for part in text.split("\n"):
        whole = (FILL_START if open_ else "") + part
        open_ = whole.rfind(FILL_START) > whole.rfind(FILL_END)
        parts.append(whole + (FILL_END if open_ else ""))
    return parts


def runs_of(text: str) -> list[Run]:
    """`text` cut into printed runs and fill-ins."""
    runs: list[Run] = []
    for index, part in enumerate(text.split(FILL_START)):
        written, _, rest = part.partition(FILL_END) if index else ("", "", part)
        runs += [(written, True)] if written else []
        runs += [(rest, False)] if rest else []
    return runs


def wrapped(runs: list[Run], face: str, size: int, room: float, indent: float) -> Iterator[list[Run]]:
    """Lines of at most `room` pixels; the first begins `indent` pixels to the right."""
    line: list[tuple[str, bool]] = []
    x = indent
    for char, is_fill in ((char, is_fill) for text, is_fill in runs for char in text):
        step = advance(face, size, char)
        if x + step > room + 1 and char not in NEVER_FIRST:
            kept = [line.pop()] if line[-1][0] in NEVER_LAST else []
            yield _joined(line)
            line, x = kept, len(kept) * size
        line.append((char, is_fill))
        x += step
    if line:
        yield _joined(line)


def _joined(chars: list[tuple[str, bool]]) -> list[Run]:
    return [
        ("".join(char for char, _ in group), is_fill) for is_fill, group in groupby(chars, key=lambda each: each[1])
    ]


def line_ops(  # noqa: PLR0913 - place and looks of one line
    press: Press, line: list[Run], x: float, size: int, *, bold: bool, underline: bool
) -> list[Operation]:
    """One line at (`x`, `press.y`); its printed runs are noted as lines of the page."""
    operations: list[Operation] = []
    for text, is_fill in line:
        length = width(press.face, size, text)
        if is_fill and press.by_hand and text.strip():
            seed = f"{press.style.hand}|{press.seed}|{press.paper.type}"
            operations.append(
                Pen(x, press.y - size * 0.1, text, round(size * PEN_SIZE), seed, length * 1.12, press.style.pen)
            )
        elif text.strip():
            operations.append(Print(x, press.y, text, press.face, size, bold))
            press.lines.append(text.strip())
        if is_fill and underline:
            operations.append(Stroke(x, press.y + size * 1.18, x + length, press.y + size * 1.18, 2, "rule"))
        x += length
    return operations


def date_ops(press: Press, date: str, x: float, y: float, size: int) -> list[Operation]:
    if not date:
        blank = BLANK_DATE
        press.lines.append("年月日")
        return [Print(x, y, blank, press.face, size)]
    if press.style.dates_by_hand and press.paper.form:
        seed = f"{press.style.hand}|{press.seed}|{press.paper.type}"
        return [Pen(x, y, date, round(size * PEN_SIZE), seed, width(press.face, size, date) * 1.2, press.style.pen)]
    press.lines.append(date)
    return [Print(x, y, date, press.face, size)]


def signature_ops(  # noqa: PLR0913, PLR0917 - place and looks of one signature
    press: Press,
    signature: Signature,
    signed: bool,
    x: float,
    y: float,
    size: int,
) -> list[Operation]:
    operations: list[Operation] = [Print(x, y, signature.label, press.face, size)]
    end = x + width(press.face, size, signature.label) + 10
    if signed and signature.printed:
        operations.append(Print(end, y, signature.name, press.face, size))
        press.lines.append(signature.name)
    elif signed:
        seed = f"{signature.name}|{press.seed}|{press.paper.type}|{y:.0f}"
        operations.append(Pen(end, y - size * 0.2, signature.name, int(size * 1.5), seed, 0, press.style.pen))
        if signature.fingerprint:
            operations.append(Thumb(end + size * 1.35 * len(signature.name), y + size * 0.5, seed, press.paper.copy))
    return operations


def hash_step(seed: str, reach: int) -> int:
    """A repeatable whole number between -`reach` and `reach`."""
    return sum(ord(char) * (index + 7) for index, char in enumerate(seed)) % (2 * reach + 1) - reach


def set_sign_off(press: Press, sign_off: SignOff, right: float, size: int) -> None:
    """Issuer and date from `press.y` on, ending at `right`, with the seal over both."""
    date = sign_off.date or BLANK_DATE
    longest = max(width(press.face, size, line) for line in (*sign_off.lines, date))
    centre = min(right - longest / 2, right - SEAL_DIAMETER * 0.5)
    if sign_off.align == "left":
        centre = press.left + max(longest, SEAL_DIAMETER) / 2
    top = press.y
    for line in sign_off.lines:
        press.operations.append(Print(centre - width(press.face, size, line) / 2, press.y, line, press.face, size))
        press.lines.append(line)
        press.y += size * 1.6
    press.operations += date_ops(press, sign_off.date, centre - width(press.face, size, date) / 2, press.y, size)
    if sign_off.seal is not None and sign_off.seal.pressed:
        press.operations.append(_stamp(press, sign_off.seal, centre, (top + press.y) / 2 + size * 0.6))
    press.y += size * 1.6


def _stamp(press: Press, seal: Seal, x: float, y: float) -> Stamp:
    seed = f"{press.seed}|{press.paper.type}|{seal.ring}"
    x, y = x + hash_step(seed, 50), y + hash_step(seed + "y", 36)
    return Stamp(x, y, SEAL_DIAMETER, seal.ring, seal.bottom, seal.star, seed, seal.grey or press.paper.copy)
