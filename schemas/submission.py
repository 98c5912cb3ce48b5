"""A submission (收卷): a closing file as it arrived, opened far enough to know its pages."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import Field

from schemas.base import Frozen


class PartFormat(StrEnum):
    PDF = "pdf"
    IMAGE = "image"
    """JPEG, PNG, TIFF (a page an image frame), BMP, WebP."""
    DOCX = "docx"
    OFD = "ofd"


class Part(Frozen):
    """One file of the submission, safe on disk under `path`."""

    name: str
    """The clerk's name for it, with the folders inside a ZIP or a dropped folder, for example `卷一/003.jpg`."""
    path: Path
    format: PartFormat
    sha256: str
    pages: int = Field(ge=0)
    """Pages, or image frames. A DOCX or OFD part tells its pages when it is read; here it counts at least one."""
    damaged: bool = False
    """Cut short or in need of repair, but opened: pages or parts of pages may be lost."""


class UnusablePart(Frozen):
    """A file inside a folder or ZIP that could not be used; the others still are."""

    name: str
    code: str
    message: str


class Submission(Frozen):
    """A whole closing file: its parts in natural order of their names."""

    name: str
    sha256: str
    parts: tuple[Part, ...]
    unusable: tuple[UnusablePart, ...] = ()

    @property
    def pages(self) -> int:
        return sum(part.pages for part in self.parts)


class Original(Frozen):
    """What a clerk handed in (原件), kept under its hash, never rewritten, never deleted."""

    name: str
    """The name under which it was handed in."""
    sha256: str
    path: Path
    """The kept file, or the kept folder."""
