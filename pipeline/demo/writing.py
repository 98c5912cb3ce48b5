"""A rendered case on disk: as one PDF of scans, a folder of pictures, or a ZIP of them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import img2pdf  # type: ignore[import-untyped]

from pipeline.demo.digital import digital_pdf
from pipeline.demo.rendering import render
from pipeline.demo.sample import SampleCase, truth_of

EARLY = (2024, 1, 1, 0, 0, 0)
"""Date of the members of a ZIP, so that the same case gives the same bytes."""


def _files(case: SampleCase, quality: str) -> Iterator[tuple[str, bytes]]:
    for number, scan in enumerate(render(case, quality), 1):
        data, suffix = scan.encoded()
        yield f"{number:03d}{suffix}", data


def write_pdf(case: SampleCase, quality: str, target: Path) -> Path:
    """One PDF, a scan a page."""
    pages = [data for _, data in _files(case, quality)]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(img2pdf.convert(pages, nodate=True, engine=img2pdf.Engine.internal))
    return target


def write_folder(case: SampleCase, quality: str, target: Path, *, digital: str | None = None) -> Path:
    """A folder with a picture a page; papers of the type `digital` are born-digital PDFs instead."""
    target.mkdir(parents=True, exist_ok=True)
    served = _served(case, digital)
    for number, (name, data) in enumerate(_files(case, quality), 1):
        if number in served:
            (target / f"{number:03d}.pdf").write_bytes(digital_pdf([case.pages[number - 1].sheet]))
        else:
            (target / name).write_bytes(data)
    return target


def _served(case: SampleCase, type_: str | None) -> set[int]:
    """Numbers of the pages whose paper is of `type_`."""
    return {
        number
        for number, page in enumerate(case.pages, 1)
        if page.document is not None and case.papers[page.document].type == type_
    }


def write_zip(case: SampleCase, quality: str, target: Path) -> Path:
    """A ZIP with a picture a page."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in _files(case, quality):
            archive.writestr(zipfile.ZipInfo(name, EARLY), data)
    return target


def write_truth(case: SampleCase, quality: str, target: Path) -> Path:
    """The truth as JSON."""
    target.parent.mkdir(parents=True, exist_ok=True)
    truth = truth_of(case, quality).model_dump(mode="json")
    target.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return target
