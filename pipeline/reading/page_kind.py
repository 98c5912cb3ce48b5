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
DISPUTED = 0.55
"""Highest score of a line whose digits were read in two ways."""
JUDGED_LETTERS = 30
"""Fewer letters than this say nothing of the scan's quality."""
SMALL_LETTERS = ((140, 20), (110, 26))
"""Below this resolution, letters of fewer pixels cannot be trusted. Measured on degraded pages: at 120 dpi up to 0.7 %
wrong characters, at 105 dpi up to 4.6 %, at 90 dpi up to 7.7 %, while the mean score falls only from 0.99 to 0.92."""
BY_PEN = 0.6
"""Share of a page's letters from which it is a handwritten page: below, it is a form that was filled in."""
HUGE_MM = 20.0
"""Letters above this height are on posters; covers have up to 15 mm. A shadow or the other side gives such boxes."""
BEYOND_MM = 60.0
"""No letter of a closing file is this high."""
UNSCALED_LETTERS = 18
"""Of a picture whose size on paper nobody knows, the letters alone tell. Print of the usual size has 20 to 23 pixels at
105 dpi and 17 to 20 at 90 dpi, where up to 7.7 % of the characters come out wrong."""
PAGE_NUMBER = re.compile(r"^[\s—\-–_·.第共]*\d{1,4}[\s—\-–_·.页]*$")


def legible_letters(lines: Sequence[RawLine]) -> int:
    """Letters that were read well, in lines of at least two."""
    return sum(len(line.text) for line in lines if line.score >= LEGIBLE and len(line.text.strip()) >= 2)


def mean_score(lines: Sequence[Line] | Sequence[RawLine]) -> float:
    """Mean score weighted by length; 0 where there is no text."""
    letters = sum(len(line.text) for line in lines)
    return sum(line.score * len(line.text) for line in lines) / letters if letters else 0.0


def is_illegible(lines: Sequence[RawLine]) -> bool:
    """Less than half could be read, although there may be ink: upside down, mirrored, handwriting, a photograph."""
    letters = sum(max(1, len(line.text)) for line in lines)
    return legible_letters(lines) < max(4, 0.5 * letters)


def stands_upright(lines: Sequence[RawLine]) -> bool:
    """Most of what was read is legible and lies level; on a page fed sideways, lines stand on end."""
    level = [line for line in lines if _width(line) >= _depth(line) or len(line.text.strip()) <= 1]
    return not is_illegible(lines) and 2 * sum(len(line.text) for line in level) > sum(len(line.text) for line in lines)


def only_page_number(lines: Sequence[Line]) -> bool:
    """At most two numbers in the margins."""
    marginal = all(line.box[3] < 0.15 or line.box[1] > 0.85 for line in lines)
    return 0 < len(lines) <= 2 and marginal and all(PAGE_NUMBER.match(line.text) for line in lines)


def letter_height(lines: Sequence[RawLine]) -> float:
    """Median height of the letters in pixels; 0 where there are none."""
    heights = [_height(line) for line in lines]
    return float(np.median(heights)) if heights else 0.0


def _width(line: RawLine) -> float:
    return float(np.linalg.norm(line.corners[1] - line.corners[0]))


def _depth(line: RawLine) -> float:
    return float(np.linalg.norm(line.corners[3] - line.corners[0]))


def _height(line: RawLine) -> float:
    # A detected box is about 1.5 times as tall as its letters.
    return min(_width(line), _depth(line)) / 1.5


def is_no_text(line: RawLine, dpi: float) -> bool:
    """A shadow or a whole column of the other side that was taken for a line: letters of a poster, and read badly; or a
    letter as large as the page, whatever it was read as."""
    height = _height(line) / dpi * 25.4
    return height > BEYOND_MM or (line.score < LEGIBLE and height > HUGE_MM)


def is_handwritten(lines: Sequence[RawLine]) -> bool:
    """Most of the text, by length, is read badly and its lines are of uneven height."""
    if len(lines) < 4:
        return False
    lengths = np.array([len(line.text) + 1 for line in lines], np.float64)
    weak = np.array([line.score < LEGIBLE for line in lines])
    heights = np.array([_height(line) for line in lines])
    uneven = float(np.median(np.abs(heights - np.median(heights))) / max(1.0, float(np.median(heights))))
    return float(lengths[weak].sum() / lengths.sum()) > 0.5 and uneven > 0.12


def _is_small(height: float, dpi: float | None) -> bool:
    if dpi is None:
        return height < UNSCALED_LETTERS
    return any(dpi < bound and height < pixels for bound, pixels in SMALL_LETTERS)


def is_poor(lines: Sequence[RawLine], dpi: float | None) -> bool:
    """True where the scan is too poor for its fields to be trusted.

    A number that was read twice and stays in dispute says something of that number, not of the scan: a date under a
    seal does not make a clean page poor, unless most of the text is in that state.
    """
    kept = [line for line in lines if line.score >= KEEP]
    if not kept:
        return False
    height = letter_height(kept)
    small = _is_small(height, dpi)
    settled = [line for line in kept if line.score > DISPUTED]
    letters = sum(len(line.text) for line in kept)
    if small or letters < JUDGED_LETTERS:
        return small
    return 2 * sum(len(line.text) for line in settled) < letters or mean_score(settled) < POOR_SCORE


def mostly_by_pen(lines: Sequence[Line], shares: Sequence[float]) -> bool:
    """Most of the letters were written, by the `shares` of their lines."""
    letters = sum(len(line.text) for line in lines)
    written = sum(len(line.text) * share for line, share in zip(lines, shares, strict=True))
    return letters >= JUDGED_LETTERS and written >= BY_PEN * letters


def kind_of(lines: Sequence[RawLine], look: Look, by_pen: bool) -> PageKind:
    """Kind of a page that is neither empty nor dark."""
    # Paler than any pencil: the other side. Stronger ink counts as the other side only if it has no form of lines.
    formless = all(len(line.text.strip()) <= 1 for line in lines)
    other_side = look.is_ghostly or (formless and (look.is_faint or look.ink < 0.001))
    if other_side and not look.is_smeared and not any(line.score >= KEEP for line in lines):
        return PageKind.BLANK
    return PageKind.HANDWRITTEN if by_pen or is_handwritten(lines) else PageKind.CONTENT
