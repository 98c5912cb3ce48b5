"""Signature places (签名处): the printed label, the room beside or below it, and what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.fingerprints import find_fingerprint, find_name_seal
from pipeline.reading.marks.geometry import Scale, covered, scale_of
from pipeline.reading.marks.handwriting import Ink, handwriting_score, measure_ink
from pipeline.reading.marks.patches import Patch, cut_patch
from pipeline.reading.marks.pen_at import PenEye
from pipeline.reading.marks.places import find_spots
from pipeline.reading.marks.rooms import Layout
from pipeline.reading.marks.spots import Spot
from schemas.base import Box, State
from schemas.reading import Line, Seal, SealColour, SignaturePlace

SURE_HAND, MAYBE_HAND = 0.7, 0.05
"""Handwriting scores. On drawn sheets in eight qualities down to coarse fax, in faces that nothing was fitted on (745 pens, 511
typed, half of these in another face than their label, larger or bolder), 95 % of the pens lie above 0.7 and 0.1 % below 0.05, of
the typed 4 % and two thirds. At 0.8 it would be 93 and 2 %, at 0.6 96 and 6 %."""
LARGER, SURE_PRINT = 0.25, -1.0
"""Ink that is this much taller than its label, or whose characters do not clearly speak for print, is not surely a typed name:
neat writing is as even as a typeface. Four legible signatures of 225 were called typed without it."""
GAP_MM = 4.5
"""Empty columns that part one cluster of ink from the next, so that a typed name and the signature behind it are two."""
SURELY_LABEL = 0.75
"""Share of a label's expected length that is its own: on a form with few words the print is measured too wide, gaps and all."""
LABEL_GAP_MM = 1.3
"""Wider than any gap between printed characters; a full-width colon alone leaves 1.5 mm."""
LEAST_HEIGHT_MM, LEAST_WIDTH_MM = 2.2, 2.5
"""Smaller ink is a dot, a tick or what is left of an underline."""


@dataclass(frozen=True)
class Sight:
    """What was seen in one region: the state, how sure, and where the ink is."""

    state: State
    score: float
    box: Box | None = None
    fingerprint: bool = False
    inked: bool = False
    """Whether there was ink to judge."""


@dataclass(frozen=True, eq=False)
class View:
    """The page that is looked at."""

    image: NDArray[np.uint8]
    dpi: float
    scale: Scale
    seals: tuple[Seal, ...]
    eye: PenEye


def find_signature_places(
    image: NDArray[np.uint8], dpi: float, lines: Sequence[Line], seals: Sequence[Seal], eye: PenEye | None = None
) -> tuple[SignaturePlace, ...]:
    """The signature places of an upright page, in the order of its lines. `eye`: for its print, if there is one already."""
    view = View(image, dpi, scale_of(image, dpi, lines), tuple(seals), eye or PenEye(image, lines))

    def label_end(box: Box, expected: float, followed: bool) -> float:
        return _end_of_print(cut_patch(image, dpi, box), box, expected, view.scale, followed=followed)

    return tuple(_place(view, spot) for spot in find_spots(Layout(tuple(lines), view.scale, label_end)))


def _end_of_print(patch: Patch, box: Box, expected: float, scale: Scale, *, followed: bool) -> float:
    """Where the label's last character ends: the gap in the ink nearest to where it should be.

    A label and the name behind it are often read as one line; the name is written larger, so that counting
    characters alone cuts into it. Where something was read behind it (`followed`), the line's last ink is not its own.
    """
    inked = np.flatnonzero(patch.ink.any(axis=0)) / patch.mm
    if len(inked) < 2:  # noqa: PLR2004 - a gap lies between two columns
        return expected
    gaps = np.flatnonzero(np.diff(inked) > LABEL_GAP_MM)
    ends = (inked[gaps] if followed else np.append(inked[gaps], inked[-1])) + 0.4
    wanted = (expected - box[0]) * scale.width_mm
    least = min(wanted - 1.6 * scale.pitch_mm, SURELY_LABEL * wanted if followed else wanted)
    ends = ends[(ends > least) & (ends < wanted + 2.0 * scale.pitch_mm)]
    if not len(ends):
        return expected
    return box[0] + scale.across(float(ends[np.abs(ends - wanted).argmin()]))


def _place(view: View, spot: Spot) -> SignaturePlace:
    label_patch = cut_patch(view.image, view.dpi, spot.label_box)
    label = measure_ink(label_patch, label_patch.ink, spot.pitch_mm)
    sight, box = _look(view, spot.beside, spot.masked, spot, label), spot.beside
    if sight.state is not State.FOUND and spot.below is not None:
        below = _look(view, spot.below, spot.masked_below, spot, label)
        if below.state is not State.MISSING:
            sight, box = below, spot.below
    if spot.doubtful and sight.state is State.MISSING and sight.inked:
        sight = replace(sight, state=State.UNCERTAIN, score=round(1 - sight.score, 3))
    if spot.followed and sight.state is State.MISSING and not sight.inked:
        # A name was read here, and the ink was looked for beside it: under a thumb, or behind a gap in the label.
        sight = replace(sight, state=State.UNCERTAIN, score=UNSEEN)
    if sight.state is State.MISSING and not sight.inked:
        sight = _thumb_at_label(view, spot) or sight
    return SignaturePlace(
        label=spot.label,
        label_box=spot.label_box,
        box=sight.box or box,
        state=sight.state,
        score=sight.score,
        fingerprint=sight.fingerprint,
    )


def _look(view: View, region: Box, masked: tuple[Box, ...], spot: Spot, label: Ink | None) -> Sight:
    patch = _own_cell(cut_patch(view.image, view.dpi, region, masked), spot, region, view.scale, view.seals)
    if patch.empty:
        return Sight(State.UNCERTAIN, 0.3)
    thumb = find_fingerprint(patch, region, view.scale, view.seals)
    if thumb is not None:
        return Sight(State.FOUND, 0.9, thumb, fingerprint=True)
    name_seal = find_name_seal(region, view.scale, view.seals)
    if name_seal is not None:
        return Sight(State.FOUND, 0.85, name_seal, inked=True)
    best = Sight(State.MISSING, 0.95)
    for ink in _inks(patch, spot.pitch_mm):
        sight = _judge(view, ink, label, region)
        doubted = _under_grey_seal(sight, view.seals)
        if doubted is not sight:
            doubted = _beside_grey_seals(view, patch, region, spot, label) or doubted
        best = max(best, doubted, key=_rank) if best.inked else doubted
    return best


def _beside_grey_seals(view: View, patch: Patch, region: Box, spot: Spot, label: Ink | None) -> Sight | None:
    """What stands beside the grey seals that reach into a place, where it is a hand's by itself and as wide as a name."""
    ink = patch.ink.astype(np.uint8)
    for seal in view.seals:
        if seal.colour is SealColour.GREY:
            left, right = ((x - region[0]) * view.scale.width_mm for x in seal.box[::2])
            top, bottom = ((y - region[1]) * view.scale.height_mm for y in seal.box[1::2])
            middle = round((left + right) / 2 * patch.mm), round((top + bottom) / 2 * patch.mm)
            reach = ((right - left) / 2 + RING_MM, (bottom - top) / 2 + RING_MM)
            cv2.ellipse(ink, middle, (round(reach[0] * patch.mm), round(reach[1] * patch.mm)), 0, 0, 360, 0, -1)
    for rest in _inks(replace(patch, ink=ink > 0), spot.pitch_mm):
        sight = _judge(view, rest, label, region)
        if sight.state is State.FOUND and rest.width >= NAME_MM:
            return sight
    return None


RING_MM, NAME_MM = 1.0, 8.0
"""How far a ring's ink may lie outside the seal's box, and how wide a name of two letters is at least."""


def _thumb_at_label(view: View, spot: Spot) -> Sight | None:
    """A thumb pressed on the label or under it, with nothing beside it: someone may have signed there, or in the next place."""
    left, top, right, bottom = spot.label_box
    across, down = view.scale.across(THUMB_MM[0]), view.scale.down(THUMB_MM[1])
    region = (max(0.0, left - across), max(0.0, top - down), min(1.0, right + across), min(1.0, bottom + down))
    patch = cut_patch(view.image, view.dpi, region)
    thumb = None if patch.empty else find_fingerprint(patch, region, view.scale, view.seals)
    return None if thumb is None else Sight(State.UNCERTAIN, UNSEEN, thumb, fingerprint=True)


THUMB_MM = (4.0, 11.0)
"""How far beside, and above or below its label's letters, a thumb may reach that was pressed on it."""


def _inks(patch: Patch, pitch_mm: float) -> Iterator[Ink]:
    """The clusters of ink that are large enough to be a name."""
    for mask in _clusters(patch):
        ink = measure_ink(patch, mask, pitch_mm)
        if ink is not None and ink.height >= LEAST_HEIGHT_MM and ink.width >= LEAST_WIDTH_MM:
            yield ink


def inks_at_places(
    image: NDArray[np.uint8], dpi: float, lines: Sequence[Line]
) -> Iterator[tuple[Ink, Ink | None, Box, NDArray[np.float64]]]:
    """What stands in the page's signature places: each cluster of ink, its label's print, where it is, its pen odds."""
    view = View(image, dpi, scale_of(image, dpi, lines), (), PenEye(image, lines))

    def label_end(box: Box, expected: float, followed: bool) -> float:
        return _end_of_print(cut_patch(image, dpi, box), box, expected, view.scale, followed=followed)

    for spot in find_spots(Layout(tuple(lines), view.scale, label_end)):
        label_patch = cut_patch(image, dpi, spot.label_box)
        label = measure_ink(label_patch, label_patch.ink, spot.pitch_mm)
        patch = _own_cell(cut_patch(image, dpi, spot.beside, spot.masked), spot, spot.beside, view.scale)
        for ink in _inks(patch, spot.pitch_mm) if not patch.empty else ():
            box = _box_of(ink, spot.beside, view.scale)
            yield ink, label, box, view.eye.odds(box)


def _own_cell(patch: Patch, spot: Spot, region: Box, scale: Scale, seals: Sequence[Seal] = ()) -> Patch:
    """The patch without what lies beyond the table lines around the label's own cell or the one beside it.

    A ring's arc is no table line: what lies within a seal's box does not count for one.
    """
    if patch.empty:
        return patch
    ink = patch.ink.copy()
    height = ink.shape[0]
    clear = _outside(patch, region, scale, seals)
    columns = np.flatnonzero(_crossing(_level_with(patch.upright, spot, region), _level_with(clear, spot, region), 0))
    tall = patch.upright[:, columns].sum(axis=0)
    # A stroke of the name may be as tall as its label; the borders of one row of a form are all as tall as the row.
    downs = columns[tall > AS_TALL * tall.max(initial=0)] / patch.mm
    downs = downs[np.append([True], np.diff(downs) > 1.0)] if len(downs) else downs
    asks_here = spot.label[-1:] in COLONS
    ends = downs[downs > OWN_BORDER_MM] if asks_here else downs[1:]
    if len(ends):
        ink[:, int(ends[0] * patch.mm) :] = False
    levels = np.flatnonzero(_crossing(patch.level, clear, 1))
    top = (spot.label_box[1] - region[1]) * scale.height_mm * patch.mm
    above = levels[levels < top]
    if len(above):
        ink[: int(above[-1])] = False
    bottom = (spot.label_box[3] - region[1]) * scale.height_mm * patch.mm
    below = levels[levels > max(bottom, 0 if region[1] < spot.label_box[3] else HEAD_BORDER_MM * patch.mm)]
    if len(below):
        ink[min(height, int(below[0] + UNDER_LINE_MM * patch.mm)) :] = False
    return replace(patch, ink=ink)


def _outside(patch: Patch, region: Box, scale: Scale, seals: Sequence[Seal]) -> NDArray[np.bool_]:
    """The pixels of a patch that lie in no seal's box."""
    clear = np.ones(patch.ink.shape, np.bool_)
    for seal in seals:
        left, right = (round((x - region[0]) * scale.width_mm * patch.mm) for x in seal.box[::2])
        top, bottom = (round((y - region[1]) * scale.height_mm * patch.mm) for y in seal.box[1::2])
        rim = round(RING_MM * patch.mm)
        clear[max(0, top - rim) : max(0, bottom + rim), max(0, left - rim) : max(0, right + rim)] = False
    return clear


def _crossing(lines: NDArray[np.bool_], clear: NDArray[np.bool_], axis: int) -> NDArray[np.bool_]:
    """Which columns (axis 0) or rows (axis 1) a table line crosses, by what of them lies in the clear."""
    seen = clear.sum(axis=axis)
    crossed = (lines & clear).sum(axis=axis)
    return np.asarray((crossed > CROSSING * seen) & (seen >= SEEN * clear.shape[axis]), np.bool_)


def _level_with(rows: NDArray[np.bool_], spot: Spot, region: Box) -> NDArray[np.bool_]:
    """The rows of a region that lie beside its label; all, unless the region is much taller: its cell may end sooner."""
    tall, own = region[3] - region[1], spot.label_box[3] - spot.label_box[1]
    if tall <= MUCH_TALLER * own:
        return rows
    first = int((spot.label_box[1] - region[1]) / tall * len(rows))
    last = int(np.ceil((spot.label_box[3] - region[1]) / tall * len(rows)))
    own_rows = rows[max(0, first) : max(first + 1, last)]
    return own_rows if len(own_rows) else rows  # the region begins below its label


MUCH_TALLER = 3.0
UNSEEN = 0.3
"""Score of a place at which a name was read and no ink was made out."""
CROSSING = 0.8
"""Share of the region's height or width that a table line crosses."""
SEEN = 0.3
"""Share of it that must lie outside all seals."""
AS_TALL = 0.7
COLONS = ":：;；"
OWN_BORDER_MM = 14.0
"""A line down nearer than this behind a label with a colon leaves no room: one signs in the next cell. A label
without a colon fills its cell alone, and the name stands in the next cell however wide its own is."""
HEAD_BORDER_MM = 5.0
"""Within this below a heading lies its own cell's border, beyond which one signs."""
UNDER_LINE_MM = 2.0
"""How far a pen goes below the line it writes on."""


def _judge(view: View, ink: Ink, label: Ink | None, region: Box) -> Sight:
    box = _box_of(ink, region, view.scale)
    odds = view.eye.odds(box)
    hand = handwriting_score(ink, label, odds)
    if hand >= SURE_HAND:
        return Sight(State.FOUND, round(hand, 3), box, inked=True)
    if hand >= MAYBE_HAND or _may_be_neat(ink, label, odds):
        return Sight(State.UNCERTAIN, round(hand, 3), box, inked=True)
    return Sight(State.MISSING, round(1 - hand, 3), inked=True)


def _may_be_neat(ink: Ink, label: Ink | None, odds: NDArray[np.float64]) -> bool:
    """Whether a neat hand may have written what looks like print, by its size and its characters."""
    if not len(odds):
        return False
    larger = label is not None and ink.height > label.height * (1 + LARGER)
    return larger or float(odds.mean()) > SURE_PRINT


def _box_of(ink: Ink, region: Box, scale: Scale) -> Box:
    return (
        region[0] + scale.across(ink.left),
        region[1] + scale.down(ink.top),
        region[0] + scale.across(ink.right),
        region[1] + scale.down(ink.bottom),
    )


def _under_grey_seal(sight: Sight, seals: Sequence[Seal]) -> Sight:
    """On a grey copy a seal's own words look like a pen: what stands in one cannot be told."""
    if sight.state is not State.FOUND or sight.box is None:
        return sight
    grey = [seal.box for seal in seals if seal.colour is SealColour.GREY]
    if any(covered(sight.box, box) > SEAL_SHARE for box in grey):
        return replace(sight, state=State.UNCERTAIN, score=round(sight.score * 0.6, 3))
    return sight


SEAL_SHARE = 0.12


def _rank(sight: Sight) -> tuple[int, float]:
    order = {State.MISSING: 0, State.UNCERTAIN: 1, State.FOUND: 2}
    return order[sight.state], sight.score if sight.state is State.FOUND else -sight.score


def _clusters(patch: Patch) -> Iterator[NDArray[np.bool_]]:
    """The ink parted where columns stay empty. Specks that hang together with nothing are left out."""
    mm = patch.mm
    _, labels, stats, _ = cv2.connectedComponentsWithStats(patch.ink.astype(np.uint8), connectivity=8)
    dust = stats[:, cv2.CC_STAT_AREA] < max(3.0, 0.06 * mm * mm)
    kept = patch.ink & ~dust[labels]
    columns = kept.any(axis=0).astype(np.uint8)[None]
    joined = np.asarray(cv2.morphologyEx(columns, cv2.MORPH_CLOSE, np.ones((1, int(GAP_MM * mm) | 1), np.uint8)))[0]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], joined.astype(np.int8), [0]])))
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        mask = np.zeros_like(kept)
        mask[:, start:stop] = kept[:, start:stop]
        yield mask
