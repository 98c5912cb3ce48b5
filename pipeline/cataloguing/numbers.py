"""Numbers (编号): files of the office, cases of courts and other organs, identity numbers."""

# ruff: noqa: PLR2004 - weights and thresholds are measures of this module, explained where they stand

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID = re.compile(r"(?<![0-9A-Za-z])([0-9OoIlSB|丨]{17}[0-9OoXxIl|丨×])(?![0-9A-Za-z])")
_OLD_ID = re.compile(r"(?:身份证?|证件)[\u4e00-\u9fff]{0,4}:?(\d{15})(?![0-9A-Za-z])")
_SLIPS = str.maketrans("OoIl|丨SBx×", "00111158XX")

_YEAR_FIRST = re.compile(
    r"[(〔]((?:19|20)\d{2})[)〕]([\u4e00-\u9fff][\u4e00-\u9fff0-9]{0,14}?[\u4e00-\u9fff])第?(\d{1,8}(?:-\d{1,4})?)号((?:之[一二三四五六七八九十\d]+)?)"
)
_WORD_FIRST = re.compile(
    r"([\u4e00-\u9fff]{1,12}(?:\([\u4e00-\u9fff]{1,6}\)[\u4e00-\u9fff]{0,6})?)[.,·、'’]?[〔(<《]((?:19|20)\d{2})[〕)>》]年?(第?)[.,·]?(\d{1,7}(?:-\d{1,4})?)号((?:之[一二三四五六七八九十\d]+)?)"
)
_SPLIT = re.compile(
    r"([\u4e00-\u9fff]{1,8}援[\u4e00-\u9fff]{0,3})[〔(]((?:19|20)\d{2})[〕)]((?:刑|民|行|仲|劳|非诉)[通指申援辩代]?(?:字|事|案)?)(第?)(\d{1,7})号"
)
"""The sort of case behind the year: `穗援字〔2024〕民1234号`."""
_CLASS = re.compile(r"(?<=援)[开邢刊形](?=字|案|$)|(?<=\d)[开邢刊形](?=$|初|终|再|核|申|字)")
"""The class of the case (刑), misread: no class is written with these characters."""
_AIDED = re.compile(r"(?<=法)[极授拨拔缓暖後后](?=[刑民行仲劳赔申帮指决函字]|非诉|$)")
"""援 behind 法, misread: no office's number is written with these characters."""
_YEAR = re.compile(r"[(〔<《](?:19|20)\d{2}[)〕>》]")
"""What every number holds."""
_AID = re.compile(r"援|法助")
_COURT_CLASS = re.compile(r"(?:初|终|再|申|更|辖|执|保|调|复|核|医|抗|监|诉前调|破|仲|赔|行审|特)")


class NumberHit(NamedTuple):
    """A file or case number between two positions of a text."""

    start: int
    end: int
    value: str
    aid: bool
    """True for a number of the legal-aid office."""
    court: bool = False
    """True for a court's case number, `（2024）粤0803刑初12号`."""

    @property
    def arbitration(self) -> bool:
        """True for the number of an arbitration body, `湛劳人仲案字〔2024〕12号`."""
        return "仲" in self.value and not self.aid


def find_numbers(text: str) -> list[NumberHit]:
    """All file and case numbers of a text that is tidy and without blanks, in order."""
    if "号" not in text or not _YEAR.search(text):
        return []
    hits = [_split(match) for match in _SPLIT.finditer(text)]
    for pattern, read in ((_YEAR_FIRST, _year_first), (_WORD_FIRST, _word_first)):
        for match in pattern.finditer(text):
            if not any(hit.start < match.end() and match.start() < hit.end for hit in hits):
                hit = read(match)
                if hit is not None:
                    hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)


def _split(match: re.Match[str]) -> NumberHit:
    word, year, sort, ordinal, running = match.groups()
    cut = _LEAD.sub("", word)
    start = match.start() + len(word) - len(cut)
    return NumberHit(start, match.end(), f"{cut}〔{year}〕{sort}{ordinal}{running}号", aid=True)


def _year_first(match: re.Match[str]) -> NumberHit | None:
    year, word, running, part = match.groups()
    word = _CLASS.sub("刑", _AIDED.sub("援", word.replace("粵", "粤")))
    court = bool(_COURT_CLASS.search(word)) and not _AID.search(word)
    ordinal = "第" if "第" in match.group()[-len(running) - len(part) - 3 :] else ""
    return NumberHit(
        match.start(), match.end(), f"（{year}）{word}{ordinal}{running}号{part}", bool(_AID.search(word)), court
    )


_LEAD = re.compile(
    r"^(?:根据|依据|收到|按照|你院|贵院|本院|你局|贵局|以|的|对|向|第|因|就|由|经|不服|作出|关于|"
    r"(?:案件|文书|卷宗|登记|受理|援助|公文|发文)?(?:文号|编号|案号|字号)|为|是|号)+"
)


def _word_first(match: re.Match[str]) -> NumberHit | None:
    word, year, ordinal, running, part = match.groups()
    start = match.start()
    cut = _AIDED.sub("援", _LEAD.sub("", word))
    head = re.match(
        r"^.*(?:检察院|公安局|分局|法院|委员会|援助处|援助中心|作出的?|收到的?|通知书|公函|意见书|起诉书|决定书|指派)(?=[\u4e00-\u9fff]{2,})",
        cut,
    )
    if head is not None:
        cut = cut[head.end() :]
    if not cut:
        return None
    start += len(word) - len(cut)
    shown = _CLASS.sub("刑", cut.replace("(", "（").replace(")", "）"))
    return NumberHit(start, match.end(), f"{shown}〔{year}〕{ordinal}{running}号{part}", bool(_AID.search(cut)))


def check_digit_fits(number: str) -> bool:
    """Whether an 18-digit identity number's last digit is right (GB 11643—1999)."""
    if len(number) != 18 or not number[:17].isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17]


class IdentityHit(NamedTuple):
    """An identity number between two positions of a text."""

    start: int
    end: int
    value: str
    valid: bool
    """True if it was read as digits and its birth date and check digit are right."""


def find_identity_numbers(text: str) -> list[IdentityHit]:
    """All identity numbers of a text without blanks: of 18 digits, and beside their label of 15 (until 1999).

    A number of 15 digits has no check digit; it is never valid of itself.
    """
    found = [
        IdentityHit(match.start(1), match.end(1), match.group(1), valid=False)
        for match in _OLD_ID.finditer(text)
        if _is_day("19" + match.group(1)[6:12])
    ]
    for match in _ID.finditer(text):
        raw = match.group(1)
        number = raw.translate(_SLIPS)
        if not number[:17].isdigit():
            continue
        born = _is_day(number[6:14])
        clean = raw[:17].isdigit() and raw[17] in "0123456789Xx"
        found.append(IdentityHit(match.start(), match.end(), number, born and clean and check_digit_fits(number)))
    return found


def _is_day(digits: str) -> bool:
    """True for eight digits that are a day of the last or this century."""
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).year <= 2099
    except ValueError:
        return False


def birth_year(number: str) -> int:
    """The year of birth that an identity number states."""
    return int(number[6:10]) if len(number) == 18 else 1900 + int(number[6:8])
