"""The front door of reading: one page image in, one `PageReading` out. No disk, no processes."""

# ruff: noqa: PLR2004 - grey levels, millimetres and shares are said where they are used

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.reading.appearance import Look, look_at
from pipeline.reading.doubts import stripped
from pipeline.reading.engine import Engine, RawLine, strip_reader
from pipeline.reading.grey_seals import without_grey_seals
from pipeline.reading.inks import by_pen
from pipeline.reading.levelling import SLOPES, laid_level
from pipeline.reading.marks import Marks, Sheet, find_marks_on, find_seals_on
from pipeline.reading.order import box_of, in_order, skew_degrees
from pipeline.reading.orientation import SURE, by_picture, by_reading
from pipeline.reading.page_image import A4_LONG_INCHES, PageImage, Pixels, turned
from pipeline.reading.page_kind import (
    KEEP,
    is_illegible,
    is_no_text,
    is_poor,
    kind_of,
    legible_letters,
    mean_score,
    mostly_by_pen,
    only_page_number,
    stands_upright,
)
from pipeline.reading.rereading import settled
from pipeline.reading.seal_text import touches, without_red_seals
from pipeline.reading.sealed import with_hidden_lines
from pipeline.reading.surroundings import sheet_alone
from pipeline.reading.watermarks import without_watermarks
from schemas.base import Box
from schemas.reading import Line, PageKind, PageReading, Seal, TextSource

MANY_LINES = 8
"""Lines that read well and lie level outweigh the network's doubt."""
FEW_LINES = 3
FEW_LETTERS = 4
SCANT_LETTERS = 30
CLEAR_LEAD = 0.3
"""Share by which one way up must read better than the next."""


@dataclass(frozen=True, eq=False)
class Draft:
    """A page picture as read so far: turned, its seals, its lines in order."""

    sheet: Sheet
    turn: int
    seals: tuple[Seal, ...]
    lines: tuple[RawLine, ...]
    ghost: bool = False
    """Only the other side's text, shining through."""

    @property
    def pixels(self) -> Pixels:
        return self.sheet.image

    @property
    def kept(self) -> list[RawLine]:
        return [line for line in self.lines if line.score >= KEEP]


def read_page(image: PageImage, engine: Engine) -> PageReading:
    """Reads one page: turned upright, lines in reading order, seals, signature places, tick boxes, codes."""
    started = time.perf_counter()
    if image.layer is not None:
        reading = _from_layer(image, image.layer, engine)
    elif image.pixels is None:
        reading = _empty(image, engine, PageKind.BLANK)
    else:
        reading = _from_picture(image, image.pixels, engine)
    return reading.model_copy(update={"seconds": round(time.perf_counter() - started, 3)})


def unreadable(sha256: str, engine: str, reason: str, seconds: float = 0.0) -> PageReading:
    """The reading of a page that could not be read. `reason` is a code of `pipeline.errors`."""
    return PageReading(
        sha256=sha256,
        engine=engine,
        kind=PageKind.UNREADABLE,
        text_source=TextSource.NONE,
        reason=reason,
        seconds=seconds,
    )


def _empty(image: PageImage, engine: Engine, kind: PageKind) -> PageReading:
    height, width = image.pixels.shape[:2] if image.pixels is not None else (0, 0)
    return PageReading(
        sha256=image.sha256,
        engine=engine.name,
        kind=kind,
        text_source=TextSource.NONE,
        width=width,
        height=height,
        dpi=_whole(image.dpi),
    )


def _whole(dpi: float | None) -> int | None:
    return round(dpi) if dpi else None


def _working_dpi(image: PageImage, pixels: Pixels) -> float:
    """A resolution to measure millimetres by, where the true one is not known."""
    return image.dpi or max(pixels.shape[:2]) / A4_LONG_INCHES


# Pages that are pictures.


def _from_picture(image: PageImage, pixels: Pixels, engine: Engine) -> PageReading:
    look = look_at(pixels)
    inverted = look.is_dark
    if inverted:
        # White on black: a negative, or nothing at all.
        pixels = np.asarray(255 - pixels, np.uint8)
        look = look_at(pixels)
    if look.is_empty:
        return _empty(image, engine, PageKind.BLACK if inverted else PageKind.BLANK)
    draft = _upright(pixels, look, _working_dpi(image, pixels), engine)
    if inverted and legible_letters(draft.lines) < FEW_LETTERS:
        return _empty(image, engine, PageKind.BLACK)
    if draft.ghost:
        return _empty(image, engine, PageKind.BLANK)
    return _finished(image, draft, look, engine)


def _upright(pixels: Pixels, look: Look, dpi: float, engine: Engine) -> Draft:
    """The page read as the network says it lies. Where that reads badly, the mirror and the other ways are tried.

    A sheet whose text reads in a mirror is a back: its draft comes without lines.
    """
    seen = by_picture(pixels)
    draft = _read(pixels, seen.turn, dpi, engine)
    if seen.turn and legible_letters(draft.lines) < SCANT_LETTERS:
        # The network guesses on a sheet that bears a date and a seal and nothing else; as fed is the better guess.
        as_fed = _read(pixels, 0, dpi, engine)
        if legible_letters(as_fed.lines) >= legible_letters(draft.lines):
            draft, seen = as_fed, replace(seen, turn=0)
    if stands_upright(draft.lines) and (seen.score >= SURE or len(draft.lines) >= MANY_LINES):
        return draft
    if look.may_shine_through and (look.is_pale or not draft.seals) and _is_show_through(draft, engine):
        return replace(draft, lines=(), ghost=True)
    if len(draft.lines) < FEW_LINES and seen.score >= SURE:
        return draft
    tried = by_reading(pixels, engine, seen.turn)
    if tried.turn == seen.turn or tried.score < CLEAR_LEAD:
        return draft
    other = _read(pixels, tried.turn, dpi, engine)
    return other if legible_letters(other.lines) >= legible_letters(draft.lines) else draft


def _read(pixels: Pixels, turn: int, dpi: float, engine: Engine) -> Draft:
    upright = turned(pixels, turn)
    sheet = Sheet(*sheet_alone(upright, dpi))
    seals = find_seals_on(sheet)
    cleaned = without_red_seals(upright, seals)
    lifted = without_grey_seals(cleaned, seals)
    # What lifting may have taken with it comes back from the picture in which nothing was lifted.
    read = without_watermarks(engine.read(lifted, dpi))
    lines = in_order(with_hidden_lines(read, cleaned, seals, dpi, engine))
    lines = [line for line in settled(lines, upright, lifted, seals, engine) if not is_no_text(line, dpi)]
    return Draft(sheet, turn, seals, tuple(lines))


def _is_show_through(draft: Draft, engine: Engine) -> bool:
    """A back through which the front's text shines: it reads better in a mirror."""
    if not draft.lines or not is_illegible(draft.lines):
        return False
    # A mirrored page looks upside down as often as not, so its mirror image is tried both ways up.
    mirrors = (draft.pixels[:, ::-1], draft.pixels[::-1])
    best = max(legible_letters(engine.read(np.ascontiguousarray(mirror))) for mirror in mirrors)
    return best > max(8, 2 * legible_letters(draft.lines))


def _finished(image: PageImage, draft: Draft, look: Look, engine: Engine) -> PageReading:
    height, width = draft.pixels.shape[:2]
    shares = _pen_shares(draft.kept, draft.seals, draft.pixels)
    lines = _lines(draft.kept, shares, draft.pixels)
    kind = kind_of(draft.lines, look, mostly_by_pen(lines, shares))
    if only_page_number(lines) and not draft.seals:
        rest = look_at(draft.pixels, [line.box for line in lines])
        empty = rest.is_empty or (rest.is_faint and not rest.is_smeared) or rest.ink < 0.0005
        kind = PageKind.BLANK if empty else kind
    skew = skew_degrees(draft.kept)
    if abs(skew) < SLOPES:
        marks = _marks(draft.sheet, lines, draft.seals, engine)
    else:
        level = laid_level(draft.sheet, draft.kept, lines, draft.seals, skew)
        marks = level.marks(_marks(level.sheet, level.lines, level.seals, engine))
    if marks.seals and kind is PageKind.BLANK:
        kind = PageKind.CONTENT
    return PageReading(
        sha256=image.sha256,
        engine=engine.name,
        kind=kind,
        text_source=TextSource.OCR if lines else TextSource.NONE,
        rotation=draft.turn,
        skew=skew,
        width=width,
        height=height,
        dpi=_whole(image.dpi),
        quality=min(1.0, mean_score(lines)),
        low_quality=is_poor(draft.lines, image.dpi) or (not lines and kind is PageKind.CONTENT),
        inked=kind is PageKind.BLANK and look.may_be_smeared,
        lines=lines,
        seals=marks.seals,
        signature_places=marks.signature_places,
        tick_boxes=marks.tick_boxes,
        codes=marks.codes,
        foot=marks.foot,
    )


def _pen_shares(raw: Sequence[RawLine], seals: Sequence[Seal], picture: Pixels) -> list[float]:
    """The share of each line that a pen wrote; all of what, on a page read well, reads badly with no seal over it."""
    height, width = picture.shape[:2]
    typical = float(np.median([line.score for line in raw])) if raw else 0.0
    boxes = [box_of(line, width, height) for line in raw]
    shares = by_pen(picture, [line.corners for line in raw], boxes, seals)
    return [
        1.0 if typical >= 0.93 and line.score < 0.75 and not touches(box, seals) else share
        for line, box, share in zip(raw, boxes, shares, strict=True)
    ]


def _lines(raw: Sequence[RawLine], shares: Sequence[float], picture: Pixels) -> tuple[Line, ...]:
    """Lines of the schema."""
    height, width = picture.shape[:2]
    return tuple(
        _line(line, box_of(line, width, height), by_pen=share > 0) for line, share in zip(raw, shares, strict=True)
    )


def _line(line: RawLine, box: Box, *, by_pen: bool) -> Line:
    text, doubts = stripped(line.text, line.doubts)
    return Line(text=text, box=box, score=min(1.0, max(0.0, line.score)), handwritten=by_pen, doubts=doubts)


def _marks(sheet: Sheet, lines: Sequence[Line], seals: Sequence[Seal], engine: Engine) -> Marks:
    return find_marks_on(sheet, lines, seals, strip_reader(engine))


# Pages that bring their own text.


def _from_layer(image: PageImage, layer: tuple[Line, ...], engine: Engine) -> PageReading:
    reading = _empty(image, engine, PageKind.CONTENT if layer or image.seals else PageKind.BLANK)
    lines, marks = layer, Marks(seals=image.seals)
    if image.pixels is not None:
        sheet = Sheet(image.pixels, _working_dpi(image, image.pixels))
        seals = (*image.seals, *_new(find_seals_on(sheet), image.seals))
        lines = (*layer, *_unsaid_lines(image, image.pixels, layer, seals, engine))
        marks = _marks(sheet, lines, seals, engine)
    return reading.model_copy(
        update={
            "kind": PageKind.CONTENT if lines or marks.seals else reading.kind,
            "text_source": TextSource.LAYER if lines else TextSource.NONE,
            "rotation": image.turn,
            "quality": min(1.0, mean_score(lines)),
            "lines": lines,
            "seals": marks.seals,
            "signature_places": marks.signature_places,
            "tick_boxes": marks.tick_boxes,
            "codes": marks.codes,
            "foot": marks.foot,
        }
    )


def _new(found: Sequence[Seal], declared: Sequence[Seal]) -> list[Seal]:
    return [seal for seal in found if not touches(seal.box, declared)]


def _unsaid_lines(
    image: PageImage, pixels: Pixels, layer: Sequence[Line], seals: Sequence[Seal], engine: Engine
) -> tuple[Line, ...]:
    """What stands in pasted pictures and form fields, of which the layer says nothing."""
    if not image.pictures:
        return ()
    cleaned = without_red_seals(pixels, seals)
    raw = [line for line in in_order(engine.read(cleaned, image.dpi)) if line.score >= KEEP]
    found = _lines(raw, _pen_shares(raw, seals, pixels), pixels)
    return tuple(
        line
        for line in found
        if any(_centre_in(line.box, picture) for picture in image.pictures)
        and not any(_centre_in(line.box, own.box) or _centre_in(own.box, line.box) for own in layer)
    )


def _centre_in(inner: Box, outer: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]
