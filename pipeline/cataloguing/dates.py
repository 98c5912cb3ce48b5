"""Dates (日期) in every form papers use, with the slips of a reader of scans; never an impossible one."""

# ruff: noqa: PLR2004 - a year has four figures

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

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
    r"([一二壹贰][〇零OoO0一二三四五六七八九口壹贰叁肆伍陆柒捌玖]{3})年([元正一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})月"
    r"([一二三四五六七八九十廿卅〇壹贰叁肆伍陆柒捌玖拾零]{1,4})[日号]"
)
_RUN_TOGETHER = re.compile(r"(?<![0-9A-Za-z.])(20[0-4]\d)(0[1-9]|1[0-2])([0-3]\d)(?![0-9A-Za-z.])")
_SOME_DATE = re.compile(r"[年./\-·、—–~～].{0,3}[月./\-·、—–~～]|20\d{6}")
"""What every date holds: two of the signs that part its figures, close to one another, or eight figures in a row."""
_PARTIAL = re.compile(
    rf"((?:19|20){_D}{{2}}|[一二][〇零O0一二三四五六七八九]{{3}})?年({_D}{{1,2}}|[一二三四五六七八九十]{{1,3}})?月({_D}{{1,2}}|[一二三四五六七八九十]{{1,3}})?[日号]"
)

EARLIEST, LATEST = 1900, 2099


_GARBLED = re.compile(
    r"(?<![0-9])([0-9A-Za-z]{0,3}[0-9A-Za-z]\d)[./年\-、—–~～](\d{1,2})[./月\-、—–~～](\d{1,2})(?:[日号]|(?![0-9A-Za-z./\-、—–~～]))"
)
_SCRAWL = r"[0-9A-Za-z()\[\]|/\\]"
_WRECK = re.compile(rf"(?<![0-9])[0-9A-Za-z]{{2,4}}年{_SCRAWL}{{0,3}}月{_SCRAWL}{{1,4}}[日号]?")
"""What is left of a date by pen that was not made out: `223年0月(9日`, `223年(月9`."""


class DateHit(NamedTuple):
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
    text = text.replace("廿", "二十").replace("卅", "三十").replace("拾", "十").lstrip("零")
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


def may_be_dated(texts: Sequence[str]) -> list[bool]:
    """For each of `texts`, none of which has a line break, False if it surely holds no date."""
    ends = list(accumulate(map(len, texts), lambda end, size: end + 1 + size))
    dated = [False] * len(texts)
    for match in _SOME_DATE.finditer("\n".join(texts)):
        dated[bisect_left(ends, match.start())] = True
    return dated


def find_dates(text: str) -> list[DateHit]:
    """All dates of a text without blanks, complete or not, in order."""
    if not _SOME_DATE.search(text):
        return []
    hits = [_arabic(match) for match in _ARABIC.finditer(text)]
    if "年" in text:
        hits += [_written(match) for match in _WRITTEN.finditer(text)]
    for pattern, read in ((_GARBLED, _garbled), (_PARTIAL, _partial), (_RUN_TOGETHER, _run_together), (_WRECK, _wreck)):
        for match in pattern.finditer(text):
            if not any(hit.start < match.end() and match.start() < hit.end for hit in hits):
                hits.append(read(match))
    return sorted(hits, key=lambda hit: hit.start)


def _partial(match: re.Match[str]) -> DateHit:
    """A date with something left out; or whole, in digits and characters mixed: `二〇二四年3月5日`."""
    year, month, day = (_either(group) for group in match.groups())
    blank = not any(match.groups())
    plain = all((group or "").isdigit() or not re.search(r"[0-9A-Za-z]", group or "") for group in match.groups())
    return DateHit(match.start(), match.end(), _iso(year, month, day), doubtful=not plain, blank=blank)


def _either(text: str | None) -> int | None:
    """A number in digits or in characters; a year is written digit by digit."""
    if not text:
        return None
    digits = text.translate(_DIGIT_SLIPS)
    if digits.isdigit():
        return int(digits)
    if len(text) == 4:
        figures = [_CHINESE.get(char) for char in text]
        return None if None in figures else int("".join(str(figure) for figure in figures))
    return _chinese_number(text)


def _run_together(match: re.Match[str]) -> DateHit:
    """`20240305`: eight digits that make a day may be a number as well."""
    return DateHit(match.start(), match.end(), _iso(*(int(group) for group in match.groups())), doubtful=True)


def _wreck(match: re.Match[str]) -> DateHit:
    return DateHit(match.start(), match.end(), None, doubtful=True)


def _garbled(match: re.Match[str]) -> DateHit:
    """`D24.5.16`: a date written by hand whose year was not read whole; its last two digits make it likely, not sure."""
    year = match.group(1)[-2:].translate(_DIGIT_SLIPS)
    value = _iso(2000 + int(year), int(match.group(2)), int(match.group(3))) if year.isdigit() else None
    return DateHit(match.start(), match.end(), value, doubtful=True)
