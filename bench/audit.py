"""Audits invented closing files and counts what the audit got right: `python -m bench.audit --files 8 --seed 1`.

Prints a table and writes it, with every mistake in words, to `bench/results/`. The files are the project's own sample
files: figures on them are an upper bound for real scans, above all for handwriting.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.comparing import Score, compared
from bench.corpus import corpus
from bench.readings import pages_of
from pipeline.auditing import audit
from pipeline.cataloguing import catalogue
from pipeline.demo import truth_of
from pipeline.flow import NOTHING_KNOWN, Auditor
from pipeline.settings import Settings
from schemas.report import Source

RESULTS = Path(__file__).parent / "results"
TODAY = date(2026, 1, 5)
"""The day of the audit: fixed, so that a run can be repeated."""


def share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else f"{part} of 0"


@dataclass
class Pace:
    """Time spent on pages that were really read in this run."""

    pages: int = 0
    seconds: float = 0.0


def run(files: int, seed: int, quality: str) -> tuple[Score, Pace]:
    """The score over all files, and the pace of those that had not been read before."""
    total, pace = Score(), Pace()
    with Auditor(Settings()) as auditor:
        for index, case in enumerate(corpus(files, seed)):
            pages, reading = pages_of(auditor, case, quality, RESULTS / "readings")
            started = time.monotonic()
            source = Source(name=f"{index:03d}", sha256="", pages=len(pages))
            report = audit(catalogue(pages, NOTHING_KNOWN), auditor.standard, source, NOTHING_KNOWN, TODAY)
            if reading:
                pace.pages += len(pages)
                pace.seconds += reading + time.monotonic() - started
            told = f"{index:03d}[{case.story.style.key} {case.story.kind}/{case.story.stage}/{case.story.origin}]"
            total.add(compared(report, truth_of(case, quality), told))
            print(
                f"{told} {len(case.pages)} pages, {[f'{each.problem}:{each.type}' for each in case.defects]}",
                flush=True,
            )
    return total, pace


def peak_megabytes() -> int:
    """Memory of this process and of its largest child at their peaks."""
    own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + child) // 1024


def table(score: Score, pace: Pace) -> dict[str, str]:
    """The figures in words."""
    n = score.counts
    missing = n["missing_found_certain"] + n["missing_found_uncertain"] + n["missing_missed"]
    defects = n["defect_found_certain"] + n["defect_found_uncertain"] + n["defect_missed"]
    read = n["fields_right"] + n["fields_wrong_confident"]
    return {
        "page types right": share(n["pages_right"], n["pages"]),
        "page types wrong with confidence": str(n["pages_wrong_confident"]),
        "page types not sure": share(n["pages_uncertain"], n["pages"]),
        "missing papers found, certain": share(n["missing_found_certain"], missing),
        "missing papers found, uncertain": str(n["missing_found_uncertain"]),
        "missing papers not found": str(n["missing_missed"]),
        "papers wrongly called missing, certain": str(n["missing_wrong_certain"]),
        "papers wrongly called missing, uncertain": str(n["missing_wrong_uncertain"]),
        "other defects found, certain": share(n["defect_found_certain"], defects),
        "other defects found, uncertain": str(n["defect_found_uncertain"]),
        "other defects not found": str(n["defect_missed"]),
        "other findings without a defect, certain": str(n["finding_wrong_certain"]),
        "other findings without a defect, uncertain": str(n["finding_wrong_uncertain"]),
        "notes without a defect": str(n["note_wrong_certain"] + n["note_wrong_uncertain"]),
        "fields read": share(read, n["fields"]),
        "fields wrong with confidence, of 1000": f"{1000 * n['fields_wrong_confident'] / max(1, read):.1f}",
        "case kind, stage, origin right": share(n["case_right"], n["case"]),
        "case fields right": share(n["case_fields_right"], n["case_fields"]),
        "case fields wrong with confidence": str(n["case_fields_wrong_confident"]),
        "marks there and found": share(n["marks_found_right"], n["marks_found"]),
        "marks there but called missing": str(n["marks_found_wrong"]),
        "marks not there and so called": share(n["marks_missing_right"], n["marks_missing"]),
        "marks not there but called found": str(n["marks_missing_wrong"]),
        "complete files payable": share(n["complete_payable"], n["complete"]),
        "complete files wrongly blocked": str(n["complete_blocked"]),
        "questions a complete file": f"{n['complete_questions'] / max(1, n['complete']):.1f}",
        "blocking files blocked": share(n["blocking_blocked"], n["blocking"]),
        "blocking files called payable": str(n["blocking_payable"]),
        "files undetermined": share(n["files_undetermined"], n["files"]),
        "seconds a page": f"{pace.seconds / pace.pages:.2f}" if pace.pages else "readings were kept",
        "peak memory, MB": str(peak_megabytes()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quality", default="office")
    options = parser.parse_args()
    score, pace = run(options.files, options.seed, options.quality)
    figures = table(score, pace)
    for label, figure in figures.items():
        print(f"{label:46} {figure}")
    RESULTS.mkdir(exist_ok=True)
    result = {
        "options": vars(options),
        "figures": figures,
        "counts": dict(sorted(score.counts.items())),
        "remarks": score.remarks,
    }
    target = RESULTS / f"audit-{options.quality}-{options.files}-{options.seed}.json"
    target.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(target)


if __name__ == "__main__":
    main()
