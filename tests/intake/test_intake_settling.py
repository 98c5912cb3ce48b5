"""Settling: when a drop is all there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from intake_files import pdf, picture, tiff

from pipeline.intake import Settling, find_drops, looks_complete
from pipeline.intake.settling import PATIENCE

QUIET = 5.0


class Watch:
    """Looks at an inbox at given seconds."""

    def __init__(self, inbox: Path) -> None:
        self.inbox = inbox
        self.settling = Settling(QUIET)

    def at(self, seconds: float) -> list[str]:
        return [drop.name for drop in self.settling.observe(find_drops(self.inbox), seconds)]


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    return Watch(tmp_path)


def test_a_drop_settles_after_the_quiet_time(watch):
    """Not before, and again and again until it is taken."""
    (watch.inbox / "a.pdf").write_bytes(pdf())
    assert watch.at(100) == []
    assert watch.at(104.9) == []
    assert watch.at(105) == ["a.pdf"]
    assert watch.at(106) == ["a.pdf"]


def test_a_change_of_size_or_time_begins_the_quiet_time_anew(watch):
    """Some programs write into a file without changing its size."""
    path = watch.inbox / "a.jpg"
    path.write_bytes(picture())
    watch.at(0)
    os.utime(path, ns=(1, 1))
    assert watch.at(5) == []
    assert watch.at(9) == []
    assert watch.at(10) == ["a.jpg"]


def test_a_folder_settles_as_a_whole(watch):
    """A page that arrives late keeps the whole folder waiting."""
    folder = watch.inbox / "卷宗"
    (folder / "卷一").mkdir(parents=True)
    (folder / "卷一" / "1.jpg").write_bytes(picture())
    watch.at(0)
    (folder / "卷一" / "2.jpg").write_bytes(picture())
    assert watch.at(5) == []
    assert watch.at(10) == ["卷宗"]


def test_a_name_that_says_still_writing_keeps_its_folder_waiting(watch):
    """`~$` is an open Word document, `.part` a running download; neither is waited for for ever."""
    folder = watch.inbox / "卷宗"
    folder.mkdir()
    (folder / "1.jpg").write_bytes(picture())
    (folder / "2.jpg.part").write_bytes(b"x")
    watch.at(0)
    assert watch.at(QUIET * (PATIENCE - 1)) == []
    assert watch.at(QUIET * PATIENCE) == ["卷宗"]


def test_a_half_written_file_waits_longer_and_is_then_taken_to_be_told(watch):
    """No end mark: the copy may have stalled. After the long time the clerk should hear of it."""
    (watch.inbox / "a.pdf").write_bytes(pdf()[:-30])
    watch.at(0)
    assert watch.at(QUIET * (PATIENCE - 1)) == []
    assert watch.at(QUIET * PATIENCE) == ["a.pdf"]


def test_temporary_names_clutter_and_empty_folders_are_no_drops(watch):
    """They may lie in the inbox as long as they like."""
    for name in ("a.pdf.part", "~$a.docx", "Thumbs.db", ".DS_Store"):
        (watch.inbox / name).write_bytes(b"x")
    (watch.inbox / "新建文件夹").mkdir()
    (watch.inbox / "只有缩略图").mkdir()
    (watch.inbox / "只有缩略图" / "Thumbs.db").write_bytes(b"x")
    assert find_drops(watch.inbox) == ()


def test_a_drop_that_goes_and_comes_back_begins_anew(watch):
    """Its quiet time is its own."""
    path = watch.inbox / "a.jpg"
    path.write_bytes(picture())
    watch.at(0)
    path.rename(watch.inbox.parent / "elsewhere")
    watch.at(4)
    (watch.inbox.parent / "elsewhere").rename(path)
    assert watch.at(5) == []
    assert watch.at(10) == ["a.jpg"]


@pytest.mark.parametrize(
    "content",
    [pdf(3), pdf(3, linearize=True), picture("JPEG"), picture("PNG"), picture("WEBP"), tiff(3)],
    ids=["pdf", "linearized pdf", "jpeg", "png", "webp", "tiff"],
)
def test_a_file_has_its_end_or_has_not(tmp_path, content):
    """Whole it is complete; without its last tenth it is not."""
    path = tmp_path / "file"
    path.write_bytes(content)
    assert looks_complete(path)
    path.write_bytes(content[: len(content) * 9 // 10] if not content.startswith(b"II") else content[:7])
    assert not looks_complete(path)


def test_a_pdf_with_something_behind_its_end_is_complete(tmp_path):
    """Mail gateways append to it."""
    path = tmp_path / "file"
    path.write_bytes(pdf() + b"\r\n" * 5000)
    assert looks_complete(path)


def test_a_file_of_another_kind_is_complete_unless_it_is_empty(tmp_path):
    """Waiting would not make it a PDF."""
    path = tmp_path / "file"
    path.write_bytes(b"text")
    assert looks_complete(path)
    path.write_bytes(b"")
    assert not looks_complete(path)


def test_a_pipe_in_a_folder_is_not_waited_on(watch):
    """Opening it to look for its end would never return."""
    (watch.inbox / "夹").mkdir()
    os.mkfifo(watch.inbox / "夹" / "pipe")
    watch.at(0)
    assert watch.at(QUIET) == ["夹"]
