"""How plainly a paper states a value (记载的清晰程度): in print or not, alone or in running text, letter by letter."""

from __future__ import annotations

import re

from pipeline.auditing.case import Case
from schemas.base import Box
from schemas.reading import Line, TextSource
from schemas.volume import CataloguedPage, Document, FieldValue

_WHITE = re.compile(r"\s+")
_PLAIN = 0.97
"""Score of a line that was read without doubt."""
_ENDS_A_NAME = re.compile(
    r"$|[^\u4e00-\u9fff]|性别|男|女|律师|同志|先生|女士|身份|民族|年龄|出生|联系|电话|住址|证件|签"
)
_LEADS_TO_A_NAME = re.compile(r"(?:^|[^\u4e00-\u9fff]|人|者|方|姓名|律师)$")


def plainly_printed(case: Case, value: FieldValue) -> bool:
    """Whether a printed line, read without doubt, holds the value as it stands."""
    page = case.page(value.page) if value.page is not None else None
    if page is None or value.box is None or not value.value:
        return False
    wanted = _WHITE.sub("", value.value)
    return any(
        line.score >= _PLAIN and not line.handwritten and wanted in _WHITE.sub("", line.text)
        for line in page.page.reading.lines
        if _overlaps(line.box, value.box)
    ) and (value.value[:1].isascii() or "(" in wanted or in_a_cell(case, value))


def plain_throughout(case: Case, document: Document, name: str) -> bool:
    """Whether the name stands in print, and every line with it was read without doubt."""
    lines = [
        line
        for number in range(document.first_page, document.last_page + 1)
        if (page := case.page(number)) is not None
        for line in page.page.reading.lines
        if name in _WHITE.sub("", line.text)
    ]
    return bool(lines) and all(line.score >= _PLAIN and not line.handwritten for line in lines)


def in_a_cell(case: Case, value: FieldValue) -> bool:
    """Whether the value stands as a form states a name: in a cell or behind a label, and nothing runs on from it."""
    page = case.page(value.page) if value.page is not None else None
    if page is None or value.box is None:
        return True
    name = _WHITE.sub("", str(value.value))
    texts = [_WHITE.sub("", line.text) for line in page.page.reading.lines if _overlaps(line.box, value.box)]
    holding = [text for text in texts if name in text]
    return not holding or any(_stated_alone(text, name) for text in holding)


def _stated_alone(text: str, name: str) -> bool:
    before, _, after = text.partition(name)
    return _ENDS_A_NAME.match(after) is not None and _LEADS_TO_A_NAME.search(before) is not None


def _overlaps(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


IN_DOUBT = 0.003
"""Probability of any other letter from which a name is not plainly there. In print one letter in a hundred that was read
right has such another; of names by pen that were misread, and looked sure where they differ, all had one elsewhere."""


_BRACKETS = str.maketrans("（）〔〕［］[]【】", "()()()()()")
"""A number's brackets are put right when it is read; its letters keep their places."""


def _plain(text: str) -> str:
    """A line or a value without blanks, its brackets all of one kind."""
    return _WHITE.sub("", text).translate(_BRACKETS)


def doubts_of(case: Case, page: int, line: Line, name: str) -> tuple[tuple[int, float], ...] | None:
    """Where in a name that stands in the line other letters may stand, and their probabilities; None where nothing is known."""
    entry = case.page(page)
    if entry is None or not (_keeps_doubts(case, entry) or entry.page.reading.text_source is TextSource.LAYER):
        return None
    at = [place for place, letter in enumerate(line.text) if not letter.isspace()]
    first = "".join(line.text[place] for place in at).translate(_BRACKETS).find(_plain(name))
    if first < 0:
        return None
    own = {place: number for number, place in enumerate(at[first : first + len(name)])}
    return tuple((own[doubt.at], doubt.score) for doubt in line.doubts if doubt.at in own)


def _keeps_doubts(case: Case, entry: CataloguedPage) -> bool:
    """Whether the page was read by a reader that keeps its doubts: nearly every page has some."""
    key = ("doubts", entry.page.number)
    if key not in case.memo:
        case.memo[key] = any(line.doubts for line in entry.page.reading.lines)
    return bool(case.memo[key])


def one_letter_apart(one: str, other: str) -> bool:
    """Whether the two are as long as one another and differ in one letter."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def in_doubt(case: Case, value: FieldValue) -> bool:
    """Whether a letter of the name was itself in doubt."""
    return any(score >= IN_DOUBT for _, doubts in _at(case, value) for _, score in doubts or ())


def clearly_read(case: Case, value: FieldValue) -> bool:
    """Whether the recogniser thought of no other letter anywhere in the name."""
    found = _at(case, value)
    return bool(found) and all(doubts is not None and not doubts for _, doubts in found)


def clear_where_they_differ(case: Case, value: FieldValue, other: str) -> bool:
    """Whether the value stands in print, and the recogniser thought of nothing else where it differs from the other.

    Print that was misread there has the right letter as a doubt; a doubt elsewhere in the name says nothing of it.
    """
    name = _WHITE.sub("", str(value.value))
    printed = [doubts for line, doubts in _at(case, value) if line.score >= _PLAIN and not line.handwritten]
    if len(name) != len(other) or not printed or any(doubts is None for doubts in printed):
        return False
    return all(name[place] == other[place] for doubts in printed for place, _ in doubts or ())


_FIGURES_BY_PEN = 0.93
"""Score of a line by pen from which its figures are worth comparing one by one."""


def other_figures(case: Case, value: FieldValue, other: str) -> bool:
    """Whether a number stands on a line that was read well and has a figure or two that the other has not.

    The recogniser keeps no doubts of figures: by pen such a number may be misread, and is never more than a question.
    """
    one, wanted = _plain(str(value.value)), _plain(other)
    apart = [place for place in range(len(one)) if one[place] != wanted[place]] if len(one) == len(wanted) else []
    if not 0 < len(apart) <= _FEW_FIGURES or not all(one[at].isdigit() and wanted[at].isdigit() for at in apart):
        return False
    return any(line.score >= _FIGURES_BY_PEN for line, _ in _at(case, value))


_FEW_FIGURES = 2


def _at(case: Case, value: FieldValue) -> list[tuple[Line, tuple[tuple[int, float], ...] | None]]:
    """Each line at the value's place that holds it, with its doubts of the value."""
    entry = case.page(value.page) if value.page is not None else None
    if entry is None or value.box is None or not value.value:
        return []
    name = _plain(value.value)
    return [
        (line, doubts_of(case, entry.page.number, line, name))
        for line in entry.page.reading.lines
        if _overlaps(line.box, value.box) and name in _plain(line.text)
    ]


def clear_places(case: Case, document: Document, name: str) -> list[str]:
    """The letter behind the name, empty at a line's end, in each line that has it in print and beyond any doubt."""
    return [
        _WHITE.sub("", line.text).partition(name)[2][:1]
        for number in range(document.first_page, document.last_page + 1)
        if (page := case.page(number)) is not None
        for line in page.page.reading.lines
        if name in _WHITE.sub("", line.text) and line.score >= _PLAIN and not line.handwritten
        if doubts_of(case, number, line, name) == ()
    ]
