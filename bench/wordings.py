"""How surely papers are told apart whose words this project's generator did not write.

    python -m bench.wordings

`bench/papers/` holds the words of 400 pages as other offices, firms, courts, police and employers put them: first pages and,
with the rows of the page before, further ones. They are laid out plainly and read without an error, so that the titles, the
labels and the running-on of pages are what is measured, and nothing else. Prints each page that was not told, and counts.

All names and numbers are invented. Tables were mended by what the first run showed; the figures of later runs flatter.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.cataloguing import catalogue
from schemas.reading import Line, PageKind, PageReading, TextSource
from schemas.volume import Page

PAPERS = Path(__file__).parent / "papers"
TOP, HEADING, TEXT = 0.08, 0.022, 0.015
"""Shares of the page's height: where the first line stands, and how tall a title's letters and the text's are."""
LETTER = 0.72
"""Width of a letter as a share of the page's, for a height of one."""
HEADS = 4
"""Rows in which the title and the name of the body above it stand."""
_RUNS_ON = re.compile(r"[：:。，；]|^[一二三四五六七八九十（(\d]|号$")
_SIGNS_OFF = re.compile(r"年|(?:院|局|处|中心|所|委员会)$")

Rows = list[list[str]]


class Sample(NamedTuple):
    """A page in words, and what it is."""

    types: frozenset[str]
    """The right type, and others that are right as well."""
    rows: Rows
    before: Rows | None
    """The page before, where this one goes on."""


def samples() -> Iterator[Sample]:
    for path in sorted(PAPERS.glob("*.json")):
        for entry in json.loads(path.read_text(encoding="utf-8")):
            yield Sample(frozenset([entry["type"], *entry.get("any", ())]), entry["rows"], entry.get("before"))


def laid_out(number: int, rows: Rows, *, headed: bool) -> Page:
    """The page: title and body's name in the middle and larger, cells side by side, sign-offs to the right."""
    lines: list[Line] = []
    top, heading = TOP, headed
    step = min(0.028, 0.8 / len(rows))
    for at, cells in enumerate(rows):
        plain = len(cells) == 1 and len("".join(cells[0].split())) <= 26 and not _RUNS_ON.search(cells[0])
        heading = heading and at < HEADS and (plain or cells[0].endswith("号"))
        if heading and plain:
            width = min(0.8, len(cells[0]) * HEADING * LETTER)
            lines.append(_line(cells[0], 0.5 - width / 2, top, width, HEADING))
            top += HEADING + 0.013
            continue
        share = 0.85 / len(cells)
        ends = at > len(rows) - 5 and len(cells) == 1 and len(cells[0]) <= 22 and _SIGNS_OFF.search(cells[0])
        for place, cell in enumerate(cells):
            left = 0.55 if ends or (heading and cell.endswith("号")) else 0.08 + place * share
            lines.append(_line(cell, left, top, min(share * 0.97, max(0.02, len(cell) * TEXT * LETTER)), TEXT))
        top += step
    reading = PageReading(
        sha256=f"{number:064d}", engine="words", kind=PageKind.CONTENT, text_source=TextSource.OCR,
        width=1654, height=2339, dpi=200, quality=0.99, lines=tuple(line for line in lines if line.box[3] < 1),
    )  # fmt: skip
    return Page(number=number, part="words", reading=reading)


def _line(text: str, left: float, top: float, width: float, height: float) -> Line:
    return Line(text=text, box=(left, top, min(0.99, left + width), top + height), score=0.99)


def told(sample: Sample) -> tuple[str, str]:
    """`right`, `unsure` or `wrong with confidence`, and what the page was taken for."""
    if sample.before is None:
        pages = [laid_out(1, sample.rows, headed=True)]
    else:
        pages = [laid_out(1, sample.before, headed=True), laid_out(2, sample.rows, headed=False)]
    volume = catalogue(pages)
    last = volume.pages[-1]
    type_ = "" if last.document is None else volume.documents[last.document].type
    # where one exhibit ends and the next begins is not asked, as in `bench.audit`
    went_on = sample.before is None or last.document == volume.pages[0].document or type_ == "evidence"
    if type_ in sample.types and went_on:
        return "right", type_
    return ("wrong with confidence" if last.certain else "unsure"), type_


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    counts: Counter[str] = Counter()
    for sample in samples():
        verdict, type_ = told(sample)
        counts[verdict] += 1
        if verdict != "right":
            words = " / ".join(" ".join(row) for row in sample.rows[:2])
            print(f"{verdict}: {'|'.join(sorted(sample.types))} taken for {type_ or 'nothing'}: {words[:60]}")
    print("\n".join(f"{verdict}: {count} of {counts.total()}" for verdict, count in sorted(counts.items())))


if __name__ == "__main__":
    main()
