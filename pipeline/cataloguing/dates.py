"""Dates (日期) in every form papers use, with the slips of a reader of scans; never an impossible one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_DIGIT_SLIPS = str.maketrans("OoQDIl|zZSB", "00001112258")
_CHINESE = {
    char: value
    for value, chars in enumerate(
        ("〇零OoO0口", "一壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for char in chars
}
_D = r"[0-9OoIl]"
_ARABIC = re.compile(
    rf"(?<![0-9A-Za-z])((?:19|2[0O]){_D}{{2}})(?:年|[./\-·])({_D}{{1,2}})(?:月|[./\-·])({_D}{{1,2}})(?:[日号]|(?![0-9A-Za-z]))"
)
_WRITTEN = re.compile(
    r"([一二][〇零OoO0一二三四五六七八九口]{3})年([元正一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿卅〇]{1,3})[日号]"
)
_SOME_DATE = re.compile(r"年|\d[./\-·]")
_PARTIAL = re.compile(
    rf"((?:19|20){_D}{{2}}|[一二][〇零O0一二三四五六七八九]{{3}})?年({_D}{{1,2}}|[一二三四五六七八九十]{{1,3}})?月({_D}{{1,2}}|[一二三四五六七八九十]{{1,3}})?[日号]"
)

EARLIEST, LATEST = 1900, 2099


_GARBLED = re.compile(r"(?<![0-9])([0-9A-Za-z]{0,3}[0-9A-Za-z]\d)[./年\-](\d{1,2})[./月\-](\d{1,2})(?![0-9./\-])")


@dataclass(frozen=True)
class DateHit:
    """A date, or the rest of one, between two positions of a text."""

    start: int
    end: int
    value: str | None
    """ISO 8601; None for a date that is not complete or cannot be."""
    doubtful: bool
    """True if letters had to be taken for digits."""
    blank: bool = False
    """True for `年 月 日` with nothing filled in."""


def _chinese_number(text: str) -> int | None:
    if text in ("元", "正"):
        return 1
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.partition("十")
    if not ten:
        return _CHINESE.get(text) if len(text) == 1 else None
    left = _CHINESE.get(tens) if tens else 1
    right = _CHINESE.get(ones) if ones else 0
    return None if left is None or right is None else left * 10 + right


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    if year is None or month is None or day is None or not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _arabic(match: re.Match[str]) -> DateHit:
    numbers = [int(group.translate(_DIGIT_SLIPS)) for group in match.groups()]
    doubtful = not all(group.isdigit() for group in match.groups())
    return DateHit(match.start(), match.end(), _iso(*numbers), doubtful)


def _written(match: re.Match[str]) -> DateHit:
    digits = [_CHINESE.get(char) for char in match.group(1)]
    year = int("".join(str(digit) for digit in digits)) if None not in digits else None
    value = _iso(year, _chinese_number(match.group(2)), _chinese_number(match.group(3)))
    return DateHit(match.start(), match.end(), value, doubtful="口" in match.group(1))


def find_dates(text: str) -> list[DateHit]:
    """All dates of a text without blanks, complete or not, in order."""
    if not _SOME_DATE.search(text):
        return []
    hits = [_arabic(match) for match in _ARABIC.finditer(text)]
    hits += [_written(match) for match in _WRITTEN.finditer(text)]
    for match in _PARTIAL.finditer(text):
        if not any(hit.start < match.end() and match.start() < hit.end for hit in hits):
            blank = not any(match.groups())
            hits.append(DateHit(match.start(), match.end(), None, doubtful=False, blank=blank))
    for match in _GARBLED.finditer(text):
        if not any(hit.start < match.end() and match.start() < hit.end for hit in hits):
            hits.append(_garbled(match))
    return sorted(hits, key=lambda hit: hit.start)


def _garbled(match: re.Match[str]) -> DateHit:
    """`D24.5.16`: a date written by hand whose year was not read whole; its last two digits make it likely, not sure."""
    year = match.group(1)[-2:].translate(_DIGIT_SLIPS)
    value = _iso(2000 + int(year), int(match.group(2)), int(match.group(3))) if year.isdigit() else None
    return DateHit(match.start(), match.end(), value, doubtful=True)
