"""A page as rows of text (版面): lines that stand side by side belong to one row, cells and all."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate, groupby
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from pipeline.cataloguing.text import fold, lines_without_blanks
from schemas.base import Box
from schemas.reading import Line, PageKind, PageReading
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
    line: Line
    """As it was read."""

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
    order = sorted([(box[1] + box[3], box[0], index) for index, box in enumerate(boxes)])
    rows = [0] * len(boxes)
    current, middle, height = -1, -1.0, 0.0
    for both, _, index in order:
        centre = both / 2
        tall = boxes[index][3] - boxes[index][1]
        if current < 0 or centre - middle > 0.5 * max(min(height, tall), 0.004):
            current, middle, height = current + 1, centre, tall
        rows[index] = current
    return rows


def _from_top_left(segment: Segment) -> tuple[int, float]:
    return segment.row, segment.box[0]


_ROW = attrgetter("row")


class PageView:
    """Everything that cataloguing looks up again and again on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.number = page.number
        self.reading: PageReading = page.reading
        self.segments = self._segments()
        self.rows = self._grouped()
        """The segments by row, left to right."""
        self.row_texts = tuple([joined_folded(row) for row in self.rows])
        """Each row as one folded text."""
        texts = [segment.text for segment in self.segments]
        self.folded = "".join([segment.folded for segment in self.segments])
        """The whole page folded, without blanks or line breaks."""
        self.text = "".join(texts)
        """The whole page without blanks or line breaks, glyphs as they stand; as long as `folded`."""
        self.lined = "\n".join(texts)
        """The segments' texts, one a line."""
        self.starts = tuple(accumulate(map(len, texts[:-1]), initial=0)) if texts else ()
        """Where each segment begins in `text`."""
        self.begins = tuple([start + at for at, start in enumerate(self.starts)])
        """Where each segment begins in `lined`."""

    def _segments(self) -> tuple[Segment, ...]:
        lines = [line for line in self.reading.lines if line.text.strip()]
        rows = _rows([self.reading.level(line.box) for line in lines])
        plain = lines_without_blanks([_without_stray_tick(line.text) for line in lines])
        placed = [
            Segment(text, fold(text), line.box, line.score, line.handwritten, row, line)
            for text, line, row in zip(plain, lines, rows, strict=True)
        ]
        return tuple(sorted(placed, key=_from_top_left))

    def _grouped(self) -> tuple[tuple[Segment, ...], ...]:
        """The segments by row: they stand in the order of their rows."""
        return tuple([tuple(row) for _, row in groupby(self.segments, key=_ROW)])

    @property
    def readable(self) -> bool:
        """True for a page with text that can be trusted: not black, not failed, not too poor."""
        return self.reading.kind in (PageKind.CONTENT, PageKind.HANDWRITTEN) and bool(self.segments)

    @cached_property
    def doubted(self) -> bool:
        """True if the reading kept what else its letters could be: nearly every page has some that are in doubt."""
        return any(line.doubts for line in self.reading.lines)

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
    def body(self) -> tuple[str, ...]:
        """The rows as text, page numbers at the top and the bottom left out."""
        texts = list(self.row_texts)
        while texts and _PAGE_NUMBER.fullmatch(texts[0]):
            texts.pop(0)
        while texts and _PAGE_NUMBER.fullmatch(texts[-1]):
            texts.pop()
        return tuple(texts)

    @cached_property
    def body_height(self) -> float:
        heights = [segment.box[3] - segment.box[1] for segment in self.segments if len(segment.folded) >= 2]
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
        found, segments = [], self.segments
        for index, first in enumerate(segments):
            lines = [first]
            left, top, _, bottom = first.box
            for at in range(index + 1, len(segments)):
                box = segments[at].box
                down, height = box[1] - top, bottom - top
                if down > 2 * height or len(lines) == 4:
                    break
                if abs(box[0] - left) < 0.012 and down > 0.6 * height:
                    lines.append(segments[at])
                    left, top, _, bottom = box
            if len(lines) > 1:
                found.append((tuple(lines), "".join([line.folded for line in lines])))
        return tuple(found)

    def locate(self, start: int, end: int) -> tuple[Box, float]:
        """The box around, and the lowest score of, the segments that hold `folded[start:end]`."""
        starts, segments = self.starts, self.segments
        first = bisect_right(starts, start) - 1
        if first >= 0 and starts[first] + len(segments[first].folded) <= start:
            first += 1
        held = segments[max(0, first) : bisect_left(starts, end)]
        if not held:
            return (0.0, 0.0, 1.0, 1.0), 0.0
        return around([segment.box for segment in held]), min([segment.score for segment in held])

    def title_likeness(self, row: int, segments: tuple[Segment, ...]) -> float:
        """How much these segments, alone or with their neighbours, look like a title: 0 to 1."""
        text = joined_folded(segments)
        if not 2 <= len(text) <= 44 or text[-1] == ":" or _SENTENCE.search(text):
            return 0.0
        numbered = _HEADING.match(text) is not None
        if numbered and row > 2:
            return 0.0
        box = segments[0].box
        tallest = box[3] - box[1]
        if len(segments) > 1:
            box = around([segment.box for segment in segments])
            tallest = max([segment.box[3] - segment.box[1] for segment in segments])
        likeness = 0.35 if row == 0 else 0.3 if row <= 2 else 0.2 if row <= 5 else 0.05
        centre = (box[0] + box[2]) / 2
        middle = (self.left + self.right) / 2
        off = min(abs(centre - 0.5), abs(centre - middle))
        likeness += 0.3 if off < 0.05 else 0.22 if off < 0.1 else 0.0
        tall = tallest / max(self.body_height, 1e-6)
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


def joined_folded(segments: tuple[Segment, ...]) -> str:
    """The folded text of segments, one behind the other."""
    return segments[0].folded if len(segments) == 1 else "".join([segment.folded for segment in segments])


def around(boxes: list[Box]) -> Box:
    """The smallest box that holds all of `boxes`."""
    if len(boxes) == 1:
        return boxes[0]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
