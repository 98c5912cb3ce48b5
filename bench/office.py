"""An office after ten years: time to list, to find and to export with a hundred thousand cases, and an inbox with 500 files.

    python -m bench.office --cases 100000 --files 500 --keep /somewhere/with/10/GB

The registry is filled with cases of ten years, most of them archived, each with its audit report in full length (some 70 KB),
its registration, its assignment and its events. Then each question that a clerk asks is timed once, in a new process, together
with the memory that it took at most. Then so many files are dropped at once on the running office.

Reading is not done: its stand-in waits `--page-milliseconds` a page and gives the kept report of one audit, under another case
number, so that what is timed is what the office does around it: keeping, recording, drafting, delivering, the ledger. At
`--page-milliseconds 1600` it waits as long as reading was measured to take; less scales that down, and the result says how
far. A kept folder (`--keep`) is filled once and used again; `--only load` or the name of a question leaves the rest out.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pikepdf
import psutil
import structlog

from bench.office_registry import NUMBER, RECIPIENT, fill, named, sample_report
from pipeline import registry
from pipeline.auditing import load_standard
from pipeline.desk.assignments import candidates_of
from pipeline.desk.deadlines import running_terms
from pipeline.desk.desk import Desk
from pipeline.desk.papers import deliver_round, write_the_ledger
from pipeline.desk.premises import prepare_folders
from pipeline.registry.models import LedgerLine
from pipeline.settings import Settings
from schemas.registration import CaseRecord
from schemas.report import AuditReport, Source

RESULTS = Path(__file__).parent / "results"
PAGE_SECONDS = 1.6
"""Of one process on one core for an office page, see docs/accuracy.md; what `reading would take` is reckoned by."""
EVERY = 50
QUESTIONS = (
    "lines", "export", "due", "find", "report", "registered", "list", "propose", "open", "caseload", "again", "verify",
)  # fmt: skip
NEW_LINES = 1000
"""Rounds whose lines are worked out anew from their reports: the question `lines` is an export with so many of them."""


def office_at(folder: Path) -> Settings:
    return Settings(
        inbox=folder / "inbox", outbox=folder / "outbox", state=folder / "state", quiet_seconds=0.0, rescan_seconds=0.1
    )


def questions(settings: Settings, cases: int) -> dict[str, Callable[[], object]]:
    """What a clerk asks, by name."""
    standard = load_standard("gd", None)
    middle = NUMBER.format(cases // 2 + 1)

    def export() -> object:
        (settings.outbox / "台账.xlsx").unlink(missing_ok=True)
        write_the_ledger(settings.outbox, standard)
        return f"{(settings.outbox / '台账.xlsx').stat().st_size >> 20} MB"

    def lines() -> object:
        LedgerLine.objects.filter(round_id__gt=cases - NEW_LINES).delete()
        return write_the_ledger(settings.outbox, standard)

    def registered() -> CaseRecord:
        found = registry.find_case(middle)
        assert found is not None
        return found

    def alone() -> CaseRecord:
        """A case before no organ: those of the bench are all of one organ and number, which makes them one case."""
        found = registered()
        return found.model_copy(update={"registration": found.registration.model_copy(update={"organ": None})})

    return {
        "export": export,
        "lines": lines,
        "due": lambda: f"{len(running_terms(standard, date.today()))} terms",  # noqa: DTZ011 - the office's own day
        "find": lambda: registry.life(middle).key,
        "report": lambda: registry.latest_round(middle).report.source.pages,
        "registered": registered,
        "list": lambda: f"{sum(map(len, registry.listed_cases(registry.wanted_cases(registry.Wanted()))))} cases",
        "propose": lambda: f"{len(candidates_of(alone(), date.today(), settings))} candidates",  # noqa: DTZ011
        "open": lambda: f"{sum(1 for _ in registry.open_registrations())} open",
        "caseload": lambda: f"{len(registry.open_cases())} lawyers",
        "again": lambda: (
            f"{len(registry.undelivered())}, {len(registry.open_drops())}, {len(registry.refused_names())}"
        ),
        "verify": lambda: f"{registry.verify_journal().events} events",
    }


def ask(folder: Path, cases: int, question: str) -> None:
    """One question in this process; its answer, its seconds and its memory as JSON on standard output."""
    settings = office_at(folder)
    prepare_folders(settings)
    registry.open_registry(settings.state)
    act = questions(settings, cases)[question]
    base = psutil.Process().memory_info().rss
    started, processor = time.perf_counter(), time.process_time()
    answer = act()
    seconds, cost = time.perf_counter() - started, time.process_time() - processor
    status = Path("/proc/self/status").read_text(encoding="ascii")  # what `resource` tells includes the parent's
    peak = next(int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmHWM"))
    told = {"seconds": round(seconds, 3), "processor": round(cost, 3), "base MB": base >> 20, "peak MB": peak >> 20}
    print(json.dumps({**told, "answer": str(answer)[:60]}, ensure_ascii=False))


def asked(folder: Path, cases: int, question: str) -> dict[str, object]:
    command = [sys.executable, "-m", "bench.office", "--cases", str(cases), "--keep", str(folder), "--ask", question]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1][:200]}
    found: dict[str, object] = json.loads(done.stdout)
    return found


def drop_files(inbox: Path, files: int, pages: int, kilobytes: int) -> None:
    """So many PDFs of blank pages at once, each of other bytes and as long as a scan is."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(inbox.parent / "blank.pdf")
    blank = (inbox.parent / "blank.pdf").read_bytes()
    for number in range(files):
        content = b"%PDF-1.7\n%" + os.urandom(1024 * kilobytes).hex()[: 1024 * kilobytes].encode() + b"\n" + blank
        (inbox / f"{number:04d}.pdf").write_bytes(content)


class Timed:
    """Something the office does again and again, with how often it did and how long that took."""

    def __init__(self, act: Callable[..., Any]) -> None:
        self._act = act
        self.times = 0
        self.wall = self.processor = self.longest = 0.0

    def __call__(self, *arguments: Any) -> Any:
        started, processor = time.perf_counter(), time.process_time()
        result = self._act(*arguments)
        took = time.perf_counter() - started
        self.times += 1
        self.wall += took
        self.processor += time.process_time() - processor
        self.longest = max(self.longest, took)
        return result

    def told(self) -> dict[str, float]:
        wall, processor, longest = (round(value, 1) for value in (self.wall, self.processor, self.longest))
        return {"times": self.times, "seconds": wall, "processor": processor, "longest": longest}


class Reading:
    """The stand-in for reading: waits, and gives the kept report as that of a case of its own."""

    def __init__(self, pages: int, milliseconds: float) -> None:
        self._pages, self._seconds = pages, pages * milliseconds / 1000
        self._turn, self._started = count(), time.perf_counter()
        self.memory: dict[int, int] = {}
        self.minutes: dict[int, float] = {}

    def __call__(self, original: Path, name: str) -> AuditReport:
        done = next(self._turn)
        if done % EVERY == 0:
            self.note(done)
        time.sleep(self._seconds)
        # made in the bench's own series, so that each is a case of its own
        made = named(f"虚载字〔2026〕{time.time_ns()}号", RECIPIENT.format(done))
        source = Source(name=name, sha256=original.parent.name, pages=self._pages)
        return AuditReport.model_validate_json(made).model_copy(update={"source": source})

    def note(self, done: int) -> None:
        self.memory[done] = psutil.Process().memory_info().rss >> 20
        self.minutes[done] = round((time.perf_counter() - self._started) / 60, 1)


def load(settings: Settings, files: int, pages: int, milliseconds: float) -> dict[str, object]:
    """The running office with so many files in its inbox, until all are delivered."""
    sample_report()  # made once, and no part of what the office does
    standard = load_standard("gd", None)
    reading = Reading(pages, milliseconds)
    deliver = Timed(partial(deliver_round, settings=settings))
    ledger = Timed(partial(write_the_ledger, settings.outbox, standard))
    desk = Desk(settings, process=reading, deliver=deliver, write_ledger=ledger)
    desk.recover()
    started, processor = time.perf_counter(), time.process_time()
    desk._take_in()  # noqa: SLF001 - timed apart from the rest
    desk._take_in()  # noqa: SLF001
    taken = time.perf_counter() - started
    desk.tick()
    seconds, cost = time.perf_counter() - started, time.process_time() - processor
    reading.note(files)
    own = cost - ledger.processor
    return {
        "files": files,
        "scale": f"{milliseconds} ms a page stand for {1000 * PAGE_SECONDS:.0f} ms of reading (1 : {1000 * PAGE_SECONDS / milliseconds:.0f})",
        "left in the inbox": len(list(settings.inbox.glob("*.pdf"))),
        "seconds": round(seconds, 1),
        "files a minute": round(60 * files / seconds, 1),
        "processor": round(cost, 1),
        "processor a file without the ledger": round(own / files, 2),
        "taken in": round(taken, 1),
        "deliver": deliver.told(),
        "ledger": ledger.told(),
        "stand-in": round(files * pages * milliseconds / 1000, 1),
        "reading would take, one core": f"{files * pages * PAGE_SECONDS / 3600:.1f} h",
        "minutes at file": reading.minutes,
        "MB at file": reading.memory,
    }


def quiet() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def measure(folder: Path, options: argparse.Namespace) -> dict[str, object]:
    quiet()
    settings = office_at(folder)
    prepare_folders(settings)
    found: dict[str, object] = {"options": {**vars(options), "keep": None}}
    registry.open_registry(settings.state)
    started = time.perf_counter()
    if fill(options.cases):
        found["filled in seconds"] = round(time.perf_counter() - started)
    registry.close_registry()
    found["registry GB"] = round((settings.state / "registry.sqlite3").stat().st_size / 2**30, 2)
    print(json.dumps(found, ensure_ascii=False), flush=True)
    for question in (each for each in QUESTIONS if options.only is None or each in options.only):
        found[question] = asked(folder, options.cases, question)
        print(question, json.dumps(found[question], ensure_ascii=False), flush=True)
    if options.files and (options.only is None or "load" in options.only):
        drop_files(settings.inbox, options.files, options.pages, options.kilobytes)
        registry.open_registry(settings.state)
        found["load"] = load(settings, options.files, options.pages, options.page_milliseconds)
        registry.close_registry()
        print("load", json.dumps(found["load"], ensure_ascii=False), flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100_000, help="cases in the registry")
    parser.add_argument("--files", type=int, default=500, help="closing files dropped at once")
    parser.add_argument("--pages", type=int, default=40, help="pages of each")
    parser.add_argument("--kilobytes", type=int, default=2000, help="size of each")
    parser.add_argument(
        "--page-milliseconds", type=float, default=1.0, help="what the stand-in for reading waits a page"
    )
    parser.add_argument("--keep", type=Path, help="folder in which the filled registry is kept")
    parser.add_argument("--only", nargs="*", choices=("load", *QUESTIONS), help="these questions, or the load, alone")
    parser.add_argument("--ask", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ask:
        ask(options.keep, options.cases, options.ask)
        return
    with tempfile.TemporaryDirectory(prefix="bench-office-") as place:
        found = measure(options.keep or Path(place), options)
    part = "".join(f"-{name}" for name in options.only or ())
    target = RESULTS / f"office-{options.cases}-{options.files}{part}.json"
    target.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(target)


if __name__ == "__main__":
    main()
