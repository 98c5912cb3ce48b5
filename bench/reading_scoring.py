"""A reading held against the truth of its page: characters, exact values, seals, places to sign."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import dist

import numpy as np

from bench.reading_pages import PATTERNS, BenchPage
from pipeline.reading.orientation import SURE as SURE_TURN
from pipeline.reading.orientation import TURNS, by_picture
from pipeline.reading.page_image import Pixels, turned
from schemas.base import Box, State
from schemas.reading import Line, PageReading

SURE = 0.9
FOLDED = str.maketrans(
    {**dict.fromkeys("〔[【﹝", "("), **dict.fromkeys("〕]】﹞", ")"), "○": "〇", "“": '"', "”": '"', **dict.fromkeys("□☑√■口—–─", "")}
)  # fmt: skip
NEAR_SEAL, NEAR_LABEL = 0.07, 0.06
"""Shares of the page by which a mark may lie beside its truth: scans are skewed by up to 3 degrees."""


@dataclass
class Tally:
    """Counts, and what went wrong in words."""

    counts: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    def note(self, count: str, remark: str) -> None:
        self.counts[count] += 1
        self.remarks.append(f"{count}: {remark}")


def folded(text: str) -> str:
    """NFKC, without blanks, kinds of brackets, boxes and dashes made one."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text.translate(FOLDED))).translate(FOLDED)


def edit_distance(needle: str, text: str) -> tuple[int, int]:
    """Edits between `needle` and its best place in `text`, and where that place ends."""
    at = text.find(needle)
    if at >= 0:
        return 0, at + len(needle)
    letters = np.array([ord(letter) for letter in text], np.int64)
    steps = np.arange(len(text) + 1)
    row = np.zeros(len(text) + 1, np.int64)
    for count, letter in enumerate(needle, 1):
        grown = np.empty_like(row)
        grown[0] = count
        grown[1:] = np.minimum(row[1:] + 1, row[:-1] + (letters != ord(letter)))
        row = np.minimum.accumulate(grown - steps) + steps
    return int(row.min()), int(row.argmin())


def score_text(text: str, truth: BenchPage, tally: Tally, engine: str) -> None:
    """Counts wrong characters and exact values of any engine's page text."""
    read = folded(text)
    for line in truth.printed:
        wanted = folded(line)
        tally.counts[f"{engine}/letters"] += len(wanted)
        tally.counts[f"{engine}/wrong"] += edit_distance(wanted, read)[0]
    for kind, value in truth.values:
        tally.counts[f"{engine}/{kind}"] += 1
        tally.counts[f"{engine}/{kind}_exact"] += folded(value) in read


def score_reading(reading: PageReading, truth: BenchPage, tally: Tally, name: str) -> None:
    """Counts what only this program tells: scores, the page's turn, marks."""
    if reading.reason is not None:
        tally.note("unreadable", f"{name}: {reading.reason}")
    tally.counts["pages"] += 1
    tally.counts["low_quality"] += reading.low_quality
    if reading.rotation == truth.page.rotation:
        tally.counts["upright"] += 1
    else:
        tally.note("turned", f"{name}: {reading.rotation} for {truth.page.rotation}")
    _printed(reading.lines, truth, tally, name)
    _told_values(reading.lines, truth, tally, name)
    _pen(reading.lines, truth, tally, name)
    _seals(reading, truth, tally, name)
    _signs(reading, truth, tally, name)


def score_turns(pixels: Pixels, truth: BenchPage, tally: Tally, name: str) -> None:
    """What the orientation network says of the page fed in each of the four ways."""
    for turn in TURNS:
        seen = by_picture(turned(pixels, turn))
        right = seen.turn == (truth.page.rotation - turn) % 360
        tally.counts["turns"] += 1
        tally.counts["turns_right"] += right
        tally.counts["turns_sure"] += seen.score >= SURE_TURN
        if not right and seen.score >= SURE_TURN:
            tally.note("turns_sure_wrong", f"{name} fed at {turn}: {seen.turn} {seen.score:.2f}")


def _where(lines: Sequence[Line], end: int) -> Line | None:
    """The line in which position `end` of the joined folded text lies."""
    for line in lines:
        end -= len(folded(line.text))
        if end <= 0:
            return line
    return None


def _printed(lines: Sequence[Line], truth: BenchPage, tally: Tally, name: str) -> None:
    text = folded("".join(line.text for line in lines))
    for line in truth.printed:
        wrong, end = edit_distance(folded(line), text)
        read = _where(lines, end) if wrong else None
        if read is not None:
            tally.remarks.append(f"print: {name}: {line!r} read as {read.text!r} ({read.score:.2f}), {wrong} wrong")


def _told_values(lines: Sequence[Line], truth: BenchPage, tally: Tally, name: str) -> None:
    """Values of lines that are sure of themselves, and are nowhere on the page."""
    everything = folded(truth.everything)
    for line in lines:
        text = folded(line.text)
        for kind, form in PATTERNS.items():
            for value in form.findall(text):
                sure = "sure" if line.score >= SURE else "unsure"
                tally.counts[f"{sure}_{kind}"] += 1
                if value not in everything:
                    tally.note(f"{sure}_{kind}_wrong", f"{name}: {value} in {line.text!r} ({line.score:.2f})")
                    tally.counts[f"{sure}_wrong_by_pen"] += _was_written(value, truth)
                    tally.counts[f"{sure}_wrong_unmarked"] += not line.handwritten


def _was_written(value: str, truth: BenchPage) -> bool:
    """Whether a value read wrongly is nearer to something written than to anything printed."""
    printed = edit_distance(value, folded("".join(truth.printed)))[0]
    return any(edit_distance(value, folded(pen))[0] <= printed for pen in truth.pen)


def _pen(lines: Sequence[Line], truth: BenchPage, tally: Tally, name: str) -> None:
    """Handwriting: read exactly, or in a line that is sure, or in one that is not."""
    text = folded("".join(line.text for line in lines))
    for written in truth.pen:
        wrong, end = edit_distance(folded(written), text)
        read = _where(lines, end)
        tally.counts["pen"] += 1
        tally.counts["pen_exact"] += not wrong
        if read is not None and wrong and wrong < len(folded(written)) / 2:
            sure = read.score >= SURE and not read.handwritten
            tally.note("pen_wrong_sure" if sure else "pen_wrong_unsure", f"{name}: {written!r} as {read.text!r} ({read.score:.2f})")  # fmt: skip


def _centre(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _seals(reading: PageReading, truth: BenchPage, tally: Tally, name: str) -> None:
    left = list(reading.seals)
    for place in truth.seals:
        near = min(left, key=lambda seal: dist(_centre(seal.box), place), default=None)
        tally.counts["seals"] += 1
        if near is None or dist(_centre(near.box), place) > NEAR_SEAL:
            tally.note("seals_missed", name)
            continue
        left.remove(near)
        tally.counts[f"seals_{near.state}"] += 1
    for seal in left:
        tally.note(f"seals_false_{seal.state}", f"{name}: {seal.colour} {seal.score:.2f}")


def _signs(reading: PageReading, truth: BenchPage, tally: Tally, name: str) -> None:
    for sign in truth.signs:
        tally.counts["signs" if sign.signed else "unsigned"] += 1
        near = min(reading.signature_places, key=lambda each: dist(_centre(each.label_box), sign.at), default=None)
        if near is None or dist(_centre(near.label_box), sign.at) > NEAR_LABEL:
            tally.note("signs_no_place", f"{name}: {sign.label}")
        elif near.state is State.UNCERTAIN:
            tally.note("signs_uncertain", f"{name}: {sign.label}")
        elif (near.state is State.FOUND) == sign.signed:
            tally.counts["signs_right"] += 1
            tally.counts["signs_found"] += sign.signed
        else:
            tally.note("signs_missed" if sign.signed else "signs_false", f"{name}: {sign.label} {near.score:.2f}")
