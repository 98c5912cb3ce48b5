#!/usr/bin/env python3
"""Sets the project up in `.venv` and runs it. Needs Python 3.11 or later and nothing else.

python3 bootstrap.py demo           set up, make sample closing files, audit them
python3 bootstrap.py test [ARGS]    set up with the development tools, run every check
python3 bootstrap.py setup          set up only; then use .venv/bin/juanzong
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
AUDITED = (0, 1, 4)
"""Exit statuses of `juanzong audit` that say: all was audited."""


def run(*command: object, accept: tuple[int, ...] = (0,)) -> None:
    line = [str(part) for part in command]
    print("+", " ".join(line), flush=True)
    status = subprocess.run(line, cwd=ROOT, check=False).returncode
    if status not in accept:
        sys.exit(status)


def python() -> Path:
    return BIN / ("python.exe" if os.name == "nt" else "python")


def make_environment() -> None:
    """A virtual environment with pip. Debian keeps the part that brings pip in a package of its own."""
    if python().exists() and subprocess.run([python(), "-m", "pip", "-q", "--version"], check=False).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "venv", VENV], check=False).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if shutil.which("apt-get") is None or os.name == "nt" or os.geteuid() != 0:
        sys.exit("Python's venv module lacks ensurepip. On Debian: apt-get install python3-venv, then run this again.")
    run("apt-get", "update", "-qq")
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "python3-venv")
    run(sys.executable, "-m", "venv", VENV)


def install(requirements: str) -> None:
    """The locked versions, checked by hash, once for each state of the lock."""
    lock = ROOT / requirements
    stamp = VENV / f".{requirements}.{hashlib.sha256(lock.read_bytes()).hexdigest()[:16]}"
    if not stamp.exists():
        run(python(), "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", lock)
        stamp.touch()
    if not (BIN / ("juanzong.exe" if os.name == "nt" else "juanzong")).exists():
        run(python(), "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "-e", ROOT)


PRINTING = {"libreoffice-writer-nogui": ("soffice", "--version"), "fonts-noto-cjk": ("fc-list", "--quiet", ":lang=zh")}
"""What prints the letters in a test, by Debian package, and the command that tells whether it is there."""


def answers(command: tuple[str, ...]) -> bool:
    """Whether the program is there and ends well."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def install_printing() -> None:
    """LibreOffice and a Chinese font, with which a test prints every letter. Without them that test is skipped."""
    missing = [package for package, command in PRINTING.items() if not answers(command)]
    if not missing:
        return
    if shutil.which("apt-get") is None or os.name == "nt" or os.geteuid() != 0:
        print(f"Not installed: {', '.join(missing)}. The test that prints the letters will be skipped.", flush=True)
        return
    for line in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
    ):
        print("+", " ".join(line), flush=True)
        try:
            status = subprocess.run(line, timeout=600, check=False).returncode
        except subprocess.TimeoutExpired:
            status = 1
        if status:
            print(
                f"Could not install {', '.join(missing)}. The test that prints the letters will be skipped.", flush=True
            )
            return


def demo() -> None:
    samples = ROOT / "samples"
    run(BIN / "juanzong", "demo", samples)
    files = sorted((samples / "closing-files").iterdir())
    run(BIN / "juanzong", "audit", *files, "--out", samples / "audited", accept=AUDITED)


def test(arguments: list[str]) -> None:
    run(BIN / "ruff", "check", ".")
    run(BIN / "ruff", "format", "--check", ".")
    run(BIN / "mypy")
    run(BIN / "lint-imports")
    run(python(), "-m", "pytest", *(arguments or ORDINARY))


ORDINARY = ("-m", "not full", "--numprocesses", "logical", "--maxprocesses", "4", "--dist", "loadfile")
"""Every test but the longest, side by side, the tests of one file one after the other."""


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what a user with an older Python runs first
        sys.exit("juanzong needs Python 3.11 or later.")
    verb, *arguments = sys.argv[1:] or ["help"]
    if verb not in ("demo", "test", "setup"):
        sys.exit(__doc__)
    make_environment()
    install("requirements-dev.txt" if verb == "test" else "requirements.txt")
    if verb == "demo":
        demo()
    if verb == "test":
        install_printing()
        test(arguments)


if __name__ == "__main__":
    main()
