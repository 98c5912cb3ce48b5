"""Fingerprints of papers (文书指纹), to find texts that are nearly the same in two closing files.

A sketch is a bottom-k MinHash over shingles of characters (Broder 1997, On the resemblance of documents): the smallest
hashes of a set estimate how much two sets have in common. Names, numbers and days are masked first, so that a text
copied with another name in it is still a copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from zlib import crc32

from schemas.base import State
from schemas.sketch import Sketch
from schemas.volume import Document, Volume

_SHINGLE = 6
"""Characters; a Chinese sentence of legal prose shares few six-character runs with another by chance."""
_KEPT = 128
"""Hashes kept; the standard error of the estimate is about 1/sqrt(128), nine per cent."""
_SHORTEST = 200
"""Characters below which texts are alike by their forms."""

_TIME = re.compile(
    r"((?:19|20)\d{2})[年./-](\d{1,2})[月./-](\d{1,2})日?(\d{1,2})(?:时|:|：|点)(\d{1,2})?分?"
    r"(?:至|到|[-—–~～]+)(?:(?:19|20)\d{2}[年./-]\d{1,2}[月./-]\d{1,2}日?)?(?:同日)?(\d{1,2})(?:时|:|：|点)(\d{1,2})?分?"
)
_NAMED = ("recipient_name", "lawyer_name", "firm_name", "organ_name", "case_number", "organ_case_number")
RECORDS = frozenset({"meeting_record", "interview_record"})


def sketches_of(volume: Volume, case: str, types: Iterable[str]) -> tuple[Sketch, ...]:
    """The sketches of the volume's sure papers of `types`; `case` says which closing file they are from."""
    return tuple(sketch(document, case) for _, document in volume.of_type(*types) if document.state is State.FOUND)


def sketch(document: Document, case: str) -> Sketch:
    """One paper's sketch."""
    lawyer = document.fields.get("lawyer_name")
    begins, ends = _hours(document) if document.type in RECORDS else (None, None)
    return Sketch(
        case=case,
        type=document.type,
        title=document.title,
        hashes=_smallest(_masked(document)),
        lawyer=lawyer.value if lawyer is not None and lawyer.state is State.FOUND else None,
        begins=begins,
        ends=ends,
    )


def resemblance(one: Sketch, other: Sketch) -> float | None:
    """Share of shingles that the two have in common, 0 to 1; None where either is too short to tell."""
    if not one.hashes or not other.hashes:
        return None
    size = min(_KEPT, len(one.hashes), len(other.hashes))
    union = sorted({*one.hashes, *other.hashes})[:size]
    both = set(one.hashes) & set(other.hashes)
    return sum(1 for value in union if value in both) / len(union)


def overlapping(one: Sketch, other: Sketch) -> bool:
    """Whether one lawyer was at two meetings at the same time."""
    if one.lawyer is None or one.lawyer != other.lawyer:
        return False
    if one.begins is None or one.ends is None or other.begins is None or other.ends is None:
        return False
    return one.begins < other.ends and other.begins < one.ends


def _masked(document: Document) -> str:
    text = re.sub(r"\s+", "", document.text)
    values = {value.value for name, value in document.fields.items() if name in _NAMED and value.value}
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(re.sub(r"\s+", "", value), "□")
    return re.sub(r"[\d〇○零一二三四五六七八九十百千万]+", "0", text)


def _smallest(text: str) -> tuple[int, ...]:
    if len(text) < _SHORTEST:
        return ()
    data = text.encode("utf-32-be")
    step, width = 4, 4 * _SHINGLE
    hashes = {crc32(data[start : start + width]) for start in range(0, len(data) - width + 1, step)}
    return tuple(sorted(hashes)[:_KEPT])


def _hours(document: Document) -> tuple[datetime | None, datetime | None]:
    """From when to when the record says that it was taken; None where it does not say, or says nonsense."""
    match = _TIME.search(re.sub(r"\s+", "", document.text))
    if match is None:
        return None, None
    year, month, day, hour, minute, to_hour, to_minute = (int(part or 0) for part in match.groups())
    try:
        begins, ends = (datetime(year, month, day, h, m) for h, m in ((hour, minute), (to_hour, to_minute)))  # noqa: DTZ001 - the office's clock
    except ValueError:
        return None, None
    return (begins, ends) if begins < ends else (None, None)
