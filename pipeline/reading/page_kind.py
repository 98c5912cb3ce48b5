"""What kind of page it is once it has been read, and whether the scan is good enough (页面类别, 质量)."""

# ruff: noqa: PLR2004 - grey levels, millimetres and shares are said where they are used

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from pipeline.reading.appearance import Look
from pipeline.reading.engine import RawLine
from schemas.reading import Line, PageKind

KEEP = 0.5
"""Lines below are junk: pieces of seals, signatures and specks."""
LEGIBLE = 0.8
POOR_SCORE = 0.9
LOW_DPI = 140
SMALL_LETTERS = 20
"""Pixels of letter height that 10.5-point type has at 140 dpi."""
PAGE_NUMBER = re.compile(r"^[\s—\-–_·.第共]*\d{1,4}[\s—\-–_·.页]*$")


def legible_letters(lines: Sequence[RawLine]) -> int:
    """Letters that were read well, in lines of at least two."""
    return sum(len(line.text) for line in lines if line.score >= LEGIBLE and len(line.text.strip()) >= 2)


def mean_score(lines: Sequence[Line] | Sequence[RawLine]) -> float:
    """Mean score weighted by length; 0 where there is no text."""
    letters = sum(len(line.text) for line in lines)
    return sum(line.score * len(line.text) for line in lines) / letters if letters else 0.0


def is_illegible(lines: Sequence[RawLine]) -> bool:
    """Hardly anything could be read, although there may be ink: upside down, mirrored, handwriting, a photograph."""
    letters = sum(max(1, len(line.text)) for line in lines)
    return legible_letters(lines) < max(4, 0.25 * letters)


def only_page_number(lines: Sequence[Line]) -> bool:
    """At most two numbers in the margins."""
    marginal = all(line.box[3] < 0.15 or line.box[1] > 0.85 for line in lines)
    return 0 < len(lines) <= 2 and marginal and all(PAGE_NUMBER.match(line.text) for line in lines)


def letter_height(lines: Sequence[RawLine]) -> float:
    """Median height of the letters in pixels; 0 where there are none."""
    heights = [_height(line) for line in lines]
    return float(np.median(heights)) if heights else 0.0


def _height(line: RawLine) -> float:
    across = np.linalg.norm(line.corners[1] - line.corners[0])
    down = np.linalg.norm(line.corners[3] - line.corners[0])
    # A detected box is about 1.5 times as tall as its letters.
    return float(min(across, down)) / 1.5


def is_handwritten(lines: Sequence[RawLine]) -> bool:
    """Most of the text, by length, is read badly and its lines are of uneven height."""
    if len(lines) < 4:
        return False
    lengths = np.array([len(line.text) + 1 for line in lines], np.float64)
    weak = np.array([line.score < LEGIBLE for line in lines])
    heights = np.array([_height(line) for line in lines])
    uneven = float(np.median(np.abs(heights - np.median(heights))) / max(1.0, float(np.median(heights))))
    return float(lengths[weak].sum() / lengths.sum()) > 0.5 and uneven > 0.12


def is_poor(lines: Sequence[RawLine], dpi: float | None) -> bool:
    """True where the scan is too poor for its fields to be trusted."""
    kept = [line for line in lines if line.score >= KEEP]
    if not kept:
        return False
    small = letter_height(kept) < SMALL_LETTERS
    return mean_score(kept) < POOR_SCORE or (dpi is not None and dpi < LOW_DPI and small)


def kind_of(lines: Sequence[RawLine], look: Look) -> PageKind:
    """Kind of a page that is neither empty nor dark."""
    if not any(line.score >= KEEP for line in lines) and (look.is_faint or look.ink < 0.001):
        return PageKind.BLANK
    return PageKind.HANDWRITTEN if is_handwritten(lines) else PageKind.CONTENT
