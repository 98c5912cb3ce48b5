"""A page that kills whoever reads it, among good ones: it alone is lost, it is said which, and the office goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading_samples import grey_page

from pipeline.desk import run_desk
from pipeline.settings import ReadingLimits, Settings
from schemas.report import AuditReport

GOOD, HUNGRY, KILLED = 250, 180, 125
"""Greys of the pages, by which the engine knows what to do."""


@pytest.mark.full
def test_pages_that_exhaust_memory_or_kill_their_reader_cost_themselves_alone(tmp_path: Path) -> None:
    """One worker outgrows its limit, one is killed by the system; the other pages and the next file are read."""
    settings = Settings(
        inbox=tmp_path / "收件箱",
        outbox=tmp_path / "发件箱",
        state=tmp_path / "台账",
        engine="tests.engines:hungry",
        workers=1,
        quiet_seconds=0.0,
        rescan_seconds=0.1,
        reading=ReadingLimits(worker_megabytes=500),
    )
    for name, levels in {"1卷": (GOOD, HUNGRY, 240, KILLED, 245), "2卷": (230, 235)}.items():
        folder = settings.inbox / name
        folder.mkdir(parents=True)
        for number, level in enumerate(levels, start=1):
            grey_page(level).save(folder / f"{number:02}.png")
    run_desk(settings, once=True)
    reports = [
        AuditReport.model_validate_json(path.read_bytes()) for path in settings.outbox.glob("*/第1次审查/*.json")
    ]
    by_name = {report.source.name: report for report in reports}
    assert [page.kind for page in by_name["1卷"].pages] == ["content", "unreadable", "content", "unreadable", "content"]
    assert [page.reason for page in by_name["1卷"].pages if page.reason] == ["crashed", "crashed"]
    assert [page.kind for page in by_name["2卷"].pages] == ["content", "content"]
