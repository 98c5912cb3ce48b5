"""Workbooks: told from other files by what they hold, and never a part of a closing file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pipeline.errors import InputError
from pipeline.intake import Sort, sniff, take_in
from pipeline.settings import ArchiveLimits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def excel() -> bytes:
    saved = io.BytesIO()
    openpyxl.Workbook().save(saved)
    return saved.getvalue()


def with_macros() -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("[Content_Types].xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    return saved.getvalue()


@pytest.mark.parametrize(
    ("content", "sort"),
    [
        (excel(), Sort.XLSX),
        (with_macros(), Sort.UNSUPPORTED),
        (OLE + "Workbook\0".encode("utf-16-le"), Sort.OLD_WORKBOOK),
        (OLE + "WordDocument".encode("utf-16-le") + "Workbook\0".encode("utf-16-le"), Sort.UNSUPPORTED),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Sort.ENCRYPTED),
    ],
)
def test_a_workbook_is_known_by_its_content(tmp_path: Path, content: bytes, sort: Sort):
    """Whatever its name: new, with macros, old, an old Word file with a table from Excel in it, locked."""
    (tmp_path / "文件.dat").write_bytes(content)
    assert sniff(tmp_path / "文件.dat") is sort


@pytest.mark.parametrize("content", [excel(), OLE + "Workbook\0".encode("utf-16-le")])
def test_a_workbook_is_no_closing_file(tmp_path: Path, content: bytes):
    """`juanzong audit` says so, as it always did."""
    (tmp_path / "表.xlsx").write_bytes(content)
    with pytest.raises(InputError) as told:
        take_in(tmp_path / "表.xlsx", tmp_path / "work", limits=ArchiveLimits())
    assert told.value.code == "unsupported"
