"""PDF copies of the letters by LibreOffice, where an office has it. The DOCX stays the document."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

SECONDS = 120.0
"""For one letter: a first start takes two or three seconds, a busy office machine many times that."""

_USUAL_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.com"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)


def find_soffice() -> Path | None:
    """LibreOffice's program on this machine."""
    for name in ("soffice", "libreoffice"):
        place = shutil.which(name)
        if place:
            return Path(place)
    return next((place for place in _USUAL_PLACES if place.is_file()), None)


def to_pdf(path: Path, *, seconds: float = SECONDS, note: Callable[[bytes], None] | None = None) -> Path | None:
    """A PDF copy beside the DOCX at `path`; None where LibreOffice is missing, fails, or takes longer than `seconds`.

    `note` is told the copy's content before it appears.

    A PDF that stands there already is never overwritten, because it may be the sealed one: it is returned if it is as
    new as the DOCX, else the copy gets a free name.
    """
    target = path.with_suffix(".pdf")
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        return target
    soffice = find_soffice()
    if soffice is None:
        return None
    with tempfile.TemporaryDirectory(prefix="juanzong-pdf-", ignore_cleanup_errors=True) as workdir:
        made = _convert(soffice, path, Path(workdir), seconds)
        if made is not None and note is not None:
            note(made.read_bytes())
        return _publish(made, target) if made is not None else None


def _convert(soffice: Path, path: Path, workdir: Path, seconds: float) -> Path | None:
    source = workdir / "letter.docx"
    shutil.copyfile(path, source)
    # 每次用独立的用户目录：两个进程共用一个目录时，后一个不报错也不输出
    command = [
        str(soffice), f"-env:UserInstallation={(workdir / 'profile').as_uri()}", "--headless", "--norestore",
        "--convert-to", "pdf", "--outdir", str(workdir), str(source),
    ]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 - our own list of arguments, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=os.name != "nt",
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(process)
    made = workdir / "letter.pdf"
    return made if made.is_file() and made.stat().st_size > 0 else None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the converter with the children that it starts."""
    if process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _publish(made: Path, target: Path) -> Path:
    names = (target, *(target.with_name(f"{target.stem}（{number}）.pdf") for number in range(2, 100)))
    free = next((name for name in names if not name.exists()), names[-1])
    beside = free.with_name(f".{free.name}.part")
    shutil.copyfile(made, beside)
    beside.replace(free)
    return free
