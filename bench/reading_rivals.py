"""Other readers of Chinese scans, measured on the same pages in the same run where they are installed.

None of them is a requirement of the project; what is not there is named as absent.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

Reader = Callable[[npt.NDArray[np.uint8]], str]
"""Blue-green-red pixels in, the page's text out."""
NAMES = ("rapidocr", "tesseract", "ocrmypdf")


class AbsentError(Exception):
    """The rival is not installed on this machine; the message says what is missing."""


def rapidocr() -> Reader:
    """RapidOCR with its defaults: PP-OCRv6 small on ONNX Runtime."""
    if importlib.util.find_spec("rapidocr") is None:
        raise AbsentError("the package rapidocr")
    from rapidocr import RapidOCR  # noqa: PLC0415 - loads the networks

    engine = RapidOCR()

    def read(image: npt.NDArray[np.uint8]) -> str:
        return "\n".join(engine(image).txts or ())

    return read


def tesseract() -> Reader:
    """Tesseract with `chi_sim` through pytesseract."""
    require_tesseract()
    import pytesseract  # type: ignore[import-untyped]  # noqa: PLC0415 - only where it is wanted

    def read(image: npt.NDArray[np.uint8]) -> str:
        return str(pytesseract.image_to_string(np.ascontiguousarray(image[:, :, ::-1]), lang="chi_sim"))

    return read


def require_tesseract() -> None:
    program = shutil.which("tesseract")
    if program is None:
        raise AbsentError("the program tesseract")
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    if "chi_sim" not in listed.stdout:
        raise AbsentError("tesseract's data chi_sim")


def ocrmypdf(program: str) -> Callable[[Path, Path], list[str]]:
    """OCRmyPDF with Tesseract on two processes: a PDF in, the text of each page out."""
    require_tesseract()
    command = shutil.which(program)
    if command is None:
        raise AbsentError(f"the program {program}")

    def read(pdf: Path, workdir: Path) -> list[str]:
        told = workdir / "ocrmypdf.txt"
        options = ["-l", "chi_sim", "--rotate-pages", "--deskew", "-j", "2", "--output-type", "pdf", "--sidecar"]
        run = [command, *options, str(told), str(pdf), str(workdir / "ocrmypdf.pdf")]
        subprocess.run(run, check=True, capture_output=True)
        return told.read_text(encoding="utf-8").split("\f")

    return read
