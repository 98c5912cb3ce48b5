"""The archive copy (归档副本): one PDF/A a volume, and the manifest that says what it holds and proves it unchanged."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field

from schemas.base import Frozen
from schemas.report import Source


class Treatment(StrEnum):
    """How a page of the scan came into the archive copy."""

    UNCHANGED = "unchanged"
    """The scan's own image data, bit by bit."""
    LOSSLESS = "lossless"
    """The scan's own pixels, packed anew without loss."""
    CONVERTED = "converted"
    """Pixels in a colour or a coding that PDF/A does not allow, converted."""
    RENDERED = "rendered"
    """A page of a program, drawn as a picture."""
    TYPESET = "typeset"
    """The text of a Word or OFD document, set anew: the layout is not the original's."""
    ABSENT = "absent"
    """The page cannot be opened; a sheet in its place says so."""


TREATMENT_TITLES: dict[Treatment, str] = {
    Treatment.UNCHANGED: "原图像数据",
    Treatment.LOSSLESS: "原像素，无损压缩",
    Treatment.CONVERTED: "转换颜色或者编码",
    Treatment.RENDERED: "按页绘制",
    Treatment.TYPESET: "按文字重新排印",
    Treatment.ABSENT: "无法打开，以说明页代替",
}


class ArchivedPage(Frozen):
    """One page of a volume of the archive copy."""

    page: int
    """Its place in the PDF, from 1."""
    number: int | None
    """The number stamped on it (页号)."""
    paper: str
    scan_page: int | None = None
    """Its place in the closing file as it was handed in; None for what the program has written itself."""
    part: str = ""
    part_page: int | None = None
    treatment: Treatment | None = None


class ArchivedVolume(Frozen):
    """One volume that was written, and passed the check of PDF/A-2b."""

    title: str
    file: str
    """Below the copy's folder, with `/`."""
    format: Literal["PDF/A-2b"] = "PDF/A-2b"
    numbered: int
    pages: tuple[ArchivedPage, ...]


class ArchivedFile(Frozen):
    """A file of the archive copy. `name` is that of the original where it could not be kept as it was."""

    path: str
    size: int
    sha256: str
    name: str | None = None


class Manifest(Frozen):
    """`manifest.json` of an archive copy."""

    schema_: Literal["juanzong.archive/1"] = Field(default="juanzong.archive/1", alias="schema")
    made_on: date
    program: str
    key: str
    """Digest of all that the copy was made from: the same key, the same copy."""
    source: Source
    standard: str
    case_number: str = ""
    volumes: tuple[ArchivedVolume, ...]
    problems: tuple[str, ...] = ()
    """Chinese sentences: what could not be written."""
    files: tuple[ArchivedFile, ...]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ArchiveCopy(Frozen):
    """An archive copy on disk. `written` is false where the same copy stood there already."""

    folder: Path
    manifest: Manifest
    written: bool
