"""The guarded process: a crash or a hang costs one part, and the next one is opened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from intake_files import pdf, picture

from pipeline.errors import InputError
from pipeline.intake import guarding, take_in
from pipeline.intake.guarding import Guard, Task
from pipeline.settings import ArchiveLimits
from schemas.submission import PartFormat

ROOT = Path(__file__).parents[2]


def task(path: Path, form: PartFormat = PartFormat.PDF) -> Task:
    return Task(path=path, format=form, repaired=path.with_suffix(".repaired"), page_limit=100, page_pixels=10**6)


def child(body: str) -> str:
    return "import sys; sys.path[:] = {path!r}\n" + body


def test_a_folder_is_opened_by_one_process(tmp_path, monkeypatch):
    """One start for all parts, and the process is gone afterwards."""
    started = []
    really_start = subprocess.Popen

    def start(*args, **kwargs):
        started.append(really_start(*args, **kwargs))
        return started[-1]

    monkeypatch.setattr(guarding.subprocess, "Popen", start)
    (tmp_path / "夹").mkdir()
    (tmp_path / "夹" / "1.pdf").write_bytes(pdf(2))
    (tmp_path / "夹" / "2.jpg").write_bytes(picture())
    submission = take_in(tmp_path / "夹", tmp_path / "work", limits=ArchiveLimits())
    assert submission.pages == 3
    assert len(started) == 1
    assert started[0].returncode is not None


def test_a_crash_costs_one_part(tmp_path, monkeypatch):
    """The process dies like a decoder in C; the next part gets a new one."""
    (tmp_path / "a.pdf").write_bytes(pdf(2))
    whole = guarding.START
    with Guard(60) as guard:
        monkeypatch.setattr(guarding, "START", child("import os; sys.stdin.readline(); os.abort()"))
        with pytest.raises(InputError) as caught:
            guard.probe(task(tmp_path / "a.pdf"))
        assert caught.value.code == "crashed"
        monkeypatch.setattr(guarding, "START", whole)
        assert guard.probe(task(tmp_path / "a.pdf")).pages == 2


def test_a_hang_costs_one_part_and_no_more_time_than_allowed(tmp_path, monkeypatch):
    """The process is ended, and the part is a timeout."""
    (tmp_path / "a.pdf").write_bytes(pdf(2))
    monkeypatch.setattr(guarding, "START", child("sys.stdin.readline(); sys.stdin.readline()"))
    with Guard(0.3) as guard, pytest.raises(InputError) as caught:
        guard.probe(task(tmp_path / "a.pdf"))
    assert caught.value.code == "timeout"


def test_what_libraries_print_does_not_disturb_the_answers(tmp_path):
    """A broken JPEG makes decoders talk; the answer is still one line."""
    (tmp_path / "a.jpg").write_bytes(picture()[:4000])
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4\ngarbage")
    with Guard(60) as guard:
        assert guard.probe(task(tmp_path / "a.jpg", PartFormat.IMAGE)).damaged
        with pytest.raises(InputError) as caught:
            guard.probe(task(tmp_path / "b.pdf"))
    assert caught.value.code == "corrupt"


def test_a_script_without_a_main_guard_can_take_in(tmp_path):
    """The child must not run its caller's script again."""
    (tmp_path / "a.pdf").write_bytes(pdf(2))
    script = tmp_path / "script.py"
    script.write_text(
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from pipeline.intake import take_in\n"
        "from pipeline.settings import ArchiveLimits\n"
        "here = Path(__file__).parent\n"
        "print(take_in(here / 'a.pdf', here / 'work', limits=ArchiveLimits()).pages)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script), str(ROOT)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["2"]
