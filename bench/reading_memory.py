"""Memory of one worker over a long closing file: `python -m bench.reading_memory --pages 500 --seed 9`.

One PDF of office scans, papers drawn once and scanned anew each time they come again, so that no two pages are the same bytes
and none is taken from the cache. The worker's resident memory is told every `--every` pages.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import img2pdf  # type: ignore[import-untyped]
import psutil

from bench.reading_pages import BenchPage, bench_pages
from bench.scans import scanner_of
from pipeline.demo.chance import chance
from pipeline.demo.rendering import render_page
from pipeline.intake import take_in
from pipeline.reading import Reader
from pipeline.settings import Settings

RESULTS = Path(__file__).parent / "results"
DIFFERENT = 60
"""Papers that are drawn; each comes again after so many pages, in another scan."""


def scans(papers: list[BenchPage], count: int, quality: str) -> Iterator[bytes]:
    scanner = scanner_of(quality)
    for index in range(count):
        paper = papers[index % len(papers)]
        yield render_page(paper.page, scanner, chance("memory", index, paper.seed)).encoded()[0]


def measure(count: int, seed: int, quality: str, every: int) -> dict[int, float]:
    """Megabytes of the one worker after so many pages."""
    sizes: dict[int, float] = {}
    started = time.monotonic()

    def look(done: int, _all: int) -> None:
        if done % every and done != count:
            return
        sizes[done] = max(child.memory_info().rss for child in psutil.Process().children()) / 2**20
        print(f"{done} pages: {sizes[done]:.0f} MB, {time.monotonic() - started:.0f} s", flush=True)

    with tempfile.TemporaryDirectory(prefix="bench-memory-") as place:
        folder = Path(place)
        pages = list(scans(bench_pages(min(count, DIFFERENT), seed), count, quality))
        (folder / "pages.pdf").write_bytes(img2pdf.convert(pages, nodate=True, engine=img2pdf.Engine.internal))
        del pages
        settings = Settings(state=folder / "state", workers=1)
        submission = take_in(folder / "pages.pdf", folder / "a", limits=settings.archive)
        with Reader(settings) as reader:
            for _ in reader.read(submission, progress=look):
                pass
    return sizes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--quality", default="office")
    parser.add_argument("--every", type=int, default=50)
    options = parser.parse_args()
    sizes = measure(options.pages, options.seed, options.quality, options.every)
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"reading-memory-{options.pages}-{options.seed}.json"
    target.write_text(json.dumps({"options": vars(options), "megabytes": sizes}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
