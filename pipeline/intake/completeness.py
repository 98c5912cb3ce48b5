"""Whether a file has its end: a copy or a scan that broke off has not. Cheap, without opening the file as what it is."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.intake.sniffing import ZIPS

TAIL = 1 << 16
"""Bytes (64 KiB): room for what mail gateways and web servers append to a PDF, and for the comment of a ZIP."""
END_MARKS = (
    *((start, b"PK\x05\x06") for start in ZIPS),
    (b"\xff\xd8\xff", b"\xff\xd9"),
    (b"\x89PNG\r\n\x1a\n", b"IEND"),
)
TIFF_HEADER, RIFF_HEADER = 8, 8
LINEARIZED = re.compile(rb"/Linearized\b")
LENGTH = re.compile(rb"/L\s+(\d+)")


def looks_complete(path: Path) -> bool:
    """True if the end mark of its format is there; what is of another format is complete unless it is empty."""
    if not path.is_file():
        return True
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(4096)
        stream.seek(max(0, size - TAIL))
        tail = stream.read()
    if b"%PDF-" in head[:1024]:
        return b"%%EOF" in tail and _promised_length(head) <= size
    if head.startswith((b"II*\0", b"MM\0*")):
        return TIFF_HEADER <= _number(head[4:8], big=head.startswith(b"MM")) < size
    if head.startswith(b"RIFF"):
        return _number(head[4:8], big=False) + RIFF_HEADER <= size
    return bool(head) and next((mark in tail for start, mark in END_MARKS if head.startswith(start)), True)


def _number(field: bytes, *, big: bool) -> int:
    return int.from_bytes(field, "big" if big else "little")


def _promised_length(head: bytes) -> int:
    """The length that a linearized PDF states at its beginning, where an early end mark would deceive."""
    if not LINEARIZED.search(head[:1024]):
        return 0
    length = LENGTH.search(head[:1024])
    return int(length.group(1)) if length else 0
