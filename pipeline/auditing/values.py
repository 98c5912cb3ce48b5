"""Comparing what two papers state: names, numbers, firms, causes, stages, after normalisation.

Three answers and a fourth: the same, alike (a misreading would explain the difference), other, or not comparable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from pipeline.auditing.glyphs import look_alike
from pipeline.letters import simplified


class Likeness(Enum):
    SAME = "same"
    SIMILAR = "similar"
    """Different by what a misreading would explain."""
    OTHER = "other"
    INCOMPARABLE = "incomparable"


_MASKS = "某*＊×xX？?□"
_BRACKETED = re.compile(r"[（(〔\[【].*?[)）〕\]】]")
_SEPARATORS = re.compile(r"[、,，;；/\\\s]+")
_TITLES = re.compile(r"(律师|先生|女士|同志|实习)+$")


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return re.sub(r"\s+", "", simplified(unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=1024)
def _names(text: str) -> tuple[str, ...]:
    parts = _SEPARATORS.split(_BRACKETED.sub("", unicodedata.normalize("NFKC", text)))
    cleaned = (_TITLES.sub("", _plain(part)).replace("·", "").replace("•", "") for part in parts)
    names = tuple(part for part in cleaned if part)
    if len(names) > 1 and all(len(part) == 1 for part in names):
        return ("".join(names),)
    return names


def compare_names(one: str, other: str) -> Likeness:
    """Two personal names, each perhaps several (`李某、王某`): the nearest pair counts."""
    pairs = [(a, b) for a in _names(one) for b in _names(other)]
    if not pairs:
        return Likeness.INCOMPARABLE
    found = {_compare_name(a, b) for a, b in pairs}
    return next(likeness for likeness in Likeness if likeness in found)


def _compare_name(one: str, other: str) -> Likeness:
    if one == other or _masked_same(one, other) or _masked_same(other, one):
        return Likeness.SAME
    return Likeness.SIMILAR if _misread(one, other) else Likeness.OTHER


def _masked_same(masked: str, name: str) -> bool:
    """`陈某某` and `陈*明` say nothing against `陈小明`."""
    if not any(character in _MASKS for character in masked) or masked[:1] in _MASKS:
        return False
    pattern = "".join("." if character in _MASKS else re.escape(character) for character in masked)
    loose = re.escape(masked[0]) + ".{1,3}"
    only_surname = all(character in _MASKS for character in masked[1:])
    return re.fullmatch(pattern, name) is not None or (only_surname and re.fullmatch(loose, name) is not None)


def _misread(one: str, other: str) -> bool:
    """Whether one reading may be the other, misread: look-alike characters, or one character lost."""
    if len(one) == len(other):
        differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        return len(differing) < len(one) and all(look_alike(a, b) for a, b in differing)
    return abs(len(one) - len(other)) == 1 and Levenshtein.distance(one, other) == 1


def compare_firms(one: str, other: str) -> Likeness:
    """Two law firms; a short name (`某某所`) inside the full one is the same."""
    a, b = _plain(_BRACKETED.sub("", one)), _plain(_BRACKETED.sub("", other))
    if not a or not b:
        return Likeness.INCOMPARABLE
    if a == b or a in b or b in a:
        return Likeness.SAME
    return (
        Likeness.SIMILAR if _misread(a, b) or (Levenshtein.distance(a, b) == 1 and len(a) != len(b)) else Likeness.OTHER
    )


_DIGITS = re.compile(r"\d+")


_ONE_BRACKET = str.maketrans("（(〔[【)）〕]】", "〔〔〔〔〔〕〕〕〕〕")


@lru_cache(maxsize=1024)
def _number(text: str) -> str:
    plain = _plain(text).translate(_ONE_BRACKET).replace("第", "").upper()
    return _DIGITS.sub(lambda match: match.group().lstrip("0") or "0", plain)


def compare_numbers(one: str, other: str) -> Likeness:
    """Two case numbers. Numbers of different series (`湛援刑〔2024〕1号`, `（2024）粤0803刑初1号`) are not comparable."""
    a, b = _number(one), _number(other)
    if a == b:
        return Likeness.SAME
    if _DIGITS.sub("#", a) != _DIGITS.sub("#", b):
        return Likeness.SIMILAR if _misread(a, b) else Likeness.INCOMPARABLE
    return Likeness.SIMILAR if _misread(a, b) else Likeness.OTHER


_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_LENGTH = 18


def valid_identity_number(text: str) -> bool:
    """Whether the check digit of an 18-digit identity number is right (GB 11643)."""
    plain = _plain(text).upper()
    if re.fullmatch(r"\d{17}[\dX]", plain) is None:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(plain, _ID_WEIGHTS, strict=False))
    return plain[-1] == "10X98765432"[total % 11]


def compare_identity_numbers(one: str, other: str) -> Likeness:
    """Two identity numbers. Of two that differ, a wrong check digit shows a misreading as likely as a wrong paper."""
    a, b = _plain(one).upper(), _plain(other).upper()
    if a == b:
        return Likeness.SAME
    if len(a) != _ID_LENGTH or len(b) != _ID_LENGTH:
        return Likeness.INCOMPARABLE
    if any(mask in a + b for mask in "*×"):
        return (
            Likeness.SAME
            if all(x == y or x in "*×" or y in "*×" for x, y in zip(a, b, strict=True))
            else Likeness.OTHER
        )
    both_valid = valid_identity_number(a) and valid_identity_number(b)
    return Likeness.OTHER if both_valid else Likeness.SIMILAR


_CAUSE_WORDS = re.compile(r"涉嫌|一案|纠纷|犯罪|罪|案|[、,，;；和及与]")


def compare_causes(one: str, other: str) -> Likeness:
    """Two causes of action or charges. Only those without a character in common are other; wording varies too much."""
    a, b = _CAUSE_WORDS.sub("", _plain(one)), _CAUSE_WORDS.sub("", _plain(other))
    if not a or not b:
        return Likeness.INCOMPARABLE
    return Likeness.SAME if set(a) & set(b) else Likeness.OTHER


_STAGE_WORDS = (
    ("死刑复核", "death_review"),
    ("审查起诉", "prosecution"),
    ("侦查", "investigation"),
    ("再审", "retrial"),
    ("二审", "trial_second"),
    ("一审", "trial_first"),
)


def stage_of(text: str) -> str | None:
    """The stage that a paper names, None if it names none or several (`侦查、审查起诉、一审` printed to be ticked)."""
    if text in {stage for _, stage in _STAGE_WORDS}:
        return text
    found = [stage for word, stage in _STAGE_WORDS if word in _plain(text)]
    return found[0] if len(found) == 1 else None


def compare_stages(one: str, other: str) -> Likeness:
    """Two stages of the proceedings."""
    a, b = stage_of(one), stage_of(other)
    if a is None or b is None:
        return Likeness.INCOMPARABLE
    return Likeness.SAME if a == b else Likeness.OTHER


COMPARERS: dict[str, Callable[[str, str], Likeness]] = {
    "recipient_name": compare_names,
    "lawyer_name": compare_names,
    "firm_name": compare_firms,
    "case_number": compare_numbers,
    "organ_case_number": compare_numbers,
    "recipient_id_number": compare_identity_numbers,
    "cause": compare_causes,
    "stage": compare_stages,
}
