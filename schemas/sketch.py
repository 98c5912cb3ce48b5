"""What is kept of a paper to compare it with those of other closing files (文书比对), without keeping its text."""

from __future__ import annotations

from datetime import datetime

from schemas.base import Frozen


class Sketch(Frozen):
    """One paper's fingerprint: the smallest hashes of its shingles, and, of a record, when and by whom it was taken."""

    case: str
    """The closing file it comes from, as a clerk knows it: the case number, else the file's name."""
    type: str
    title: str
    hashes: tuple[int, ...]
    """The smallest hashes of its shingles, rising; empty for a text too short to compare."""
    lawyer: str | None = None
    begins: datetime | None = None
    """For a record of a meeting: from when to when, local time of the office."""
    ends: datetime | None = None
    place: str | None = None
