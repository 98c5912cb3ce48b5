"""Anonymising (匿名化) for publication: one person has one label throughout, and nothing that names anybody of the file stays.

What is known to name somebody (the case's fields, the persons whom its passages name) is replaced; what looks like a
place, a firm or a number is replaced by what it is; and a sentence in which anything known still stands is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.drafting.places import place_stems, without_businesses, without_numbers, without_places
from schemas.report import AuditReport

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_COMPOUND = (
    "欧阳", "上官", "司徒", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "东方", "端木", "长孙", "宇文", "司空",
    "南宫", "呼延", "轩辕", "独孤", "拓跋", "澹台",
)  # fmt: skip
_SENTENCE = re.compile(r"[^。；！？]*[。；！？]?")
LAWYER = "承办律师"
_BODIES = ("firm_name", "organ_name")
_NUMBERS = ("case_number", "organ_case_number", "recipient_id_number", "phone", "number")
_LEAST = 2


class Anonymiser:
    """The labels of one file's persons and places, and what replaces them in a text."""

    def __init__(self, report: AuditReport, *bodies: str) -> None:
        """`bodies`: further names of organs, such as the office's own."""
        lawyers = [name for name in _values(report, ("lawyer_name",)) if len(name) >= _LEAST]
        named = (name for passage in report.passages for name in passage.names)
        people = [name for name in (*_values(report, ("recipient_name",)), *named) if _is_open(name)]
        self._people = _labels(dict.fromkeys(people)) | dict.fromkeys(lawyers, LAWYER)
        known_bodies = [*_values(report, _BODIES), *bodies]
        self._bodies = sorted({body for body in known_bodies if len(body) > _LEAST}, key=len, reverse=True)
        self._places = sorted({stem for body in known_bodies for stem in place_stems(body)}, key=len, reverse=True)
        numbers = {number for number in _values(report, _NUMBERS) if len(number) > _LEAST + 1}
        self._known = {*self._people, *self._bodies, *self._places, *numbers}

    def clean(self, text: str) -> str:
        """`text` without what names anybody; a sentence that cannot be cleaned is left out."""
        sentences = (self._sentence(found.group()) for found in _SENTENCE.finditer(text))
        return "".join(sentences)

    def person(self, name: str) -> str:
        """The label under which a person goes: 陈某, or 陈某甲 where there are two of one surname."""
        return self._people.get(name, "某某")

    def _sentence(self, text: str) -> str:
        text = without_numbers(text)
        text = self._without_people(text)
        for body in self._bodies:
            text = text.replace(body, without_places(without_businesses(body)))
        text = without_places(without_businesses(text))
        for stem in self._places:
            text = text.replace(stem, "某地")
        return "" if any(known in text for known in self._known) else text

    def _without_people(self, text: str) -> str:
        """Each name by its label: whole, misread in one character, or the given name alone."""
        for name in sorted(self._people, key=len, reverse=True):
            text = text.replace(name, self._people[name])
        for name, label in self._people.items():
            for pattern in _misread(name):
                text = pattern.sub(label, text)
        for name, label in self._people.items():
            given = _given(name)
            if len(given) >= _LEAST:
                text = text.replace(given, label)
        return text


def _is_open(name: str) -> bool:
    """Whether `name` says who it is."""
    return len(name) >= _LEAST and "某" not in name


def _values(report: AuditReport, names: Iterable[str]) -> list[str]:
    """What the case and its papers say under `names`, certain or not: a doubtful name is a name."""
    fields = [report.case.fields] if report.case is not None else []
    fields += [document.fields for document in report.documents]
    found = (held.get(name) for held in fields for name in names)
    return list(dict.fromkeys(value.value for value in found if value is not None and value.value))


def _labels(names: Iterable[str]) -> dict[str, str]:
    """A label a person, in the order in which they appear; those of one surname are told apart."""
    of_surname: dict[str, list[str]] = {}
    for name in names:
        of_surname.setdefault(_surname(name), []).append(name)
    labels: dict[str, str] = {}
    for surname, bearers in of_surname.items():
        for index, name in enumerate(bearers):
            mark = "" if len(bearers) == 1 else _STEMS[index] if index < len(_STEMS) else str(index + 1)
            labels[name] = f"{surname}某{mark}"
    return labels


def _surname(name: str) -> str:
    """Of a foreign or minority name the first character stands for it."""
    return name[:2] if name[:2] in _COMPOUND and "·" not in name else name[0]


def _given(name: str) -> str:
    return "" if "·" in name else name[len(_surname(name)) :]


def _misread(name: str) -> list[re.Pattern[str]]:
    """The name with one character of the given name read as another one; only where the given name has two."""
    surname, given = _surname(name), _given(name)
    if len(given) != 2:  # noqa: PLR2004 - of a single character nothing would be left to know it by
        return []
    other = r"[\u3400-\u9fff]"
    pairs = (f"{re.escape(given[0])}{other}", f"{other}{re.escape(given[1])}")
    return [re.compile(rf"{re.escape(surname)}{pair}(?<!某)") for pair in pairs]
