"""Forms (表格): boxes left open, forms that nobody filled in, the result that is ticked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pydantic import Field

from pipeline.auditing.case import Case, Raised, all_legible, pages_of, title_of
from pipeline.auditing.layout import Cell, cells_of
from pipeline.auditing.phrases import value_title
from pipeline.auditing.rules.base import ask, raise_finding
from schemas.base import Frozen, Place, State
from schemas.reading import TextSource
from schemas.report import Problem
from schemas.standard import RuleSetting
from schemas.volume import Document


class FilledParameters(Frozen):
    """The boxes of a form that must not be left open: type of paper to printed labels."""

    forms: dict[str, tuple[str, ...]]
    printed: tuple[str, ...] = ()
    """Other words that are printed on such forms: beside or under a label they are no value."""


class Box(NamedTuple):
    """A printed label, and whether anything stands at it."""

    label: str
    filled: bool
    cell: Cell


def check_filled(case: Case, setting: RuleSetting, parameters: FilledParameters) -> Iterator[Raised]:
    """The open boxes of a form, in one finding. Certain only in a text that no scan stands between.

    A label that stands twice is answered once: where the form is signed off it says who signs.
    """
    for index, document in case.of_type(*parameters.forms):
        if document.state is not State.FOUND or index in case.foreign or not all_legible(case, document):
            continue
        boxes = _boxes(case, document, parameters.forms[document.type], parameters.printed)
        told = {box.label for box in boxes if box.filled}
        open_ = [box for box in boxes if not box.filled and box.label not in told]
        if not open_ or (_is_blank(boxes) and not _signed(document)) or _pen_about(case, document):
            continue
        what = "、".join(f"“{label}”" for label in dict.fromkeys(box.label for box in open_))
        yield raise_finding(
            case,
            setting,
            problem=Problem.INCOMPLETE,
            certain=_typed(case, document),
            document=index,
            message=f"{pages_of(document)}{title_of(document)}的{what}栏未填写。",
            remedy=f"请将{title_of(document)}填写完整后重新提交。",
            reason="该栏可能以手写填写而未能识读；请对照原件核实。",
            evidence=tuple(box.cell.place for box in open_),
        )


class BlankParameters(Frozen):
    """Forms that may have been filed blank: type of paper to printed labels."""

    forms: dict[str, tuple[str, ...]]
    printed: tuple[str, ...] = ()
    """Other words that are printed on such forms: beside or under a label they are no value."""


_FEWEST = 4
"""Labels from which a form can be called blank."""


def check_blank(case: Case, setting: RuleSetting, parameters: BlankParameters) -> Iterator[Raised]:
    """A form with next to nothing in its boxes (空白格式文书)."""
    for index, document in case.of_type(*parameters.forms):
        if document.state is not State.FOUND or index in case.foreign or not all_legible(case, document):
            continue
        boxes = _boxes(case, document, parameters.forms[document.type], parameters.printed)
        if not _is_blank(boxes) or _signed(document) or _pen_about(case, document):
            continue
        yield raise_finding(
            case,
            setting,
            problem=Problem.FORBIDDEN,
            certain=_typed(case, document),
            document=index,
            message=f"{pages_of(document)}{title_of(document)}系未填写的空白格式文书。",
            remedy=f"请提交填写完整的{title_of(document)}；无须该材料的，请将空白格式文书从卷内取出。",
            reason="各栏均未识读到填写的内容，可能系手写而未能识读；请对照原件核实。",
            evidence=tuple(box.cell.place for box in boxes),
            absorbs=frozenset(
                (index, problem.value) for problem in (Problem.INCOMPLETE, Problem.UNDATED, Problem.UNSIGNED)
            ),
        )


def _boxes(case: Case, document: Document, labels: tuple[str, ...], printed: tuple[str, ...]) -> list[Box]:
    pattern = re.compile(rf"^(?:{'|'.join(labels)})[:：]?")
    no_value = re.compile(rf"(?:{'|'.join(labels)})|(?:{'|'.join(printed)})[:：]?$" if printed else pattern.pattern)
    found = []
    for page in range(document.first_page, document.last_page + 1):
        cells = cells_of(case, page)
        for cell in cells:
            match = pattern.match(cell.text)
            if match is None or _only_a_word(cell, match) or _heads_rows(cell):
                continue
            filled = (
                len(cell.text) > match.end()
                or _beside(cell, cells, no_value)
                or (not cell.text.endswith((":", "：")) and _below(cell, cells, no_value))
            )
            found.append(Box(match.group().rstrip(":："), filled, cell))
    return found


def _only_a_word(cell: Cell, match: re.Match[str]) -> bool:
    """The label's words at the start of a sentence, not a label: nothing divides them from what follows."""
    return len(cell.text) > match.end() and not match.group().endswith((":", "："))


def _heads_rows(cell: Cell) -> bool:
    """A label set upright at the side of several rows, each of which has labels of its own: `受援人` beside `姓名`."""
    left, top, right, bottom = cell.line.box
    return len(cell.text) > 1 and bottom - top > right - left


def _beside(cell: Cell, cells: tuple[Cell, ...], pattern: re.Pattern[str]) -> bool:
    """Whether the next cell to the right holds a value, and not the next label."""
    box = cell.line.box
    reach = _BESIDE * (box[3] - box[1])
    right = [
        other
        for other in cells
        if abs(other.centre - cell.centre) <= reach and other.line.box[0] >= box[2] - _OVERLAP and other is not cell
    ]
    nearest = min(right, key=lambda other: other.line.box[0], default=None)
    return nearest is not None and pattern.match(nearest.text) is None


def _below(cell: Cell, cells: tuple[Cell, ...], pattern: re.Pattern[str]) -> bool:
    """Whether the label is the heading of a column with a value under it."""
    box = cell.line.box
    reach = _BELOW * (box[3] - box[1])
    return any(
        0 < other.centre - cell.centre <= reach
        and other.line.box[0] < box[2]
        and box[0] < other.line.box[2]
        and pattern.match(other.text) is None
        for other in cells
    )


_BESIDE = 1.2
"""Heights of the label, up and down, within which a value of two lines stands beside it."""
_BELOW = 2.2
"""Heights of the label within which a value stands under it, where the label is the heading of a column."""
_OVERLAP = 0.01


def _is_blank(boxes: list[Box]) -> bool:
    filled = sum(1 for box in boxes if box.filled)
    return len(boxes) >= _FEWEST and filled * _FEWEST <= len(boxes)


def _signed(document: Document) -> bool:
    return any(mark.state is State.FOUND for mark in document.marks.values())


def _typed(case: Case, document: Document) -> bool:
    pages = [case.page(number) for number in range(document.first_page, document.last_page + 1)]
    return all(page is not None and page.page.reading.text_source is TextSource.LAYER for page in pages)


def _pen_about(case: Case, document: Document) -> bool:
    """Whether the form is filled in by hand: what a pen wrote may not have been read at all. Everyone signs by pen."""
    pages = range(document.first_page, document.last_page + 1)
    return any(
        cell.line.handwritten
        and not any(pattern.search(cell.text) for pattern in (_SIGNING, _TICKED))
        and _STAMPED.fullmatch(cell.text) is None
        for page in pages
        for cell in cells_of(case, page)
    )


_STAMPED = re.compile(r"\d{1,3}|[^\u4e00-\u9fffA-Za-z0-9]*")
"""The page's number in the volume, and specks."""
_SIGNING = re.compile(r"签|捺|承办人|填表|\d月|年\S*月|^\d{4}[.-]")
_TICKED = re.compile(r"[□☐☑☒]")
"""Printed choices: what a pen does there is tick, and their frames are at times taken for its strokes."""


class ResultParameters(Frozen):
    """The options that exclude one another on a paper, and what each says of the result."""

    documents: tuple[str, ...] = ("closing_report",)
    options: dict[str, tuple[str, ...]] = Field(min_length=2)
    """Printed option to the results that it fits, e.g. `调解: [mediation, settlement]`."""


def check_result(case: Case, setting: RuleSetting, parameters: ResultParameters) -> Iterator[Raised]:
    """One option is ticked and another result is certain; or all options were seen and none is ticked."""
    for index, document in case.of_type(*parameters.documents):
        if document.state is not State.FOUND or index in case.foreign:
            continue
        boxes = _options(case, document, parameters)
        ticked = [(label, page) for label, (state, page) in boxes.items() if state is State.FOUND]
        if any(state is State.UNCERTAIN for state, _ in boxes.values()):
            continue
        if len(boxes) == len(parameters.options) and not ticked:
            yield _unticked(case, setting, index, boxes)
        elif len(ticked) == 1:
            label, page = ticked[0]
            result = case.facts.certain("result")
            if isinstance(result, str) and result not in parameters.options[label]:
                yield _otherwise(case, setting, index, label, page, result)


def _options(case: Case, document: Document, parameters: ResultParameters) -> dict[str, tuple[State, int]]:
    """Option to its tick box's state and page; an option that stands twice is left out."""
    found: dict[str, list[tuple[State, int]]] = {}
    for number in range(document.first_page, document.last_page + 1):
        page = case.page(number)
        for box in page.page.reading.tick_boxes if page is not None else ():
            label = re.sub(r"\s+", "", box.label)
            option = next((option for option in parameters.options if label.startswith(option)), None)
            if option is not None:
                found.setdefault(option, []).append((box.state, number))
    return {option: states[0] for option, states in found.items() if len(states) == 1}


def _unticked(case: Case, setting: RuleSetting, index: int, boxes: dict[str, tuple[State, int]]) -> Raised:
    document = case.volume.documents[index]
    return ask(
        case,
        setting,
        problem=Problem.INCOMPLETE,
        document=index,
        message=f"{pages_of(document)}{title_of(document)}未勾选办理结果。",
        remedy=f"请在{title_of(document)}上勾选办理结果后重新提交。",
        reason=f"{'、'.join(f'“{label}”' for label in boxes)}均未见勾选；请对照原件核实。",
        evidence=(Place(page=next(iter(boxes.values()))[1]),),
    )


def _otherwise(  # noqa: PLR0913, PLR0917 - the parts of one finding
    case: Case, setting: RuleSetting, index: int, label: str, page: int, result: str
) -> Raised:
    document = case.volume.documents[index]
    return ask(
        case,
        setting,
        problem=Problem.INCONSISTENT,
        document=index,
        message=f"{pages_of(document)}{title_of(document)}勾选的办理结果为“{label}”，"
        f"与卷内结案文书（{value_title('result', result)}）不符。",
        remedy=f"请核对办理结果，{title_of(document)}有误的予以更正后重新提交。",
        reason="勾选系识读所得；请对照原件核实。",
        evidence=(Place(page=page),),
    )
