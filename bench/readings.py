"""Readings of the bench's closing files, kept until the code that made them changes.

Reading takes nearly all of the time; with it kept, a change of cataloguing or auditing is measured in seconds.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from pathlib import Path

from pydantic import TypeAdapter

from pipeline.demo import SampleCase, truth_of, write_pdf
from pipeline.flow import Auditor
from schemas.volume import Page

PAGES = TypeAdapter(tuple[Page, ...])
ROOT = Path(__file__).parents[1]
MADE_BY = ("pipeline/demo", "pipeline/reading", "schemas")


def fingerprint() -> str:
    """Of all code that decides what a page looks like and how it is read."""
    digest = hashlib.sha256()
    for path in sorted(each for folder in MADE_BY for each in (ROOT / folder).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def pages_of(auditor: Auditor, case: SampleCase, quality: str, cache: Path) -> tuple[tuple[Page, ...], float]:
    """The read pages of `case`, and the seconds that reading took (0 for a kept reading)."""
    told = truth_of(case, quality).model_dump_json().encode()
    kept = cache / f"{hashlib.sha256(told).hexdigest()[:16]}-{fingerprint()}.json"
    if kept.exists():
        return PAGES.validate_json(kept.read_bytes()), 0.0
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = write_pdf(case, quality, Path(folder) / "file.pdf")
        started = time.monotonic()
        pages = auditor.read(path)
        seconds = time.monotonic() - started
    cache.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(PAGES.dump_json(pages))
    return pages, seconds
