"""Reads invented pages and counts what was read right: `python -m bench.reading --pages 24 --seed 7`.

For each quality of scan: wrong characters, exact values, values wrong with confidence, turns, seals, places to sign, time
and memory; with `--against`, other readers on the same pages in the same run, one page after the other. Prints a table
and writes it, with every mistake in words, to `bench/results/`.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import img2pdf  # type: ignore[import-untyped]
import psutil

from bench import reading_rivals as rivals
from bench import seals
from bench.reading_pages import BenchPage, bench_pages
from bench.reading_scoring import Tally, score_reading, score_text, score_turns
from bench.scans import NAMES, scanner_of
from pipeline.demo.chance import chance
from pipeline.demo.rendering import render_page
from pipeline.intake import take_in
from pipeline.reading import Engine, Reader, load_engine, open_page, read_page
from pipeline.reading import models as networks
from pipeline.reading.engine import strip_reader
from pipeline.reading.orientation import prepare
from pipeline.settings import Settings
from schemas.submission import Submission

RESULTS = Path(__file__).parent / "results"
OWN = "juanzong"
KINDS = ("name", "id", "number", "date", "title")
NUMBERS = ("id", "number", "date")


@dataclass
class Clock:
    """Seconds by name: of the wall, of the processor, inside the networks."""

    wall: Counter[str] = field(default_factory=Counter)
    cpu: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        wall, cpu = time.perf_counter(), cpu_seconds()
        yield
        self.wall[name] += time.perf_counter() - wall  # type: ignore[assignment]
        self.cpu[name] += cpu_seconds() - cpu  # type: ignore[assignment]


def cpu_seconds() -> float:
    """Of this process and of the children that it waited for."""
    times = psutil.Process().cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)


@contextmanager
def timed_networks(clock: Clock) -> Iterator[None]:
    """Within, networks are loaded so that the clock counts the time spent inside them."""
    load = networks.load_network

    def loading(*args: object, **options: object) -> networks.Network:
        network = load(*args, **options)  # type: ignore[arg-type]

        def run(tensor: networks.Tensor) -> networks.Tensor:
            started = time.thread_time()
            output = network(tensor)
            clock.cpu["networks"] += time.thread_time() - started  # type: ignore[assignment]
            return output

        return run

    for module in _users(load):
        module.load_network = loading  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for module in _users(loading):
            module.load_network = load  # type: ignore[attr-defined]


def _users(function: object) -> list[object]:
    import sys  # noqa: PLC0415 - looks at what is loaded now

    return [module for module in list(sys.modules.values()) if vars(module).get("load_network") is function]


def write_pages(pages: Sequence[BenchPage], quality: str, target: Path) -> Path:
    """One PDF of scans."""
    scanner = scanner_of(quality)
    scans = [render_page(each.page, scanner, chance("scan", each.seed, quality)).encoded()[0] for each in pages]
    target.write_bytes(img2pdf.convert(scans, nodate=True, engine=img2pdf.Engine.internal))
    return target


@dataclass
class Bench:
    """The readers, loaded once for all qualities."""

    engine: Engine
    inside: Clock
    """Time that the engine's networks took so far."""
    page_by_page: dict[str, rivals.Reader] = field(default_factory=dict)
    whole_file: Callable[[Path, Path], list[str]] | None = None
    absent: dict[str, str] = field(default_factory=dict)


def set_up(against: Sequence[str], ocrmypdf: str) -> Bench:
    inside = Clock()
    with timed_networks(inside):
        bench = Bench(load_engine(Settings().engine), inside)
        prepare()
    for name in against:
        try:
            if name == "ocrmypdf":
                bench.whole_file = rivals.ocrmypdf(ocrmypdf)
            else:
                bench.page_by_page[name] = {"rapidocr": rivals.rapidocr, "tesseract": rivals.tesseract}[name]()
        except rivals.AbsentError as missing:
            bench.absent[name] = str(missing)
    return bench


def compare(bench: Bench, pages: Sequence[BenchPage], submission: Submission, quality: str) -> tuple[Tally, Clock]:
    """Every page through every reader in this process, in turn, so that a busy machine slows all of them alike."""
    tally, clock, part = Tally(), Clock(), submission.parts[0]
    before = bench.inside.cpu["networks"]
    for index, truth in enumerate(pages):
        name = f"{quality} {truth.seed} {truth.page.rotation}"
        with clock.on(OWN):
            image = open_page(part, index, Settings().reading.page_pixels)
            reading = read_page(image, bench.engine)
        score_text(reading.text, truth, tally, OWN)
        score_reading(reading, truth, tally, name)
        assert image.pixels is not None
        score_turns(image.pixels, truth, tally, name)
        for rival, read in bench.page_by_page.items():
            with clock.on(rival):
                text = read(image.pixels)
            score_text(text, truth, tally, rival)
        print(f"{name} {reading.seconds:.1f} s", flush=True)
    clock.cpu["networks"] = bench.inside.cpu["networks"] - before
    return tally, clock


def pace(submission: Submission, warm_up: Submission, folder: Path, workers: int) -> dict[str, float]:
    """Pages a minute of the whole reader, from the file on disk, with its workers started; memory of the largest."""
    largest = 0.0

    def look(_done: int, _all: int) -> None:
        nonlocal largest
        sizes = [child.memory_info().rss for child in psutil.Process().children()]
        largest = max(largest, *sizes, 0.0)

    with Reader(Settings(state=folder / "state", workers=workers)) as reader:
        list(reader.read(warm_up))
        started = time.perf_counter()
        pages = list(reader.read(submission, progress=look))
        seconds = time.perf_counter() - started
    return {"pages_a_minute": 60 * len(pages) / seconds, "worker_megabytes": largest / 2**20}


def times_as_many(pages_a_minute: float, clock: Clock, pages: int) -> dict[str, float]:
    """Pages a minute over those of each rival, which reads one page, or the file, with as many cores as it likes."""
    taken = {name: clock.wall[name] / pages / 60 for name in rivals.NAMES if clock.wall[name]}
    return {name: round(pages_a_minute * minutes, 2) for name, minutes in taken.items()}


def seal_set(engine: Engine, quality: str, count: int, pages: Sequence[BenchPage]) -> dict[str, object]:
    """Seals of every shape and baits of every kind, `count` pages of each (`bench.seals`)."""

    seed = int(pages[0].seed.split("-")[0])
    tally = seals.measure(quality, count, seed, strip_reader(engine))
    return {**seals.figures(tally), "remarks": tally.remarks}


def run(
    bench: Bench, pages: Sequence[BenchPage], quality: str, *, paced: bool, seal_pages: int
) -> tuple[dict[str, object], Tally]:
    """All figures of one quality."""
    with tempfile.TemporaryDirectory(prefix="bench-reading-") as place:
        folder, limits = Path(place), Settings().archive
        pdf = write_pages(pages, quality, folder / "pages.pdf")
        submission = take_in(pdf, folder / "a", limits=limits)
        tally, clock = compare(bench, pages, submission, quality)
        if bench.whole_file is not None:
            with clock.on("ocrmypdf"):
                texts = bench.whole_file(pdf, folder)
            for text, truth in zip(texts, pages, strict=False):
                score_text(text, truth, tally, "ocrmypdf")
        counted = figures(tally, clock, len(pages))
        if paced:
            warm = take_in(write_pages(pages[:2], "clean", folder / "warm.pdf"), folder / "b", limits=limits)
            paced_at = pace(submission, warm, folder, 2)
            counted |= paced_at
            counted["times_as_many_pages_as"] = times_as_many(paced_at["pages_a_minute"], clock, len(pages))
        if seal_pages:
            counted["seal_set"] = seal_set(bench.engine, quality, seal_pages, pages)
    return {**counted, "absent": bench.absent}, tally


def figures(tally: Tally, clock: Clock, pages: int) -> dict[str, object]:
    """The counts as shares; None where there was nothing to count."""
    n = tally.counts
    told = sum(n[f"sure_{kind}"] for kind in NUMBERS)
    wrong = sum(n[f"sure_{kind}_wrong"] for kind in NUMBERS)
    result: dict[str, object] = {
        "sure_numbers": told,
        "sure_numbers_wrong": wrong,
        "sure_numbers_wrong_by_pen": n["sure_wrong_by_pen"],
        "sure_numbers_wrong_unmarked": n["sure_wrong_unmarked"],
        "sure_numbers_wrong_of_1000": _share(wrong, told, 1000),
        "upright": _share(n["upright"], n["pages"]),
        "turns_right": _share(n["turns_right"], n["turns"]),
        "turns_sure": _share(n["turns_sure"], n["turns"]),
        "turns_sure_wrong": n["turns_sure_wrong"],
        "seals": n["seals"],
        "seals_found": _share(n["seals_found"], n["seals"]),
        "seals_precision": _share(n["seals_found"], n["seals_found"] + n["seals_false_found"]),
        "seals_uncertain": _share(n["seals_uncertain"], n["seals"]),
        "seals_missed": n["seals_missed"],
        "seals_false": n["seals_false_found"],
        "seals_false_uncertain": n["seals_false_uncertain"],
        "signs": n["signs"] + n["unsigned"],
        "signatures_found": _share(n["signs_found"], n["signs"]),
        "signatures_precision": _share(n["signs_found"], n["signs_found"] + n["signs_false"]),
        "signs_right": _share(n["signs_right"], n["signs"] + n["unsigned"]),
        **{key: n[key] for key in ("signs_uncertain", "signs_no_place", "signs_missed", "signs_false")},
        "pen_exact": _share(n["pen_exact"], n["pen"]),
        **{key: n[key] for key in ("pen", "pen_wrong_sure", "pen_wrong_unsure", "low_quality", "unreadable")},
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "pipeline_over_networks": _share(clock.cpu[OWN], clock.cpu["networks"]),
    }
    for engine in (name for name in (OWN, *rivals.NAMES) if n[f"{name}/letters"]):
        result[engine] = {
            "wrong_characters_percent": _share(n[f"{engine}/wrong"], n[f"{engine}/letters"], 100),
            **{f"{kind}_exact": _share(n[f"{engine}/{kind}_exact"], n[f"{engine}/{kind}"]) for kind in KINDS},
            "seconds_a_page": round(clock.wall[engine] / pages, 2),
            "cpu_seconds_a_page": round(clock.cpu[engine] / pages, 2),
        }
    return result


def _share(part: float, whole: float, scale: float = 1) -> float | None:
    return round(scale * part / whole, 4) if whole else None


DETAILS = ("cells", "remarks")
"""In the JSON file only."""


def show(result: dict[str, object], indent: str = "") -> None:
    for label, figure in result.items():
        if label in DETAILS:
            continue
        if isinstance(figure, dict):
            print(f"{indent}{label}")
            show(figure, indent + "    ")
        else:
            print(f"{indent}{label:30} {figure}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quality", nargs="+", default=list(NAMES), choices=NAMES)
    parser.add_argument("--seal-pages", type=int, default=1, help="pages of each kind of seal and of bait")
    parser.add_argument("--against", nargs="*", default=[], choices=rivals.NAMES)
    parser.add_argument("--ocrmypdf", default="ocrmypdf", help="the program to call, where it is not on the path")
    parser.add_argument("--no-pace", action="store_true", help="leave out the run on two workers")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    pages = bench_pages(options.pages, options.seed)
    bench = set_up(options.against, options.ocrmypdf)
    result: dict[str, object] = {"options": {key: value for key, value in vars(options).items() if key != "ocrmypdf"}}
    for quality in options.quality:
        counted, tally = run(bench, pages, quality, paced=not options.no_pace, seal_pages=options.seal_pages)
        print(f"\n{quality}")
        show(counted)
        result[quality] = {**counted, "counts": dict(sorted(tally.counts.items())), "remarks": tally.remarks}
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"reading-{options.pages}-{options.seed}-{'-'.join(options.quality)}.json"
    target.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(target)


if __name__ == "__main__":
    main()
