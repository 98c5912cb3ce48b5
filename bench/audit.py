"""Audits invented closing files and counts what the audit got right.

    python -m bench.audit --files 200 --seed 1 --quality office poor clean

Prints a table a quality and writes it below `bench/results/`, as JSON, with every mistake in words and a line for each file.
Readings of pages are kept: a killed run goes on where it stopped. `--quality unerring` needs no pictures: it takes the pages
as a reader without errors would read them, and so measures cataloguing and rules alone, in minutes.

The files are the project's own sample files: figures on them are an upper bound for real scans, above all for handwriting.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

from bench.audit_table import table
from bench.comparing import Score, compared
from bench.corpus import Family, families
from bench.readings import Pace, ensure_read, fingerprint, newest, pages_of
from bench.unerring import unerring_pages
from pipeline.auditing import audit
from pipeline.cataloguing import catalogue
from pipeline.demo import SampleCase, truth_of
from pipeline.demo.scanner import QUALITIES
from pipeline.flow import NOTHING_KNOWN, Auditor
from pipeline.settings import Settings
from schemas.report import Source
from schemas.volume import Page

RESULTS = Path(__file__).parent / "results"
TODAY = date(2026, 1, 5)
"""The day of the audit: fixed, so that a run can be repeated."""
UNERRING = "unerring"


class Run:
    """One quality: its files are audited one after the other; figures and lines grow with each."""

    def __init__(self, auditor: Auditor, quality: str, readings: Path, lines: Path) -> None:
        self._auditor, self._quality, self._readings, self._lines = auditor, quality, readings, lines
        self.total, self.pace, self.seconds, self.files = Score(), Pace(), 0.0, 0
        lines.parent.mkdir(parents=True, exist_ok=True)
        lines.write_text("", encoding="utf-8")

    def family(self, number: int, family: Family) -> None:
        """Reads what is new of the family's pages, and audits its files."""
        if self._quality != UNERRING:
            ensure_read(self._auditor, family.cases, self._quality, self._readings, self.pace)
        for index, case in enumerate(family.cases):
            self._file(f"{number:03d}.{index}", case)

    def _pages(self, case: SampleCase) -> tuple[Page, ...]:
        return unerring_pages(case) if self._quality == UNERRING else pages_of(case, self._readings)

    def _file(self, number: str, case: SampleCase) -> None:
        pages = self._pages(case)
        started = time.monotonic()
        source = Source(name=number, sha256="", pages=len(pages))
        report = audit(catalogue(pages, NOTHING_KNOWN), self._auditor.standard, source, NOTHING_KNOWN, TODAY)
        seconds = time.monotonic() - started
        story = case.story
        told = f"{number}[{story.style.key} {story.kind}/{story.stage}/{story.origin}]"
        score = compared(report, truth_of(case, self._quality), told)
        self.total.add(score)
        self.seconds, self.files = self.seconds + seconds, self.files + 1
        defects = [":".join(filter(None, (each.problem, each.type, each.detail))) for each in case.defects]
        decision = report.subsidy.decision if report.subsidy is not None else report.status
        print(f"{self._quality} {told} {len(pages)} pages, {defects or 'complete'}: {decision}", flush=True)
        line = {
            "file": told, "pages": len(pages), "defects": defects, "decision": decision, "seconds": round(seconds, 3),
            "findings": [f"{each.rule} {each.problem} {each.state}" for each in report.findings],
            "counts": dict(sorted(score.counts.items())), "remarks": score.remarks,
        }  # fmt: skip
        with self._lines.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _mistakes(
    run: Run, mix: Counter[str], options: argparse.Namespace, quality: str, version: str
) -> dict[str, object]:
    score = run.total
    return {
        "options": {**vars(options), "quality": quality},
        "readings": version,
        "figures": table(score, run.pace, run.seconds, run.files),
        "sorts": dict(mix),
        "defects": {key: dict(counts) for key, counts in sorted(score.defects.items())},
        "rules": {key: dict(sorted(counts.items())) for key, counts in sorted(score.rules.items())},
        "counts": dict(sorted(score.counts.items())),
        "pace": asdict(run.pace),
        "remarks": score.remarks,
    }


def _print(run: Run, quality: str) -> None:
    print(f"\n{quality}")
    for label, figure in table(run.total, run.pace, run.seconds, run.files).items():
        print(f"  {label:46} {figure}")
    print("\n  defects                                        certain  uncertain  missed")
    for label, counts in sorted(run.total.defects.items()):
        print(f"  {label:46} {counts['certain']:7} {counts['uncertain']:10} {counts['missed']:7}")
    print("\n  rules                                          right  follow-ups  wrong: certain  uncertain")
    for rule, counts in sorted(run.total.rules.items()):
        right, follow = (counts[f"{sort}_certain"] + counts[f"{sort}_uncertain"] for sort in ("right", "follow_up"))
        print(f"  {rule:46} {right:5} {follow:11} {counts['wrong_certain']:15} {counts['wrong_uncertain']:10}")


def _counted(options: argparse.Namespace, mix: Counter[str]) -> Iterator[tuple[int, Family]]:
    for number, family in enumerate(families(options.files, options.seed, options.only)):
        kind, stage, origin = family.sort
        mix[f"{kind}/{stage}/{origin}"] += len(family.cases)
        yield number, family


def _measure(options: argparse.Namespace, quality: str) -> None:
    kept = RESULTS / "readings" / quality
    version = newest(kept) if options.kept and quality != UNERRING else fingerprint()
    which = f"-{re.sub(r'[^a-z]+', '-', options.only)}" if options.only else ""
    target = RESULTS / f"audit-{quality}-{options.files}-{options.seed}{which}"
    mix: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="bench-") as state:
        settings = Settings(state=Path(state), **({"workers": options.jobs} if options.jobs else {}))
        with Auditor(settings, standard=options.standard) as auditor:
            run = Run(auditor, quality, kept / version, target.with_suffix(".jsonl"))
            for number, family in _counted(options, mix):
                run.family(number, family)
    _print(run, quality)
    result = _mistakes(run, mix, options, quality, version)
    target.with_suffix(".json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"\n{target.with_suffix('.json')}: {len(mix)} sorts, {run.files} files", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quality", nargs="+", choices=[UNERRING, *QUALITIES], default=["office"])
    parser.add_argument(
        "--only", default="", help="sorts whose name, as in criminal_defence/trial_first/notified, holds this"
    )
    parser.add_argument("--standard", default="gd")
    parser.add_argument("--jobs", type=int, default=0, help="processes that draw and read pages; 0: one a core")
    parser.add_argument(
        "--kept",
        action="store_true",
        help="take the newest kept readings, although the code that made them has changed since",
    )
    options = parser.parse_args()
    for quality in options.quality:
        _measure(options, quality)


if __name__ == "__main__":
    main()
