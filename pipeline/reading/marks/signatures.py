"""Signature places (签名处): the printed label, the region beside or below it, and what stands there."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks.handwriting import judge_ink, measure_ink
from pipeline.reading.marks.labels import Label, labels_in
from pipeline.reading.marks.patches import cut_patch
from pipeline.reading.marks.planes import MM_PER_INCH
from schemas.base import Box, State
from schemas.reading import Line, Seal, SignaturePlace

REACH_MM = 70.0
FOOT = 0.45
"""Bare roles (`申请人：`) above this share of the page are fields of the paper's head."""
DATE = re.compile(r"[年月日]\s*$|\d{4}\s*[年.\-/]")


def find_signature_places(
    image: NDArray[np.uint8], dpi: float, lines: Sequence[Line], seals: Sequence[Seal]
) -> tuple[SignaturePlace, ...]:
    """The signature places of an upright page, top to bottom."""
    del seals
    found: list[SignaturePlace] = []
    for index, line in enumerate(lines):
        labels = labels_in(line.text)
        for position, label in enumerate(labels):
            if label.bare and line.box[1] < FOOT:
                continue
            following = labels[position + 1] if position + 1 < len(labels) else None
            found.append(_place(image, dpi, lines, index, label, following))
    return tuple(found)


def _place(
    image: NDArray[np.uint8], dpi: float, lines: Sequence[Line], index: int, label: Label, following: Label | None
) -> SignaturePlace:
    line = lines[index]
    left, top, right, bottom = line.box
    label_box = (_at(line, label.start), top, _at(line, label.end), bottom)
    height = bottom - top
    stop = min(0.98, label_box[2] + REACH_MM / MM_PER_INCH * dpi / image.shape[1])
    if following is not None:
        stop = _at(line, following.start)
    for other in lines:
        same_row = abs((other.box[1] + other.box[3]) / 2 - (top + bottom) / 2) < height * 0.6
        if same_row and other.box[0] > label_box[2] and (labels_in(other.text) or DATE.search(other.text)):
            stop = min(stop, other.box[0])
    region: Box = (label_box[2], max(0.0, top - 0.9 * height), max(label_box[2], stop), min(1.0, bottom + 0.5 * height))
    masked = tuple(
        other.box
        for at, other in enumerate(lines)
        if at != index and not _in_row(other.box, line.box) and other.score > 0.8
    )
    label_patch = cut_patch(image, dpi, label_box)
    opinion = judge_ink(cut_patch(image, dpi, region, masked), measure_ink(label_patch, label_patch.ink))
    box = region
    if opinion.ink is not None and opinion.state is not State.MISSING:
        unit_x, unit_y = dpi / MM_PER_INCH / image.shape[1], dpi / MM_PER_INCH / image.shape[0]
        ink = opinion.ink
        box = (
            region[0] + ink.left * unit_x,
            region[1] + ink.top * unit_y,
            region[0] + ink.right * unit_x,
            region[1] + ink.bottom * unit_y,
        )
    return SignaturePlace(label=label.text, label_box=label_box, box=box, state=opinion.state, score=opinion.score)


def _in_row(box: Box, row: Box) -> bool:
    middle = (box[1] + box[3]) / 2
    height = row[3] - row[1]
    return row[1] - 0.5 * height < middle < row[3] + 0.5 * height


def _at(line: Line, index: int) -> float:
    """Where the character stands, by the widths of those before it."""
    widths = [1.0 if ord(char) > 0x2E7F else 0.5 for char in line.text]  # noqa: PLR2004 - CJK and full width
    share = sum(widths[:index]) / max(0.5, sum(widths))
    return line.box[0] + (line.box[2] - line.box[0]) * share
