"""What reading (识读) makes of one page: lines, seals, signature places, tick boxes, codes.

A `PageReading` knows nothing of the closing file around it. It depends on the page's bytes and on the engine only, so
that it can be cached by both.
"""

from __future__ import annotations

from enum import StrEnum
from math import radians, tan

from pydantic import Field, ValidationInfo, field_validator

from schemas.base import Box, Frozen, Score, State


class PageKind(StrEnum):
    """What sort of page it is, before anyone asks which paper it belongs to."""

    CONTENT = "content"
    HANDWRITTEN = "handwritten"
    BLANK = "blank"
    """No text; a back with show-through counts as blank."""
    BLACK = "black"
    """All dark: the scanner's lid was open, or two sheets were fed at once."""
    UNREADABLE = "unreadable"
    """It could not be read; `PageReading.reason` says why."""


class TextSource(StrEnum):
    """Where the text came from."""

    OCR = "ocr"
    LAYER = "layer"
    """The document's own text: a PDF text layer, a Word paragraph, an OFD text object."""
    NONE = "none"


class Doubt(Frozen):
    """Another letter (次选字) that may stand at one place of a line."""

    at: int = Field(ge=0)
    """Index into the line's text."""
    letter: str
    score: Score
    """The recogniser's own probability for it at that place, where the letter in the text has nearly all of the rest.
    It is no share of cases: by pen, 0.001 to 0.01 hid the right letter as often as more did where the text was wrong
    and sure of itself. It says which letters look like this ink, not that the text is wrong."""


class Line(Frozen):
    """One line of text (文字行) in reading order."""

    text: str
    box: Box
    score: Score
    handwritten: bool = False
    doubts: tuple[Doubt, ...] = ()
    """For its hanzi, up to three other letters each, likeliest first; simplified as the text is. Without them nothing is
    known: text of a document's own layer and of old readings has none."""

    @field_validator("doubts")
    @classmethod
    def _within(cls, doubts: tuple[Doubt, ...], info: ValidationInfo) -> tuple[Doubt, ...]:
        if any(doubt.at >= len(info.data.get("text", "")) for doubt in doubts):
            raise ValueError("a doubt lies beyond the end of the text")
        return doubts


class SealColour(StrEnum):
    RED = "red"
    GREY = "grey"
    """A photocopy or a grey scan of a seal."""
    BLUE = "blue"
    UNKNOWN = "unknown"


class SealShape(StrEnum):
    ROUND = "round"
    OVAL = "oval"
    SQUARE = "square"


class Seal(Frozen):
    """One seal (印章) on the page. `state` is FOUND, or UNCERTAIN where it may be another round thing."""

    box: Box
    colour: SealColour
    shape: SealShape
    state: State
    score: Score
    at_edge: bool = False
    """Cut by the edge of the page: a seam seal (骑缝章)."""
    text: str = ""
    """The words on its ring, as far as they could be read."""


class SignaturePlace(Frozen):
    """A place where a signature belongs (签名处), found by its printed label, and what stands there.

    `state`: FOUND, ink that is not print, or a fingerprint; MISSING, the place is empty or holds print only;
    UNCERTAIN, it cannot be told.
    """

    label: str
    """The printed label as read, e.g. `受援人（签名）`."""
    label_box: Box
    box: Box
    """The region that was looked at; for a signature found, the ink."""
    state: State
    score: Score
    fingerprint: bool = False


class TickBox(Frozen):
    """A box to tick (勾选框) and the option printed behind it."""

    label: str
    box: Box
    state: State
    """FOUND: ticked; MISSING: empty; UNCERTAIN: cannot be told."""
    score: Score


class Code(Frozen):
    """A QR code or barcode."""

    text: str
    format: str
    box: Box


A3_MM, MM_PER_INCH = 380.0, 25.4
"""A3 is 420 mm long; a scan may cut its edges."""


class PageReading(Frozen):
    """All that reading took from one page. Boxes are fractions of the upright page."""

    sha256: str
    """Of the page's own bytes (the image stream, or the source and the page's index)."""
    engine: str
    """Name and version of the engine and of the reading code, e.g. `ppocrv6-openvino/1`."""
    kind: PageKind
    text_source: TextSource
    rotation: int = 0
    """Degrees clockwise (0, 90, 180, 270) by which the page was turned to stand upright."""
    skew: float = 0.0
    """Degrees by which lines still slope after turning; positive: falling to the right."""
    width: int = 0
    """Pixels of the upright page; 0 where there was no picture."""
    height: int = 0
    dpi: int | None = None
    """Resolution, if the page's size in millimetres is known or A4 is a safe guess."""
    quality: Score = 0.0
    """Mean line score weighted by length; 0 where there is no text."""
    low_quality: bool = False
    """True where the scan is too poor for its fields to be trusted and the page should be scanned again."""
    inked: bool = False
    """Of an empty page: it bears ink, that of its other side or of a page out of focus; which cannot be told."""
    lines: tuple[Line, ...] = ()
    seals: tuple[Seal, ...] = ()
    signature_places: tuple[SignaturePlace, ...] = ()
    tick_boxes: tuple[TickBox, ...] = ()
    codes: tuple[Code, ...] = ()
    foot: SignaturePlace | None = None
    """Ink below the page's last printed line, where records are signed without a printed place for it."""
    reason: str | None = None
    """For an unreadable page, the error code (`pipeline.errors`)."""
    seconds: float = Field(default=0.0, ge=0.0)

    @property
    def is_spread(self) -> bool:
        """Whether two leaves may have been scanned side by side: a sheet of A3 lying."""
        lying = self.width > self.height
        return self.dpi is not None and lying and self.width / self.dpi * MM_PER_INCH >= A3_MM

    @property
    def text(self) -> str:
        """The lines joined by newlines."""
        return "\n".join(line.text for line in self.lines)

    def level(self, box: Box) -> Box:
        """Where a line's box would lie, and how tall it would be, if the page's lines did not slope.

        By three degrees the right end of a row lies a whole line lower than its left end.
        """
        if abs(self.skew) < SLOPES or not self.height:
            return box
        fall = tan(radians(self.skew)) * self.width / self.height
        left, top, right, bottom = box
        middle = (top + bottom) / 2 - fall * (left + right) / 2
        half = max(bottom - top - abs(fall) * (right - left), LEAST_HEIGHT * (bottom - top)) / 2
        return left, middle - half, right, middle + half


SLOPES = 0.7
"""Degrees from which a page's slope counts."""
LEAST_HEIGHT = 0.3
"""Share of its box's height that a line has at least: its own slope may be less than the page's."""
