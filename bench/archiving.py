"""How long an archive copy takes, and how much memory, without reading: `python -m bench.archiving --pages 60 500`.

Each measurement is a process of its own: scanned pages of 200 dpi are invented (one JPEG a page, in a PDF or as image
files), with forty lines of text each as if they had been read, and the archive copy is written, checked and forced to disk.
Where ocrmypdf is installed it writes the same scan as PDF/A with a text layer of its own tesseract: a ratio, not a rival.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw

from pipeline.archiving import Closed, Manner, Opened, write_archive
from pipeline.errors import InputError
from schemas.base import State
from schemas.draft import Office
from schemas.reading import Line, PageKind, PageReading, TextSource
from schemas.report import AuditReport, ReportDocument, ReportPage, Source
from schemas.submission import Part, PartFormat, Submission
from schemas.volume import CataloguedPage, Page, Volume

SIZE = (1654, 2339)
"""A4 at 200 dpi."""
PAGES_A_PAPER = 3
WORDS = "虚构的卷宗文字用于测量归档副本制作所需时间"


def scan(number: int) -> bytes:
    """A page as a scanner gives it: paper grain, lines of grey, a red disc."""
    grain = np.random.default_rng(number % 16).normal(244, 5, (SIZE[1], SIZE[0], 1)).repeat(3, axis=2)
    image = Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    for row in range(40):
        for column in range(36):
            left, top = 200 + 34 * column, 200 + 48 * row
            pen.rectangle((left, top, left + 6 + (number + row * column) % 22, top + 26), fill=(50, 50, 55))
    pen.ellipse((1050, 1800, 1400, 2150), outline=(200, 40, 45), width=14)
    stream = BytesIO()
    image.save(stream, "JPEG", quality=80)
    return stream.getvalue()


def reading(number: int) -> PageReading:
    lines = tuple(
        Line(
            text=f"{WORDS[row % 5 :]}{number}", box=(0.12, 0.085 + 0.0205 * row, 0.86, 0.097 + 0.0205 * row), score=0.9
        )
        for row in range(40)
    )
    return PageReading(
        sha256="0" * 64, engine="none", kind=PageKind.CONTENT, text_source=TextSource.OCR, width=SIZE[0], height=SIZE[1],
        dpi=200, lines=lines,
    )  # fmt: skip


def make_file(folder: Path, count: int, form: str) -> Path:
    """The closing file on disk: a PDF, or a folder of photographs."""
    scans = [scan(number) for number in range(min(count, 16))]
    if form == "images":
        home = folder / "卷宗"
        home.mkdir()
        for number in range(count):
            (home / f"{number:04d}.jpg").write_bytes(scans[number % 16])
        return home
    target = folder / "卷宗.pdf"
    with pikepdf.Pdf.new() as pdf:
        for number in range(count):
            page = pdf.add_blank_page(page_size=(595.28, 841.89))
            image = pdf.make_stream(
                scans[number % 16], Type=Name.XObject, Subtype=Name.Image, Width=SIZE[0], Height=SIZE[1],
                BitsPerComponent=8, ColorSpace=Name.DeviceRGB, Filter=Name.DCTDecode,
            )  # fmt: skip
            page.obj.Resources = Dictionary(XObject=Dictionary(A=image))
            page.obj.Contents = pdf.make_stream(b"q 595.28 0 0 841.89 0 0 cm /A Do Q")
        pdf.save(target)
    return target


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def closed_file(path: Path, count: int) -> Closed:
    """As the audit hands it over: papers of three pages in an order that is not the standard's."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    form = PartFormat.IMAGE if path.is_dir() else PartFormat.PDF
    parts = tuple(Part(name=file.name, path=file, format=form, sha256=sha256_of(file), pages=1) for file in files)
    pages = tuple(
        Page(
            number=number + 1,
            part=parts[number if path.is_dir() else 0].name,
            part_page=1 if path.is_dir() else number + 1,
            reading=reading(number),
        )
        for number in range(count)
    )
    sha256 = "0" * 64 if path.is_dir() else sha256_of(path)
    report = AuditReport(
        source=Source(name=path.name, sha256=sha256, pages=count),
        status="audited",
        pages=tuple(
            ReportPage(number=page.number, document=None, kind="content", rotation=0, text_source="ocr") for page in pages
        ),
        documents=tuple(
            ReportDocument(
                type="other", title=f"材料{first}", first_page=first, last_page=min(count, first + PAGES_A_PAPER - 1),
                state=State.FOUND, score=1.0,
            )
            for first in range(1, count + 1, PAGES_A_PAPER)
        ),
    )  # fmt: skip
    volume = Volume(pages=tuple(CataloguedPage(page=page) for page in pages), documents=())
    return Closed(report, volume, Submission(name=path.name, sha256=sha256, parts=parts), path)


def peak_megabytes() -> float:
    """The most memory that this process ever had; Linux counts anew for a new program, `getrusage` goes on counting."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def measure(count: int, path: Path, folder: Path) -> dict[str, float]:
    """Seconds (wall and processor) and megabytes of one archive copy, in this process."""
    closed = closed_file(path, count)
    before = peak_megabytes()

    def opener(part: Part, index: int) -> Opened:
        raise InputError("unsupported", f"{part.name} {index}")

    manner = Manner(Office(name="虚构市法律援助处"), date(2026, 3, 5), opener, 120_000_000)
    wall, processor = time.perf_counter(), time.process_time()
    copy = write_archive(closed, folder / "归档", manner)
    seconds = time.perf_counter() - wall
    if copy.manifest.problems:
        raise SystemExit("\n".join(copy.manifest.problems))
    return {
        "seconds": seconds,
        "processor": time.process_time() - processor,
        "before_mb": before,
        "peak_mb": peak_megabytes(),
        "scan_mb": sum(part.path.stat().st_size for part in closed.submission.parts) / 1e6,
    }


def in_own_process(count: int, path: Path) -> dict[str, float]:
    """A measurement whose memory holds nothing of the making of the scan."""
    command = [sys.executable, "-m", "bench.archiving", "--once", str(path), "--pages", str(count)]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(result.stdout)
    return measured


def ocrmypdf_seconds(count: int) -> float | None:
    """Seconds that ocrmypdf takes for the same scan; None where it is not installed."""
    program = shutil.which("ocrmypdf")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        source = make_file(Path(name), count, "pdf")
        started = time.perf_counter()
        subprocess.run([program, "--output-type", "pdfa-2", source, Path(name) / "out.pdf"], check=True)
        return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[60])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--form", choices=("pdf", "images"), default="pdf")
    parser.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        with tempfile.TemporaryDirectory() as name:
            print(json.dumps(measure(options.pages[0], options.once, Path(name))))
        return
    for count in options.pages:
        with tempfile.TemporaryDirectory() as name:
            path = make_file(Path(name), count, options.form)
            runs = [in_own_process(count, path) for _ in range(options.runs)]
        middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        print(
            f"{count} pages ({options.form}, {middle['scan_mb']:.0f} MB), median of {len(runs)} runs: "
            f"{middle['seconds']:.2f} s, {middle['processor']:.2f} s of one processor; "
            f"memory {middle['before_mb']:.0f} MB before, {middle['peak_mb']:.0f} MB at most"
        )
        other = ocrmypdf_seconds(count)
        if other is not None:
            print(f"ocrmypdf, with its own reading: {other:.1f} s, {other / middle['seconds']:.0f} times as long")
        else:
            print("ocrmypdf is not installed here: no ratio")


if __name__ == "__main__":
    main()
