"""PDF copies: where LibreOffice is missing, hangs, fails or works."""

from __future__ import annotations

import os
import select
import stat
import time
from pathlib import Path

import pytest
from docx import Document

from pipeline.delivering import conversion, to_pdf

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in programs are shell scripts")


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    document = Document()
    document.add_paragraph("补正通知书：喆玥")
    path = tmp_path / "补正通知书（草稿）.docx"
    document.save(str(path))
    return path


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program in place of LibreOffice; `$OUT` is the folder it writes to."""
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\nOUT="$7"\n{script}\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(conversion, "find_soffice", lambda: program)


def test_without_libreoffice_there_is_no_copy(letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The product works without it."""
    monkeypatch.setattr(conversion, "find_soffice", lambda: None)
    assert to_pdf(letter) is None


def test_copy_stands_beside_the_letter(letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy bears the letter's name."""
    stand_in(tmp_path, monkeypatch, 'printf %%PDF-1.7 > "$OUT/letter.pdf"')
    assert to_pdf(letter) == letter.with_suffix(".pdf")
    assert letter.with_suffix(".pdf").read_bytes() == b"%PDF-1.7"


@pytest.mark.parametrize("script", ["exit 1", "exit 0", ': > "$OUT/letter.pdf"'])
def test_failure_gives_none(letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A converter that fails, does nothing, or writes an empty file leaves no copy."""
    stand_in(tmp_path, monkeypatch, script)
    assert to_pdf(letter) is None
    assert not letter.with_suffix(".pdf").exists()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux to watch a process")
def test_hanging_converter_is_ended_with_its_children(
    letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the given time the office gets its answer, and nothing keeps running."""
    stand_in(tmp_path, monkeypatch, f'sleep 60 & echo $! > "{tmp_path}/child"; wait')
    started = time.monotonic()
    assert to_pdf(letter, seconds=0.5) is None
    assert time.monotonic() - started < 20
    assert ends(int((tmp_path / "child").read_text()))


def ends(process: int) -> bool:
    """Whether a process is gone, or goes within a busy machine's few seconds."""
    try:
        watched = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], 20)[0])
    finally:
        os.close(watched)


def test_pdf_that_stands_there_is_never_overwritten(
    letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be the sealed one: an up-to-date one is kept, an older one gets a neighbour."""
    stand_in(tmp_path, monkeypatch, 'printf new > "$OUT/letter.pdf"')
    sealed = letter.with_suffix(".pdf")
    sealed.write_bytes(b"sealed")
    assert to_pdf(letter) == sealed
    os.utime(sealed, (0, 0))
    assert to_pdf(letter) == tmp_path / "补正通知书（草稿）（2）.pdf"
    assert sealed.read_bytes() == b"sealed"


@pytest.mark.slow
@pytest.mark.skipif(conversion.find_soffice() is None, reason="LibreOffice is not installed on this machine")
def test_libreoffice_makes_a_pdf(letter: Path) -> None:
    """With LibreOffice the letter becomes a PDF."""
    made = to_pdf(letter)
    assert made is not None
    assert made.read_bytes().startswith(b"%PDF")
