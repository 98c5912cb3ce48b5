"""The contents list (卷内目录) against the volume: what it lists and the volume lacks, what it leaves out, wrong pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from rapidfuzz import fuzz

from pipeline.auditing.case import Case, Raised, page_list, pages_of, title_of
from pipeline.auditing.layout import Cell, rows_of
from pipeline.auditing.rules.base import ask
from pipeline.auditing.rules.bundles import bound_pages
from pipeline.auditing.rules.stamps import stamps_of
from schemas.base import Frozen, Place, State
from schemas.materials import load_materials
from schemas.report import Problem
from schemas.standard import RuleSetting
from schemas.volume import Document

_TYPE = "contents_list"


class Parameters(Frozen):
    """`unlisted`: papers that a contents list need not name."""

    unlisted: tuple[str, ...] = ()


class Entry(NamedTuple):
    """One line of the contents list."""

    title: str
    page: int | None
    """The page of the volume that it gives for the paper's beginning."""
    last: int | None
    """That of its end, where it gives one."""
    score: float
    handwritten: bool
    place: Place


def check(case: Case, setting: RuleSetting, parameters: Parameters) -> Iterator[Raised]:
    """What differs, in one finding; nothing where the list was not surely read."""
    lists = [index for index, document in case.of_type(_TYPE) if document.state is State.FOUND]
    if not lists:
        return
    entries = _entries(case, lists)
    if len(entries) < _FEWEST or not _well_read(case, lists):
        return
    absent = [entry for entry in entries if _is_absent(case, entry)]
    omitted = _omitted(case, lists, entries, parameters)
    unread = sum(_unread(case, page) for index in lists for page in _pages(case.volume.documents[index]))
    if len(omitted) <= unread + sum(_may_be_misread(case, entry) for entry in entries):
        omitted = []  # as many rows have no title, or one that was badly read: there they may stand
    moved = [] if absent or case.missing else list(_wrong_pages(case, entries))
    clauses = []
    if absent:
        clauses.append(f"所列{_titles(entry.title for entry in absent)}未见在卷")
    if omitted:
        clauses.append(f"未列{_named(omitted)}")
    else:
        clauses += _unlisted_pages(entries)
    if moved:
        clauses.append("、".join(moved))
    if not clauses:
        return
    first = case.volume.documents[lists[0]]
    yield ask(
        case,
        setting,
        problem=Problem.INCONSISTENT,
        document=lists[0],
        message=f"{pages_of(first)}{title_of(first)}与卷内材料不符：{'；'.join(clauses)}。",
        remedy=f"请对照卷内材料核对{title_of(first)}的题名和页码，缺少的材料予以补交，目录有误的予以更正。",
        reason="目录所用题名可能与材料题名不同，页码也可能识读有误；请对照原件核实。",
        evidence=tuple(entry.place for entry in absent) or (Place(page=first.first_page),),
    )


_FEWEST = 5
"""Entries below which the list was rather not read than short."""
_GOOD = 0.93


def _well_read(case: Case, lists: list[int]) -> bool:
    pages = [number for index in lists for number in _pages(case.volume.documents[index])]
    readings = [page.page.reading for number in pages if (page := case.page(number)) is not None]
    return all(reading.quality >= _GOOD and not reading.low_quality for reading in readings)


def _pages(document: Document) -> range:
    return range(document.first_page, document.last_page + 1)


_NUMBER = re.compile(r"^(\d{1,3})(?:[-—–~～至、,，/](\d{1,3}))?页?$")
_LONGEST_HEADING = 6
_HEADING = re.compile(r"序号|题名|文书名称|材料名称|文件名称|页码|页次|页号|备注|^卷内|^目录|责任者|文号")


def _entries(case: Case, lists: list[int]) -> list[Entry]:
    """The rows with a title; one list over several pages is one.

    Where more than an eighth of the titles are seen to be by pen, the others and the pages are as well.
    """
    found: list[Entry] = []
    for index in lists:
        for page in _pages(case.volume.documents[index]):
            rows = rows_of(case, page)
            top = next((place for place, row in enumerate(rows) if sum(map(_is_heading, row)) > 1), -1)
            middle = _second_column(rows[top]) if top >= 0 else None
            halves = (half for row in rows[top + 1 :] for half in _parted(row, middle))
            found.extend(entry for half in halves if (entry := _entry(half)) is not None)
    pens = sum(entry.handwritten for entry in found)
    return (
        [entry._replace(handwritten=True, page=None, last=None) for entry in found] if pens * 8 > len(found) else found
    )


def _second_column(heading: tuple[Cell, ...]) -> float | None:
    """Where the second half of a list set in two columns begins; None for a list of one."""
    titled = [at for at, cell in enumerate(heading) if _TITLE_HEADING.search(cell.text)]
    if len(titled) < 2:  # noqa: PLR2004 - two columns
        return None
    before = [cell.line.box[2] for cell in heading[titled[0] : titled[1]] if _PAGE_HEADING.search(cell.text)]
    return max(before, default=heading[titled[1]].line.box[0])


_TITLE_HEADING = re.compile(r"题名|文书名称|材料名称|文件名称|^名称$")
_PAGE_HEADING = re.compile(r"页码|页次|页号|备注")


def _parted(row: tuple[Cell, ...], middle: float | None) -> Iterator[tuple[Cell, ...]]:
    """The row, or its halves."""
    if middle is None:
        yield row
        return
    yield tuple(cell for cell in row if cell.line.box[0] < middle)
    yield tuple(cell for cell in row if cell.line.box[0] >= middle)


def _unread(case: Case, page: int) -> int:
    """How many rows of the list have a running number and no title: their title was not read."""
    cells = [cell for row in rows_of(case, page) for cell in row]
    titles = [cell for cell in cells if re.search(r"[\u4e00-\u9fff]{2}", cell.text)]
    named = [cell.line.box[0] for cell in titles if not _is_heading(cell)]
    left = min(named, default=0.0)
    numbers = [cell for cell in cells if re.fullmatch(r"\d{1,3}", cell.text) and cell.line.box[2] <= left]
    gaps = [other.centre - one.centre for one, other in pairwise(numbers)]
    if not gaps:
        return 0
    reach = median(gaps) / 2
    return sum(all(abs(title.centre - number.centre) > reach for title in titles) for number in numbers)


def _is_heading(cell: Cell) -> bool:
    return _HEADING.search(cell.text) is not None and len(cell.text) <= _LONGEST_HEADING


def _entry(row: tuple[Cell, ...]) -> Entry | None:
    titles = [cell for cell in row if re.search(r"[\u4e00-\u9fff]{2}", cell.text) and not _is_heading(cell)]
    if not titles:
        return None
    title = max(titles, key=lambda cell: len(cell.text))
    behind = [cell for cell in row if cell.line.box[0] >= title.line.box[2]]
    plain = [cell for cell in behind if cell.line.score >= _GOOD and not cell.line.handwritten]
    numbers = [match for cell in plain if (match := _NUMBER.match(cell.text)) is not None]
    text = re.sub(r"^\d{1,2}[.、．]?", "", title.text).strip("《》.。…·")
    page = int(numbers[0].group(1)) if numbers else None
    last = int(numbers[0].group(2)) if numbers and numbers[0].group(2) else None
    return Entry(text, page, last, title.line.score, title.line.handwritten, title.place)


_ALIKE = 85.0


@cache
def _known_titles() -> dict[str, frozenset[str]]:
    """Every title that a paper may have, without brackets, to the types that have it."""
    titles: dict[str, set[str]] = {}
    for id_, material in load_materials().items():
        for title in material.titles:
            titles.setdefault(_bare(title), set()).add(id_)
    return {title: frozenset(types) for title, types in titles.items()}


@cache
def _types_of(title: str) -> frozenset[str]:
    """The types that a title may stand for: those whose title it is, or ends with, or nearly is."""
    bare = _bare(title)
    known = _known_titles()
    if bare in known:
        return known[bare]
    ends = [types for other, types in known.items() if len(other) >= _SHORTEST and bare.endswith(other)]
    near = [types for other, types in known.items() if len(other) >= _SHORTEST and fuzz.ratio(bare, other) >= _ALIKE]
    return frozenset().union(*ends, *near)


_SHORTEST = 3


def _bare(title: str) -> str:
    return re.sub(r"[（(〔\[].*?[)）〕\]]|[\s/、，,.·《》“”]", "", title)


_SIGNS = re.compile(r"[\s/、，,.·《》“”（(〔\[)）〕\]]")
"""What parts words in a list, which may name a paper in brackets: `结案文书（起诉意见书）`."""


def _is_absent(case: Case, entry: Entry) -> bool:
    """Whether the list names a paper of a known type that certainly no page is, and that no finding speaks of."""
    types = _types_of(entry.title)
    if not types or entry.score < _GOOD or types & case.missing:
        return False
    if any(document.type in types for document in case.volume.documents):
        return False
    for page in case.volume.pages:
        if not page.certain or any(candidate.type in types for candidate in page.candidates):
            return False
    titles = (entry.title, *_BRACKETED.findall(entry.title))
    return not any(_says(case, index, title) for title in titles for index in range(len(case.volume.documents)))


def _says(case: Case, index: int, title: str) -> bool:
    """Whether the paper bears the listed title, whatever type it was taken for."""
    document = case.volume.documents[index]
    if document.type == _TYPE:
        return False
    bare, own = _bare(title), _bare(document.title)
    head = _bare(case.text(index)[:_HEAD])
    return bare in own or own in bare or fuzz.partial_ratio(bare, head) >= _ALIKE


_HEAD = 120
_BRACKETED = re.compile(r"[（(]([^（）()]{2,})[)）]")
"""What a listed paper is, beside what it stands for: `免予核查证明（工资欠条）`."""


def _may_be_misread(case: Case, entry: Entry) -> bool:
    """Whether the row was read badly or is by pen, and names nothing that lies in the volume."""
    if entry.score >= _GOOD and not entry.handwritten:
        return False
    types = _types_of(entry.title)
    return not any(
        document.type in types or _says(case, index, entry.title)
        for index, document in enumerate(case.volume.documents)
    )


def _omitted(case: Case, lists: list[int], entries: list[Entry], parameters: Parameters) -> list[Document]:
    """Papers of a known type that the list leaves out: neither their title nor another of their type is in it."""
    listed = "".join(_bare(case.text(index)) + _SIGNS.sub("", case.text(index)) for index in lists)
    types = frozenset().union(*(_types_of(entry.title) for entry in entries))
    short = tuple(bare for entry in entries if len(bare := _bare(entry.title)) > 1 and not _types_of(entry.title))
    bound, stamps = bound_pages(case), stamps_of(case)
    placed = {entry.page for entry in entries if entry.page is not None and not _types_of(entry.title)}
    found = []
    for index, document in enumerate(case.volume.documents):
        if document.state is not State.FOUND or index in case.foreign or document.type in parameters.unlisted:
            continue
        if document.first_page not in bound:
            continue  # a Word file beside the scan is in no list
        if document.type in types or document.type == _TYPE or document.type not in load_materials():
            continue
        names = {_bare(document.title), *map(_bare, load_materials()[document.type].titles)}
        if short and any(name.endswith(short) for name in names):
            continue  # `公函` for 法律援助公函
        if stamps.get(document.first_page) in placed:
            continue  # by words of the office's own, and its page
        if any(name in listed or fuzz.partial_ratio(name, listed) >= _ALIKE for name in names if len(name) > 1):
            continue
        if not any(_says(case, index, entry.title) for entry in entries if len(_bare(entry.title)) >= _SHORTEST):
            found.append(document)
    return found


def _wrong_pages(case: Case, entries: list[Entry]) -> Iterator[str]:
    """Entries whose page is not the one stamped on the paper that they alone name. Stamps must run through the volume."""
    stamps = stamps_of(case)
    if not stamps:
        return
    highest = max(*stamps.values(), len(bound_pages(case)))
    counts = Counter(_bare(entry.title) for entry in entries)
    found, compared = [], 0
    for at, entry in enumerate(entries):
        types = _types_of(entry.title)
        papers = [document for document in case.volume.documents if document.type in types]
        if entry.page is None or len(papers) != 1 or counts[_bare(entry.title)] != 1:
            continue
        if entry.page > 2 * highest:
            continue  # a figure or a dash was misread: `415` of `4-15`
        stamp = stamps.get(papers[0].first_page)
        if stamp is None or papers[0].state is not State.FOUND:
            continue
        compared += 1
        if not entry.page - _TOLERANCE <= stamp <= (entry.last or entry.page) + _TOLERANCE and not _is_misread(
            entries, at, stamp
        ):
            found.append(f"《{entry.title}》目录载为第{entry.page}页，实为第{stamp}页")
    if found and compared >= _FEWEST and len(found) <= _MOST:
        yield from found


def _is_misread(entries: list[Entry], at: int, stamp: int) -> bool:
    """Whether one figure was read as another, so that the page stands out of the list's order, which the true one keeps."""
    own = str(entries[at].page)
    if len(own) != len(str(stamp)) or sum(one != other for one, other in zip(own, str(stamp), strict=True)) != 1:
        return False
    before = [entry.page for entry in entries[:at] if entry.page is not None][-1:]
    after = [entry.page for entry in entries[at + 1 :] if entry.page is not None][:1]
    told, true = [*before, int(own), *after], [*before, stamp, *after]
    return sorted(true) == true and sorted(told) != told


_TOLERANCE = 1
"""A page more or less comes of a title sheet counted or not, and misleads nobody."""
_MOST = 3
"""More wrong pages than this is a list that counts otherwise, such as without the blank backs."""


def _unlisted_pages(entries: list[Entry]) -> list[str]:
    """Pages that a list with an end to its papers passes over: of two papers with one title, one is left out."""
    if any(entry.page is None for entry in entries) or all(entry.last is None for entry in entries):
        return []
    gaps = [
        (one.last or one.page or 0, other.page or 0)
        for one, other in pairwise(entries)
        if (other.page or 0) != (one.last or one.page or 0) + 1 and not _EXHIBITS.search(one.title)
    ]
    if len(gaps) != 1 or gaps[0][1] <= gaps[0][0]:
        return []  # more than one, or backwards: a list that counts otherwise, or was misread
    first, last = gaps[0][0] + 1, gaps[0][1] - 1
    return [f"第{first}页未列" if first == last else f"第{first}至{last}页未列"]


_EXHIBITS = re.compile(r"证据|附件|材料$")
"""An entry that names a bundle and where it begins: `证据目录 21` stands for the exhibits behind it as well."""


def _titles(titles: Iterator[str] | list[str]) -> str:
    return "、".join(f"《{title}》" for title in dict.fromkeys(titles))


def _named(documents: list[Document]) -> str:
    most = 6
    shown = "、".join(f"{page_list([document.first_page])}{title_of(document)}" for document in documents[:most])
    return shown if len(documents) <= most else f"{shown}等{len(documents)}份材料"
