"""The reader and its workers: order, crashes, hangs, cache."""

from __future__ import annotations

import pytest
from reading_samples import part_of, picture_parts, submission_of

from pipeline.errors import UsageError
from pipeline.reading import Reader, pool
from pipeline.settings import ReadingLimits, Settings
from schemas.reading import PageKind
from schemas.submission import PartFormat
from tests.engines import FakeEngine


def settings_for(tmp_path, engine="tests.engines:reading", workers=2, seconds=60.0):
    return Settings(
        engine=engine,
        workers=workers,
        state=tmp_path / "state",
        reading=ReadingLimits(page_seconds=seconds),
    )


def kinds(pages):
    return [page.reading.kind for page in pages]


def test_pages_come_in_order_from_several_workers(tmp_path):
    """Whichever worker is faster, and also after a file left half-read, pages come in the order of the parts."""
    parts = picture_parts(tmp_path, 250, 240, 230, 220, 210)
    progress = []
    with Reader(settings_for(tmp_path)) as reader:
        left = reader.read(submission_of(*parts))
        assert next(left).number == 1
        left.close()
        pages = list(reader.read(submission_of(*parts), progress=lambda *state: progress.append(state)))
    assert [page.number for page in pages] == [1, 2, 3, 4, 5]
    assert [page.part for page in pages] == [part.name for part in parts]
    texts = [page.reading.text for page in pages]
    assert len(set(texts)) == 5
    assert sorted(texts, reverse=True) == texts
    assert progress == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_a_crash_and_a_hang_cost_one_page_each(tmp_path, monkeypatch):
    """A page that takes its process down, or never comes back, is given up after a second try; the others are read."""
    monkeypatch.setattr(pool, "PATIENCE", 1.0)
    parts = picture_parts(tmp_path, 250, 125, 240, 180, 230)
    with Reader(settings_for(tmp_path, "tests.engines:faulty", seconds=2.0)) as reader:
        pages = list(reader.read(submission_of(*parts)))
    assert [page.reading.reason for page in pages] == [None, "crashed", None, "timeout", None]
    assert kinds(pages)[1] is kinds(pages)[3] is PageKind.UNREADABLE
    assert kinds(pages)[0] is kinds(pages)[2] is kinds(pages)[4] is PageKind.CONTENT


def test_a_page_that_is_worked_on_without_end_is_given_up(tmp_path, monkeypatch):
    """The limit counts the processor's time: a loop that never ends is ended, however patient the wall clock."""
    monkeypatch.setattr(pool, "PATIENCE", 1000.0)
    parts = picture_parts(tmp_path, 250, 180, 230)
    with Reader(settings_for(tmp_path, "tests.engines:endless", seconds=2.0)) as reader:
        pages = list(reader.read(submission_of(*parts)))
    assert [page.reading.reason for page in pages] == [None, "timeout", None]


def test_time_that_others_take_from_a_worker_is_not_counted(monkeypatch):
    """A worker that got no turn at the processor is late, not lost; one that used its ration up is lost."""
    worker = pool._Worker.__new__(pool._Worker)
    worker.deadline, worker.ration = float("inf"), 60.0
    monkeypatch.setattr(pool._Worker, "worked", lambda self: 59.0)
    assert not worker.overstays
    monkeypatch.setattr(pool._Worker, "worked", lambda self: 61.0)
    assert worker.overstays


def test_a_missing_engine_is_a_usage_error(tmp_path):
    """An engine that cannot be loaded ends the run with its sentence, not with unreadable pages."""
    parts = picture_parts(tmp_path, 250)
    with Reader(settings_for(tmp_path, "tests.engines:missing")) as reader, pytest.raises(UsageError, match="识读引擎"):
        list(reader.read(submission_of(*parts)))


class CountingEngine(FakeEngine):
    """Counts the pictures it reads."""

    def __init__(self):
        self.read_pages = 0

    def read(self, image, dpi=None):
        self.read_pages += 1
        return super().read(image, dpi)


def test_a_page_once_read_is_not_read_again(tmp_path):
    """A second reader over the same state takes all pages from the cache."""
    parts = picture_parts(tmp_path, 250, 240)
    engine = CountingEngine()
    first = list(Reader(settings_for(tmp_path), engine=engine).read(submission_of(*parts)))
    read = engine.read_pages
    again = list(Reader(settings_for(tmp_path), engine=engine).read(submission_of(*parts)))
    assert read >= 2
    assert engine.read_pages == read
    assert [page.reading.lines for page in again] == [page.reading.lines for page in first]


def test_a_damaged_cache_entry_is_read_anew(tmp_path):
    """A cache file cut short counts as none."""
    parts = picture_parts(tmp_path, 250)
    engine = CountingEngine()
    first = list(Reader(settings_for(tmp_path), engine=engine).read(submission_of(*parts)))
    for entry in (tmp_path / "state" / "readings").iterdir():
        entry.write_bytes(entry.read_bytes()[:40])
    again = list(Reader(settings_for(tmp_path), engine=engine).read(submission_of(*parts)))
    assert again[0].reading.lines == first[0].reading.lines


def test_another_engine_does_not_use_the_cache(tmp_path):
    """Readings belong to the engine that made them."""
    parts = picture_parts(tmp_path, 250)
    engine, other = CountingEngine(), CountingEngine()
    other.name = "other/1"
    list(Reader(settings_for(tmp_path), engine=engine).read(submission_of(*parts)))
    list(Reader(settings_for(tmp_path), engine=other).read(submission_of(*parts)))
    assert other.read_pages > 0


def test_a_broken_part_does_not_stop_the_others(tmp_path):
    """A file that is not what it claims to be is one unreadable page; the rest is read."""
    broken = tmp_path / "000.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    lost = tmp_path / "002.docx"
    lost.write_bytes(b"PK nothing")
    parts = (part_of(broken, PartFormat.PDF), *picture_parts(tmp_path, 250), part_of(lost, PartFormat.DOCX))
    pages = list(Reader(settings_for(tmp_path), engine=FakeEngine()).read(submission_of(*parts)))
    assert kinds(pages) == [PageKind.UNREADABLE, PageKind.CONTENT, PageKind.UNREADABLE]
    assert pages[0].reading.reason == pages[2].reading.reason == "corrupt"


def test_unreadable_pages_are_not_cached(tmp_path):
    """What failed once may work the next time."""
    broken = tmp_path / "000.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    list(Reader(settings_for(tmp_path), engine=FakeEngine()).read(submission_of(part_of(broken, PartFormat.PDF))))
    assert not list((tmp_path / "state").rglob("*.json"))
