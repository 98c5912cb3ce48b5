"""Whether a PDF is a PDF/A-2b (校验), by the allowlist of pikepdf: what it does not know does not pass."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pikepdf.pdfa
from pikepdf import Pdf

FLAVOUR = "2b"
_MADE = re.compile(rb"(?<=<xmp:MetadataDate>)[^<]*(?=</xmp:MetadataDate>)")


class NotArchivable(Exception):  # noqa: N818 - an outcome: it passed, it failed, or it could not be checked
    """The file that was written did not pass. `checked` is false where it holds what the check does not know."""

    def __init__(self, summary: str, *, checked: bool) -> None:
        super().__init__(summary)
        self.checked = checked


def unfit_pages(pdf: Pdf) -> tuple[int, ...]:
    """Indices of the pages that keep `pdf` from being a PDF/A. The document is prepared for it, its pages stay as they are."""
    if _is_fit(pdf):
        return ()
    unfit = []
    for index, page in enumerate(pdf.pages):
        with Pdf.new() as alone:
            alone.pages.append(page)
            if not _is_fit(alone):
                unfit.append(index)
    return tuple(unfit)


def _is_fit(pdf: Pdf) -> bool:
    pikepdf.pdfa.prepare(pdf, FLAVOUR)
    return pikepdf.pdfa.check(pdf, FLAVOUR).verdict == "pass"


def save_checked(pdf: Pdf, path: Path, made_on: date) -> None:
    """Writes the document as PDF/A-2b, and reads it again to check it. The same document gives the same bytes.

    Raises `NotArchivable`, and leaves no file, where it does not pass.
    """
    pikepdf.pdfa.prepare(pdf, FLAVOUR)
    metadata = pdf.Root.Metadata
    dated = _MADE.sub(f"{made_on.isoformat()}T00:00:00+00:00".encode(), metadata.read_bytes())
    metadata.write(dated)
    try:
        pikepdf.pdfa.save(pdf, path, FLAVOUR, repair=False, deterministic_id=True)
    except pikepdf.pdfa.PdfaError as error:
        raise NotArchivable(error.report.summary(5), checked=error.report.verdict == "fail") from error
