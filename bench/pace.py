"""How long an audit takes whose pages are read already: cataloguing and rules, without OCR.

    python -m bench.pace --files 12 --repeats 5
    python -m bench.pace --files 12 --seed 5051 --quality office

Prints the median over files and repeats, reckoned for a closing file of 60 pages, as processor time and beside it by the
clock on the wall: on a machine that does other work the first is the one to go by, and even that grows with what else runs.
Each repeat finds the file as an office finds it, its words never seen before; tables are loaded, as they are from the
second file of a process on. What the first file costs besides is a line of its own.

`--quality unerring` takes the pages as a reader without errors would read them; any other the kept readings of `bench.audit`.
"""

from __future__ import annotations

import argparse
import functools
import gc
import time
from collections.abc import Callable, Iterator
from datetime import date
from statistics import median
from typing import NamedTuple

from bench.audit import RESULTS, UNERRING
from bench.corpus import corpus
from bench.readings import newest, pages_of
from bench.unerring import unerring_pages
from pipeline.auditing import audit, load_standard
from pipeline.cataloguing import catalogue
from pipeline.demo.scanner import QUALITIES
from pipeline.flow import NOTHING_KNOWN
from schemas.report import Source
from schemas.standard import Standard
from schemas.volume import Page

TODAY = date(2026, 1, 5)
USUAL = 60
"""Pages of the closing file that the figures are reckoned for."""


class Spent(NamedTuple):
    """Milliseconds of the processor on cataloguing and on auditing, and of the wall on both."""

    catalogue: float
    audit: float
    wall: float

    def over(self, pages: int) -> Spent:
        return Spent(*(each * USUAL / pages for each in self))


def _spent(pages: tuple[Page, ...], standard: Standard) -> Spent:
    source = Source(name="pace", sha256="", pages=len(pages))
    wall, begun = time.perf_counter(), time.process_time()
    volume = catalogue(pages, NOTHING_KNOWN)
    catalogued = time.process_time()
    audit(volume, standard, source, NOTHING_KNOWN, TODAY)
    done = time.process_time()
    return Spent(1000 * (catalogued - begun), 1000 * (done - catalogued), 1000 * (time.perf_counter() - wall))


def _files(options: argparse.Namespace) -> Iterator[tuple[Page, ...]]:
    for case in corpus(options.files, options.seed):
        if options.quality == UNERRING:
            yield unerring_pages(case)
        else:
            kept = RESULTS / "readings" / options.quality
            yield pages_of(case, kept / newest(kept))


def _memories() -> list[Callable[[], None]]:
    """What empties each memory of words that were seen; tables, whose memory has no bound, stay."""
    found = [each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper)]  # noqa: SLF001
    own = [each for each in found if str(getattr(each, "__module__", "")).startswith(("pipeline", "schemas"))]
    return [each.cache_clear for each in own if each.cache_parameters()["maxsize"] is not None]


def measure(options: argparse.Namespace) -> None:
    files, standard = list(_files(options)), load_standard(options.standard, None)
    first = _spent(files[0], standard)
    for pages in files[:3]:
        _spent(pages, standard)
    forget = _memories()
    rounds: list[Spent] = []
    for _ in range(options.repeats):
        for pages in files:
            for each in forget:
                each()
            rounds.append(_spent(pages, standard).over(len(pages)))
    both = sorted(each.catalogue + each.audit for each in rounds)
    print(f"{len(files)} files of {sum(map(len, files))} pages, {options.quality}, {options.repeats} repeats")
    print(f"per {USUAL} pages, median: {median(both):.1f} ms of the processor")
    print(f"  cataloguing {median(each.catalogue for each in rounds):.1f} ms")
    print(f"  rules       {median(each.audit for each in rounds):.1f} ms")
    print(f"  by the wall {median(each.wall for each in rounds):.1f} ms")
    print(f"  least       {both[0]:.1f} ms")
    print(f"first file of the process ({len(files[0])} pages): {first.catalogue + first.audit:.0f} ms, tables included")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--quality", choices=[UNERRING, *QUALITIES], default=UNERRING)
    parser.add_argument("--standard", default="gd")
    measure(parser.parse_args())


if __name__ == "__main__":
    main()
