"""Pages: what cannot be read, what is in the volume twice, what a paper says it has and lacks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz import fuzz

from pipeline.auditing.case import Case, Raised, loose_pages, page_list, pages_of, title_of
from pipeline.auditing.rules.base import ask, raise_finding
from pipeline.auditing.rules.stamps import stamps_of
from schemas.base import Frozen, Place, State
from schemas.reading import PageKind
from schemas.report import Problem
from schemas.standard import RuleSetting
from schemas.volume import CataloguedPage, Document


class NoParameters(Frozen):
    """The rule has nothing to set."""


def check_illegible(case: Case, setting: RuleSetting, _parameters: NoParameters) -> Iterator[Raised]:
    """Pages that are black, unreadable or too poor: one finding for all of them."""
    pages = [page for page in case.volume.pages if _is_illegible(page)]
    if not pages:
        return
    surely = any(_is_unreadable(page) for page in pages)
    numbers = [page.page.number for page in pages]
    documents = {page.document for page in pages}
    yield raise_finding(
        case,
        setting,
        problem=Problem.ILLEGIBLE,
        certain=surely,
        document=documents.pop() if len(documents) == 1 else None,
        message=f"{page_list(numbers)}扫描不清晰，{'无法' if surely else '部分文字未能'}识读。",
        remedy=f"请将{page_list(numbers)}按不低于 200 dpi 彩色重新扫描后提交。",
        reason="页上文字少或者被印章遮盖时也可能识读不全；请对照扫描件核实。",
        evidence=tuple(Place(page=number) for number in numbers),
    )


def _is_illegible(page: CataloguedPage) -> bool:
    reading = page.page.reading
    if reading.kind in (PageKind.BLACK, PageKind.UNREADABLE):
        return True
    fine = (reading.dpi or _FINE) >= _FINE
    if reading.kind is PageKind.HANDWRITTEN:
        return reading.low_quality and not fine  # of a pen, a clear scan is read no better
    return reading.low_quality and not (fine and reading.lines and reading.quality >= _POOR)


_POOR = 0.85
"""Mean line score of a page below which the scan is to blame."""
_FINE = 200
"""Dots an inch that a scan should have (DA/T 31—2017)."""
_LETTERS = 60
"""Fewer characters than these may be all that a clear sheet has, half of them under a seal."""


def _is_unreadable(page: CataloguedPage) -> bool:
    reading = page.page.reading
    if reading.kind in (PageKind.BLACK, PageKind.UNREADABLE):
        return True
    if reading.kind is PageKind.HANDWRITTEN:
        return False
    letters = sum(len(line.text) for line in reading.lines)
    clear = sum(len(line.text) for line in reading.lines if line.score >= _CLEAR)
    return reading.quality < _POOR and letters >= _LETTERS and clear < _PARTLY * letters


_CLEAR, _PARTLY = 0.9, 0.2
"""Line score, and share of the letters: where a fifth of them read as well as that, a hand and not the scan may be to blame."""


class DuplicateParameters(Frozen):
    """Papers of which a volume holds one: nearly the same text twice is a second copy."""

    documents: tuple[str, ...] = ()
    similarity: float = 97.0
    """Per cent."""


_ENOUGH_TEXT = 80
"""Characters below which two pages are alike by chance."""


def check_duplicates(case: Case, setting: RuleSetting, parameters: DuplicateParameters) -> Iterator[Raised]:
    """The same picture twice, or the same text twice in papers that a volume holds once."""
    pairs = [*_same_pictures(case), *_same_papers(case, parameters)]
    told: set[int] = set()
    copies = [(first, second) for first, second in pairs if second not in told and not told.add(second)]  # type: ignore[func-returns-value]
    if not copies:
        return
    where = "、".join(f"第{second}页与第{first}页" for first, second in copies[:6])
    documents = {page.document for _, second in copies if (page := case.page(second)) is not None}
    yield raise_finding(
        case,
        setting,
        problem=Problem.DUPLICATE,
        certain=True,
        document=documents.pop() if len(documents) == 1 else None,
        message=f"{where}内容相同，重复装订。",
        remedy="同一材料只装订一份，请将重复的取出。",
        evidence=tuple(Place(page=page) for pair in copies for page in reversed(pair)),
    )


def _same_pictures(case: Case) -> Iterator[tuple[int, int]]:
    first: dict[str, int] = {}
    for page in case.volume.pages:
        reading = page.page.reading
        if reading.kind not in (PageKind.CONTENT, PageKind.HANDWRITTEN) or not reading.sha256:
            continue
        if reading.sha256 in first:
            yield first[reading.sha256], page.page.number
        else:
            first[reading.sha256] = page.page.number


def _same_papers(case: Case, parameters: DuplicateParameters) -> Iterator[tuple[int, int]]:
    for type_ in parameters.documents:
        papers = [document for _, document in case.of_type(type_) if document.state is State.FOUND]
        for index, second in enumerate(papers):
            for first in papers[:index]:
                if _same_text(first, second, parameters.similarity):
                    yield first.first_page, second.first_page
                    break


def _same_text(one: Document, other: Document, similarity: float) -> bool:
    a, b = "".join(one.text.split()), "".join(other.text.split())
    return min(len(a), len(b)) >= _ENOUGH_TEXT and fuzz.ratio(a, b) >= similarity


_NUMBERED = re.compile(r"第(\d{1,3})页[,，、/／|（(]?共(\d{1,3})页")
_SHARE = re.compile(r"^[-—–(（\s]*(\d{1,3})\s*[/／]\s*(\d{1,3})[-—–)）\s]*页?$")
"""`2/3`, alone in the last line of a page."""


def check_gaps(case: Case, setting: RuleSetting, _parameters: NoParameters) -> Iterator[Raised]:
    """Papers whose pages say `第3页 共8页` and of which pages are not there."""
    of_volume = _volumes_count(case)
    for index, document in enumerate(case.volume.documents):
        if document.state is not State.FOUND or index in case.foreign:
            continue
        missing = _missing_pages(document) if _own_count(document)[1] != of_volume else []
        if not missing:
            yield from _skipped(case, setting, index)
            continue
        loose = loose_pages(case)
        yield raise_finding(
            case,
            setting,
            problem=Problem.INCOMPLETE,
            certain=not loose,
            document=index,
            message=f"{pages_of(document)}{title_of(document)}缺第{'、'.join(map(str, missing))}页（按该材料自身页码）。",
            remedy=f"请补齐{title_of(document)}所缺的页后重新提交。",
            reason=f"{page_list(loose)}未能确认是何材料，可能即为所缺的页；请核对。" if loose else "",
            evidence=(Place(page=document.first_page), Place(page=document.last_page)),
            absorbs=_at_its_end(index) if not loose and lacks_its_end(document) else frozenset(),
        )


def _volumes_count(case: Case) -> int | None:
    """How many pages the volume says that it has, where its own numbers stand on its papers: `12/40` in three of them, each
    number once."""
    totals: dict[int, list[int]] = {}
    papers: Counter[int] = Counter()
    for document in case.volume.documents:
        present, total = _own_count(document)
        totals.setdefault(total, []).extend(present)
        papers[total] += total > 0
    return next(
        (
            total
            for total, times in papers.items()
            if times >= _SEVERAL and len(set(totals[total])) == len(totals[total])
        ),
        None,
    )


_SEVERAL = 3


def _skipped(case: Case, setting: RuleSetting, index: int) -> Iterator[Raised]:
    """A number of the volume that is passed over inside one paper, where everywhere else the numbers run on."""
    stamps, document = stamps_of(case), case.volume.documents[index]
    own = [(page, stamps[page]) for page in range(document.first_page, document.last_page + 1) if page in stamps]
    holes = [(one, other) for one, other in pairwise(own) if other[1] - one[1] > other[0] - one[0]]
    if len(holes) != 1 or not _runs_on(stamps, holes[0][1][0]):
        return
    (page, before), (_, after) = holes[0]
    yield ask(
        case,
        setting,
        problem=Problem.INCOMPLETE,
        document=index,
        message=f"{pages_of(document)}{title_of(document)}内的卷宗页码自{before}跳至{after}，疑缺页。",
        remedy=f"请补齐{title_of(document)}所缺的页后重新提交。",
        reason="可能是页码漏编、背面未扫描，或者识读有误；请对照原件核实。",
        evidence=(Place(page=page),),
    )


def _runs_on(stamps: dict[int, int], page: int) -> bool:
    """Whether the numbers after `page` run on from its own, so that a single misread number explains nothing."""
    behind = [(other, number) for other, number in stamps.items() if other >= page]
    return len(behind) > _FEW and all(number - other == behind[0][1] - page for other, number in behind)


_FEW = 2


def _at_its_end(index: int) -> frozenset[tuple[int, str]]:
    """What stands on a paper's last page, and lacks with it."""
    return frozenset((index, problem.value) for problem in (Problem.UNSIGNED, Problem.UNSEALED, Problem.UNDATED))


def _missing_pages(document: Document) -> list[int]:
    """The page numbers that the paper itself counts and does not have; empty unless its own count is coherent."""
    return _counted(document) or _footed(document)


def _counted(document: Document) -> list[int]:
    """By `第n页 共m页` on every page."""
    present, total = _own_count(document)
    return [number for number in range(1, total + 1) if number not in present]


def lacks_its_end(document: Document) -> bool:
    """Whether a paper says on every page how many it has, and the last of them is not there."""
    present, total = _own_count(document)
    return total > 0 and total not in present


def _own_count(document: Document) -> tuple[list[int], int]:
    """The numbers on its pages, and how many it says that it has; none and 0 where that does not stand on each, or not
    coherently."""
    numbered = [_NUMBERED.findall("".join(text.split())) if "共" in text else _shares(text) for text in document.texts]
    marks = [found[0] if len(set(found)) == 1 else None for found in numbered]
    pairs = [(int(mark[0]), int(mark[1])) for mark in marks if mark is not None]
    totals = {total for _, total in pairs}
    if len(totals) != 1 or len(pairs) != len(marks):
        return [], 0
    total = totals.pop()
    present = [number for number, _ in pairs]
    if total < max(present) or len(set(present)) != len(present):
        return [], 0
    return present, total


def _shares(text: str) -> list[tuple[str, str]]:
    share = _SHARE.match(text.rsplit("\n", 1)[-1])
    return [(share.group(1), share.group(2))] if share is not None else []


_FOOT = re.compile(r"^[-—–·.\s]*(?:第)?(\d{1,2})(?:页)?[-—–·.\s]*$")


def _footed(document: Document) -> list[int]:
    """By bare numbers at the foot of every page, from 1 and rising: those left out in between.

    Numbers that someone stamped through the whole volume do not begin with 1 in a paper.
    """
    feet = [_FOOT.match(lines[-1]) if (lines := text.split("\n")) else None for text in document.texts]
    numbers = [int(foot.group(1)) for foot in feet if foot is not None]
    if len(numbers) < 2 or len(numbers) != len(feet) or numbers[0] != 1:  # noqa: PLR2004 - one page shows no gap
        return []
    rising = all(one < other for one, other in pairwise(numbers))
    return [number for number in range(1, numbers[-1]) if number not in numbers] if rising else []
