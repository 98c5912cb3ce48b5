"""A second look at lines that matter and are in doubt (复读): numbers and dates, and text under seals.

A wrong digit in an identity number or a date is a confident error further on. Where two readings of the same ink
disagree on a digit, the better one stays, but its score says that it is not sure.
"""

# ruff: noqa: PLR2004 - grey levels, millimetres and shares are said where they are used

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.engine import Engine, RawLine
from pipeline.reading.gaps import AROUND_NUMBERS, is_numeric, lacks_letters
from pipeline.reading.grey_seals import covers
from pipeline.reading.levels import levels
from pipeline.reading.order import box_of
from pipeline.reading.page_image import Pixels
from pipeline.reading.page_kind import DISPUTED
from pipeline.reading.recognition import LOST_LETTER, crop_line
from pipeline.reading.seal_text import touches
from schemas.reading import Seal

SURE_LINE = 0.93
SURE_DIGIT = 0.85
SURE_VOTE = 0.96
SHORT = 26
"""Letters of a line in a form; prose is read well or badly as a whole."""
_NUMERAL = r"[\d〇零○一二三四五六七八九]"
ODD_DATE = re.compile(
    rf"(?<!{_NUMERAL})(?:{_NUMERAL}{{1,3}}|{_NUMERAL}{{5,}})年\s*[\d一二三四五六七八九十]{{1,3}}\s*月.{{0,4}}日"
    r"|(?<!\d)\d{3}([.\-/])\d{1,2}\1\d{1,2}(?!\d)"
)
"""A date whose year has not four digits: one was cut off or taken for a bracket, or the writer left two out. Written with
points, two digits are a year as well: 23.5.11."""
CHINESE_DATE = re.compile(r"[〇零一二三四五六七八九]{2,4}年|[一二三四五六七八九十]月")
TALL = 72
"""Pixels of height at which a line is read again: half as much again as the recogniser's own."""
MOST_DOUBTS, MOST_FORMS = 40, 20
"""Lines of a page that are read again at most: a page of many doubts is poor, one of many numbers a bank statement."""


def settled(
    lines: Sequence[RawLine], original: Pixels, cleaned: Pixels, seals: Sequence[Seal], engine: Engine
) -> list[RawLine]:
    """The lines, with numbers, dates and what lies under a seal read once more."""
    height, width = original.shape[:2]
    doubts, forms, result = MOST_DOUBTS, MOST_FORMS, []
    for line in lines:
        box = box_of(line, width, height)
        sealed, grey = touches(box, seals), any(covers(seal, box) for seal in seals)
        doubtful = is_doubtful(line) or (sealed and line.score < SURE_LINE) or (grey and holds_number(line.text))
        if doubtful and doubts > 0:
            doubts -= 1
        elif not doubtful and is_form_number(line) and forms > 0:
            forms -= 1
        else:
            result.append(line)
            continue
        look = _under_grey if grey else _again
        result.append(_doubted(look(line, original if sealed else None, cleaned, engine)))
    return result


def digits(text: str) -> str:
    """The digits of a line, and its Chinese numerals where they write a date."""
    counts = str.isnumeric if CHINESE_DATE.search(text) else str.isdigit
    return "".join(letter for letter in text if counts(letter))


def holds_number(text: str) -> bool:
    """A number, or a piece of a date."""
    return any(map(is_numeric, text)) and (len(digits(text)) >= 4 or any(map(AROUND_NUMBERS.__contains__, text)))


def is_doubtful(line: RawLine) -> bool:
    """A number that the engine doubts, or a date that cannot be one."""
    unsure = line.score < SURE_LINE or line.weakest_digit < SURE_DIGIT
    return bool(digits(line.text)) and (unsure or bool(ODD_DATE.search(line.text)))


def is_form_number(line: RawLine) -> bool:
    """A short line that holds a number of at least four digits, as the cells of a form do."""
    return len(digits(line.text)) >= 4 and len(line.text) <= SHORT


def _again(line: RawLine, original: Pixels | None, cleaned: Pixels, engine: Engine) -> RawLine:
    """The best of two readings, or of three where two dispute a digit or a seal lies on the line."""
    corners = _wider(line.corners)
    readings = [line]

    def look(view: Pixels) -> None:
        other = replace(engine.read_line(view), corners=line.corners)
        readings.extend([other] if other.text.strip() else [])

    look(_clear(crop_line(cleaned, corners, TALL)))
    if original is not None or len({digits(reading.text) for reading in readings}) > 1:
        look(crop_line(cleaned if original is None else original, corners, TALL))
    return _chosen(readings)


def _chosen(readings: Sequence[RawLine]) -> RawLine:
    best = weighed(readings)
    passed_over = sum(reading.weakest_digit <= LOST_LETTER for reading in readings)
    # Ink between its numerals that most looks leave unread: the number may lack a digit in all of them.
    return _disputed(best) if best.weakest_digit <= LOST_LETTER or 2 * passed_over > len(readings) else best


def _under_grey(line: RawLine, original: Pixels | None, cleaned: Pixels, engine: Engine) -> RawLine:
    """As `_again`, but under a seal whose strokes look like those of print: both with and without it, the same numerals.

    A stroke of a star or ring makes a 二 of a 三 in every look at the same picture, so that looks alike prove nothing. Where
    the seal was lifted, the two pictures differ in its strokes; where it could not be, the level strokes are counted.
    """
    corners = _wider(line.corners)
    lifted = engine.read_line(_clear(crop_line(cleaned, corners, TALL)))
    plain = engine.read_line(crop_line(cleaned if original is None else original, corners, TALL))
    best = _chosen([line, *(each for each in (lifted, plain) if each.text.strip())])
    best = replace(best, corners=line.corners)
    ours, bare, covered = (numerals(each.text) for each in (best, lifted, plain))
    if not ours or ours == bare == covered:
        agreed = not best.miscounted
    else:
        # Letters that the seal covers and that come out without it are no contradiction.
        agreed = ours == bare and lifted.score >= SURE_VOTE and lacks_letters(covered, bare)
    return best if agreed else _disputed(best)


def numerals(text: str) -> str:
    """All numerals of a line, every zero alike."""
    return "".join("〇" if letter in "零○" else letter for letter in text if is_numeric(letter))


def _doubted(line: RawLine) -> RawLine:
    """The line, not sure where its date cannot be one."""
    return _disputed(line) if ODD_DATE.search(line.text) else line


def _disputed(line: RawLine) -> RawLine:
    return replace(line, score=min(line.score, DISPUTED), weakest_digit=min(line.weakest_digit, DISPUTED))


def weighed(readings: Sequence[RawLine]) -> RawLine:
    """One reading out of several of the same ink, the first from the tighter box; less sure where digits are disputed."""
    rivals = [reading for reading in readings if reading.score >= 0.5] or list(readings)
    number, votes = Counter(digits(reading.text) for reading in rivals).most_common(1)[0]
    best = max(rivals, key=lambda reading: reading.score)
    if votes == len(rivals):
        return best
    elected = max((each for each in rivals if digits(each.text) == number), key=lambda reading: reading.score)
    # Clear print has 0.99 here; a pen's 1 that looks like a 2 has less.
    if votes > 1 and min(elected.score, elected.weakest_digit) >= SURE_VOTE:
        return elected
    longest = max(rivals, key=lambda reading: len(digits(reading.text)))
    if all(_was_cut(reading, longest) for reading in rivals if digits(reading.text) != digits(longest.text)):
        return longest
    return _disputed(best)


def _is_sure(reading: RawLine) -> bool:
    return reading.score >= SURE_LINE - 0.03 and reading.weakest_digit >= SURE_DIGIT


def _was_cut(shorter: RawLine, longer: RawLine) -> bool:
    """Whether the shorter reading is the longer one less a first or last digit that its tight box cut off.

    A table rule next to a number reads as a 1, so a 1 is never gained in this way.
    """
    few, many = digits(shorter.text), digits(longer.text)
    if not _is_sure(longer) or len(many) - len(few) != 1:
        return False
    return (many[1:] == few and many[0] != "1") or (many[:-1] == few and many[-1] != "1")


def _wider(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """The box grown a little: a first or last digit is what a tight box cuts."""
    across, down = corners[1] - corners[0], corners[3] - corners[0]
    wide, tall = max(float(np.linalg.norm(across)), 1.0), max(float(np.linalg.norm(down)), 1.0)
    grow = 0.12 * min(wide, tall)
    signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
    shift = signs[:, :1] * (across / wide) * grow + signs[:, 1:] * (down / tall) * grow
    return np.asarray(corners + shift, np.float32)


def _clear(crop: Pixels) -> Pixels:
    """Grey, from the lightest paper to the darkest ink: a view that differs from the first in all but the strokes."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    low, high = levels(grey, 1, 95)
    if high - low < 20:
        return crop
    spread = np.clip((grey.astype(np.float32) - low) / (high - low) * 255, 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(spread, cv2.COLOR_GRAY2BGR), np.uint8)
