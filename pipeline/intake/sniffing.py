"""What a file is, by its first bytes and, for a ZIP, by its members; never by its name.

Libraries that guess types call an OFD, and any plain ZIP, a Word file. Hence our own look.
"""

from __future__ import annotations

import errno
import lzma
import mmap
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from pipeline.errors import InputError
from pipeline.intake.names import has_clutter, member_name

HEAD = 4096
CONTENT_TYPES_LIMIT = 4 << 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
BITMAP_HEADERS = (12, 40, 52, 56, 64, 108, 124)
ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, lzma.LZMAError)
"""What reading a broken or foreign ZIP raises; a name that is not UTF-8 in spite of its flag is a ValueError."""
WORD = b"wordprocessingml.document.main+xml"
EXCEL = b"spreadsheetml.sheet.main+xml"


class Sort(StrEnum):
    """What the bytes are. Those from EMPTY on are not for auditing; a workbook may be a registration (受理登记表)."""

    PDF = "pdf"
    IMAGE = "image"
    DOCX = "docx"
    OFD = "ofd"
    ZIP = "zip"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    XLSX = "xlsx"
    OLD_WORKBOOK = "xls"
    UNSUPPORTED = "unsupported"


def sniff(path: Path) -> Sort:
    """The sort of a file. Raises InputError `corrupt` for a ZIP without a directory, and OSError as `open` does."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head:
        return Sort.EMPTY
    if head.startswith(ZIPS):
        return _sniff_zip(path)
    if head.startswith(OLE):
        return _sniff_compound(path)
    if is_image(head):
        return Sort.IMAGE
    return Sort.PDF if b"%PDF-" in head[:1024] else Sort.UNSUPPORTED


def is_image(head: bytes) -> bool:
    """JPEG, PNG, TIFF, BMP or WebP by the first bytes. `BM` alone is a word, so a bitmap must also know its header."""
    if head.startswith(IMAGES):
        return True
    if head.startswith(b"BM"):
        return int.from_bytes(head[14:18], "little") in BITMAP_HEADERS
    return head.startswith(b"RIFF") and head[8:12] == b"WEBP"


def _sniff_zip(path: Path) -> Sort:
    with broken_zip_is_corrupt(), zipfile.ZipFile(path) as archive:
        names = {member_name(info).removeprefix("./"): info for info in archive.infolist()}
        return _sort_of_members(archive, names)


@contextmanager
def broken_zip_is_corrupt() -> Iterator[None]:
    """Turns what zipfile raises on broken archives into InputError `corrupt`; the disk's own errors pass.

    An offset that points before the beginning of the file is an OSError `EINVAL`.
    """
    try:
        yield
    except ZIP_ERRORS as error:
        raise InputError("corrupt", f"zip: {type(error).__name__}") from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise InputError("corrupt", "zip: offset") from error


def _sort_of_members(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> Sort:
    if not any(name and not name.endswith("/") and not has_clutter(name) for name in names):
        return Sort.EMPTY
    if "OFD.xml" in names:
        return Sort.OFD
    if "[Content_Types].xml" in names:
        return _sort_of_office(archive, names["[Content_Types].xml"])
    foreign = {"mimetype", "META-INF/MANIFEST.MF", "META-INF/container.xml", "AndroidManifest.xml"}
    return Sort.UNSUPPORTED if foreign & names.keys() else Sort.ZIP


def _sort_of_office(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Sort:
    """A Word document or an Excel workbook; PowerPoint and whatever holds macros are neither."""
    if info.flag_bits & 0x1:
        return Sort.ENCRYPTED
    with archive.open(info) as stream:
        types = stream.read(CONTENT_TYPES_LIMIT)
    if WORD in types:
        return Sort.DOCX
    return Sort.XLSX if EXCEL in types else Sort.UNSUPPORTED


def _sniff_compound(path: Path) -> Sort:
    """A compound file: a DOCX or XLSX with a password, a workbook of Excel 97, or something else that is old.

    Each is known by the name of a stream in it.
    """
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as view:
        if view.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            return Sort.ENCRYPTED
        if view.find("WordDocument".encode("utf-16-le")) >= 0:
            return Sort.UNSUPPORTED
        return Sort.OLD_WORKBOOK if view.find("Workbook\0".encode("utf-16-le")) >= 0 else Sort.UNSUPPORTED
