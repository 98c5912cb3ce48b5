"""Keeping the original: a verified copy under its hash, whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.intake import clear_staging, hash_path, is_kept, keep_original, sha256_of


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_file_is_kept_under_its_hash_and_cannot_be_written(tmp_path):
    """Its own name, read-only, below its hash; the source stays."""
    source = tmp_path / "（全角）卷宗.pdf"
    source.write_bytes(b"content")
    original = keep_original(source, tmp_path / "originals")
    assert original.path == tmp_path / "originals" / original.sha256[:2] / original.sha256 / source.name
    assert original.path.read_bytes() == source.read_bytes()
    assert stat.S_IMODE(original.path.stat().st_mode) == 0o444
    assert original.sha256 == sha256_of(source)


def test_keeping_again_changes_nothing_whatever_the_name(tmp_path):
    """Same bytes, same address, one copy."""
    for name in ("a.pdf", "b.pdf", "a.pdf"):
        (tmp_path / name).write_bytes(b"content")
        original = keep_original(tmp_path / name, tmp_path / "originals")
        assert original.name == name
    assert [Path(name).name for name in files(tmp_path / "originals")] == ["a.pdf"]


def test_a_folder_is_kept_as_a_tree_with_its_clutter(tmp_path):
    """Its hash is the submission's; what is not a paper is kept beside the papers."""
    folder = tmp_path / "卷宗"
    (folder / "卷一").mkdir(parents=True)
    (folder / "卷一" / "1.jpg").write_bytes(b"1")
    (folder / "Thumbs.db").write_bytes(b"2")
    original = keep_original(folder, tmp_path / "originals")
    assert files(original.path) == ["Thumbs.db", "卷一/1.jpg"]
    assert original.sha256 == hash_path(folder)
    assert is_kept(folder, original)
    (folder / "卷一" / "2.jpg").write_bytes(b"3")
    assert not is_kept(folder, original)


def test_a_file_that_changes_while_it_is_copied_is_not_kept(tmp_path, monkeypatch):
    """A scanner that is still writing: no half page becomes an original."""
    import pipeline.intake.originals as module

    source = tmp_path / "a.pdf"
    source.write_bytes(b"content")
    really_fsync = module.os.fsync

    def fsync_and_grow(handle: int) -> None:
        really_fsync(handle)
        with source.open("ab") as stream:
            stream.write(b"more")

    monkeypatch.setattr(module.os, "fsync", fsync_and_grow)
    with pytest.raises(InputError) as caught:
        keep_original(source, tmp_path / "originals")
    assert caught.value.code == "incomplete"
    assert files(tmp_path / "originals") == []


def test_a_copy_that_reads_back_differently_is_not_kept(tmp_path, monkeypatch):
    """A disk that lies is found out before the drop leaves the inbox."""
    import pipeline.intake.originals as module

    (tmp_path / "a.pdf").write_bytes(b"content")
    monkeypatch.setattr(module, "sha256_of", lambda _path: "0" * 64)
    with pytest.raises(OSError, match="differs"):
        keep_original(tmp_path / "a.pdf", tmp_path / "originals")
    assert files(tmp_path / "originals") == []


def test_links_are_not_kept(tmp_path):
    """Neither as a drop nor inside a folder."""
    (tmp_path / "a.pdf").write_bytes(b"content")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "a.pdf")
    (tmp_path / "夹").mkdir()
    (tmp_path / "夹" / "1.pdf").symlink_to(tmp_path / "a.pdf")
    for name in ("link.pdf", "夹"):
        with pytest.raises(InputError) as caught:
            keep_original(tmp_path / name, tmp_path / "originals")
        assert caught.value.code == "unsupported"


def test_a_pipe_in_a_folder_is_not_waited_on(tmp_path):
    """It is told, like any other thing that is no file."""
    (tmp_path / "夹").mkdir()
    os.mkfifo(tmp_path / "夹" / "pipe")
    with pytest.raises(InputError) as caught:
        keep_original(tmp_path / "夹", tmp_path / "originals")
    assert caught.value.code == "unsupported"


def test_a_file_that_another_program_holds_is_still_being_written(tmp_path, monkeypatch):
    """Windows refuses it with a sharing violation: that is no lack of permission."""
    (tmp_path / "a.pdf").write_bytes(b"content")

    def held(path, *args):
        error = PermissionError(13, "in use", str(path))
        error.winerror = 32
        raise error

    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(InputError) as caught:
        keep_original(tmp_path / "a.pdf", tmp_path / "originals")
    assert caught.value.code == "incomplete"


def test_a_missing_or_closed_source_is_the_clerks_matter(tmp_path, monkeypatch):
    """An InputError with its code; a store that cannot be written stays an OSError."""
    with pytest.raises(InputError) as caught:
        keep_original(tmp_path / "none.pdf", tmp_path / "originals")
    assert caught.value.code == "not_found"
    (tmp_path / "a.pdf").write_bytes(b"content")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        keep_original(tmp_path / "a.pdf", tmp_path / "file" / "originals")


def test_unfinished_copies_of_a_dead_run_are_cleared(tmp_path):
    """What is in its place stays."""
    (tmp_path / "a.pdf").write_bytes(b"content")
    original = keep_original(tmp_path / "a.pdf", tmp_path / "originals")
    (tmp_path / "originals" / ".staging" / "dead").mkdir(parents=True)
    (tmp_path / "originals" / ".staging" / "dead" / "x").write_bytes(b"x")
    clear_staging(tmp_path / "originals")
    assert files(tmp_path / "originals") == [original.path.relative_to(tmp_path / "originals").as_posix()]
