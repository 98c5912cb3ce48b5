"""What stands on a paper, from top to bottom, before anyone decides where the lines break.

Text may hold fill-ins (`fill("陈某")`): what someone wrote into a printed form. An office that fills in by hand has them
drawn with a pen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from pipeline.demo.ink import Operation

FILL_START = "\ue000"
FILL_END = "\ue001"

Align: TypeAlias = Literal["left", "centre", "right"]


def fill(text: str, blank: int = 6) -> str:
    """`text` as a fill-in; an empty one leaves a gap of `blank` characters."""
    return f"{FILL_START}{text or '　' * blank}{FILL_END}"


def plain(text: str) -> str:
    """`text` without the signs of fill-ins."""
    return text.replace(FILL_START, "").replace(FILL_END, "")


@dataclass(frozen=True)
class Seal:
    """A round seal (印章): the words on its ring and, below the star, its purpose."""

    ring: str
    mark: str
    bottom: str = ""
    star: bool = True
    grey: bool = False
    pressed: bool = True
    """False: the place for the seal stayed empty."""


@dataclass(frozen=True)
class Title:
    text: str
    size: int = 58
    spaced: bool = False
    colour: str = "black"
    face: str = ""
    after: int = 40


@dataclass(frozen=True)
class Text:
    """A paragraph. `indent` counts characters of the first line."""

    text: str
    align: Align = "left"
    indent: float = 2
    bold: bool = False
    size: int = 0
    underline: bool = False


@dataclass(frozen=True)
class Signature:
    """A place to sign (签名处): label, then the name by hand if signed, then the date if it has one.

    `date`: None, the place has no date; "", it was left blank.
    """

    label: str
    name: str
    mark: str
    date: str | None = None
    signed: bool = True
    fingerprint: bool = False
    align: Align = "right"
    printed: bool = False
    """The name is typed, not written."""


@dataclass(frozen=True)
class SignOff:
    """Who issues the paper, and when (落款), at the right, with the seal over both."""

    lines: tuple[str, ...]
    date: str
    seal: Seal | None = None
    align: Align = "right"


@dataclass(frozen=True)
class Cell:
    text: str = ""
    span: int = 1
    align: Align = "left"
    bold: bool = False
    signature: Signature | None = None
    sign_off: SignOff | None = None
    vertical: bool = False


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    height: int = 0


@dataclass(frozen=True)
class Table:
    """Ruled table; `widths` are shares of the text width."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    size: int = 31


@dataclass(frozen=True)
class Gap:
    height: int = 40


@dataclass(frozen=True)
class Rule:
    colour: str = "red"
    double: bool = True


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class Drawing:
    """Something drawn rather than set: an identity card, a chat on a telephone. Operations are relative to its corner."""

    operations: tuple[Operation, ...]
    height: int
    lines: tuple[str, ...] = ()


Block: TypeAlias = Title | Text | Signature | SignOff | Table | Gap | Rule | NewPage | Drawing


@dataclass(frozen=True)
class Paper:
    """One paper (材料) of the closing file, with what the truth says about it."""

    type: str
    title: str
    blocks: tuple[Block, ...]
    fields: dict[str, str | None] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    """Other types under which a reader may rightly file it."""
    form: bool = False
    """Filled in by hand where the office does so."""
    face: str = ""
    size: int = 39
    leading: float = 1.6
    margins: tuple[int, int, int, int] = (200, 220, 190, 200)
    """Left, top, right, bottom in pixels at 200 dpi."""
    foot: Literal["", "of", "dash", "number"] = ""
    each_page: Signature | None = None
    """Signed at the foot of every page but the last, which signs in its own words."""
    unsigned_pages: tuple[int, ...] = ()
    """Pages of the paper (from 1) whose foot was not signed."""
    ruled: bool = False
    copy: bool = False
    """A photocopy: grey, seals too."""
    dropped: tuple[int, ...] = ()
    """Pages of the paper (from 1) that are not in the file."""
    unreadable: tuple[int, ...] = ()
