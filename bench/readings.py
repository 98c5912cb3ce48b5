"""Readings of the bench's pages, each kept under what is on the page, its scan, and the code that made and read it.

Reading takes nearly all of the time. A page that two files share is read once; a killed run goes on where it stopped; with
all pages kept, a change of cataloguing or auditing is measured in seconds.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.demo import SampleCase
from pipeline.demo.rendering import render_alone
from pipeline.demo.sample import SamplePage
from pipeline.flow import Auditor
from schemas.reading import PageReading
from schemas.volume import Page

ROOT = Path(__file__).parents[1]
MADE_BY = (
    "pipeline/demo/rendering.py", "pipeline/demo/drawing.py", "pipeline/demo/handwriting.py", "pipeline/demo/stamps.py",
    "pipeline/demo/scanner.py", "pipeline/demo/faces.py", "pipeline/reading", "schemas/reading.py", "schemas/base.py",
)  # fmt: skip
UNREAD = ".unread"
"""Suffix of what could not be read: it serves this run, and is tried again in the next."""
BATCH = 24
"""Pages read between two times of writing them down: what a killed run loses at most."""


@dataclass
class Pace:
    """Pages that were really read in this run, and the seconds it took to draw and to read them."""

    pages: int = 0
    shared: int = 0
    """Pages whose reading was there already."""
    unread: int = 0
    drawing: float = 0.0
    reading: float = 0.0


def fingerprint() -> str:
    """Of all code that decides what a page looks like and how it is read."""
    digest = hashlib.sha256()
    for place in MADE_BY:
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def newest(folder: Path) -> str:
    """The fingerprint under which readings were kept last. Raises `FileNotFoundError` if there are none."""
    kept = [each for each in folder.glob("*/") if any(each.iterdir())]
    if not kept:
        raise FileNotFoundError(folder)
    return max(kept, key=lambda each: each.stat().st_mtime).name


def _place(folder: Path, case: SampleCase, page: SamplePage) -> Path:
    scan = hashlib.sha256(f"{case.story.seed}|{page.key}".encode()).hexdigest()[:24]
    return folder / f"{scan}.json"


def _load(path: Path) -> PageReading | None:
    try:
        return PageReading.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def pages_of(case: SampleCase, folder: Path) -> tuple[Page, ...]:
    """The pages of `case`, whose readings all lie in `folder`."""
    pages = []
    for number, page in enumerate(case.pages, 1):
        place = _place(folder, case, page)
        reading = _load(place) or _load(place.with_suffix(UNREAD))
        if reading is None:
            raise FileNotFoundError(f"page {number} of {case.name} has not been read")
        pages.append(Page(number=number, reading=reading, part="file.pdf", part_page=number))
    return tuple(pages)


def ensure_read(auditor: Auditor, cases: Iterable[SampleCase], quality: str, folder: Path, pace: Pace) -> None:
    """Reads all pages of `cases` that have not been read, and keeps their readings in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted: dict[Path, tuple[SamplePage, str]] = {}
    for case in cases:
        for page in case.pages:
            place = _place(folder, case, page)
            if place in wanted or place.exists():
                pace.shared += 1
            else:
                wanted[place] = page, case.story.seed
    todo = list(wanted.items())
    for start in range(0, len(todo), BATCH):
        _read(auditor, todo[start : start + BATCH], quality, pace)


def _read(auditor: Auditor, batch: Sequence[tuple[Path, tuple[SamplePage, str]]], quality: str, pace: Pace) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        scans = Path(name) / "scans"
        scans.mkdir()
        started = time.monotonic()
        with ProcessPoolExecutor(auditor.settings.workers) as pool:
            jobs = [
                pool.submit(_draw, page, seed, quality, scans / f"{index:04d}")
                for index, (_, (page, seed)) in enumerate(batch)
            ]
            for job in jobs:
                job.result()
        pace.drawing += time.monotonic() - started
        started = time.monotonic()
        readings = [page.reading for page in auditor.read(scans)]
        pace.reading += time.monotonic() - started
        pace.pages += len(batch)
    for (place, _), reading in zip(batch, readings, strict=True):
        if reading.reason is not None:
            pace.unread += 1
            place.with_suffix(UNREAD).write_text(reading.model_dump_json(), encoding="utf-8")
            continue
        beside = place.with_suffix(".tmp")
        beside.write_text(reading.model_dump_json(), encoding="utf-8")
        beside.replace(place)


def _draw(page: SamplePage, seed: str, quality: str, stem: Path) -> None:
    data, suffix = render_alone(page, seed, quality).encoded()
    stem.with_suffix(suffix).write_bytes(data)
