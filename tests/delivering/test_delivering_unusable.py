"""Inputs that cannot be audited: a folder with the reason and the original."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.delivering import deliver_unusable

MESSAGE = "文件已损坏，无法打开。请重新扫描后再放入收件箱。"


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    return tmp_path / "outbox"


@pytest.fixture
def original(tmp_path: Path) -> Path:
    path = tmp_path / "store" / "3f9a"
    path.parent.mkdir()
    path.write_bytes(b"broken")
    return path


def test_folder_holds_reason_and_original(outbox: Path, original: Path) -> None:
    """A clerk finds the file under its own name, and a note that Notepad shows right."""
    folder = deliver_unusable("陈某卷.pdf", MESSAGE, original, outbox)
    assert folder.parent == outbox / "无法审查"
    assert folder.name.startswith("陈某卷.pdf_")
    assert (folder / "陈某卷.pdf").read_bytes() == b"broken"
    note = (folder / "说明.txt").read_bytes()
    assert note.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in note
    assert MESSAGE in note.decode("utf-8-sig")


def test_saving_the_copy_leaves_the_original_alone(outbox: Path, original: Path) -> None:
    """The copy is a copy: whoever writes into it does not write into the store."""
    folder = deliver_unusable("陈某卷.pdf", MESSAGE, original, outbox)
    with (folder / "陈某卷.pdf").open("r+b") as file:
        file.write(b"CHANGED")
    assert original.read_bytes() == b"broken"


def test_same_name_with_other_content_has_its_own_folder(outbox: Path, original: Path, tmp_path: Path) -> None:
    """Two broken files of one name do not share a folder; the same one twice does, untouched."""
    first = deliver_unusable("卷.pdf", MESSAGE, original, outbox)
    other = tmp_path / "other"
    other.write_bytes(b"also broken")
    assert deliver_unusable("卷.pdf", MESSAGE, other, outbox) != first
    (first / "说明.txt").write_text("办事人员批注", encoding="utf-8")
    assert deliver_unusable("卷.pdf", MESSAGE, original, outbox) == first
    assert (first / "说明.txt").read_text(encoding="utf-8") == "办事人员批注"


def test_dropped_folder_is_copied_whole(outbox: Path, tmp_path: Path) -> None:
    """A closing file that is a folder comes back as a folder."""
    drop = tmp_path / "卷宗"
    (drop / "卷一").mkdir(parents=True)
    (drop / "卷一" / "001.jpg").write_bytes(b"x")
    folder = deliver_unusable("卷宗", MESSAGE, drop, outbox)
    assert (folder / "卷宗" / "卷一" / "001.jpg").read_bytes() == b"x"


def test_missing_original_leaves_a_note_that_says_so(outbox: Path, tmp_path: Path) -> None:
    """Without an original there is still a folder, and no claim of a copy."""
    folder = deliver_unusable("没有.pdf", MESSAGE, tmp_path / "没有.pdf", outbox)
    assert [path.name for path in folder.iterdir()] == ["说明.txt"]
    assert "没有原件副本" in (folder / "说明.txt").read_text(encoding="utf-8-sig")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with named pipes")
def test_pipe_among_the_files_does_not_hang(outbox: Path, tmp_path: Path) -> None:
    """What is no file is left out, and the note says that not all could be copied."""
    drop = tmp_path / "卷宗"
    drop.mkdir()
    (drop / "001.jpg").write_bytes(b"x")
    os.mkfifo(drop / "pipe")
    folder = deliver_unusable("卷宗", MESSAGE, drop, outbox)
    assert (folder / "卷宗" / "001.jpg").read_bytes() == b"x"
    assert "部分文件未能读取" in (folder / "说明.txt").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["说明.txt", "CON.pdf", "a:b?.pdf", "../../etc/passwd", "名" * 200 + ".pdf", "", "."])
def test_awkward_names_are_taken(outbox: Path, original: Path, name: str) -> None:
    """Whatever the file was called, it lies in its own folder below 无法审查, beside the note."""
    folder = deliver_unusable(name, MESSAGE, original, outbox)
    assert folder.parent == outbox / "无法审查"
    copies = [path for path in folder.iterdir() if path.name != "说明.txt"]
    assert [path.read_bytes() for path in copies] == [b"broken"]
    assert MESSAGE in (folder / "说明.txt").read_text(encoding="utf-8-sig")
