"""The identity of what was handed in: SHA-256 of a file, and of a folder's names and contents."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from pathlib import Path

CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def sha256_of_folder(entries: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over the sorted (name, SHA-256 of content) pairs of a folder; clutter is not among them."""
    digest = hashlib.sha256()
    for name, content in sorted((unicodedata.normalize("NFC", name), content) for name, content in entries):
        digest.update(f"{name}\0{content}\n".encode())
    return digest.hexdigest()
