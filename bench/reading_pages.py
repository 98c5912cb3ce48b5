"""The pages that the reading bench reads, each with all that is true of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from bench.corpus import corpus
from pipeline.demo import SampleCase
from pipeline.demo.blocks import Cell, Signature, Table
from pipeline.demo.chance import chance
from pipeline.demo.ink import PAGE_HEIGHT, PAGE_WIDTH, Pen, Print, Stamp
from pipeline.demo.sample import SamplePage

TURNED = 0.25
"""Share of the pages that lie the wrong way round."""
CASE_PAGES = 6
"""Pages taken from one closing file, so that few pages still come from several offices."""

NUMERAL = "〇零○一二三四五六七八九十"
PATTERNS = {
    "id": re.compile(r"(?<!\d)\d{15,}[Xx]?(?!\d)"),
    "number": re.compile(r"[\u4e00-\u9fff]{0,8}[(（〔]\d{4}[)）〕][\u4e00-\u9fff\d]{1,16}?号"),
    "date": re.compile(
        rf"\d{{4}}年\d{{1,2}}月\d{{1,2}}日|(?<!\d)\d{{4}}-\d{{2}}-\d{{2}}(?!\d)"
        rf"|[{NUMERAL}]{{4}}年[{NUMERAL}]{{1,2}}月[{NUMERAL}]{{1,3}}日"
    ),
}

Point = tuple[float, float]
"""Fractions of the upright page."""


@dataclass(frozen=True)
class TrueSign:
    """A place to sign: its printed label, where that stands, and whether somebody signed."""

    label: str
    at: Point
    signed: bool


@dataclass(frozen=True)
class BenchPage:
    """A page and its truth: printed lines, exact values by kind, pen texts, seal centres, places to sign."""

    page: SamplePage
    seed: str
    printed: tuple[str, ...]
    everything: str
    values: tuple[tuple[str, str], ...]
    pen: tuple[str, ...]
    seals: tuple[Point, ...]
    signs: tuple[TrueSign, ...]


def bench_pages(count: int, seed: int) -> list[BenchPage]:
    """`count` pages with print on them; the same arguments give the same ones."""
    rng = chance("reading-bench", seed)
    chosen: list[BenchPage] = []
    for case in corpus(-(-count // CASE_PAGES), seed):
        fit = [page for page in case.pages if page.document is not None and not page.illegible]
        for index in sorted(rng.choice(len(fit), size=min(CASE_PAGES, len(fit)), replace=False)):
            turn = int(rng.choice((90, 180, 270))) if rng.random() < TURNED else 0
            chosen.append(_told(case, replace(fit[int(index)], rotation=turn), f"{seed}-{len(chosen)}"))
    return chosen[:count]


def _told(case: SampleCase, page: SamplePage, seed: str) -> BenchPage:
    operations, printed = page.sheet.operations, tuple(line for line in page.sheet.lines if line.strip())
    pen = tuple(each.text for each in operations if isinstance(each, Pen) and len(each.text.strip()) > 1)
    return BenchPage(
        page=page,
        seed=seed,
        printed=printed,
        everything="".join(each.text for each in operations if isinstance(each, Print | Pen)) + "".join(printed),
        values=tuple(_values(case, page, printed)),
        pen=pen,
        seals=tuple((each.x / PAGE_WIDTH, each.y / PAGE_HEIGHT) for each in operations if isinstance(each, Stamp)),
        signs=tuple(_signs(case, page)),
    )


def _values(case: SampleCase, page: SamplePage, printed: tuple[str, ...]) -> list[tuple[str, str]]:
    """What must be found exactly, with its kind."""
    found = [(kind, value) for line in printed for kind, form in PATTERNS.items() for value in form.findall(line)]
    names = {case.story.recipient.name, case.story.lawyer.name}
    found += [("name", name) for name in sorted(names) if any(name in line for line in printed)]
    title = case.papers[page.document or 0].title
    return found + [("title", line) for line in printed if re.sub(r"\s", "", line) == title]


def _signs(case: SampleCase, page: SamplePage) -> list[TrueSign]:
    labels = {each.label for each in _signatures(case, page)}
    places = []
    for label, ink in pairwise((*page.sheet.operations, None)):
        if not isinstance(label, Print) or label.text not in labels:
            continue
        middle = (label.x + label.size * len(label.text) / 2, label.y + label.size / 2)
        if isinstance(ink, Print) and abs(ink.y - label.y) < 1 and ink.x > label.x:
            continue  # a typed name beside the label: neither signed nor empty
        signed = isinstance(ink, Pen) and abs(ink.y - label.y) < label.size
        places.append(TrueSign(label.text, (middle[0] / PAGE_WIDTH, middle[1] / PAGE_HEIGHT), signed))
    return places


def _signatures(case: SampleCase, page: SamplePage) -> list[Signature]:
    paper = case.papers[page.document or 0]
    blocks = [*paper.blocks, *([paper.each_page] if paper.each_page else [])]
    cells = [cell for block in blocks if isinstance(block, Table) for row in block.rows for cell in row.cells]
    own = [each.signature if isinstance(each, Cell) else each for each in (*blocks, *cells)]
    return [each for each in own if isinstance(each, Signature)]
