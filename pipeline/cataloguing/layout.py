"""A page as rows of text (版面): lines that stand side by side belong to one row, cells and all."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from functools import cached_property
from statistics import median
from typing import NamedTuple

from pipeline.cataloguing.text import fold, without_blanks
from schemas.base import Box
from schemas.reading import PageKind, PageReading
from schemas.volume import Page

_SENTENCE = re.compile(r"[。;；,，?!]")
_HEADING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.:]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.])")
_STRAY_TICK = re.compile(r"(?<=[\u4e00-\u9fff:：])☑(?=[\u4e00-\u9fff])")
_PAGE_NUMBER = re.compile(r"[-—–第共页\d/,.·]{1,14}")


class Segment(NamedTuple):
    """One line of text as it was read, and where it stands."""

    text: str
    """Tidy, without blanks, glyphs as they stand."""
    folded: str
    box: Box
    score: float
    handwritten: bool
    row: int

    @property
    def centre(self) -> float:
        return (self.box[0] + self.box[2]) / 2

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


def _without_stray_tick(text: str) -> str:
    """The text without a lone tick inside it: the gap in a label set wide (`类　别`) is at times read as a box."""
    if text.count("☑") != 1 or "□" in text:
        return text
    return _STRAY_TICK.sub("", text)


def _rows(boxes: list[Box]) -> list[int]:
    """The row of each line, counted from the top; lines of which most of the lower one's height overlaps share a row."""
    order = sorted(range(len(boxes)), key=lambda i: (boxes[i][1] + boxes[i][3], boxes[i][0]))
    rows = [0] * len(boxes)
    current, middle, height = -1, -1.0, 0.0
    for index in order:
        centre = (boxes[index][1] + boxes[index][3]) / 2
        tall = boxes[index][3] - boxes[index][1]
        if current < 0 or centre - middle > 0.5 * max(min(height, tall), 0.004):
            current, middle, height = current + 1, centre, tall
        rows[index] = current
    return rows


class PageView:
    """Everything that cataloguing looks up again and again on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.number = page.number
        self.reading: PageReading = page.reading
        self.segments = self._segments()

    def _segments(self) -> tuple[Segment, ...]:
        lines = [line for line in self.reading.lines if line.text.strip()]
        rows = _rows([line.box for line in lines])
        texts = [_without_stray_tick(line.text) for line in lines]
        plain = [without_blanks(text) for text in texts]
        placed = [
            Segment(text, fold(text), line.box, line.score, line.handwritten, row)
            for text, line, row in zip(plain, lines, rows, strict=True)
        ]
        return tuple(sorted(placed, key=lambda segment: (segment.row, segment.box[0])))

    @property
    def readable(self) -> bool:
        """True for a page with text that can be trusted: not black, not failed, not too poor."""
        return self.reading.kind in (PageKind.CONTENT, PageKind.HANDWRITTEN) and bool(self.segments)

    @cached_property
    def well_read(self) -> bool:
        """True if what is not on the page was surely not overlooked."""
        reading = self.reading
        return (
            reading.kind is PageKind.CONTENT
            and not reading.low_quality
            and bool(self.segments)
            and self.quality >= 0.85
        )

    @cached_property
    def quality(self) -> float:
        weights = [(len(segment.folded), segment.score) for segment in self.segments]
        total = sum(weight for weight, _ in weights)
        return sum(weight * score for weight, score in weights) / total if total else 0.0

    @cached_property
    def rows(self) -> tuple[tuple[Segment, ...], ...]:
        """The segments by row, left to right."""
        grouped: dict[int, list[Segment]] = {}
        for segment in self.segments:
            grouped.setdefault(segment.row, []).append(segment)
        return tuple(tuple(grouped[row]) for row in sorted(grouped))

    @cached_property
    def row_texts(self) -> tuple[str, ...]:
        """Each row as one folded text."""
        return tuple(
            row[0].folded if len(row) == 1 else "".join([segment.folded for segment in row]) for row in self.rows
        )

    @cached_property
    def body(self) -> tuple[str, ...]:
        """The rows as text, page numbers at the top and the bottom left out."""
        texts = list(self.row_texts)
        while texts and _PAGE_NUMBER.fullmatch(texts[0]):
            texts.pop(0)
        while texts and _PAGE_NUMBER.fullmatch(texts[-1]):
            texts.pop()
        return tuple(texts)

    @cached_property
    def folded(self) -> str:
        """The whole page folded, without blanks or line breaks."""
        return "".join(segment.folded for segment in self.segments)

    @cached_property
    def text(self) -> str:
        """The whole page without blanks or line breaks, glyphs as they stand; as long as `folded`."""
        return "".join(segment.text for segment in self.segments)

    @cached_property
    def lined(self) -> str:
        """The segments' texts, one a line."""
        return "\n".join([segment.text for segment in self.segments])

    @cached_property
    def begins(self) -> tuple[int, ...]:
        """Where each segment begins in `lined`."""
        positions, at = [], 0
        for segment in self.segments:
            positions.append(at)
            at += len(segment.text) + 1
        return tuple(positions)

    @cached_property
    def body_height(self) -> float:
        heights = [segment.height for segment in self.segments if len(segment.folded) >= 2]
        return median(heights) if heights else 0.015

    @cached_property
    def left(self) -> float:
        return min((segment.box[0] for segment in self.segments), default=0.0)

    @cached_property
    def right(self) -> float:
        return max((segment.box[2] for segment in self.segments), default=1.0)

    @cached_property
    def stacks(self) -> tuple[tuple[tuple[Segment, ...], str], ...]:
        """Two to four lines close under one another from one left edge, as a narrow cell's are, and their joint text."""
        found = []
        for index, first in enumerate(self.segments):
            lines = [first]
            for other in self.segments[index + 1 :]:
                last = lines[-1]
                if other.box[1] - last.box[1] > 2 * last.height or len(lines) == 4:
                    break
                if abs(other.box[0] - last.box[0]) < 0.012 and other.box[1] - last.box[1] > 0.6 * last.height:
                    lines.append(other)
            if len(lines) > 1:
                found.append((tuple(lines), "".join([line.folded for line in lines])))
        return tuple(found)

    def locate(self, start: int, end: int) -> tuple[Box, float]:
        """The box around, and the lowest score of, the segments that hold `folded[start:end]`."""
        position, boxes, scores = 0, [], []
        for segment in self.segments:
            after = position + len(segment.folded)
            if position < end and start < after:
                boxes.append(segment.box)
                scores.append(segment.score)
            position = after
        if not boxes:
            return (0.0, 0.0, 1.0, 1.0), 0.0
        return around(boxes), min(scores)

    def title_likeness(self, row: int, segments: tuple[Segment, ...]) -> float:
        """How much these segments, alone or with their neighbours, look like a title: 0 to 1."""
        text = segments[0].folded if len(segments) == 1 else "".join([segment.folded for segment in segments])
        if not 2 <= len(text) <= 44 or text[-1] == ":" or _SENTENCE.search(text):
            return 0.0
        numbered = _HEADING.match(text) is not None
        if numbered and row > 2:
            return 0.0
        box = segments[0].box if len(segments) == 1 else around([segment.box for segment in segments])
        likeness = 0.35 if row == 0 else 0.3 if row <= 2 else 0.2 if row <= 5 else 0.05
        centre = (box[0] + box[2]) / 2
        middle = (self.left + self.right) / 2
        off = min(abs(centre - 0.5), abs(centre - middle))
        likeness += 0.3 if off < 0.05 else 0.22 if off < 0.1 else 0.0
        tall = max([segment.box[3] - segment.box[1] for segment in segments]) / max(self.body_height, 1e-6)
        if numbered and (off >= 0.05 or tall < 1.15):  # a heading of the text, not a paper's title with its number
            return 0.0
        likeness += 0.3 if tall >= 1.35 else 0.22 if tall >= 1.15 else 0.1 if tall >= 0.95 else 0.0
        likeness += 0.05 if box[1] < 0.3 else -0.1 if box[1] > 0.5 else 0.0
        if len(segments) == len(self.rows[row]):
            likeness += 0.05
        if "《" in text:  # a paper that is cited, not the paper itself
            likeness *= 0.4
        if numbered:
            likeness *= 0.85
        return max(0.0, min(1.0, likeness))


def around(boxes: list[Box]) -> Box:
    """The smallest box that holds all of `boxes`."""
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip
